"""The figures of a chart as its drawing and its table need them: their labels, numbers, shares and origins."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from dossier.model.dossier import Dossier
from dossier.model.numbers.charts import PlottedFigure, find_plotted_figure
from dossier.model.records.chart import ChartTone
from dossier.model.records.figures import Measure
from dossier.pages.charts.scene import keep_together
from dossier.pages.claim.calculations import FigureRow, build_figure_row
from dossier.pages.context import PageContext


@dataclass(frozen=True)
class ChartFigure:
    """A figure of a chart, its label there, and its measure; `point` is None if it has no exact number."""

    row: FigureRow
    label: str
    measure: Measure | None
    point: PlottedFigure | None
    tone: ChartTone = None

    @property
    def text(self) -> str:
        """The number as it is printed."""
        return self.row.figure.value.text

    @property
    def lead(self) -> str:
        """The number as a drawing has it."""
        return keep_together(self.text)


def find_chart_figure(context: PageContext, name: str, label: str | None = None, tone: ChartTone = None) -> ChartFigure | None:
    """A figure by its name, `claim.key`; None for an unknown one. The label defaults to the figure's own."""
    dossier: Dossier = context.dossier
    found = dossier.evaluator.find_input(name)
    if not found:
        return None
    row = build_figure_row(context, found.claim, found.figure_key)
    point = find_plotted_figure(name, dossier.evaluator, dossier.measures)
    return ChartFigure(row, label or row.name, dossier.measures.get(found.figure.measure), point, tone)


def format_share(share: Fraction) -> str:
    """A share in whole per cents, halves rounded up: "34 %"; a part that would be 0 % is "under 1 %". Computed exactly."""
    percent = floor(share * 100 + Fraction(1, 2))
    return f"{percent} %" if percent or not share else "under 1 %"
