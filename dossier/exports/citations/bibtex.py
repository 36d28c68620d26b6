"""Items as BibLaTeX: https://ctan.org/pkg/biblatex. Its dates are EDTF, as ours; readers of BibTeX take most of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from dossier.pages.citing.dates import CslDate
from dossier.pages.citing.items import CslItem
from dossier.pages.citing.names import CslName

BIBLATEX_TYPES = {
    "article-newspaper": "article",
    "webpage": "online",
    "report": "report",
    "legislation": "legislation",
    "document": "misc",
}
_CONTAINER_FIELDS = {"article": "journaltitle"}
_PUBLISHER_FIELDS = {"report": "institution"}

LANGUAGE_NAMES = {
    "de": "german",
    "en": "english",
    "en-GB": "british",
    "en-US": "american",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "pl": "polish",
    "pt": "portuguese",
    "sv": "swedish",
}
"""What LaTeX calls languages; of others nothing is said."""

_ESCAPES = {
    **{character: f"\\{character}" for character in "&%$#_"},
    # Readers of BibTeX count braces before they read what stands before one: `\}` would end the value.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
}
_ESCAPE_TABLE = str.maketrans(_ESCAPES)
_SEASON_OFFSET = 20


def format_bibtex(items: Iterable[CslItem]) -> str:
    """Items as BibLaTeX entries, in UTF-8."""
    return "\n".join(map(_format_entry, items))


def _format_entry(item: CslItem) -> str:
    entry_type = BIBLATEX_TYPES[item["type"]]
    lines = (f"  {name} = {{{value}}},\n" for name, value in _iter_fields(item, entry_type) if value)
    return f"@{entry_type}{{{item['id']},\n{''.join(lines)}}}\n"


def _iter_fields(item: CslItem, entry_type: str) -> Iterator[tuple[str, str]]:
    yield "author", " and ".join(map(_format_name, item.get("author", ())))
    yield "title", f"{{{_escape_latex(item['title'])}}}"  # in braces of its own, so that styles leave its capitals alone
    yield "entrysubtype", "newspaper" if item["type"] == "article-newspaper" else ""
    yield _CONTAINER_FIELDS.get(entry_type, "organization"), _escape_latex(item.get("container-title", ""))
    yield _PUBLISHER_FIELDS.get(entry_type, "publisher"), _escape_latex(item.get("publisher", ""))
    if "date-parts" in (issued := item.get("issued", {})):
        yield "date", _format_edtf(issued)
    yield "urldate", _format_edtf(item["accessed"]) if "accessed" in item else ""
    yield "url", _encode_address(item.get("URL", ""))
    yield "langid", LANGUAGE_NAMES.get(item.get("language", ""), "")
    undated = f"Published {issued['literal']}" if "literal" in issued else ""
    notes = [item.get("genre"), undated, item.get("note"), item.get("archive_location")]
    yield "note", ". ".join(_escape_latex(note.rstrip(".")) for note in notes if note)


def _format_edtf(date: CslDate) -> str:
    suffix = "~" if date.get("circa") else ""
    season = [date["season"] + _SEASON_OFFSET] if "season" in date else []
    moments = ([*parts, *season] for parts in date["date-parts"])
    return "/".join("-".join([f"{year:04}", *(f"{part:02}" for part in rest)]) + suffix for year, *rest in moments)


def _format_name(name: CslName) -> str:
    """A name; in braces of its own, "and" in it does not separate."""
    if "literal" in name:
        return f"{{{_escape_latex(name['literal'])}}}"
    return f"{_escape_latex(name['family'])}, {_escape_latex(name['given'])}"


def _escape_latex(text: str) -> str:
    return " ".join(text.split()).translate(_ESCAPE_TABLE)


def _encode_address(url: str) -> str:
    """An address, which LaTeX reads as it is, but for braces and backslashes."""
    return quote(url, safe="%/:=&?~#+!$,;'@()*[]-._|^")
