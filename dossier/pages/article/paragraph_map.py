"""The map of an article: a bar for each paragraph that shows its length, its writer, and the position of quoted words.

It needs no text, only word counts and positions, which the lock keeps; so it can be published without the capture.
"""

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
    "furniture": "menus and adverts",
}
"""Labels of the kinds of paragraphs, in the order of the legend."""


class MappedQuotation(NamedTuple):
    """A quotation on a bar: start and width in percent of the longest bar, its annotation and that one's verdict."""

    start_percent: float
    width_percent: float
    annotation: Annotation
    verdict: Verdict | None


class ParagraphBar(NamedTuple):
    """A paragraph: number from 1, kind and word count, width in percent of the longest bar, and its quotations."""

    number: int
    outline: ParagraphOutline
    width_percent: float
    quotations: tuple[MappedQuotation, ...]


class WriterRun(NamedTuple):
    """Consecutive paragraphs by one writer; `layer` is None for the article's own text."""

    layer: Layer | None
    bars: tuple[ParagraphBar, ...]


class ArticleMap(NamedTuple):
    """The map: runs in the order of the text, and the kinds of paragraphs that occur, in the order of the legend."""

    runs: tuple[WriterRun, ...]
    kinds: tuple[ParagraphKind, ...]
    paragraph_count: int


def build_article_map(dossier: Dossier, article: Article, notes: Iterable[Annotation]) -> ArticleMap | None:
    """Build the map of an article; None if neither its lock nor its capture is available.

    `notes` are the annotations to mark; those without a known position are left out.
    """
    outlines = dossier.get_paragraph_outlines(article.slug)
    longest = max((outline.words for outline in outlines), default=0) or 1  # no division by 0

    def to_percent(words: int) -> float:
        return round(100 * words / longest, 1)

    quotations: dict[int, list[MappedQuotation]] = {}
    for note in notes:
        if anchor := dossier.find_anchor(note):
            span = anchor.span
            quoted = MappedQuotation(to_percent(span.first), to_percent(span.last - span.first), note, dossier.get_verdict(note))
            quotations.setdefault(span.paragraph, []).append(quoted)
    bars = [
        ParagraphBar(number, outline, to_percent(outline.words), tuple(quotations.get(number, ())))
        for number, outline in enumerate(outlines, 1)
    ]
    # Reversed, so that the first of two layers that claim the same paragraph wins, as in `Article.get_layer`.
    layers = {number: layer for layer in reversed(article.layers) for number in layer.paragraphs}
    runs = groupby(bars, key=lambda bar: layers.get(bar.number))
    occurring = {outline.kind for outline in outlines}
    kinds = tuple(kind for kind in PARAGRAPH_KIND_LABELS if kind in occurring)
    return ArticleMap(tuple(WriterRun(layer, tuple(run)) for layer, run in runs), kinds, len(bars)) if bars else None
