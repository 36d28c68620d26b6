"""Contributors' Markdown to HTML: no raw HTML, no link but to the web, by mail or to our own addresses.

Own addresses are written from the site's root (`/claims/x/`) and rendered relative to the page, so that a site works
below any path. A digest's links to notes become references that carry the note's verdict.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from markdown_it.token import Token
from markupsafe import Markup, escape

from dossier.model.markdown import MARKDOWN_PARSER, is_plain_line

_SPACE_BEFORE_PERCENT = re.compile(r"(?<=\d) %")

ReferenceResolver = Callable[[str], dict[str, str] | None]
"""A note's id to the attributes of a link to it; None where the note is not shown."""


def insert_nonbreaking_spaces(text: str) -> str:
    """A text in which no line ends between a number and its percent sign."""
    return _SPACE_BEFORE_PERCENT.sub("\u00a0%", text)


@lru_cache(maxsize=4096)
def render_markdown_html(text: str, root: str) -> Markup:
    """A piece of Markdown as HTML; `root` leads from the page to the site's root (`../../`)."""
    if is_plain_line(text):
        return Markup("<p>{}</p>\n").format(insert_nonbreaking_spaces(text.strip()))
    tokens = MARKDOWN_PARSER.parse(text)
    _rewrite_markdown_links(tokens, root, lambda note: None)
    return Markup(MARKDOWN_PARSER.renderer.render(tokens, MARKDOWN_PARSER.options, {}))


@lru_cache(maxsize=4096)
def render_inline_markdown(text: str, root: str, linked: bool = True) -> Markup:
    """One line of Markdown as HTML without a paragraph round it; its links are plain words unless `linked`."""
    if is_plain_line(text):
        return escape(insert_nonbreaking_spaces(text))
    tokens = MARKDOWN_PARSER.parseInline(text)
    _rewrite_markdown_links(tokens, root if linked else None, lambda note: None)
    return Markup(MARKDOWN_PARSER.renderer.render(tokens, MARKDOWN_PARSER.options, {}))


def render_markdown_blocks(text: str, root: str, reference: ReferenceResolver) -> list[tuple[Markup, list[str]]]:
    """A digest block by block: the HTML of each, and the ids of the notes it links to, in order."""
    tokens = MARKDOWN_PARSER.parse(text)
    cut: list[tuple[Markup, list[str]]] = []
    first = 0
    for place, token in enumerate(tokens):
        if token.level == 0 and token.nesting <= 0:
            block = tokens[first : place + 1]
            notes = _rewrite_markdown_links(block, root, reference)
            cut.append((Markup(MARKDOWN_PARSER.renderer.render(block, MARKDOWN_PARSER.options, {})), notes))
            first = place + 1
    return cut


def _rewrite_markdown_links(tokens: Sequence[Token], root: str | None, reference: ReferenceResolver) -> list[str]:
    """Give every link its address as seen from the page; a link to a note that is not shown becomes plain words.

    Without a root every link becomes plain words. A number and its percent sign are kept on one line.
    """
    notes: list[str] = []
    for token in tokens:
        open_links: list[Token | None] = []
        kept: list[Token] = []
        for child in token.children or ():
            if child.type == "link_open":
                shown = None if root is None else _build_link_attributes(str(child.attrs["href"]), root, reference, notes)
                child.attrs = dict(shown or {})
                open_links.append(child if shown else None)
                kept += [child] if shown else []
            elif child.type == "link_close":
                kept += [child] if open_links.pop() else []
            else:
                child.content = insert_nonbreaking_spaces(child.content)
                kept.append(child)
        if token.children is not None:
            token.children = kept
    return notes


def _build_link_attributes(href: str, root: str, reference: ReferenceResolver, notes: list[str]) -> dict[str, Any] | None:
    if href.startswith("#"):
        attributes = reference(href[1:])
        if attributes:
            notes.append(href[1:])
        return attributes
    if href.startswith("/"):
        return {"href": (root or "./") + href[1:]}
    return {"href": href, "rel": "external noopener"}
