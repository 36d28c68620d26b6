"""Parse a saved web page into a tree, within bounds: text that stands behind `</body>` or `</html>` included.

libxml2 reads HTML as the standard's tokenizer does, but puts what stands behind the page's end beside its root, and
builds any tree however large. So its events, not its tree, are taken, and one that leaves the bounds ends the reading.
What else it reads otherwise than browsers is rewritten before (`misread_markup.py`), or told by the proof (`proof.py`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

from lxml import etree, html

from dossier.captures.hidden_elements import HAS_VISIBLE_PART
from dossier.captures.misread_markup import PARAGRAPH_END, rewrite_misread_markup
from dossier.captures.own_style import read_own_style
from dossier.captures.unshown_characters import UNSHOWN_CODES
from dossier.model.problems.problem import UnreadableError

MAX_TAGS = 200_000
"""Signs `<` of a page, which are at least as many as its tags. Pages of newspapers have up to some 20,000."""

MAX_ELEMENTS = 40_000
"""Elements of a page. Telling the article from its furniture takes seconds from here on."""

MAX_DEPTH = 256
"""Nesting of elements; that of saved pages is below 100. Each stray end tag is compared with everything that is open."""

MAX_KEPT_CHARACTERS = 4_000_000
"""Characters of text between tags, white space and data for search engines included, scripts and styles not."""

MAX_ATTRIBUTE_CHARACTERS = 2000
"""Characters of an attribute's value that are kept; longer ones are images and data for scripts."""

KEPT_ATTRIBUTES = frozenset(
    """aria-hidden class content data data-component data-testid hidden href id itemprop itemtype lang media name open property
    rel role popover style title type""".split()
)
"""Attributes that tell what is hidden, what is the article, and what the page says of itself."""

MAX_CODE_CHARACTERS = 1_000_000
"""Characters of style sheets, and of data and templates for scripts, that are kept. What follows is not looked at."""

JSON_LD_TYPE = "application/ld+json"
"""Type of a script that holds what a page says of itself."""

_RUN_TYPE = re.compile(
    r"|module|importmap|speculationrules|(?:text|application)/(?:x-)?(?:java|ecma|j|live)script.*", re.IGNORECASE
)
"""Types of scripts that browsers run or obey, so that they hold no texts as such."""

SHADOW_MODES = ("open", "closed")
"""Values of `shadowrootmode`, by which a browser shows what is in a `<template>`."""

_CHUNK_CHARACTERS = 65_536
_UNSHOWN_CHARACTER = re.compile(f"[{''.join(map(chr, UNSHOWN_CODES))}]")

_ELEMENT_NAME = re.compile(r"[a-z][a-z0-9_-]*")


def parse_html(text: str) -> html.HtmlElement:
    """Parse a decoded page. Raises `UnreadableError` if it has no text, or more of something than the bounds allow."""
    if (tags := text.count("<")) > MAX_TAGS:
        raise _create_bounds_error(f"the page has {tags:,} tags, more than {MAX_TAGS:,}")
    builder = _BoundedTreeBuilder()
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, target=cast(Any, builder))
    content = rewrite_misread_markup(text).encode("utf-8", "replace")
    for start in range(0, len(content), _CHUNK_CHARACTERS):
        parser.feed(content[start : start + _CHUNK_CHARACTERS])
    tree: html.HtmlElement | None = parser.close() if content else None
    if tree is None:
        raise UnreadableError("the page holds no text", "save the whole page as HTML", "unreadable-file")
    return tree


