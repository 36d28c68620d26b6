"""What pages written by hand hold: front matter, links, and HTML, each where it is written."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

from markdown_it import MarkdownIt

from dossier.model.markdown import list_links
from dossier.model.page_html import find_unsafe_attribute_lists, find_unsafe_markup, is_allowed_page_url, split_url
from dossier.model.problems.problem import Location
from dossier.model.settings import HandwrittenPage

_FRONT_MATTER_PATTERN = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*\n", re.DOTALL | re.MULTILINE)
_CODE_SPAN_PATTERN = re.compile(r"(?<![\\`])(`+)(?!`)((?:(?!\n[ \t]*\n).)+?)(?<!`)\1(?!`)", re.DOTALL)
_WRITTEN_TARGET_PATTERN = re.compile(r"(?:\]\(\s*<?|^ {0,3}\[[^\]\n]+\]:[ \t]*<?|<(?=https?://))([^\s()<>]+)", re.MULTILINE)
_AUTOLINK_PATTERN = re.compile(r"<(?:[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@/]+@[^\s<>@]+)>")
_LINE_END_PATTERN = re.compile(r"\n")
_VISIBLE_PATTERN = re.compile(r"[^\n]")

PAGE_PARSER = MarkdownIt("commonmark", {"html": True}).enable("table")
"""Reads hand-written pages as their hosts do: with raw HTML, of which `page_html` says what a page may have."""


def split_front_matter(text: str) -> tuple[str, str]:
    """The front matter of a page with its dashes, or an empty text, and the rest."""
    match = _FRONT_MATTER_PATTERN.match(text)
    end = match.end() if match else 0
    return text[:end], text[end:]


def find_page_faults(page: HandwrittenPage) -> Iterator[tuple[Location, str]]:
    """Yield what is wrong with the HTML and the attribute lists below a page's front matter, and where.

    What a page shows as code is no HTML, and addresses between `<` and `>` are links. Only fences and backticks count as
    code: of text that is indented, hosts do not agree whether it is.
    """
    masked = _AUTOLINK_PATTERN.sub(lambda link: _hide_text(link[0]), _mask_code(page.text))
    for piece in (*find_unsafe_markup(masked), *find_unsafe_attribute_lists(masked)):
        yield _locate_offset(page, piece.start), piece.fault


def iter_page_links(page: HandwrittenPage) -> Iterator[tuple[Location, str]]:
    """Yield every address that the Markdown of a page links to or shows a picture from, in order, with its place."""
    links = list_links(page.text)
    line_starts = [0, *(end.end() for end in _LINE_END_PATTERN.finditer(page.text)), len(page.text)]
    behind = 0
    for link in links:
        block_start, block_end = line_starts[link.first_line], line_starts[min(link.end_line, len(line_starts) - 1)]
        behind = max(behind, block_start)
        place, length = _find_written_url(page.text, link.url, behind, block_end)
        if length:
            behind = place + length
        yield _locate_offset(page, place if length else block_start), link.url
    urls = {link.url for link in links}
    for found in _WRITTEN_TARGET_PATTERN.finditer(_mask_code(page.text)):
        url = unescape(found[1])
        # CommonMark takes no link from an address that is none; Python-Markdown does, and stumbles over it.
        if not is_allowed_page_url(url) and url not in urls:
            yield _locate_offset(page, found.start(1)), url


def _find_written_url(text: str, url: str, start: int, end: int) -> tuple[int, int]:
    """Offset and length of an address between two offsets; length 0 where it stands elsewhere, as that of a reference does.

    The parser may have encoded it.
    """
    found = ((text.find(written, start, end), len(written)) for written in (url, unquote(url)) if written)
    return next(((place, length) for place, length in found if place >= 0), (start, 0))


def resolve_page_link(page: HandwrittenPage, url: str) -> str:
    """The address, from the site's root, of the page that a link to a Markdown file leads to (`/claims/x/#id`); else the link."""
    parts = split_url(url)
    if parts.scheme or parts.netloc or url.startswith("/") or not parts.path.endswith(".md"):
        return url
    file = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), unquote(parts.path)))
    fragment = f"#{unquote(parts.fragment)}" if parts.fragment else ""
    return f"/{HandwrittenPage(file, '').url}{fragment}" if file.startswith("docs/") else url


def _mask_code(text: str) -> str:
    """A page with spaces for its front matter, its fenced blocks and its code in backticks, and every place as it was."""
    front_matter, body = split_front_matter(text)
    lines = body.splitlines(keepends=True)
    for token in PAGE_PARSER.parse(body):
        if token.map and token.type in ("fence", "inline"):
            first, end = token.map
            block = "".join(lines[first:end])
            hidden = (
                _hide_text(block) if token.type == "fence" else _CODE_SPAN_PATTERN.sub(lambda code: _hide_text(code[0]), block)
            )
            lines[first:end] = hidden.splitlines(keepends=True)
    return _hide_text(front_matter) + "".join(lines)


def _hide_text(text: str) -> str:
    return _VISIBLE_PATTERN.sub(" ", text)


def _locate_offset(page: HandwrittenPage, offset: int) -> Location:
    column = offset - page.text.rfind("\n", 0, offset)
    return Location(page.path, page.text.count("\n", 0, offset) + 1, column)
