"""Invisible characters of quotations: one table of them, their names for messages, and the first that differs."""

from __future__ import annotations

from itertools import zip_longest
from typing import NamedTuple
from unicodedata import name as get_unicode_name


class InvisibleCharacter(NamedTuple):
    """A character's common name, and what it is worth when typography is folded: a space, or nothing."""

    name: str
    folded: str


INVISIBLE_CHARACTERS = {
    "\u00a0": InvisibleCharacter("no-break space", " "),
    "\u00ad": InvisibleCharacter("soft hyphen", ""),
    "\u2009": InvisibleCharacter("thin space", " "),
    "\u200b": InvisibleCharacter("zero-width space", ""),
    "\u200c": InvisibleCharacter("zero width non-joiner", ""),
    "\u200d": InvisibleCharacter("zero width joiner", ""),
    "\u202f": InvisibleCharacter("narrow no-break space", " "),
    "\u2060": InvisibleCharacter("word joiner", ""),
    "\ufeff": InvisibleCharacter("byte-order mark", ""),
    # What joins, orders or varies the characters beside it: each is shown only in what those look like.
    **{
        character: InvisibleCharacter(get_unicode_name(character).lower(), "")
        for character in "\u034f\u061c\u180e\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2061\u2062\u2063\u2064"
        "\u2066\u2067\u2068\u2069" + "".join(map(chr, range(0xFE00, 0xFE10)))
    },
}
"""Those of ordinary texts; others have their Unicode names, and are spaces if Unicode calls them so."""

ZERO_WIDTH_DELETIONS = dict.fromkeys(ord(character) for character, entry in INVISIBLE_CHARACTERS.items() if not entry.folded)
"""Those that fold to nothing, as a table for `str.translate` that deletes them."""


def is_invisible(character: str) -> bool:
    """Whether a character is not printed, or looks like a plain space without being one."""
    return character not in ("", " ") and (character.isspace() or not character.isprintable())


def describe_invisible_difference(written: str, found: str) -> str:
    """The first difference between the words as written and as found, if it is invisible; else empty.

    As in: the article has a no-break space (U+00A0) behind “£7”.
    """
    pairs = enumerate(zip_longest(written, found, fillvalue=""))
    for index, (character, true_character) in pairs:
        if character != true_character:
            before = found[:index].split()
            behind = f" behind “{before[-1]}”" if before else ""
            if is_invisible(true_character):
                return f"the article has a {_name_invisible(true_character)}{behind}"
            return f"the article has no {_name_invisible(character)}{behind}" if is_invisible(character) else ""
    return ""


def _name_invisible(character: str) -> str:
    entry = INVISIBLE_CHARACTERS.get(character)
    name = entry.name if entry else get_unicode_name(character, "character").lower()
    return f"{name} (U+{ord(character):04X})"
