"""Excerpts: which words of a private capture or copy a message may show, so that all messages together only quote it.

A wrong quotation is answered with the nearest words of the article. Whoever may propose quotations could so have the article
printed, piece by piece. Therefore the words that are shown, together with those that are printed already, keep to the budget
of quotations, also of each layer; no run of them is long; and where everybody can read what is printed, none are shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import accumulate, pairwise
from typing import NamedTuple

from dossier.model.dossier import Dossier
from dossier.model.quotations.anchoring import QuoteSelector, find_anchors
from dossier.model.quotations.capture import MAX_CAPTURE_RUN_WORDS, ParagraphOutline, TextSpan


def select_showable_spans(dossier: Dossier, slug: str, spans: Collection[TextSpan]) -> frozenset[TextSpan]:
    """Those of some places in an article's capture whose words may be shown, given all that one run would like to show.

    Earlier ones take precedence. Of an article that is printed whole, that is all of them.
    """
    if dossier.is_printed_whole(slug):
        return frozenset(spans)
    if dossier.is_output_public:
        return frozenset()
    outlines, share = dossier.get_paragraph_outlines(slug), dossier.settings.quote_share
    paragraphs = _number_words(outlines)
    printed = {word for span in dossier.list_printed_spans(slug) for word in _list_words(span, paragraphs)}
    words_left = share * dossier.count_article_words(slug) // 100 - dossier.count_printed_words(slug)
    budgets = [_Budget(frozenset(range(paragraphs[-1].stop if paragraphs else 0)), words_left)]
    for layer in dossier.articles[slug].layers:
        numbers = [number for number in layer.paragraphs if number <= len(outlines)]
        size = sum(outlines[number - 1].words for number in numbers if outlines[number - 1].kind != "furniture")
        words = frozenset(word for number in numbers for word in paragraphs[number - 1])
        budgets.append(_Budget(words, share * size // 100 - len(words & printed)))
    return _select_spans_in_budgets(spans, printed, paragraphs, budgets)


def select_showable_copy_spans(dossier: Dossier, source_id: str, spans: Collection[TextSpan]) -> frozenset[TextSpan]:
    """The same for places in the copy of a source, which is as private, and of which claims print the words they quote."""
    if dossier.is_output_public:
        return frozenset()
    copy = dossier.source_copies[source_id]
    evidence = (item for claim in dossier.claims_by_source[source_id] for item in claim.sources if item.id == source_id)
    quoted = (find_anchors(QuoteSelector(words), copy)[:1] for item in evidence for words in item.words)
    paragraphs = _number_words(copy.paragraph_outlines)
    printed = {word for anchors in quoted for anchor, _ in anchors for word in _list_words(anchor.span, paragraphs)}
    size = paragraphs[-1].stop if paragraphs else 0
    budget = _Budget(frozenset(range(size)), dossier.settings.quote_share * size // 100 - len(printed))
    return _select_spans_in_budgets(spans, printed, paragraphs, [budget])


class _Budget(NamedTuple):
    """The numbers of some words, and how many of those that are not printed yet may be shown."""

    words: frozenset[int]
    words_left: int


def _select_spans_in_budgets(
    spans: Collection[TextSpan], printed: set[int], paragraphs: list[range], budgets: list[_Budget]
) -> frozenset[TextSpan]:
    """Those of some places that keep to every budget together, and make no long run with what is printed."""
    shown, showable = set[int](), set()
    for span in spans:
        words = _list_words(span, paragraphs)
        new = shown | (set(words) - printed)
        touched = [budget for budget in budgets if not budget.words.isdisjoint(words)]
        is_in_budget = all(len(new & budget.words) <= budget.words_left for budget in touched)
        if is_in_budget and _measure_run(words, printed | shown) <= MAX_CAPTURE_RUN_WORDS:
            shown = new
            showable.add(span)
    return frozenset(showable)


def _number_words(outlines: Iterable[ParagraphOutline]) -> list[range]:
    """The numbers of each paragraph's words, counted from 0 through the whole text."""
    ends = [0, *accumulate(outline.words for outline in outlines)]
    return [range(start, end) for start, end in pairwise(ends)]


def _list_words(span: TextSpan, paragraphs: list[range]) -> range:
    """The numbers of a place's words; none if the text has no such paragraph, as in a lock of another capture."""
    if span.paragraph > len(paragraphs):
        return range(0)
    start = paragraphs[span.paragraph - 1].start
    return range(start + span.first, start + span.last)


def _measure_run(words: range, known: set[int]) -> int:
    """Number of words in a row that would be known, if these were shown too."""
    first, last = words.start, words.stop
    while first - 1 in known:
        first -= 1
    while last in known:
        last += 1
    return last - first
