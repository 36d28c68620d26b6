"""The addresses in pages written by hand, each where it is written.

CommonMark reads most of them. Hosts read more: in footnotes, below admonitions and tabs, over line ends, with spaces. So
whatever is written like a link or a picture is one here, if it has an address that a page may not have.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from dossier.model.handwritten import AUTOLINK_PATTERN, locate_page_offset, mask_page_code
from dossier.model.markdown import MarkdownLink, list_links
from dossier.model.page_html import is_allowed_page_url, is_own_page_url, is_running_url, split_url
from dossier.model.problems.problem import Location
from dossier.model.settings import HandwrittenPage

_LINK_SIGN_PATTERN = re.compile(r"\\.|\[|\](?P<target>\()?|\n[ \t>]*\n", re.DOTALL)
_TARGET_PATTERN = re.compile(
    r"\s*+(?:<(?P<framed>[^<>]*+)>|(?P<bare>(?:[^()\n]|\n(?![ \t>]*\n)|\((?:[^()\n]|\n(?![ \t>]*\n))*+\))*+))"
)
"""An address as hosts read it: with spaces and line ends, and one pair of brackets."""
_TITLE_PATTERN = re.compile(r"""\s+(?:"[^"]*"|'[^']*'|"[^"]*|'[^']*)\s*\Z""")
_DEFINITION_PATTERN = re.compile(
    r"^(?:[ \t>*+:-]|\d{1,9}[.)])*+(?<!\*)\[(?P<label>[^\[\]]*)\]:[ \t]*+(?:\n[ \t>]*+)?<?(?P<url>[^\s<>]+)>?"
    r"[ \t]*+(?:(?:\n[ \t>]*+)?(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\))[ \t]*+)?$",
    re.MULTILINE,
)
_PICTURE_REFERENCE_PATTERN = re.compile(r"!\[(?P<text>[^\[\]]*)\](?:[ ]?\[(?P<label>[^\[\]]*)\])?(?!\()")
_ESCAPE_PATTERN = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_LINE_END_PATTERN = re.compile(r"\n")


class PageLink(NamedTuple):
    """An address and its place; whether browsers load it with the page, as they do pictures."""

    location: Location
    url: str
    is_picture: bool


class _WrittenLink(NamedTuple):
    """The same, by its offset in a text."""

    offset: int
    url: str
    is_picture: bool = False


def iter_page_links(page: HandwrittenPage) -> Iterator[PageLink]:
    """Yield every address that the Markdown of a page links to or shows a picture from, with its place.

    First those of CommonMark, in order; then what only other hosts read, as far as a page may not have it.
    """
    written = list(_iter_written_links(mask_page_code(page)))
    bad_url_by_offset = {found.offset: (url, found.is_picture) for found in written if (url := _find_bad_reading(found))}
    bad_offsets = sorted(bad_url_by_offset)
    offsets_by_url: defaultdict[str, list[int]] = defaultdict(list)
    for found in written:
        offsets_by_url[_normalize_url(found.url)].append(found.offset)
    taken: set[int] = set()
    for link, start, end in _iter_parsed_links(page.text):
        offsets = offsets_by_url.get(_normalize_url(link.url), [])
        offset = next((offset for offset in offsets if start <= offset < end and offset not in taken), start)
        taken.add(offset)
        # What is written otherwise than it was parsed, or elsewhere, is told there, if a page may not have it.
        is_told = any(map(bad_url_by_offset.get, offsets)) or bisect_left(bad_offsets, start) < bisect_left(bad_offsets, end)
        if is_harmless_link(link.url, link.is_picture) or not is_told:
            yield PageLink(locate_page_offset(page, offset), link.url, link.is_picture)
    for offset, (url, is_picture) in bad_url_by_offset.items():
        yield PageLink(locate_page_offset(page, offset), url, is_picture)


def is_harmless_link(url: str, is_picture: bool) -> bool:
    """Whether a page may link to an address, or load a picture from it."""
    return is_own_page_url(url) if is_picture else is_allowed_page_url(url)


def resolve_page_link(page: HandwrittenPage, url: str) -> str:
    """The address, from the site's root, of the page that a link to a Markdown file leads to (`/claims/x/#id`); else the link."""
    parts = split_url(url)
    if parts.scheme or parts.netloc or url.startswith("/") or not parts.path.endswith(".md"):
        return url
    file = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), unquote(parts.path)))
    fragment = f"#{unquote(parts.fragment)}" if parts.fragment else ""
    return f"/{HandwrittenPage(file, '').url}{fragment}" if file.startswith("docs/") else url


def _iter_parsed_links(text: str) -> Iterator[tuple[MarkdownLink, int, int]]:
    """Yield the links of CommonMark, each with the offsets between which its block is."""
    line_starts = [0, *(end.end() for end in _LINE_END_PATTERN.finditer(text)), len(text)]
    for link in list_links(text):
        yield link, line_starts[link.first_line], line_starts[min(link.end_line, len(line_starts) - 1)]


def _iter_written_links(text: str) -> Iterator[_WrittenLink]:
    """Yield what is written like a link, a picture or a definition of one, whatever stands around it."""
    definitions = {found["label"].strip().lower(): found["url"] for found in _DEFINITION_PATTERN.finditer(text)}
    opened: list[int] = []
    for sign in _LINK_SIGN_PATTERN.finditer(text):
        if sign[0] == "[":
            opened.append(sign.start())
        elif sign[0].startswith("]"):
            start = opened.pop() if opened else 0
            if sign["target"] and (target := _TARGET_PATTERN.match(text, sign.end())):
                kind = "framed" if target["framed"] is not None else "bare"
                address = _TITLE_PATTERN.sub("", target[kind]).strip()
                yield _WrittenLink(target.start(kind), address, text[max(start - 1, 0)] == "!")
        elif sign[0].startswith("\n"):
            opened = []
    for found in _DEFINITION_PATTERN.finditer(text):
        # Behind the mark of a footnote stands its text, which may begin with “Note:”.
        if not found["label"].startswith("^") or is_running_url(found["url"]):
            yield _WrittenLink(found.start("url"), found["url"])
    for found in _PICTURE_REFERENCE_PATTERN.finditer(text):
        if url := definitions.get((found["label"] or found["text"]).strip().lower()):
            yield _WrittenLink(found.start(), url, is_picture=True)
    yield from (_WrittenLink(found.start() + 1, found[0][1:-1]) for found in AUTOLINK_PATTERN.finditer(text) if ":" in found[0])


def _list_readings(url: str) -> list[str]:
    """What hosts make of a written address: with its character references resolved, and backslashes taken out or not."""
    return [unescape(url), unescape(_ESCAPE_PATTERN.sub("", url))]


def _find_bad_reading(link: _WrittenLink) -> str:
    """What a host may make of an address that a page may not have; empty if it is harmless."""
    return next((url for url in _list_readings(link.url) if not is_harmless_link(url, link.is_picture)), "")


def _normalize_url(url: str) -> str:
    return unquote(_list_readings(url)[1])
