"""What charts draw: their figures with exact numbers, and which of them may share a scale or follow each other.

A chart (`dossier.model.records.chart`) holds no number of its own. It names figures, `claim.figure`, and draws what they come to.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from dossier.model.dates.edtf import Edtf
from dossier.model.numbers.evaluation import Evaluator, FigureInput
from dossier.model.numbers.printed import PrintedNumber
from dossier.model.records.figures import Measure

COMPARED_MEASURE_KEYS = ("unit", "population", "area", "collector")
"""Keys in which two measures must be equal if one continues the other."""


class PlottedFigure(NamedTuple):
    """A sound figure of a chart: its name and claim, its exact number, and its measure."""

    input: FigureInput
    exact_number: Fraction
    measure: Measure

    @property
    def printed_number(self) -> PrintedNumber:
        """The number as it is printed."""
        return self.input.figure.value


def find_plotted_figure(name: str, evaluator: Evaluator, measures: Mapping[str, Measure]) -> PlottedFigure | None:
    """A figure by its name in a chart; None if it does not exist or is not sound."""
    figure_input = evaluator.find_input(name)
    if figure_input is None:
        return None
    number = evaluator.get_exact_number(figure_input.claim, figure_input.figure_key)
    measure = measures.get(figure_input.figure.measure)
    return PlottedFigure(figure_input, number, measure) if measure and number is not None else None


def is_exact_number(printed: PrintedNumber) -> bool:
    """Whether a number is printed as itself, not as "over 4,000", "almost half" or "one in ten"."""
    return printed.low is not None and printed.high is not None and printed.value < printed.high and not printed.includes_high


def is_share_of_one(printed: PrintedNumber) -> bool:
    """Whether a number is a part of one: 52 %, almost half."""
    return bool(printed.unit_after) or 0 < printed.value < 1


def compute_share_of_figure(figure: PlottedFigure, around: PlottedFigure | None) -> Fraction | None:
    """The part that a figure takes of another one around it; None if that is not known.

    A share is a share of what is around it, whatever the number of that; a count compares with a count of its measure only.
    """
    if is_share_of_one(figure.printed_number):
        return figure.exact_number
    if not around or not around.exact_number or figure.measure.id != around.measure.id:
        return None
    return figure.exact_number / around.exact_number


def get_closed_period(measure: Measure) -> Edtf | None:
    """The period of a measure if it has a start and an end; otherwise it has no place on an axis of time."""
    return measure.period if measure.period and measure.period.start and measure.period.end else None


def to_decimal_years(period: Edtf) -> tuple[float, float]:
    """Start and end of a period in years; all months count as 31 days, so they may be some days off."""
    (first, month, day), (last, final, until) = period.earliest_day, period.latest_day
    return first + (month - 1 + (day - 1) / 31) / 12, last + (final - 1 + until / 31) / 12


def find_measure_differences(first: Measure, second: Measure) -> list[str]:
    """Why figures of two measures cannot follow each other in a series; empty if they can."""
    pairs = ((key, getattr(first, key), getattr(second, key)) for key in COMPARED_MEASURE_KEYS)
    differences = [key for key, value, other in pairs if value is None or value != other]
    before, after = get_closed_period(first), get_closed_period(second)
    if before and after:
        (first_start, first_end), (second_start, second_end) = to_decimal_years(before), to_decimal_years(after)
        length = first_end - first_start
        if second_start < first_end - 0.01:
            differences.append("periods that overlap")
        if abs(length - (second_end - second_start)) > 0.1 * length:
            differences.append("length of the period")
    return differences
