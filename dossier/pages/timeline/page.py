"""The timeline: events under the years in which they begin, an overview of them, and what they can be filtered by."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import NamedTuple, get_args

from dossier.model.dossier import Dossier
from dossier.model.records import Event, EventKind
from dossier.pages.context import PageContext, find_newest_review
from dossier.pages.list_facets import FilterForm, ListFilter, build_filter_form
from dossier.pages.page import Page, PageHeading
from dossier.pages.timeline.overview import build_timeline_overview


class TimelineYear(NamedTuple):
    """A year's heading, its id, and the events that begin in it."""

    id: str
    heading: str
    events: list[Event]


def build_timeline_page(shown: Dossier, preview: bool = False) -> Page:
    """Events in order of time, under the years in which they begin."""
    context, years = PageContext(shown, "timeline/", preview), group_events_by_year(shown)
    return Page(
        "timeline/",
        "Timeline",
        partial(_render_timeline, context, years),
        "What happened when, and who said so.",
        headings=tuple(PageHeading(year.id, year.heading) for year in years),
        anchor_ids=frozenset(shown.events),
        last_reviewed=find_newest_review(shown.events.values()),
    )


def group_events_by_year(shown: Dossier) -> list[TimelineYear]:
    """The events under their headings; what has no beginning stands first, under a heading of its own."""
    years: defaultdict[int | None, list[Event]] = defaultdict(list)
    for event in shown.sorted_events:
        years[event.date.start.earliest_day[0] if event.date.start else None].append(event)
    return [
        TimelineYear("beginning-unknown", "Beginning unknown", events)
        if year is None
        else TimelineYear(str(year), str(year), events)
        for year, events in years.items()
    ]


def _render_timeline(context: PageContext, years: list[TimelineYear]) -> str:
    shown = context.dossier
    return context.render_template(
        "timeline.html",
        years=years,
        strip=build_timeline_overview(shown.sorted_events, shown.voices),
        filters=_build_timeline_filters(shown),
        lasting=_list_lasting_events(shown),
    )


def _build_timeline_filters(shown: Dossier) -> FilterForm:
    labels = {voice.id: voice.label for voice in shown.voices.values()}
    facets = [
        ListFilter[Event]("kind", "Kind", lambda event: (event.kind,), format_kind_labels(get_args(EventKind))),
        ListFilter[Event]("voice", "Voice", lambda event: event.voices, labels),
    ]
    return build_filter_form(shown.events, facets, "event", find=True)


def _list_lasting_events(shown: Dossier) -> list[Event]:
    """Events that are dated by a beginning and an end."""
    dates = ((event, event.date.start, event.date.end) for event in shown.sorted_events)
    return [event for event, start, end in dates if start and end and start is not end]


def format_kind_labels(names: tuple[str, ...]) -> dict[str, str]:
    """Names of kinds in words: "data-period" as "Data period"."""
    return {name: name.replace("-", " ").capitalize() for name in names}
