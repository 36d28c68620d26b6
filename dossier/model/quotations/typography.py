"""Typography folded for comparison: straight quotation marks, hyphens for dashes, single spaces, no invisible characters."""

from __future__ import annotations

from functools import lru_cache

# The empty replacements: soft hyphen, zero-width space, zero-width non-joiner and joiner, word joiner, byte-order mark.
_PLAIN_TYPOGRAPHY = {
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
    "…": "...",
}
ZERO_WIDTH_DELETIONS = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
"""The same invisible characters, as a table for `str.translate` that deletes them."""


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
