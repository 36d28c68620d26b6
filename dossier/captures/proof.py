"""Prove that the paragraphs of a page have every word that a browser shows of it, and no other.

The characters of both are compared in order, without white space: so it does not matter where a page is split into
paragraphs, nothing can be lost unseen, and no page is refused for a difference that no reader would see. And what stands
apart on the page must stand apart in the paragraphs, so that no two numbers of a table become one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from dossier.captures.unshown_characters import UNSHOWN_CODES
from dossier.model.quotations.invisible_characters import ZERO_WIDTH_DELETIONS

_UNCOMPARED = ZERO_WIDTH_DELETIONS | dict.fromkeys((*UNSHOWN_CODES, 0xFFFD))
"""Characters that are not compared: those without width or never shown, and the replacement of what is no character."""


def describe_difference(shown: str, paragraphs: Sequence[str]) -> str:
    """What differs between the text that a page shows and the texts of its paragraphs, by numbers; empty if nothing does.

    No word of the page is in the sentence, since captures are private.
    """
    shown_words = shown.translate(_UNCOMPARED).split()
    words_by_paragraph = [text.translate(_UNCOMPARED).split() for text in paragraphs]
    kept_words = [word for words in words_by_paragraph for word in words]
    shown_characters, kept_characters = "".join(shown_words), "".join(kept_words)
    if shown_characters != kept_characters:
        place = _find_first_difference(shown_characters, kept_characters)
        lost, added = Counter(shown_words) - Counter(kept_words), Counter(kept_words) - Counter(shown_words)
        what = f"a browser shows {len(shown_words):,} words of the page, its paragraphs have {len(kept_words):,} "
        what += f"(missing: {lost.total():,}, added: {added.total():,})"
    elif joined := set(accumulate(map(len, shown_words))).difference(accumulate(map(len, kept_words))):
        place = min(joined)
        what = f"words that a browser shows apart stand together in its paragraphs (places: {len(joined):,})"
    else:
        return ""
    ends = list(accumulate(sum(map(len, words)) for words in words_by_paragraph))
    number = min(bisect_right(ends, place) + 1, len(paragraphs))
    return f"{what}; the first difference is in or right before paragraph {number}"


def _find_first_difference(one: str, other: str) -> int:
    """Offset of the first character that differs, or where the shorter text ends."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((offset for offset, (left, right) in pairs if left != right), min(len(one), len(other)))
