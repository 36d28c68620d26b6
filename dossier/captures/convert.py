"""From a capture to numbered, kinded paragraphs and Markdown, with the proof that no word was lost or added.

A text capture: every line with a character that is not white space (a no-break space is white space) is a paragraph.
A plain text does not say which line is a heading or furniture, so the kinds come from the article's record. A page
saved from the web: every visible text block is a paragraph, and its mark-up says what it is (`webpage.py`).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from markdown_it import MarkdownIt

from dossier.model.problems.problem import UnreadableError
from dossier.model.quotations.capture import Capture, Paragraph, ParagraphKind, hash_content

CONVERTER_BY_SUFFIX = {".txt": "text-1", ".html": "html-1", ".htm": "html-1"}
"""By the ending of a capture; changes whenever the same bytes would convert to other paragraphs, and is locked."""

MAX_CAPTURE_CHARACTERS = 2_000_000
"""Beyond this a text is no article, and proving it would take minutes."""

_CAPTURE_MARKDOWN_PARSER = MarkdownIt("commonmark", {"html": False})
_ESCAPED_ANYWHERE = re.compile(r"([\\`*_\[\]<>&~|])")
_ESCAPED_AT_LINE_START = re.compile(r"^(?:([#+=-])|(\d{1,9})([.)]))")
_CLOSING_HASHES = re.compile(r"(#+)$")
_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_MARKDOWN_PREFIX_BY_KIND: Mapping[ParagraphKind, str] = {"heading": "## ", "quote": "> ", "list": "- "}


def convert_capture(content: bytes, kinds: Mapping[int, ParagraphKind] | None = None, ending: str = ".txt") -> Capture:
    """Convert the bytes of a capture, whose file's ending says whether it is a text or a page.

    `kinds` names paragraphs that are not of the kind `paragraph`; of a page, where it is empty, the page's own mark-up
    tells. Raises `Unreadable` when the bytes are no such thing or the proof fails.
    """
    text, blocks = _read_html_capture(content) if CONVERTER_BY_SUFFIX[ending] == "html-1" else _read_text_capture(content)
    named = {number: kinds.get(number, "paragraph") for number in range(1, len(blocks) + 1)} if kinds else {}
    paragraphs = tuple(Paragraph(number, named.get(number, kind), words) for number, (kind, words) in enumerate(blocks, 1))
    if len(text) > MAX_CAPTURE_CHARACTERS:
        help = "is it one article? keep that one alone"
        raise UnreadableError(
            f"its text has {len(text):,} characters, more than {MAX_CAPTURE_CHARACTERS:,}", help, "unreadable-file"
        )
    if not paragraphs:
        raise UnreadableError("there are no words in it", "save the article again", "unreadable-file")
    validate_conversion(text, paragraphs)
    return Capture(hash_content(content), CONVERTER_BY_SUFFIX[ending], paragraphs)


def _read_html_capture(content: bytes) -> tuple[str, Sequence[tuple[ParagraphKind, str]]]:
    # Here, since reading pages takes libraries of 15 MB that a dossier without saved pages has no use for.
    from dossier.captures.html_page import read_html_page  # noqa: PLC0415

    return read_html_page(content)


def _read_text_capture(content: bytes) -> tuple[str, Sequence[tuple[ParagraphKind, str]]]:
    text = decode_capture(content)
    return text, [("paragraph", line.strip()) for line in _iter_nonblank_lines(text)]


def decode_capture(content: bytes) -> str:
    """The text of a capture: by its byte-order mark, else UTF-8, else Windows-1252 as old pages have it."""
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if content.startswith(mark)), None)
    if b"\0" in content and encoding in (None, "utf-8-sig"):
        raise UnreadableError("this is not a text: it holds zero bytes", "save the article as text in UTF-8", "unreadable-file")
    for name in (encoding,) if encoding else ("utf-8", "cp1252", "latin-1"):
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.removeprefix("\ufeff")
    raise UnreadableError("the text does not fit its byte-order mark", "save it again in UTF-8", "unreadable-file")


def format_capture_markdown(paragraphs: Iterable[Paragraph]) -> str:
    """The paragraphs as CommonMark that shows exactly their text."""
    return "\n\n".join(_format_capture_paragraph(paragraph) for paragraph in paragraphs) + "\n"


def validate_conversion(text: str, paragraphs: Iterable[Paragraph]) -> None:
    """Raise `Unreadable` unless the words of the text are those of the paragraphs and of their Markdown, in order."""
    paragraphs = tuple(paragraphs)
    before = text.split()
    after = [word for paragraph in paragraphs for word in paragraph.text.split()]
    if before != after:
        raise _create_conversion_error("its paragraphs", before, after)
    shown = [word for line in _iter_rendered_blocks(format_capture_markdown(paragraphs)) for word in line.split()]
    if before != shown:
        raise _create_conversion_error("its Markdown", before, shown)


def _iter_nonblank_lines(text: str) -> Iterator[str]:
    """Lines with something on them; only the line ends that editors write end a line."""
    for line in re.split(r"\r\n|\r|\n", text):
        if line.strip():
            yield line


def _format_capture_paragraph(paragraph: Paragraph) -> str:
    escaped = _ESCAPED_ANYWHERE.sub(r"\\\1", paragraph.text)
    if paragraph.kind == "heading":
        escaped = _CLOSING_HASHES.sub(lambda match: "\\#" * len(match[1]), escaped)
    escaped = _ESCAPED_AT_LINE_START.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", escaped)
    return _MARKDOWN_PREFIX_BY_KIND.get(paragraph.kind, "") + escaped


def _iter_rendered_blocks(source: str) -> Iterator[str]:
    """The text that a reader of the Markdown sees, block by block."""
    for token in _CAPTURE_MARKDOWN_PARSER.parse(source):
        if token.type == "inline":
            yield "".join(child.content for child in token.children or ())
        elif token.type in ("fence", "code_block", "html_block"):
            yield token.content


def _create_conversion_error(where: str, before: list[str], after: list[str]) -> UnreadableError:
    differing = (n for n, (one, other) in enumerate(zip(before, after, strict=False)) if one != other)
    place = next(differing, min(len(before), len(after)))
    message = f"{where} would not show the same words: {len(before)} in, {len(after)} out, differing from word {place + 1}"
    return UnreadableError(message, "this is a fault of the converter; report it with the file", "unreadable-file")
