"""Charts: figures of claims as drawings, each with its table beside it. Numbers come in exactly, places on a scale go out.

Bars are drawn in percent of whatever width they get, so that their words are set by the page and stay legible on a phone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from math import floor

from dossier.model.dossier import Dossier
from dossier.model.evidence import Measure
from dossier.model.numbers.charts import (
    Chart,
    ChartedFigure,
    PlottedFigure,
    find_plotted_figure,
    is_exact_number,
    is_share_of_one,
)
from dossier.model.numbers.evaluation import format_exact_value
from dossier.pages.charts.line_chart import SeriesLayout, lay_out_series
from dossier.pages.claim.calculations import FigureRow, build_figure_row
from dossier.pages.context import PageContext, find_newest_review
from dossier.pages.page import Page, PageHeading

MIN_VISIBLE_SHARE = Fraction(2, 100)
"""Of a bar, below which a piece is easily overlooked."""
SCALE_END_STEPS = (1, 2, 3, 4, 5, 6, 8, 10)
"""Where a scale may end, times a power of ten."""


@dataclass(frozen=True)
class ChartFigure:
    """A figure of a chart in its table: what it is called there, and what it counts."""

    figure_row: FigureRow
    label: str
    measure: Measure | None
    share_text: str = ""
    """Of the whole, where it is a part: 33.89 %."""


@dataclass(frozen=True)
class BarSegment:
    """A piece of a bar, in percent of its length: where it begins, how long it is, and how far it may reach beyond."""

    start: str
    length: str
    open_length: str = ""
    """Length of what an inexact number leaves open."""
    is_open_ended: bool = False
    """Whether it is open without an end."""
    middle: str = ""
    is_thin: bool = False
    """Whether it is so short that an arrow has to point it out."""
    is_in_second_half: bool = False
    """Whether it lies in the second half, so that its words stand at the right."""


@dataclass(frozen=True)
class PartsOfWhole:
    """A whole cut into parts: each figure with its piece of the bar, and what is in none of them."""

    whole: ChartFigure
    pieces: list[tuple[ChartFigure, BarSegment]]
    remainder: str
    remainder_share: str
    remainder_bar: BarSegment
    operation_text: str


@dataclass(frozen=True)
class FigurePanel:
    """A figure on a scale of its own, which ends at `top`."""

    figure: ChartFigure
    bar: BarSegment
    scale_end: str


@dataclass(frozen=True)
class ChartDrawing:
    """A chart as its page shows it. Of the three forms one is there, none where its figures cannot be drawn."""

    chart: Chart
    figures: list[ChartFigure]
    measures: list[Measure]
    parts: PartsOfWhole | None = None
    panels: list[FigurePanel] | None = None
    line_chart: SeriesLayout | None = None

    @property
    def series_breaks(self) -> list[tuple[str, str, str]]:
        """The breaks of a series that is drawn: between what and what, and why."""
        if not self.line_chart:
            return []
        labels = [one.label for one in self.figures]
        reasons, names = self.chart.break_reasons_by_figure, [mark.figure for mark in self.chart.figures]
        placed = ((names.index(name), because) for name, because in reasons.items())
        return [(labels[place - 1], labels[place], because) for place, because in placed if place]


def build_charts_page(shown: Dossier, preview: bool = False) -> Page:
    """All charts, each at its home address."""
    context = PageContext(shown, "charts/", preview)
    charts = shown.charts.values()
    headings = tuple(PageHeading(chart.id, chart.title) for chart in charts)
    description = "Figures of the dossier as drawings, each with its numbers and where they stand."
    return Page(
        "charts/",
        "Charts",
        partial(_render_charts_page, context),
        description,
        headings=headings,
        anchor_ids=frozenset(shown.charts),
        last_reviewed=find_newest_review(charts),
    )


def _render_charts_page(context: PageContext) -> str:
    """The HTML of the page."""
    return context.render_template(
        "charts.html", drawings=[build_chart_drawing(context, chart) for chart in context.dossier.charts.values()]
    )


def render_chart_part(context: PageContext, name: str) -> str:
    """A chart for a hand-written page; nothing where there is none of that id."""
    chart = context.dossier.charts.get(name)
    return context.render_template("parts/charts.html", drawings=[build_chart_drawing(context, chart)]) if chart else ""


def build_chart_drawing(context: PageContext, chart: Chart) -> ChartDrawing:
    """A chart in numbers and places."""
    numbers = list(_iter_chart_figures(context, chart))
    measures = {one.measure.id: one.measure for one in numbers if one.measure}
    made = ChartDrawing(chart, numbers, list(measures.values()))
    points = [
        point for mark in chart.figures if (point := _resolve_plotted_figure(context, mark.figure)) and point.exact_number >= 0
    ]
    if len(points) < len(chart.figures) or len(numbers) < len(points) or not points:
        return made
    match chart.form:
        case "parts":
            return ChartDrawing(chart, numbers, made.measures, parts=_build_parts_of_whole(context, chart, numbers, points))
        case "apart":
            return ChartDrawing(
                chart, numbers, made.measures, panels=[_build_figure_panel(*one) for one in zip(numbers, points, strict=True)]
            )
        case _:
            return ChartDrawing(
                chart,
                numbers,
                made.measures,
                line_chart=lay_out_series(points, chart.break_reasons_by_figure, compute_scale_end(points)),
            )


def _resolve_plotted_figure(context: PageContext, name: str) -> PlottedFigure | None:
    return find_plotted_figure(name, context.dossier.evaluator, context.dossier.measures)


def _iter_chart_figures(context: PageContext, chart: Chart) -> Iterator[ChartFigure]:
    """The figures in the order of the record, those that do not exist left out."""
    whole = _resolve_plotted_figure(context, chart.whole) if chart.whole else None
    for mark in chart.figures:
        if one := _build_chart_figure(context, mark):
            point = _resolve_plotted_figure(context, mark.figure)
            share = _format_share(point.exact_number / whole.exact_number) if point and whole and whole.exact_number else ""
            yield ChartFigure(one.figure_row, one.label, one.measure, share)


def _build_chart_figure(context: PageContext, mark: ChartedFigure) -> ChartFigure | None:
    found = context.dossier.evaluator.find_input(mark.figure)
    if not found:
        return None
    row = build_figure_row(context, found.claim, found.figure_key)
    return ChartFigure(row, mark.label or row.name, context.dossier.measures.get(found.figure.measure))


def _build_parts_of_whole(
    context: PageContext, chart: Chart, numbers: list[ChartFigure], points: list[PlottedFigure]
) -> PartsOfWhole | None:
    """The whole cut up; None where the whole is not there, or less than its parts."""
    whole, named = (
        (_resolve_plotted_figure(context, chart.whole), _build_chart_figure(context, ChartedFigure(figure=chart.whole)))
        if chart.whole
        else (None, None)
    )
    left = whole.exact_number - sum(point.exact_number for point in points) if whole else Fraction(-1)
    if not whole or not named or not whole.exact_number or left < 0:
        return None
    pieces, start = [], Fraction(0)
    for one, point in zip(numbers, points, strict=True):
        pieces.append((one, _build_bar_segment(start / whole.exact_number, point.exact_number / whole.exact_number)))
        start += point.exact_number
    operation = " − ".join([whole.printed_number.text, *(point.printed_number.text for point in points)])
    share = left / whole.exact_number
    return PartsOfWhole(
        named, pieces, format_exact_value(left), _format_share(share), _build_bar_segment(1 - share, share), operation
    )


def _build_figure_panel(one: ChartFigure, point: PlottedFigure) -> FigurePanel:
    """A figure from nothing to the end of its own scale; what an inexact number leaves open is drawn open."""
    top, printed = compute_scale_end([point], whole=True), point.printed_number
    if is_exact_number(printed):
        bar = _build_bar_segment(Fraction(0), point.exact_number / top)
    else:
        low, high = printed.low or Fraction(0), printed.high
        bar = BarSegment(
            "0", _format_bar_percent(low / top), _format_bar_percent(((high or top) - low) / top), is_open_ended=high is None
        )
    return FigurePanel(one, bar, format_exact_value(top, printed))


def compute_scale_end(points: list[PlottedFigure], whole: bool = False) -> Fraction:
    """Where a scale from zero ends: a round number that leaves room; for shares all of it, where the `whole` is wanted."""
    shares = all(is_share_of_one(point.printed_number) for point in points)
    most = max(
        point.exact_number
        if is_exact_number(point.printed_number)
        else point.printed_number.high or point.exact_number * Fraction(5, 4)
        for point in points
    )
    if not most or (whole and shares and most <= 1):
        return Fraction(1)
    size = Fraction(10) ** (len(str(int(most))) - 1) if most >= 1 else Fraction(1)
    while size > most:
        size /= 10
    return next(size * step for step in SCALE_END_STEPS if size * step >= most)


def _build_bar_segment(start: Fraction, length: Fraction) -> BarSegment:
    middle = start + length / 2
    return BarSegment(
        _format_bar_percent(start),
        _format_bar_percent(length),
        middle=_format_bar_percent(middle),
        is_thin=length < MIN_VISIBLE_SHARE,
        is_in_second_half=middle > Fraction(1, 2),
    )


def _format_share(share: Fraction) -> str:
    """A share in words: two decimal places of a percentage, halves up."""
    whole, rest = divmod(floor(share * 10_000 + Fraction(1, 2)), 100)
    return f"{whole}.{rest:02} %" if whole or rest or not share else "under 0.01 %"


def _format_bar_percent(share: Fraction) -> str:
    return f"{float(min(share, Fraction(1)) * 100):.3f}".rstrip("0").rstrip(".")
