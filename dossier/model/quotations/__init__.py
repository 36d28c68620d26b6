"""Quotations: captures, the places of quotations in them, their entries in the lock, and digests."""
