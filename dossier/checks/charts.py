"""Charts: what stands on one scale may stand there, and what must not be pooled is drawn apart.

Figures that do not exist or are not sound are told of by the rules on figures, and passed over here.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from dossier.checks.rule import Fault, rule
from dossier.model.dossier import Dossier
from dossier.model.numbers.charts import Chart, Plotted, closed, differences, exact, is_share, plotted
from dossier.model.yaml_node import Step

FEWEST, MOST = 2, 24
"""Figures of a chart: one alone is no chart, and more cannot be told apart."""


@rule("chart-form")
def chart_form(dossier: Dossier) -> Iterator[Fault]:
    for chart in dossier.charts.values():
        if not FEWEST <= len(chart.figures) <= MOST:
            message = f"a chart draws {FEWEST} to {MOST} figures, this one {len(chart.figures)}"
            yield Fault(chart.place("figures"), message, "add figures, or make several charts of it")
        if chart.form == "parts" and not chart.whole:
            yield Fault(chart.place("form"), "nothing says of which whole these are parts", "add `whole:` with its figure")
        if chart.form != "parts" and chart.whole:
            yield Fault(
                chart.place("whole"), f"a chart of the form {chart.form} has no whole", "delete it, or write `form: parts`"
            )
        seen: set[str] = set()
        for steps, name in chart.named():
            if name in seen:
                yield Fault(chart.place(*steps), f"`{name}` is drawn already", "draw each figure once")
            seen.add(name)
        yield from _breaks(chart)


def _breaks(chart: Chart) -> Iterator[Fault]:
    """Breaks that are in no series, or before no figure that has one before it, or there twice."""
    later = [mark.figure for mark in chart.figures[1:]] if chart.form == "series" else []
    for number, cut in enumerate(chart.breaks):
        place = chart.place("breaks", number, "before")
        if chart.form != "series":
            yield Fault(place, f"a chart of the form {chart.form} has no breaks", "delete them, or write `form: series`")
        elif cut.before not in later:
            help = f"name one of {', '.join(later)}" if later else "add a second figure"
            yield Fault(place, f"the series has no figure `{cut.before}` after another one, or has a break there already", help)
        else:
            later.remove(cut.before)


@rule("chart-scale")
def chart_scale(dossier: Dossier) -> Iterator[Fault]:
    for chart in dossier.charts.values():
        drawn = list(_plotted(dossier, chart))
        for steps, one in drawn:
            if one.number < 0:
                yield Fault(chart.place(*steps), f"{one.printed.text} is less than nothing", "draw numbers from zero up")
            elif chart.form == "parts" and not exact(one.printed):
                message = f"of “{one.printed.text}” nobody can say what is left of the whole"
                yield Fault(chart.place(*steps), message, "draw exact numbers as parts, or write `form: apart`")
        if chart.form == "series" and len({is_share(one.printed) for _, one in drawn}) > 1:
            help = "draw shares in one chart and counts in another"
            yield Fault(chart.place("figures"), "shares and counts have no scale in common", help)
        if chart.form == "parts":
            yield from _too_much(chart, dict(drawn))


def _too_much(chart: Chart, drawn: dict[tuple[Step, ...], Plotted]) -> Iterator[Fault]:
    """Parts that come to more than their whole, told at the first that is too much; a whole that is nothing."""
    whole = drawn.pop(("whole",), None)
    if whole and whole.number == 0:
        yield Fault(chart.place("whole"), "the whole is nothing, so that it has no parts", "name another figure")
    elif whole:
        left = whole.number
        for steps, one in drawn.items():
            left -= one.number
            if left < 0:
                message = f"with {one.printed.text} the parts come to more than the whole, {whole.printed.text}"
                yield Fault(chart.place(*steps), message, "take out what is in another part already, or name another whole")
                return


@rule("chart-measure")
def chart_measure(dossier: Dossier) -> Iterator[Fault]:
    for chart in dossier.charts.values():
        drawn = list(_plotted(dossier, chart))
        if chart.form == "series":
            yield from _unbroken(chart, drawn)
            continue
        first: dict[str, str] = {}
        for steps, one in drawn:
            measure = one.measure.id
            if chart.form == "parts" and first and measure not in first:
                message = f"`{one.input.name}` is of the measure {measure}, not of {next(iter(first))}"
                yield Fault(chart.place(*steps), message, "draw parts of one measure, or write `form: apart`")
            elif chart.form == "apart" and measure in first:
                message = f"`{one.input.name}` is of the same measure as `{first[measure]}`"
                yield Fault(chart.place(*steps), message, "draw them on one scale in another chart, or take one out")
            first.setdefault(measure, one.input.name)


def _unbroken(chart: Chart, drawn: list[tuple[tuple[Step, ...], Plotted]]) -> Iterator[Fault]:
    """Steps of a series that no break interrupts, though the two figures cannot be compared."""
    sound = dict(drawn)
    marks = [(sound.get(steps), steps) for steps, _ in chart.named()]
    for (one, _), (other, steps) in pairwise(marks):
        different = differences(one.measure, other.measure) if one and other else []
        if one and other and different and other.input.name not in chart.reasons:
            message = f"`{other.input.name}` does not continue `{one.input.name}`: different {', '.join(different)}"
            help = f"add `- {{before: {other.input.name}, because: …}}` to `breaks:`"
            yield Fault(chart.place(*steps), message, help)


@rule("chart-period")
def chart_period(dossier: Dossier) -> Iterator[Fault]:
    for chart in dossier.charts.values():
        if chart.form != "series":
            continue
        drawn = list(_plotted(dossier, chart))
        for steps, one in drawn:
            if not closed(one.measure):
                message = f"the period of {one.measure.id} has no beginning or no end, so that the figure has no place in time"
                yield Fault(chart.place(*steps), message, "name its period in annotations/measures.yml, or leave the figure out")
        placed = [(steps, one, period) for steps, one in drawn if (period := closed(one.measure))]
        for (_, one, before), (steps, other, after) in pairwise(placed):
            if after.sort_key <= before.sort_key:
                message = f"`{other.input.name}` ({after.words}) comes after `{one.input.name}` ({before.words})"
                yield Fault(chart.place(*steps), message, "put the figures in the order of their periods, one for each period")


def _plotted(dossier: Dossier, chart: Chart) -> Iterator[tuple[tuple[Step, ...], Plotted]]:
    """The sound figures of a chart, with the keys under which they are named."""
    for steps, name in chart.named():
        if one := plotted(name, dossier.workings, dossier.measures):
            yield steps, one
