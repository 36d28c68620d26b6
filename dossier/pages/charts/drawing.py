"""From the record of a chart to its picture and its table. Numbers are exact (`Fraction`) until they become places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from dossier.model.records.chart import Chart
from dossier.model.records.figures import Measure
from dossier.pages.charts.apart_bars import build_apart_bars, draw_apart_bars
from dossier.pages.charts.lag_bars import build_lag_bars, draw_lag_bars
from dossier.pages.charts.lineage import LineageNode, build_lineage, draw_lineage
from dossier.pages.charts.nested_boxes import NestedBox, build_nested_panel, draw_nested_panels
from dossier.pages.charts.period_bars import build_period_bars, draw_period_bars
from dossier.pages.charts.rows import ChartFigure, find_chart_figure
from dossier.pages.charts.scene import Picture, draw_picture
from dossier.pages.charts.table import (
    ChartTable,
    build_figures_table,
    build_lag_table,
    build_lineage_table,
    build_nested_table,
    build_parts_table,
    build_strips_table,
)
from dossier.pages.charts.whole_bar import build_parts_of_whole, draw_whole_bar
from dossier.pages.charts.word_strips import build_word_strips, draw_word_strips
from dossier.pages.context import PageContext, render_plain_line


@dataclass(frozen=True)
class ChartDrawing:
    """A chart with its picture, None if it cannot be drawn, its table, and the measures of its figures."""

    chart: Chart
    figures: list[ChartFigure]
    measures: list[Measure]
    table: ChartTable
    picture: Picture | None

    @property
    def title(self) -> str:
        """The title as plain text."""
        return render_plain_line(self.chart.title)

    @property
    def series_breaks(self) -> list[tuple[str, str, str]]:
        """Where a series is cut: label before, label after, reason (Markdown)."""
        if not self.picture or len(self.figures) < len(self.chart.figures):
            return []
        neighbours, reasons = pairwise(zip(self.chart.figures, self.figures, strict=True)), self.chart.break_reasons_by_figure
        return [
            (before.label, after.label, reasons[charted.figure])
            for (_, before), (charted, after) in neighbours
            if charted.figure in reasons
        ]


def build_chart_drawing(context: PageContext, chart: Chart) -> ChartDrawing:
    """Draw a chart. If a figure is missing, unknown or negative, the result has a table and no picture."""
    found = (find_chart_figure(context, charted.figure, charted.label, charted.tone) for charted in chart.figures)
    figures = [figure for figure in found if figure]
    names = dict.fromkeys(name for _, name in chart.iter_figure_names())
    named = [figure for name in names if (figure := find_chart_figure(context, name))]
    measures = {figure.measure.id: figure.measure for figure in named if figure.measure}
    drawn = CHART_FORMS[chart.form](context, chart, figures) if len(figures) == len(chart.figures) else None
    table, picture = drawn or (build_figures_table(context, figures), None)
    return ChartDrawing(chart, figures, list(measures.values()), table, picture)


Drawn = tuple[ChartTable, Picture] | None
"""What a form makes of a chart; None if it cannot be drawn."""


def _draw_parts(context: PageContext, chart: Chart, figures: list[ChartFigure]) -> Drawn:
    parts = build_parts_of_whole(context, chart, figures)
    if not parts:
        return None
    words = "; ".join(f"{part.label} {part.text}, {part.share_text}" for part in parts.parts)
    description = f"One bar of {parts.whole.text} ({parts.whole.label}), cut to scale: {words}."
    return build_parts_table(context, parts), draw_picture(description, partial(draw_whole_bar, parts))


def _draw_nested(context: PageContext, chart: Chart, figures: list[ChartFigure]) -> Drawn:
    panels = [built for panel in chart.panels if (built := build_nested_panel(context, panel))]
    if not panels or len(panels) < len(chart.panels):
        return None
    words = " ".join(f"{panel.figure.text} {panel.label}: {'; '.join(map(_describe_box, panel.boxes))}." for panel in panels)
    description = f"Boxes, each inside the one around it. {words}"
    return build_nested_table(context, panels), draw_picture(description, partial(draw_nested_panels, panels))


def _describe_box(box: NestedBox) -> str:
    inner = f", in it {' and '.join(map(_describe_box, box.inner))}" if box.inner else ""
    return f"{box.words}{inner}"


def _draw_apart(context: PageContext, chart: Chart, figures: list[ChartFigure]) -> Drawn:
    bars = build_apart_bars(figures)
    if not bars:
        return None
    words = "; ".join(f"{bar.figure.text}, {bar.figure.label}" for bar in bars)
    description = f"Bars of different measures, each on a scale of its own: {words}."
    return build_figures_table(context, figures), draw_picture(description, partial(draw_apart_bars, bars))


def _draw_series(context: PageContext, chart: Chart, figures: list[ChartFigure]) -> Drawn:
    bars = build_period_bars(figures)
    if not bars:
        return None
    words = "; ".join(f"{figure.text}, {figure.label}" for figure in figures)
    description = f"Bars as long as the period that they cover, none joined to another: {words}."
    return build_figures_table(context, figures), draw_picture(description, partial(draw_period_bars, bars))


def _draw_lag(context: PageContext, chart: Chart, figures: list[ChartFigure]) -> Drawn:
    bars = build_lag_bars(context, chart, figures)
    if not bars:
        return None
    words = "; ".join(
        f"{bar.figure.text}: {bar.period.date_in_words}, printed {bar.printed.date_in_words}, {bar.lag_text}" for bar in bars
    )
    description = f"Periods of records, each with an arrow to the day on which its figure was printed: {words}."
    return build_lag_table(context, bars), draw_picture(description, partial(draw_lag_bars, bars))


def _draw_lineage(context: PageContext, chart: Chart, figures: list[ChartFigure]) -> Drawn:
    trees = build_lineage(context, chart.origins)
    if not trees:
        return None
    description = f"Trees of texts, each under the one that it goes back to: {' '.join(map(_describe_tree, trees))}"
    return build_lineage_table(context, trees), draw_picture(description, partial(draw_lineage, trees))


def _describe_tree(tree: LineageNode) -> str:
    return f"{tree.label}; from it {', '.join(_describe_node(child) for child in tree.children) or 'nothing'}."


def _describe_node(node: LineageNode) -> str:
    inner = f" (from it {', '.join(map(_describe_node, node.children))})" if node.children else ""
    return f"{node.label}{inner}"


def _draw_strips(context: PageContext, chart: Chart, figures: list[ChartFigure]) -> Drawn:
    strips = build_word_strips(context, chart)
    if not strips:
        return None
    words = " ".join(f"{strip.label}: {'; '.join(piece.words for piece in strip.pieces)}." for strip in strips)
    description = f"Texts, and which pieces each has in its own words. {words}"
    return build_strips_table(context, strips), draw_picture(description, partial(draw_word_strips, strips))


CHART_FORMS: dict[str, Callable[[PageContext, Chart, list[ChartFigure]], Drawn]] = {
    "parts": _draw_parts,
    "nested": _draw_nested,
    "apart": _draw_apart,
    "series": _draw_series,
    "lag": _draw_lag,
    "lineage": _draw_lineage,
    "strips": _draw_strips,
}
"""What draws each form."""
