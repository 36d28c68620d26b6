"""Geometry of the timeline's overview: a histogram of all events, and a row of marks for each voice.

Horizontal positions and widths are in percent of the drawing's width, computed by `TimeScale`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from dossier.model.dates.calendar_names import format_year
from dossier.model.dates.date_parts import SingleDate
from dossier.model.dates.edtf import QUALIFIER_PHRASES
from dossier.model.records import Event, Voice
from dossier.pages.timeline.time_scale import TimeScale, build_time_scale, get_date_bounds

YEAR_LABEL_WIDTH_PERCENT = 11.5
"""Space for a year label on a narrow screen."""


class EventCountBar(NamedTuple):
    """A bar of the histogram: left edge and width, and height in percent of the highest bar."""

    left: float
    width: float
    height: float


class EventMark(NamedTuple):
    """An event in a row, from `left` to `right`.

    `kind` is "day" for one or a few certain days, "about" for some time between the two positions, "span" for an interval.
    """

    kind: str
    left: float
    right: float
    event: Event
    exact_ends: tuple[float, ...] = ()
    """Positions of a span's ends that are certain; they get an end mark."""
    is_open_ended: bool = False
    """Whether a span has no known beginning or end."""
    level: int = 0
    """Line below the row's axis on which a span is drawn, from 1; 0 for other marks."""


class VoiceRow(NamedTuple):
    """The marks of one voice; `voice` is None for events without a voice."""

    voice: Voice | None
    marks: tuple[EventMark, ...]
    level_count: int
    """Number of lines of spans below the axis."""


class YearLabel(NamedTuple):
    """A year label at the position where the year begins; `is_last`: right-aligned at the end of the axis instead."""

    left: float
    text: str
    is_last: bool


@dataclass(frozen=True)
class TimelineOverview:
    """The whole overview, with the facts of its text alternative.

    `max_column_events` is the largest number of events in a column, and `fullest_column` the only column with that many, in
    words; empty if there are several. `uncounted_events` may lie in several columns and are therefore not in the histogram.
    `first_date` is the beginning of the first event in words, `last_date` the end of the last.
    """

    scale: TimeScale
    event_count: int
    bars: tuple[EventCountBar, ...]
    rows: tuple[VoiceRow, ...]
    max_column_events: int
    fullest_column: str
    uncounted_events: int
    first_date: str
    last_date: str

    @property
    def mark_kinds(self) -> set[str]:
        """Kinds of marks that occur, for the legend; with "open" if an end of a span is uncertain."""
        marks = [mark for row in self.rows for mark in row.marks]
        return {mark.kind for mark in marks} | {"open" for mark in marks if mark.kind == "span" and len(mark.exact_ends) < 2}

    @property
    def column_ticks(self) -> Iterator[tuple[float, bool]]:
        """Left edge of each column, and whether a year begins there."""
        return ((self.scale.compute_column_percent(column), self.scale.starts_year(column)) for column in self.scale.columns)

    @cached_property
    def year_labels(self) -> tuple[YearLabel, ...]:
        """Labels of years at their beginning and at that of the scale; if two are too close, only the later one.

        Built from right to left; `free_until` is the left end of the space that is taken already.
        """
        labels: list[YearLabel] = []
        free_until = 100.0
        for column in reversed(self.scale.columns):
            left = self.scale.compute_column_percent(column)
            is_last = left > 100 - YEAR_LABEL_WIDTH_PERCENT
            right = 100 if is_last else left + YEAR_LABEL_WIDTH_PERCENT
            if (self.scale.starts_year(column) or column == self.scale.first_column) and right <= free_until:
                labels.append(YearLabel(left, format_year(self.scale.get_year(column)), is_last))
                free_until = min(left, 100 - YEAR_LABEL_WIDTH_PERCENT)
        return tuple(reversed(labels))


