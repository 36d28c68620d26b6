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
from dossier.model.numbers.charts import Chart, Mark, Plotted, exact, is_share, plotted
from dossier.model.numbers.evaluation import said
from dossier.pages.charts.line_chart import Series, series
from dossier.pages.claim.calculations import Row, row_of
from dossier.pages.context import Desk, newest
from dossier.pages.page import Heading, Page

THIN = Fraction(2, 100)
"""Of a bar, below which a piece is easily overlooked."""
STEPS = (1, 2, 3, 4, 5, 6, 8, 10)
"""Where a scale may end, times a power of ten."""


@dataclass(frozen=True)
class Numbered:
    """A figure of a chart in its table: what it is called there, and what it counts."""

    row: Row
    label: str
    measure: Measure | None
    share: str = ""
    """Of the whole, where it is a part: 33.89 %."""


@dataclass(frozen=True)
class Bar:
    """A piece of a bar, in percent of its length: where it begins, how long it is, and how far it may reach beyond."""

    start: str
    length: str
    beyond: str = ""
    """Length of what an inexact number leaves open."""
    endless: bool = False
    """Whether it is open without an end."""
    middle: str = ""
    thin: bool = False
    """Whether it is so short that an arrow has to point it out."""
    late: bool = False
    """Whether it lies in the second half, so that its words stand at the right."""


@dataclass(frozen=True)
class Parts:
    """A whole cut into parts: each figure with its piece of the bar, and what is in none of them."""

    whole: Numbered
    pieces: list[tuple[Numbered, Bar]]
    left: str
    left_share: str
    left_bar: Bar
    operation: str


@dataclass(frozen=True)
class Panel:
    """A figure on a scale of its own, which ends at `top`."""

    one: Numbered
    bar: Bar
    top: str


@dataclass(frozen=True)
class Drawing:
    """A chart as its page shows it. Of the three forms one is there, none where its figures cannot be drawn."""

    chart: Chart
    numbers: list[Numbered]
    measures: list[Measure]
    parts: Parts | None = None
    apart: list[Panel] | None = None
    series: Series | None = None

    @property
    def breaks(self) -> list[tuple[str, str, str]]:
        """The breaks of a series that is drawn: between what and what, and why."""
        if not self.series:
            return []
        labels = [one.label for one in self.numbers]
        reasons, names = self.chart.reasons, [mark.figure for mark in self.chart.figures]
        placed = ((names.index(name), because) for name, because in reasons.items())
        return [(labels[place - 1], labels[place], because) for place, because in placed if place]


def charts_page(shown: Dossier, preview: bool = False) -> Page:
    """All charts, each at its home address."""
    desk = Desk(shown, "charts/", preview)
    charts = shown.charts.values()
    headings = tuple(Heading(chart.id, chart.title) for chart in charts)
    description = "Figures of the dossier as drawings, each with its numbers and where they stand."
    return Page(
        "charts/",
        "Charts",
        partial(_drawn, desk),
        description,
        headings=headings,
        ids=frozenset(shown.charts),
        reviewed=newest(charts),
    )


def _drawn(desk: Desk) -> str:
    """The HTML of the page."""
    return desk.render("charts.html", drawings=[drawing(desk, chart) for chart in desk.dossier.charts.values()])


def chart_part(desk: Desk, name: str) -> str:
    """A chart for a hand-written page; nothing where there is none of that id."""
    chart = desk.dossier.charts.get(name)
    return desk.render("parts/charts.html", drawings=[drawing(desk, chart)]) if chart else ""


def drawing(desk: Desk, chart: Chart) -> Drawing:
    """A chart in numbers and places."""
    numbers = list(_numbers(desk, chart))
    measures = {one.measure.id: one.measure for one in numbers if one.measure}
    made = Drawing(chart, numbers, list(measures.values()))
    points = [point for mark in chart.figures if (point := _point(desk, mark.figure)) and point.number >= 0]
    if len(points) < len(chart.figures) or len(numbers) < len(points) or not points:
        return made
    match chart.form:
        case "parts":
            return Drawing(chart, numbers, made.measures, parts=_parts(desk, chart, numbers, points))
        case "apart":
            return Drawing(chart, numbers, made.measures, apart=[_panel(*one) for one in zip(numbers, points, strict=True)])
        case _:
            return Drawing(chart, numbers, made.measures, series=series(points, chart.reasons, top_of(points)))


