"""Convert a capture into numbered paragraphs with kinds, and into Markdown; verify that no word is lost or added.

In a text capture, every line that is not blank is a paragraph, whichever character of Unicode ends it: some programs write
paragraph separators or form feeds. (A line of no-break spaces is blank.) A plain text does not
say which lines are headings or furniture, so the kinds come from the article's record. In a saved web page, every visible
text block is a paragraph, and its kind comes from the HTML (`html_page.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from markdown_it import MarkdownIt

from dossier.captures.capture_reading import MARKDOWN_SIGN, CaptureReading, check_text_bounds
from dossier.captures.decoding import decode_text
from dossier.captures.html_extra import explain_missing_html_libraries
from dossier.model.problems.problem import UnreadableError
from dossier.model.quotations.capture import Capture, Paragraph, ParagraphKind, hash_content

HTML_CONVERTER = "html-3"
CONVERTER_BY_SUFFIX = {".txt": "text-2", ".html": HTML_CONVERTER, ".htm": HTML_CONVERTER}
"""Name and version of the converter, by a capture's file suffix.

The lock holds it. Raise the number whenever the same bytes would be converted to different paragraphs, because then the
offsets in locks are no longer valid.
"""

_LINE_END = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
"""The mandatory line breaks of Unicode (UAX #14): with form feed, next line, line and paragraph separator."""

# Plain CommonMark, without the extensions for records: it only serves to verify the Markdown of captures.
_CAPTURE_MARKDOWN_PARSER = MarkdownIt("commonmark", {"html": False})
_ESCAPED_AT_LINE_START = re.compile(r"^(?:([#+=-])|(\d{1,9})([.)]))")
_RENDERED_TOGETHER = 1000
_CLOSING_HASHES = re.compile(r"(?<!#)(#+)$")
_MARKDOWN_PREFIX_BY_KIND: Mapping[ParagraphKind, str] = {"heading": "## ", "quote": "> ", "list": "- "}


def convert_capture(content: bytes, kinds: Mapping[int, ParagraphKind] | None = None, ending: str = ".txt") -> Capture:
    """Convert the bytes of a capture. `ending` is the file's suffix, a key of `CONVERTER_BY_SUFFIX`.

    `kinds` maps numbers of paragraphs to their kinds; all others are of the kind `paragraph`. If it is empty, the kinds of
    a web page come from its HTML. Raises `UnreadableError` of the rule `unreadable-file` if the bytes are not a text or
    page, if the text is empty or too long, or if `validate_conversion` fails.
    """
    read = _read_html_capture if CONVERTER_BY_SUFFIX[ending] == HTML_CONVERTER else _read_text_capture
    text, blocks, notices, difference = read(content)
    paragraphs = tuple(
        Paragraph(number, kinds.get(number, "paragraph") if kinds else kind, block_text)
        for number, (kind, block_text) in enumerate(blocks, 1)
    )
    if not paragraphs:
        raise UnreadableError("there are no words in it", "save the article again", "unreadable-file")
    validate_conversion(text, paragraphs)
    return Capture(hash_content(content), CONVERTER_BY_SUFFIX[ending], paragraphs, notices, difference)


def _read_html_capture(content: bytes) -> CaptureReading:
    # Imported on use: the libraries are optional, and a dossier without HTML captures should not spend time on them.
    with explain_missing_html_libraries():
        from dossier.captures.html_page import read_html_page  # noqa: PLC0415

    return read_html_page(content)


def _read_text_capture(content: bytes) -> CaptureReading:
    text, notices = decode_text(content)
    # Not `str.splitlines`, which also splits at separators of data (U+001C to U+001E).
    lines = [line for line in map(str.strip, _LINE_END.split(text)) if line]
    check_text_bounds(text, len(lines))
    return CaptureReading(text, [("paragraph", line) for line in lines], notices)


def format_capture_markdown(paragraphs: Iterable[Paragraph]) -> str:
    """Format paragraphs as CommonMark that renders to exactly their text, with a mark for headings, quotes and lists."""
    return "\n\n".join(map(_format_capture_paragraph, paragraphs)) + "\n"


def validate_conversion(text: str, paragraphs: Iterable[Paragraph]) -> None:
    """Verify a conversion: text, paragraphs and rendered Markdown must have the same words, in the same order.

    Words are separated by white space, punctuation included. Raises `UnreadableError` if they differ.
    """
    paragraphs, source_words = tuple(paragraphs), text.split()
    paragraph_texts = (paragraph.text for paragraph in paragraphs)
    # Rendered in parts: the tokens of a whole book would take hundreds of megabytes.
    parts = (paragraphs[start : start + _RENDERED_TOGETHER] for start in range(0, len(paragraphs), _RENDERED_TOGETHER))
    rendered_texts = (text for part in parts for text in _iter_rendered_blocks(format_capture_markdown(part)))
    for where, texts in (("its paragraphs", paragraph_texts), ("its Markdown", rendered_texts)):
        words = [word for text in texts for word in text.split()]
        if words == source_words:
            continue
        # The first differing word is named by its number, not by itself: captures are private.
        pairs = enumerate(zip(source_words, words, strict=False), 1)
        first = next((number for number, (old, new) in pairs if old != new), min(len(source_words), len(words)) + 1)
        message = f"{where} would not have the same words: {len(source_words)} in, {len(words)} out, differing from word {first}"
        raise UnreadableError(message, "this is a bug of the converter; report it with the file", "unreadable-file")


def _format_capture_paragraph(paragraph: Paragraph) -> str:
    """One paragraph as a CommonMark block, with everything escaped that could be Markdown."""
    escaped = MARKDOWN_SIGN.sub(r"\\\1", paragraph.text)
    if paragraph.kind == "heading":
        # Number signs at the end of a heading's line are a closing sequence, which CommonMark does not render.
        escaped = _CLOSING_HASHES.sub(lambda match: "\\#" * len(match[1]), escaped)
    escaped = _ESCAPED_AT_LINE_START.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", escaped)
    return _MARKDOWN_PREFIX_BY_KIND.get(paragraph.kind, "") + escaped


def _iter_rendered_blocks(source: str) -> Iterator[str]:
    """The text that a reader of some Markdown sees, block by block."""
    for token in _CAPTURE_MARKDOWN_PARSER.parse(source):
        if token.type == "inline":
            yield "".join(child.content for child in token.children or ())
        elif token.type in ("fence", "code_block", "html_block"):
            yield token.content
