"""Words round what texts for readers and editors name: numbers with their nouns, letters that count."""

from __future__ import annotations

import re

MAX_QUOTED_CHARACTERS = 80
"""Characters of a wrong value that a message repeats; enough to find it by."""

_DESCRIPTION_PATTERN = re.compile(r"\[[^][]+\]")


def format_count(number: int, noun: str, plural: str = "", thousands_separator: str = "") -> str:
    """A number with its noun: "1 note", "3 notes". The plural defaults to the noun with an "s"."""
    digits = f"{number:,}".replace(",", thousands_separator)
    return f"{digits} {noun if number == 1 else plural or noun + 's'}"


def add_indefinite_article(noun: str) -> str:
    """A noun with “a” or “an”."""
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def quote_title(title: str) -> str:
    """A title in quotation marks; a description of ours stands in brackets of its own, and nobody said it."""
    return title if _DESCRIPTION_PATTERN.fullmatch(title) else f"“{title}”"


def quote_value(value: object) -> str:
    """A wrong value as a message repeats it: a text in quotation marks, and of anything long only the beginning."""
    text = value if isinstance(value, str) else repr(value)
    shortened = text if len(text) <= MAX_QUOTED_CHARACTERS else text[: MAX_QUOTED_CHARACTERS - 1] + "…"
    return repr(shortened) if isinstance(value, str) else shortened
