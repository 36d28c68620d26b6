"""Excerpts: which words of a private capture or copy a message may show, so that all messages together only quote it.

A wrong quotation is answered with the nearest words of the article. Whoever may propose quotations could so have the article
printed, piece by piece. Therefore the words that are shown, together with those that are printed already, keep to the budget
of quotations; no run of them is long; and where everybody can read what is printed, none are shown.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import accumulate

from dossier.model.dossier import Dossier
from dossier.model.quotations.anchoring import QuoteSelector, find_anchors
from dossier.model.quotations.capture import MAX_CAPTURE_RUN_WORDS, TextSpan


def select_showable_spans(dossier: Dossier, slug: str, spans: Collection[TextSpan]) -> frozenset[TextSpan]:
    """Those of some places in an article's capture whose words may be shown, given all that one run would like to show.

    Earlier ones take precedence. Of an article that is printed whole, that is all of them.
    """
    if dossier.is_printed_whole(slug):
        return frozenset(spans)
    if dossier.is_output_public:
        return frozenset()
    word_counts = [outline.words for outline in dossier.get_paragraph_outlines(slug)]
    words_left = dossier.settings.quote_share * dossier.count_article_words(slug) // 100 - dossier.count_printed_words(slug)
    return _select_spans_in_budget(spans, dossier.list_printed_spans(slug), word_counts, words_left)


def select_showable_copy_spans(dossier: Dossier, source_id: str, spans: Collection[TextSpan]) -> frozenset[TextSpan]:
    """The same for places in the copy of a source, which is as private, and of which claims print the words they quote."""
    if dossier.is_output_public:
        return frozenset()
    copy = dossier.source_copies[source_id]
    evidence = (item for claim in dossier.claims_by_source[source_id] for item in claim.sources if item.id == source_id)
    quoted = (find_anchors(QuoteSelector(words), copy)[:1] for item in evidence for words in item.words)
    printed = [anchor.span for anchors in quoted for anchor, _ in anchors]
    outlines = copy.paragraph_outlines
    printed_count = len({(span.paragraph, word) for span in printed for word in range(span.first, span.last)})
    words_left = dossier.settings.quote_share * sum(outline.words for outline in outlines) // 100 - printed_count
    return _select_spans_in_budget(spans, printed, [outline.words for outline in outlines], words_left)


def _select_spans_in_budget(
    spans: Collection[TextSpan], printed: Collection[TextSpan], word_counts: list[int], words_left: int
) -> frozenset[TextSpan]:
    """Those of some places that have at most `words_left` new words together, and make no long run with what is printed.

    `word_counts` has the number of words of each paragraph.
    """
    first_words = [0, *accumulate(word_counts)]  # of each paragraph, counted through the capture
    known = {word for span in printed if span.paragraph <= len(word_counts) for word in _list_words(span, first_words)}
    showable = set()
    for span in spans:
        words = _list_words(span, first_words)
        new_count = len(set(words) - known)
        if new_count <= words_left and _measure_run(words, known) <= MAX_CAPTURE_RUN_WORDS:
            known.update(words)
            words_left -= new_count
            showable.add(span)
    return frozenset(showable)


def _list_words(span: TextSpan, first_words: list[int]) -> range:
    """The numbers of a place's words, counted from 0 through the whole capture."""
    start = first_words[span.paragraph - 1]
    return range(start + span.first, start + span.last)


def _measure_run(words: range, known: set[int]) -> int:
    """Number of words in a row that would be known, if these were shown too."""
    first, last = words.start, words.stop
    while first - 1 in known:
        first -= 1
    while last in known:
        last += 1
    return last - first
