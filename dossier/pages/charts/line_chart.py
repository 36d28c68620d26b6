"""Layout of a line chart: points by time and value, lines between comparable points, and breaks between others.

Lengths are units of the SVG viewBox, origin at the top left; the page scales the whole drawing, text included. Below the plot,
each point has a lane with its number and the period it covers: a point in the middle of a period does not show how long that
is, and numbers in lanes cannot overlap each other or a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import NamedTuple

from dossier.model.dates.calendar_names import format_year
from dossier.model.numbers.charts import (
    PlottedFigure,
    find_measure_differences,
    get_closed_period,
    is_exact_number,
    to_decimal_years,
)
from dossier.model.numbers.formatting import format_exact_value

CHART_WIDTH, PLOT_LEFT, PLOT_RIGHT, PLOT_TOP, PLOT_BASE = 320.0, 44.0, 312.0, 16.0, 156.0
"""Width of the drawing; edges of the plot area, in which `PLOT_BASE` is the value 0 and `PLOT_TOP` the end of the scale."""
LANE_HEIGHT, LETTER_WIDTH = 22.0, 7.3
"""Height of a lane; upper bound of the width of a digit of its number, to keep numbers inside the drawing."""
OPEN_BOX_HEIGHT = 18.0
"""Height of the range box of a number without an upper bound."""
MAX_AXIS_YEARS = 7
"""Most year labels on the axis."""


class RangeBox(NamedTuple):
    """The range of an inexact number as y coordinates of its upper and lower bound; `is_open_ended` without an upper bound."""

    top: float
    bottom: float
    is_open_ended: bool


@dataclass(frozen=True)
class ChartPoint:
    """A figure: position (middle of its period, value) and printed number, with its range if the number is inexact.

    Its lane has a line from the beginning to the end of the period, and above it the number, which begins at `label_x`.
    """

    x: float
    y: float
    text: str
    box: RangeBox | None
    lane_left: float
    lane_right: float
    lane_y: float
    label_x: float


class PointConnector(NamedTuple):
    """The connection of two consecutive points: a line, or a break. `break_number` refers to its reason, 0 without one."""

    start: ChartPoint
    end: ChartPoint
    is_broken: bool
    break_number: int

    @property
    def middle(self) -> tuple[float, float]:
        """x and y of the break's mark."""
        return (self.start.x + self.end.x) / 2, (self.start.y + self.end.y) / 2


@dataclass(frozen=True)
class SeriesLayout:
    """The whole drawing. `value_ticks` are (y, label) and `year_ticks` (x, label); `axis_y` is the y of the time axis."""

    height: float
    axis_y: float
    points: list[ChartPoint]
    connectors: list[PointConnector]
    value_ticks: list[tuple[float, str]]
    year_ticks: list[tuple[float, str]]

    # Constants as class attributes, so that the template reads them from the layout.
    width, left, right, base, top = CHART_WIDTH, PLOT_LEFT, PLOT_RIGHT, PLOT_BASE, PLOT_TOP


def lay_out_series(plotted: Sequence[PlottedFigure], reasons: Mapping[str, str], scale_end: Fraction) -> SeriesLayout | None:
    """Lay out the figures of a series, in order of time.

    `reasons` maps the name of a figure to the reason for the break before it; `scale_end` is the value at the top of the plot.
    Returns None if a measure has no closed period, or if all periods together have no length.
    """
    spans = [to_decimal_years(period) for figure in plotted if (period := get_closed_period(figure.measure))]
    if len(spans) < len(plotted) or not (width := max(end for _, end in spans) - min(start for start, _ in spans)):
        return None
    first = min(start for start, _ in spans)

    def to_x(year: float) -> float:
        return PLOT_LEFT + (year - first) / width * (PLOT_RIGHT - PLOT_LEFT)

    def build_point(number: int, figure: PlottedFigure, start: float, end: float) -> ChartPoint:
        left, right, text = to_x(start), to_x(end), figure.printed_number.text
        return ChartPoint(
            x=to_x((start + end) / 2),
            y=_compute_value_y(figure.exact_number, scale_end),
            text=text,
            box=_compute_range_box(figure, scale_end),
            lane_left=left,
            lane_right=right,
            lane_y=PLOT_BASE + LANE_HEIGHT * number,
            label_x=min(left, CHART_WIDTH - len(text) * LETTER_WIDTH),  # further left if it would leave the drawing
        )

    points = [build_point(number, figure, *span) for number, (figure, span) in enumerate(zip(plotted, spans, strict=True), 1)]
    axis_y = PLOT_BASE + LANE_HEIGHT * len(points) + 12
    number_format = plotted[0].printed_number
    ticks_by_year = {year: to_x(year) for year in _select_axis_years(first, first + width)} or {floor(first): PLOT_LEFT}
    years = [(x, format_year(year)) for year, x in ticks_by_year.items()]
    ticks = [
        (_compute_value_y(value, scale_end), format_exact_value(value, number_format))
        for value in (Fraction(0), scale_end / 2, scale_end)
    ]
    return SeriesLayout(axis_y + 20, axis_y, points, list(_iter_point_connectors(plotted, points, reasons)), ticks, years)


def _compute_value_y(value: Fraction, scale_end: Fraction) -> float:
    """The y coordinate of a value; values above the scale are drawn at its end."""
    return PLOT_BASE - float(min(value / scale_end, Fraction(1))) * (PLOT_BASE - PLOT_TOP)


def _compute_range_box(figure: PlottedFigure, scale_end: Fraction) -> RangeBox | None:
    """The range of an inexact number; None for an exact one. A missing lower bound is drawn as 0."""
    printed = figure.printed_number
    if is_exact_number(printed):
        return None
    bottom = _compute_value_y(printed.low or Fraction(0), scale_end)
    if printed.high is None:
        return RangeBox(bottom - OPEN_BOX_HEIGHT, bottom, is_open_ended=True)
    return RangeBox(_compute_value_y(printed.high, scale_end), bottom, is_open_ended=False)


def _select_axis_years(first: float, last: float) -> range:
    """Years to label between two moments (decimal years): all, or only multiples of 5, 10, 50, 100 … if there are many."""
    begin, end, step = ceil(first), floor(last), 1
    while (end - begin) / step > MAX_AXIS_YEARS:
        step *= 2 if str(step).startswith("5") else 5
    return range(begin + -begin % step, end + 1, step)


def _iter_point_connectors(
    plotted: Sequence[PlottedFigure], points: Sequence[ChartPoint], reasons: Mapping[str, str]
) -> Iterator[PointConnector]:
    """Connect each point with the next. Figures of different measures get a break even if the record has no reason for it."""
    break_numbers = {name: number for number, name in enumerate(reasons, 1)}
    for (figure, start), (next_figure, end) in pairwise(zip(plotted, points, strict=True)):
        break_number = break_numbers.get(next_figure.input.name, 0)
        is_broken = bool(break_number or find_measure_differences(figure.measure, next_figure.measure))
        yield PointConnector(start, end, is_broken, break_number)
