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
    Kind,
    LockedArticle,
    LockedQuotation,
    Paragraph,
    Span,
    count_words,
    fingerprint,
    word_spans,
)

_FOLDS = {
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
    "…": "...",
}
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+(?:['’][^\W_]+)*")
_SEAM = re.compile(
    r"[^\W_]\|[^\W_]"  # inside a word
    r"|[^\W_]['’]\|[^\W\d_]|[^\W_]\|['’][^\W\d_]"  # inside a contraction: "can't" is not "can"
    r"|\d[.,·]\|\d|\d\|[.,·]\d"  # inside a number
)
"""Where a place, written as a bar between its neighbours, cuts a word or a number."""


@dataclass(frozen=True, slots=True)
class Words:
    """What to look for: the words of a quotation and whatever helps to tell their places apart."""

    quote: str
    paragraph: int | None = None
    prefix: str = ""
    suffix: str = ""

    @property
    def written(self) -> str:
        """The quotation as it is written, with what tells its places apart: what the lock answers for."""
        return f"{self.prefix}[{self.quote}]{self.suffix}" if self.prefix or self.suffix else self.quote


@dataclass(frozen=True, slots=True)
class Found:
    """The quotation stands in one place. `text` is what stands there (None without a capture); `exact` means unfolded."""

    span: Span
    exact: bool
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Absent:
    """The quotation stands nowhere. `nearest` shows the likest words, differing ones in [brackets]; `near` is their paragraph."""

    nearest: str = ""
    near: int | None = None
    cut: bool = False
    """The characters are there, but only inside a longer word or number."""
    words: str = ""
    """The likest words as they stand there, where they differ."""


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """The quotation stands in several places."""

    places: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class OnlyFurniture:
    """The quotation stands only in page furniture."""

    paragraph: int


@dataclass(frozen=True, slots=True)
class CannotCheck:
    """No capture here, and the lock does not know exactly this quotation."""


Outcome = Found | Absent | Ambiguous | OnlyFurniture | CannotCheck


def locate(words: Words, capture: Capture) -> Outcome:
    """Look for a quotation in a capture: exactly first, and with folded typography where that finds nothing."""
    places = occurrences(words, capture)
    in_article = tuple(found for found, kind in places if kind != "furniture")
    if len(in_article) == 1:
        return in_article[0]
    if in_article:
        return Ambiguous(in_article)
    if places:
        return OnlyFurniture(places[0][0].span.paragraph)
    if any(part in fold(paragraph.text) for part in [fold(words.quote).strip()] if part for paragraph in capture.paragraphs):
        elsewhere = occurrences(Words(words.quote), capture)
        return Absent(words.quote, elsewhere[0][0].span.paragraph) if elsewhere else Absent(cut=True)
    return _nearest(words.quote, capture.paragraphs)


def occurrences(words: Words, capture: Capture) -> list[tuple[Found, Kind]]:
    """Every place where whole words stand that are a quotation's, with the kind of its paragraph."""
    if not word_spans(words.quote):
        return []
    wanted = [paragraph for paragraph in capture.paragraphs if words.paragraph in (None, paragraph.number)]
    for spans in (_exact, _folded):
        places = [(found, paragraph.kind) for paragraph in wanted for found in _places(words, paragraph, spans)]
        if any(kind != "furniture" for _, kind in places) or (places and spans is _folded):
            return places
    return []


def recall(words: Words, locked: LockedArticle | None, annotation_id: str) -> Outcome:
    """Look a quotation up in the lock, for whoever has no capture."""
    entry = locked.quotations.get(annotation_id) if locked else None
    if locked is None or entry is None or not _same(entry, words) or not _likely(entry, words, locked):
        return CannotCheck()
    return Found(entry.span, exact=entry.found == fingerprint(words.quote))


def remember(words: Words, found: Found) -> LockedQuotation:
    """The lock's entry for a quotation that was found in a capture."""
    return LockedQuotation(found.span, fingerprint(found.text or ""), fingerprint(words.written))


def fold(text: str) -> str:
    """Text with its typography made plain: straight marks, hyphens, single spaces, no soft hyphens."""
    return _fold(text)[0]


def stands_in(part: str, whole: str) -> bool:
    """Whether words are a part of other words, whole words only, typography aside."""
    folded, within = fold(part).strip(), fold(whole)
    return any(_whole_words(within, start, start + len(folded)) for start in _starts(folded, within))


def _same(entry: LockedQuotation, words: Words) -> bool:
    moved = words.paragraph is not None and words.paragraph != entry.span.paragraph
    return entry.written == fingerprint(words.written) and not moved


def _likely(entry: LockedQuotation, words: Words, locked: LockedArticle) -> bool:
    """Whether a lock's entry can be true: the right number of characters and words, and not in furniture."""
    span = entry.span
    exact = entry.found == fingerprint(words.quote)
    fits = span.end - span.start == len(words.quote) and span.last - span.first == count_words(words.quote)
    outlines = locked.paragraphs[span.paragraph - 1 : span.paragraph]
    return (fits or not exact) and all(outline.kind != "furniture" for outline in outlines)


def _places(words: Words, paragraph: Paragraph, spans: Callable[[str, str], Iterator[tuple[int, int]]]) -> Iterator[Found]:
    """The places of whole words in one paragraph that fit what stands before and behind them."""
    text = paragraph.text
    for start, end in spans(words.quote, text):
        if _whole_words(text, start, end) and _between(words, text[:start], text[end:]):
            exact = text[start:end] == words.quote
            yield Found(_span(paragraph.number, text, start, end), exact, text[start:end])


def _exact(quote: str, text: str) -> Iterator[tuple[int, int]]:
    return ((start, start + len(quote)) for start in _starts(quote, text))


def _folded(quote: str, text: str) -> Iterator[tuple[int, int]]:
    sought = fold(quote).strip()
    folded, origin = _fold(text)
    return ((origin[start], origin[start + len(sought) - 1] + 1) for start in _starts(sought, folded))


def _span(number: int, text: str, start: int, end: int) -> Span:
    inside = [index for index, (first, last) in enumerate(word_spans(text)) if first < end and last > start]
    return Span(number, start, end, inside[0] if inside else 0, inside[-1] + 1 if inside else 0)


def _between(words: Words, before: str, after: str) -> bool:
    if not (words.prefix or words.suffix):
        return True
    prefix, suffix = fold(words.prefix).strip(), fold(words.suffix).strip()
    return fold(before).rstrip().endswith(prefix) and fold(after).lstrip().startswith(suffix)


def _starts(part: str, whole: str) -> Iterator[int]:
    start = whole.find(part) if part else -1
    while start >= 0:
        yield start
        start = whole.find(part, start + 1)


def _whole_words(text: str, start: int, end: int) -> bool:
    """False where an end cuts a word or a number ("477" out of "9,477")."""
    return not (_joined(text, start) or _joined(text, end))


def _joined(text: str, place: int) -> bool:
    """Whether the characters on both sides of a place belong to one word or one number."""
    left, right = (side.translate(_UNSEEN) for side in (text[max(0, place - 8) : place], text[place : place + 8]))
    return bool(combining(right[:1] or " ")) or bool(_SEAM.search(f"{left[-2:]}|{right[:2]}"))


@lru_cache(maxsize=1024)
def _fold(text: str) -> tuple[str, list[int]]:
    """Folded text, and for each of its characters the place it came from."""
    folded: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(text):
        plain = " " if character.isspace() else _FOLDS.get(character, character)
        if plain == " " and folded and folded[-1] == " ":
            continue
        folded.extend(plain)
        origin.extend([place] * len(plain))
    return "".join(folded), origin


def _nearest(quote: str, paragraphs: Iterable[Paragraph]) -> Absent:
    """The window of words most like the quotation, for people to compare; never accepted as a find."""
    sought = [fold(match.group()).lower() for match in _TOKEN.finditer(quote)]
    wanted, best, score = set(sought), Absent(), len(sought) // 2
    for paragraph in paragraphs:
        tokens = list(_TOKEN.finditer(paragraph.text)) if paragraph.kind != "furniture" else []
        words = [fold(token.group()).lower() for token in tokens]
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
                score, best = likeness, Absent(_marked(paragraph.text, there, wanted), paragraph.number, words=words_there)
    return best


def _marked(text: str, tokens: list[re.Match[str]], wanted: set[str]) -> str:
    """The words of a window with those that the quotation does not have in brackets."""
    pieces, place = [], tokens[0].start()
    for token in tokens:
        word = token.group()
        pieces += [text[place : token.start()], word if fold(word).lower() in wanted else f"[{word}]"]
        place = token.end()
    return re.sub(r"\s+", " ", "".join(pieces))
