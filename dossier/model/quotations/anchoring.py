"""Finding quotations: a quotation and a capture, or the lock, in; found, absent or cannot-check out.

Words are looked for exactly. Typography (quotation marks, dashes, spaces, soft hyphens) is folded to find a quotation
that was typed plainly, and that it was is reported; no likeness score ever passes for finding.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import combining

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

_PLAIN_TYPOGRAPHY = {
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
    "…": "...",
}
_ZERO_WIDTH_DELETIONS = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_QUOTE_WORD_PATTERN = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+(?:['’][^\W_]+)*")
_WORD_CUT_PATTERN = re.compile(
    r"[^\W_]\|[^\W_]"  # inside a word
    r"|[^\W_]['’]\|[^\W\d_]|[^\W_]\|['’][^\W\d_]"  # inside a contraction: "can't" is not "can"
    r"|\d[.,·]\|\d|\d\|[.,·]\d"  # inside a number
)
"""Where a place, written as a bar between its neighbours, cuts a word or a number."""


@dataclass(frozen=True, slots=True)
class QuoteSelector:
    """What to look for: the words of a quotation and whatever helps to tell their places apart."""

    quote: str
    paragraph: int | None = None
    prefix: str = ""
    suffix: str = ""

    @property
    def selector_text(self) -> str:
        """The quotation as it is written, with what tells its places apart: what the lock answers for."""
        return f"{self.prefix}[{self.quote}]{self.suffix}" if self.prefix or self.suffix else self.quote


@dataclass(frozen=True, slots=True)
class Anchor:
    """The quotation stands in one place. `text` is what stands there (None without a capture); `exact` means unfolded."""

    span: TextSpan
    is_exact: bool
    matched_text: str | None = None


@dataclass(frozen=True, slots=True)
class QuoteNotFound:
    """The quotation stands nowhere. `nearest` shows the likest words, differing ones in [brackets]; `near` is their paragraph."""

    nearest_excerpt: str = ""
    nearest_paragraph: int | None = None
    is_inside_word: bool = False
    """The characters are there, but only inside a longer word or number."""
    nearest_words: str = ""
    """The likest words as they stand there, where they differ."""


@dataclass(frozen=True, slots=True)
class AmbiguousQuote:
    """The quotation stands in several places."""

    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True)
class QuoteInFurniture:
    """The quotation stands only in page furniture."""

    paragraph: int


@dataclass(frozen=True, slots=True)
class QuoteUnverifiable:
    """No capture here, and the lock does not know exactly this quotation."""


AnchorResult = Anchor | QuoteNotFound | AmbiguousQuote | QuoteInFurniture | QuoteUnverifiable


def anchor_quote(words: QuoteSelector, capture: Capture) -> AnchorResult:
    """Look for a quotation in a capture: exactly first, and with folded typography where that finds nothing."""
    places = find_anchors(words, capture)
    in_article = tuple(found for found, kind in places if kind != "furniture")
    if len(in_article) == 1:
        return in_article[0]
    if in_article:
        return AmbiguousQuote(in_article)
    if places:
        return QuoteInFurniture(places[0][0].span.paragraph)
    if any(
        part in fold_typography(paragraph.text)
        for part in [fold_typography(words.quote).strip()]
        if part
        for paragraph in capture.paragraphs
    ):
        elsewhere = find_anchors(QuoteSelector(words.quote), capture)
        return QuoteNotFound(words.quote, elsewhere[0][0].span.paragraph) if elsewhere else QuoteNotFound(is_inside_word=True)
    return _find_nearest_words(words.quote, capture.paragraphs)


def find_anchors(words: QuoteSelector, capture: Capture) -> list[tuple[Anchor, ParagraphKind]]:
    """Every place where whole words stand that are a quotation's, with the kind of its paragraph."""
    if not find_word_spans(words.quote):
        return []
    wanted = [paragraph for paragraph in capture.paragraphs if words.paragraph in (None, paragraph.number)]
    for spans in (_find_exact_offsets, _find_folded_offsets):
        places = [(found, paragraph.kind) for paragraph in wanted for found in _find_paragraph_anchors(words, paragraph, spans)]
        if any(kind != "furniture" for _, kind in places) or (places and spans is _find_folded_offsets):
            return places
    return []


def find_locked_anchor(words: QuoteSelector, locked: LockedArticle | None, annotation_id: str) -> AnchorResult:
    """Look a quotation up in the lock, for whoever has no capture."""
    entry = locked.quotations.get(annotation_id) if locked else None
    if (
        locked is None
        or entry is None
        or not _is_same_selector(entry, words)
        or not _is_plausible_lock_entry(entry, words, locked)
    ):
        return QuoteUnverifiable()
    return Anchor(entry.span, is_exact=entry.found == hash_content(words.quote))


def create_locked_quotation(words: QuoteSelector, found: Anchor) -> LockedQuotation:
    """The lock's entry for a quotation that was found in a capture."""
    return LockedQuotation(found.span, hash_content(found.matched_text or ""), hash_content(words.selector_text))


def fold_typography(text: str) -> str:
    """Text with its typography made plain: straight marks, hyphens, single spaces, no soft hyphens."""
    return _fold_with_origins(text)[0]


def is_word_run_in(part: str, whole: str) -> bool:
    """Whether words are a part of other words, whole words only, typography aside."""
    folded, within = fold_typography(part).strip(), fold_typography(whole)
    return any(_is_on_word_boundaries(within, start, start + len(folded)) for start in _find_substring_starts(folded, within))


