"""Split a page's tree into blocks of visible text: kind, words and places in the tree of each."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree, html

from dossier.captures.hidden_elements import is_hidden_element
from dossier.model.quotations.capture import ParagraphKind

INLINE_TAGS = frozenset(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i img input ins kbd label map mark nobr output q rb rt
    ruby s samp small span strike strong sub sup time tt u var wbr
    math semantics mi mn mo ms mtext mrow mfrac msqrt mroot msub msup msubsup munder mover munderover mstyle mspace""".split()
)
"""Elements that do not begin or end a block; those of the last line are parts of formulas."""

KIND_BY_TAG: dict[str, ParagraphKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "dt", "dd"), "list"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
    "blockquote": "quote",
}
"""Kind of a block, by the innermost of these elements around it; `paragraph` if there is none."""

GAP_BY_TAG = {"br": "\n", "td": "\t", "th": "\t"}
"""White space for elements that separate words within a block. It is added at the start and at the end of the element, so
one `<br>` gives two line feeds, and an empty line (`<br><br>`) four."""

_PREFORMATTED_TAGS = frozenset("pre textarea listing xmp plaintext".split())
_HTML_SPACE_CHARACTERS = " \t\n\r\f"
_HTML_WHITE_SPACE = re.compile(f"[{_HTML_SPACE_CHARACTERS}]+")
# Three line feeds or more: an empty line. One `<br>` is two of them, see `GAP_BY_TAG`.
_BLANK_LINES = re.compile(r"(?:\n[ \t]*){3,}")


class TextPlace(NamedTuple):
    """Where a tree holds some text: before the children of an element, or behind its end."""

    element: html.HtmlElement
    is_tail: bool


class HtmlBlock(NamedTuple):
    """One visible text block: its kind, its text with white space collapsed, and the first and last place with words of it."""

    kind: ParagraphKind
    text: str
    places: tuple[TextPlace, ...] = ()


def iter_html_blocks(tree: html.HtmlElement) -> Iterator[HtmlBlock]:
    """The visible text split into blocks: at elements that are not inline (table rows included) and at empty lines."""
    block = _BlockBuilder()
    # An iterative walk, since a page may be nested deeper than Python's recursion limit.
    walk = etree.iterwalk(tree, events=("start", "end"))
    skipped = None
    for event, element in walk:
        if event == "start" and element is not tree and is_hidden_element(element):
            skipped = element
            walk.skip_subtree()
        elif event == "start":
            yield from block.pass_tag(element.tag)
            block.enter_element(element)
        else:
            if element is not skipped:
                yield from block.pass_tag(element.tag)
                block.leave_element()
            if element is not tree:
                block.add_text(element.tail, TextPlace(element, is_tail=True))
    yield from block.end_block()


class _BlockBuilder:
    """The block that is being read: pieces of text with their places, and the kind that its elements give it."""

    def __init__(self) -> None:
        self._pieces: list[tuple[str, TextPlace | None]] = []
        self._kinds: list[ParagraphKind] = ["paragraph"]
        self._preformatted_depth: list[bool] = [False]

    def enter_element(self, element: html.HtmlElement) -> None:
        self._kinds.append(KIND_BY_TAG.get(element.tag, self._kinds[-1]))
        self._preformatted_depth.append(self._preformatted_depth[-1] or element.tag in _PREFORMATTED_TAGS)
        self.add_text(element.text, TextPlace(element, is_tail=False))

    def leave_element(self) -> None:
        self._kinds.pop()
        self._preformatted_depth.pop()

    def add_text(self, text: str | None, place: TextPlace) -> None:
        """Add text, with white space collapsed; in preformatted elements, line feeds are kept (doubled, like `<br>`)."""
        if text:
            is_preformatted = self._preformatted_depth[-1]
            self._pieces.append((text.replace("\n", "\n\n") if is_preformatted else _HTML_WHITE_SPACE.sub(" ", text), place))

    def pass_tag(self, tag: str) -> Iterator[HtmlBlock]:
        """Pass the start or end of an element: add white space, end the block, or do nothing."""
        if tag in GAP_BY_TAG:
            self._pieces.append((GAP_BY_TAG[tag], None))
        elif tag not in INLINE_TAGS and self._pieces:
            yield from self.end_block()

    def end_block(self) -> Iterator[HtmlBlock]:
        """End the block: its text, split at empty lines. A single line feed is a space."""
        text = "".join(piece for piece, _ in self._pieces)
        starts, ends, places = _list_text_places(self._pieces)
        self._pieces.clear()
        start = 0
        for gap in (*_BLANK_LINES.finditer(text), None):
            end = gap.start() if gap else len(text)
            if words := _HTML_WHITE_SPACE.sub(" ", text[start:end]).strip():
                own = places[bisect_right(ends, start) : bisect_left(starts, end)]
                yield HtmlBlock(self._kinds[-1], words, (own[0], own[-1]) if len(own) > 1 else tuple(own))
            start = gap.end() if gap else end


def _list_text_places(pieces: list[tuple[str, TextPlace | None]]) -> tuple[list[int], list[int], list[TextPlace]]:
    """Starts and ends, in the joined text, of the pieces that have words; and their places."""
    starts, ends, places, start = [], [], [], 0
    for piece, place in pieces:
        if place and not piece.isspace():
            starts.append(start)
            ends.append(start + len(piece))
            places.append(place)
        start += len(piece)
    return starts, ends, places
