"""What was read of a capture, and how much of it may be read: proving that no word is lost takes time for each part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from dossier.model.problems.problem import UnreadableError
from dossier.model.quotations.capture import ParagraphKind

MAX_CAPTURE_CHARACTERS = 1_000_000
"""Characters of a capture's text. An article is shorter; this is a book."""

MAX_PARAGRAPHS = 50_000
"""Blocks of a capture, or lines that are not blank."""

MAX_MARKDOWN_SIGNS = 200_000
"""Signs of a capture's text that could be Markdown: each one that is escaped takes memory in the proof."""

MARKDOWN_SIGN = re.compile(r"([\\`*_\[\]<>&~|])")
"""A sign that could be Markdown wherever it stands."""


class CaptureReading(NamedTuple):
    """What was read of a capture: its text, its blocks (kind and text of each), and notices for an editor.

    `difference` says how the blocks differ from what a browser shows; it is empty if they are proved to be the same.
    """

    text: str
    blocks: Sequence[tuple[ParagraphKind, str]]
    notices: tuple[str, ...] = ()
    difference: str = ""


def check_text_bounds(text: str, paragraph_count: int) -> None:
    """Refuse a text that would take long, before the work is done: raises `UnreadableError`."""
    # The pattern is only searched in a text of bounded length.
    if len(text) > MAX_CAPTURE_CHARACTERS:
        message = f"its text has {len(text):,} characters, more than {MAX_CAPTURE_CHARACTERS:,}"
    elif paragraph_count > MAX_PARAGRAPHS:
        message = f"it has {paragraph_count:,} paragraphs, more than {MAX_PARAGRAPHS:,}"
    elif (signs := len(MARKDOWN_SIGN.findall(text))) > MAX_MARKDOWN_SIGNS:
        message = f"its text has {signs:,} signs such as `*` and `[`, more than {MAX_MARKDOWN_SIGNS:,}"
    else:
        return
    raise UnreadableError(message, "keep one article only", "unreadable-file")
