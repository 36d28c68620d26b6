"""Read a saved web page: its bytes in; its visible text, blocks with their kinds, and notices out."""

from __future__ import annotations

from dossier.captures.article_body import mark_furniture
from dossier.captures.capture_reading import CaptureReading, check_text_bounds
from dossier.captures.decoding import decode_html
from dossier.captures.hidden_text import describe_hidden_texts, list_hidden_texts
from dossier.captures.html_blocks import iter_html_blocks, iter_visible_text
from dossier.captures.html_tree import parse_html


def read_html_page(content: bytes) -> CaptureReading:
    """Read a page's bytes; blocks outside the article have the kind `furniture`.

    The text is collected by a second, simpler walk, so that `validate_conversion` can compare the blocks with it. Raises
    `UnreadableError` if the page has no text, or more of something than the bounds allow.
    """
    page, notices = decode_html(content)
    tree = parse_html(page)
    text = "".join(iter_visible_text(tree))
    blocks = list(iter_html_blocks(tree))
    check_text_bounds(text, len(blocks))
    hidden_texts = list_hidden_texts(tree)
    blocks = mark_furniture(tree, blocks)
    hidden_notices = describe_hidden_texts(hidden_texts, blocks)
    return CaptureReading(text, [(kind, words) for kind, words, _ in blocks], (*notices, *hidden_notices))
