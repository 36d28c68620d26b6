"""Unicode's normal forms in linear time: the one place that composes or decomposes letters and their accents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal
from unicodedata import normalize

MAX_MARKS = 30
"""Marks on one letter that are put in order together. No language has more; Unicode's Stream-Safe Text Format (UAX #15,
section 13) sets the same bound, since ordering them takes the square of their number."""

COMBINING_GRAPHEME_JOINER = "\u034f"
"""What that format puts between them: it has no width, and quotations are compared without it."""

# No mark is a letter, white space or printable ASCII, but for two of Japanese. What else is none of these, as dashes are, may
# be taken for marks: in a run of so many, a joiner does no harm.
_MARK_RUN = re.compile(rf"(?:[^\w\s!-~]|[\uff9e\uff9f]){{{MAX_MARKS},}}+")
_MARK_GROUP = re.compile(rf".{{{MAX_MARKS}}}", re.DOTALL)


def normalize_text(form: Literal["NFC", "NFD", "NFKD"], text: str) -> str:
    """A text in a normal form; in runs of more marks than a letter can have, each `MAX_MARKS` of them by themselves."""
    if len(text) > MAX_MARKS:
        text = _MARK_RUN.sub(lambda run: _MARK_GROUP.sub(rf"\g<0>{COMBINING_GRAPHEME_JOINER}", run[0]), text)
    return normalize(form, text)


def iter_mark_runs(text: str) -> Iterator[tuple[int, int]]:
    """Offsets `[start, end)` of runs of `MAX_MARKS` marks or more, for texts that others normalize."""
    return (run.span() for run in _MARK_RUN.finditer(text))
