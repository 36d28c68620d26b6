"""The arithmetic of a claim as its page shows it: one small table for each calculation, one for each measure of the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dossier.model.evidence import Calculation, Figure, Measure
from dossier.model.numbers.evaluation import Formula, formulas, said
from dossier.model.numbers.printed import Printed
from dossier.model.records import Claim
from dossier.pages.context import Desk

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\.[a-z][a-z0-9_]*|[a-z][a-z0-9_]*")
_SIGNS = {"*": "×", "/": "÷", "-": "−", "==": "=", "!=": "≠", "<=": "≤", ">=": "≥"}
_SIGN = re.compile(r"[=!<>]=|[*/-]")

_BEFORE_DIGITS = re.compile(r"^[A-Za-z ]+(?=\d)")
SHOWN = 3
"""Calculations that a page shows at once; the others open on demand."""


@dataclass(frozen=True)
class Row:
    """A figure as a table shows it; `behind` is the operation that gives it, where it stands nowhere itself."""

    name: str
    figure: Figure
    behind: str


@dataclass(frozen=True)
class Working:
    """A calculation as its table shows it: what goes in, the operation in numbers, and whether what was stated holds."""

    calculation: Calculation
    rows: list[Row]
    operation: str
    result: str
    holds: bool | None


@dataclass(frozen=True)
class Arithmetic:
    """All numbers of a claim: its calculations, the figures that are in none of them by measure, and what is counted."""

    workings: list[Working]
    more: list[Working]
    """Those after the first few."""
    others: dict[str, list[Row]]
    measures: list[Measure]


def arithmetic(desk: Desk, claim: Claim) -> Arithmetic:
    """The numbers of a claim, in the order in which they are written."""
    workings = [_working(desk, formula) for formula in formulas(claim) if isinstance(formula.owner, Calculation)]
    used = {id(row.figure) for working in workings for row in working.rows}
    others: dict[str, list[Row]] = {}
    for name, figure in claim.figures.items():
        if id(figure) not in used:
            others.setdefault(figure.measure, []).append(row_of(desk, claim, name))
    figures = [*(row.figure for working in workings for row in working.rows), *claim.figures.values()]
    measures = dict.fromkeys(figure.measure for figure in figures)
    return Arithmetic(
        workings[:SHOWN],
        workings[SHOWN:],
        others,
        [desk.dossier.measures[name] for name in measures if name in desk.dossier.measures],
    )


def _working(desk: Desk, formula: Formula) -> Working:
    assert isinstance(formula.owner, Calculation)
    calculation, result = formula.owner, formula.owner.result
    rows = [row_of(desk, one.claim, one.key) for one in desk.dossier.workings.inputs(formula.claim, formula.expression)]
    written = said(result) if isinstance(result, bool) else result.text
    holds = desk.dossier.workings.holds(formula)
    return Working(calculation, rows, _operation(desk, formula), written, holds)


def row_of(desk: Desk, claim: Claim, key: str) -> Row:
    """A figure of a claim as a table shows it."""
    figure = claim.figures[key]
    behind = _operation(desk, Formula(claim, (), figure.derived, figure)) if figure.derived else ""
    return Row(desk.topic(key.replace("_", "-")), figure, behind)


def _operation(desk: Desk, formula: Formula) -> str:
    """An expression with its figures in numbers, as people write it: "568 ÷ 4,971"."""
    inputs = desk.dossier.workings.inputs(formula.claim, formula.expression)
    values = {one.name: _bare(one.figure.value) for one in inputs}
    # Names first: the hyphens of a claim's id are no minus.
    pieces = _NAME.split(formula.expression.text)
    names = [values.get(name, name) for name in _NAME.findall(formula.expression.text)]
    signs = [_SIGN.sub(lambda sign: _SIGNS[sign[0]], piece) for piece in pieces]
    return "".join(part for pair in zip(signs, [*names, ""], strict=True) for part in pair)


def _bare(printed: Printed) -> str:
    """A number as it is printed; of "over 4,000" the arithmetic takes 4,000 alone."""
    digits = _BEFORE_DIGITS.sub("", printed.text)
    return digits if digits[:1].isdigit() else said(printed.value, printed)
