"""Decode captures as browsers do, and say where bytes do not fit: no page is read in a wrong encoding without a word."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from dossier.model.problems.problem import UnreadableError

_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_UTF8_SEQUENCES = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_REPLACEMENT = "\ufffd"
_BYTE_ORDER_MARK = "\ufeff"


class DecodedText(NamedTuple):
    """A capture's text, and notices for an editor: which bytes did not fit, or which encoding was guessed."""

    text: str
    notices: tuple[str, ...] = ()


def decode_text(content: bytes) -> DecodedText:
    """Decode a text capture: by its byte-order mark, else as UTF-8, else as Windows-1252, which old texts use.

    Raises `UnreadableError` if the bytes are not a text, or do not agree with their byte-order mark.
    """
    encoding = _find_marked_encoding(content)
    if b"\0" in content and encoding in ("", "utf-8"):
        raise UnreadableError("this is not a text: it holds zero bytes", "save the article as text in UTF-8", "unreadable-file")
    if not encoding:
        return _decode_utf8_or_older(content)
    decoded = _decode_with_replacement(content, encoding)
    if decoded.notices or "\0" in decoded.text:
        raise UnreadableError("the text does not fit its byte-order mark", "save it again in UTF-8", "unreadable-file")
    return decoded


def decode_html(content: bytes) -> DecodedText:
    """Decode a page: by its byte-order mark, else by what it says, else as UTF-8, else as Windows-1252.

    Where the bytes do not fit what the page says, they are read as UTF-8 if they fit that; else each wrong byte becomes
    U+FFFD, as in a browser.
    """
    # Imported on use: the libraries are optional, and text captures need none.
    from dossier.captures.declared_encoding import find_declared_encoding  # noqa: PLC0415

    is_utf8 = _is_utf8(content)
    encoding = _find_marked_encoding(content) or find_declared_encoding(content, is_utf8=is_utf8)
    if not encoding:
        return _decode_utf8_or_older(content)
    decoded = _decode_with_replacement(content, encoding)
    if not is_utf8 or encoding.startswith("utf-") or content.isascii():
        return decoded
    if decoded.notices:
        return DecodedText(content.decode(), (f"the page says that it is in {encoding}, but it is in UTF-8, and was read so",))
    doubt = f"the page says that it is in {encoding}, and was read so, but it may be in UTF-8: look whether its letters are right"
    return DecodedText(decoded.text, (doubt,))


def _find_marked_encoding(content: bytes) -> str:
    """The encoding of the byte-order mark that bytes begin with; empty if there is none."""
    return next((encoding for mark, encoding in _BYTE_ORDER_MARKS if content.startswith(mark)), "")


def _decode_utf8_or_older(content: bytes) -> DecodedText:
    """Decode as UTF-8, wrong bytes as U+FFFD; but what has more wrong bytes than right sequences as Windows-1252."""
    decoded = _decode_with_replacement(content, "utf-8")
    if not decoded.notices or len(_UTF8_SEQUENCES.findall(content)) >= _count_replacements(content, decoded.text, "utf-8"):
        return decoded
    older = _decode_with_replacement(content, "cp1252")
    guess = "it does not say its encoding, and is not in UTF-8; it was read as Windows-1252: look whether its letters are right"
    return DecodedText(older.text, (guess, *older.notices))


def _decode_with_replacement(content: bytes, encoding: str) -> DecodedText:
    """Decode bytes; those that do not fit become U+FFFD, and the notice says how many and where the first is."""
    try:
        return DecodedText(content.decode(encoding).removeprefix(_BYTE_ORDER_MARK))
    except UnicodeDecodeError as error:
        text = content.decode(encoding, "replace")
        line = content.count(b"\n", 0, error.start) + 1
        count = _count_replacements(content, text, encoding)
        what = "1 place does" if count == 1 else f"{count:,} places do"
        place = f"byte {error.start + 1:,}, in line {line:,}"
        notice = f"{what} not fit its encoding, {encoding}, and became {_REPLACEMENT} (U+FFFD); the first is {place}"
        return DecodedText(text.removeprefix(_BYTE_ORDER_MARK), (notice,))


def _count_replacements(content: bytes, text: str, encoding: str) -> int:
    """Characters U+FFFD of a decoded text that were not in its bytes."""
    own = content.count(_REPLACEMENT.encode()) if encoding == "utf-8" else 0
    return text.count(_REPLACEMENT) - own


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True
