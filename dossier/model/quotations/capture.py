"""Captures of articles, and their entries in `dossier.lock`.

A capture is private: its `Paragraph`s hold the article's words, which never leave the machine that has the capture. The
`Lock` holds only counts, flags, offsets and hashes; it is committed, so that quotations can be verified without the capture.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Literal

from pydantic import ConfigDict

LOCK_FILE_NAME = "dossier.lock"
"""Name of the lock file, in the dossier's root."""

MAX_CAPTURE_RUN_WORDS = 25
"""Words in a row of a private capture that may be on the site, or in messages."""

ParagraphKind = Literal["heading", "paragraph", "quote", "list", "caption", "furniture"]

FORBID_UNKNOWN_KEYS = ConfigDict(extra="forbid")
"""For files that only this program writes: an unknown key is an error. pydantic reads `__pydantic_config__` of a dataclass."""

_WORD_PATTERN = re.compile(r"[^\W_]+")
_APOSTROPHE_PATTERN = re.compile("['’]")
_DIGIT_PATTERN = re.compile(r"\d")
_QUOTATION_MARK_PATTERN = re.compile('[“”"«»„]')


def find_word_spans(text: str) -> list[tuple[int, int]]:
    """Offsets `[start, end)` of the words in a text: runs of letters and digits, where "don't" is one word."""
    # Search the text without apostrophes, then map the offsets back to the original text.
    joined = _APOSTROPHE_PATTERN.sub("", text)
    if len(joined) == len(text):
        return [match.span() for match in _WORD_PATTERN.finditer(text)]
    origins = [offset for offset, character in enumerate(text) if character not in "'’"]
    return [(origins[match.start()], origins[match.end() - 1] + 1) for match in _WORD_PATTERN.finditer(joined)]


def count_words(text: str) -> int:
    """Number of words in a text. All limits on the length of quotations count words this way."""
    return len(find_word_spans(text))


def fold_words(text: str) -> list[str]:
    """The words of a text in lower case, without punctuation and apostrophes, to compare long texts."""
    return _WORD_PATTERN.findall(_APOSTROPHE_PATTERN.sub("", text.lower()))


def hash_content(content: str | bytes) -> str:
    """SHA-256 hash of bytes, or of a text in UTF-8, as 64 hexadecimal digits."""
    return sha256(content.encode() if isinstance(content, str) else content).hexdigest()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One text block of a capture. `number` counts all blocks from 1, furniture and layers included."""

    number: int
    kind: ParagraphKind
    text: str

    def to_outline(self) -> ParagraphOutline:
        """The paragraph's entry in the lock: no words, only their count and two flags."""
        return ParagraphOutline(
            kind=self.kind,
            words=count_words(self.text),
            numbers=bool(_DIGIT_PATTERN.search(self.text)),
            quotes=bool(_QUOTATION_MARK_PATTERN.search(self.text)),
        )


@dataclass(frozen=True)  # without slots, which leave no place for what is computed once
class Capture:
    """A converted capture: hash of the file's bytes, version of the converter, and paragraphs in order.

    `notices` say what an editor should look at: replaced bytes, a guessed encoding, prose that the page does not show.
    `difference` says by numbers how the paragraphs differ from what a browser shows; empty if they are proved to be the same.
    """

    sha256: str
    converter_version: str
    paragraphs: tuple[Paragraph, ...]
    notices: tuple[str, ...] = ()
    difference: str = ""

    @property
    def full_text(self) -> str:
        """The converted text, with one line for each paragraph."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    @cached_property
    def paragraph_outlines(self) -> tuple[ParagraphOutline, ...]:
        """The shapes of its paragraphs."""
        return tuple(paragraph.to_outline() for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class ParagraphOutline:
    """A paragraph without its words: its kind, its number of words, and whether it has digits and quotation marks."""

    __pydantic_config__ = FORBID_UNKNOWN_KEYS

    kind: ParagraphKind
    words: int
    numbers: bool
    quotes: bool


@dataclass(frozen=True, slots=True)
class TextSpan:
    """The place of a quotation: paragraph from 1, `[start, end)` in its code points, `[first, last)` in its words.

    Like a TextPositionSelector of the W3C Web Annotation Data Model, within one paragraph. The fields' names are keys of
    the lock file.
    """

    __pydantic_config__ = FORBID_UNKNOWN_KEYS

    paragraph: int
    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class LockedQuotation:
    """A quotation in the lock. `found` is the hash of the capture's text at `span`, `written` that of the selector's text."""

    __pydantic_config__ = FORBID_UNKNOWN_KEYS

    span: TextSpan
    found: str
    written: str


@dataclass(frozen=True, slots=True)
class LockedArticle:
    """The state of one capture when it was last locked.

    `capture` and `converted` are hashes of its bytes and of its converted text, `converter` is the converter's version,
    `title` the place of the article's title (None if not found), `quotations` maps annotation ids to entries. `digest` is the
    hash of the digest that was compared with the capture and has no words copied from it; empty if none was.
    """

    __pydantic_config__ = FORBID_UNKNOWN_KEYS

    capture: str
    converted: str
    converter: str
    title: TextSpan | None
    paragraphs: tuple[ParagraphOutline, ...]
    quotations: dict[str, LockedQuotation] = field(default_factory=dict)
    digest: str = ""


@dataclass(frozen=True, slots=True)
class LockedClaim:
    """What a claim was when an editor last locked it: its kind, and the id and bearing of each of its sources, in order."""

    __pydantic_config__ = FORBID_UNKNOWN_KEYS

    kind: str
    bearings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Lock:
    """The content of `dossier.lock`: articles by slug, quotations of sources, claims by id.

    `sources` maps the id of a source to the hashes of its words that claims quote, each with whether it was compared with a
    copy of the source; otherwise somebody copied the words by hand.
    """

    __pydantic_config__ = FORBID_UNKNOWN_KEYS

    articles: Mapping[str, LockedArticle] = field(default_factory=dict)
    sources: Mapping[str, Mapping[str, bool]] = field(default_factory=dict)
    claims: Mapping[str, LockedClaim] = field(default_factory=dict)
