"""Typography folded for comparison: straight quotation marks, hyphens for dashes, single spaces, no invisible characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from unicodedata import combining

from dossier.model.normalization import normalize_text
from dossier.model.quotations.invisible_characters import INVISIBLE_CHARACTERS

_PLAIN_TYPOGRAPHY = {
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **{character: entry.folded for character, entry in INVISIBLE_CHARACTERS.items()},
    "…": "...",
}

_CURLY_QUOTED_PATTERN = re.compile("[“”„«‘]([^“”„«»‘]+)[“”»’]")


def fold_typography(text: str) -> str:
    """Fold typography: straight quotation marks, hyphens for dashes, single spaces, composed letters, nothing invisible."""
    return fold_with_origins(text)[0]


@lru_cache(maxsize=1024)
def fold_with_origins(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Folded text, and for each of its characters the offsets `[start, end)` of its origin in the text."""
    # Cached, because every quotation of an article is searched in the same paragraphs.
    folded: list[str] = []
    origins: list[tuple[int, int]] = []
    for start, end in _iter_character_spans(text):
        plain = _fold_character(text[start:end])
        if plain == " " and folded and folded[-1] == " ":
            continue
        folded.extend(plain)
        origins.extend([(start, end)] * len(plain))
    return "".join(folded), origins


@lru_cache(maxsize=1024)
def _fold_character(character: str) -> str:
    """A character of a text, with its accents, as it is compared."""
    # A letter and its accent are one character in one text, and two in the other.
    composed = normalize_text("NFC", character)
    return " " if composed.isspace() else "".join(_PLAIN_TYPOGRAPHY.get(letter, letter) for letter in composed)


def _iter_character_spans(text: str) -> Iterator[tuple[int, int]]:
    """Offsets `[start, end)` of the characters of a text, each with the accents that belong to it."""
    start = 0
    for offset, character in enumerate(text):
        if offset > start and not _is_part_of_character(character):
            yield start, offset
            start = offset
    if text:
        yield start, len(text)


def _is_part_of_character(character: str) -> bool:
    """Whether a character is composed with the one before: an accent, or the vowel or end of a Korean syllable."""
    return bool(combining(character)) or "\u1160" <= character <= "\u11ff"


def strip_curly_marks(text: str) -> str:
    """The words between curly quotation marks that enclose a whole text; empty if none do."""
    match = _CURLY_QUOTED_PATTERN.fullmatch(text)
    return match[1] if match else ""
