"""The timeline page: an overview drawing, a filter form, and the events grouped by the year in which they begin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from typing import NamedTuple, get_args

from dossier.model.dates.calendar_names import MONTH_NAMES, format_year
from dossier.model.dossier import Dossier
from dossier.model.records import Event, EventKind
from dossier.pages.context import PageContext, find_newest_review
from dossier.pages.list_filters import FilterForm, ListFilter, build_filter_form
from dossier.pages.page import Page, PageHeading
from dossier.pages.page_registry import index_page
from dossier.pages.timeline.lane import build_lane
from dossier.pages.timeline.overview import build_timeline_overview


class TimelineMonth(NamedTuple):
    """A month in which an event begins: element id (`2021-03`) and name."""

    id: str
    name: str


class TimelineYear(NamedTuple):
    """A heading of the timeline: element id, text, and the events that begin in that year."""

    id: str
    heading: str
    events: list[Event]

    @property
    def months(self) -> dict[str, TimelineMonth]:
        """The months in which its events begin, by the id of the first event of each; of some events no month is known."""
        return list_months_of_year(self.id, self.events)


@index_page("timeline/")
def build_timeline_page(dossier: Dossier, preview: bool = False) -> Page:
    """The timeline page, with a heading for each year."""
    context, years = PageContext(dossier, "timeline/", preview), group_events_by_year(dossier)
    return Page(
        "timeline/",
        "Timeline",
        partial(_render_timeline, context, years),
        "What happened when, and who said so.",
        search_aliases=("chronology", "dates", "events"),
        headings=tuple(PageHeading(year.id, year.heading) for year in years),
        anchor_ids=frozenset(dossier.events) | {month.id for year in years for month in year.months.values()},
        last_reviewed=find_newest_review(dossier.events.values()),
    )


def group_events_by_year(dossier: Dossier) -> list[TimelineYear]:
    """The events by year, in order of time. Events without a known beginning come first, under a heading of their own."""
    years: defaultdict[int | None, list[Event]] = defaultdict(list)
    for event in dossier.sorted_events:
        years[event.date.start.earliest_day[0] if event.date.start else None].append(event)
    return [
        TimelineYear("beginning-unknown", "Beginning unknown", events)
        if year is None
        else TimelineYear(str(year), format_year(year), events)
        for year, events in years.items()
    ]


def list_months_of_year(year: str, events: Iterable[Event]) -> dict[str, TimelineMonth]:
    """The months of a year in which events begin, by the id of the first event of each, given in order of time."""
    first_events: dict[int, str] = {}
    for event in events:
        if (month := _get_first_month(event)) and event.date.start and str(event.date.start.earliest_day[0]) == year:
            first_events.setdefault(month, event.id)
    return {
        event_id: TimelineMonth(f"{year}-{month:02}", MONTH_NAMES[month - 1]) for month, event_id in sorted(first_events.items())
    }


def _get_first_month(event: Event) -> int:
    """The month in which an event begins, 1 to 12; 0 if its date does not say."""
    start = event.date.start
    return start.earliest_day[1] if start and start.earliest_day[:2] == start.latest_day[:2] else 0


def _render_timeline(context: PageContext, years: list[TimelineYear]) -> str:
    """Lay out the overview, collect the filters, and render the page."""
    dossier = context.dossier
    return context.render_template(
        "timeline.html",
        years=years,
        overview=build_timeline_overview(dossier.sorted_events, dossier.voices, dossier.articles.values()),
        lane=build_lane(dossier.sorted_events, dossier.voices, dossier.articles.values()),
        filters=_build_timeline_filters(dossier),
    )


def _build_timeline_filters(dossier: Dossier) -> FilterForm:
    """Filters by kind of event and by voice, with a text field."""
    voice_labels = {voice.id: voice.label for voice in dossier.voices.values()}
    kind_labels = {kind: kind.replace("-", " ").capitalize() for kind in get_args(EventKind)}
    facets = [
        ListFilter[Event]("kind", "Kind", lambda event: (event.kind,), kind_labels),
        ListFilter[Event]("voice", "Voice", lambda event: event.voices, voice_labels),
    ]
    return build_filter_form(dossier.events, facets, "event", has_text_search=True)
