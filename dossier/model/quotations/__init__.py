"""Quotations: a capture, where words stand in it, and what the lock remembers."""
