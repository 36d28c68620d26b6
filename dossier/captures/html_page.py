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

from dossier.model.problems.problem import UnreadableError
from dossier.model.quotations.capture import ParagraphKind, fold_words

HIDDEN_TAGS = frozenset(
    """head title script style template noscript iframe object embed audio video canvas svg math map datalist""".split()
)
"""Elements whose text no reader sees on the page."""

INLINE_TAGS = frozenset(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i img input ins kbd label mark nobr output q rb rp rt
    ruby s samp small span strike strong sub sup time tt u var wbr""".split()
)
"""Elements that do not end a block."""

KIND_BY_TAG: dict[str, ParagraphKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "dt", "dd"), "list"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
    "blockquote": "quote",
}
"""Kinds of blocks, by the nearest element round them that says one."""

GAP_BY_TAG = {"br": "\n", "td": "\t", "th": "\t"}
"""Elements that part words inside a block: `<br>` counts at both its ends, so a blank line is four line ends."""

MIN_MATCHED_GAPS = 4
"""Gaps between the words of a block that is not found in a text by chance."""

_HTML_WHITE_SPACE = re.compile(r"[ \t\n\r\f]+")
_BLANK_LINES = re.compile(r"(?:\n[ \t]*){3,}")
_HIDING_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_MAX_CHARSET_BYTES = 4096
"""Bytes in which a page says its charset, with some to spare."""


class HtmlBlock(NamedTuple):
    """One visible text block: its kind and its text, white space collapsed."""

    kind: ParagraphKind
    text: str


def read_html_page(content: bytes) -> tuple[str, list[HtmlBlock]]:
    """The visible text of a page, and its blocks in order; what is no part of the article is furniture.

    The text is gathered without regard to blocks, so that the blocks can be held against it. Raises `Unreadable` where
    the page holds no text or cannot be read whole.
    """
    tree = parse_html(content)
    return "".join(_iter_visible_text(tree)), _mark_furniture(list(_iter_html_blocks(tree)), _extract_body_lines(tree))


def parse_html(content: bytes) -> html.HtmlElement:
    """The tree of a page, by the encoding that it says or that fits it."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(_decode_html(content).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise UnreadableError("the page holds no text", "save the whole page as HTML", "unreadable-file") from error
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        raise UnreadableError("the page is nested too deep to be read whole", "save its article part alone", "unreadable-file")
    return tree


def _decode_html(content: bytes) -> str:
    """The characters of a page: by its byte-order mark, its own word, UTF-8, else Windows-1252."""
    for mark, name in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if content.startswith(mark):
            return content.decode(name, "replace")
    said = _META_CHARSET.search(content[:_MAX_CHARSET_BYTES])
    for name in (*([said[1].decode("ascii")] if said else []), "utf-8", "cp1252"):
        try:
            return content.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("latin-1")


def _iter_visible_text(tree: html.HtmlElement) -> Iterator[str]:
    """The visible text, piece by piece in the order of the page; where mark-up parts words, a space."""
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        if not _is_hidden_element(element):
            yield "" if element.tag in INLINE_TAGS else " "
        if event == "start" and _is_hidden_element(element):
            walk.skip_subtree()
        elif event == "start":
            yield element.text or ""
        elif element is not tree:
            yield element.tail or ""


def _iter_html_blocks(tree: html.HtmlElement) -> Iterator[HtmlBlock]:
    """The visible text cut into blocks: at every element that is not inline, at rows of tables, at blank lines."""
    pieces: list[str] = []
    around: list[str] = []
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = str(element.tag)
        if event == "start" and _is_hidden_element(element):
            walk.skip_subtree()
        elif event == "start":
            yield from _split_at_tag(tag, pieces, around)
            around.append(tag)
            pieces.append(_collapse_white_space(element.text, around))
        elif not _is_hidden_element(element):
            yield from _split_at_tag(tag, pieces, around)
            around.pop()
        if event == "end" and element is not tree:
            pieces.append(_collapse_white_space(element.tail, around))
    yield from _flush_html_blocks(pieces, around)


def _split_at_tag(tag: str, pieces: list[str], around: list[str]) -> Iterator[HtmlBlock]:
    """What the beginning or end of an element does to the block at hand: nothing, a gap, or an end."""
    if tag in GAP_BY_TAG:
        pieces.append(GAP_BY_TAG[tag])
    elif tag not in INLINE_TAGS:
        yield from _flush_html_blocks(pieces, around)


def _flush_html_blocks(pieces: list[str], around: list[str]) -> Iterator[HtmlBlock]:
    """The block or blocks that the pieces make: a blank line parts them, a line end alone is a space."""
    text = "".join(pieces)
    pieces.clear()
    kind: ParagraphKind = next((KIND_BY_TAG[tag] for tag in reversed(around) if tag in KIND_BY_TAG), "paragraph")
    for part in _BLANK_LINES.split(text):
        words = _HTML_WHITE_SPACE.sub(" ", part).strip()
        if words:
            yield HtmlBlock(kind, words)


def _collapse_white_space(text: str | None, around: list[str]) -> str:
    """Text with its white space as a browser shows it: line ends count only where they are preformatted."""
    if not text:
        return ""
    return text.replace("\n", "\n\n") if {"pre", "textarea"} & set(around) else _HTML_WHITE_SPACE.sub(" ", text)


def _is_hidden_element(element: etree._Element) -> bool:
    attributes = element.attrib
    return (
        not isinstance(element.tag, str)
        or element.tag in HIDDEN_TAGS
        or "hidden" in attributes
        or (element.tag == "input" and attributes.get("type", "").lower() == "hidden")
        or bool(_HIDING_STYLE.search(attributes.get("style", "")))
    )


def _extract_body_lines(tree: html.HtmlElement) -> list[str]:
    """The lines that trafilatura takes for the article, as keys; empty where it finds none."""
    page = etree.tostring(tree, encoding="unicode")
    found = trafilatura.extract(page, include_comments=False, include_tables=True, favor_recall=True)
    return [key for line in (found or "").splitlines() if (key := _normalize_block_text(line))]


def _mark_furniture(blocks: list[HtmlBlock], body: list[str]) -> list[HtmlBlock]:
    """Blocks that are no part of the body as furniture; headings above and between its parts, and captions between
    them, are the article's own."""
    if not body:
        return blocks
    lines, running = set(body), f" {' '.join(body)} "
    inside = [_is_in_body(_normalize_block_text(block.text), lines, running) for block in blocks]
    if not any(inside):
        return blocks
    first, last = inside.index(True), len(inside) - inside[::-1].index(True)
    while first and blocks[first - 1].kind == "heading":
        first -= 1
    return [
        block if own or (first <= place < last and block.kind in ("heading", "caption")) else block._replace(kind="furniture")
        for place, (block, own) in enumerate(zip(blocks, inside, strict=True))
    ]


def _is_in_body(key: str, lines: set[str], running: str) -> bool:
    """Whether a block is in the body: as a line of it, or, if it is long enough not to be there by chance, in its text."""
    return key in lines or (key.count(" ") >= MIN_MATCHED_GAPS and f" {key} " in running)


def _normalize_block_text(text: str) -> str:
    """What two wordings of one block have in common."""
    return " ".join(fold_words(text))
