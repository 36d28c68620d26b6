"""Read a saved web page: its bytes in; its visible text, blocks with their kinds, and notices out."""

from __future__ import annotations

from dossier.captures.article_body import mark_furniture
from dossier.captures.capture_reading import CaptureReading, check_text_bounds
from dossier.captures.decoding import decode_html
from dossier.captures.hidden_text import describe_hidden_texts, list_hidden_texts
from dossier.captures.html_blocks import iter_html_blocks
from dossier.captures.html_tree import parse_html
from dossier.captures.proof import describe_difference
from dossier.captures.undecided_text import describe_undecided_text
from dossier.captures.visible_text import read_visible_text


def read_html_page(content: bytes) -> CaptureReading:
    """Read a page's bytes; blocks outside the article have the kind `furniture`.

    The blocks are compared with the text that a browser shows, which is read by a second path; what differs is told, and
    what a browser may show or not. Raises `UnreadableError` if the page has no text, or more of something than the bounds allow.
    """
    page, notices = decode_html(content)
    tree = parse_html(page)
    blocks = list(iter_html_blocks(tree))
    text = "\n".join(block.text for block in blocks)
    check_text_bounds(text, len(blocks))
    hidden_texts, undecided = list_hidden_texts(tree), describe_undecided_text(tree)
    blocks = mark_furniture(tree, blocks)
    hidden_notices = describe_hidden_texts(hidden_texts, blocks)
    difference = describe_difference(read_visible_text(page), [block.text for block in blocks])
    difference = " and ".join(filter(None, (difference, undecided)))
    return CaptureReading(text, [(kind, words) for kind, words, _ in blocks], (*notices, *hidden_notices), difference)
