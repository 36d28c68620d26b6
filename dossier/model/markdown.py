"""The Markdown dialect of records, and Markdown for a forge's summaries.

Records are CommonMark with tables and typographic quotation marks, without raw HTML and images. Links may lead to http,
https and mailto addresses, and to pages of this site. So a record cannot put a script or a tracker on a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore, smartquotes
from markdown_it.token import Token

from dossier.model.cache_sizes import MAX_CACHED_TEXTS


def is_allowed_url(url: str) -> bool:
    """Whether a link to a URL is allowed: http, https, mailto, and addresses within this site (`/…`, `#…`).

    Of another site it names the host as people read it: browsers take `https:host` and a backslash for `https://host` and a
    slash, and log in with what stands before an `@`.
    """
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return False
    if parts.scheme.lower() in ("http", "https"):
        return bool(host) and not set("@\\") & set(parts.netloc)
    # "//host/…" is another site, in spite of its first character.
    is_own = not parts.scheme and url.startswith(("/", "#")) and not url.startswith(("//", "/\\"))
    return parts.scheme.lower() == "mailto" or is_own


MAX_TYPOGRAPHIC_MARKS = 1_000
"""Straight quotation marks of a text that become typographic ones; the time to pair them grows with their square."""

# A row with fewer cells than its table's head is filled up; by default, 50 KB of a text may become 65,536 cells.
import_module("markdown_it.rules_block.table").MAX_AUTOCOMPLETED_CELLS = 2_000  # type: ignore[attr-defined]


def _replace_straight_quotes(state: StateCore) -> None:
    """markdown-it's rule for quotation marks, in texts that do not have too many."""
    if state.src.count('"') + state.src.count("'") <= MAX_TYPOGRAPHIC_MARKS:
        smartquotes(state)


def _create_markdown_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "typographer": True}).enable(["table", "smartquotes"])
    parser.core.ruler.at("smartquotes", _replace_straight_quotes)
    return parser


MAX_SUMMARY_BYTES = 1_000_000
"""Maximum size of a job summary, in bytes (GitHub Actions: 1 MiB a step). A forge shows nothing of a larger one."""

MARKDOWN_PARSER = _create_markdown_parser().disable("image")
"""Parses and renders the texts of records. A link that is not allowed is rendered as its source text."""
# markdown-it-py documents `validateLink` as a method to override; mypy does not allow to assign to a method.
MARKDOWN_PARSER.validateLink = is_allowed_url  # type: ignore[method-assign]

_MARKDOWN_SIGN_PATTERN = re.compile(r"`([^`]+)`|([\\`*_\[\]<>&~|])")

_POSSIBLE_MARKUP_PATTERN = re.compile(r"[\\`*_\[\]<>&#|~!\"'+:\n\r\t]|--|\.\.|,,|\?{4}|^\s*(?:-|=|\d+[.)])|^ {4}|\([a-zA-Z]+\)")
"""Everything that may be Markdown, or that markdown-it's typographer may replace.

It may match too much (of the typographer, only the rule for quotation marks is enabled), but never too little. Most
one-line texts have none of it, and need no parser.
"""


def is_plain_line(text: str) -> bool:
    """Whether a text is one line that Markdown would leave as it is, so that it need not be parsed."""
    return not _POSSIBLE_MARKUP_PATTERN.search(text)


# Finds links that are not allowed, too, so that a check can report them.
_PERMISSIVE_PARSER = _create_markdown_parser()
_PERMISSIVE_PARSER.validateLink = lambda url: True  # type: ignore[method-assign]


def escape_markdown(text: str) -> str:
    """Escape a text so that Markdown shows it unchanged. Text in backticks becomes code; line breaks become spaces.

    The result fits a table's cell.
    """

    def escape(match: re.Match[str]) -> str:
        # A pipe ends a table's cell even within code; `chr(92)` is a backslash.
        return f"`{match[1].replace('|', chr(92) + '|')}`" if match[1] else f"\\{match[2]}"

    return _MARKDOWN_SIGN_PATTERN.sub(escape, " ".join(text.split()))


def escape_code(text: str) -> str:
    """Make a text fit between single backticks: backticks become apostrophes, line breaks become spaces."""
    return " ".join(text.replace("`", "'").split())


def truncate_summary(text: str) -> str:
    """Cut a summary after the last whole line within `MAX_SUMMARY_BYTES`, and append a note that it was cut."""
    encoded = text.encode()
    if len(encoded) <= MAX_SUMMARY_BYTES:
        return text
    kept_text = encoded[:MAX_SUMMARY_BYTES].rpartition(b"\n")[0].decode()
    return f"{kept_text}\n\n**The rest is left out**, since it is longer than the forge shows.\n"


class MarkdownLink(NamedTuple):
    """An address that a text links to, and the lines of the block with the link, `[first, end)` from 0."""

    url: str
    is_picture: bool
    first_line: int
    end_line: int


class ParsedMarkdown(NamedTuple):
    """A parsed text; cached and shared, so not to be changed."""

    tokens: tuple[Token, ...]
    """Its blocks; a link that is not allowed, and a picture, are text in them."""
    links: tuple[MarkdownLink, ...]
    """Every address that it links to or shows a picture from, allowed or not, in order."""


@lru_cache(maxsize=MAX_CACHED_TEXTS)
def parse_markdown(text: str) -> ParsedMarkdown:
    """Parse a text, once for its links, its HTML and its words in the search.

    It is parsed again only if it has images or links that are not allowed: for checks these are links, for readers text.
    """
    references: dict[str, Any] = {}
    tokens = _PERMISSIVE_PARSER.parse(text, references)
    links = tuple(_iter_links(tokens))
    defined = [*references.get("references", {}).values(), *references.get("duplicate_refs", ())]
    has_images = any(child.type == "image" for token in tokens for child in token.children or ())
    if has_images or not all(
        map(is_allowed_url, (*(link.url for link in links), *(str(reference["href"]) for reference in defined)))
    ):
        tokens = MARKDOWN_PARSER.parse(text)
    return ParsedMarkdown(tuple(tokens), links)


def list_link_urls(text: str) -> tuple[str, ...]:
    """URLs of all links and images in a text, allowed or not, in order, with duplicates."""
    return tuple(link.url for link in list_links(text))


def list_links(text: str) -> tuple[MarkdownLink, ...]:
    """All links and images in a text, allowed or not, in order."""
    # A text without these characters cannot have links: parsing is skipped for most texts.
    return parse_markdown(text).links if any(sign in text for sign in ("](", "]:", "<")) else ()


def _iter_links(tokens: Iterable[Token]) -> Iterator[MarkdownLink]:
    first_line, end_line = 0, 0
    for token in tokens:
        first_line, end_line = token.map or (first_line, end_line)  # cells of a table have the lines of their row
        for child in token.children or ():
            if child.type in ("link_open", "image"):
                is_picture = child.type == "image"
                yield MarkdownLink(str(child.attrs["src" if is_picture else "href"]), is_picture, first_line, end_line)
