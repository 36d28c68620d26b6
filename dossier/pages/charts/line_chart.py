"""A series over time, laid out on a sheet of fixed size: points by value and time, what joins them, and where it is cut.

Lengths are units of the sheet; the page shows it as large as there is room, letters and all. Below the points, each has
a lane that shows the period it covers, since a point in the middle of a period hides how long it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor, hypot
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
LANE_HEIGHT, LETTER_WIDTH, TEXT_LINE_HEIGHT = 10.0, 6.8, 13.0
"""Height of a lane; width of a letter and height of a line of words, with some room."""
OPEN_BOX_HEIGHT = 18.0
"""Height of the box of a number that has no upper end."""
LINE_BOX_SPACING = 8.0
"""From one bead of a line to the next."""
MAX_LABEL_NEIGHBOURS = 4
"""Neighbours on either side that a label is kept clear of."""
MAX_AXIS_YEARS = 7
"""Years that are named on the axis."""


class ChartPosition(NamedTuple):
    """A spot on the sheet, from its upper left corner."""

    x: float
    y: float


class ChartBox(NamedTuple):
    """A rectangle on the sheet."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: ChartBox) -> bool:
        """Whether two rectangles have a spot in common."""
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom


@dataclass(frozen=True)
class ChartPoint:
    """A figure on the sheet: where its value stands, its words and where they stand, and its lane.

    An inexact number has a box from its lowest to its highest value, open at the top where there is none.
    """

    position: ChartPosition
    text: str
    label_position: ChartPosition
    lane: tuple[float, float, float]
    """Left, right and height."""
    box: ChartBox | None
    is_open_ended: bool


@dataclass(frozen=True)
class PointConnector:
    """The way from one point to the next: a line, or the stubs of one with a cut between them that has a number."""

    lines: list[tuple[ChartPosition, ChartPosition]]
    break_position: ChartPosition | None = None
    break_number: int = 0


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

    def across(year: float) -> float:
        return PLOT_LEFT + (year - first) / width * (PLOT_RIGHT - PLOT_LEFT)

    places = [
        ChartPosition(across((start + end) / 2), _compute_value_y(one.exact_number, top))
        for one, (start, end) in zip(plotted, spans, strict=True)
    ]
    boxes = [_compute_range_box(one, place, top) for one, place in zip(plotted, places, strict=True)]
    steps = list(_iter_point_connectors(plotted, places, reasons))
    labels = _place_point_labels([one.printed_number.text for one in plotted], places, boxes, steps)
    lanes = [
        (across(start), across(end), PLOT_BASE + 2 + LANE_HEIGHT * (number + 1)) for number, (start, end) in enumerate(spans)
    ]
    points = [
        ChartPoint(place, one.printed_number.text, label, lane, box, one.printed_number.high is None)
        for one, place, label, lane, box in zip(plotted, places, labels, lanes, boxes, strict=True)
    ]
    axis = PLOT_BASE + LANE_HEIGHT * (len(points) + 1) + 4
    like = plotted[0].printed_number
    named = [(across(year), str(year)) for year in _select_axis_years(first, first + width)] or [(PLOT_LEFT, str(floor(first)))]
    ticks = [(_compute_value_y(value, top), format_exact_value(value, like)) for value in (Fraction(0), top / 2, top)]
    return SeriesLayout(axis + 20, axis, points, steps, ticks, named)


def _compute_value_y(value: Fraction, top: Fraction) -> float:
    return PLOT_BASE - float(min(value / top, Fraction(1))) * (PLOT_BASE - PLOT_TOP)


def _compute_range_box(one: PlottedFigure, place: ChartPosition, top: Fraction) -> ChartBox | None:
    """The box of an inexact number."""
    printed = one.printed_number
    if is_exact_number(printed):
        return None
    low, high = printed.low or Fraction(0), printed.high
    bottom = _compute_value_y(low, top)
    return ChartBox(place.x - 4, bottom - OPEN_BOX_HEIGHT if high is None else _compute_value_y(high, top), place.x + 4, bottom)


def _select_axis_years(first: float, last: float) -> range:
    """The years that begin between two moments, or every fifth, tenth … of them where there are many."""
    begin, end, step = ceil(first), floor(last), 1
    while (end - begin) / step > MAX_AXIS_YEARS:
        step *= 2 if str(step).startswith("5") else 5
    return range(begin + -begin % step, end + 1, step)


