"""Charts: what stands on one scale may stand there, and what must not be pooled is drawn apart.

Figures that do not exist or are not sound are told of by the rules on figures, and passed over here.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from dossier.checks.rule import Violation, rule
from dossier.model.dossier import Dossier
from dossier.model.numbers.charts import (
    Chart,
    PlottedFigure,
    find_measure_differences,
    find_plotted_figure,
    get_closed_period,
    is_exact_number,
    is_share_of_one,
)
from dossier.model.yaml_node import YamlPathPart

MIN_CHART_FIGURES, MAX_CHART_FIGURES = 2, 24
"""Figures of a chart: one alone is no chart, and more cannot be told apart."""


@rule("chart-form")
def check_chart_form(dossier: Dossier) -> Iterator[Violation]:
    for chart in dossier.charts.values():
        if not MIN_CHART_FIGURES <= len(chart.figures) <= MAX_CHART_FIGURES:
            message = f"a chart draws {MIN_CHART_FIGURES} to {MAX_CHART_FIGURES} figures, this one {len(chart.figures)}"
            yield Violation(chart.locate("figures"), message, "add figures, or make several charts of it")
        if chart.form == "parts" and not chart.whole:
            yield Violation(chart.locate("form"), "nothing says of which whole these are parts", "add `whole:` with its figure")
        if chart.form != "parts" and chart.whole:
            yield Violation(
                chart.locate("whole"), f"a chart of the form {chart.form} has no whole", "delete it, or write `form: parts`"
            )
        seen: set[str] = set()
        for steps, name in chart.iter_figure_names():
            if name in seen:
                yield Violation(chart.locate(*steps), f"`{name}` is drawn already", "draw each figure once")
            seen.add(name)
        yield from _check_series_breaks(chart)


def _check_series_breaks(chart: Chart) -> Iterator[Violation]:
    """Breaks that are in no series, or before no figure that has one before it, or there twice."""
    later = [mark.figure for mark in chart.figures[1:]] if chart.form == "series" else []
    for number, cut in enumerate(chart.breaks):
        place = chart.locate("breaks", number, "before")
        if chart.form != "series":
            yield Violation(place, f"a chart of the form {chart.form} has no breaks", "delete them, or write `form: series`")
        elif cut.before not in later:
            help = f"name one of {', '.join(later)}" if later else "add a second figure"
            yield Violation(
                place, f"the series has no figure `{cut.before}` after another one, or has a break there already", help
            )
        else:
            later.remove(cut.before)


@rule("chart-scale")
def check_chart_scale(dossier: Dossier) -> Iterator[Violation]:
    for chart in dossier.charts.values():
        drawn = list(_iter_plotted_figures(dossier, chart))
        for steps, one in drawn:
            if one.exact_number < 0:
                yield Violation(
                    chart.locate(*steps), f"{one.printed_number.text} is less than nothing", "draw numbers from zero up"
                )
            elif chart.form == "parts" and not is_exact_number(one.printed_number):
                message = f"of “{one.printed_number.text}” nobody can say what is left of the whole"
                yield Violation(chart.locate(*steps), message, "draw exact numbers as parts, or write `form: apart`")
        if chart.form == "series" and len({is_share_of_one(one.printed_number) for _, one in drawn}) > 1:
            help = "draw shares in one chart and counts in another"
            yield Violation(chart.locate("figures"), "shares and counts have no scale in common", help)
        if chart.form == "parts":
            yield from _check_parts_sum(chart, dict(drawn))


def _check_parts_sum(chart: Chart, drawn: dict[tuple[YamlPathPart, ...], PlottedFigure]) -> Iterator[Violation]:
    """Parts that come to more than their whole, told at the first that is too much; a whole that is nothing."""
    whole = drawn.pop(("whole",), None)
    if whole and whole.exact_number == 0:
        yield Violation(chart.locate("whole"), "the whole is nothing, so that it has no parts", "name another figure")
    elif whole:
        left = whole.exact_number
        for steps, one in drawn.items():
            left -= one.exact_number
            if left < 0:
                message = f"with {one.printed_number.text} the parts come to more than the whole, {whole.printed_number.text}"
                yield Violation(chart.locate(*steps), message, "take out what is in another part already, or name another whole")
                return


@rule("chart-measure")
def check_chart_measure(dossier: Dossier) -> Iterator[Violation]:
    for chart in dossier.charts.values():
        drawn = list(_iter_plotted_figures(dossier, chart))
        if chart.form == "series":
            yield from _check_series_continuity(chart, drawn)
            continue
        first: dict[str, str] = {}
        for steps, one in drawn:
            measure = one.measure.id
            if chart.form == "parts" and first and measure not in first:
                message = f"`{one.input.name}` is of the measure {measure}, not of {next(iter(first))}"
                yield Violation(chart.locate(*steps), message, "draw parts of one measure, or write `form: apart`")
            elif chart.form == "apart" and measure in first:
                message = f"`{one.input.name}` is of the same measure as `{first[measure]}`"
                yield Violation(chart.locate(*steps), message, "draw them on one scale in another chart, or take one out")
            first.setdefault(measure, one.input.name)


def _check_series_continuity(chart: Chart, drawn: list[tuple[tuple[YamlPathPart, ...], PlottedFigure]]) -> Iterator[Violation]:
    """Steps of a series that no break interrupts, though the two figures cannot be compared."""
    sound = dict(drawn)
    marks = [(sound.get(steps), steps) for steps, _ in chart.iter_figure_names()]
    for (one, _), (other, steps) in pairwise(marks):
        different = find_measure_differences(one.measure, other.measure) if one and other else []
        if one and other and different and other.input.name not in chart.break_reasons_by_figure:
            message = f"`{other.input.name}` does not continue `{one.input.name}`: different {', '.join(different)}"
            help = f"add `- {{before: {other.input.name}, because: …}}` to `breaks:`"
            yield Violation(chart.locate(*steps), message, help)


@rule("chart-period")
def check_chart_period(dossier: Dossier) -> Iterator[Violation]:
    for chart in dossier.charts.values():
        if chart.form != "series":
            continue
        drawn = list(_iter_plotted_figures(dossier, chart))
        for steps, one in drawn:
            if not get_closed_period(one.measure):
                message = f"the period of {one.measure.id} has no beginning or no end, so that the figure has no place in time"
                yield Violation(
                    chart.locate(*steps), message, "name its period in annotations/measures.yml, or leave the figure out"
                )
        placed = [(steps, one, period) for steps, one in drawn if (period := get_closed_period(one.measure))]
        for (_, one, before), (steps, other, after) in pairwise(placed):
            if after.sort_key <= before.sort_key:
                message = f"`{other.input.name}` ({after.date_in_words}) comes after `{one.input.name}` ({before.date_in_words})"
                yield Violation(
                    chart.locate(*steps), message, "put the figures in the order of their periods, one for each period"
                )


def _iter_plotted_figures(dossier: Dossier, chart: Chart) -> Iterator[tuple[tuple[YamlPathPart, ...], PlottedFigure]]:
    """The sound figures of a chart, with the keys under which they are named."""
    for steps, name in chart.iter_figure_names():
        if one := find_plotted_figure(name, dossier.evaluator, dossier.measures):
            yield steps, one
