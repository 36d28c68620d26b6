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

from dossier.model.dates.edtf import Day, Edtf
from dossier.model.dates.suggestions import MONTHS

MOST_COLUMNS = 120
"""Columns that can be told apart on a wide screen."""

LONGEST_GAP = 12
"""Columns in a row in which nothing begins or ends before they are left out."""

FEWEST_COLUMNS = 3
"""Columns that a stretch of time takes at least, so that what stands alone has room."""


class Run(NamedTuple):
    """A stretch of time without a break: its first and last column, its place in columns, and its margin on both sides."""

    first: int
    last: int
    start: int
    margin: int

    @property
    def end(self) -> int:
        """Where it ends, in columns from the left, margin included."""
        return self.start + self.last - self.first + 1 + self.margin


@dataclass(frozen=True)
class Axis:
    """Time from left to right: `months` in a column, counted from the year 0."""

    months: int
    runs: tuple[Run, ...]

    @property
    def width(self) -> int:
        """All its columns and breaks."""
        return self.runs[-1].end

    @cached_property
    def _firsts(self) -> list[int]:
        return [run.first for run in self.runs]

    def column(self, day: Day) -> int:
        """The column of a day."""
        return _month(day) // self.months

    def left(self, column: int, part: float = 0) -> float:
        """Where a column begins, or some part of it further on."""
        run = self.runs[bisect_right(self._firsts, column) - 1]
        return self.percent(run.start + column - run.first + part)

    def place(self, day: Day, over: bool = False) -> float:
        """Where a day begins, or ends once it is `over`."""
        column, months = divmod(_month(day), self.months)
        return self.left(column, (months + (day[2] - 1 + over) / 31) / self.months)

    def percent(self, columns: float) -> float:
        """Columns from the left in percent of the width."""
        return round(100 * columns / self.width, 2)

    def said(self, column: int) -> str:
        """A column in words: "March 2019", "January to March 2019", "2019", "2010 to 2019"."""
        year, month = divmod(column * self.months, 12)
        if self.months > 12:
            return f"{year} to {year + self.months // 12 - 1}"
        end = f" to {MONTHS[month + 2]}" if self.months == 3 else ""
        return str(year) if self.months == 12 else f"{MONTHS[month]}{end} {year}"

    @property
    def columns(self) -> Iterator[tuple[Run, int, bool]]:
        """Every column with its run, and whether a year begins with it."""
        for run in self.runs:
            for column in range(run.first, run.last + 1):
                yield run, column, column * self.months // 12 != (column - 1) * self.months // 12

    def dated(self, day: Day) -> str:
        """A day in words no finer than the axis: "March 2019", or the year where its columns are years."""
        return f"{MONTHS[day[1] - 1]} {day[0]}" if self.months < 12 else str(day[0])

    @property
    def unit(self) -> str:
        """What a column is, in words."""
        return {1: "month", 3: "quarter", 12: "year"}.get(self.months, f"{self.months // 12} years")


def axis_of(dates: Iterable[Edtf]) -> Axis:
    """The finest axis on which the columns of some dates can be told apart."""
    months = {_month(day) for date in dates for day in bounds(date)}
    sizes = chain((1, 3), (12 * 10**power for power in count()))
    axes = (Axis(size, _runs(sorted({month // size for month in months}))) for size in sizes)
    return next(axis for axis in axes if axis.width <= MOST_COLUMNS)


def _runs(columns: Iterable[int]) -> tuple[Run, ...]:
    """Stretches of columns that are not far apart, placed one after the other with a column's room between them."""
    stretches: list[list[int]] = []
    for column in columns:
        if stretches and column - stretches[-1][1] <= LONGEST_GAP:
            stretches[-1][1] = column
        else:
            stretches.append([column, column])
    runs: list[Run] = []
    for first, last in stretches:
        margin = int(last - first + 1 < FEWEST_COLUMNS)
        runs.append(Run(first, last, (runs[-1].end + 1 if runs else 0) + margin, margin))
    return tuple(runs)


def bounds(date: Edtf) -> list[Day]:
    """First and last day of a date, as far as it has them."""
    return [*([date.start.earliest] if date.start else []), *([date.end.latest] if date.end else [])]


def _month(day: Day) -> int:
    return day[0] * 12 + day[1] - 1
