"""Geometry of the timeline's overview on a wide screen: events by name, a row of marks for each voice, and the articles.

Horizontal positions and widths are in percent of the drawing's width, computed by `TimeScale`; heights in em. It counts nothing:
how many events there are in a month says what editors collected.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from dossier.model.dates.calendar_names import format_year
from dossier.model.dates.date_parts import SingleDate
from dossier.model.dates.edtf import QUALIFIER_PHRASES, Edtf
from dossier.model.records import Article, Event, Voice
from dossier.pages.timeline.named_events import NameLabel, choose_named_events, place_names
from dossier.pages.timeline.time_scale import TimeScale, build_time_scale, get_date_bounds

YEAR_LABEL_WIDTH_PERCENT = 11.5
"""Space for a year label on a narrow screen."""


BRIEF_MARK_WIDTH_PERCENT = 1.5
"""Space for the mark of a day: marks that are closer stand below each other."""

MAX_BRIEF_LEVELS = 3
"""Most lines of brief marks in a row; of more marks at one time, some cover others, and all stand in the list."""

BRIEF_LEVEL_HEIGHT, SPAN_LEVEL_HEIGHT, ROW_MARGIN = 0.8, 0.55, 0.75
"""Heights in em: of a line of brief marks, of a line of spans, and from a row's edge to the middle of its first line."""


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
    """Line of the row on which it is drawn: of spans, below all brief marks, from 1; of brief marks from 0."""
    is_repeated: bool = False
    """Whether the event is linked further up already, by its name or in the row of another voice."""


class ArticleMark(NamedTuple):
    """A published article, at the earliest day that its date can mean."""

    left: float
    article: Article
    level: int


class Guide(NamedTuple):
    """The part in a row of the line that leads from a name above to the mark of its event."""

    left: float
    event: Event
    end: float | None = None
    """Height in em at which it ends; None if the mark is in a row below."""


class VoiceRow(NamedTuple):
    """The marks of one voice; `voice` is None for events without a voice."""

    voice: Voice | None
    marks: tuple[EventMark, ...]
    brief_level_count: int
    span_level_count: int
    guides: tuple[Guide, ...] = ()

    @property
    def height(self) -> float:
        """Height of the row in em."""
        levels = max(self.brief_level_count, 1) * BRIEF_LEVEL_HEIGHT + self.span_level_count * SPAN_LEVEL_HEIGHT
        return round(2 * ROW_MARGIN - BRIEF_LEVEL_HEIGHT + levels, 2)

    def compute_middle(self, mark: EventMark) -> float:
        """Height in em at which a mark is drawn, from the row's upper edge."""
        if mark.kind != "span":
            return round(ROW_MARGIN + BRIEF_LEVEL_HEIGHT * mark.level, 2)
        brief = ROW_MARGIN + BRIEF_LEVEL_HEIGHT * (self.brief_level_count - 1)
        return round(brief + SPAN_LEVEL_HEIGHT * mark.level, 2)


class YearLabel(NamedTuple):
    """A year label at the position where the year begins; `is_last`: right-aligned at the end of the axis instead."""

    left: float
    text: str
    is_last: bool


@dataclass(frozen=True)
class TimelineOverview:
    """The whole overview, with the facts of its text alternative.

    `first_year` is that in which the first event begins, `last_year` that in which the last ends, in words.
    """

    scale: TimeScale
    event_count: int
    names: tuple[NameLabel, ...]
    rows: tuple[VoiceRow, ...]
    articles: tuple[ArticleMark, ...]
    first_year: str
    last_year: str

    @property
    def name_level_count(self) -> int:
        """Number of lines of names."""
        return 1 + max((name.level for name in self.names), default=-1)

    @property
    def article_level_count(self) -> int:
        """Number of lines of articles."""
        return 1 + max((mark.level for mark in self.articles), default=-1)

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


