"""Rules on how results are printed: no more digits than their figures bear, and percentage points between shares."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from dossier.checks.rule import Violation, rule
from dossier.model.dossier import Dossier
from dossier.model.numbers.evaluation import ClaimExpression, iter_claim_expressions
from dossier.model.numbers.formatting import format_exact_value
from dossier.model.numbers.precision import NumberRange, find_borne_number, is_place_borne
from dossier.model.numbers.printed import PrintedNumber
from dossier.model.numbers.ranges import RangeFinder
from dossier.model.numbers.share_differences import is_share_difference
from dossier.model.problems.problem import LineEdit, Location, suggest_line_edits
from dossier.model.records.figures import Figure

_UNIT_AFTER_PATTERN = re.compile(r"[\s-]*(?:%|per[\s-]*cent|(?:percentage[\s-]+)?points?)$", re.IGNORECASE)


@rule("calculation-digits")
def check_calculation_digits(dossier: Dossier) -> Iterator[Violation]:
    ranges = RangeFinder(dossier.evaluator)
    for formula, written, place in _iter_correct_results(dossier):
        result_range, value = ranges.find_result_range(formula), dossier.evaluator.evaluate_expression(formula)
        if result_range and isinstance(value, Fraction) and not is_place_borne(written, result_range.margin):
            yield Violation(place, *_describe_excess(formula, written, value, result_range))


def _describe_excess(
    formula: ClaimExpression, written: PrintedNumber, value: Fraction, result_range: NumberRange
) -> tuple[str, str, tuple[LineEdit, ...]]:
    """Message, cure and edits for a result with more digits than its figures bear."""
    message = f"{written.text} is more exact than the figures of `{formula.expression.text}`"
    if result_range.low is None or result_range.high is None or result_range.margin is None:
        help = "begin it with “about” or “at least”, as that figure does, or leave it out"
        return f"{message}, of which one is printed without an upper or lower bound", help, ()
    reach = " to ".join(format_exact_value(end, written) for end in (result_range.low, result_range.high))
    borne = find_borne_number(value, result_range.margin, written)
    help = f"write {borne.text}" if borne else "say in the text how far the figures reach, and leave this out"
    edits = suggest_line_edits(written.text, [f'"{borne.text}"' if "," in borne.text else borne.text] if borne else [])
    return f"{message}, which allow {reach}", help, edits


@rule("share-difference")
def check_share_difference(dossier: Dossier) -> Iterator[Violation]:
    for formula, written, place in _iter_correct_results(dossier):
        inputs = {item.name: item.figure.value for item in dossier.evaluator.list_inputs(formula.claim, formula.expression)}
        is_difference, digits = is_share_difference(formula.expression, inputs), _UNIT_AFTER_PATTERN.sub("", written.text)
        if is_difference and written.unit_after == " %":
            message = f"`{formula.expression.text}` is the difference of two shares, which is in percentage points"
            right = f"{digits} percentage points"
        elif not is_difference and written.unit_after == " percentage points":
            message = f"`{formula.expression.text}` is no difference of two shares, so it is in per cent"
            right = f"{digits} %"
        else:
            continue
        yield Violation(place, message, f"write {right}", suggest_line_edits(written.text, [right]))


def _iter_correct_results(dossier: Dossier) -> Iterator[tuple[ClaimExpression, PrintedNumber, Location]]:
    """Every expression whose written result is right, with that number and its location; a wrong one has a problem already."""
    for claim in dossier.claims.values():
        for formula in iter_claim_expressions(claim):
            is_figure = isinstance(formula.owner, Figure)
            written = formula.owner.value if isinstance(formula.owner, Figure) else formula.owner.result
            if isinstance(written, PrintedNumber) and dossier.evaluator.is_result_correct(formula):
                yield formula, written, claim.locate(*formula.yaml_path[:-1], "value" if is_figure else "result")
