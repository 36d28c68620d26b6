"""The time scale of the overview: maps dates to horizontal positions in percent of the drawing's width.

Time is divided into columns of equal length: one month, or more if there would be too many columns. Long periods in which no
event begins or ends are cut out of the scale, so that a single distant event does not compress all others.
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
"""Most columns of a scale; more could not be told apart on a wide screen."""

MAX_EMPTY_COLUMNS = 12
"""Longest run of empty columns that is kept; longer ones are cut out."""

MIN_RUN_COLUMNS = 3
"""Least width of a run in columns; a shorter one gets a margin on both sides, so that a single event is not squeezed."""


class TimeScaleRun(NamedTuple):
    """Consecutive columns without a cut.

    `first_column` and `last_column` (inclusive) count from the year 0; `start_offset` is the position of the first column
    in columns from the left edge of the drawing; `margin_columns` are empty columns on each side.
    """

    first_column: int
    last_column: int
    start_offset: int
    margin_columns: int

    @property
    def end_offset(self) -> int:
        """Right end including the margin, in columns from the left edge."""
        return self.start_offset + self.last_column - self.first_column + 1 + self.margin_columns


@dataclass(frozen=True)
class TimeScale:
    """A scale with cuts. Columns are `months_per_column` long; column 0 begins with January of the year 0."""

    months_per_column: int
    runs: tuple[TimeScaleRun, ...]

    @property
    def total_columns(self) -> int:
        """Width of the scale in columns, cuts and margins included."""
        return self.runs[-1].end_offset

    @cached_property
    def _first_columns(self) -> list[int]:
        """First column of each run, ascending, for binary search."""
        return [run.first_column for run in self.runs]

    def find_column(self, day: CalendarDay) -> int:
        """Number of the column that contains a day."""
        return _count_months(day) // self.months_per_column

    def compute_column_percent(self, column: int, fraction: float = 0) -> float:
        """Left edge of a column in percent of the width; `fraction` (0 to 1) moves the position into the column."""
        # The last run that begins at or before the column; each column of an event is in a run.
        run = self.runs[bisect_right(self._first_columns, column) - 1]
        return self.to_percent(run.start_offset + column - run.first_column + fraction)

    def compute_day_percent(self, day: CalendarDay, over: bool = False) -> float:
        """Position of a day's beginning in percent of the width, or of its end if `over`. A month counts 31 days."""
        column, months = divmod(_count_months(day), self.months_per_column)
        return self.compute_column_percent(column, (months + (day[2] - 1 + over) / 31) / self.months_per_column)

    def to_percent(self, columns: float) -> float:
        """Convert columns to percent of the width, rounded to two decimal places."""
        return round(100 * columns / self.total_columns, 2)

    def format_column(self, column: int) -> str:
        """The time covered by a column: "March 2019", "January to March 2019", "2019" or "2010 to 2019"."""
        year, month = divmod(column * self.months_per_column, 12)
        if self.months_per_column > 12:
            return f"{year} to {year + self.months_per_column // 12 - 1}"
        end = f" to {MONTH_NAMES[month + 2]}" if self.months_per_column == 3 else ""
        return str(year) if self.months_per_column == 12 else f"{MONTH_NAMES[month]}{end} {year}"

    @property
    def columns_with_runs(self) -> Iterator[tuple[TimeScaleRun, int, bool]]:
        """Yield run, column number, and whether a year begins in the column."""
        for run in self.runs:
            for column in range(run.first_column, run.last_column + 1):
                yield run, column, column * self.months_per_column // 12 != (column - 1) * self.months_per_column // 12

    def format_day(self, day: CalendarDay) -> str:
        """A day, rounded to the scale's precision: "March 2019", or "2019" if columns are a year or longer."""
        return f"{MONTH_NAMES[day[1] - 1]} {day[0]}" if self.months_per_column < 12 else str(day[0])

    @property
    def column_unit(self) -> str:
        """Name of the time covered by a column: "month", "quarter", "year", "10 years"."""
        return {1: "month", 3: "quarter", 12: "year"}.get(self.months_per_column, f"{self.months_per_column // 12} years")


def build_time_scale(dates: Iterable[Edtf]) -> TimeScale:
    """Build the scale with the shortest columns that keeps within `MAX_TIME_SCALE_COLUMNS` for the given dates."""
    months = {_count_months(day) for date in dates for day in get_date_bounds(date)}
    sizes = chain((1, 3), (12 * 10**power for power in count()))
    # Months, quarters, years, decades, centuries …: the longer the columns, the fewer remain, so the search ends.
    scales = (TimeScale(size, _group_columns_into_runs(sorted({month // size for month in months}))) for size in sizes)
    return next(scale for scale in scales if scale.total_columns <= MAX_TIME_SCALE_COLUMNS)


def _group_columns_into_runs(columns: Iterable[int]) -> tuple[TimeScaleRun, ...]:
    """Group occupied columns (ascending) into runs and place the runs from left to right, one column apart."""
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
    """First and last day of a date; an open or unknown end is left out."""
    return [*([date.start.earliest_day] if date.start else []), *([date.end.latest_day] if date.end else [])]


def _count_months(day: CalendarDay) -> int:
    """Months from January of the year 0 to the month of a day."""
    return day[0] * 12 + day[1] - 1
