"""Convert a capture into numbered paragraphs with kinds, and into Markdown; verify that no word is lost or added.

In a text capture, every line that is not blank is a paragraph. (A line of no-break spaces is blank.) A plain text does not
say which lines are headings or furniture, so the kinds come from the article's record. In a saved web page, every visible
text block is a paragraph, and its kind comes from the HTML (`html_page.py`).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

from markdown_it import MarkdownIt

from dossier.captures.html_extra import explain_missing_html_libraries
from dossier.model.problems.problem import UnreadableError
from dossier.model.quotations.capture import Capture, Paragraph, ParagraphKind, hash_content

CONVERTER_BY_SUFFIX = {".txt": "text-1", ".html": "html-1", ".htm": "html-1"}
"""Name and version of the converter, by a capture's file suffix.

The lock holds it. Raise the number whenever the same bytes would be converted to different paragraphs, because then the
offsets in locks are no longer valid.
"""

MAX_CAPTURE_CHARACTERS = 2_000_000
"""Maximum length of a capture's text, in characters. An article is shorter, and verifying more would take minutes."""

# Plain CommonMark, without the extensions for records: it only serves to verify the Markdown of captures.
_CAPTURE_MARKDOWN_PARSER = MarkdownIt("commonmark", {"html": False})
_ESCAPED_ANYWHERE = re.compile(r"([\\`*_\[\]<>&~|])")
_ESCAPED_AT_LINE_START = re.compile(r"^(?:([#+=-])|(\d{1,9})([.)]))")
_CLOSING_HASHES = re.compile(r"(?<!#)(#+)$")
BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_MARKDOWN_PREFIX_BY_KIND: Mapping[ParagraphKind, str] = {"heading": "## ", "quote": "> ", "list": "- "}


def convert_capture(content: bytes, kinds: Mapping[int, ParagraphKind] | None = None, ending: str = ".txt") -> Capture:
    """Convert the bytes of a capture. `ending` is the file's suffix, a key of `CONVERTER_BY_SUFFIX`.

    `kinds` maps numbers of paragraphs to their kinds; all others are of the kind `paragraph`. If it is empty, the kinds of
    a web page come from its HTML. Raises `UnreadableError` of the rule `unreadable-file` if the bytes are not a text or
    page, if the text is empty or too long, or if `validate_conversion` fails.
    """
    text, blocks = _read_html_capture(content) if CONVERTER_BY_SUFFIX[ending] == "html-1" else _read_text_capture(content)
    paragraphs = tuple(
        Paragraph(number, kinds.get(number, "paragraph") if kinds else kind, block_text)
        for number, (kind, block_text) in enumerate(blocks, 1)
    )
    if len(text) > MAX_CAPTURE_CHARACTERS:
        message = f"its text has {len(text):,} characters, more than {MAX_CAPTURE_CHARACTERS:,}"
        raise UnreadableError(message, "keep one article only", "unreadable-file")
    if not paragraphs:
        raise UnreadableError("there are no words in it", "save the article again", "unreadable-file")
    validate_conversion(text, paragraphs)
    return Capture(hash_content(content), CONVERTER_BY_SUFFIX[ending], paragraphs)


def _read_html_capture(content: bytes) -> tuple[str, Sequence[tuple[ParagraphKind, str]]]:
    """The visible text of a web page, and its blocks: kind and text of each."""
    # Imported on use: the libraries are optional, and a dossier without HTML captures should not spend time on them.
    with explain_missing_html_libraries():
        from dossier.captures.html_page import read_html_page  # noqa: PLC0415

    return read_html_page(content)


def _read_text_capture(content: bytes) -> tuple[str, Sequence[tuple[ParagraphKind, str]]]:
    """The text of a plain text file, and its blocks: one for each line that is not blank."""
    text = decode_capture(content)
    # Not `str.splitlines`, which also splits at form feeds and the line separators of Unicode.
    return text, [("paragraph", words) for line in re.split(r"\r\n|\r|\n", text) if (words := line.strip())]


def decode_capture(content: bytes) -> str:
    """Decode a text capture: by its byte-order mark, else as UTF-8, else as Windows-1252, which old pages use.

    Raises `UnreadableError` if the bytes are not a text, or do not agree with their byte-order mark.
    """
    encoding = next((name for mark, name in BYTE_ORDER_MARKS if content.startswith(mark)), None)
    if b"\0" in content and encoding in (None, "utf-8-sig"):
        raise UnreadableError("this is not a text: it holds zero bytes", "save the article as text in UTF-8", "unreadable-file")
    # Windows-1252 leaves five byte values undefined; Latin-1 decodes any byte.
    for candidate in (encoding,) if encoding else ("utf-8", "cp1252", "latin-1"):
        with suppress(UnicodeDecodeError):
            if "\0" not in (text := content.decode(candidate)):
                return text.removeprefix("\ufeff")
    raise UnreadableError("the text does not fit its byte-order mark", "save it again in UTF-8", "unreadable-file")


def format_capture_markdown(paragraphs: Iterable[Paragraph]) -> str:
    """Format paragraphs as CommonMark that renders to exactly their text, with a mark for headings, quotes and lists."""
    return "\n\n".join(map(_format_capture_paragraph, paragraphs)) + "\n"


def validate_conversion(text: str, paragraphs: Iterable[Paragraph]) -> None:
    """Verify a conversion: text, paragraphs and rendered Markdown must have the same words, in the same order.

    Words are separated by white space, punctuation included. Raises `UnreadableError` if they differ.
    """
    paragraphs, source_words = tuple(paragraphs), text.split()
    paragraph_texts = (paragraph.text for paragraph in paragraphs)
    rendered_texts = _iter_rendered_blocks(format_capture_markdown(paragraphs))
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
    escaped = _ESCAPED_ANYWHERE.sub(r"\\\1", paragraph.text)
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
