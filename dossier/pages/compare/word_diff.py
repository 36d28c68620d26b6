"""Word diffs between the quotations of a claim.

Each quotation is compared with the earliest similar quotation in another text. Words are equal if they differ only in
typography and case. Without a similar earlier quotation nothing is marked: it is a wording of its own.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from dossier.model.quotations.typography import fold_typography
from dossier.model.records import Annotation

MIN_LIKENESS = 0.4
"""Least similarity for a comparison: `SequenceMatcher.ratio()`, twice the number of common words divided by all words."""

# A number with its separators ("1,000.5"), a word with inner apostrophes, or a unit that changes a figure.
_COMPARED_WORD_PATTERN = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+(?:['’][^\W_]+)*|[%£$€]")


class DiffPiece(NamedTuple):
    """A piece of a quotation; `differs` if the earlier quotation does not have these words at this position."""

    text: str
    differs: bool


class WordDiff(NamedTuple):
    """The difference between a quotation and an earlier one. The pieces joined are the quotation.

    `likeness` is between 0 (no common word) and 1 (the same words); below `MIN_LIKENESS` nothing is marked.
    """

    pieces: tuple[DiffPiece, ...]
    likeness: float

    @property
    def has_differences(self) -> bool:
        """Whether any piece is marked."""
        return any(piece.differs for piece in self.pieces)


class ComparedWording(NamedTuple):
    """A quotation, its diff, and the earlier quotation that it was compared with; None if none is similar."""

    annotation: Annotation
    diff: WordDiff
    earlier_annotation: Annotation | None


class _EarlierWording(NamedTuple):
    """A remembered quotation, with the number of its text and a number of its own; both grow in the order of the texts."""

    text_number: int
    wording_number: int
    annotation: Annotation


def diff_words(quotation: str, earlier: str) -> WordDiff:
    """Mark the words of `quotation` that are not in `earlier`, or not in the same order."""
    matches = list(_COMPARED_WORD_PATTERN.finditer(quotation))
    # autojunk=False: by default difflib ignores words that make up more than 1 % of a text of 200 words or longer.
    matcher = SequenceMatcher(None, _split_folded_words(earlier), _split_folded_words(quotation), autojunk=False)
    likeness = matcher.ratio()
    if likeness < MIN_LIKENESS:
        return WordDiff((DiffPiece(quotation, False),), likeness)
    pieces, end = [], 0
    for operation, _, _, first, last in matcher.get_opcodes():
        if operation in ("insert", "replace"):
            start, stop = matches[first].start(), matches[last - 1].end()
            pieces += [DiffPiece(quotation[end:start], False), DiffPiece(quotation[start:stop], True)]
            end = stop
    pieces.append(DiffPiece(quotation[end:], False))
    return WordDiff(tuple(piece for piece in pieces if piece.text), likeness)


def compare_wordings(texts: Iterable[Sequence[Annotation]]) -> list[list[ComparedWording]]:
    """Compare each quotation with the earliest similar one in an earlier text.

    `texts` are lists of quotations, earliest text first; the result has the same shape.

    Comparing all pairs would be quadratic. Instead, for each word (and for the whole sequence of words) only the first
    quotation that contains it is remembered, and a quotation is compared with those of its own words: a number that depends
    on its length, not on the number of quotations.
    """
    first_by_key: dict[Hashable, _EarlierWording] = {}
    compared_texts: list[list[ComparedWording]] = []
    for text_number, notes in enumerate(texts):
        compared_texts.append([_compare_with_earlier(note, first_by_key) for note in notes])
        for note in notes:
            earlier = _EarlierWording(text_number, len(first_by_key), note)
            for key in _list_wording_keys(note):
                first_by_key.setdefault(key, earlier)
    return compared_texts


def _compare_with_earlier(note: Annotation, first_by_key: dict[Hashable, _EarlierWording]) -> ComparedWording:
    """Compare a quotation with the earliest similar one; in the same text as that, with the most similar."""
    candidates = {earlier.wording_number: earlier for key in _list_wording_keys(note) if (earlier := first_by_key.get(key))}
    compared = [(earlier, diff_words(note.quote, earlier.annotation.quote)) for earlier in candidates.values()]
    similar = [(earlier, diff) for earlier, diff in compared if diff.likeness >= MIN_LIKENESS]
    if not similar:
        return ComparedWording(note, WordDiff((DiffPiece(note.quote, False),), 0), None)
    best, diff = min(similar, key=lambda pair: (pair[0].text_number, -pair[1].likeness, pair[0].wording_number))
    return ComparedWording(note, diff, best.annotation)


def _list_wording_keys(note: Annotation) -> list[Hashable]:
    """The keys under which a quotation is remembered: each of its words, and the tuple of all of them."""
    words = _split_folded_words(note.quote)
    return [*words, tuple(words)]


def _split_folded_words(quotation: str) -> list[str]:
    """The words of a quotation in the form in which they are compared: without typography and case."""
    return [fold_typography(word).lower() for word in _COMPARED_WORD_PATTERN.findall(quotation)]
