"""What pages written by hand hold: front matter and HTML, each where it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt

from dossier.model.page_code import hide_text, mask_code
from dossier.model.page_html import find_unsafe_attribute_lists, find_unsafe_markup
from dossier.model.problems.problem import Location
from dossier.model.settings import HandwrittenPage

_FRONT_MATTER_PATTERN = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*\n", re.DOTALL | re.MULTILINE)
AUTOLINK_PATTERN = re.compile(r"<(?:[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@/]+@[^\s<>@]+)>")

PAGE_PARSER = MarkdownIt("commonmark", {"html": True}).enable("table")
"""Reads hand-written pages as their hosts do: with raw HTML, of which `page_html` says what a page may have."""


def split_front_matter(text: str) -> tuple[str, str]:
    """The front matter of a page with its dashes, or an empty text, and the rest."""
    match = _FRONT_MATTER_PATTERN.match(text)
    end = match.end() if match else 0
    return text[:end], text[end:]


def find_page_faults(page: HandwrittenPage) -> Iterator[tuple[Location, str]]:
    """Yield what is wrong with the HTML and the attribute lists below a page's front matter, and where.

    What a page shows as code is no HTML, and addresses between `<` and `>` are links.
    """
    masked = AUTOLINK_PATTERN.sub(lambda link: hide_text(link[0]), mask_page_code(page))
    for piece in (*find_unsafe_markup(masked), *find_unsafe_attribute_lists(masked)):
        yield locate_page_offset(page, piece.start), piece.fault


def mask_page_code(page: HandwrittenPage) -> str:
    """The text of a page with spaces for its front matter and its code, and every place as it was."""
    front_matter, body = split_front_matter(page.text)
    return hide_text(front_matter) + mask_code(body)


def locate_page_offset(page: HandwrittenPage, offset: int) -> Location:
    """The place of the character at an offset in a page's text."""
    column = offset - page.text.rfind("\n", 0, offset)
    return Location(page.path, page.text.count("\n", 0, offset) + 1, column)
