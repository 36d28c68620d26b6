"""One bar for a whole, cut to scale into its parts, each with its words below it, and a bracket over those that have a tone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from dossier.model.numbers.formatting import format_exact_value
from dossier.model.records.chart import Chart
from dossier.pages.charts.rows import ChartFigure, find_chart_figure, format_share
from dossier.pages.charts.scene import LINE_HEIGHT, Box, Line, Scene, Tone, Words, measure_words, wrap_words
from dossier.pages.context import PageContext

WHOLE_BAR_HEIGHT, MAX_LABEL_WIDTH, LABEL_GAP = 64.0, 170.0, 14.0
REMAINDER_LABEL = "in none of them"


@dataclass(frozen=True)
class BarPart:
    """A part of the whole: its number and label as words, its tone, and the share of the whole that it takes."""

    text: str
    label: str
    tone: Tone
    share: Fraction
    figure: ChartFigure | None

    @property
    def share_text(self) -> str:
        """Its share in words."""
        return format_share(self.share)


@dataclass(frozen=True)
class PartsOfWhole:
    """A whole and its parts; the last is the remainder that is in no part, if there is one.

    `bracket` is the figure that the parts with a tone come to, `operation_text` the subtraction that gives the remainder.
    """

    whole: ChartFigure
    parts: list[BarPart]
    bracket: ChartFigure | None
    operation_text: str

    @property
    def remainder(self) -> BarPart | None:
        """What is in no part; None if nothing is left."""
        return self.parts[-1] if self.parts[-1].figure is None else None

    @property
    def bracket_span(self) -> tuple[Fraction, Fraction]:
        """Where the parts with a tone begin and end, as shares of the whole."""
        toned = [number for number, part in enumerate(self.parts) if part.tone in ("subject", "apart")]
        first, last = (toned[0], toned[-1]) if toned else (0, -1)
        return sum_shares(self.parts[:first]), sum_shares(self.parts[: last + 1])


def sum_shares(parts: Sequence[BarPart]) -> Fraction:
    """The shares of some parts together."""
    return sum((part.share for part in parts), Fraction(0))


def build_parts_of_whole(context: PageContext, chart: Chart, figures: Sequence[ChartFigure]) -> PartsOfWhole | None:
    """Cut the whole into its parts; None if it is missing or zero, or less than their sum, or if one has no number."""
    whole = find_chart_figure(context, chart.whole) if chart.whole else None
    if not whole or not whole.point or whole.point.exact_number <= 0:
        return None
    points = [figure.point for figure in figures if figure.point and figure.point.exact_number >= 0]
    if len(points) < len(chart.figures):
        return None
    total = whole.point.exact_number
    parts = [
        BarPart(figure.text, figure.label, figure.tone or "other", point.exact_number / total, figure)
        for figure, point in zip(figures, points, strict=True)
    ]
    rest = 1 - sum_shares(parts)
    if rest < 0:
        return None
    if rest:
        parts.append(BarPart(format_exact_value(rest * total), REMAINDER_LABEL, "missing", rest, None))
    operation = " − ".join(point.printed_number.text for point in (whole.point, *points))
    bracket = find_chart_figure(context, chart.bracket.figure, chart.bracket.label) if chart.bracket else None
    return PartsOfWhole(whole, parts, bracket, operation)


def draw_whole_bar(parts: PartsOfWhole, width: float) -> Scene:
    """Draw the bar over the whole width."""
    scene = Scene(width)
    top = scene.add_paragraph((0, 0), wrap_words(f"{parts.whole.label}: {parts.whole.text}", width)) + 6
    if parts.bracket:
        start, end = (float(share) * width for share in parts.bracket_span)
        words = f"{parts.bracket.lead} {parts.bracket.label}"
        top = scene.add_paragraph((start, top), wrap_words(words, width - start, "strong"), lead=parts.bracket.lead) + 6
        scene.lines.append(Line(f"M{start + 1:.1f} {top + 8:.1f}v-8H{end - 1:.1f}v8"))
        top += 12
    x = 0.0
    edges = []
    for part in parts.parts:
        scene.boxes.append(Box(x, top, float(part.share) * width, WHOLE_BAR_HEIGHT, part.tone))
        edges.append((x, float(part.share) * width))
        x += float(part.share) * width
    scene.height = _write_part_labels(scene, parts.parts, edges, top + WHOLE_BAR_HEIGHT)
    return scene


@dataclass(frozen=True)
class _PartLabel:
    """The words of a part, how wide they are, and where the part begins and ends."""

    number: str
    lines: list[str]
    width: float
    left: float
    right: float

    def write_words(self, scene: Scene, x: float, top: float, y: float) -> float:
        """Write the words at `y`, with a line up to the bar's foot at `top`; returns the y below them."""
        is_shifted = x < self.left
        stem = (self.left + self.right) / 2 if is_shifted else max(x, self.left + min(1, (self.right - self.left) / 2))
        scene.lines.append(Line(f"M{stem:.1f} {top:.1f}V{y + 2:.1f}", "guide"))
        start = x if is_shifted else x + 4
        scene.words.append(Words(start, y + 15, self.number, "strong"))
        return scene.add_paragraph((start, y + LINE_HEIGHT), self.lines)


def _build_part_label(part: BarPart, left: float, width: float) -> _PartLabel:
    number = f"{part.text}, {part.share_text}"
    lines = wrap_words(part.label, MAX_LABEL_WIDTH)
    return _PartLabel(number, lines, max(measure_words(number, "strong"), *map(measure_words, lines)) + 4, left, left + width)


def _write_part_labels(scene: Scene, parts: Sequence[BarPart], edges: Sequence[tuple[float, float]], top: float) -> float:
    """Write the words of each part below it, in one row if they fit; returns the y below all of them.

    Otherwise, from right to left, each stands below those that it would run into, so that no line to a part crosses any words.
    """
    labels = [_build_part_label(part, *edge) for part, edge in zip(parts, edges, strict=True)]
    if places := _place_in_one_row(labels, scene.width):
        return max(label.write_words(scene, x, top, top + 6) for label, x in zip(labels, places, strict=True)) + 4
    bottoms: list[tuple[float, float]] = []  # of each label to the right: where it begins, and the y below it
    for label in reversed(labels):
        x = min(label.left, scene.width - label.width)
        y = max((bottom for begin, bottom in bottoms if begin < x + label.width + LABEL_GAP), default=top) + 6
        bottoms.append((x, label.write_words(scene, x, top, y)))
    return max(bottom for _, bottom in bottoms) + 4


def _place_in_one_row(labels: Sequence[_PartLabel], width: float) -> list[float]:
    """Where the labels begin if each can begin below its part, or end at the edge of the drawing; else empty."""
    places: list[float] = []
    end = -LABEL_GAP
    for label in labels:
        x = min(max(label.left, end + LABEL_GAP), width - label.width)
        if x < end + LABEL_GAP or x > max(label.right - LABEL_GAP, label.left):
            return []
        places.append(x)
        end = x + label.width
    return places
