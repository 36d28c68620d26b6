"""The example dossier with many records of every kind, so that lists have filters and pages have shelves. All made up."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path

from dossier.loading.lock import update_lock, write_lock
from dossier.model import LOCK_FILE_NAME, Dossier
from support.dossiers import make_example, read_example

BOATS = "Amber Basalt Cedar Drift Ember Fern Garnet Heron Iris Juniper Kestrel Lark".split()
LEDGER = "boat-ledger"
"""The article that says a sentence about each boat."""

_ARTICLE = """---
title: The boats of the harbour
publisher: ledger
authors: not-established
published: "2023-11"
url: not-established
language: en-GB
print: excerpts
origin: [boat-list]
reviewed: "2024-06-01"
---
The ledger tells of each boat.
"""
_SENTENCE = (
    "The {boat} sails at dawn and comes back at dusk, whatever the weather is, and nobody on the pier has ever seen it late."
)


def make_large_example(folder: Path) -> Dossier:
    """Write the large example into a folder and read it as readers get it."""
    make_example(folder, lock=False)
    annotations = folder / "annotations"
    (folder / f"docs/articles/{LEDGER}.md").write_text(_ARTICLE, encoding="utf-8")
    text = "\n".join(["The boats of the harbour", *(_SENTENCE.format(boat=boat) for boat in BOATS)])
    (folder / f"originals/{LEDGER}.txt").write_text(f"{text}\n", encoding="utf-8")
    _append(annotations / "parties.yml", _PARTIES)
    _append(annotations / "glossary.yml", [f"- {{term: {boat}, means: A boat of the harbour.}}" for boat in BOATS])
    (annotations / f"articles/{LEDGER}.yml").write_text("\n".join(_NOTES) + "\n", encoding="utf-8")
    for kind, records in (("claims", _CLAIMS), ("events", _EVENTS), ("sources", _SOURCES)):
        for name, lines in records.items():
            (annotations / kind / f"{name}.yml").write_text(lines, encoding="utf-8")
    write_lock(folder / LOCK_FILE_NAME, update_lock(read_example(folder)))
    return read_example(folder).only_published()


def _append(file: Path, lines: list[str]) -> None:
    file.write_text("\n".join([file.read_text(encoding="utf-8").rstrip("\n"), *lines, ""]), encoding="utf-8")


def _name(boat: str) -> str:
    return f"boat-{boat.lower()}"


_PARTIES = ["- {id: ledger, name: The Ledger, kind: organisation, role: Lists boats}"]
_PARTIES += [
    f"- {{id: {_name(boat)}, name: Master of the {boat}, kind: {kind}, role: Sails the {boat}}}"
    for boat, kind in zip(BOATS, cycle(["person", "person", "organisation"]), strict=False)
]
_NOTES = [
    f"- {{id: {_name(boat)}, quote: The {boat} sails at dawn, speaker: {speaker}, claim: {_name(boat)}, {stance}, note: So.}}"
    for boat, speaker, stance in zip(
        BOATS,
        cycle(["text", *(_name(boat) for boat in BOATS[:5])]),
        cycle(["stance: as-stated", "stance: as-stated", "stance: stronger, verdict: imprecise"]),
        strict=False,
    )
]
_CLAIMS = {
    _name(boat): f"""claim: The {boat} sails at dawn.
kind: fact
claimant: {_name(boat)}
made: "{year}"
topics: [{topics}]
verdict: {verdict}
summary: It does on most days.
explanation: The list says so.
sources:
  - {{id: boat-list, bearing: supports, words: ["The {boat} sails at dawn"]}}
would_change: A list that says otherwise.
reviewed: "2024-06-01"
"""
    for boat, year, topics, verdict in zip(
        BOATS,
        cycle(["2019", "2021-05", "2023-11-02"]),
        cycle(["boats", "boats, dawn", "counts", "dawn"]),
        cycle(["supported", "imprecise", "unverifiable"]),
        strict=False,
    )
}
_EVENTS = {
    _name(boat): f"""date: "{date}"
title: The {boat} is launched
text: It has sailed ever since.
kind: {kind}
voices: [{voices}]
sources: [{source}]
reviewed: "2024-06-01"
"""
    for boat, date, kind, voices, source in zip(
        BOATS,
        cycle(["2019-05", "2020", "2021-03-04/2021-06-05", "2022/.."]),
        cycle(["report", "release", "letter"]),
        cycle(["government", "press", "government, press"]),
        ["boat-list", *(_name(boat) for boat in BOATS[1:])],
        strict=False,
    )
}
_SOURCES = {
    "boat-list" if place == 0 else _name(boat): f"""title: Papers of the {boat}
publisher: {publisher}
published: "{date}"
url: not-established
kind: {kind}
origin: {"boat-list" if place < 4 else _name(boat)}
known_from: "{date}"
checked: {checked}
reviewed: "2024-06-01"
"""
    for place, (boat, publisher, date, kind, checked) in enumerate(
        zip(
            BOATS,
            cycle(["harbour-office", "ledger", "harbour-office", "ferry-crew", _name("Amber")]),
            cycle(["2019-05", "2020-01-02", "2018"]),
            cycle(["primary", "news", "research"]),
            cycle(["read-in-full", "read-in-full", "opening-read"]),
            strict=False,
        )
    )
}
