"""Typography folded for comparison: straight quotation marks, hyphens for dashes, single spaces, no invisible characters."""

from __future__ import annotations

import re
from functools import lru_cache

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
    """Normalize typography: straight quotation marks, hyphens for dashes, single spaces, no invisible characters."""
    return fold_with_origins(text)[0]


@lru_cache(maxsize=1024)
def fold_with_origins(text: str) -> tuple[str, list[int]]:
    """Folded text, and for each of its characters the offset of its origin in the text."""
    # Cached, because every quotation of an article is searched in the same paragraphs.
    folded: list[str] = []
    origins: list[int] = []
    for offset, character in enumerate(text):
        plain = " " if character.isspace() else _PLAIN_TYPOGRAPHY.get(character, character)
        if plain == " " and folded and folded[-1] == " ":
            continue
        folded.extend(plain)
        origins.extend([offset] * len(plain))
    return "".join(folded), origins


def strip_curly_marks(text: str) -> str:
    """The words between curly quotation marks that enclose a whole text; empty if none do."""
    match = _CURLY_QUOTED_PATTERN.fullmatch(text)
    return match[1] if match else ""
