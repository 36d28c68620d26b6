"""Dates: the EDTF parser, and EDTF suggestions for dates in free form."""
