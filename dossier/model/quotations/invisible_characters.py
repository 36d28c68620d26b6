"""Invisible characters of quotations: their names for messages, and their escapes in YAML."""

from __future__ import annotations

import json
import re
from itertools import zip_longest
from unicodedata import name as get_unicode_name

INVISIBLE_CHARACTER_NAMES = {
    "\u00a0": "no-break space",
    "\u00ad": "soft hyphen",
    "\u2009": "thin space",
    "\u200b": "zero-width space",
    "\u202f": "narrow no-break space",
    "\ufeff": "byte-order mark",
}
"""Common names of the most frequent ones; others have their Unicode names."""


def is_invisible(character: str) -> bool:
    """Whether a character is not printed, or looks like a plain space without being one."""
    return character not in ("", " ") and (character.isspace() or not character.isprintable())


_CURLY_QUOTED_PATTERN = re.compile("[“”„«‘]([^“”„«»‘]+)[“”»’]")


def strip_curly_marks(text: str) -> str:
    """The words between curly quotation marks that enclose a whole text; empty if none do."""
    match = _CURLY_QUOTED_PATTERN.fullmatch(text)
    return match[1] if match else ""


def describe_invisible_difference(written: str, found: str) -> str:
    """The first difference between the words as written and as found, if it is invisible; else empty.

    As in: the article has a no-break space (U+00A0) behind “£7”.
    """
    pairs = enumerate(zip_longest(written, found, fillvalue=""))
    for place, (character, true_character) in pairs:
        if character != true_character:
            before = found[:place].split()
            behind = f" behind “{before[-1]}”" if before else ""
            if is_invisible(true_character):
                return f"the article has a {_name_invisible(true_character)}{behind}"
            return f"the article has no {_name_invisible(character)}{behind}" if is_invisible(character) else ""
    return ""


def quote_yaml_text(text: str) -> str:
    """Text in YAML's double quotation marks, with invisible characters as escapes such as `\\u00a0`."""
    return "".join(
        _escape_character(character) if is_invisible(character) else character
        for character in json.dumps(text, ensure_ascii=False)
    )


def _name_invisible(character: str) -> str:
    name = INVISIBLE_CHARACTER_NAMES.get(character) or get_unicode_name(character, "character").lower()
    return f"{name} (U+{ord(character):04X})"


def _escape_character(character: str) -> str:
    return f"\\u{ord(character):04x}" if ord(character) <= 0xFFFF else f"\\U{ord(character):08x}"
