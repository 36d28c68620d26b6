"""Dates: EDTF, and what a date in free form may mean."""