def build_timeline_overview(
    events: Sequence[Event], voices: Mapping[str, Voice], articles: Iterable[Article] = ()
) -> TimelineOverview | None:
    """Lay out events, given in order of time, with a row for each of `voices` that has any; None without events."""
    if not events:
        return None
    published = [(article, article.published) for article in articles if article.published and article.published.start]
    scale = build_time_scale([*(event.date for event in events), *(date for _, date in published)])
    names = place_names((_build_event_mark(scale, event).left, event, name) for event, name in choose_named_events(events))
    days = [day for event in events for day in get_date_bounds(event.date)]
    return TimelineOverview(
        scale=scale,
        event_count=len(events),
        names=tuple(names),
        rows=tuple(_lead_to_marks(_iter_voice_rows(scale, events, voices, {name.event.id for name in names}), names)),
        articles=tuple(_build_article_marks(scale, published)),
        first_year=format_year(min(days)[0]),
        last_year=format_year(max(days)[0]),
    )


def _iter_voice_rows(
    scale: TimeScale, events: Sequence[Event], voices: Mapping[str, Voice], linked: set[str]
) -> Iterator[VoiceRow]:
    """Yield a row for each voice with events, then one for events without a (known) voice. `linked` are ids linked already."""
    events_by_voice: dict[str, list[Event]] = {voice_id: [] for voice_id in (*voices, "")}
    for event in events:
        for voice_id in [voice_id for voice_id in dict.fromkeys(event.voices) if voice_id in voices] or [""]:
            events_by_voice[voice_id].append(event)
    for voice_id, voice_events in events_by_voice.items():
        if voice_events:
            made = (_build_event_mark(scale, event)._replace(is_repeated=event.id in linked) for event in voice_events)
            marks = tuple(_assign_levels(made))
            linked = linked | {event.id for event in voice_events}
            brief_levels = 1 + max((mark.level for mark in marks if mark.kind != "span"), default=-1)
            span_levels = max((mark.level for mark in marks if mark.kind == "span"), default=0)
            yield VoiceRow(voices.get(voice_id), marks, brief_levels, span_levels)


def _lead_to_marks(rows: Iterable[VoiceRow], names: Sequence[NameLabel]) -> Iterator[VoiceRow]:
    """Give rows the lines that lead from each name to the first mark of its event."""
    waiting = {name.event.id: name for name in names}
    for row in rows:
        ends = {mark.event.id: row.compute_middle(mark) for mark in row.marks if mark.event.id in waiting}
        yield row._replace(guides=tuple(Guide(name.left, name.event, ends.get(id)) for id, name in waiting.items()))
        waiting = {id: name for id, name in waiting.items() if id not in ends}


def _build_article_marks(scale: TimeScale, published: Iterable[tuple[Article, Edtf]]) -> Iterator[ArticleMark]:
    """Marks of articles in order of time."""
    ends: list[float] = []
    for article, date in sorted(published, key=lambda pair: (pair[1].sort_key, pair[0].slug)):
        left = scale.compute_day_percent(date.earliest_day)
        yield ArticleMark(left, article, _take_level(ends, left, left + BRIEF_MARK_WIDTH_PERCENT, MAX_BRIEF_LEVELS))


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


def _assign_levels(marks: Iterable[EventMark]) -> Iterator[EventMark]:
    """Put each mark on the first level on which it does not overlap an earlier one. Marks are in order of time."""
    brief_ends: list[float] = []
    span_ends: list[float] = []
    for mark in marks:
        if mark.kind == "span":
            yield mark._replace(level=1 + _take_level(span_ends, mark.left, mark.right + 1))
        else:
            end = max(mark.right, mark.left + BRIEF_MARK_WIDTH_PERCENT)
            yield mark._replace(level=_take_level(brief_ends, mark.left, end, MAX_BRIEF_LEVELS))


def _take_level(ends: list[float], left: float, right: float, max_levels: int | None = None) -> int:
    """Take the first level that is free at `left`, or the one that is free soonest, and note its new end in `ends`."""
    level = next((index for index, end in enumerate(ends) if end < left), len(ends))
    if level == max_levels:
        level = ends.index(min(ends))
    ends[level : level + 1] = [max(right, ends[level] if level < len(ends) else right)]
    return level


def _is_certain_moment(moment: SingleDate | None) -> bool:
    """Whether a date is known and has no EDTF qualifier ("~", "?", "%")."""
    return moment is not None and not moment.text.endswith(tuple(filter(None, QUALIFIER_PHRASES)))
