"""Charts: which figures of claims are drawn, in which form, and what may stand on one scale.

A chart holds no number of its own. It names figures, `claim.figure`, and draws what they come to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Literal, NamedTuple

from dossier.model.base import Entry, Record
from dossier.model.dates.edtf import Edtf
from dossier.model.evidence import Measure
from dossier.model.field_types import Amount, FigureName, Id, Line, Prose
from dossier.model.numbers.evaluation import Input, Workings
from dossier.model.numbers.printed import Printed
from dossier.model.yaml_node import Step

COUNTED = ("unit", "population", "area", "collector")
"""What two measures have in common where one continues the other."""


class Mark(Record):
    """A figure as a chart draws it; without a label, the figure's name says what it is."""

    noun = "figure of a chart"

    figure: FigureName
    label: Line | None = None


class Break(Record):
    """Where a series is cut: before which of its figures, and why the one before cannot be compared with it."""

    noun = "break of a chart"

    before: FigureName
    because: Prose


class Chart(Entry):
    """Figures of claims as a drawing, with a table beside it.

    `parts` cuts one whole into its parts, `apart` gives figures that must not be pooled a scale each, `series` follows a
    figure through time.
    """

    noun = "chart"
    unwritten = frozenset({"id"})

    id: Id
    title: Line
    form: Literal["parts", "apart", "series"]
    whole: FigureName | None = None
    figures: tuple[Mark, ...]
    breaks: tuple[Break, ...] = ()
    text: Prose
    context: tuple[Amount, ...] = ()

    @property
    def home(self) -> tuple[str, str]:
        """Its page, and its id there."""
        return "charts/", self.id

    @property
    def claims(self) -> dict[str, None]:
        """Ids of the claims whose figures it draws, each once, in order."""
        return dict.fromkeys(name.partition(".")[0] for _, name in self.named())

    @property
    def reasons(self) -> dict[str, str]:
        """Why the series is cut before a figure, by that figure, in the order of the figures."""
        because = {cut.before: cut.because for cut in self.breaks}
        return {mark.figure: because[mark.figure] for mark in self.figures if mark.figure in because}

    def named(self) -> Iterator[tuple[tuple[Step, ...], str]]:
        """Every figure that it draws, with the keys under which it is named."""
        if self.whole:
            yield ("whole",), self.whole
        for number, mark in enumerate(self.figures):
            yield ("figures", number, "figure"), mark.figure


class Plotted(NamedTuple):
    """A sound figure of a chart: what names it, its exact number, how it is printed, and what it counts."""

    input: Input
    number: Fraction
    measure: Measure

    @property
    def printed(self) -> Printed:
        """The number as it is printed."""
        return self.input.figure.value


def plotted(name: str, workings: Workings, measures: Mapping[str, Measure]) -> Plotted | None:
    """A figure by the name that a chart gives it; None where it is not there, or not sound."""
    found = workings.named(name)
    number = workings.number(found.claim, found.key) if found else None
    measure = measures.get(found.figure.measure) if found else None
    return Plotted(found, number, measure) if found and measure and number is not None else None


def exact(printed: Printed) -> bool:
    """Whether a number is printed as itself, not as "over 4,000", "almost half" or "one in ten"."""
    return printed.low is not None and printed.high is not None and printed.value < printed.high and not printed.high_in


def is_share(printed: Printed) -> bool:
    """Whether a number is a part of one: 52 %, almost half."""
    return "%" in printed.text or "cent" in printed.text.lower() or 0 < printed.value < 1


def closed(measure: Measure) -> Edtf | None:
    """The period of a measure, where it has a beginning and an end; only then it has a place on an axis of time."""
    return measure.period if measure.period and measure.period.start and measure.period.end else None


def years(period: Edtf) -> tuple[float, float]:
    """When a period begins and when it is over, in years; all months count as 31 days, so that it is some days off."""
    (first, month, day), (last, final, until) = period.earliest, period.latest
    return first + (month - 1 + (day - 1) / 31) / 12, last + (final - 1 + until / 31) / 12


def differences(one: Measure, other: Measure) -> list[str]:
    """Why a figure of one measure cannot be joined to the next one of a series; empty where it can."""
    different = [key for key in COUNTED if getattr(one, key) is None or getattr(one, key) != getattr(other, key)]
    before, after = closed(one), closed(other)
    if before and after:
        (first, end), (begin, last) = years(before), years(after)
        if begin < end - 0.01:
            different.append("periods that overlap")
        if abs((end - first) - (last - begin)) > 0.1 * (end - first):
            different.append("length of the period")
    return different
