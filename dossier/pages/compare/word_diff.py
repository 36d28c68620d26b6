"""Differing words: how each quotation of a claim is worded beside the earlier ones.

Words are compared as quotations are, typography and capitals aside. A quotation is held against the earliest wording that
is like it; where none is, it says the claim in other words, and nothing of it is marked.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from dossier.model.quotations.anchoring import fold
from dossier.model.records import Annotation

ALIKE = 0.4
"""Share of their words that two quotations must have in common, in the same order, to be compared."""

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+(?:['’][^\W_]+)*|[%£$€]")


class Piece(NamedTuple):
    """A piece of a quotation; `differs` where the wording it is held against does not have these words."""

    text: str
    differs: bool


class Held(NamedTuple):
    """A quotation held against an earlier one: its pieces, which joined are the quotation, and how alike the two are.

    `likeness` is 1 for the same words and 0 where none is shared; below `ALIKE` nothing is marked.
    """

    pieces: tuple[Piece, ...]
    likeness: float

    @property
    def marked(self) -> bool:
        """Whether any word differs."""
        return any(piece.differs for piece in self.pieces)


class Wording(NamedTuple):
    """A quotation, and the earlier one that it is held against: None where no earlier one is like it."""

    note: Annotation
    held: Held
    against: Annotation | None


class _Earlier(NamedTuple):
    """A wording that has been met: the number of its text, and its own among all."""

    text: int
    place: int
    note: Annotation


def hold(quotation: str, earlier: str) -> Held:
    """Mark the words of a quotation that an earlier one does not have in the same order."""
    places = list(_WORD.finditer(quotation))
    matcher = SequenceMatcher(None, _words(earlier), _words(quotation), autojunk=False)
    likeness = matcher.ratio()
    if likeness < ALIKE:
        return Held((Piece(quotation, False),), likeness)
    pieces, end = [], 0
    for kind, _, _, first, last in matcher.get_opcodes():
        if kind in ("insert", "replace"):
            start, stop = places[first].start(), places[last - 1].end()
            pieces += [Piece(quotation[end:start], False), Piece(quotation[start:stop], True)]
            end = stop
    pieces.append(Piece(quotation[end:], False))
    return Held(tuple(piece for piece in pieces if piece.text), likeness)


def wordings(texts: Iterable[Sequence[Annotation]]) -> list[list[Wording]]:
    """The quotations of texts, earliest text first, each held against the earliest wording in another text that is like it.

    A quotation is compared with the first wordings that have one of its words or all of them, so that the work grows
    with the number of quotations only.
    """
    met: dict[Hashable, _Earlier] = {}
    made: list[list[Wording]] = []
    for text, notes in enumerate(texts):
        made.append([_wording(note, met) for note in notes])
        for note in notes:
            earlier = _Earlier(text, len(met), note)
            for key in _keys(note):
                met.setdefault(key, earlier)
    return made


def _wording(note: Annotation, met: dict[Hashable, _Earlier]) -> Wording:
    candidates = {earlier.place: earlier for key in _keys(note) if (earlier := met.get(key))}
    compared = [(earlier, hold(note.quote, earlier.note.quote)) for earlier in candidates.values()]
    alike = [
        (earlier.text, -held.likeness, earlier.place, held, earlier.note) for earlier, held in compared if held.likeness >= ALIKE
    ]
    if not alike:
        return Wording(note, Held((Piece(note.quote, False),), 0), None)
    *_, held, against = min(alike, key=lambda one: one[:3])
    return Wording(note, held, against)


def _keys(note: Annotation) -> list[Hashable]:
    """What a wording is remembered by: each of its words, and all of them together."""
    words = _words(note.quote)
    return [*words, tuple(words)]


def _words(quotation: str) -> list[str]:
    return [fold(word).lower() for word in _WORD.findall(quotation)]
