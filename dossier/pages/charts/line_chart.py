"""A series over time, laid out on a sheet of fixed size: points by value and time, what joins them, and where it is cut.

Lengths are units of the sheet; the page shows it as large as there is room, letters and all. Below the points, each has
a lane that shows its number and the period it covers: a point in the middle of a period hides how long that is, and
numbers in lanes of their own cover neither each other nor a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import NamedTuple

from dossier.model.numbers.charts import (
    PlottedFigure,
    find_measure_differences,
    get_closed_period,
    is_exact_number,
    to_decimal_years,
)
from dossier.model.numbers.evaluation import format_exact_value

CHART_WIDTH, PLOT_LEFT, PLOT_RIGHT, PLOT_TOP, PLOT_BASE = 320.0, 44.0, 312.0, 16.0, 156.0
"""Of the sheet, and of the field in which values stand: from `BASE`, which is zero, up to `TOP`."""
LANE_HEIGHT, LETTER_WIDTH = 22.0, 7.3
"""Height of a lane; width of a letter, with some room."""
OPEN_BOX_HEIGHT = 18.0
"""Height of the box of a number that has no upper end."""
MAX_AXIS_YEARS = 7
"""Years that are named on the axis."""


class ChartPosition(NamedTuple):
    """A spot on the sheet, from its upper left corner."""

    x: float
    y: float


class RangeBox(NamedTuple):
    """What an inexact number may be: from its highest to its lowest value, open at the top where there is none."""

    top: float
    bottom: float
    is_open_ended: bool


class PeriodLane(NamedTuple):
    """The period of a figure, from left to right, and where its number begins above it."""

    left: float
    right: float
    y: float
    label_x: float


@dataclass(frozen=True)
class ChartPoint:
    """A figure on the sheet: where its value stands, as it is printed, and its lane."""

    position: ChartPosition
    text: str
    lane: PeriodLane
    box: RangeBox | None


class PointConnector(NamedTuple):
    """The way from one point to the next: a line, or a break, which has a number where a reason is given."""

    start: ChartPosition
    end: ChartPosition
    is_broken: bool
    break_number: int

    @property
    def middle(self) -> ChartPosition:
        """Where a break is marked."""
        return ChartPosition((self.start.x + self.end.x) / 2, (self.start.y + self.end.y) / 2)


@dataclass(frozen=True)
class SeriesLayout:
    """Everything that is drawn; `ticks` and `years` are places on the axes with their words."""

    height: float
    axis_y: float
    points: list[ChartPoint]
    connectors: list[PointConnector]
    value_ticks: list[tuple[float, str]]
    year_ticks: list[tuple[float, str]]

    width, left, right, base, top = CHART_WIDTH, PLOT_LEFT, PLOT_RIGHT, PLOT_BASE, PLOT_TOP


def lay_out_series(plotted: Sequence[PlottedFigure], reasons: Mapping[str, str], top: Fraction) -> SeriesLayout | None:
    """Lay out the figures of a series; None where one of them has no place in time."""
    spans = [to_decimal_years(period) for one in plotted if (period := get_closed_period(one.measure))]
    if len(spans) < len(plotted) or not (width := max(end for _, end in spans) - min(start for start, _ in spans)):
        return None
    first = min(start for start, _ in spans)

    def to_x(year: float) -> float:
        return PLOT_LEFT + (year - first) / width * (PLOT_RIGHT - PLOT_LEFT)

    points = [
        ChartPoint(
            ChartPosition(to_x((start + end) / 2), _compute_value_y(one.exact_number, top)),
            one.printed_number.text,
            _build_period_lane(number, to_x(start), to_x(end), one.printed_number.text),
            _compute_range_box(one, top),
        )
        for number, (one, (start, end)) in enumerate(zip(plotted, spans, strict=True), 1)
    ]
    axis = PLOT_BASE + LANE_HEIGHT * len(points) + 12
    like = plotted[0].printed_number
    years = [(to_x(year), str(year)) for year in _select_axis_years(first, first + width)] or [(PLOT_LEFT, str(floor(first)))]
    ticks = [(_compute_value_y(value, top), format_exact_value(value, like)) for value in (Fraction(0), top / 2, top)]
    return SeriesLayout(axis + 20, axis, points, list(_iter_point_connectors(plotted, points, reasons)), ticks, years)


def _build_period_lane(number: int, left: float, right: float, text: str) -> PeriodLane:
    """The lane of the figure of a number, counted from 1; its words begin with the period, or end with the sheet."""
    return PeriodLane(left, right, PLOT_BASE + LANE_HEIGHT * number, min(left, CHART_WIDTH - len(text) * LETTER_WIDTH))


def _compute_value_y(value: Fraction, top: Fraction) -> float:
    return PLOT_BASE - float(min(value / top, Fraction(1))) * (PLOT_BASE - PLOT_TOP)


def _compute_range_box(one: PlottedFigure, top: Fraction) -> RangeBox | None:
    """The box of an inexact number."""
    printed = one.printed_number
    if is_exact_number(printed):
        return None
    bottom = _compute_value_y(printed.low or Fraction(0), top)
    if printed.high is None:
        return RangeBox(bottom - OPEN_BOX_HEIGHT, bottom, is_open_ended=True)
    return RangeBox(_compute_value_y(printed.high, top), bottom, is_open_ended=False)


def _select_axis_years(first: float, last: float) -> range:
    """The years that begin between two moments, or every fifth, tenth … of them where there are many."""
    begin, end, step = ceil(first), floor(last), 1
    while (end - begin) / step > MAX_AXIS_YEARS:
        step *= 2 if str(step).startswith("5") else 5
    return range(begin + -begin % step, end + 1, step)


def _iter_point_connectors(
    plotted: Sequence[PlottedFigure], points: Sequence[ChartPoint], reasons: Mapping[str, str]
) -> Iterator[PointConnector]:
    """What joins the points: nothing that cannot be compared is joined, whether or not a reason is written."""
    numbers = {name: number for number, name in enumerate(reasons, 1)}
    for (one, start), (other, end) in pairwise(zip(plotted, points, strict=True)):
        number = numbers.get(other.input.name, 0)
        is_broken = bool(number or find_measure_differences(one.measure, other.measure))
        yield PointConnector(start.position, end.position, is_broken, number)
