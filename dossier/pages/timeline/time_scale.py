"""The time scale of the overview: maps dates to horizontal positions in percent of the drawing's width.

Time is divided into columns of equal length: one month, or more if there would be too many columns.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, count

from dossier.model.dates.date_parts import CalendarDay
from dossier.model.dates.edtf import Edtf

MAX_TIME_SCALE_COLUMNS = 120
"""Most columns of a scale; more could not be told apart on a wide screen."""


@dataclass(frozen=True)
class TimeScale:
    """A scale of `column_count` columns, each of `months_per_column` whole months, counted from January of the year 0.

    Each has a stroke on the axis.
    """

    months_per_column: int
    first_column: int
    column_count: int

    @property
    def columns(self) -> range:
        """The numbers of the columns."""
        return range(self.first_column, self.first_column + self.column_count)

    def get_year(self, column: int) -> int:
        """The year in which a column begins."""
        return column * self.months_per_column // 12

    def starts_year(self, column: int) -> bool:
        """Whether a year begins in a column."""
        return self.get_year(column) != self.get_year(column - 1)

    def compute_column_percent(self, column: float) -> float:
        """Left edge of a column in percent of the width; `column` may have a fraction, for a position inside of it."""
        return self.to_percent(column - self.first_column)

    def compute_day_percent(self, day: CalendarDay, over: bool = False) -> float:
        """Position of a day's beginning in percent of the width, or of its end if `over`. A month counts 31 days."""
        column, months = divmod(_count_months(day), self.months_per_column)
        return self.compute_column_percent(column + (months + (day[2] - 1 + over) / 31) / self.months_per_column)

    def to_percent(self, columns: float) -> float:
        """Convert columns to percent of the width, rounded to two decimal places."""
        return round(100 * columns / self.column_count, 2)


def build_time_scale(dates: Iterable[Edtf]) -> TimeScale:
    """Build the scale with the shortest columns that keeps within `MAX_TIME_SCALE_COLUMNS` for the given dates."""
    months = [_count_months(day) for date in dates for day in get_date_bounds(date)]
    for size in chain((1, 3), (12 * 10**power for power in count())):
        first, last = min(months) // size, max(months) // size
        if last - first < MAX_TIME_SCALE_COLUMNS:
            # A single column gets an empty one on both sides, so that its marks are not as wide as the drawing.
            return TimeScale(size, first, last - first + 1) if last > first else TimeScale(size, first - 1, 3)
    raise AssertionError("decades, centuries …: the longer the columns, the fewer there are")


def get_date_bounds(date: Edtf) -> list[CalendarDay]:
    """First and last day of a date; an open or unknown end is left out."""
    return [*([date.start.earliest_day] if date.start else []), *([date.end.latest_day] if date.end else [])]


def _count_months(day: CalendarDay) -> int:
    """Months from January of the year 0 to the month of a day."""
    return day[0] * 12 + day[1] - 1
