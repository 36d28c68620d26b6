"""The overview of the timeline: a row that tells how many events begin when, and a row for each voice. Geometry only.

Places are in percent of the width, as the axis has them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from dossier.model.dates.edtf import QUALIFIER_PHRASES, SingleDate
from dossier.model.records import Event, Voice
from dossier.pages.timeline.time_scale import TimeScale, build_time_scale, get_date_bounds

YEAR_LABEL_WIDTH_PERCENT = 11.5
"""What a year's label takes on a narrow screen."""


class EventCountBar(NamedTuple):
    """How many events begin in a column: its place and width, and its height in percent of the highest."""

    left: float
    width: float
    height: float


class EventMark(NamedTuple):
    """An event in a row: exactly in a `day` or a few, `about` somewhere between two days, or a `span` from one to another."""

    kind: str
    left: float
    right: float
    event: Event
    exact_ends: tuple[float, ...] = ()
    """Where a span's beginning and end are, as far as they are known exactly."""
    is_open_ended: bool = False
    """Whether it has no beginning or no end."""
    level: int = 0


class VoiceRow(NamedTuple):
    """The events of one voice, or of none."""

    voice: Voice | None
    marks: tuple[EventMark, ...]
    level_count: int
    """Spans that lie below each other."""


class YearLabel(NamedTuple):
    """A year below the rows, and where it begins; the `last` is written up to the end of the rows."""

    left: float
    text: str
    is_last: bool


@dataclass(frozen=True)
class TimelineOverview:
    """The whole overview."""

    scale: TimeScale
    event_count: int
    bars: tuple[EventCountBar, ...]
    rows: tuple[VoiceRow, ...]
    max_column_events: int
    """Events in the columns that have most of them, and those columns in words."""
    busiest_columns: tuple[str, ...]
    uncounted_events: int
    """Events that may begin in one column or another, so that they are counted in none."""
    first_date: str
    last_date: str
    """When the first event begins and the last one ends, in words."""

    @property
    def mark_kinds(self) -> set[str]:
        """Kinds of marks that occur, and `open` where a span has an end that is not known exactly."""
        marks = [mark for row in self.rows for mark in row.marks]
        return {mark.kind for mark in marks} | {"open" for mark in marks if mark.kind == "span" and len(mark.exact_ends) < 2}

    @property
    def baseline_stretches(self) -> Iterator[tuple[float, float]]:
        """Where the stretches of time begin and end."""
        return (
            (self.scale.to_percent(run.start_offset - run.margin_columns), self.scale.to_percent(run.end_offset))
            for run in self.scale.runs
        )

    @property
    def break_positions(self) -> Iterator[float]:
        """The middles of what is left out."""
        return (self.scale.to_percent(run.end_offset + 0.5) for run in self.scale.runs[:-1])

    @property
    def column_ticks(self) -> Iterator[tuple[float, bool]]:
        """Where each column begins, and whether a year begins there."""
        return ((self.scale.compute_column_percent(column), new) for _, column, new in self.scale.columns_with_runs)

    @cached_property
    def year_labels(self) -> tuple[YearLabel, ...]:
        """Years where they begin, and at the beginning of each stretch; of two too close, the later."""
        made: list[YearLabel] = []
        free = 100.0
        for run, column, new in reversed(list(self.scale.columns_with_runs)):
            left, year = self.scale.compute_column_percent(column), column * self.scale.months_per_column // 12
            last = left > 100 - YEAR_LABEL_WIDTH_PERCENT
            if (new or column == run.first_column) and (100 if last else left + YEAR_LABEL_WIDTH_PERCENT) <= free:
                made.append(YearLabel(left, str(year), last))
                free = min(left, 100 - YEAR_LABEL_WIDTH_PERCENT)
        return tuple(reversed(made))


def build_timeline_overview(events: Sequence[Event], voices: Mapping[str, Voice]) -> TimelineOverview | None:
    """The overview of some events, in order of time, by voices in their order; None where there are no events."""
    if not events:
        return None
    axis = build_time_scale(event.date for event in events)
    counts = _count_events_by_column(axis, events)
    most = max(counts.values(), default=0)
    days = [day for event in events for day in get_date_bounds(event.date)]
    return TimelineOverview(
        scale=axis,
        event_count=len(events),
        bars=tuple(
            EventCountBar(axis.compute_column_percent(column), axis.to_percent(1), round(100 * counts[column] / most, 1))
            for column in sorted(counts)
        ),
        rows=tuple(_iter_voice_rows(axis, events, voices)),
        max_column_events=most,
        busiest_columns=tuple(axis.format_column(column) for column in sorted(counts) if counts[column] == most),
        uncounted_events=len(events) - counts.total(),
        first_date=axis.format_day(min(days)),
        last_date=axis.format_day(max(days)),
    )


def _iter_voice_rows(axis: TimeScale, events: Sequence[Event], voices: Mapping[str, Voice]) -> Iterator[VoiceRow]:
    """A row for each voice that is heard, and one for events that name none."""
    by_voice: dict[str, list[Event]] = {name: [] for name in (*voices, "")}
    for event in events:
        for name in [name for name in dict.fromkeys(event.voices) if name in voices] or [""]:
            by_voice[name].append(event)
    for name, of_voice in by_voice.items():
        if of_voice:
            marks = tuple(_assign_span_levels(_build_event_mark(axis, event) for event in of_voice))
            yield VoiceRow(voices.get(name), marks, max(mark.level for mark in marks))


def _build_event_mark(axis: TimeScale, event: Event) -> EventMark:
    """Where an event lies in its row."""
    start, end = event.date.start, event.date.end
    left = axis.compute_day_percent(start.earliest_day) if start else 0.0
    right = axis.compute_day_percent(end.latest_day, over=True) if end else 100.0
    brief = _is_certain_moment(start) and _is_certain_moment(end) and right - left <= axis.to_percent(1)
    if start is not end and not brief:
        ends = tuple(place for place, moment in ((left, start), (right, end)) if _is_certain_moment(moment))
        return EventMark("span", left, right, event, ends, not (start and end))
    exact = brief and all(moment and moment.earliest_day == moment.latest_day for moment in (start, end))
    return EventMark("day" if exact else "about", left, right, event)


def _assign_span_levels(marks: Iterable[EventMark]) -> Iterator[EventMark]:
    """Marks with their spans, in order of time, on the first level below that is free."""
    ends: list[float] = []
    for mark in marks:
        if mark.kind != "span":
            yield mark
            continue
        level = next((place for place, end in enumerate(ends) if end + 1 < mark.left), len(ends))
        ends[level : level + 1] = [mark.right]
        yield mark._replace(level=level + 1)


def _count_events_by_column(axis: TimeScale, events: Iterable[Event]) -> Counter[int]:
    """Events by the column in which they begin, or end where no beginning is known, if it can be one column only."""
    moments = (event.date.start or event.date.end for event in events)
    columns = ((axis.find_column(moment.earliest_day), axis.find_column(moment.latest_day)) for moment in moments if moment)
    return Counter(first for first, last in columns if first == last)


def _is_certain_moment(moment: SingleDate | None) -> bool:
    return moment is not None and not moment.text.endswith(tuple(filter(None, QUALIFIER_PHRASES)))