def _is_same_selector(entry: LockedQuotation, words: QuoteSelector) -> bool:
    moved = words.paragraph is not None and words.paragraph != entry.span.paragraph
    return entry.written == hash_content(words.selector_text) and not moved


def _is_plausible_lock_entry(entry: LockedQuotation, words: QuoteSelector, locked: LockedArticle) -> bool:
    """Whether a lock's entry can be true: the right number of characters and words, and not in furniture."""
    span = entry.span
    exact = entry.found == hash_content(words.quote)
    fits = span.end - span.start == len(words.quote) and span.last - span.first == count_words(words.quote)
    outlines = locked.paragraphs[span.paragraph - 1 : span.paragraph]
    return (fits or not exact) and all(outline.kind != "furniture" for outline in outlines)


def _find_paragraph_anchors(
    words: QuoteSelector, paragraph: Paragraph, spans: Callable[[str, str], Iterator[tuple[int, int]]]
) -> Iterator[Anchor]:
    """The places of whole words in one paragraph that fit what stands before and behind them."""
    text = paragraph.text
    for start, end in spans(words.quote, text):
        if _is_on_word_boundaries(text, start, end) and _has_matching_context(words, text[:start], text[end:]):
            exact = text[start:end] == words.quote
            yield Anchor(_build_text_span(paragraph.number, text, start, end), exact, text[start:end])


def _find_exact_offsets(quote: str, text: str) -> Iterator[tuple[int, int]]:
    return ((start, start + len(quote)) for start in _find_substring_starts(quote, text))


def _find_folded_offsets(quote: str, text: str) -> Iterator[tuple[int, int]]:
    sought = fold_typography(quote).strip()
    folded, origin = _fold_with_origins(text)
    return ((origin[start], origin[start + len(sought) - 1] + 1) for start in _find_substring_starts(sought, folded))


def _build_text_span(number: int, text: str, start: int, end: int) -> TextSpan:
    inside = [index for index, (first, last) in enumerate(find_word_spans(text)) if first < end and last > start]
    return TextSpan(number, start, end, inside[0] if inside else 0, inside[-1] + 1 if inside else 0)


def _has_matching_context(words: QuoteSelector, before: str, after: str) -> bool:
    if not (words.prefix or words.suffix):
        return True
    prefix, suffix = fold_typography(words.prefix).strip(), fold_typography(words.suffix).strip()
    return fold_typography(before).rstrip().endswith(prefix) and fold_typography(after).lstrip().startswith(suffix)


def _find_substring_starts(part: str, whole: str) -> Iterator[int]:
    start = whole.find(part) if part else -1
    while start >= 0:
        yield start
        start = whole.find(part, start + 1)


def _is_on_word_boundaries(text: str, start: int, end: int) -> bool:
    """False where an end cuts a word or a number ("477" out of "9,477")."""
    return not (_is_word_cut_at(text, start) or _is_word_cut_at(text, end))


def _is_word_cut_at(text: str, place: int) -> bool:
    """Whether the characters on both sides of a place belong to one word or one number."""
    left, right = (side.translate(_ZERO_WIDTH_DELETIONS) for side in (text[max(0, place - 8) : place], text[place : place + 8]))
    return bool(combining(right[:1] or " ")) or bool(_WORD_CUT_PATTERN.search(f"{left[-2:]}|{right[:2]}"))


@lru_cache(maxsize=1024)
def _fold_with_origins(text: str) -> tuple[str, list[int]]:
    """Folded text, and for each of its characters the place it came from."""
    folded: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(text):
        plain = " " if character.isspace() else _PLAIN_TYPOGRAPHY.get(character, character)
        if plain == " " and folded and folded[-1] == " ":
            continue
        folded.extend(plain)
        origin.extend([place] * len(plain))
    return "".join(folded), origin


def _find_nearest_words(quote: str, paragraphs: Iterable[Paragraph]) -> QuoteNotFound:
    """The window of words most like the quotation, for people to compare; never accepted as a find."""
    sought = [fold_typography(match.group()).lower() for match in _QUOTE_WORD_PATTERN.finditer(quote)]
    wanted, best, score = set(sought), QuoteNotFound(), len(sought) // 2
    for paragraph in paragraphs:
        tokens = list(_QUOTE_WORD_PATTERN.finditer(paragraph.text)) if paragraph.kind != "furniture" else []
        words = [fold_typography(token.group()).lower() for token in tokens]
        common = [word in wanted for word in words]
        for first in range(max(1, len(words) - len(sought) + 1)):
            window = slice(first, first + len(sought))
            likeness = sum(common[window])
            if 2 * likeness <= score:
                continue
            likeness += sum(one == other for one, other in zip(words[window], sought, strict=False))
            if likeness > score:
                there = tokens[window]
                words_there = paragraph.text[there[0].start() : there[-1].end()]
                score, best = (
                    likeness,
                    QuoteNotFound(
                        _mark_differing_words(paragraph.text, there, wanted), paragraph.number, nearest_words=words_there
                    ),
                )
    return best


def _mark_differing_words(text: str, tokens: list[re.Match[str]], wanted: set[str]) -> str:
    """The words of a window with those that the quotation does not have in brackets."""
    pieces, place = [], tokens[0].start()
    for token in tokens:
        word = token.group()
        pieces += [text[place : token.start()], word if fold_typography(word).lower() in wanted else f"[{word}]"]
        place = token.end()
    return re.sub(r"\s+", " ", "".join(pieces))
