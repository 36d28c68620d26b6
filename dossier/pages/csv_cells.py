"""Cells of the tables that readers take away as CSV."""

from __future__ import annotations

import re

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What makes spreadsheets compute a text instead of showing it; the last four are the wide forms of the first.

So OWASP has it, https://owasp.org/www-community/attacks/CSV_Injection. The wide forms are signs of formulas in Chinese, Japanese
and Korean ones.
"""

_BARE_NUMBER_PATTERN = re.compile(r"[-+][0-9]+(?:[.,][0-9]+)*(?: ?%)?")


def neutralize_formula(text: str) -> str:
    """A text that no spreadsheet takes for a formula: what looks like one gets an apostrophe before it; a number is none."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) and not _BARE_NUMBER_PATTERN.fullmatch(text) else text
