"""The example dossier with records that the questions of the data page find. All made up."""

from __future__ import annotations

from pathlib import Path

from dossier.loading.lock import update_lock, write_lock
from dossier.model import LOCK_FILE_NAME, Dossier
from support.corrections import CLAIMED, correct, correction
from support.dossiers import read_example

_SOURCE = """title: {title}
publisher: {publisher}
published: "{day}"
url: https://harbour.example/{name}
kind: {kind}
origin: {origin}
known_from: "{day}"
checked: {checked}
reviewed: "2024-06-01"
"""
_CLAIM = """claim: The ferry stops at night.
kind: fact
claimant: ferry-crew
made: "2024-05-03"
topics: [timetable]
verdict: imprecise
summary: It stops on three nights of a week.
explanation: The notice on the quay names three nights.
sources:
  - {id: quay-notice, bearing: contradicts, words: ['no ferry on three nights']}
  - {id: gazette-on-nights, bearing: contradicts}
would_change: Another notice.
reviewed: "2024-06-01"
figures:
  nights: {value: "3", measure: tickets-april-2024, source: quay-notice}
calculations:
  - {id: nights, expression: nights + nights, result: "6", states: "7", holds: false}
"""
_NOTE = """- id: at-night
  quote: "The new timetable brought people back"
  speaker: ferry-crew
  claim: stops-at-night
  stance: other-scope
  verdict: imprecise
  note: It speaks of the day.
  sources: [gazette-on-nights]
"""


def make_asked_example(example: Path) -> Dossier:
    """Add a notice with a report that is based on it and was not read in full, a claim that rests on both, and a correction."""
    annotations = example / "annotations"
    sources = {
        "quay-notice": ("Notice on the quay", "ferry-crew", "primary", "quay-notice", "2024-05-03", "read-in-full"),
        "gazette-on-nights": ("No ferry", "harbour-gazette", "news", "quay-notice", "2024-05-20", "not-read"),
    }
    for name, (title, publisher, kind, origin, day, checked) in sources.items():
        text = _SOURCE.format(name=name, title=title, publisher=publisher, kind=kind, origin=origin, day=day, checked=checked)
        (annotations / f"sources/{name}.yml").write_text(text, encoding="utf-8")
    (annotations / "claims/stops-at-night.yml").write_text(_CLAIM, encoding="utf-8")
    notes = annotations / "articles/harbour-gazette-2024-05-02.yml"
    notes.write_text(notes.read_text(encoding="utf-8") + _NOTE, encoding="utf-8")
    correct(example, CLAIMED, correction("2024-05-20", now="4,120 tickets, not people."))
    write_lock(example / LOCK_FILE_NAME, update_lock(read_example(example)))
    return read_example(example)
