"""Contributors' Markdown to HTML: no raw HTML, no link but to the web, by mail or to our own addresses.

Own addresses are written from the site's root (`/claims/x/`) and rendered relative to the page, so that a site works
below any path. A digest's links to notes become references that carry the note's verdict.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from markdown_it.token import Token
from markupsafe import Markup, escape

from dossier.model.markdown import MARKDOWN_PARSER, is_plain_line, parse_markdown

_SPACE_BEFORE_PERCENT = re.compile(r"(?<=\d) %")

ReferenceResolver = Callable[[str], dict[str, str] | None]
"""A note's id to the attributes of a link to it; None where the note is not shown."""


def insert_nonbreaking_spaces(text: str) -> str:
    """A text in which no line ends between a number and its percent sign."""
    return _SPACE_BEFORE_PERCENT.sub("\u00a0%", text)


def render_markdown_html(text: str, root: str) -> Markup:
    """A piece of Markdown as HTML; `root` leads from the page to the site's root (`../../`)."""
    if is_plain_line(text):
        return Markup("<p>{}</p>\n").format(insert_nonbreaking_spaces(text.strip()))
    return _render_tokens(_rewrite_markdown_links(parse_markdown(text).tokens, root, lambda note: None)[0])


def render_inline_markdown(text: str, root: str, linked: bool = True) -> Markup:
    """One line of Markdown as HTML without a paragraph round it; its links are plain words unless `linked`."""
    if is_plain_line(text):
        return escape(insert_nonbreaking_spaces(text))
    tokens = _parse_inline_markdown(text)
    return _render_tokens(_rewrite_markdown_links(tokens, root if linked else None, lambda note: None)[0])


def _parse_inline_markdown(text: str) -> Sequence[Token]:
    """The tokens of a line: those of its paragraph, where it is read as one, marks that begin a block and all."""
    tokens = parse_markdown(text).tokens
    is_paragraph = [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    return tokens[1:2] if is_paragraph and tokens[1].content == text else MARKDOWN_PARSER.parseInline(text)


def _render_tokens(tokens: Sequence[Token]) -> Markup:
    return Markup(MARKDOWN_PARSER.renderer.render(tokens, MARKDOWN_PARSER.options, {}))


def render_markdown_blocks(text: str, root: str, reference: ReferenceResolver) -> list[tuple[Markup, list[str]]]:
    """A digest block by block: the HTML of each, and the ids of the notes it links to, in order."""
    tokens = parse_markdown(text).tokens
    cut: list[tuple[Markup, list[str]]] = []
    first = 0
    for place, token in enumerate(tokens):
        if token.level == 0 and token.nesting <= 0:
            block, notes = _rewrite_markdown_links(tokens[first : place + 1], root, reference)
            cut.append((_render_tokens(block), notes))
            first = place + 1
    return cut


def _rewrite_markdown_links(
    tokens: Sequence[Token], root: str | None, reference: ReferenceResolver
) -> tuple[list[Token], list[str]]:
    """Tokens whose links have their addresses as seen from the page, and the ids of the notes that are linked to.

    A link to a note that is not shown becomes plain words; without a root every link does. A number and its percent sign
    are kept on one line. The tokens given, which others share, stay as they are.
    """
    notes: list[str] = []
    rewritten: list[Token] = []
    for token in tokens:
        if token.children is None:
            rewritten.append(token)
            continue
        open_links: list[bool] = []
        kept: list[Token] = []
        for child in token.children:
            if child.type == "link_open":
                shown = None if root is None else _build_link_attributes(str(child.attrs["href"]), root, reference, notes)
                open_links.append(bool(shown))
                kept += [child.copy(attrs=shown)] if shown else []
            elif child.type == "link_close":
                kept += [child] if open_links.pop() else []
            else:
                content = insert_nonbreaking_spaces(child.content)
                kept.append(child if content == child.content else child.copy(content=content))
        rewritten.append(token.copy(children=kept))
    return rewritten, notes


def _build_link_attributes(href: str, root: str, reference: ReferenceResolver, notes: list[str]) -> dict[str, Any] | None:
    if href.startswith("#"):
        attributes = reference(href[1:])
        if attributes:
            notes.append(href[1:])
        return attributes
    if href.startswith("/"):
        return {"href": (root or "./") + href[1:]}
    return {"href": href, "rel": "external noopener"}