def _iter_point_connectors(
    plotted: Sequence[PlottedFigure], places: Sequence[ChartPosition], reasons: Mapping[str, str]
) -> Iterator[PointConnector]:
    """What joins the points: nothing that cannot be compared is joined, whether or not a reason is written."""
    numbers = {name: number for number, name in enumerate(reasons, 1)}
    for (one, start), (other, end) in pairwise(zip(plotted, places, strict=True)):
        number = numbers.get(other.input.name, 0)
        way = hypot(end.x - start.x, end.y - start.y) or 1.0

        def along(length: float, start: ChartPosition = start, end: ChartPosition = end, way: float = way) -> ChartPosition:
            share = length / way
            return ChartPosition(start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share)

        if not number and not find_measure_differences(one.measure, other.measure):
            yield PointConnector([(start, end)])
        else:
            stubs = [(along(8), along(way / 2 - 10)), (along(way / 2 + 10), along(way - 8))] if way > 40 else []
            yield PointConnector(stubs, along(way / 2), number)


def _place_point_labels(
    texts: Sequence[str], places: Sequence[ChartPosition], boxes: Sequence[ChartBox | None], steps: Sequence[PointConnector]
) -> list[ChartPosition]:
    """Where the words of each point stand: clear of the points, cuts and words near them, if any place is."""
    taken = [[_make_centred_box(place, 6, 6), *([box] if box else [])] for place, box in zip(places, boxes, strict=True)]
    for obstacles, step in zip(taken, steps, strict=False):
        obstacles += [box for line in step.lines for box in _iter_line_boxes(*line)]
        if step.break_position:
            obstacles.append(
                ChartBox(
                    step.break_position.x - 8, step.break_position.y - 22, step.break_position.x + 8, step.break_position.y + 7
                )
            )
    labels = []
    for number, (text, place, box) in enumerate(zip(texts, places, boxes, strict=True)):
        near = [
            one
            for obstacles in taken[max(number - MAX_LABEL_NEIGHBOURS, 0) : number + MAX_LABEL_NEIGHBOURS + 1]
            for one in obstacles
        ]
        tried = list(_iter_label_boxes(text, place, box))
        chosen = next((one for one in tried if not any(one.overlaps(other) for other in near)), tried[0])
        taken[number].append(chosen)
        labels.append(ChartPosition((chosen.left + chosen.right) / 2, chosen.bottom - 3))
    return labels


def _iter_line_boxes(start: ChartPosition, end: ChartPosition) -> Iterator[ChartBox]:
    """A line as a row of small boxes, so that words are kept clear of it."""
    number = int(hypot(end.x - start.x, end.y - start.y) / LINE_BOX_SPACING) + 1
    for bead in range(number + 1):
        share = bead / number
        yield _make_centred_box(ChartPosition(start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share), 2, 2)


def _iter_label_boxes(text: str, place: ChartPosition, box: ChartBox | None) -> Iterable[ChartBox]:
    """Where words may stand: above, below, at the right, at the left, then further off; always on the sheet."""
    half = len(text) * LETTER_WIDTH / 2
    top, bottom = (box.top, box.bottom) if box else (place.y - 5, place.y + 5)
    above, below = top - 2 - TEXT_LINE_HEIGHT / 2, bottom + 2 + TEXT_LINE_HEIGHT / 2
    for x, y in (
        (place.x, above),
        (place.x, below),
        (place.x + half + 8, place.y),
        (place.x - half - 8, place.y),
        (place.x, below + TEXT_LINE_HEIGHT),
        (place.x, above - TEXT_LINE_HEIGHT),
        (place.x, below + 2 * TEXT_LINE_HEIGHT),
    ):
        yield _make_centred_box(
            ChartPosition(
                max(min(x, CHART_WIDTH - half), half), min(max(y, TEXT_LINE_HEIGHT / 2), PLOT_BASE - TEXT_LINE_HEIGHT / 2)
            ),
            half,
            TEXT_LINE_HEIGHT / 2,
        )


def _make_centred_box(place: ChartPosition, half: float, high: float) -> ChartBox:
    return ChartBox(place.x - half, place.y - high, place.x + half, place.y + high)