class _BoundedTreeBuilder:
    """What libxml2 tells its events to: builds a tree with one `html` and one `body`, which end with the page."""

    def __init__(self) -> None:
        self._builder = etree.TreeBuilder(element_factory=html.html_parser.makeelement)
        self._open_tags: list[str] = []
        self._open_elements: list[html.HtmlElement] = []
        self._element_count = 0
        self._seen_roots: set[str] = set()
        self._kept_characters = 0
        self._code_room = MAX_CODE_CHARACTERS
        self._is_code = False
        self._is_run = False
        self._is_paragraph_ended = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == PARAGRAPH_END:
            if not self._is_paragraph_ended:
                self._add_empty_line()
            return
        self._is_paragraph_ended = False
        if tag in ("html", "body"):
            if tag in self._seen_roots:
                return
            self._seen_roots.add(tag)
        kind = attributes.get("type", "").strip()
        self._is_run = tag == "script" and bool(_RUN_TYPE.fullmatch(kind))
        self._is_code = tag == "style" or (tag == "script" and kind != JSON_LD_TYPE)
        self._element_count += 1
        if self._element_count > MAX_ELEMENTS:
            raise _create_bounds_error(f"the page has more than {MAX_ELEMENTS:,} elements")
        if len(self._open_tags) >= MAX_DEPTH:
            raise _create_bounds_error(f"the page is nested too deep to be read whole, over {MAX_DEPTH:,} elements")
        if tag == "template" and attributes.get("shadowrootmode", "").lower() in SHADOW_MODES:
            tag, attributes = "div", {}
        self._open_tags.append(_choose_tag(tag, attributes))
        if read_own_style(attributes.get("style", "")[:MAX_ATTRIBUTE_CHARACTERS]).is_visible:
            self._mark_visible_parts()
        kept: dict[str | bytes, str | bytes] = {
            name: _delete_unshown_characters(value[:MAX_ATTRIBUTE_CHARACTERS])
            for name, value in attributes.items()
            if name in KEPT_ATTRIBUTES
        }
        # The stubs say that nothing is returned; it is the element.
        self._open_elements.append(cast(Any, self._builder).start(self._open_tags[-1], kept))

    def end(self, tag: str) -> None:
        if tag == PARAGRAPH_END:
            return
        self._is_code = self._is_run = False
        self._is_paragraph_ended = tag == "p"
        if tag not in ("html", "body"):
            self._open_elements.pop()
            self._builder.end(self._open_tags.pop())

    def data(self, text: str) -> None:
        self._is_paragraph_ended = False
        if not self._open_tags or self._is_run:
            return
        if self._is_code:
            text = text[: self._code_room]
            self._code_room -= len(text)
        else:
            self._kept_characters += len(text)
            if self._kept_characters > MAX_KEPT_CHARACTERS:
                raise _create_bounds_error(f"the page has more than {MAX_KEPT_CHARACTERS:,} characters of text")
        self._builder.data(_delete_unshown_characters(text))

    def _add_empty_line(self) -> None:
        """Add what sets paragraphs apart. Not an empty one: trafilatura's time grows with the square of texts behind such."""
        for _ in range(2):
            self.start("br", {})
            self.end("br")

    def _mark_visible_parts(self) -> None:
        """Note at the elements around a visible one that they have it, up to the first that is known to."""
        for element in reversed(self._open_elements):
            if HAS_VISIBLE_PART in element.attrib:
                return
            element.set(HAS_VISIBLE_PART, "")

    def close(self) -> html.HtmlElement | None:
        if not self._open_tags:
            return None
        while self._open_tags:
            self._builder.end(self._open_tags.pop())
        return self._builder.close()


def _choose_tag(tag: str, attributes: Mapping[str, str]) -> str:
    """The tag of an element in the tree: elements that no other part of the program knows become ones that all know."""
    if tag == "embed":
        # libxml2 puts what follows one into it; to browsers it has no content.
        return "span"
    if tag.startswith("mjx-"):
        return "p" if attributes.get("display") == "true" else "span"
    # A name with a colon, as in the mark-up of word processors, is inline to browsers, and none to lxml.
    return tag if _ELEMENT_NAME.fullmatch(tag) else "span"


def _delete_unshown_characters(text: str) -> str:
    # A form feed is white space in HTML, and lxml refuses it.
    return _UNSHOWN_CHARACTER.sub("", text.replace("\f", " "))


def _create_bounds_error(message: str) -> UnreadableError:
    return UnreadableError(message, "save its article part alone", "unreadable-file")
