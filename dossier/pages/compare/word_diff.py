"""Differing words: how each quotation of a claim is worded beside the earlier ones.

Words are compared as quotations are, typography and capitals aside. A quotation is held against the earliest wording that
is like it; where none is, it says the claim in other words, and nothing of it is marked.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from dossier.model.quotations.typography import fold_typography
from dossier.model.records import Annotation

MIN_LIKENESS = 0.4
"""Share of their words that two quotations must have in common, in the same order, to be compared."""

_COMPARED_WORD_PATTERN = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+(?:['’][^\W_]+)*|[%£$€]")


class DiffPiece(NamedTuple):
    """A piece of a quotation; `differs` where the wording it is held against does not have these words."""

    text: str
    differs: bool


class WordDiff(NamedTuple):
    """A quotation held against an earlier one: its pieces, which joined are the quotation, and how alike the two are.

    `likeness` is 1 for the same words and 0 where none is shared; below `ALIKE` nothing is marked.
    """

    pieces: tuple[DiffPiece, ...]
    likeness: float

    @property
    def has_differences(self) -> bool:
        """Whether any word differs."""
        return any(piece.differs for piece in self.pieces)


class ComparedWording(NamedTuple):
    """A quotation, and the earlier one that it is held against: None where no earlier one is like it."""

    annotation: Annotation
    diff: WordDiff
    earlier_annotation: Annotation | None


class _EarlierWording(NamedTuple):
    """A wording that has been met: the number of its text, and its own among all."""

    text_number: int
    wording_number: int
    annotation: Annotation


def diff_words(quotation: str, earlier: str) -> WordDiff:
    """Mark the words of a quotation that an earlier one does not have in the same order."""
    places = list(_COMPARED_WORD_PATTERN.finditer(quotation))
    matcher = SequenceMatcher(None, _split_folded_words(earlier), _split_folded_words(quotation), autojunk=False)
    likeness = matcher.ratio()
    if likeness < MIN_LIKENESS:
        return WordDiff((DiffPiece(quotation, False),), likeness)
    pieces, end = [], 0
    for kind, _, _, first, last in matcher.get_opcodes():
        if kind in ("insert", "replace"):
            start, stop = places[first].start(), places[last - 1].end()
            pieces += [DiffPiece(quotation[end:start], False), DiffPiece(quotation[start:stop], True)]
            end = stop
    pieces.append(DiffPiece(quotation[end:], False))
    return WordDiff(tuple(piece for piece in pieces if piece.text), likeness)


def compare_wordings(texts: Iterable[Sequence[Annotation]]) -> list[list[ComparedWording]]:
    """The quotations of texts, earliest text first, each held against the earliest wording in another text that is like it.

    A quotation is compared with the first wordings that have one of its words or all of them, so that the work grows
    with the number of quotations only.
    """
    met: dict[Hashable, _EarlierWording] = {}
    made: list[list[ComparedWording]] = []
    for text, notes in enumerate(texts):
        made.append([_compare_with_earlier(note, met) for note in notes])
        for note in notes:
            earlier = _EarlierWording(text, len(met), note)
            for key in _list_wording_keys(note):
                met.setdefault(key, earlier)
    return made


def _compare_with_earlier(note: Annotation, met: dict[Hashable, _EarlierWording]) -> ComparedWording:
    candidates = {earlier.wording_number: earlier for key in _list_wording_keys(note) if (earlier := met.get(key))}
    compared = [(earlier, diff_words(note.quote, earlier.annotation.quote)) for earlier in candidates.values()]
    alike = [
        (earlier.text_number, -held.likeness, earlier.wording_number, held, earlier.annotation)
        for earlier, held in compared
        if held.likeness >= MIN_LIKENESS
    ]
    if not alike:
        return ComparedWording(note, WordDiff((DiffPiece(note.quote, False),), 0), None)
    *_, held, against = min(alike, key=lambda one: one[:3])
    return ComparedWording(note, held, against)


def _list_wording_keys(note: Annotation) -> list[Hashable]:
    """What a wording is remembered by: each of its words, and all of them together."""
    words = _split_folded_words(note.quote)
    return [*words, tuple(words)]


def _split_folded_words(quotation: str) -> list[str]:
    return [fold_typography(word).lower() for word in _COMPARED_WORD_PATTERN.findall(quotation)]
