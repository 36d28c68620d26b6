"""Rules on charts: figures share a scale only if they can be compared.

Figures that do not exist or are wrong are reported by the rules on figures, and skipped here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from dossier.checks.rule import Violation, rule
from dossier.model.dossier import Dossier
from dossier.model.numbers.charts import (
    PlottedFigure,
    compute_share_of_figure,
    find_measure_differences,
    find_plotted_figure,
    get_closed_period,
    is_exact_number,
    is_share_of_one,
)
from dossier.model.numbers.formatting import format_exact_value
from dossier.model.records.chart import Chart, ChartBox, iter_boxes_around
from dossier.model.yaml_node import YamlPath


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
            yield from _check_bracket(dossier, chart, figures)
            yield from _check_parts_sum(chart, figures)
        for number, panel in enumerate(chart.panels):
            yield from _check_boxes_sum(dossier, chart, ("panels", number, "boxes"), panel.boxes)


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


def _check_bracket(dossier: Dossier, chart: Chart, figures: dict[YamlPath, PlottedFigure]) -> Iterator[Violation]:
    """Yield a violation if the bracket's figure is not what the parts under it come to."""
    bracket, whole = figures.pop(("bracket", "figure"), None), figures.get(("whole",))
    marked = [number for number, mark in enumerate(chart.figures) if mark.tone]
    parts = [figures.get(("figures", number, "figure")) for number in marked]
    if not bracket or not whole or not whole.exact_number or not marked or not all(parts):
        return
    total = sum((part.exact_number for part in parts if part), Fraction(0))
    found = total / whole.exact_number if is_share_of_one(bracket.printed_number) else total
    if not bracket.printed_number.can_stand_for(found):
        come_to = format_exact_value(found, bracket.printed_number)
        message = f"`{bracket.input.name}` is {bracket.printed_number.text}, and the parts with a tone come to {come_to}"
        yield Violation(chart.locate("bracket", "figure"), message, "name another figure, or give other parts a tone")


def _check_boxes_sum(dossier: Dossier, chart: Chart, path: YamlPath, boxes: Sequence[ChartBox]) -> Iterator[Violation]:
    """Yield a violation for each box with whose area those inside another one come to more than it."""
    left: dict[int, Fraction] = {}
    for number, outer in iter_boxes_around(boxes):
        share = _find_box_share(dossier, boxes[number], boxes[outer] if outer is not None else None)
        if share is None or outer is None:
            continue
        left[outer] = left.get(outer, Fraction(1)) - share
        if left[outer] < 0:
            message = f"with “{boxes[number].label}” the boxes inside “{boxes[outer].label}” are larger than it"
            yield Violation(chart.locate(*path, number, "figure"), message, "put it into another box, or name another figure")


def _find_box_share(dossier: Dossier, box: ChartBox, outer: ChartBox | None) -> Fraction | None:
    """The part of the box around it that a box takes; None if that is not known."""
    figure, around = (
        find_plotted_figure(other.figure, dossier.evaluator, dossier.measures) if other and other.figure else None
        for other in (box, outer)
    )
    return compute_share_of_figure(figure, around) if figure else None


@rule("chart-measure")
def check_chart_measure(dossier: Dossier) -> Iterator[Violation]:
    for chart in dossier.charts.values():
        figures = dict(_iter_plotted_figures(dossier, chart))
        if chart.form == "series":
            yield from _check_series_continuity(chart, figures)
            continue
        for number, panel in enumerate(chart.panels):
            yield from _check_box_measures(dossier, chart, ("panels", number, "boxes"), panel.boxes)
        first_figure_by_measure: dict[str, str] = {}
        for steps, figure in figures.items():
            measure = figure.measure.id
            if (
                chart.form == "parts"
                and steps[0] != "bracket"
                and first_figure_by_measure
                and measure not in first_figure_by_measure
            ):
                message = f"`{figure.input.name}` has the measure {measure}, not {next(iter(first_figure_by_measure))}"
                yield Violation(chart.locate(*steps), message, "use parts with one measure, or write `form: apart`")
            elif chart.form == "apart" and measure in first_figure_by_measure:
                message = f"`{figure.input.name}` has the same measure as `{first_figure_by_measure[measure]}`"
                yield Violation(chart.locate(*steps), message, "put both on one scale in another chart, or remove one")
            first_figure_by_measure.setdefault(measure, figure.input.name)


def _check_box_measures(dossier: Dossier, chart: Chart, path: YamlPath, boxes: Sequence[ChartBox]) -> Iterator[Violation]:
    """Yield a violation for each count inside a box that counts something else."""
    for number, outer in iter_boxes_around(boxes):
        figure, around = (
            find_plotted_figure(name, dossier.evaluator, dossier.measures) if name else None
            for name in (boxes[number].figure, boxes[outer].figure if outer is not None else None)
        )
        if figure and around and compute_share_of_figure(figure, around) is None:
            message = f"`{figure.input.name}` has the measure {figure.measure.id}, and the box around it {around.measure.id}"
            help = "put a box without a figure between them, or both beside each other"
            yield Violation(chart.locate(*path, number, "figure"), message, help)


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
