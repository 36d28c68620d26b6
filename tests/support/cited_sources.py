"""Sources of every kind, with dates of every form and texts that mean something to RIS, LaTeX or HTML, for tests of citations."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

AWKWARD_TITLE = r'100 % & "more": {ferries} cost $5_000 #1 ~ ^ \today <b>é</b> AND + =  TY  - BOOK'

_SOURCES: Mapping[str, str] = {
    "awkward": f"title: '{AWKWARD_TITLE}'\nauthors: [Ada de la Quay, 'Brown and Sons', The compiler, Zoë]\n"
    "kind: news\npublished: '2024-05~'",
    "decade": "title: A decade\nkind: research\npublished: 202X",
    "doubtful": "title: A doubtful month\nkind: opinion\npublished: 2024-05?",
    "interval": "title: Two days\nkind: law\npublished: 2024-05-02/2024-05-04",
    "month": "title: A day of a month\nauthors: [Ferry crew]\nkind: agency-copy\npublished: 2024-05-XX",
    "open": "title: Later on\nkind: press-release-copy\npublished: 2024-05-02/..",
    "season": "title: In summer\nkind: research\npublished: 2024-22~",
    "undated": "title: Nobody knows when\nkind: primary\npublished: not-established\nurl: not-established",
}


def add_cited_sources(root: Path) -> None:
    """Add them to a dossier, all published by the harbour office."""
    for name, text in _SOURCES.items():
        address = "" if "url:" in text else f"url: https://harbour.example/{name}?a=1&b={{x}}\n"
        path = root / f"annotations/sources/{name}.yml"
        path.write_text(
            f"{text}\n{address}publisher: harbour-office\norigin: {name}\nknown_from: not-established\n"
            "checked: opening-read\nread_on: '2024-06-01'\n"
            f"archived: {{url: https://archive.example/{name}, date: '2024-05-03'}}\n",
            encoding="utf-8",
        )
