"""Rules on charts: figures share a scale only if they can be compared.

Figures that do not exist or are wrong are reported by the rules on figures, and skipped here.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from dossier.checks.rule import Violation, rule
from dossier.model.dossier import Dossier
from dossier.model.numbers.charts import (
    PlottedFigure,
    find_measure_differences,
    find_plotted_figure,
    get_closed_period,
    is_exact_number,
    is_share_of_one,
)
from dossier.model.records.chart import Chart
from dossier.model.yaml_node import YamlPath

MIN_CHART_FIGURES, MAX_CHART_FIGURES = 2, 24
"""Number of figures of a chart: one is not a chart, and more than 24 cannot be distinguished."""


@rule("chart-form")
def check_chart_form(dossier: Dossier) -> Iterator[Violation]:
    for chart in dossier.charts.values():
        if not MIN_CHART_FIGURES <= len(chart.figures) <= MAX_CHART_FIGURES:
            message = f"a chart draws {MIN_CHART_FIGURES} to {MAX_CHART_FIGURES} figures, this one {len(chart.figures)}"
            yield Violation(chart.locate("figures"), message, "add figures, or split it into several charts")
        if chart.form == "parts" and not chart.whole:
            help = "add `whole:` with the figure that the parts add up to"
            yield Violation(chart.locate("form"), "a chart of the form parts needs `whole:`", help)
        if chart.form != "parts" and chart.whole:
            message = f"a chart of the form {chart.form} has no whole"
            yield Violation(chart.locate("whole"), message, "delete it, or write `form: parts`")
        seen: set[str] = set()
        for steps, name in chart.iter_figure_names():
            if name in seen:
                yield Violation(chart.locate(*steps), f"`{name}` is in this chart already", "name each figure once")
            seen.add(name)
        yield from _check_series_breaks(chart)


def _check_series_breaks(chart: Chart) -> Iterator[Violation]:
    """Yield a violation for each break that is not in a series, is before its first figure, or is there twice."""
    allowed = [mark.figure for mark in chart.figures[1:]] if chart.form == "series" else []
    for number, series_break in enumerate(chart.breaks):
        place = chart.locate("breaks", number, "before")
        if chart.form != "series":
            yield Violation(place, f"a chart of the form {chart.form} has no breaks", "delete them, or write `form: series`")
        elif series_break.before not in allowed:
            message = f"the series has no figure `{series_break.before}` after another one, or has a break there already"
            yield Violation(place, message, f"name one of {', '.join(allowed)}" if allowed else "add a second figure")
        else:
            allowed.remove(series_break.before)


@rule("chart-scale")
def check_chart_scale(dossier: Dossier) -> Iterator[Violation]:
    for chart in dossier.charts.values():
        figures = dict(_iter_plotted_figures(dossier, chart))
        for steps, figure in figures.items():
            if figure.exact_number < 0:
                message = f"{figure.printed_number.text} is negative, and charts start at zero"
                yield Violation(chart.locate(*steps), message, "remove it from the chart")
            elif chart.form == "parts" and not is_exact_number(figure.printed_number):
                message = f"“{figure.printed_number.text}” is not exact, so its share of the whole is unknown"
                yield Violation(chart.locate(*steps), message, "use exact numbers as parts, or write `form: apart`")
        if chart.form == "series" and len({is_share_of_one(figure.printed_number) for figure in figures.values()}) > 1:
            help = "draw shares in one chart and counts in another"
            yield Violation(chart.locate("figures"), "a series cannot mix shares and counts: they need different scales", help)
        if chart.form == "parts":
            yield from _check_parts_sum(chart, figures)


def _check_parts_sum(chart: Chart, figures: dict[YamlPath, PlottedFigure]) -> Iterator[Violation]:
    """Yield a violation at the first part that exceeds the whole, or if the whole is zero."""
    whole = figures.pop(("whole",), None)
    if whole and whole.exact_number == 0:
        yield Violation(chart.locate("whole"), "the whole is zero, so it has no parts", "name another figure")
    elif whole:
        remainder = whole.exact_number
        for steps, figure in figures.items():
            remainder -= figure.exact_number
            if remainder < 0:
                message = f"with {figure.printed_number.text} the parts sum to more than the whole, {whole.printed_number.text}"
                help = "remove the part that another part includes, or name another whole"
                yield Violation(chart.locate(*steps), message, help)
                return


@rule("chart-measure")
def check_chart_measure(dossier: Dossier) -> Iterator[Violation]:
    for chart in dossier.charts.values():
        figures = dict(_iter_plotted_figures(dossier, chart))
        if chart.form == "series":
            yield from _check_series_continuity(chart, figures)
            continue
        first_figure_by_measure: dict[str, str] = {}
        for steps, figure in figures.items():
            measure = figure.measure.id
            if chart.form == "parts" and first_figure_by_measure and measure not in first_figure_by_measure:
                message = f"`{figure.input.name}` has the measure {measure}, not {next(iter(first_figure_by_measure))}"
                yield Violation(chart.locate(*steps), message, "use parts with one measure, or write `form: apart`")
            elif chart.form == "apart" and measure in first_figure_by_measure:
                message = f"`{figure.input.name}` has the same measure as `{first_figure_by_measure[measure]}`"
                yield Violation(chart.locate(*steps), message, "put both on one scale in another chart, or remove one")
            first_figure_by_measure.setdefault(measure, figure.input.name)


def _check_series_continuity(chart: Chart, figures: dict[YamlPath, PlottedFigure]) -> Iterator[Violation]:
    """Yield a violation for each pair of neighbours that cannot be compared and has no break between them."""
    for (earlier, _), (later, steps) in pairwise((figures.get(steps), steps) for steps, _ in chart.iter_figure_names()):
        differences = find_measure_differences(earlier.measure, later.measure) if earlier and later else []
        if earlier and later and differences and later.input.name not in chart.break_reasons_by_figure:
            message = f"`{later.input.name}` does not continue `{earlier.input.name}`: different {', '.join(differences)}"
            help = f"add `- {{before: {later.input.name}, because: …}}` to `breaks:`"
            yield Violation(chart.locate(*steps), message, help)


@rule("chart-period")
def check_chart_period(dossier: Dossier) -> Iterator[Violation]:
    for chart in dossier.charts.values():
        dated = []
        for steps, figure in _iter_plotted_figures(dossier, chart) if chart.form == "series" else ():
            if period := get_closed_period(figure.measure):
                dated.append((steps, f"`{figure.input.name}` ({period.date_in_words})", period.sort_key))
            else:
                message = f"the period of {figure.measure.id} has no beginning or no end, so the figure cannot be placed in time"
                help = "complete `period:` of the measure in annotations/measures.yml, or remove the figure"
                yield Violation(chart.locate(*steps), message, help)
        for (_, earlier, earlier_key), (steps, later, later_key) in pairwise(dated):
            if later_key <= earlier_key:
                help = "sort the figures by period, one for each period"
                yield Violation(chart.locate(*steps), f"{later} comes after {earlier}", help)


def _iter_plotted_figures(dossier: Dossier, chart: Chart) -> Iterator[tuple[YamlPath, PlottedFigure]]:
    """The figures of a chart that exist and are right, each with its YAML path."""
    for steps, name in chart.iter_figure_names():
        if figure := find_plotted_figure(name, dossier.evaluator, dossier.measures):
            yield steps, figure
