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

from dossier.model.numbers.charts import Plotted, closed, differences, exact, years
from dossier.model.numbers.evaluation import said

WIDTH, LEFT, RIGHT, TOP, BASE = 320.0, 44.0, 312.0, 16.0, 156.0
"""Of the sheet, and of the field in which values stand: from `BASE`, which is zero, up to `TOP`."""
LANE, LETTER, LINE = 10.0, 6.8, 13.0
"""Height of a lane; width of a letter and height of a line of words, with some room."""
OPEN = 18.0
"""Height of the box of a number that has no upper end."""
BEAD = 8.0
"""From one bead of a line to the next."""
NEAR = 4
"""Neighbours on either side that a label is kept clear of."""
MOST_YEARS = 7
"""Years that are named on the axis."""


class Place(NamedTuple):
    """A spot on the sheet, from its upper left corner."""

    x: float
    y: float


class Box(NamedTuple):
    """A rectangle on the sheet."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether two rectangles have a spot in common."""
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom


@dataclass(frozen=True)
class Point:
    """A figure on the sheet: where its value stands, its words and where they stand, and its lane.

    An inexact number has a box from its lowest to its highest value, open at the top where there is none.
    """

    at: Place
    text: str
    label: Place
    lane: tuple[float, float, float]
    """Left, right and height."""
    box: Box | None
    endless: bool


@dataclass(frozen=True)
class Step:
    """The way from one point to the next: a line, or the stubs of one with a cut between them that has a number."""

    lines: list[tuple[Place, Place]]
    cut: Place | None = None
    number: int = 0


@dataclass(frozen=True)
class Series:
    """Everything that is drawn; `ticks` and `years` are places on the axes with their words."""

    height: float
    axis: float
    points: list[Point]
    steps: list[Step]
    ticks: list[tuple[float, str]]
    years: list[tuple[float, str]]

    width, left, right, base, top = WIDTH, LEFT, RIGHT, BASE, TOP


def series(plotted: Sequence[Plotted], reasons: Mapping[str, str], top: Fraction) -> Series | None:
    """Lay out the figures of a series; None where one of them has no place in time."""
    spans = [years(period) for one in plotted if (period := closed(one.measure))]
    if len(spans) < len(plotted) or not (width := max(end for _, end in spans) - min(start for start, _ in spans)):
        return None
    first = min(start for start, _ in spans)

    def across(year: float) -> float:
        return LEFT + (year - first) / width * (RIGHT - LEFT)

    places = [
        Place(across((start + end) / 2), _height(one.number, top)) for one, (start, end) in zip(plotted, spans, strict=True)
    ]
    boxes = [_open(one, place, top) for one, place in zip(plotted, places, strict=True)]
    steps = list(_steps(plotted, places, reasons))
    labels = _labels([one.printed.text for one in plotted], places, boxes, steps)
    lanes = [(across(start), across(end), BASE + 2 + LANE * (number + 1)) for number, (start, end) in enumerate(spans)]
    points = [
        Point(place, one.printed.text, label, lane, box, one.printed.high is None)
        for one, place, label, lane, box in zip(plotted, places, labels, lanes, boxes, strict=True)
    ]
    axis = BASE + LANE * (len(points) + 1) + 4
    like = plotted[0].printed
    named = [(across(year), str(year)) for year in _named(first, first + width)] or [(LEFT, str(floor(first)))]
    ticks = [(_height(value, top), said(value, like)) for value in (Fraction(0), top / 2, top)]
    return Series(axis + 20, axis, points, steps, ticks, named)


def _height(value: Fraction, top: Fraction) -> float:
    return BASE - float(min(value / top, Fraction(1))) * (BASE - TOP)


def _open(one: Plotted, place: Place, top: Fraction) -> Box | None:
    """The box of an inexact number."""
    printed = one.printed
    if exact(printed):
        return None
    low, high = printed.low or Fraction(0), printed.high
    bottom = _height(low, top)
    return Box(place.x - 4, bottom - OPEN if high is None else _height(high, top), place.x + 4, bottom)


def _named(first: float, last: float) -> range:
    """The years that begin between two moments, or every fifth, tenth … of them where there are many."""
    begin, end, step = ceil(first), floor(last), 1
    while (end - begin) / step > MOST_YEARS:
        step *= 2 if str(step).startswith("5") else 5
    return range(begin + -begin % step, end + 1, step)


def _steps(plotted: Sequence[Plotted], places: Sequence[Place], reasons: Mapping[str, str]) -> Iterator[Step]:
    """What joins the points: nothing that cannot be compared is joined, whether or not a reason is written."""
    numbers = {name: number for number, name in enumerate(reasons, 1)}
    for (one, start), (other, end) in pairwise(zip(plotted, places, strict=True)):
        number = numbers.get(other.input.name, 0)
        way = hypot(end.x - start.x, end.y - start.y) or 1.0

        def along(length: float, start: Place = start, end: Place = end, way: float = way) -> Place:
            share = length / way
            return Place(start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share)

        if not number and not differences(one.measure, other.measure):
            yield Step([(start, end)])
        else:
            stubs = [(along(8), along(way / 2 - 10)), (along(way / 2 + 10), along(way - 8))] if way > 40 else []
            yield Step(stubs, along(way / 2), number)


def _labels(texts: Sequence[str], places: Sequence[Place], boxes: Sequence[Box | None], steps: Sequence[Step]) -> list[Place]:
    """Where the words of each point stand: clear of the points, cuts and words near them, if any place is."""
    taken = [[_around(place, 6, 6), *([box] if box else [])] for place, box in zip(places, boxes, strict=True)]
    for obstacles, step in zip(taken, steps, strict=False):
        obstacles += [box for line in step.lines for box in _beads(*line)]
        if step.cut:
            obstacles.append(Box(step.cut.x - 8, step.cut.y - 22, step.cut.x + 8, step.cut.y + 7))
    labels = []
    for number, (text, place, box) in enumerate(zip(texts, places, boxes, strict=True)):
        near = [one for obstacles in taken[max(number - NEAR, 0) : number + NEAR + 1] for one in obstacles]
        tried = list(_around_it(text, place, box))
        chosen = next((one for one in tried if not any(one.meets(other) for other in near)), tried[0])
        taken[number].append(chosen)
        labels.append(Place((chosen.left + chosen.right) / 2, chosen.bottom - 3))
    return labels


def _beads(start: Place, end: Place) -> Iterator[Box]:
    """A line as a row of small boxes, so that words are kept clear of it."""
    number = int(hypot(end.x - start.x, end.y - start.y) / BEAD) + 1
    for bead in range(number + 1):
        share = bead / number
        yield _around(Place(start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share), 2, 2)


def _around_it(text: str, place: Place, box: Box | None) -> Iterable[Box]:
    """Where words may stand: above, below, at the right, at the left, then further off; always on the sheet."""
    half = len(text) * LETTER / 2
    top, bottom = (box.top, box.bottom) if box else (place.y - 5, place.y + 5)
    above, below = top - 2 - LINE / 2, bottom + 2 + LINE / 2
    for x, y in (
        (place.x, above),
        (place.x, below),
        (place.x + half + 8, place.y),
        (place.x - half - 8, place.y),
        (place.x, below + LINE),
        (place.x, above - LINE),
        (place.x, below + 2 * LINE),
    ):
        yield _around(Place(max(min(x, WIDTH - half), half), min(max(y, LINE / 2), BASE - LINE / 2)), half, LINE / 2)


def _around(place: Place, half: float, high: float) -> Box:
    return Box(place.x - half, place.y - high, place.x + half, place.y + high)
