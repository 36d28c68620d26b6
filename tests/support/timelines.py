"""Makes events and the dossiers of timelines out of nothing but dates."""

from __future__ import annotations

from dossier.model import Dossier
from dossier.model.dates.edtf import parse_edtf
from dossier.model.records import Event, Voice

SHAPES = ("square", "diamond", "pentagon", "disc", "ring", "triangle", "lines")
VOICES = {
    name: Voice(id=name, label=name.capitalize(), definition=f"The {name}.", shape=shape)
    for name, shape in zip(("company", "government", "police", "press", "privacy"), SHAPES, strict=False)
}


def dated(number: int, date: str, *voices: str) -> Event:
    made = {"id": f"e{number}", "title": f"Event {number}", "text": "Text.", "kind": "report", "date": parse_edtf(date)}
    return Event.model_construct(**made, voices=voices)


def of_events(*events: Event) -> Dossier:
    return Dossier(events={event.id: event for event in events}, voices=VOICES)
