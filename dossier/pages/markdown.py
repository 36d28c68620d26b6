"""Render contributors' Markdown as HTML. Raw HTML is escaped; links may lead to the web, to a mail address or into this site.

Contributors write internal links from the site's root (`/claims/x/`); they are rendered relative to the page, so that the site
works below any path. Links of a digest to annotations (`#id`) get attributes from a `ReferenceResolver`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from markdown_it.token import Token
from markupsafe import Markup, escape

from dossier.model.cache_sizes import MAX_CACHED_TEXTS
from dossier.model.markdown import MARKDOWN_PARSER, is_plain_line, parse_markdown
from dossier.model.sentences import get_first_sentence

_SPACE_BEFORE_PERCENT = re.compile(r"(?<=\d) %")

ReferenceResolver = Callable[[str], dict[str, str] | None]
"""Maps an annotation's id to the attributes of a link to it; None if the annotation is not on the page."""


def insert_nonbreaking_spaces(text: str) -> str:
    """Replace the space between a number and "%" by a no-break space."""
    return _SPACE_BEFORE_PERCENT.sub("\u00a0%", text)


def render_markdown_html(text: str, root: str) -> Markup:
    """Render Markdown as HTML blocks. `root` is the relative path from the page to the site's root (`../../`, or empty)."""
    if is_plain_line(text):
        return Markup("<p>{}</p>\n").format(insert_nonbreaking_spaces(text.strip()))
    return _render_tokens(_rewrite_markdown_links(parse_markdown(text).tokens, root, lambda note: None)[0])


def render_inline_markdown(text: str, root: str, linked: bool = True) -> Markup:
    """Render one line of Markdown as inline HTML, without `<p>`. Unless `linked`, links are reduced to their text."""
    if is_plain_line(text):
        return escape(insert_nonbreaking_spaces(text))
    tokens = _parse_inline_markdown(text)
    return _render_tokens(_rewrite_markdown_links(tokens, root if linked else None, lambda note: None)[0])


def _parse_inline_markdown(text: str) -> Sequence[Token]:
    """Tokens of one line of Markdown: those of the cached parse if it is a single paragraph, otherwise of an inline parse.

    A line such as "# 1 of all" would be a heading as a block; as a line it is text.
    """
    tokens = parse_markdown(text).tokens
    is_paragraph = [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    return tokens[1:2] if is_paragraph and tokens[1].content == text else MARKDOWN_PARSER.parseInline(text)


def _render_tokens(tokens: Sequence[Token]) -> Markup:
    """Render parsed Markdown; safe as `Markup`, because the parser escapes raw HTML."""
    return Markup(MARKDOWN_PARSER.renderer.render(tokens, MARKDOWN_PARSER.options, {}))


def render_markdown_blocks(text: str, root: str, resolve: ReferenceResolver) -> list[tuple[Markup, list[str]]]:
    """Render Markdown block by block.

    Returns the HTML of each top-level block and the ids of the annotations that it links to, in order; an id is repeated if it
    is linked to repeatedly.
    """
    tokens = parse_markdown(text).tokens
    blocks: list[tuple[Markup, list[str]]] = []
    first = 0
    for index, token in enumerate(tokens):
        # The closing token of a top-level block, or a block that is a single token (nesting 0).
        if token.level == 0 and token.nesting <= 0:
            block, note_ids = _rewrite_markdown_links(tokens[first : index + 1], root, resolve)
            blocks.append((_render_tokens(block), note_ids))
            first = index + 1
    return blocks


def _rewrite_markdown_links(
    tokens: Sequence[Token], root: str | None, resolve: ReferenceResolver
) -> tuple[list[Token], list[str]]:
    """Copy parsed Markdown with rewritten links; return the tokens and the ids of the annotations that remain linked.

    Links to annotations that `resolve` does not know are reduced to their text, and all links are if `root` is None.
    Spaces before "%" become no-break spaces. The given tokens are shared by all who parse the text and must not be changed.
    """
    note_ids: list[str] = []
    rewritten: list[Token] = []
    for token in tokens:
        if token.children is None:
            rewritten.append(token)
            continue
        # One entry for each open link: False if it is being reduced to its text, so that its closing token goes too.
        open_links: list[bool] = []
        kept: list[Token] = []
        for child in token.children:
            if child.type == "link_open":
                attributes = None if root is None else _build_link_attributes(str(child.attrs["href"]), root, resolve, note_ids)
                open_links.append(bool(attributes))
                kept += [child.copy(attrs=attributes)] if attributes else []
            elif child.type == "link_close":
                kept += [child] if open_links.pop() else []
            else:
                content = insert_nonbreaking_spaces(child.content)
                kept.append(child if content == child.content else child.copy(content=content))
        rewritten.append(token.copy(children=kept))
    return rewritten, note_ids


def _build_link_attributes(href: str, root: str, resolve: ReferenceResolver, note_ids: list[str]) -> dict[str, Any] | None:
    """Attributes of a link, None to reduce it to its text. Appends the id of a linked annotation to `note_ids`."""
    if href.startswith("#"):
        attributes = resolve(href[1:])
        if attributes:
            note_ids.append(href[1:])
        return attributes
    if href.startswith("/"):
        return {"href": (root or "./") + href[1:]}
    return {"href": href, "rel": "external noopener"}


@lru_cache(maxsize=MAX_CACHED_TEXTS)
def render_first_sentence(text: str) -> str:
    """The first sentence of a Markdown text as plain text, without links and emphasis. Not escaped."""
    if is_plain_line(text):
        return insert_nonbreaking_spaces(get_first_sentence(text))
    inline = next((token for token in parse_markdown(text).tokens if token.type == "inline"), None)
    words = [" " if child.type in ("softbreak", "hardbreak") else child.content for child in (inline and inline.children) or ()]
    return insert_nonbreaking_spaces(get_first_sentence("".join(words)))
