"""The overview of the timeline: a row that tells how many events begin when, and a row for each voice. Geometry only.

Places are in percent of the width, as the axis has them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from dossier.model.dates.edtf import QUALIFIERS, Moment
from dossier.model.records import Event, Voice
from dossier.pages.timeline.time_scale import Axis, axis_of, bounds

MOST_MARKS = 300
"""Events up to which each is drawn; of more, a row says only how many begin in each column."""

MOST_LEVELS = 3
"""Spans that are drawn below each other where they overlap; further ones are drawn over the last."""

LABEL_WIDTH = 11.5
"""What a year's label takes on a narrow screen."""


class Bar(NamedTuple):
    """How many events begin in a column: its place and width, and its height in percent of the highest."""

    left: float
    width: float
    height: float


class Mark(NamedTuple):
    """An event in a row: exactly in a `day` or a few, `about` somewhere between two days, or a `span` from one to another."""

    kind: str
    left: float
    right: float
    event: Event
    ends: tuple[float, ...] = ()
    """Where a span's beginning and end are, as far as they are known exactly."""
    endless: bool = False
    """Whether it has no beginning or no end."""
    level: int = 0


class Row(NamedTuple):
    """The events of one voice, or of none: drawn one by one, or counted where they are many."""

    voice: Voice | None
    number: int
    marks: tuple[Mark, ...]
    bars: tuple[Bar, ...]
    levels: int
    """Spans that lie below each other."""


class Label(NamedTuple):
    """A year below the rows, and where it begins; the `last` is written up to the end of the rows."""

    left: float
    words: str
    last: bool


@dataclass(frozen=True)
class Strip:
    """The whole overview."""

    axis: Axis
    number: int
    bars: tuple[Bar, ...]
    rows: tuple[Row, ...]
    most: int
    """Events in the columns that have most of them, and those columns in words."""
    busiest: tuple[str, ...]
    uncounted: int
    """Events that may begin in one column or another, so that they are counted in none."""
    first: str
    last: str
    """When the first event begins and the last one ends, in words."""

    @property
    def kinds(self) -> set[str]:
        """Kinds of marks that occur, and `open` where a span has an end that is not known exactly."""
        marks = [mark for row in self.rows for mark in row.marks]
        return {mark.kind for mark in marks} | {"open" for mark in marks if mark.kind == "span" and len(mark.ends) < 2}

    @property
    def lines(self) -> Iterator[tuple[float, float]]:
        """Where the stretches of time begin and end."""
        return ((self.axis.percent(run.start - run.margin), self.axis.percent(run.end)) for run in self.axis.runs)

    @property
    def breaks(self) -> Iterator[float]:
        """The middles of what is left out."""
        return (self.axis.percent(run.end + 0.5) for run in self.axis.runs[:-1])

    @property
    def ticks(self) -> Iterator[tuple[float, bool]]:
        """Where each column begins, and whether a year begins there."""
        return ((self.axis.left(column), new) for _, column, new in self.axis.columns)

    @cached_property
    def labels(self) -> tuple[Label, ...]:
        """Years where they begin, and at the beginning of each stretch; of two too close, the later."""
        made: list[Label] = []
        free = 100.0
        for run, column, new in reversed(list(self.axis.columns)):
            left, year = self.axis.left(column), column * self.axis.months // 12
            last = left > 100 - LABEL_WIDTH
            if (new or column == run.first) and (100 if last else left + LABEL_WIDTH) <= free:
                made.append(Label(left, str(year), last))
                free = min(left, 100 - LABEL_WIDTH)
        return tuple(reversed(made))


def strip(events: Sequence[Event], voices: Mapping[str, Voice]) -> Strip | None:
    """The overview of some events, in order of time, by voices in their order; None where there are no events."""
    if not events:
        return None
    axis = axis_of(event.date for event in events)
    counts = _counts(axis, events)
    most = max(counts.values(), default=0)
    days = [day for event in events for day in bounds(event.date)]
    return Strip(
        axis=axis,
        number=len(events),
        bars=_bars(axis, counts, most),
        rows=tuple(_rows(axis, events, voices)),
        most=most,
        busiest=tuple(axis.said(column) for column in sorted(counts) if counts[column] == most),
        uncounted=len(events) - counts.total(),
        first=axis.dated(min(days)),
        last=axis.dated(max(days)),
    )


def _rows(axis: Axis, events: Sequence[Event], voices: Mapping[str, Voice]) -> Iterator[Row]:
    """A row for each voice that is heard, and one for events that name none."""
    by_voice: dict[str, list[Event]] = {name: [] for name in (*voices, "")}
    for event in events:
        for name in [name for name in dict.fromkeys(event.voices) if name in voices] or [""]:
            by_voice[name].append(event)
    counts = {name: _counts(axis, of_voice) for name, of_voice in by_voice.items()}
    most = max(max(numbers.values(), default=0) for numbers in counts.values())
    for name, of_voice in by_voice.items():
        if of_voice and len(events) > MOST_MARKS:
            yield Row(voices.get(name), len(of_voice), (), _bars(axis, counts[name], most), 0)
        elif of_voice:
            marks = tuple(_levelled(_mark(axis, event) for event in of_voice))
            yield Row(voices.get(name), len(of_voice), marks, (), max(mark.level for mark in marks))


def _mark(axis: Axis, event: Event) -> Mark:
    """Where an event lies in its row."""
    start, end = event.date.start, event.date.end
    left = axis.place(start.earliest) if start else 0.0
    right = axis.place(end.latest, over=True) if end else 100.0
    brief = _sure(start) and _sure(end) and right - left <= axis.percent(1)
    if start is not end and not brief:
        ends = tuple(place for place, moment in ((left, start), (right, end)) if _sure(moment))
        return Mark("span", left, right, event, ends, not (start and end))
    exact = brief and all(moment and moment.earliest == moment.latest for moment in (start, end))
    return Mark("day" if exact else "about", left, right, event)


def _levelled(marks: Iterable[Mark]) -> Iterator[Mark]:
    """Marks with their spans, in order of time, on the first level below that is free."""
    ends: list[float] = []
    for mark in marks:
        if mark.kind != "span":
            yield mark
            continue
        level = next((place for place, end in enumerate(ends) if end + 1 < mark.left), len(ends))
        level = min(level, MOST_LEVELS - 1)
        ends[level : level + 1] = [max(mark.right, *ends[level : level + 1], 0)]
        yield mark._replace(level=level + 1)


def _bars(axis: Axis, counts: Counter[int], most: int) -> tuple[Bar, ...]:
    width = axis.percent(1)
    return tuple(Bar(axis.left(column), width, round(100 * counts[column] / most, 1)) for column in sorted(counts))


def _counts(axis: Axis, events: Iterable[Event]) -> Counter[int]:
    """Events by the column in which they begin, or end where no beginning is known, if it can be one column only."""
    moments = (event.date.start or event.date.end for event in events)
    columns = ((axis.column(moment.earliest), axis.column(moment.latest)) for moment in moments if moment)
    return Counter(first for first, last in columns if first == last)


def _sure(moment: Moment | None) -> bool:
    return moment is not None and not moment.text.endswith(tuple(filter(None, QUALIFIERS)))
