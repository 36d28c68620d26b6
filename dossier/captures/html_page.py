"""A page saved from the web, in: its visible text blocks with their kinds, and what it says of itself.

Every visible text block is a paragraph, found by our own walk over lxml's tree; trafilatura only says which of them are
the article's body, and the rest is furniture.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import NamedTuple

import trafilatura
from lxml import etree, html

from dossier.model.problems.problem import Unreadable
from dossier.model.quotations.capture import Kind, fold_words

HIDDEN = frozenset(
    """head title script style template noscript iframe object embed audio video canvas svg math map datalist""".split()
)
"""Elements whose text no reader sees on the page."""

INLINE = frozenset(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i img input ins kbd label mark nobr output q rb rp rt
    ruby s samp small span strike strong sub sup time tt u var wbr""".split()
)
"""Elements that do not end a block."""

KINDS: dict[str, Kind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "dt", "dd"), "list"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
    "blockquote": "quote",
}
"""Kinds of blocks, by the nearest element round them that says one."""

GAPS = {"br": "\n", "td": "\t", "th": "\t"}
"""Elements that part words inside a block: `<br>` counts at both its ends, so a blank line is four line ends."""

LONG_ENOUGH = 4
"""Gaps between the words of a block that is not found in a text by chance."""

_SPACE = re.compile(r"[ \t\n\r\f]+")
_BREAKS = re.compile(r"(?:\n[ \t]*){3,}")
_UNSEEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_HEAD = 4096
"""Bytes in which a page says its charset, with some to spare."""


class Block(NamedTuple):
    """One visible text block: its kind and its text, white space collapsed."""

    kind: Kind
    text: str


def read_page(content: bytes) -> tuple[str, list[Block]]:
    """The visible text of a page, and its blocks in order; what is no part of the article is furniture.

    The text is gathered without regard to blocks, so that the blocks can be held against it. Raises `Unreadable` where
    the page holds no text or cannot be read whole.
    """
    tree = parse(content)
    return "".join(_pieces(tree)), _told_apart(list(_blocks(tree)), _body(tree))


def parse(content: bytes) -> html.HtmlElement:
    """The tree of a page, by the encoding that it says or that fits it."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(_decoded(content).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise Unreadable("the page holds no text", "save the whole page as HTML", "unreadable-file") from error
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        raise Unreadable("the page is nested too deep to be read whole", "save its article part alone", "unreadable-file")
    return tree


def _decoded(content: bytes) -> str:
    """The characters of a page: by its byte-order mark, its own word, UTF-8, else Windows-1252."""
    for mark, name in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if content.startswith(mark):
            return content.decode(name, "replace")
    said = _CHARSET.search(content[:_HEAD])
    for name in (*([said[1].decode("ascii")] if said else []), "utf-8", "cp1252"):
        try:
            return content.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("latin-1")


def _pieces(tree: html.HtmlElement) -> Iterator[str]:
    """The visible text, piece by piece in the order of the page; where mark-up parts words, a space."""
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        if not _hidden(element):
            yield "" if element.tag in INLINE else " "
        if event == "start" and _hidden(element):
            walk.skip_subtree()
        elif event == "start":
            yield element.text or ""
        elif element is not tree:
            yield element.tail or ""


def _blocks(tree: html.HtmlElement) -> Iterator[Block]:
    """The visible text cut into blocks: at every element that is not inline, at rows of tables, at blank lines."""
    pieces: list[str] = []
    around: list[str] = []
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = str(element.tag)
        if event == "start" and _hidden(element):
            walk.skip_subtree()
        elif event == "start":
            yield from _at_edge(tag, pieces, around)
            around.append(tag)
            pieces.append(_collapsed(element.text, around))
        elif not _hidden(element):
            yield from _at_edge(tag, pieces, around)
            around.pop()
        if event == "end" and element is not tree:
            pieces.append(_collapsed(element.tail, around))
    yield from _flushed(pieces, around)


def _at_edge(tag: str, pieces: list[str], around: list[str]) -> Iterator[Block]:
    """What the beginning or end of an element does to the block at hand: nothing, a gap, or an end."""
    if tag in GAPS:
        pieces.append(GAPS[tag])
    elif tag not in INLINE:
        yield from _flushed(pieces, around)


def _flushed(pieces: list[str], around: list[str]) -> Iterator[Block]:
    """The block or blocks that the pieces make: a blank line parts them, a line end alone is a space."""
    text = "".join(pieces)
    pieces.clear()
    kind: Kind = next((KINDS[tag] for tag in reversed(around) if tag in KINDS), "paragraph")
    for part in _BREAKS.split(text):
        words = _SPACE.sub(" ", part).strip()
        if words:
            yield Block(kind, words)


def _collapsed(text: str | None, around: list[str]) -> str:
    """Text with its white space as a browser shows it: line ends count only where they are preformatted."""
    if not text:
        return ""
    return text.replace("\n", "\n\n") if {"pre", "textarea"} & set(around) else _SPACE.sub(" ", text)


def _hidden(element: etree._Element) -> bool:
    attributes = element.attrib
    return (
        not isinstance(element.tag, str)
        or element.tag in HIDDEN
        or "hidden" in attributes
        or (element.tag == "input" and attributes.get("type", "").lower() == "hidden")
        or bool(_UNSEEN.search(attributes.get("style", "")))
    )


def _body(tree: html.HtmlElement) -> list[str]:
    """The lines that trafilatura takes for the article, as keys; empty where it finds none."""
    page = etree.tostring(tree, encoding="unicode")
    found = trafilatura.extract(page, include_comments=False, include_tables=True, favor_recall=True)
    return [key for line in (found or "").splitlines() if (key := _key(line))]


def _told_apart(blocks: list[Block], body: list[str]) -> list[Block]:
    """Blocks that are no part of the body as furniture; headings above and between its parts, and captions between
    them, are the article's own."""
    if not body:
        return blocks
    lines, running = set(body), f" {' '.join(body)} "
    inside = [_inside(_key(block.text), lines, running) for block in blocks]
    if not any(inside):
        return blocks
    first, last = inside.index(True), len(inside) - inside[::-1].index(True)
    while first and blocks[first - 1].kind == "heading":
        first -= 1
    return [
        block if own or (first <= place < last and block.kind in ("heading", "caption")) else block._replace(kind="furniture")
        for place, (block, own) in enumerate(zip(blocks, inside, strict=True))
    ]


def _inside(key: str, lines: set[str], running: str) -> bool:
    """Whether a block is in the body: as a line of it, or, if it is long enough not to be there by chance, in its text."""
    return key in lines or (key.count(" ") >= LONG_ENOUGH and f" {key} " in running)


def _key(text: str) -> str:
    """What two wordings of one block have in common."""
    return " ".join(fold_words(text))
