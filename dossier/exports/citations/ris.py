"""Items as RIS: lines of a tag and a value, for EndNote, Mendeley, Citavi and Zotero."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dossier.pages.citing.dates import CslDate, format_csl_date
from dossier.pages.citing.items import CslItem
from dossier.pages.citing.names import invert_name

RIS_TYPES = {
    "article-newspaper": "NEWS",
    "webpage": "ELEC",
    "report": "RPRT",
    "legislation": "STAT",
    "document": "GEN",
}


def format_ris(items: Iterable[CslItem]) -> str:
    """Items as RIS. Its lines end as the format asks; a name that is not to be split has a comma behind it."""
    records = ("".join(f"{tag}  - {_join_lines(value)}\r\n" for tag, value in _iter_tags(item)) for item in items)
    return "\r\n".join(records)


def _iter_tags(item: CslItem) -> Iterator[tuple[str, str]]:
    yield "TY", RIS_TYPES[item["type"]]
    yield "ID", item["id"]
    yield from (("AU", invert_name(name)) for name in item.get("author", ()))
    issued = item.get("issued")
    values = {
        "TI": item["title"],
        "T2": item.get("container-title"),
        "PB": item.get("publisher"),
        "PY": f"{issued['date-parts'][0][0]:04}" if issued and "date-parts" in issued else None,
        "DA": _format_ris_date(issued) if issued else None,
        "M3": item.get("genre"),
        "LA": item.get("language"),
        "UR": item.get("URL"),
        "Y2": _format_ris_date(item["accessed"]) if "accessed" in item else None,
        "DB": item.get("archive"),
        "AV": item.get("archive_location"),
        "N1": item.get("note"),
    }
    yield from ((tag, value) for tag, value in values.items() if value)
    yield "ER", ""


def _format_ris_date(date: CslDate) -> str:
    """`YYYY/MM/DD/other`, where `other` has what is not certain; of an interval or a literal its words."""
    if "literal" in date or len(date["date-parts"]) > 1:
        return format_csl_date(date)
    year, month, day = [*date["date-parts"][0], 0, 0][:3]
    other = format_csl_date(date) if "season" in date else "about" if date.get("circa") else ""
    return "/".join([f"{year:04}", f"{month:02}" if month else "", f"{day:02}" if day else "", other])


def _join_lines(text: str) -> str:
    """A text as one line: another would be read as a tag."""
    return " ".join(text.split())
