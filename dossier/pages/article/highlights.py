"""Split a paragraph at the boundaries of its quotations into segments that neither nest nor overlap, as HTML requires."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from dossier.model.records import Annotation


class HighlightSegment(NamedTuple):
    """A piece of a paragraph, and the annotations whose quotations cover it, ordered by their start."""

    text: str
    annotations: tuple[Annotation, ...]
    starting_annotations: tuple[Annotation, ...] = ()
    """Those whose quotation begins with this segment; only they get an element id."""
    ending_annotations: tuple[Annotation, ...] = ()
    """Those whose quotation ends with this segment; behind it stands the mark of their verdict."""


def split_highlight_segments(text: str, quotations: Iterable[tuple[int, int, Annotation]]) -> list[HighlightSegment]:
    """Split a text at each start and end of `quotations`: (start, end, annotation), half-open, in code points."""
    spans = sorted(quotations, key=lambda span: span[:2])
    boundaries = sorted({0, len(text), *(offset for start, end, _ in spans for offset in (start, end))})
    return [
        HighlightSegment(
            text[first:last],
            tuple(note for start, end, note in spans if start <= first and last <= end),
            tuple(note for start, _, note in spans if start == first),
            tuple(note for _, end, note in spans if end == last),
        )
        for first, last in pairwise(boundaries)
    ]
