"""Anchoring: find the place of a quotation in a capture, or verify it with the lock if there is no capture.

A quotation is described like a TextQuoteSelector of the W3C Web Annotation Data Model (exact text, prefix, suffix:
https://www.w3.org/TR/annotation-model/#text-quote-selector), with an optional paragraph number. The result is one of the
five classes of `AnchorResult`.

The exact text is searched first. If it is not found, typography (quotation marks, dashes, spaces, soft hyphens) is folded
on both sides, and the result says so. There is no fuzzy matching: a quotation that differs in a word is not found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from unicodedata import combining

from dossier.model.problems.problem import FORBIDDEN_CHARACTERS_PATTERN
from dossier.model.quotations.capture import (
    Capture,
    LockedArticle,
    LockedQuotation,
    Paragraph,
    ParagraphKind,
    TextSpan,
    count_words,
    find_word_spans,
    hash_content,
)
from dossier.model.quotations.invisible_characters import ZERO_WIDTH_DELETIONS
from dossier.model.quotations.typography import fold_typography, fold_with_origins

_QUOTE_WORD_PATTERN = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+(?:['’][^\W_]+)*")
_WORD_CUT_PATTERN = re.compile(
    r"[^\W_]\|[^\W_]"  # inside a word
    r"|[^\W_]['’]\|[^\W\d_]|[^\W_]\|['’][^\W\d_]"  # inside a contraction: "can't" is not "can"
    r"|\d[.,·]\|\d|\d\|[.,·]\d"  # inside a number
)
"""Matches where an offset cuts a word or a number. The text to match is the offset's neighbours with a bar between them."""


@dataclass(frozen=True, slots=True)
class QuoteSelector:
    """A quotation to find: its exact words, and what distinguishes their occurrences.

    `paragraph` is a paragraph's number from 1, None for any; `prefix` and `suffix` are the words right before and after.
    """

    quote: str
    paragraph: int | None = None
    prefix: str = ""
    suffix: str = ""

    @property
    def selector_text(self) -> str:
        """The selector as one text, `prefix[quote]suffix`. The lock holds its hash: after an edit, its entry is void."""
        return f"{self.prefix}[{self.quote}]{self.suffix}" if self.prefix or self.suffix else self.quote


@dataclass(frozen=True, slots=True)
class Anchor:
    """The one place of a quotation.

    `is_exact` is False if typography had to be folded. `matched_text` is the capture's text at the place, None if only
    the lock was at hand.
    """

    span: TextSpan
    is_exact: bool
    matched_text: str | None = None


@dataclass(frozen=True, slots=True)
class QuoteNotFound:
    """The quotation is not in the capture; the fields hold the most similar words, if any, for an editor to compare.

    The words are private. What shows them asks `select_showable_spans` first.
    """

    nearest_words: str = ""
    """The most similar words, as the capture has them, but without characters that turn a line of a terminal round."""
    nearest_span: TextSpan | None = None
    """Their place."""
    is_misplaced: bool = False
    """Whether they are the quotation's own words, so that paragraph, prefix or suffix is wrong."""
    is_inside_word: bool = False
    """Whether the characters occur, but only as part of a longer word or number."""


@dataclass(frozen=True, slots=True)
class AmbiguousQuote:
    """The quotation occurs more than once."""

    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class QuoteInFurniture:
    """The quotation only occurs in page furniture (menus, advertisements and the like)."""

    paragraph: int
    """Number of the first such paragraph, from 1."""


@dataclass(frozen=True, slots=True)
class QuoteUnverifiable:
    """There is no capture, and the lock has no valid entry for exactly this quotation."""


AnchorResult = Anchor | QuoteNotFound | AmbiguousQuote | QuoteInFurniture | QuoteUnverifiable


def anchor_quote(selector: QuoteSelector, capture: Capture) -> AnchorResult:
    """Find a quotation in a capture. The result is never `QuoteUnverifiable`."""
    anchors = find_anchors(selector, capture)
    in_article = tuple(anchor for anchor, kind in anchors if kind != "furniture")
    if len(in_article) == 1:
        return in_article[0]
    if in_article:
        return AmbiguousQuote(in_article)
    if anchors:
        return QuoteInFurniture(anchors[0][0].span.paragraph)
    folded_quote = fold_typography(selector.quote).strip()
    texts = [paragraph.text for paragraph in capture.paragraphs]
    if folded_quote and any(folded_quote in fold_typography(text) or selector.quote in text for text in texts):
        # The words occur, so the paragraph, the prefix or the suffix is wrong; or an end of the quotation cuts a word.
        elsewhere = find_anchors(QuoteSelector(selector.quote), capture)
        if not elsewhere:
            return QuoteNotFound(is_inside_word=True)
        return QuoteNotFound(elsewhere[0][0].matched_text or "", elsewhere[0][0].span, is_misplaced=True)
    return _find_nearest_words(selector.quote, capture.paragraphs)


