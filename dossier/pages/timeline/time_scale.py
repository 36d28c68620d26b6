"""The axis of an overview: time from left to right, in percent of the width.

Time runs in columns of a month, or of more months where there would be too many to tell apart. Long stretches in which no
event begins or ends are left out, so that one event far away does not squeeze the rest.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, count
from typing import NamedTuple

from dossier.model.dates.edtf import CalendarDay, Edtf
from dossier.model.dates.suggestions import MONTH_NAMES

MAX_TIME_SCALE_COLUMNS = 120
"""Columns that can be told apart on a wide screen."""

MAX_EMPTY_COLUMNS = 12
"""Columns in a row in which nothing begins or ends before they are left out."""

MIN_RUN_COLUMNS = 3
"""Columns that a stretch of time takes at least, so that what stands alone has room."""


class TimeScaleRun(NamedTuple):
    """A stretch of time without a break: its first and last column, its place in columns, and its margin on both sides."""

    first_column: int
    last_column: int
    start_offset: int
    margin_columns: int

    @property
    def end_offset(self) -> int:
        """Where it ends, in columns from the left, margin included."""
        return self.start_offset + self.last_column - self.first_column + 1 + self.margin_columns


@dataclass(frozen=True)
class TimeScale:
    """Time from left to right: `months` in a column, counted from the year 0."""

    months_per_column: int
    runs: tuple[TimeScaleRun, ...]

    @property
    def total_columns(self) -> int:
        """All its columns and breaks."""
        return self.runs[-1].end_offset

    @cached_property
    def _first_columns(self) -> list[int]:
        return [run.first_column for run in self.runs]

    def find_column(self, day: CalendarDay) -> int:
        """The column of a day."""
        return _count_months(day) // self.months_per_column

    def compute_column_percent(self, column: int, part: float = 0) -> float:
        """Where a column begins, or some part of it further on."""
        run = self.runs[bisect_right(self._first_columns, column) - 1]
        return self.to_percent(run.start_offset + column - run.first_column + part)

    def compute_day_percent(self, day: CalendarDay, over: bool = False) -> float:
        """Where a day begins, or ends once it is `over`."""
        column, months = divmod(_count_months(day), self.months_per_column)
        return self.compute_column_percent(column, (months + (day[2] - 1 + over) / 31) / self.months_per_column)

    def to_percent(self, columns: float) -> float:
        """Columns from the left in percent of the width."""
        return round(100 * columns / self.total_columns, 2)

    def format_column(self, column: int) -> str:
        """A column in words: "March 2019", "January to March 2019", "2019", "2010 to 2019"."""
        year, month = divmod(column * self.months_per_column, 12)
        if self.months_per_column > 12:
            return f"{year} to {year + self.months_per_column // 12 - 1}"
        end = f" to {MONTH_NAMES[month + 2]}" if self.months_per_column == 3 else ""
        return str(year) if self.months_per_column == 12 else f"{MONTH_NAMES[month]}{end} {year}"

    @property
    def columns_with_runs(self) -> Iterator[tuple[TimeScaleRun, int, bool]]:
        """Every column with its run, and whether a year begins with it."""
        for run in self.runs:
            for column in range(run.first_column, run.last_column + 1):
                yield run, column, column * self.months_per_column // 12 != (column - 1) * self.months_per_column // 12

    def format_day(self, day: CalendarDay) -> str:
        """A day in words no finer than the axis: "March 2019", or the year where its columns are years."""
        return f"{MONTH_NAMES[day[1] - 1]} {day[0]}" if self.months_per_column < 12 else str(day[0])

    @property
    def column_unit(self) -> str:
        """What a column is, in words."""
        return {1: "month", 3: "quarter", 12: "year"}.get(self.months_per_column, f"{self.months_per_column // 12} years")


def build_time_scale(dates: Iterable[Edtf]) -> TimeScale:
    """The finest axis on which the columns of some dates can be told apart."""
    months = {_count_months(day) for date in dates for day in get_date_bounds(date)}
    sizes = chain((1, 3), (12 * 10**power for power in count()))
    axes = (TimeScale(size, _group_columns_into_runs(sorted({month // size for month in months}))) for size in sizes)
    return next(axis for axis in axes if axis.total_columns <= MAX_TIME_SCALE_COLUMNS)


def _group_columns_into_runs(columns: Iterable[int]) -> tuple[TimeScaleRun, ...]:
    """Stretches of columns that are not far apart, placed one after the other with a column's room between them."""
    stretches: list[list[int]] = []
    for column in columns:
        if stretches and column - stretches[-1][1] <= MAX_EMPTY_COLUMNS:
            stretches[-1][1] = column
        else:
            stretches.append([column, column])
    runs: list[TimeScaleRun] = []
    for first, last in stretches:
        margin = int(last - first + 1 < MIN_RUN_COLUMNS)
        runs.append(TimeScaleRun(first, last, (runs[-1].end_offset + 1 if runs else 0) + margin, margin))
    return tuple(runs)


def get_date_bounds(date: Edtf) -> list[CalendarDay]:
    """First and last day of a date, as far as it has them."""
    return [*([date.start.earliest_day] if date.start else []), *([date.end.latest_day] if date.end else [])]


def _count_months(day: CalendarDay) -> int:
    return day[0] * 12 + day[1] - 1
