"""The headlines that a dossier has: of its articles and of the texts inside them; and where quoted words stand in one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dossier.model.dates.edtf import Edtf
from dossier.model.dossier import Dossier
from dossier.model.quotations.anchoring import find_word_run
from dossier.model.records import Annotation, Article, Layer, Source

MAX_CHOSEN_HEADLINES = 8
"""Headlines that a front page shows which names none itself."""


class QuotedHeadline(NamedTuple):
    """A headline and the words of it that an annotation is about, from one character to the one behind another."""

    article: Article
    layer: Layer | None
    """The layer that it is the headline of; None if it is the article's own."""
    title: str
    start: int
    end: int

    @property
    def writer_id(self) -> str | None:
        """Id of the party that wrote the text below it; None if not established."""
        return self.layer.writer if self.layer else self.article.publisher

    @property
    def published(self) -> Edtf | None:
        """When it was published; None if not established."""
        return self.layer.published if self.layer else self.article.published


def find_quoted_headline(dossier: Dossier, note: Annotation) -> QuotedHeadline | None:
    """The headline that has the words of an annotation; None if they are not those of one.

    An article's headline is its title. That of a layer is the title of the source or article with the layer's address.
    """
    article, anchor = dossier.articles.get(note.article), dossier.find_anchor(note)
    if not article or article.print == "metadata":
        return None
    layer = article.get_layer(anchor.span.paragraph) if anchor else None
    title = _find_layer_title(dossier, layer) if layer else article.title
    place = find_word_run(note.quote, title) if title else None
    return QuotedHeadline(article, layer, title, *place) if title and place else None


def is_in_heading(dossier: Dossier, note: Annotation) -> bool:
    """Whether the words of an annotation stand in a heading."""
    anchor = dossier.find_anchor(note)
    outlines = dossier.get_paragraph_outlines(note.article) if anchor else ()
    return bool(anchor and anchor.span.paragraph <= len(outlines) and outlines[anchor.span.paragraph - 1].kind == "heading")


def iter_headline_notes(dossier: Dossier) -> Iterator[Annotation]:
    """The annotations with a verdict on the headlines of the newest articles, the oldest of these articles first."""
    dated = (article for article in dossier.articles.values() if article.published)
    articles = sorted(dated, key=lambda article: (*article.published.sort_key, article.slug) if article.published else ())
    chosen = (list(_iter_notes_of_headline(dossier, article)) for article in reversed(articles))
    newest = [notes for _, notes in zip(range(MAX_CHOSEN_HEADLINES), filter(None, chosen), strict=False)]
    for notes in reversed(newest):
        yield from notes


def _iter_notes_of_headline(dossier: Dossier, article: Article) -> Iterator[Annotation]:
    for note in dossier.annotations.get(article.slug, ()):
        if is_in_heading(dossier, note) and dossier.get_verdict(note) and find_quoted_headline(dossier, note):
            yield note


def _find_layer_title(dossier: Dossier, layer: Layer) -> str | None:
    """The title of the source or article that has a layer's address; None if there is none."""
    texts: Iterable[Source | Article] = (*dossier.sources.values(), *dossier.articles.values())
    return next((text.title for text in texts if layer.url and text.url == layer.url), None)
