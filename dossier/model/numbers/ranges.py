"""What figures and results may come to, given how the figures are printed."""

from __future__ import annotations

from dossier.model.numbers.arithmetic import Expression
from dossier.model.numbers.evaluation import MAX_NUMBER_BITS, ClaimExpression, Evaluator
from dossier.model.numbers.precision import NumberRange, compute_range, get_number_range
from dossier.model.records import Claim


class RangeFinder:
    """Computes the range of each sound figure once, in the order in which they are derived from each other."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._range_by_figure: dict[tuple[str, str], NumberRange] = {}
        for item in evaluator.list_sound_figures():
            derived = item.figure.derived
            found = self._compute_expression_range(item.claim, derived) if derived else get_number_range(item.figure.value)
            if found:
                self._range_by_figure[item.claim_and_key] = found

    def find_result_range(self, formula: ClaimExpression) -> NumberRange | None:
        """The range of an expression; None for a comparison, without a value, or if it cannot be told."""
        return self._compute_expression_range(formula.claim, formula.expression)

    def _compute_expression_range(self, claim: Claim, expression: Expression) -> NumberRange | None:
        """The range of an expression; None for a comparison, for an input without a range, and for huge numbers."""
        inputs = [item for item in self._evaluator.list_inputs(claim, expression) if item.claim_and_key in self._range_by_figure]
        if expression.comparison or len(inputs) < len(expression.names):
            return None
        ranges = {item.name: self._range_by_figure[item.claim_and_key] for item in inputs}
        exact = {item.name: self._evaluator.get_exact_number(item.claim, item.figure_key) for item in inputs}
        result = compute_range(expression, ranges, {name: number for name, number in exact.items() if number is not None})
        ends = [end for end in result or () if end is not None]
        is_huge = any(max(end.numerator.bit_length(), end.denominator.bit_length()) > MAX_NUMBER_BITS for end in ends)
        return None if is_huge else result
