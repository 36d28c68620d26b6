"""Exact arithmetic: expressions in postfix order, with the operators and functions that they may use.

An expression is stored in postfix order, for a stack: `a + b` is a, b, +. So evaluation needs no recursion. All numbers
are fractions: with floats, 0.1 + 0.2 would differ from 0.3. `expression.py` parses the text of an expression into this.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import NamedTuple

from dossier.model.problems.problem import UnreadableError


class Operation(NamedTuple):
    """A step that replaces the last `operand_count` numbers on the stack by one; `column` is its operator's, from 1."""

    function: Callable[..., Fraction]
    operand_count: int
    column: int


ExpressionStep = Fraction | str | Operation
"""One step of a postfix expression: push a number, push the number of a named figure, or apply an operation."""


def _round_half_away_from_zero(number: Fraction, places: Fraction = Fraction(0)) -> Fraction:
    # Python's `round` rounds halves to even (2.5 to 2), which readers do not expect of a printed number.
    scale = 10 ** int(places)
    size = Fraction(floor(abs(number) * scale + Fraction(1, 2)), scale)
    return -size if number < 0 else size


def _sum_numbers(*numbers: Fraction) -> Fraction:
    return sum(numbers, Fraction(0))


ADDITIVE_OPERATORS = {"+": operator.add, "-": operator.sub, "−": operator.sub}
MULTIPLICATIVE_OPERATORS = {"*": operator.mul, "×": operator.mul, "/": operator.truediv, "÷": operator.truediv}
EXPRESSION_FUNCTIONS: Mapping[str, Callable[..., Fraction]] = {"round": _round_half_away_from_zero, "sum": _sum_numbers}
COMPARISON_OPERATORS: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    **dict.fromkeys(("=", "=="), operator.eq),
    **dict.fromkeys(("≠", "!="), operator.ne),
    **dict.fromkeys(("≤", "<="), operator.le),
    **dict.fromkeys(("≥", ">="), operator.ge),
    "<": operator.lt,
    ">": operator.gt,
}


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed expression over named numbers.

    `text` is the expression as written. `names` holds each name once, in the order of the text. `comparison` is the
    operator between the two `sides`, empty if there is only one side. Each side is a series of steps in postfix order.
    """

    text: str
    names: tuple[str, ...]
    comparison: str
    sides: tuple[tuple[ExpressionStep, ...], ...]

    def evaluate_with(self, numbers: Mapping[str, Fraction]) -> Fraction | bool:
        """The value, exact: a number, or for a comparison whether it is true.

        `numbers` maps figure names to numbers. Raises `UnreadableError` for a name without a number, or a division by zero.
        """
        values = [_run_steps(steps, numbers) for steps in self.sides]
        return COMPARISON_OPERATORS[self.comparison](*values) if self.comparison else values[0]


def _run_steps(steps: tuple[ExpressionStep, ...], numbers: Mapping[str, Fraction]) -> Fraction:
    """Evaluate one side on a stack; the parser guarantees that exactly one number is left."""
    stack: list[Fraction] = []
    for step in steps:
        if isinstance(step, str):
            if step not in numbers:
                raise UnreadableError(f"no figure is called {step!r}", "name one of this claim's figures, or claim-id.figure")
            stack.append(numbers[step])
        elif isinstance(step, Operation):
            operands = stack[-step.operand_count :]
            try:
                stack[-step.operand_count :] = [step.function(*operands)]
            except ZeroDivisionError:
                message = f"the division at column {step.column} is by zero"
                raise UnreadableError(message, "divide by something that is not 0") from None
        else:
            stack.append(step)
    return stack[0]
