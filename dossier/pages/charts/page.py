"""Charts: exact numbers (`Fraction`) of figures become positions of a drawing; a table beside it has the numbers.

Bars are positioned in percent of the width. Their labels are ordinary text of the page, so that they stay legible on a phone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate, pairwise
from math import floor

from dossier.model.dossier import Dossier
from dossier.model.numbers.charts import (
    PlottedFigure,
    find_plotted_figure,
    is_exact_number,
    is_share_of_one,
)
from dossier.model.numbers.formatting import format_exact_value
from dossier.model.records.chart import Chart, ChartedFigure
from dossier.model.records.figures import Measure
from dossier.pages.charts.line_chart import SeriesLayout, lay_out_series
from dossier.pages.claim.calculations import FigureRow, build_figure_row
from dossier.pages.context import PageContext, find_newest_review
from dossier.pages.page import Page, PageHeading
from dossier.pages.page_registry import index_page

MIN_VISIBLE_SHARE = Fraction(2, 100)
"""Pieces shorter than this share of the bar get an arrow, because they are easily overlooked."""
SCALE_END_STEPS = (1, 2, 3, 4, 5, 6, 8, 10)
"""Ends of a scale, to be multiplied by a power of ten."""


@dataclass(frozen=True)
class ChartFigure:
    """A row of a chart's table: figure, label in this chart, and measure. `point` is None if it has no exact number."""

    figure_row: FigureRow
    label: str
    measure: Measure | None
    point: PlottedFigure | None
    share_text: str = ""
    """Share of the whole ("33.89 %") in a `parts` chart, otherwise empty."""


@dataclass(frozen=True)
class BarSegment:
    """A segment of a bar. All lengths are in percent of the bar, as text for an SVG attribute: `12.5`.

    An inexact number has a range behind its certain part: `open_length` (empty for an exact number), and `is_open_ended` if it
    has no upper end ("over 4,000"). `middle` is the position of the arrow of a thin segment, one below `MIN_VISIBLE_SHARE`;
    if it is in the right half of the bar, the label is right-aligned.
    """

    start: str
    length: str
    open_length: str = ""
    is_open_ended: bool = False
    middle: str = ""
    is_thin: bool = False
    is_in_second_half: bool = False


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
        neighbours, reasons = pairwise(zip(self.chart.figures, self.figures, strict=True)), self.chart.break_reasons_by_figure
        return [
            (before.label, after.label, reasons[charted.figure])
            for (_, before), (charted, after) in neighbours
            if charted.figure in reasons
        ]


@index_page("charts/")
def build_charts_page(dossier: Dossier, preview: bool = False) -> Page:
    """The page of all charts. Claim pages show those that use their figures and link here."""
    context, charts = PageContext(dossier, "charts/", preview), dossier.charts.values()
    return Page(
        "charts/",
        "Charts",
        lambda: context.render_template("charts.html", drawings=[build_chart_drawing(context, chart) for chart in charts]),
        "Figures of the dossier as drawings, each with its numbers and where they stand.",
        headings=tuple(PageHeading(chart.id, chart.title) for chart in charts),
        anchor_ids=frozenset(dossier.charts),
        last_reviewed=find_newest_review(charts),
    )


def render_chart_part(context: PageContext, chart_id: str) -> str:
    """Render one chart for a hand-written page; empty for an unknown id."""
    chart = context.dossier.charts.get(chart_id)
    return context.render_template("parts/charts.html", drawings=[build_chart_drawing(context, chart)]) if chart else ""


def build_chart_drawing(context: PageContext, chart: Chart) -> ChartDrawing:
    """Lay out a chart. If a figure is missing, unknown or negative, the result has a table and no drawing."""
    whole = _build_chart_figure(context, ChartedFigure(figure=chart.whole)) if chart.whole else None
    figures = [figure for charted in chart.figures if (figure := _build_chart_figure(context, charted, whole))]
    measures = {figure.measure.id: figure.measure for figure in figures if figure.measure}
    drawing = ChartDrawing(chart, figures, list(measures.values()))
    points = [figure.point for figure in figures if figure.point and figure.point.exact_number >= 0]
    if not points or len(points) < len(chart.figures):
        return drawing
    match chart.form:
        case "parts":
            return replace(drawing, parts=_build_parts_of_whole(whole, figures, points))
        case "apart":
            return replace(drawing, panels=list(map(_build_figure_panel, figures, points)))
        case _:
            layout = lay_out_series(points, chart.break_reasons_by_figure, compute_scale_end(points))
            return replace(drawing, line_chart=layout)


def _build_chart_figure(context: PageContext, charted: ChartedFigure, whole: ChartFigure | None = None) -> ChartFigure | None:
    """The row of a figure, with its share of `whole`; None for an unknown figure. The label defaults to the figure's name."""
    dossier = context.dossier
    input_figure = dossier.evaluator.find_input(charted.figure)
    if not input_figure:
        return None
    row = build_figure_row(context, input_figure.claim, input_figure.figure_key)
    point = find_plotted_figure(charted.figure, dossier.evaluator, dossier.measures)
    total = whole.point.exact_number if whole and whole.point else 0
    share = _format_share(point.exact_number / total) if point and total else ""
    return ChartFigure(row, charted.label or row.name, dossier.measures.get(input_figure.figure.measure), point, share)


def _build_parts_of_whole(
    whole: ChartFigure | None, figures: list[ChartFigure], points: list[PlottedFigure]
) -> PartsOfWhole | None:
    """Cut the whole into its parts; None if the whole is missing, zero, or less than the sum of the parts."""
    if not whole or not whole.point or not whole.point.exact_number:
        return None
    shares = [point.exact_number / whole.point.exact_number for point in points]
    *starts, end = accumulate(shares, initial=Fraction(0))
    if end > 1:
        return None
    pieces = list(zip(figures, map(_build_bar_segment, starts, shares), strict=True))
    operation = " − ".join(point.printed_number.text for point in (whole.point, *points))
    remainder = format_exact_value((1 - end) * whole.point.exact_number)
    return PartsOfWhole(whole, pieces, remainder, _format_share(1 - end), _build_bar_segment(end, 1 - end), operation)


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
    size = Fraction(1)  # the greatest power of ten that is not more than the largest number
    while size * 10 <= most:
        size *= 10
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
    """A share in whole per cents, halves rounded up: "34 %"; a part that would be 0 % is "under 1 %". Computed exactly."""
    percent = floor(share * 100 + Fraction(1, 2))
    return f"{percent} %" if percent or not share else "under 1 %"


def _format_bar_percent(share: Fraction) -> str:
    """A share as a percentage for an SVG attribute, with at most three decimal places: "12.5"."""
    return f"{float(min(share, Fraction(1)) * 100):.3f}".rstrip("0").rstrip(".")