def find_anchors(selector: QuoteSelector, capture: Capture) -> list[tuple[Anchor, ParagraphKind]]:
    """All places of a quotation, whole words only, in order, each with the kind of its paragraph.

    Either all are exact, or all were found with folded typography. An exact match in furniture alone does not prevent the
    folded search: the article's own words may be typeset differently.
    """
    if not find_word_spans(selector.quote):
        return []
    candidates = [paragraph for paragraph in capture.paragraphs if selector.paragraph in (None, paragraph.number)]
    for find_offsets in (_find_exact_offsets, _find_folded_offsets):
        anchors = [
            (anchor, paragraph.kind)
            for paragraph in candidates
            for anchor in _find_paragraph_anchors(selector, paragraph, find_offsets)
        ]
        if any(kind != "furniture" for _, kind in anchors) or (anchors and find_offsets is _find_folded_offsets):
            return anchors
    return []


def has_words(capture: Capture, words: str) -> bool:
    """Whether a capture has some words, once or more."""
    return bool(find_anchors(QuoteSelector(words), capture))


def find_locked_anchor(selector: QuoteSelector, locked: LockedArticle | None, annotation_id: str) -> AnchorResult:
    """Verify a quotation with the lock, without a capture. The result is an `Anchor` or `QuoteUnverifiable`."""
    entry = locked.quotations.get(annotation_id) if locked else None
    if locked and entry and _is_valid_lock_entry(entry, selector, locked):
        return Anchor(entry.span, is_exact=entry.found == hash_content(selector.quote))
    return QuoteUnverifiable()


def create_locked_quotation(selector: QuoteSelector, anchor: Anchor) -> LockedQuotation:
    """The lock's entry for a quotation that was found in a capture."""
    return LockedQuotation(anchor.span, hash_content(anchor.matched_text or ""), hash_content(selector.selector_text))


def is_word_run_in(part: str, whole: str) -> bool:
    """Whether a text contains another one as a run of whole words, with typography folded in both."""
    folded, within = fold_typography(part).strip(), fold_typography(whole)
    return any(_is_on_word_boundaries(within, start, start + len(folded)) for start in _find_substring_starts(folded, within))


def _is_valid_lock_entry(entry: LockedQuotation, selector: QuoteSelector, locked: LockedArticle) -> bool:
    """Whether a lock's entry is for this quotation, prefix, suffix and paragraph, and can be true.

    The lock is a text file that anyone can edit. An entry cannot be true if its place is in furniture or has another number
    of characters or words; forged hashes are not found.
    """
    span = entry.span
    if entry.written != hash_content(selector.selector_text) or selector.paragraph not in (None, span.paragraph):
        return False
    is_exact = entry.found == hash_content(selector.quote)
    has_same_size = span.end - span.start == len(selector.quote) and span.last - span.first == count_words(selector.quote)
    outlines = locked.paragraphs[span.paragraph - 1 : span.paragraph]
    return (has_same_size or not is_exact) and all(outline.kind != "furniture" for outline in outlines)


def _find_paragraph_anchors(
    selector: QuoteSelector, paragraph: Paragraph, find_offsets: Callable[[str, str], Iterator[tuple[int, int]]]
) -> Iterator[Anchor]:
    """Places in one paragraph that `find_offsets` finds, if they are whole words and prefix and suffix match."""
    text = paragraph.text
    for start, end in find_offsets(selector.quote, text):
        if _is_on_word_boundaries(text, start, end) and _has_matching_context(selector, text[:start], text[end:]):
            is_exact = text[start:end] == selector.quote
            yield Anchor(build_text_span(paragraph.number, text, start, end), is_exact, text[start:end])


def _find_exact_offsets(quote: str, text: str) -> Iterator[tuple[int, int]]:
    return ((start, start + len(quote)) for start in _find_substring_starts(quote, text))


def _find_folded_offsets(quote: str, text: str) -> Iterator[tuple[int, int]]:
    folded_quote = fold_typography(quote).strip()
    folded_text, origins = fold_with_origins(text)
    return (
        (origins[start][0], origins[start + len(folded_quote) - 1][1])
        for start in _find_substring_starts(folded_quote, folded_text)
    )


