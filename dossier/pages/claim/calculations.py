"""The arithmetic section of a claim page: a table for each calculation, then a table for each measure of the other figures."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from dossier.model.numbers.evaluation import ClaimExpression, iter_claim_expressions
from dossier.model.numbers.formatting import format_exact_value
from dossier.model.numbers.number_search import find_printed_numbers
from dossier.model.numbers.printed import PrintedNumber
from dossier.model.records import Claim
from dossier.model.records.figures import Calculation, Figure, Measure
from dossier.pages.context import PageContext

# A figure in an expression: `claim-id.figure_key`, or `figure_key` of the same claim.
_FIGURE_NAME_PATTERN = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\.[a-z][a-z0-9_]*|[a-z][a-z0-9_]*")
_TYPOGRAPHIC_OPERATORS = {"*": "×", "/": "÷", "-": "−", "==": "=", "!=": "≠", "<=": "≤", ">=": "≥"}
_OPERATOR_PATTERN = re.compile(r"[=!<>]=|[*/-]")

# The words before the digits of an inexact number: "over ", "up to ".
_LEADING_WORDS_PATTERN = re.compile(r"^[A-Za-z ]+(?=\d)")

_PLACES_BY_OUTCOME: Mapping[bool | None, int] = {False: 0, True: 2, None: 3}
"""Order of calculations by whether the statement holds; the one on which the verdict turns must not be below its helpers."""

_PLACE_OF_CITED = 1
"""Place of a calculation whose result is in the verdict's sentence: only what refutes a statement stands before it."""


@dataclass(frozen=True)
class FigureRow:
    """A row of a table of figures. `derivation` is the formula of a derived figure ("568 ÷ 4,971"), empty for a printed one."""

    name: str
    figure: Figure
    derivation: str


@dataclass(frozen=True)
class CalculationTable:
    """The table of a calculation.

    `rows` are its inputs, `operation_text` the formula with numbers in place of names; `holds_as_stated` says whether the
    statement in the article agrees with the result, None if there is no such statement or it cannot be evaluated.
    """

    calculation: Calculation
    rows: list[FigureRow]
    operation_text: str
    result_text: str
    holds_as_stated: bool | None


@dataclass(frozen=True)
class ClaimArithmetic:
    """All numbers of a claim page: its calculations, figures that no calculation uses, and the measures of both."""

    calculations: list[CalculationTable]
    other_rows_by_measure: dict[str, list[FigureRow]]
    measures: list[Measure]

    @property
    def refuted_count(self) -> int:
        """Number of calculations that refute a statement; they stand first."""
        return sum(table.holds_as_stated is False for table in self.calculations)

    @property
    def confirmed_count(self) -> int:
        """Number of calculations that confirm a statement."""
        return sum(table.holds_as_stated is True for table in self.calculations)


def build_claim_arithmetic(context: PageContext, claim: Claim) -> ClaimArithmetic:
    """Collect the numbers of a claim.

    Calculations stand by how much turns on them: what does not hold, what the verdict's sentence gives, what holds, and what
    nobody stated; else as recorded.
    """
    tables = [
        _build_calculation_table(context, formula)
        for formula in iter_claim_expressions(claim)
        if isinstance(formula.owner, Calculation)
    ]
    cited_values = {number.value for _, _, number in find_printed_numbers(claim.summary)}
    tables.sort(key=lambda table: _get_place(table, cited_values))
    # By identity: figures of two claims may be equal in all fields.
    used_figures = {id(row.figure) for table in tables for row in table.rows}
    other_rows: dict[str, list[FigureRow]] = {}
    for name, figure in claim.figures.items():
        if id(figure) not in used_figures:
            other_rows.setdefault(figure.measure, []).append(build_figure_row(context, claim, name))
    figures = [*(row.figure for table in tables for row in table.rows), *claim.figures.values()]
    measure_ids = dict.fromkeys(figure.measure for figure in figures if figure.measure in context.dossier.measures)
    return ClaimArithmetic(tables, other_rows, [context.dossier.measures[measure_id] for measure_id in measure_ids])


def _build_calculation_table(context: PageContext, formula: ClaimExpression) -> CalculationTable:
    """The table of a calculation; a comparison has True or False as its result."""
    assert isinstance(formula.owner, Calculation)  # for mypy: the caller has selected by it
    calculation, result = formula.owner, formula.owner.result
    rows = [
        build_figure_row(context, input_figure.claim, input_figure.figure_key)
        for input_figure in context.dossier.evaluator.list_inputs(formula.claim, formula.expression)
    ]
    result_text = format_exact_value(result) if isinstance(result, bool) else result.text
    holds = context.dossier.evaluator.is_statement_true(formula)
    return CalculationTable(calculation, rows, _format_operation(context, formula), result_text, holds)


def _get_place(table: CalculationTable, cited_values: Collection[Fraction]) -> int:
    result = table.calculation.result
    is_cited = not isinstance(result, bool) and result.value in cited_values
    place = _PLACES_BY_OUTCOME[table.holds_as_stated]
    return min(place, _PLACE_OF_CITED) if is_cited else place


def build_figure_row(context: PageContext, claim: Claim, key: str) -> FigureRow:
    """The row for the figure `key` of a claim."""
    figure = claim.figures[key]
    derivation = _format_operation(context, ClaimExpression(claim, (), figure.derived, figure)) if figure.derived else ""
    return FigureRow(figure.label or context.format_topic(key.replace("_", "-")), figure, derivation)


def _format_operation(context: PageContext, formula: ClaimExpression) -> str:
    """An expression with numbers in place of names and typographic operators: `part / whole` becomes "568 ÷ 4,971"."""
    inputs = context.dossier.evaluator.list_inputs(formula.claim, formula.expression)
    values = {input_figure.name: _format_bare_number(input_figure.figure.value) for input_figure in inputs}
    # Split at names before replacing operators: a hyphen in a claim's id is not a minus sign.
    pieces = _FIGURE_NAME_PATTERN.split(formula.expression.text)
    names = [values.get(name, name) for name in _FIGURE_NAME_PATTERN.findall(formula.expression.text)]
    operators = [_OPERATOR_PATTERN.sub(lambda sign: _TYPOGRAPHIC_OPERATORS[sign[0]], piece) for piece in pieces]
    return "".join(part for pair in zip(operators, [*names, ""], strict=True) for part in pair)


def _format_bare_number(printed: PrintedNumber) -> str:
    """A printed number without its words ("over 4,000" gives "4,000"); numbers printed in words are written in digits."""
    digits = _LEADING_WORDS_PATTERN.sub("", printed.text)
    return digits if digits[:1].isdigit() else format_exact_value(printed.value, printed)
