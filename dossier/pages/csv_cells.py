"""Cells of the tables that readers take away as CSV."""

from __future__ import annotations

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What makes spreadsheets compute a text instead of showing it; the last four are the wide forms of the first."""


def neutralize_formula(text: str) -> str:
    """A text that no spreadsheet takes for a formula: what looks like one gets an apostrophe before it."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
