"""Tell an article's blocks from a page's furniture.

trafilatura extracts an article's text. It joins, splits and rewrites what it takes, so its words are not compared with
ours: each block gets a mark of a few printable signs that are no letters, and the blocks whose marks come out are the
article's. So a wrong guess of it changes a block's kind, and loses no text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from unicodedata import category

import trafilatura
from lxml import etree, html

from dossier.captures.hidden_elements import is_hidden_element
from dossier.captures.html_blocks import INLINE_TAGS, KIND_BY_TAG, HtmlBlock, TextPlace
from dossier.model.normalization import iter_mark_runs

_FIRST_SIGN, _SIGN_COUNT, _MARK_SIGNS = 0x2800, 256, 3
"""Marks are numbers of three digits to the base 256, in Braille patterns: trafilatura takes them for punctuation."""

_SIGN = f"[{chr(_FIRST_SIGN)}-{chr(_FIRST_SIGN + _SIGN_COUNT - 1)}]"
_MARK_PATTERN = re.compile(f"{_SIGN}{{{_MARK_SIGNS}}}")

MAX_INLINE_CHILDREN = 500
"""Inline children of an element that trafilatura is given: its time grows with their square."""

MAX_HEADINGS = 2000
"""Headings that trafilatura is given as such: where an article ends in many, its time grows with their square."""

MAX_CHILDREN = 5000
"""Children of an element that trafilatura is given: it counts and compares them at each one."""

_FORMATTING_TAGS = tuple(INLINE_TAGS - {"a", "span"})
_LINKING_TAGS = ("a", "span")
_HEADING_TAGS = tuple(tag for tag, kind in KIND_BY_TAG.items() if kind == "heading")


_NAMES_FOR_TRAFILATURA = {
    **dict.fromkeys(("listing", "plaintext", "text", "xmp"), "p"),
    **dict.fromkeys(("applet", "center", "foreignobject", "foreignObject", "marquee", "object", "svg"), "div"),
}
"""Elements with text that browsers show, and that trafilatura takes away with it; and what they are to it."""


def mark_furniture(tree: html.HtmlElement, blocks: Sequence[HtmlBlock]) -> list[HtmlBlock]:
    """Give blocks outside the article the kind `furniture`; if no article is found, change nothing. The tree is used up.

    Headings right before the first block of the article, and headings and captions between its first and last block,
    belong to it.
    """
    in_body = _find_body_blocks(tree, blocks)
    if not in_body:
        return list(blocks)
    first, last = min(in_body), max(in_body)
    while first and blocks[first - 1].kind == "heading":
        first -= 1
    return [
        block
        if number in in_body or (first <= number < last and block.kind in ("heading", "caption"))
        else block._replace(kind="furniture")
        for number, block in enumerate(blocks)
    ]


def _find_body_blocks(tree: html.HtmlElement, blocks: Sequence[HtmlBlock]) -> set[int]:
    """Indexes of the blocks that trafilatura takes for the article's; empty if it finds no article."""
    _delete_signs(tree)
    _write_marks(blocks)
    _simplify_tree(tree)
    # `favor_recall`, because a quotation from a block that is taken for furniture is rejected: rather too much than too little.
    body = trafilatura.extract(tree, include_comments=False, include_tables=True, favor_recall=True)
    numbers = map(_read_mark, _MARK_PATTERN.findall(body or ""))
    return {number for number in numbers if number < len(blocks)}


def _write_marks(blocks: Sequence[HtmlBlock]) -> None:
    """Write each block's mark in front of its first and its last text."""
    marks_by_place: defaultdict[TextPlace, list[str]] = defaultdict(list)
    for number, block in enumerate(blocks):
        mark = "".join(chr(_FIRST_SIGN + digit) for digit in number.to_bytes(_MARK_SIGNS))
        for place in block.places:
            marks_by_place[place].append(mark)
    for (element, is_tail), marks in marks_by_place.items():
        if is_tail:
            element.tail = "".join(marks) + element.tail
        else:
            element.text = "".join(marks) + element.text


def _read_mark(mark: str) -> int:
    return int.from_bytes(bytes(ord(sign) - _FIRST_SIGN for sign in mark))


def _delete_signs(tree: html.HtmlElement) -> None:
    """Delete the page's own Braille, which would be read as marks; and all accents, if one letter has too many.

    trafilatura composes letters and accents, in the square of their number; whether they stand there changes no guess of it.
    """
    signs = set(map(chr, range(_FIRST_SIGN, _FIRST_SIGN + _SIGN_COUNT)))
    text = "".join(tree.itertext())
    if any(iter_mark_runs(text)):
        signs |= {character for character in set(text) if category(character).startswith("M")}
    if not (deletions := dict.fromkeys(map(ord, signs.intersection(text)))):
        return
    for element in tree.iter():
        element.text = element.text and element.text.translate(deletions)
        element.tail = element.tail and element.tail.translate(deletions)


def _simplify_tree(tree: html.HtmlElement) -> None:
    """Take out of a tree what does not help to find the article: hidden elements, and formatting of words."""
    walk = etree.iterwalk(tree, events=("start",))
    hidden = []
    for _, element in walk:
        if element is not tree and is_hidden_element(element):
            hidden.append(element)
            walk.skip_subtree()
    for element in hidden:
        element.drop_tree()
    for element in tree.iter():
        if (name := _NAMES_FOR_TRAFILATURA.get(element.tag)) or "-" in element.tag:
            element.tag = name or "div"
    _strip_tags(tree, (*_FORMATTING_TAGS, "blink"))
    if any(sum(child.tag in _LINKING_TAGS for child in element) > MAX_INLINE_CHILDREN for element in tree.iter()):
        _strip_tags(tree, _LINKING_TAGS)
    for parent in [element for element in tree.iter() if len(element) > MAX_CHILDREN]:
        _put_into_groups(parent)
    for heading in list(tree.iter(*_HEADING_TAGS))[MAX_HEADINGS:]:
        heading.tag = "p"
    _open_nested_paragraphs(tree)


def _open_nested_paragraphs(tree: html.HtmlElement) -> None:
    """Make divisions of paragraphs that hold others: trafilatura joins their texts anew at each one, in quadratic time."""
    for outer in {ancestor for paragraph in tree.iter("p") for ancestor in paragraph.iterancestors("p")}:
        outer.tag = "div"


def _put_into_groups(parent: html.HtmlElement) -> None:
    """Put an element's children into divisions, so many in each that none has too many."""
    children = list(parent)
    for start in range(0, len(children), MAX_CHILDREN):
        group = html.Element("div")
        parent.append(group)
        group.extend(children[start : start + MAX_CHILDREN])


def _strip_tags(tree: html.HtmlElement, tags: tuple[str, ...]) -> None:
    """Take elements away and leave their text, in one piece: trafilatura's time grows with the square of its pieces."""
    etree.strip_tags(tree, *tags)
    for element in tree.iter():
        element.text, element.tail = element.text, element.tail
