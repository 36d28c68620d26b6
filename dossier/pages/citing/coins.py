"""COinS: an item as a context object of OpenURL 1.0 (Z39.88-2004) in keys and values, for the `title` of an empty element.

The format is that of Dublin Core, with Zotero's name of the type as it writes it itself: the others know articles of
journals and books only.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from dossier.pages.citing.dates import format_csl_date
from dossier.pages.citing.items import CslItem

SAFE_CHARACTERS = "/:,;()!*@$'"
"""What stays as it is in a value, for brevity: nothing that separates keys or values."""

ZOTERO_TYPES = {
    "article-newspaper": "newspaperArticle",
    "webpage": "webpage",
    "report": "report",
    "legislation": "statute",
    "document": "document",
}


def format_context_object(item: CslItem) -> str:
    """An item as `key=value&…`, percent-encoded."""
    return "&".join(f"{key}={quote(value, safe=SAFE_CHARACTERS)}" for key, value in _iter_pairs(item) if value)


def _iter_pairs(item: CslItem) -> Iterator[tuple[str, str]]:
    yield "ctx_ver", "Z39.88-2004"
    yield "rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"
    yield "rft.type", ZOTERO_TYPES[item["type"]]
    yield "rft.title", item["title"]
    for name in item.get("author", ()):
        if "literal" in name:
            yield "rft.aucorp", name["literal"]
        else:
            yield from (("rft.aufirst", name["given"]), ("rft.aulast", name["family"]))
    yield "rft.source", item.get("container-title", "")
    yield "rft.publisher", item.get("publisher", "")
    yield "rft.date", format_csl_date(item["issued"]) if "issued" in item else ""
    yield "rft.language", item.get("language", "")
    yield "rft.identifier", item.get("URL", "")
