"""The one way in which contributors' Markdown is read: no raw HTML, no images, links to the web, by mail or to this site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from markdown_it import MarkdownIt


def is_allowed_url(url: str) -> bool:
    """Whether an address may be linked to: http, https, mailto, and addresses of this site (`/…`, `#…`)."""
    try:
        scheme = urlsplit(url.strip()).scheme.lower()
    except ValueError:
        return False
    return scheme in ("http", "https", "mailto") or (not scheme and url.startswith(("/", "#")) and not url.startswith("//"))


def _create_markdown_parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "typographer": True}).enable(["table", "smartquotes"])


MAX_SUMMARY_BYTES = 1_000_000
"""Bytes of a summary; the forge shows nothing of a longer one."""

MARKDOWN_PARSER = _create_markdown_parser().disable("image")
"""Reads and renders texts; a link that is not allowed stays the characters it was written with."""
MARKDOWN_PARSER.validateLink = is_allowed_url  # type: ignore[method-assign]

_MARKDOWN_SIGN_PATTERN = re.compile(r"`([^`]+)`|([\\`*_\[\]<>&~|])")

_POSSIBLE_MARKUP_PATTERN = re.compile(r"[\\`*_\[\]<>&#|~!\"'+:\n\r\t]|--|\.\.|,,|\?{4}|^\s*(?:-|=|\d+[.)])|^ {4}|\([a-zA-Z]+\)")
"""Whatever may mean something in Markdown; most lines have nothing of it."""


def is_plain_line(text: str) -> bool:
    """Whether a text is one line in which nothing means more than it says, so that it need not be parsed."""
    return not _POSSIBLE_MARKUP_PATTERN.search(text)


_PERMISSIVE_PARSER = _create_markdown_parser()
_PERMISSIVE_PARSER.validateLink = lambda url: True  # type: ignore[method-assign]


def escape_markdown(text: str) -> str:
    """Words as Markdown that shows them as they stand, what is between backticks as code; in one line, to fit a table."""

    def escape(match: re.Match[str]) -> str:
        return f"`{match[1].replace('|', chr(92) + '|')}`" if match[1] else f"\\{match[2]}"

    return _MARKDOWN_SIGN_PATTERN.sub(escape, " ".join(text.split()))


def escape_code(text: str) -> str:
    """What can stand between backticks, in one line."""
    return " ".join(text.replace("`", "'").split())


def truncate_summary(text: str) -> str:
    """As many whole lines of a summary as the forge shows; that some are left out is said."""
    written = text.encode()
    if len(written) <= MAX_SUMMARY_BYTES:
        return text
    shown = written[:MAX_SUMMARY_BYTES].rpartition(b"\n")[0].decode()
    return f"{shown}\n\n**The rest is left out**, since it is longer than the forge shows.\n"


@lru_cache(maxsize=8192)
def list_link_urls(text: str) -> tuple[str, ...]:
    """Every address that a text links to or shows a picture from, allowed or not, in order."""
    return tuple(_iter_link_urls(text)) if any(sign in text for sign in ("](", "]:", "<")) else ()


def _iter_link_urls(text: str) -> Iterator[str]:
    for token in _PERMISSIVE_PARSER.parse(text):
        for child in token.children or ():
            if child.type == "link_open":
                yield str(child.attrs["href"])
            elif child.type == "image":
                yield str(child.attrs["src"])
