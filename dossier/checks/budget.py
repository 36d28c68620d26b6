"""Rule on the budget: how much of an article, and of each layer that another writer contributed, quotations may print.

What an article's own writer put round its layers has no share of its own: it may be a heading and two sentences, of which
three words are too many to quote.
"""

from __future__ import annotations

from collections.abc import Iterator

from dossier.checks.rule import Violation, rule
from dossier.model.dossier import Dossier


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
        for index, layer in enumerate(article.layers):
            printed, words = _count_layer_words(dossier, slug, frozenset(layer.paragraphs))
            if printed * 100 > share * words:
                message = f"quotations print {printed} of the {words} words that {layer.writer} wrote (the layer `{layer.id}`)"
                yield Violation(article.locate("layers", index, "paragraphs"), f"{message}, more than {share} %", help)


def _count_layer_words(dossier: Dossier, slug: str, paragraphs: frozenset[int]) -> tuple[int, int]:
    """Words of some paragraphs that quotations and title print, overlaps once; all words of these paragraphs."""
    outlines = enumerate(dossier.get_paragraph_outlines(slug), 1)
    words = sum(outline.words for number, outline in outlines if number in paragraphs and outline.kind != "furniture")
    printed = {(span.paragraph, word) for span in dossier.list_printed_spans(slug) for word in range(span.first, span.last)}
    return sum(paragraph in paragraphs for paragraph, _ in printed), words
