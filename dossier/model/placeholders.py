"""Placeholders, printed by commands or typed by authors, for texts to be written; nothing published may contain them."""

import re

NOTE_PLACEHOLDER = "What is to be said about this wording."
"""The note of an annotation that `dossier quote` prints."""

_PRINTED_PLACEHOLDERS = frozenset({"…", "...", NOTE_PLACEHOLDER})
_TYPED_PLACEHOLDER_PATTERN = re.compile(r"\W*(?:TODO|TBD|TBC|FIXME|XXX)\W*(?:[:(].*)?|(?i:\W*lorem ipsum\b.*)", re.DOTALL)
"""Words that people type for what they mean to write later, with or without a remark behind a colon."""


def is_placeholder(text: str) -> bool:
    """Whether a value only stands for a text to be written."""
    return text in _PRINTED_PLACEHOLDERS or _TYPED_PLACEHOLDER_PATTERN.fullmatch(text) is not None
