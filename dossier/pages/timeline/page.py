"""The timeline: events under the years in which they begin, an overview of them, and what they can be filtered by."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import NamedTuple, get_args

from dossier.model.dossier import Dossier
from dossier.model.records import Event, EventKind
from dossier.pages.context import Desk, newest
from dossier.pages.list_facets import Facet, Filters, filters
from dossier.pages.page import Heading, Page
from dossier.pages.timeline.overview import strip


class Year(NamedTuple):
    """A year's heading, its id, and the events that begin in it."""

    id: str
    name: str
    events: list[Event]


def timeline_page(shown: Dossier, preview: bool = False) -> Page:
    """Events in order of time, under the years in which they begin."""
    desk, years = Desk(shown, "timeline/", preview), years_of(shown)
    return Page(
        "timeline/",
        "Timeline",
        partial(_drawn, desk, years),
        "What happened when, and who said so.",
        headings=tuple(Heading(year.id, year.name) for year in years),
        ids=frozenset(shown.events),
        reviewed=newest(shown.events.values()),
    )


def years_of(shown: Dossier) -> list[Year]:
    """The events under their headings; what has no beginning stands first, under a heading of its own."""
    years: defaultdict[int | None, list[Event]] = defaultdict(list)
    for event in shown.chronology:
        years[event.date.start.earliest[0] if event.date.start else None].append(event)
    return [
        Year("beginning-unknown", "Beginning unknown", events) if year is None else Year(str(year), str(year), events)
        for year, events in years.items()
    ]


def _drawn(desk: Desk, years: list[Year]) -> str:
    shown = desk.dossier
    return desk.render(
        "timeline.html",
        years=years,
        strip=strip(shown.chronology, shown.voices),
        filters=_filters(shown),
        lasting=_lasting(shown),
    )


def _filters(shown: Dossier) -> Filters:
    labels = {voice.id: voice.label for voice in shown.voices.values()}
    facets = [
        Facet[Event]("kind", "Kind", lambda event: (event.kind,), spoken(get_args(EventKind))),
        Facet[Event]("voice", "Voice", lambda event: event.voices, labels),
    ]
    return filters(shown.events, facets, "event", find=True)


def _lasting(shown: Dossier) -> list[Event]:
    """Events that are dated by a beginning and an end."""
    dates = ((event, event.date.start, event.date.end) for event in shown.chronology)
    return [event for event, start, end in dates if start and end and start is not end]


def spoken(names: tuple[str, ...]) -> dict[str, str]:
    """Names of kinds in words: "data-period" as "Data period"."""
    return {name: name.replace("-", " ").capitalize() for name in names}
