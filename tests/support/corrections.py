"""Writes corrections into records of the example."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from dossier.model import Dossier
from support.dossiers import read_example
from support.reading_pages import CLAIM, DIGEST, EVENT, GAZETTE, NOTES, SOURCE

REVIEWED = 'reviewed: "2024-06-01"'


class Item(NamedTuple):
    """A record to correct: its file, the line below which its corrections go, their indent; where it is read, and its name."""

    file: str
    line: str
    indent: str
    home: str
    name: str


CLAIMED = Item(CLAIM, REVIEWED, "", "claims/april-record/", "Claim “The ferry carried 4,120 passengers in April 2024.”")
EVENT_ITEM = Item(EVENT, REVIEWED, "", "timeline/#count-published", "Event “The harbour office publishes its count”")
NOTE = Item(
    NOTES,
    "note: The office gives no number for it.",
    "  ",
    f"articles/{GAZETTE}/#one-in-five",
    "Note on “One in five passengers” in “Ferry carried a record 4,120 passengers in April”",
)
ITEMS = [
    CLAIMED,
    EVENT_ITEM,
    NOTE,
    Item(SOURCE, REVIEWED, "", "sources/#harbour-office-count", "Source “Ferry passengers: April 2024”"),
    Item(DIGEST, REVIEWED, "", f"articles/{GAZETTE}/", "Article “Ferry carried a record 4,120 passengers in April”"),
    Item("annotations/parties.yml", "role: Local newspaper", "  ", "parties/#harbour-gazette", "Party “Harbour Gazette”"),
    Item("annotations/glossary.yml", "means: The right to one crossing.", "  ", "glossary/#ticket", "Glossary entry “Ticket”"),
]


def correction(date: str, kind: str = "correction", was: str = "One.", now: str = "Two.") -> str:
    """A correction as it is written in a record."""
    return f'{{date: "{date}", kind: {kind}, was: "{was}", now: "{now}", reason: A recount.}}'


def correct(root: Path, item: Item, written: str) -> None:
    """Write a correction into a record, above those that it has; with a day of review where it has none."""
    text = (root / item.file).read_text(encoding="utf-8")
    line, begin = f"{item.line}\n", f"{item.indent}corrections:\n"
    if begin not in text:
        review = "" if item.line == REVIEWED else f"{item.indent}{REVIEWED}\n"
        assert text.count(line) == 1
        text = text.replace(line, line + review + begin)
    (root / item.file).write_text(text.replace(begin, f"{begin}{item.indent}  - {written}\n"), encoding="utf-8")


def hostile_dossier(root: Path, hostile: str) -> Dossier:
    """The example with corrections of hostile words, written where no reader of files could refuse them."""
    correct(root, CLAIMED, correction("2024-05-20"))
    dossier = read_example(root)
    claim = dossier.claims["april-record"]
    words_of_it = {"was": hostile, "now": hostile, "reason": hostile}
    spoilt = tuple(one.model_copy(update=words_of_it) for one in claim.corrections)
    claim = claim.model_copy(update={"claim": hostile, "corrections": spoilt})
    return replace(dossier, claims={claim.id: claim})
