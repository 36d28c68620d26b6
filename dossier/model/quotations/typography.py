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

# Most of a text: what is folded into itself, and is not composed with a mark behind it.
_UNCHANGED_PATTERN = re.compile(r"[!-_a-~]+(?: [!-_a-~]+)*(?![^ -~])")
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
    done = 0
    for run in _UNCHANGED_PATTERN.finditer(text):
        start, end = run.span()
        _fold_characters(text, done, start, folded, origins)
        folded.extend(run[0])
        origins.extend(zip(range(start, end), range(start + 1, end + 1), strict=True))
        done = end
    _fold_characters(text, done, len(text), folded, origins)
    return "".join(folded), origins


def _fold_characters(text: str, first: int, last: int, folded: list[str], origins: list[tuple[int, int]]) -> None:
    """Append the characters of `text[first:last]`, one by one, and where each comes from."""
    for start, end in _iter_character_spans(text, first, last):
        # A letter and its accent are one character in one text, and two in the other.
        composed = normalize_text("NFC", text[start:end])
        plain = " " if composed.isspace() else "".join(_PLAIN_TYPOGRAPHY.get(character, character) for character in composed)
        if plain == " " and folded and folded[-1] == " ":
            continue
        folded.extend(plain)
        origins.extend([(start, end)] * len(plain))


def _iter_character_spans(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Offsets `[start, end)` of the characters of `text[first:last]`, each with the accents that belong to it."""
    start = first
    for offset in range(first + 1, last):
        if not _is_part_of_character(text[offset]):
            yield start, offset
            start = offset
    if first < last:
        yield start, last


def _is_part_of_character(character: str) -> bool:
    """Whether a character is composed with the one before: an accent, or the vowel or end of a Korean syllable."""
    return bool(combining(character)) or "\u1160" <= character <= "\u11ff"


def strip_curly_marks(text: str) -> str:
    """The words between curly quotation marks that enclose a whole text; empty if none do."""
    match = _CURLY_QUOTED_PATTERN.fullmatch(text)
    return match[1] if match else ""
