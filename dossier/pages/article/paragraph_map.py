"""The map of an article: how long each of its paragraphs is, who wrote it, and where the quoted words stand in it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from dossier.model.dossier import Dossier
from dossier.model.quotations.capture import ParagraphKind, ParagraphOutline
from dossier.model.records import Annotation, Article, Layer, Verdict

PARAGRAPH_KIND_LABELS: dict[ParagraphKind, str] = {
    "paragraph": "text",
    "heading": "heading",
    "quote": "block quote",
    "list": "list",
    "caption": "caption",
    "furniture": "furniture",
}
"""What the kinds of paragraphs are called on the map, in the order of its legend."""


class MappedQuotation(NamedTuple):
    """Quoted words on a bar: where they begin and how long they are, in percent of the longest bar; their note, its verdict."""

    start_percent: float
    width_percent: float
    annotation: Annotation
    verdict: Verdict | None


class ParagraphBar(NamedTuple):
    """One paragraph of the original: its number, its shape, the length of its bar in percent of the longest, its quotations."""

    number: int
    outline: ParagraphOutline
    width_percent: float
    quotations: tuple[MappedQuotation, ...]


class WriterRun(NamedTuple):
    """Paragraphs in a row that one writer wrote; `layer` is None where they are the article's own."""

    layer: Layer | None
    bars: tuple[ParagraphBar, ...]


class ArticleMap(NamedTuple):
    """An article's map: its runs in order, and its kinds of paragraphs in the order of the legend."""

    runs: tuple[WriterRun, ...]
    kinds: tuple[ParagraphKind, ...]
    paragraph_count: int


def build_article_map(shown: Dossier, article: Article, notes: Iterable[Annotation]) -> ArticleMap | None:
    """The map of an article, with the places of some annotations; None where its shape is not known."""
    outlines = shown.get_paragraph_outlines(article.slug)
    longest = max((outline.words for outline in outlines), default=0) or 1

    def percent(words: int) -> float:
        return round(100 * words / longest, 1)

    standing: dict[int, list[MappedQuotation]] = {}
    for note in notes:
        if found := shown.find_anchor(note):
            span = found.span
            quoted = MappedQuotation(percent(span.first), percent(span.last - span.first), note, shown.get_verdict(note))
            standing.setdefault(span.paragraph, []).append(quoted)
    rows = [
        ParagraphBar(number, outline, percent(outline.words), tuple(standing.get(number, ())))
        for number, outline in enumerate(outlines, 1)
    ]
    layers = {number: layer for layer in reversed(article.layers) for number in layer.paragraphs}
    runs = groupby(rows, key=lambda row: layers.get(row.number))
    occurring = {outline.kind for outline in outlines}
    kinds = tuple(kind for kind in PARAGRAPH_KIND_LABELS if kind in occurring)
    return ArticleMap(tuple(WriterRun(layer, tuple(run)) for layer, run in runs), kinds, len(rows)) if rows else None
