"""The one way in which contributors' Markdown is read: no raw HTML, no images, links to the web, by mail or to this site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from markdown_it import MarkdownIt


def allowed(url: str) -> bool:
    """Whether an address may be linked to: http, https, mailto, and addresses of this site (`/…`, `#…`)."""
    try:
        scheme = urlsplit(url.strip()).scheme.lower()
    except ValueError:
        return False
    return scheme in ("http", "https", "mailto") or (not scheme and url.startswith(("/", "#")) and not url.startswith("//"))


def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "typographer": True}).enable(["table", "smartquotes"])


MOST_BYTES = 1_000_000
"""Bytes of a summary; the forge shows nothing of a longer one."""

MARKDOWN = _parser().disable("image")
"""Reads and renders texts; a link that is not allowed stays the characters it was written with."""
MARKDOWN.validateLink = allowed  # type: ignore[method-assign]

_SIGNS = re.compile(r"`([^`]+)`|([\\`*_\[\]<>&~|])")

_MARKED = re.compile(r"[\\`*_\[\]<>&#|~!\"'+:\n\r\t]|--|\.\.|,,|\?{4}|^\s*(?:-|=|\d+[.)])|^ {4}|\([a-zA-Z]+\)")
"""Whatever may mean something in Markdown; most lines have nothing of it."""


def plain(text: str) -> bool:
    """Whether a text is one line in which nothing means more than it says, so that it need not be parsed."""
    return not _MARKED.search(text)


_EVERYTHING = _parser()
_EVERYTHING.validateLink = lambda url: True  # type: ignore[method-assign]


def escaped(text: str) -> str:
    """Words as Markdown that shows them as they stand, what is between backticks as code; in one line, to fit a table."""

    def escape(match: re.Match[str]) -> str:
        return f"`{match[1].replace('|', chr(92) + '|')}`" if match[1] else f"\\{match[2]}"

    return _SIGNS.sub(escape, " ".join(text.split()))


def coded(text: str) -> str:
    """What can stand between backticks, in one line."""
    return " ".join(text.replace("`", "'").split())


def fitted(text: str) -> str:
    """As many whole lines of a summary as the forge shows; that some are left out is said."""
    written = text.encode()
    if len(written) <= MOST_BYTES:
        return text
    shown = written[:MOST_BYTES].rpartition(b"\n")[0].decode()
    return f"{shown}\n\n**The rest is left out**, since it is longer than the forge shows.\n"


@lru_cache(maxsize=8192)
def links(text: str) -> tuple[str, ...]:
    """Every address that a text links to or shows a picture from, allowed or not, in order."""
    return tuple(_links(text)) if any(sign in text for sign in ("](", "]:", "<")) else ()


def _links(text: str) -> Iterator[str]:
    for token in _EVERYTHING.parse(text):
        for child in token.children or ():
            if child.type == "link_open":
                yield str(child.attrs["href"])
            elif child.type == "image":
                yield str(child.attrs["src"])
