"""Parse a saved web page: HTML in, its visible text blocks with their kinds out.

Blocks are found by our own walk over lxml's tree. trafilatura, which extracts an article's body, only decides which blocks
belong to the article; the others are furniture. So a wrong guess of it changes a block's kind, and loses no text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

import trafilatura
from lxml import etree, html

from dossier.captures.convert import BYTE_ORDER_MARKS
from dossier.model.problems.problem import UnreadableError
from dossier.model.quotations.capture import ParagraphKind, fold_words

HIDDEN_TAGS = frozenset(
    """head title script style template noscript iframe object embed audio video canvas svg math map datalist""".split()
)
"""Elements whose text a browser does not show on the page."""

INLINE_TAGS = frozenset(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i img input ins kbd label mark nobr output q rb rp rt
    ruby s samp small span strike strong sub sup time tt u var wbr""".split()
)
"""Elements that do not begin or end a block."""

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

MIN_MATCHED_GAPS = 4
"""Minimum number of spaces in a block that is searched within the body: a shorter one could occur there by chance."""

_HTML_WHITE_SPACE = re.compile(r"[ \t\n\r\f]+")
# Three line feeds or more: an empty line. One `<br>` is two of them, see `GAP_BY_TAG`.
_BLANK_LINES = re.compile(r"(?:\n[ \t]*){3,}")
_HIDING_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_MAX_CHARSET_BYTES = 4096
"""Bytes at the start of a page that are searched for its charset. The HTML standard wants it within the first 1024."""


class HtmlBlock(NamedTuple):
    """One visible text block: its kind and its text, white space collapsed."""

    kind: ParagraphKind
    text: str


def read_html_page(content: bytes) -> tuple[str, list[HtmlBlock]]:
    """Visible text of a page, and its blocks in order; blocks outside the article have the kind `furniture`.

    The text is collected by a second, simpler walk, so that `validate_conversion` can compare the blocks with it. Raises
    `UnreadableError` if the page has no text, or is nested too deep for the parser.
    """
    tree = parse_html(content)
    return "".join(_iter_visible_text(tree)), _mark_furniture(list(_iter_html_blocks(tree)), _extract_body_lines(tree))


