"""A citation as a plain text, in one style of ours. `tests/exports/plain.csl` is the same style for processors of CSL.

Not by `citeproc-py`: it needs 15 MB with lxml, 1.5 ms for each citation, and styles such as Harvard lose `circa` in it.
"""

from __future__ import annotations

from dossier.model.wording import quote_title
from dossier.pages.citing.dates import format_csl_date
from dossier.pages.citing.items import CslItem
from dossier.pages.citing.names import join_name


def format_citation(item: CslItem) -> str:
    """A citation without its address: 'Ada Wren. “Ferry to stop”. Harbour Gazette, 2 May 2024.'

    Of a page of ours, `genre` and `note` are a part of it; a site that is its own author is named once. “Inc.” ends its part.
    A description in brackets stands for a title that is not established, so it has no quotation marks, as The Chicago Manual
    of Style and APA have it; in files it is the title, since programs list and style nothing without one.
    """
    authors, container = (
        ", ".join(map(join_name, item.get("author", ()))),
        item.get("container-title") or item.get("publisher", ""),
    )
    container = "" if container == authors else container
    date = format_csl_date(item["issued"]) if "issued" in item else ""
    origin = f"{container}, {date}" if container and date else container or date[:1].upper() + date[1:]
    title = item["title"] if "reviewed-title" in item else quote_title(item["title"])
    is_ours = "genre" in item or "reviewed-title" in item
    parts = [authors, f"{title} {item['genre']}" if "genre" in item else title, origin, item.get("note") if is_ours else ""]
    return " ".join(part if part.endswith(".") else f"{part}." for part in parts if part)


def format_citation_with_address(item: CslItem) -> str:
    """A whole citation: with its address, and that of an archived copy."""
    archived = f"Archived: {item['archive_location']}" if "archive_location" in item else ""
    return " ".join(filter(None, [format_citation(item), item.get("URL"), archived]))
