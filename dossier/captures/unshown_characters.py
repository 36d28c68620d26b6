"""Characters of a page that no browser shows and no XML may have: both readings pass over them, so that neither loses a word."""

from __future__ import annotations

UNSHOWN_CODES = (
    *range(0x00, 0x09),
    0x0B,
    *range(0x0E, 0x20),
    *range(0x7F, 0x85),
    *range(0x86, 0xA0),
    *range(0xD800, 0xE000),
    0xFFFE,
    0xFFFF,
)
"""Control codes but those of white space (U+0085 is some to Unicode), halves of surrogate pairs, and what is no character."""
