"""The map of an article: how long each of its paragraphs is, who wrote it, and where the quoted words stand in it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from dossier.model.dossier import Dossier
from dossier.model.quotations.capture import Kind, Outline
from dossier.model.records import Annotation, Article, Layer, Verdict

KINDS: dict[Kind, str] = {
    "paragraph": "text",
    "heading": "heading",
    "quote": "block quote",
    "list": "list",
    "caption": "caption",
    "furniture": "furniture",
}
"""What the kinds of paragraphs are called on the map, in the order of its legend."""


class Quoted(NamedTuple):
    """Quoted words on a bar: where they begin and how long they are, in percent of the longest bar; their note, its verdict."""

    at: float
    share: float
    note: Annotation
    verdict: Verdict | None


class Row(NamedTuple):
    """One paragraph of the original: its number, its shape, the length of its bar in percent of the longest, its quotations."""

    number: int
    outline: Outline
    share: float
    quoted: tuple[Quoted, ...]


class Run(NamedTuple):
    """Paragraphs in a row that one writer wrote; `layer` is None where they are the article's own."""

    layer: Layer | None
    rows: tuple[Row, ...]


class Map(NamedTuple):
    """An article's map: its runs in order, and its kinds of paragraphs in the order of the legend."""

    runs: tuple[Run, ...]
    kinds: tuple[Kind, ...]
    paragraphs: int


def map_of(shown: Dossier, article: Article, notes: Iterable[Annotation]) -> Map | None:
    """The map of an article, with the places of some annotations; None where its shape is not known."""
    outlines = shown.outline(article.slug)
    longest = max((outline.words for outline in outlines), default=0) or 1

    def percent(words: int) -> float:
        return round(100 * words / longest, 1)

    standing: dict[int, list[Quoted]] = {}
    for note in notes:
        if found := shown.found(note):
            span = found.span
            quoted = Quoted(percent(span.first), percent(span.last - span.first), note, shown.verdict_of(note))
            standing.setdefault(span.paragraph, []).append(quoted)
    rows = [
        Row(number, outline, percent(outline.words), tuple(standing.get(number, ())))
        for number, outline in enumerate(outlines, 1)
    ]
    layers = {number: layer for layer in reversed(article.layers) for number in layer.paragraphs}
    runs = groupby(rows, key=lambda row: layers.get(row.number))
    occurring = {outline.kind for outline in outlines}
    kinds = tuple(kind for kind in KINDS if kind in occurring)
    return Map(tuple(Run(layer, tuple(run)) for layer, run in runs), kinds, len(rows)) if rows else None
