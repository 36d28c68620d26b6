"""Pages that stand whole in an attribute, and that a browser shows in a frame: `srcdoc`, and `data:` addresses."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections.abc import Mapping
from urllib.parse import unquote_to_bytes

from dossier.captures.decoding import decode_html

_ADDRESS_ATTRIBUTES = {"iframe": "src", "frame": "src", "embed": "src", "object": "data"}
_DATA_ADDRESS = re.compile(r"\s*data:(text/|application/xhtml\+xml|image/svg\+xml)?([^,]*),(.*)", re.IGNORECASE | re.DOTALL)


def find_framed_page(tag: str, attributes: Mapping[str, str | None]) -> str:
    """The mark-up of the page that an element shows in a frame; empty if it stands elsewhere, or is no text.

    A `data:` address without a type is a text; one that cannot be decoded shows nothing.
    """
    if tag == "iframe" and attributes.get("srcdoc") is not None:
        return attributes["srcdoc"] or ""
    address = _DATA_ADDRESS.match(attributes.get(_ADDRESS_ATTRIBUTES.get(tag, "")) or "")
    if not address or (not address[1] and address[2].partition(";")[0]):
        return ""
    content = unquote_to_bytes(address[3])
    if address[2].lower().rstrip().endswith(";base64"):
        try:
            content = b64decode(b"".join(content.split()) + b"==")
        except binascii.Error:
            return ""
    return decode_html(content).text
