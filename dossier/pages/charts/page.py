"""Charts: exact numbers (`Fraction`) of figures become positions of a drawing; a table beside it has the numbers.

Bars are positioned in percent of the width. Their labels are ordinary text of the page, so that they stay legible on a phone.
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
from dossier.pages.index_pages import index_page
from dossier.pages.page import Page, PageHeading

MIN_VISIBLE_SHARE = Fraction(2, 100)
"""Pieces shorter than this share of the bar get an arrow, because they are easily overlooked."""
SCALE_END_STEPS = (1, 2, 3, 4, 5, 6, 8, 10)
"""Ends of a scale, to be multiplied by a power of ten."""


@dataclass(frozen=True)
class ChartFigure:
    """A row of a chart's table: figure, label in this chart, and measure."""

    figure_row: FigureRow
    label: str
    measure: Measure | None
    share_text: str = ""
    """Share of the whole ("33.89 %") in a `parts` chart, otherwise empty."""


@dataclass(frozen=True)
class BarSegment:
    """A segment of a bar. All lengths are in percent of the bar, as text for an SVG attribute: `12.5`."""

    start: str
    length: str
    open_length: str = ""
    """Length of the range of an inexact number, behind the certain part; empty for an exact number."""
    is_open_ended: bool = False
    """Whether that range has no upper end ("over 4,000")."""
    middle: str = ""
    """Position of the arrow for a thin segment."""
    is_thin: bool = False
    """Whether it is shorter than `MIN_VISIBLE_SHARE`."""
    is_in_second_half: bool = False
    """Whether its middle is in the right half, where its label is right-aligned."""


@dataclass(frozen=True)
class PartsOfWhole:
    """A `parts` chart: the whole, each part with its segment, and the remainder that is in no part.

    `operation_text` is the subtraction that gives the remainder, for the table.
    """

    whole: ChartFigure
    pieces: list[tuple[ChartFigure, BarSegment]]
    remainder: str
    remainder_share: str
    remainder_bar: BarSegment
    operation_text: str


@dataclass(frozen=True)
class FigurePanel:
    """A figure of an `apart` chart, on a scale of its own from 0 to `scale_end`."""

    figure: ChartFigure
    bar: BarSegment
    scale_end: str


@dataclass(frozen=True)
class ChartDrawing:
    """A chart with its table. One of `parts`, `panels` and `line_chart` is set, or none if its figures cannot be drawn."""

    chart: Chart
    figures: list[ChartFigure]
    measures: list[Measure]
    parts: PartsOfWhole | None = None
    panels: list[FigurePanel] | None = None
    line_chart: SeriesLayout | None = None

    @property
    def series_breaks(self) -> list[tuple[str, str, str]]:
        """The breaks of a line chart: label before, label after, reason (Markdown)."""
        if not self.line_chart:
            return []
        labels = [chart_figure.label for chart_figure in self.figures]
        reasons, names = self.chart.break_reasons_by_figure, [charted.figure for charted in self.chart.figures]
        indexed_reasons = ((names.index(name), reason) for name, reason in reasons.items())
        return [(labels[index - 1], labels[index], reason) for index, reason in indexed_reasons if index]


@index_page("charts/")
def build_charts_page(dossier: Dossier, preview: bool = False) -> Page:
    """The page of all charts. Claim pages show those that use their figures and link here."""
    context = PageContext(dossier, "charts/", preview)
    charts = dossier.charts.values()
    headings = tuple(PageHeading(chart.id, chart.title) for chart in charts)
    description = "Figures of the dossier as drawings, each with its numbers and where they stand."
    return Page(
        "charts/",
        "Charts",
        partial(_render_charts_page, context),
        description,
        headings=headings,
        anchor_ids=frozenset(dossier.charts),
        last_reviewed=find_newest_review(charts),
    )


def _render_charts_page(context: PageContext) -> str:
    """Lay out all charts and render the page."""
    return context.render_template(
        "charts.html", drawings=[build_chart_drawing(context, chart) for chart in context.dossier.charts.values()]
    )


def render_chart_part(context: PageContext, chart_id: str) -> str:
    """Render one chart for a hand-written page; empty for an unknown id."""
    chart = context.dossier.charts.get(chart_id)
    return context.render_template("parts/charts.html", drawings=[build_chart_drawing(context, chart)]) if chart else ""


def build_chart_drawing(context: PageContext, chart: Chart) -> ChartDrawing:
    """Lay out a chart. If a figure is missing, unknown or negative, the result has a table and no drawing."""
    figures = list(_iter_chart_figures(context, chart))
    measures = list({figure.measure.id: figure.measure for figure in figures if figure.measure}.values())
    points = [
        point
        for charted in chart.figures
        if (point := _resolve_plotted_figure(context, charted.figure)) and point.exact_number >= 0
    ]
    if len(points) < len(chart.figures) or len(figures) < len(points) or not points:
        return ChartDrawing(chart, figures, measures)
    match chart.form:
        case "parts":
            return ChartDrawing(chart, figures, measures, parts=_build_parts_of_whole(context, chart, figures, points))
        case "apart":
            panels = [_build_figure_panel(figure, point) for figure, point in zip(figures, points, strict=True)]
            return ChartDrawing(chart, figures, measures, panels=panels)
        case _:
            line_chart = lay_out_series(points, chart.break_reasons_by_figure, compute_scale_end(points))
            return ChartDrawing(chart, figures, measures, line_chart=line_chart)


