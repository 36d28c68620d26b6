"""Rules on the forms of charts: which keys each form needs, and which mean nothing in it."""

from __future__ import annotations

from collections.abc import Iterator

from dossier.checks.rule import Violation, rule
from dossier.model.dossier import Dossier
from dossier.model.records.chart import Chart

MIN_CHART_FIGURES, MAX_CHART_FIGURES = 2, 24
"""Number of figures of a chart: one is not a chart, and more than 24 cannot be distinguished."""
MAX_PANELS, MAX_BOXES = 6, 16
"""Most panels of a nested chart, and most boxes of a panel."""
FORMS_WITH_FIGURES = ("parts", "apart", "series", "lag")
FORMS_BY_KEY: dict[str, tuple[str, ...]] = {
    "whole": ("parts",),
    "bracket": ("parts",),
    "panels": ("nested",),
    "origins": ("lineage",),
}
FORMS_BY_KEY |= {"pieces": ("strips",), "instead": ("strips",), "claim": ("lineage", "strips")}
"""The forms in which a key means something."""
NEEDED_KEYS = {"parts": ("whole", "the figure that the parts add up to")}
NEEDED_KEYS |= {"nested": ("panels", "the numbers in large and their boxes")}
NEEDED_KEYS |= {"lineage": ("origins", "the sources whose way it draws"), "strips": ("pieces", "what the texts could have kept")}


@rule("chart-form")
def check_chart_form(dossier: Dossier) -> Iterator[Violation]:
    for chart in dossier.charts.values():
        yield from _check_figure_count(chart)
        yield from _check_form_keys(chart)
        seen: set[str] = set()
        for steps, name in chart.iter_figure_names():
            if steps[0] == "panels":
                continue  # a share may stand in large, and as a box
            if name in seen:
                yield Violation(chart.locate(*steps), f"`{name}` is in this chart already", "name each figure once")
            seen.add(name)
        yield from _check_marks(chart)
        yield from _check_panels(chart)
        yield from _check_series_breaks(chart)


def _check_figure_count(chart: Chart) -> Iterator[Violation]:
    if chart.form not in FORMS_WITH_FIGURES:
        if chart.figures:
            message = f"a chart of the form {chart.form} has no `figures:`"
            yield Violation(
                chart.locate("figures"), message, f"delete them, or write one of the forms {', '.join(FORMS_WITH_FIGURES)}"
            )
    elif not MIN_CHART_FIGURES <= len(chart.figures) <= MAX_CHART_FIGURES:
        message = f"a chart draws {MIN_CHART_FIGURES} to {MAX_CHART_FIGURES} figures, this one {len(chart.figures)}"
        yield Violation(chart.locate("figures"), message, "add figures, or split it into several charts")


def _check_form_keys(chart: Chart) -> Iterator[Violation]:
    """Yield a violation for a key that the form needs and the chart lacks, and for each that means nothing in this form."""
    needed, meaning = NEEDED_KEYS.get(chart.form, ("", ""))
    if needed and not getattr(chart, needed):
        yield Violation(
            chart.locate("form"), f"a chart of the form {chart.form} needs `{needed}:`", f"add `{needed}:` with {meaning}"
        )
    for key, forms in FORMS_BY_KEY.items():
        if getattr(chart, key) and chart.form not in forms:
            message = f"a chart of the form {chart.form} has no {key}"
            yield Violation(chart.locate(key), message, f"delete it, or write `form: {' or '.join(forms)}`")


def _check_marks(chart: Chart) -> Iterator[Violation]:
    """Yield a violation for each event that is missing or means nothing, and for parts under a bracket that lie apart."""
    for number, mark in enumerate(chart.figures):
        if chart.form == "lag" and not mark.event:
            help = "add `event:` with the event on whose day it was printed: the name of a file in annotations/events/"
            yield Violation(chart.locate("figures", number), "a figure of a chart of the form lag needs `event:`", help)
        elif mark.event and chart.form != "lag":
            place = chart.locate("figures", number, "event")
            yield Violation(place, f"a chart of the form {chart.form} has no events", "delete it, or write `form: lag`")
    marked = [number for number, mark in enumerate(chart.figures) if mark.tone]
    if chart.form == "parts" and chart.bracket and marked != list(range(marked[0], marked[-1] + 1) if marked else [-1]):
        help = "give `tone: subject` to the parts that it spans, and sort the figures so that they stand side by side"
        yield Violation(
            chart.locate("bracket"), "the bracket spans the parts with a tone, which do not stand together here", help
        )


def _check_panels(chart: Chart) -> Iterator[Violation]:
    """Yield a violation for too many panels or boxes, and for each box whose level does not follow from the one before."""
    if len(chart.panels) > MAX_PANELS:
        yield Violation(chart.locate("panels"), f"more than {MAX_PANELS} panels cannot be read", "split it into several charts")
    for number, panel in enumerate(chart.panels):
        if not 1 <= len(panel.boxes) <= MAX_BOXES:
            message = f"a panel has 1 to {MAX_BOXES} boxes, this one {len(panel.boxes)}"
            yield Violation(chart.locate("panels", number, "boxes"), message, "write the outermost first, those inside it below")
        deepest = 1
        for place, box in enumerate(panel.boxes):
            if box.level > deepest:
                message = (
                    f"level {box.level} has no box around it: {'the first box' if not place else 'the next'} is at most {deepest}"
                )
                yield Violation(chart.locate("panels", number, "boxes", place, "level"), message, f"write `level: {deepest}`")
            deepest = min(box.level, deepest) + 1


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