def parse_html(content: bytes) -> html.HtmlElement:
    """Parse the bytes of a page. Raises `UnreadableError` if it has no text, or is nested too deep."""
    # `huge_tree` raises libxml2's limits, on nesting from 256 to 2,048 levels. Deeper elements are dropped without an
    # exception, and only the log says so.
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(_decode_html(content).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise UnreadableError("the page holds no text", "save the whole page as HTML", "unreadable-file") from error
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        raise UnreadableError("the page is nested too deep to be read whole", "save its article part alone", "unreadable-file")
    return tree


def _decode_html(content: bytes) -> str:
    """Decode a page: by its byte-order mark, its `<meta charset>`, else as UTF-8, else as Windows-1252 or Latin-1."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    declared_charset = _META_CHARSET.search(content[:_MAX_CHARSET_BYTES])
    for encoding in (*([declared_charset[1].decode("ascii")] if declared_charset else []), "utf-8", "cp1252"):
        with suppress(UnicodeDecodeError, LookupError):
            return content.decode(encoding)
    return content.decode("latin-1")


def _iter_visible_text(tree: html.HtmlElement) -> Iterator[str]:
    """The visible text, in pieces in document order, with a space at the ends of each element that is not inline."""
    # An iterative walk, since a page may be nested deeper than Python's recursion limit.
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
    """The visible text split into blocks: at elements that are not inline (table rows included) and at empty lines.

    `pieces` is the text of the current block so far, `open_tags` the tags of the elements around it, outermost first.
    """
    pieces: list[str] = []
    open_tags: list[str] = []
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = str(element.tag)
        if event == "start" and _is_hidden_element(element):
            walk.skip_subtree()
        elif event == "start":
            yield from _split_at_tag(tag, pieces, open_tags)
            open_tags.append(tag)
            pieces.append(_collapse_white_space(element.text, open_tags))
        elif not _is_hidden_element(element):
            yield from _split_at_tag(tag, pieces, open_tags)
            open_tags.pop()
        if event == "end" and element is not tree:
            pieces.append(_collapse_white_space(element.tail, open_tags))
    yield from _flush_html_blocks(pieces, open_tags)


def _split_at_tag(tag: str, pieces: list[str], open_tags: list[str]) -> Iterator[HtmlBlock]:
    """Apply the start or end of an element to the current block: add white space, end the block, or do nothing."""
    if tag in GAP_BY_TAG:
        pieces.append(GAP_BY_TAG[tag])
    elif tag not in INLINE_TAGS:
        yield from _flush_html_blocks(pieces, open_tags)


def _flush_html_blocks(pieces: list[str], open_tags: list[str]) -> Iterator[HtmlBlock]:
    """End the current block: yield its text, split at empty lines, and clear `pieces`. A single line feed is a space."""
    text = "".join(pieces)
    pieces.clear()
    kind: ParagraphKind = next((KIND_BY_TAG[tag] for tag in reversed(open_tags) if tag in KIND_BY_TAG), "paragraph")
    for part in _BLANK_LINES.split(text):
        if block_text := _HTML_WHITE_SPACE.sub(" ", part).strip():
            yield HtmlBlock(kind, block_text)


def _collapse_white_space(text: str | None, open_tags: list[str]) -> str:
    """Collapse white space as a browser does; in preformatted elements, keep line feeds (doubled, like `<br>`)."""
    if not text:
        return ""
    return text.replace("\n", "\n\n") if {"pre", "textarea"} & set(open_tags) else _HTML_WHITE_SPACE.sub(" ", text)


def _is_hidden_element(element: etree._Element) -> bool:
    """Whether an element is hidden by its tag or its own attributes; style sheets are not taken into account."""
    attributes = element.attrib
    return (
        not isinstance(element.tag, str)  # lxml's comments and processing instructions have a function as tag
        or element.tag in HIDDEN_TAGS
        or "hidden" in attributes
        or (element.tag == "input" and attributes.get("type", "").lower() == "hidden")
        or bool(_HIDING_STYLE.search(attributes.get("style", "")))
    )


def _extract_body_lines(tree: html.HtmlElement) -> list[str]:
    """The lines that trafilatura extracts as the article's body, normalized; empty if it finds no article."""
    page = etree.tostring(tree, encoding="unicode")
    # `favor_recall`, because a quotation from a block that is taken for furniture is rejected: rather too much than too little.
    body = trafilatura.extract(page, include_comments=False, include_tables=True, favor_recall=True)
    return [key for line in (body or "").splitlines() if (key := _normalize_block_text(line))]


def _mark_furniture(blocks: list[HtmlBlock], body: list[str]) -> list[HtmlBlock]:
    """Give blocks outside the body the kind `furniture`; without a body, or a block in it, change nothing.

    A block is in the body as one of its lines or, if it is long enough, anywhere in its text. Headings right before the
    first block of the body, and headings and captions between its first and last block, belong to the article.
    """
    if not body:
        return blocks
    lines, body_text = set(body), f" {' '.join(body)} "
    keys = [_normalize_block_text(block.text) for block in blocks]
    is_body_block = [key in lines or (key.count(" ") >= MIN_MATCHED_GAPS and f" {key} " in body_text) for key in keys]
    if not any(is_body_block):
        return blocks
    first, last = is_body_block.index(True), len(is_body_block) - is_body_block[::-1].index(True)
    while first and blocks[first - 1].kind == "heading":
        first -= 1
    return [
        block if in_body or (first <= index < last and block.kind in ("heading", "caption")) else block._replace(kind="furniture")
        for index, (block, in_body) in enumerate(zip(blocks, is_body_block, strict=True))
    ]


def _normalize_block_text(text: str) -> str:
    """Key to compare a block with trafilatura's text of it: its words in lower case, without punctuation."""
    return " ".join(fold_words(text))
