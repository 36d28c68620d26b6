"""The arithmetic of a claim as its page shows it: one small table for each calculation, one for each measure of the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dossier.model.evidence import Calculation, Figure, Measure
from dossier.model.numbers.evaluation import ClaimExpression, format_exact_value, iter_claim_expressions
from dossier.model.numbers.printed import PrintedNumber
from dossier.model.records import Claim
from dossier.pages.context import PageContext

_FIGURE_NAME_PATTERN = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\.[a-z][a-z0-9_]*|[a-z][a-z0-9_]*")
_TYPOGRAPHIC_OPERATORS = {"*": "×", "/": "÷", "-": "−", "==": "=", "!=": "≠", "<=": "≤", ">=": "≥"}
_OPERATOR_PATTERN = re.compile(r"[=!<>]=|[*/-]")

_LEADING_WORDS_PATTERN = re.compile(r"^[A-Za-z ]+(?=\d)")
MAX_OPEN_CALCULATIONS = 3
"""Calculations that a page shows at once; the others open on demand."""


@dataclass(frozen=True)
class FigureRow:
    """A figure as a table shows it; `behind` is the operation that gives it, where it stands nowhere itself."""

    name: str
    figure: Figure
    derivation: str


@dataclass(frozen=True)
class CalculationTable:
    """A calculation as its table shows it: what goes in, the operation in numbers, and whether what was stated holds."""

    calculation: Calculation
    rows: list[FigureRow]
    operation_text: str
    result_text: str
    holds_as_stated: bool | None


@dataclass(frozen=True)
class ClaimArithmetic:
    """All numbers of a claim: its calculations, the figures that are in none of them by measure, and what is counted."""

    open_calculations: list[CalculationTable]
    folded_calculations: list[CalculationTable]
    """Those after the first few."""
    other_rows_by_measure: dict[str, list[FigureRow]]
    measures: list[Measure]


def build_claim_arithmetic(context: PageContext, claim: Claim) -> ClaimArithmetic:
    """The numbers of a claim, in the order in which they are written."""
    workings = [
        _build_calculation_table(context, formula)
        for formula in iter_claim_expressions(claim)
        if isinstance(formula.owner, Calculation)
    ]
    used = {id(row.figure) for working in workings for row in working.rows}
    others: dict[str, list[FigureRow]] = {}
    for name, figure in claim.figures.items():
        if id(figure) not in used:
            others.setdefault(figure.measure, []).append(build_figure_row(context, claim, name))
    figures = [*(row.figure for working in workings for row in working.rows), *claim.figures.values()]
    measures = dict.fromkeys(figure.measure for figure in figures)
    return ClaimArithmetic(
        workings[:MAX_OPEN_CALCULATIONS],
        workings[MAX_OPEN_CALCULATIONS:],
        others,
        [context.dossier.measures[name] for name in measures if name in context.dossier.measures],
    )


def _build_calculation_table(context: PageContext, formula: ClaimExpression) -> CalculationTable:
    assert isinstance(formula.owner, Calculation)
    calculation, result = formula.owner, formula.owner.result
    rows = [
        build_figure_row(context, one.claim, one.figure_key)
        for one in context.dossier.evaluator.list_inputs(formula.claim, formula.expression)
    ]
    written = format_exact_value(result) if isinstance(result, bool) else result.text
    holds = context.dossier.evaluator.is_statement_true(formula)
    return CalculationTable(calculation, rows, _format_operation(context, formula), written, holds)


def build_figure_row(context: PageContext, claim: Claim, key: str) -> FigureRow:
    """A figure of a claim as a table shows it."""
    figure = claim.figures[key]
    behind = _format_operation(context, ClaimExpression(claim, (), figure.derived, figure)) if figure.derived else ""
    return FigureRow(context.format_topic(key.replace("_", "-")), figure, behind)


def _format_operation(context: PageContext, formula: ClaimExpression) -> str:
    """An expression with its figures in numbers, as people write it: "568 ÷ 4,971"."""
    inputs = context.dossier.evaluator.list_inputs(formula.claim, formula.expression)
    values = {one.name: _format_bare_number(one.figure.value) for one in inputs}
    # Names first: the hyphens of a claim's id are no minus.
    pieces = _FIGURE_NAME_PATTERN.split(formula.expression.text)
    names = [values.get(name, name) for name in _FIGURE_NAME_PATTERN.findall(formula.expression.text)]
    signs = [_OPERATOR_PATTERN.sub(lambda sign: _TYPOGRAPHIC_OPERATORS[sign[0]], piece) for piece in pieces]
    return "".join(part for pair in zip(signs, [*names, ""], strict=True) for part in pair)


def _format_bare_number(printed: PrintedNumber) -> str:
    """A number as it is printed; of "over 4,000" the arithmetic takes 4,000 alone."""
    digits = _LEADING_WORDS_PATTERN.sub("", printed.text)
    return digits if digits[:1].isdigit() else format_exact_value(printed.value, printed)
