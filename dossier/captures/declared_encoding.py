"""Which encoding a page says that it is in: its `<meta>` tags, as the HTML standard reads them, or its XML declaration."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, takewhile

import webencodings
from justhtml import stream
from justhtml.parser.stream import StreamEvent

_DECLARING_BYTES = 1024
"""Bytes at the start of a page within which the HTML standard wants the tag, wherever it stands."""

_MAX_HEAD_BYTES = 65_536
"""Bytes that are searched at most. Browsers read on to the end of the page's head."""

_HEAD_TAGS = frozenset("html head meta title base link style script noscript template object".split())
_XML_ENCODING = re.compile(r"\s*<\?xml[^>]{0,100}\sencoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE | re.ASCII)
_CHARSET = re.compile(r"charset[\t\n\f\r ]*=[\t\n\f\r ]*(?:\"([^\"]*)\"|'([^']*)'|([^\t\n\f\r \"';]+))", re.IGNORECASE)
"""The standard's "algorithm for extracting a character encoding from a meta element", for its attribute `content`."""

# A page in UTF-16 could not be searched for the name of its encoding; the standard says what it is then.
_MEANT_INSTEAD = {"utf-16le": "utf-8", "utf-16be": "utf-8", "x-user-defined": "windows-1252"}
_BROWSER_CODECS = {"big5": "big5hkscs", "euc-kr": "cp949", "gbk": "gb18030", "shift_jis": "cp932"}
"""Python's codec for encodings that the Encoding Standard extends, as browsers read them."""


def find_declared_encoding(content: bytes, *, is_utf8: bool) -> str:
    """Python's codec for the encoding that a page names, by the labels of the Encoding Standard; empty if there is none.

    Names that browsers do not know are passed over. An XML declaration is often left over from another encoding, and only
    counts where the page is not UTF-8.
    """
    # Tags are ASCII in every encoding that a page can name; each byte is a character here.
    start = content[:_MAX_HEAD_BYTES].decode("latin-1")
    tags = chain(stream(start[:_DECLARING_BYTES]), takewhile(_is_in_head, stream(start)))
    named = (name for label in _iter_meta_labels(tags) if (name := _look_up_codec(label)))
    declaration = None if is_utf8 else _XML_ENCODING.match(start)
    return next(named, "") or (_look_up_codec(declaration[1]) if declaration else "")


def _is_in_head(event: StreamEvent) -> bool:
    return event[0] != "start" or event[1][0] in _HEAD_TAGS


def _iter_meta_labels(events: Iterable[StreamEvent]) -> Iterator[str]:
    """The names in `<meta>` tags. The tokenizer has told them from what stands in a comment, script or title."""
    for event in events:
        if event[0] == "start" and event[1][0] == "meta" and (label := _read_meta_label(event[1][1])):
            yield label


def _read_meta_label(attributes: Mapping[str, str | None]) -> str:
    """The name that one `<meta>` tag gives; empty if it gives none."""
    if charset := attributes.get("charset"):
        return charset
    if (attributes.get("http-equiv") or "").lower() != "content-type":
        return ""
    match = _CHARSET.search(attributes.get("content") or "")
    return next(filter(None, match.groups()), "") if match else ""


def _look_up_codec(label: str) -> str:
    """Python's codec for a name; empty if browsers do not know it, or read nothing of what is in such an encoding."""
    encoding = webencodings.lookup(label)
    if encoding is None or encoding.name == "replacement":
        return ""
    name = _MEANT_INSTEAD.get(encoding.name, encoding.name)
    return _BROWSER_CODECS.get(name) or str(webencodings.lookup(name).codec_info.name)
