"""Which expressions are differences of shares: their results are percentage points.

If one app has 52 % of the records and another 34 %, the first has 18 percentage points more, or 53 % more.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Literal, NamedTuple

from dossier.model.numbers.arithmetic import Expression, Operation
from dossier.model.numbers.printed import PrintedNumber

OperandKind = Literal["number", "share", "points"]
"""What is on the stack: a share is printed as one, or is one number by another; all else is a number, or in points."""


class _Operand(NamedTuple):
    """The kind of an operand; `literal` is its value if no figure is in it."""

    kind: OperandKind
    literal: Fraction | None = None


def is_share_difference(expression: Expression, printed: Mapping[str, PrintedNumber]) -> bool:
    """Whether an expression subtracts shares; `printed` maps its names to their figures.

    What is missing from a whole (`1 - share`, `100% - share`) is a share, and `new / old - 1` a relative change.
    """
    stack: list[_Operand] = []
    for step in expression.sides[0]:
        if isinstance(step, str):
            stack.append(_Operand(_get_printed_kind(printed[step])))
        elif isinstance(step, Operation):
            operands = stack[-step.operand_count :]
            stack[-step.operand_count :] = [_apply(step.function, operands)]
        else:
            stack.append(_Operand("number", step))
    return stack[0].kind == "points"


def _get_printed_kind(printed: PrintedNumber) -> OperandKind:
    if printed.unit_after == " percentage points":
        return "points"
    return "share" if printed.unit_after or 0 < printed.value < 1 else "number"


def _apply(function: Callable[..., Fraction], operands: list[_Operand]) -> _Operand:
    """The kind of what an operation makes of its operands."""
    literals = [operand.literal for operand in operands if operand.literal is not None]
    kinds = [operand.kind for operand in operands if operand.literal is None]
    if not kinds:
        return _Operand("number", Fraction(0) if function is operator.truediv and not literals[1] else function(*literals))
    if function is operator.truediv:
        is_ratio = kinds in (["number", "number"], ["points", "number"])
        return _Operand("share" if is_ratio else kinds[0] if operands[0].literal is None and literals else "number")
    if function is operator.mul:
        return _Operand(kinds[0] if literals else "number")
    if function is operator.sub and (kinds == ["share", "share"] or (kinds == ["share"] and literals != [1])):
        return _Operand("points")
    return _Operand("share" if "share" in kinds else kinds[0])