def _resolve_plotted_figure(context: PageContext, name: str) -> PlottedFigure | None:
    """The exact number and measure of a figure (`claim-id.figure_key`); None if figure, measure or exact value is missing."""
    return find_plotted_figure(name, context.dossier.evaluator, context.dossier.measures)


def _iter_chart_figures(context: PageContext, chart: Chart) -> Iterator[ChartFigure]:
    """Yield the rows of a chart's table in the order of its record; unknown figures are left out."""
    whole = _resolve_plotted_figure(context, chart.whole) if chart.whole else None
    for charted in chart.figures:
        if figure := _build_chart_figure(context, charted):
            point = _resolve_plotted_figure(context, charted.figure)
            share = _format_share(point.exact_number / whole.exact_number) if point and whole and whole.exact_number else ""
            yield ChartFigure(figure.figure_row, figure.label, figure.measure, share)


def _build_chart_figure(context: PageContext, charted: ChartedFigure) -> ChartFigure | None:
    """The row of a figure without its share; None for an unknown figure. The label defaults to the figure's name."""
    input_figure = context.dossier.evaluator.find_input(charted.figure)
    if not input_figure:
        return None
    row = build_figure_row(context, input_figure.claim, input_figure.figure_key)
    return ChartFigure(row, charted.label or row.name, context.dossier.measures.get(input_figure.figure.measure))


def _build_parts_of_whole(
    context: PageContext, chart: Chart, figures: list[ChartFigure], points: list[PlottedFigure]
) -> PartsOfWhole | None:
    """Cut the whole into its parts; None if the whole is missing, zero, or less than the sum of the parts."""
    whole, whole_figure = (
        (_resolve_plotted_figure(context, chart.whole), _build_chart_figure(context, ChartedFigure(figure=chart.whole)))
        if chart.whole
        else (None, None)
    )
    remainder = whole.exact_number - sum(point.exact_number for point in points) if whole else Fraction(-1)
    if not whole or not whole_figure or not whole.exact_number or remainder < 0:
        return None
    pieces, start = [], Fraction(0)
    for figure, point in zip(figures, points, strict=True):
        pieces.append((figure, _build_bar_segment(start / whole.exact_number, point.exact_number / whole.exact_number)))
        start += point.exact_number
    operation = " − ".join([whole.printed_number.text, *(point.printed_number.text for point in points)])
    share = remainder / whole.exact_number
    return PartsOfWhole(
        whole_figure, pieces, format_exact_value(remainder), _format_share(share), _build_bar_segment(1 - share, share), operation
    )


def _build_figure_panel(figure: ChartFigure, point: PlottedFigure) -> FigurePanel:
    """A bar from 0 to the number. An inexact number has a certain part up to its lower bound, then an open part."""
    scale_end, printed = compute_scale_end([point], shares_to_one=True), point.printed_number
    if is_exact_number(printed):
        bar = _build_bar_segment(Fraction(0), point.exact_number / scale_end)
    else:
        low, high = printed.low or Fraction(0), printed.high
        bar = BarSegment(
            "0",
            _format_bar_percent(low / scale_end),
            _format_bar_percent(((high or scale_end) - low) / scale_end),
            is_open_ended=high is None,
        )
    return FigurePanel(figure, bar, format_exact_value(scale_end, printed))


def compute_scale_end(points: list[PlottedFigure], shares_to_one: bool = False) -> Fraction:
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
    # The power of ten below the largest number; the digits of an int are exact where log10 is not.
    size = Fraction(10) ** (len(str(int(most))) - 1) if most >= 1 else Fraction(1)
    while size > most:
        size /= 10
    return next(size * step for step in SCALE_END_STEPS if size * step >= most)


def _build_bar_segment(start: Fraction, length: Fraction) -> BarSegment:
    """A segment of an exact number; start and length are shares of the bar (0 to 1)."""
    middle = start + length / 2
    return BarSegment(
        _format_bar_percent(start),
        _format_bar_percent(length),
        middle=_format_bar_percent(middle),
        is_thin=length < MIN_VISIBLE_SHARE,
        is_in_second_half=middle > Fraction(1, 2),
    )


def _format_share(share: Fraction) -> str:
    """A share as a percentage with two decimal places, halves rounded up: "33.89 %". Computed exactly, without floats."""
    whole, rest = divmod(floor(share * 10_000 + Fraction(1, 2)), 100)
    return f"{whole}.{rest:02} %" if whole or rest or not share else "under 0.01 %"


def _format_bar_percent(share: Fraction) -> str:
    """A share as a percentage for an SVG attribute, with at most three decimal places: "12.5"."""
    return f"{float(min(share, Fraction(1)) * 100):.3f}".rstrip("0").rstrip(".")
