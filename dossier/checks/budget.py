"""Rule on the budget: how much of an article, and of what each writer contributed to it, quotations may print."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from dossier.checks.rule import Violation, rule
from dossier.model.dossier import Dossier
from dossier.model.problems.problem import Location
from dossier.model.records import Article


class _WriterPart(NamedTuple):
    """The paragraphs of one writer: who it is, in words, where the record names them, and their numbers."""

    writer: str
    location: Location
    paragraphs: frozenset[int]


@rule("quote-budget")
def check_quote_budget(dossier: Dossier) -> Iterator[Violation]:
    help = "shorten or delete quotations"
    for slug, article in dossier.articles.items() if dossier.are_settings_read else ():
        printed, words, share = dossier.count_printed_words(slug), dossier.count_article_words(slug), dossier.settings.quote_share
        if dossier.is_printed_whole(slug) or not words:
            continue
        if printed * 100 > share * words:
            message = f"quotations and title print {printed} of the article's {words} words, more than {share} %"
            yield Violation(article.locate("title"), message, help)
            continue
        for part in _iter_writer_parts(dossier, article):
            printed, words = _count_part_words(dossier, slug, part.paragraphs)
            if printed * 100 > share * words:
                message = f"quotations print {printed} of the {words} words {part.writer}, more than {share} %"
                yield Violation(part.location, message, help)


def _iter_writer_parts(dossier: Dossier, article: Article) -> Iterator[_WriterPart]:
    """The part of each layer, and what is left for the article's own writer; nothing for an article without layers."""
    rest = set(range(1, len(dossier.get_paragraph_outlines(article.slug)) + 1))
    for index, layer in enumerate(article.layers):
        rest -= set(layer.paragraphs)
        writer = f"that {layer.writer} wrote (the layer `{layer.id}`)"
        yield _WriterPart(writer, article.locate("layers", index, "paragraphs"), frozenset(layer.paragraphs))
    if article.layers:
        yield _WriterPart("outside the layers", article.locate("layers"), frozenset(rest))


def _count_part_words(dossier: Dossier, slug: str, paragraphs: frozenset[int]) -> tuple[int, int]:
    """Words of some paragraphs that quotations and title print, overlaps once; all words of these paragraphs."""
    outlines = enumerate(dossier.get_paragraph_outlines(slug), 1)
    words = sum(outline.words for number, outline in outlines if number in paragraphs and outline.kind != "furniture")
    spans = [anchor.span for note in dossier.annotations.get(slug, ()) if (anchor := dossier.find_anchor(note))]
    locked = dossier.lock.articles.get(slug)
    spans += [locked.title] if locked and locked.title else []
    printed = {(span.paragraph, word) for span in spans for word in range(span.first, span.last)}
    return sum(paragraph in paragraphs for paragraph, _ in printed), words
