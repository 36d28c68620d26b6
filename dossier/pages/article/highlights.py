"""Quotations marked in running text: a paragraph and spans in, segments out that never nest or overlap."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from dossier.model.records import Annotation


class HighlightSegment(NamedTuple):
    """A piece of a paragraph and the annotations whose quotations cover it, the earliest first."""

    text: str
    annotations: tuple[Annotation, ...]
    starting_annotations: tuple[Annotation, ...] = ()
    """Those of them whose quotations begin here."""


def split_highlight_segments(text: str, quotations: Iterable[tuple[int, int, Annotation]]) -> list[HighlightSegment]:
    """Cut a text at the ends of its quotations, given as `[start, end)` in code points."""
    spans = sorted(quotations, key=lambda span: span[:2])
    cuts = sorted({0, len(text), *(cut for start, end, _ in spans for cut in (start, end))})
    return [
        HighlightSegment(
            text[first:last],
            tuple(note for start, end, note in spans if start <= first and last <= end),
            tuple(note for start, _, note in spans if start == first),
        )
        for first, last in pairwise(cuts)
    ]
