"""What a capture is, and what is remembered of one: paragraphs here, `dossier.lock` entries there.

A capture is private. Its paragraphs hold its words and never leave the machine that has it; a `LockedArticle` holds
only counts, flags, places and hashes, and is committed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Literal

from pydantic import ConfigDict

LOCK_FILE_NAME = "dossier.lock"
"""Name of the file that remembers captures and quotations."""

ParagraphKind = Literal["heading", "paragraph", "quote", "list", "caption", "furniture"]

_FORBID_UNKNOWN_KEYS = ConfigDict(extra="forbid")
"""The lock is ours: a key that we did not write is a fault in it."""

_WORD_PATTERN = re.compile(r"[^\W_]+")
_APOSTROPHE_PATTERN = re.compile("['’]")
_DIGIT_PATTERN = re.compile(r"\d")
_QUOTATION_MARK_PATTERN = re.compile('[“”"«»„]')


def find_word_spans(text: str) -> list[tuple[int, int]]:
    """Places `[start, end)` of the words in a text: runs of letters and digits; apostrophes join them."""
    joined = _APOSTROPHE_PATTERN.sub("", text)
    if len(joined) == len(text):
        return [match.span() for match in _WORD_PATTERN.finditer(text)]
    kept = [place for place, character in enumerate(text) if character not in "'’"]
    return [(kept[match.start()], kept[match.end() - 1] + 1) for match in _WORD_PATTERN.finditer(joined)]


def count_words(text: str) -> int:
    """Number of words in a text, as the quotation budget counts them."""
    return len(find_word_spans(text))


def fold_words(text: str) -> list[str]:
    """The words of a text in lower case, without punctuation, for comparing long texts."""
    return _WORD_PATTERN.findall(_APOSTROPHE_PATTERN.sub("", text.lower()))


def hash_content(content: str | bytes) -> str:
    """SHA-256 in hexadecimal; text is taken as UTF-8."""
    return sha256(content.encode() if isinstance(content, str) else content).hexdigest()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block of a converted capture; `number` counts from 1 through furniture and layers alike."""

    number: int
    kind: ParagraphKind
    text: str

    def to_outline(self) -> ParagraphOutline:
        """What the lock may keep of it: no words, only their count and two flags."""
        return ParagraphOutline(
            kind=self.kind,
            words=count_words(self.text),
            numbers=bool(_DIGIT_PATTERN.search(self.text)),
            quotes=bool(_QUOTATION_MARK_PATTERN.search(self.text)),
        )


@dataclass(frozen=True, slots=True)
class Capture:
    """A converted capture: SHA-256 of its bytes, its converter's version, and its paragraphs in order."""

    sha256: str
    converter_version: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def full_text(self) -> str:
        """The converted text, one paragraph a line."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class ParagraphOutline:
    """The shape of one paragraph: kind, words, whether it holds digits and quotation marks."""

    __pydantic_config__ = _FORBID_UNKNOWN_KEYS

    kind: ParagraphKind
    words: int
    numbers: bool
    quotes: bool


@dataclass(frozen=True, slots=True)
class TextSpan:
    """Where a quotation stands: paragraph from 1, `[start, end)` in its code points, `[first, last)` in its words."""

    __pydantic_config__ = _FORBID_UNKNOWN_KEYS

    paragraph: int
    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class LockedQuotation:
    """A quotation as it was found: its place, and hashes of the words there and of the words as written."""

    __pydantic_config__ = _FORBID_UNKNOWN_KEYS

    span: TextSpan
    found: str
    written: str


@dataclass(frozen=True, slots=True)
class LockedArticle:
    """What one capture was when it was last locked. `title` is where the article's title stands in it."""

    __pydantic_config__ = _FORBID_UNKNOWN_KEYS

    capture: str
    converted: str
    converter: str
    title: TextSpan | None
    paragraphs: tuple[ParagraphOutline, ...]
    quotations: dict[str, LockedQuotation] = field(default_factory=dict)