def _point(desk: Desk, name: str) -> Plotted | None:
    return plotted(name, desk.dossier.workings, desk.dossier.measures)


def _numbers(desk: Desk, chart: Chart) -> Iterator[Numbered]:
    """The figures in the order of the record, those that do not exist left out."""
    whole = _point(desk, chart.whole) if chart.whole else None
    for mark in chart.figures:
        if one := _numbered(desk, mark):
            point = _point(desk, mark.figure)
            share = _share(point.number / whole.number) if point and whole and whole.number else ""
            yield Numbered(one.row, one.label, one.measure, share)


def _numbered(desk: Desk, mark: Mark) -> Numbered | None:
    found = desk.dossier.workings.named(mark.figure)
    if not found:
        return None
    row = row_of(desk, found.claim, found.key)
    return Numbered(row, mark.label or row.name, desk.dossier.measures.get(found.figure.measure))


def _parts(desk: Desk, chart: Chart, numbers: list[Numbered], points: list[Plotted]) -> Parts | None:
    """The whole cut up; None where the whole is not there, or less than its parts."""
    whole, named = (_point(desk, chart.whole), _numbered(desk, Mark(figure=chart.whole))) if chart.whole else (None, None)
    left = whole.number - sum(point.number for point in points) if whole else Fraction(-1)
    if not whole or not named or not whole.number or left < 0:
        return None
    pieces, start = [], Fraction(0)
    for one, point in zip(numbers, points, strict=True):
        pieces.append((one, _bar(start / whole.number, point.number / whole.number)))
        start += point.number
    operation = " − ".join([whole.printed.text, *(point.printed.text for point in points)])
    share = left / whole.number
    return Parts(named, pieces, said(left), _share(share), _bar(1 - share, share), operation)


def _panel(one: Numbered, point: Plotted) -> Panel:
    """A figure from nothing to the end of its own scale; what an inexact number leaves open is drawn open."""
    top, printed = top_of([point], whole=True), point.printed
    if exact(printed):
        bar = _bar(Fraction(0), point.number / top)
    else:
        low, high = printed.low or Fraction(0), printed.high
        bar = Bar("0", _percent(low / top), _percent(((high or top) - low) / top), endless=high is None)
    return Panel(one, bar, said(top, printed))


def top_of(points: list[Plotted], whole: bool = False) -> Fraction:
    """Where a scale from zero ends: a round number that leaves room; for shares all of it, where the `whole` is wanted."""
    shares = all(is_share(point.printed) for point in points)
    most = max(point.number if exact(point.printed) else point.printed.high or point.number * Fraction(5, 4) for point in points)
    if not most or (whole and shares and most <= 1):
        return Fraction(1)
    size = Fraction(10) ** (len(str(int(most))) - 1) if most >= 1 else Fraction(1)
    while size > most:
        size /= 10
    return next(size * step for step in STEPS if size * step >= most)


def _bar(start: Fraction, length: Fraction) -> Bar:
    middle = start + length / 2
    return Bar(_percent(start), _percent(length), middle=_percent(middle), thin=length < THIN, late=middle > Fraction(1, 2))


def _share(share: Fraction) -> str:
    """A share in words: two decimal places of a percentage, halves up."""
    whole, rest = divmod(floor(share * 10_000 + Fraction(1, 2)), 100)
    return f"{whole}.{rest:02} %" if whole or rest or not share else "under 0.01 %"


def _percent(share: Fraction) -> str:
    return f"{float(min(share, Fraction(1)) * 100):.3f}".rstrip("0").rstrip(".")