def build_text_span(number: int, text: str, start: int, end: int) -> TextSpan:
    """The place of the code points `[start, end)` in the text of a paragraph, with every word that they touch."""
    indexes = [index for index, (first, last) in enumerate(find_word_spans(text)) if first < end and last > start]
    return TextSpan(number, start, end, indexes[0] if indexes else 0, indexes[-1] + 1 if indexes else 0)


def _has_matching_context(selector: QuoteSelector, before: str, after: str) -> bool:
    """Whether the text before a place ends with the selector's prefix and the text after it begins with the suffix.

    Only whole words match: a part of one would let a private capture be guessed letter by letter.
    """
    if not (selector.prefix or selector.suffix):
        return True
    prefix, suffix = fold_typography(selector.prefix).strip(), fold_typography(selector.suffix).strip()
    before, after = fold_typography(before).rstrip(), fold_typography(after).lstrip()
    has_prefix = before.endswith(prefix) and not (prefix and _is_word_cut_at(before, len(before) - len(prefix)))
    return has_prefix and after.startswith(suffix) and not (suffix and _is_word_cut_at(after, len(suffix)))


def _find_substring_starts(part: str, whole: str) -> Iterator[int]:
    """Every offset of a substring, overlapping ones included; none for an empty one."""
    start = whole.find(part) if part else -1
    while start >= 0:
        yield start
        start = whole.find(part, start + 1)


def _is_on_word_boundaries(text: str, start: int, end: int) -> bool:
    """Whether neither end of a span cuts a word or a number, as "477" does in "9,477"."""
    return not (_is_word_cut_at(text, start) or _is_word_cut_at(text, end))


def _is_word_cut_at(text: str, offset: int) -> bool:
    """Whether the characters on both sides of an offset belong to one word or one number."""
    # Two visible characters on each side decide; a window of eight leaves room for invisible ones between them.
    sides = text[max(0, offset - 8) : offset], text[offset : offset + 8]
    left, right = (side.translate(ZERO_WIDTH_DELETIONS) for side in sides)
    # A combining mark on the right belongs to the letter on the left.
    return bool(combining(right[:1] or " ")) or bool(_WORD_CUT_PATTERN.search(f"{left[-2:]}|{right[:2]}"))


def _find_nearest_words(quote: str, paragraphs: Iterable[Paragraph]) -> QuoteNotFound:
    """The run of words most similar to the quotation, for an editor to compare; never accepted as a match.

    A run's score is the number of its words that the quotation has, plus the number of those at the same position. A run
    needs more than half as many points as the quotation has words.
    """
    quote_words = _fold_quote_words(quote)
    distinct_words, best, best_score = set(quote_words), QuoteNotFound(), len(quote_words) // 2
    for paragraph in paragraphs:
        tokens = list(_QUOTE_WORD_PATTERN.finditer(paragraph.text)) if paragraph.kind != "furniture" else []
        words = [fold_typography(token.group()).lower() for token in tokens]
        is_common = [word in distinct_words for word in words]
        for first in range(max(1, len(words) - len(quote_words) + 1)):
            window = slice(first, first + len(quote_words))
            score = sum(is_common[window])
            # At most, every common word is at the right position too: skip windows that cannot win.
            if 2 * score <= best_score:
                continue
            score += sum(word == quote_word for word, quote_word in zip(words[window], quote_words, strict=False))
            if score > best_score:
                start, end = tokens[window][0].start(), tokens[window][-1].end()
                span = build_text_span(paragraph.number, paragraph.text, start, end)
                nearest = FORBIDDEN_CHARACTERS_PATTERN.sub("", paragraph.text[start:end])
                best_score, best = score, QuoteNotFound(nearest, span)
    return best


def _fold_quote_words(quote: str) -> list[str]:
    return [fold_typography(match.group()).lower() for match in _QUOTE_WORD_PATTERN.finditer(quote)]


def mark_differing_words(text: str, quote: str) -> str:
    """A text in one line, with words that a quotation does not have in [brackets]."""
    quote_words = set(_fold_quote_words(quote))

    def mark(word: re.Match[str]) -> str:
        return word[0] if fold_typography(word[0]).lower() in quote_words else f"[{word[0]}]"

    return " ".join(_QUOTE_WORD_PATTERN.sub(mark, text).split())
