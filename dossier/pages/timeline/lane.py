"""The timeline's overview on a narrow screen: one lane from top to bottom, year by year, with marks of those who spoke."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from dossier.model.dates.calendar_names import format_year
from dossier.model.dates.edtf import Edtf
from dossier.model.records import Article, Event, Voice
from dossier.pages.timeline.named_events import choose_named_events


class LaneEntry(NamedTuple):
    """An event in the lane with its voices, or an article without; `name` is empty for a mark without words."""

    record: Event | Article
    date: Edtf
    name: str
    voices: tuple[Voice | None, ...] = ()


class LaneYear(NamedTuple):
    """The entries of a year; `id` is that of its heading in the list, empty if there are articles only."""

    id: str
    heading: str
    entries: list[LaneEntry]


def build_lane(events: Sequence[Event], voices: Mapping[str, Voice], articles: Iterable[Article] = ()) -> list[LaneYear]:
    """The lane of events, given in order of time, and of published articles between them."""
    names = {event.id: name for event, name in choose_named_events(events)}
    entries = [
        LaneEntry(
            event,
            event.date,
            names.get(event.id, ""),
            tuple(voices[voice] for voice in dict.fromkeys(event.voices) if voice in voices) or (None,),
        )
        for event in events
    ]
    entries += [LaneEntry(article, date, article.name) for article in articles if (date := article.published) and date.start]
    years: defaultdict[int | None, list[LaneEntry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: entry.date.sort_key):
        years[entry.date.start.earliest_day[0] if entry.date.start else None].append(entry)
    return [_name_year(year, entries) for year, entries in years.items()]


def _name_year(year: int | None, entries: list[LaneEntry]) -> LaneYear:
    """A year with its heading; of events without a known beginning, that of theirs."""
    if year is None:
        return LaneYear("beginning-unknown", "Beginning unknown", entries)
    return LaneYear(str(year) if any(entry.voices for entry in entries) else "", format_year(year), entries)
