"""Figures over the periods that they cover: each as long as its period and as high as its number, and none joined to another.

Figures whose periods lie apart stand on one ground line; where periods overlap, each figure has a lane of its own. Behind a share
stands a frame that is the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from dossier.model.dates.calendar_names import format_year
from dossier.model.numbers.charts import (
    PlottedFigure,
    get_closed_period,
    is_exact_number,
    is_share_of_one,
    to_decimal_years,
)
from dossier.pages.charts.rows import ChartFigure
from dossier.pages.charts.scene import LINE_HEIGHT, Box, Line, Scene, Words, measure_words, wrap_words

LANE_HEIGHT, COLUMN_HEIGHT, LANE_GAP, AXIS_HEIGHT = 38.0, 200.0, 14.0, 26.0
OPEN_HEIGHT = 12.0
"""Height of the dashed box on a number that has no upper bound."""
SCALE_END_STEPS = (1, 2, 3, 4, 5, 6, 8, 10)
"""Ends of a scale, to be multiplied by a power of ten."""
_TOUCHING_YEARS = 0.01


@dataclass(frozen=True)
class PeriodScale:
    """Moments, as decimal years, along the width of a drawing."""

    first: float
    last: float
    width: float

    def to_x(self, year: float) -> float:
        """The x of a moment."""
        return (year - self.first) / (self.last - self.first) * self.width

    def draw_axis(self, scene: Scene, top: float, bottom: float) -> float:
        """Draw a line for each turn of a year, and the years below; returns the y below them."""
        scene.lines.append(Line(f"M0 {bottom:.1f}H{self.width:.1f}"))
        turns = range(ceil(self.first), floor(self.last) + 1)
        step = max(1, ceil(len(turns) * 46 / self.width))
        for year in turns[::step]:
            x = self.to_x(year)
            scene.lines.append(Line(f"M{x:.1f} {top:.1f}V{bottom + 6:.1f}", "guide"))
            anchor = "start" if x < 16 else "end" if x > self.width - 16 else "middle"
            scene.words.append(Words(x, bottom + 20, format_year(year), "quiet", anchor))  # type: ignore[arg-type]
        if not turns:
            scene.words.append(Words(0, bottom + 20, format_year(floor(self.first)), "quiet"))
        return bottom + AXIS_HEIGHT


@dataclass(frozen=True)
class PeriodBar:
    """A figure, its period as decimal years, and the shares of the scale at which its certain and its possible part end."""

    figure: ChartFigure
    start: float
    end: float
    certain: float
    possible: float
    is_open_ended: bool
    is_share: bool


def build_period_bars(figures: Sequence[ChartFigure]) -> list[PeriodBar]:
    """The bars of some figures; empty if one has no exact number or no closed period, or if all periods have no length."""
    points = [figure.point for figure in figures if figure.point and figure.point.exact_number >= 0]
    periods = [get_closed_period(point.measure) for point in points]
    if not points or len(points) < len(figures) or not all(periods):
        return []
    scale_end = compute_scale_end(points, shares_to_one=True)
    bars = [
        _build_period_bar(figure, point, to_decimal_years(period), scale_end)
        for figure, point, period in zip(figures, points, periods, strict=True)
        if period
    ]
    return bars if max(bar.end for bar in bars) > min(bar.start for bar in bars) else []


def _build_period_bar(figure: ChartFigure, point: PlottedFigure, span: tuple[float, float], scale_end: Fraction) -> PeriodBar:
    printed = point.printed_number
    low, high = point.exact_number, point.exact_number
    if not is_exact_number(printed):
        low, high = printed.low or Fraction(0), printed.high or printed.low or Fraction(0)
    certain, possible = float(min(low / scale_end, Fraction(1))), float(min(high / scale_end, Fraction(1)))
    return PeriodBar(figure, *span, certain, possible, printed.high is None, is_share_of_one(printed))


def draw_period_bars(bars: Sequence[PeriodBar], width: float) -> Scene:
    """Draw figures on one ground line if their periods lie apart, else each in a lane."""
    scale = PeriodScale(min(bar.start for bar in bars), max(bar.end for bar in bars), width)
    ordered = sorted(bars, key=lambda bar: bar.start)
    is_apart = all(later.start >= earlier.end - _TOUCHING_YEARS for earlier, later in pairwise(ordered))
    return _draw_columns(scale, bars) if is_apart else _draw_lanes(scale, bars)


def _draw_columns(scale: PeriodScale, bars: Sequence[PeriodBar]) -> Scene:
    scene = Scene(scale.width)
    labels = [_list_label_lines(bar, scale.to_x(bar.end) - scale.to_x(bar.start) - 8) for bar in bars]
    top = LINE_HEIGHT * max(map(len, labels)) + 10
    ground = top + COLUMN_HEIGHT
    for bar, lines in zip(bars, labels, strict=True):
        highest = _draw_bar(scene, scale, bar, top, COLUMN_HEIGHT)
        x = scale.to_x(bar.start) + 2
        y = highest - 6 - LINE_HEIGHT * len(lines)
        scene.add_paragraph((x, y), lines[:1], "strong")
        scene.add_paragraph((x, y + LINE_HEIGHT), lines[1:])
    scene.height = scale.draw_axis(scene, top, ground)
    return scene


def _list_label_lines(bar: PeriodBar, width: float) -> list[str]:
    return [bar.figure.text, *wrap_words(bar.figure.label, width)]


def _draw_lanes(scale: PeriodScale, bars: Sequence[PeriodBar]) -> Scene:
    scene = Scene(scale.width)
    y = 0.0
    for bar in bars:
        lines = wrap_words(f"{bar.figure.lead} {bar.figure.label}", scale.width, "strong")
        x = min(scale.to_x(bar.start), scale.width - max(measure_words(line, "strong") for line in lines))
        top = scene.add_paragraph((max(x, 0), y), lines, lead=bar.figure.lead) + 5
        _draw_bar(scene, scale, bar, top, LANE_HEIGHT)
        y = top + LANE_HEIGHT + LANE_GAP
    scene.height = scale.draw_axis(scene, 0, y)
    return scene


def _draw_bar(scene: Scene, scale: PeriodScale, bar: PeriodBar, top: float, height: float) -> float:
    """Draw a bar in a strip from `top` down; returns the y of its upper end."""
    x, length, ground = scale.to_x(bar.start), scale.to_x(bar.end) - scale.to_x(bar.start), top + height
    scene.boxes.append(Box(x, ground - bar.certain * height, length, bar.certain * height, bar.figure.tone or "other"))
    unsure = OPEN_HEIGHT if bar.is_open_ended else (bar.possible - bar.certain) * height
    if unsure:
        scene.boxes.append(Box(x, ground - bar.certain * height - unsure, length, unsure, "open"))
    if bar.is_share:
        scene.boxes.append(Box(x, top, length, height, "frame"))
    return top if bar.is_share else ground - bar.certain * height - unsure


def compute_scale_end(points: Sequence[PlottedFigure], shares_to_one: bool = False) -> Fraction:
    """The end of a scale from 0: the smallest round number that is not less than any point.

    `shares_to_one`: if all points are shares of at most 1 (percentages), the scale ends at 1 instead.
    """
    all_shares = all(is_share_of_one(point.printed_number) for point in points)
    # A number without an upper bound ("over 4,000") needs room for its open part: a quarter more.
    most = max(
        point.exact_number
        if is_exact_number(point.printed_number)
        else point.printed_number.high or point.exact_number * Fraction(5, 4)
        for point in points
    )
    if not most or (shares_to_one and all_shares and most <= 1):
        return Fraction(1)
    size = Fraction(1)  # the greatest power of ten that is not more than the largest number
    while size * 10 <= most:
        size *= 10
    while size > most:
        size /= 10
    return next(size * step for step in SCALE_END_STEPS if size * step >= most)