def build_timeline_overview(events: Sequence[Event], voices: Mapping[str, Voice]) -> TimelineOverview | None:
    """Lay out events, given in order of time, with a row for each of `voices` that has any; None without events."""
    if not events:
        return None
    scale = build_time_scale(event.date for event in events)
    counts = _count_events_by_column(scale, events)
    most = max(counts.values(), default=0)
    fullest_columns = [column for column, count in counts.items() if count == most]
    days = [day for event in events for day in get_date_bounds(event.date)]
    return TimelineOverview(
        scale=scale,
        event_count=len(events),
        bars=tuple(
            EventCountBar(scale.compute_column_percent(column), scale.to_percent(1), round(100 * counts[column] / most, 1))
            for column in sorted(counts)
        ),
        rows=tuple(_iter_voice_rows(scale, events, voices)),
        max_column_events=most,
        fullest_column=scale.format_column(fullest_columns[0]) if len(fullest_columns) == 1 else "",
        uncounted_events=len(events) - counts.total(),
        first_date=scale.format_day(min(days)),
        last_date=scale.format_day(max(days)),
    )


def _iter_voice_rows(scale: TimeScale, events: Sequence[Event], voices: Mapping[str, Voice]) -> Iterator[VoiceRow]:
    """Yield a row for each voice with events, then one for events without a (known) voice."""
    events_by_voice: dict[str, list[Event]] = {voice_id: [] for voice_id in (*voices, "")}
    for event in events:
        for voice_id in [voice_id for voice_id in dict.fromkeys(event.voices) if voice_id in voices] or [""]:
            events_by_voice[voice_id].append(event)
    for voice_id, voice_events in events_by_voice.items():
        if voice_events:
            marks = tuple(_assign_span_levels(_build_event_mark(scale, event) for event in voice_events))
            yield VoiceRow(voices.get(voice_id), marks, max(mark.level for mark in marks))


def _build_event_mark(scale: TimeScale, event: Event) -> EventMark:
    """The mark of an event.

    An interval whose ends are certain and within the width of one column is too short for a span and drawn as a point in time.
    """
    start, end = event.date.start, event.date.end
    left = scale.compute_day_percent(start.earliest_day) if start else 0.0
    right = scale.compute_day_percent(end.latest_day, over=True) if end else 100.0
    is_brief = _is_certain_moment(start) and _is_certain_moment(end) and right - left <= scale.to_percent(1)
    if start is not end and not is_brief:
        ends = tuple(position for position, moment in ((left, start), (right, end)) if _is_certain_moment(moment))
        return EventMark("span", left, right, event, ends, not (start and end))
    is_exact = is_brief and all(moment and moment.earliest_day == moment.latest_day for moment in (start, end))
    return EventMark("day" if is_exact else "about", left, right, event)


def _assign_span_levels(marks: Iterable[EventMark]) -> Iterator[EventMark]:
    """Put each span on the first level on which it does not overlap an earlier one. Marks are in order of time."""
    ends: list[float] = []
    for mark in marks:
        if mark.kind != "span":
            yield mark
            continue
        level = next((index for index, end in enumerate(ends) if end + 1 < mark.left), len(ends))
        ends[level : level + 1] = [mark.right]
        yield mark._replace(level=level + 1)


def _count_events_by_column(scale: TimeScale, events: Iterable[Event]) -> Counter[int]:
    """Count events by the column in which they begin (or end, if the beginning is unknown).

    Events whose date may lie in several columns are left out.
    """
    moments = (event.date.start or event.date.end for event in events)
    columns = ((scale.find_column(moment.earliest_day), scale.find_column(moment.latest_day)) for moment in moments if moment)
    return Counter(first for first, last in columns if first == last)


def _is_certain_moment(moment: SingleDate | None) -> bool:
    """Whether a date is known and has no EDTF qualifier ("~", "?", "%")."""
    return moment is not None and not moment.text.endswith(tuple(filter(None, QUALIFIER_PHRASES)))
