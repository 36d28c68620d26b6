"""Figures that must not be pooled: each in large, with what it counts, and as a bar on a scale of its own, all of one length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from dossier.model.numbers.charts import is_exact_number
from dossier.model.numbers.formatting import format_exact_value
from dossier.pages.charts.period_bars import compute_scale_end
from dossier.pages.charts.rows import ChartFigure
from dossier.pages.charts.scene import LINE_HEIGHT, Box, Scene, Words, wrap_words

MIN_COLUMN_WIDTH, COLUMN_GAP, APART_BAR_HEIGHT, APART_NUMBER_HEIGHT = 220.0, 28.0, 18.0, 44.0


@dataclass(frozen=True)
class ApartBar:
    """A figure, its certain and its possible end as shares of its scale, and the end of that scale as it is printed."""

    figure: ChartFigure
    certain: float
    possible: float
    scale_end: str


def build_apart_bars(figures: Sequence[ChartFigure]) -> list[ApartBar]:
    """A bar for each figure; empty if one has no exact number."""
    bars = []
    for figure in figures:
        if not figure.point or figure.point.exact_number < 0:
            return []
        point, printed = figure.point, figure.point.printed_number
        scale_end = compute_scale_end([point], shares_to_one=True)
        low, high = point.exact_number, point.exact_number
        if not is_exact_number(printed):
            low, high = printed.low or Fraction(0), scale_end if printed.high is None else printed.high
        bars.append(ApartBar(figure, float(low / scale_end), float(high / scale_end), format_exact_value(scale_end, printed)))
    return bars


def draw_apart_bars(bars: Sequence[ApartBar], width: float) -> Scene:
    """Draw figures side by side, as many as fit, and the others below."""
    scene = Scene(width)
    columns = max(1, min(len(bars), int((width + COLUMN_GAP) // (MIN_COLUMN_WIDTH + COLUMN_GAP))))
    column_width = (width - COLUMN_GAP * (columns - 1)) / columns
    y = 0.0
    for start in range(0, len(bars), columns):
        row = bars[start : start + columns]
        labels = [wrap_words(bar.figure.label, column_width) for bar in row]
        top = y + APART_NUMBER_HEIGHT + LINE_HEIGHT * max(map(len, labels)) + 8
        for place, (bar, lines) in enumerate(zip(row, labels, strict=True)):
            x = (column_width + COLUMN_GAP) * place
            scene.words.append(Words(x, y + 32, bar.figure.text, "number"))
            scene.add_paragraph((x, y + APART_NUMBER_HEIGHT), lines)
            scene.boxes.append(Box(x, top, column_width, APART_BAR_HEIGHT, "frame"))
            scene.boxes.append(Box(x, top, column_width * bar.certain, APART_BAR_HEIGHT, bar.figure.tone or "other"))
            if bar.possible > bar.certain:
                unsure = column_width * (bar.possible - bar.certain)
                scene.boxes.append(Box(x + column_width * bar.certain, top, unsure, APART_BAR_HEIGHT, "open"))
            scene.words.append(Words(x, top + APART_BAR_HEIGHT + 18, "0", "quiet"))
            scene.words.append(Words(x + column_width, top + APART_BAR_HEIGHT + 18, bar.scale_end, "quiet", "end"))
        y = top + APART_BAR_HEIGHT + 44
    scene.height = y - 20
    return scene
