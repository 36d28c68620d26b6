"""The events as a file of TimelineJS (https://timeline.knightlab.com/docs/json-format.html).

Its dates are a year, month and day as far as they are known; what a date in EDTF says beyond that stands in words in
`display_date`. An event whose beginning is not known stands at its end, since the format needs a start.
"""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from dossier.exports.registry import export
from dossier.model.dates.date_parts import CalendarDay, SingleDate
from dossier.model.dates.edtf import Edtf
from dossier.model.dossier import Dossier
from dossier.model.records import Event
from dossier.model.site.export_files import DATA_URL, TIMELINE_PATH
from dossier.pages.context import PageContext
from dossier.pages.markdown import render_inline_markdown, render_markdown_html

_DATE_PARTS = ("year", "month", "day")


@export(TIMELINE_PATH)
def build_timeline_file(published: Dossier) -> str:
    """The events in order of time. Without an address of the site, links are as seen from the file."""
    root = published.settings.site_url or "../" * DATA_URL.count("/")
    context = PageContext(published, DATA_URL)
    data: dict[str, Any] = {"events": [_build_slide(context, event, root) for event in published.sorted_events]}
    if published.settings.site_name:
        data["title"] = {"unique_id": "title", "text": {"headline": str(Markup.escape(published.settings.site_name))}}
    return json.dumps(data, ensure_ascii=False) + "\n"


def _build_slide(context: PageContext, event: Event, root: str) -> dict[str, Any]:
    voices = [context.dossier.voices[voice].label for voice in event.voices if voice in context.dossier.voices]
    return {
        "unique_id": event.id,
        **convert_edtf(event.date),
        # A slide has one group only; its name is shown as HTML, as every text is.
        **({"group": str(Markup.escape(voices[0]))} if voices else {}),
        "text": {
            "headline": render_inline_markdown(event.title, root, linked=False),
            "text": render_markdown_html(event.text, root) + _render_event_links(context, event, root),
        },
    }


def _render_event_links(context: PageContext, event: Event, root: str) -> Markup:
    """Links to the sources of an event, and to where it stands on the site."""
    sources = [context.dossier.sources[source_id] for source_id in event.sources if source_id in context.dossier.sources]
    links = [_render_link(root + source.page_url, context.format_source_label(source)) for source in sources]
    label = Markup("{}: " if links else "").format("Source" if len(links) == 1 else "Sources")
    here = _render_link(root + event.page_url, "On the timeline")
    return Markup("<p>{}{}{}{}</p>").format(label, Markup("; ").join(links), Markup(". " if links else ""), here)


def _render_link(address: str, text: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address, text)


def convert_edtf(date: Edtf) -> dict[str, Any]:
    """A date as `start_date`, `end_date` where it lasts longer than one day, month or year, and `display_date` in words."""
    start, end = date.start or date.end, date.end
    assert start, "an interval has at least one date"
    dates = {"start_date": _describe_day(start.earliest_day, _count_parts(start))}
    if end and (last := _describe_day(end.latest_day, _count_parts(end))) != dates["start_date"]:
        dates["end_date"] = last
    return {**dates, "display_date": date.date_in_words}


def _count_parts(date: SingleDate) -> int:
    """How many of year, month and day tell where a date begins and ends. What is no day begins and ends with a month."""
    if date.earliest_day == date.latest_day:
        return 3
    return 1 if (date.earliest_day[1], date.latest_day[1]) == (1, 12) else 2


def _describe_day(day: CalendarDay, count: int) -> dict[str, int]:
    return dict(zip(_DATE_PARTS[:count], day[:count], strict=True))
