"""Rules on figures and calculations: each number is where its record says, and each expression has the result written.

A mistake is reported once, where it is: whatever is computed from a wrong figure is not reported too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from fractions import Fraction

from dossier.checks.rule import Violation, rule
from dossier.model.base import Record
from dossier.model.dossier import Dossier
from dossier.model.introspection import iter_reader_texts
from dossier.model.numbers.evaluation import (
    ClaimExpression,
    has_one_origin,
    is_value_as_written,
    iter_claim_expressions,
)
from dossier.model.numbers.formatting import format_exact_value
from dossier.model.numbers.number_search import find_printed_numbers
from dossier.model.numbers.printed import PrintedNumber
from dossier.model.problems.problem import LineEdit, Location, UnreadableError, suggest_line_edits
from dossier.model.records import Claim
from dossier.model.records.chart import Chart
from dossier.model.records.figures import Calculation, Figure
from dossier.model.yaml_node import YamlPath

MAX_NEAREST_DIFFERENCE = Fraction(1, 5)
"""Greatest difference, as a share of a number, of a figure that is suggested in place of it."""


@rule("figure-place")
def check_figure_place(dossier: Dossier) -> Iterator[Violation]:
    for claim in dossier.claims.values():
        for name, figure in claim.figures.items():
            if not has_one_origin(figure):
                message = f"the figure `{name}` needs exactly one origin"
                help = "write one of `at: article#annotation`, `source: id` and `derived: expression`"
                yield Violation(claim.locate("figures", name), message, help)
        for number, calculation in enumerate(claim.calculations):
            if calculation.at and not calculation.states:
                help = "add `states:` with the number as it is in the quotation, or delete `at:`"
                yield Violation(claim.locate("calculations", number, "at"), "`at:` needs `states:`", help)


@rule("figure-quote")
def check_figure_quote(dossier: Dossier) -> Iterator[Violation]:
    for claim in dossier.claims.values():
        for steps, at, printed in _iter_quoted_numbers(claim):
            note = dossier.get_annotation(at)
            if note and dossier.find_anchor(note) and dossier.evaluator.is_misquoted(printed, at):
                message = f"{printed.text} is not in “{note.quote}” ({at})"
                help = "write the number as it is in the quotation, or name the annotation that quotes it"
                yield Violation(claim.locate(*steps), message, help)


@rule("unknown-figure")
def check_unknown_figure(dossier: Dossier) -> Iterator[Violation]:
    for record, steps, claim, name in _iter_figure_references(dossier):
        other, _, key = name.rpartition(".")
        home = dossier.claims.get(other) if other else claim
        if home and key not in home.figures:
            close = get_close_matches(key, home.figures, 1)
            help = f"did you mean `{close[0]}`?" if close else f"its figures are {', '.join(home.figures) or 'none yet'}"
            message = f"the claim {home.id} has no figure `{key}`"
            yield Violation(record.locate(*steps), message, help, suggest_line_edits(key, close))


@rule("figure-derived")
def check_figure_derived(dossier: Dossier) -> Iterator[Violation]:
    for formula in _iter_dossier_expressions(dossier):
        if not isinstance(formula.owner, Figure) or not has_one_origin(formula.owner):
            continue
        place = formula.claim.locate(*formula.yaml_path)
        if through := dossier.evaluator.get_circular_input(formula.claim, str(formula.yaml_path[1])):
            way = f", through `{'.'.join(through.claim_and_key)}`" if through.figure is not formula.owner else ""
            help = "give one of the figures `at:` or `source:` instead of `derived:`"
            yield Violation(place, f"the figure is derived from itself{way}", help)
        elif formula.expression.comparison:
            message = "a derived figure must be a number; this expression is a comparison"
            yield Violation(place, message, "move it to `calculations:`")
        else:
            yield from _check_formula(dossier, formula, formula.owner.value, "value")


@rule("calculation-result")
def check_calculation_result(dossier: Dossier) -> Iterator[Violation]:
    for formula in _iter_dossier_expressions(dossier):
        if isinstance(formula.owner, Calculation):
            yield from _check_formula(dossier, formula, formula.owner.result, "result")


@rule("calculation-holds")
def check_calculation_holds(dossier: Dossier) -> Iterator[Violation]:
    for formula in _iter_dossier_expressions(dossier):
        calculation = formula.owner
        if not isinstance(calculation, Calculation):
            continue
        holds, place = dossier.evaluator.is_statement_true(formula), formula.claim.locate(*formula.yaml_path[:-1], "holds")
        if not calculation.states and not formula.expression.comparison and calculation.holds is not None:
            help = "add `states:` with the number as it was printed, or delete `holds`"
            yield Violation(place, "`holds` needs a stated number or a comparison", help)
        elif holds is not None and calculation.holds is None:
            line, message = f"holds: {format_exact_value(holds)}", "`holds` is missing: the calculation tests a statement"
            yield Violation(place, message, f"add `{line}`", (LineEdit("add", "", line),))
        elif holds is not None and holds != calculation.holds:
            stated = calculation.states.text if calculation.states else "the comparison"
            result = _format_written_value(calculation.result)
            message = f"{stated} {'holds' if holds else 'does not hold'}: the expression is {result}"
            instead = suggest_line_edits(format_exact_value(not holds), [format_exact_value(holds)])
            yield Violation(place, message, f"write `holds: {format_exact_value(holds)}`, or correct `states:`", instead)


@rule("measure-mixed")
def check_measure_mixed(dossier: Dossier) -> Iterator[Violation]:
    for formula in _iter_dossier_expressions(dossier):
        owner, place = formula.owner, formula.claim.locate(*formula.yaml_path)
        inputs = dossier.evaluator.list_inputs(formula.claim, formula.expression)
        measures = [item.figure.measure for item in inputs] + ([owner.measure] if isinstance(owner, Figure) else [])
        different = list(dict.fromkeys(measures))
        if len(inputs) < len(formula.expression.names) or not dossier.measures.keys() >= set(measures):
            continue  # a missing figure or measure has its own problem
        if len(different) > 1 and (owner.comparable or not owner.reason):
            message = f"this combines figures of different measures: {', '.join(different)}"
            help = "use figures of one measure, or add `comparable: false` and a `reason:`, which readers see"
            yield Violation(place, message, help)
        elif len(different) == 1 and (not owner.comparable or owner.reason):
            yield Violation(place, f"all figures here have the measure {different[0]}", "delete `comparable:` and `reason:`")


@rule("number-unbacked")
def check_number_unbacked(dossier: Dossier) -> Iterator[Violation]:
    for claim in dossier.claims.values():
        yield from _check_numbers_in_texts(dossier, claim, [claim])
    for chart in dossier.charts.values():
        if dossier.claims.keys() >= chart.claim_ids.keys():  # a missing claim has its own problem
            yield from _check_numbers_in_texts(dossier, chart, [dossier.claims[name] for name in chart.claim_ids])


def _check_numbers_in_texts(dossier: Dossier, entry: Claim | Chart, claims: Sequence[Claim]) -> Iterator[Violation]:
    """Yield a violation for each number in the texts that nothing backs, and for each number of `context` that is not there."""
    backing = _collect_backing_numbers(dossier, claims)
    if backing is None:
        return  # the wrong figure has its own problem
    exact, stated = backing
    stated += (number.value for number in entry.context)
    printed = []
    for steps, marker, text in iter_reader_texts(entry):
        for start, _, number in find_printed_numbers(text) if marker.are_numbers_backed else ():
            printed.append(number.value)
            if number.value not in stated and not any(number.can_stand_for(value) for value in exact):
                place = entry.locate_after_text(text[:start], *steps)
                yield _create_number_violation(place, number, entry, claims)
    for index, number in enumerate(entry.context):
        if number.value not in printed:
            yield Violation(entry.locate("context", index), f"{number.text} is not in the text", "delete it here")


def _create_number_violation(place: Location, number: PrintedNumber, entry: Claim | Chart, claims: Sequence[Claim]) -> Violation:
    """The violation for a number in a text; it suggests the nearest figure or result, since a slip is likely then."""
    message = f"{number.text} is neither a figure nor a result of {'this claim' if entry.noun == 'claim' else 'its claims'}"
    form = f'`a_name: {{value: "{number.text}", measure: …, at: article#annotation}}`'
    where = f"under `figures:`{' of a claim' * (entry.noun != 'claim')}, as in {form}, or under `calculations:`"
    nearest = _find_nearest_number(number, claims)
    if not nearest:
        return Violation(place, message, f'add it {where}; if no verdict depends on it, write `context: ["{number.text}"]`')
    name, other = nearest
    edits = suggest_line_edits(number.text, [other.text])
    return Violation(place, f"{message}; the nearest is {other.text} (`{name}`)", f"correct it, or add it {where}", edits)


def _find_nearest_number(number: PrintedNumber, claims: Iterable[Claim]) -> tuple[str, PrintedNumber] | None:
    """Name and number of the nearest figure or result; None if none is within a fifth of the number or has its digits."""
    printed = [(name, figure.value) for claim in claims for name, figure in claim.figures.items()]
    for claim in claims:
        printed += [(item.id, item.result) for item in claim.calculations if isinstance(item.result, PrintedNumber)]
    likely = [
        (name, other)
        for name, other in printed
        if abs(other.value - number.value) <= MAX_NEAREST_DIFFERENCE * abs(number.value)
        or sorted(filter(str.isdigit, other.text)) == sorted(filter(str.isdigit, number.text)) != []
    ]
    return min(likely, key=lambda candidate: abs(candidate[1].value - number.value), default=None)


def _iter_quoted_numbers(claim: Claim) -> Iterator[tuple[YamlPath, str, PrintedNumber]]:
    """The numbers that must be in a quotation: YAML path of the number, reference to the annotation, number."""
    for name, figure in claim.figures.items():
        if figure.at and has_one_origin(figure):
            yield ("figures", name, "value"), figure.at, figure.value
    for number, calculation in enumerate(claim.calculations):
        if calculation.at and calculation.states:
            yield ("calculations", number, "states"), calculation.at, calculation.states


def _iter_figure_references(dossier: Dossier) -> Iterator[tuple[Record, YamlPath, Claim | None, str]]:
    """Every name of a figure: record and YAML path, the claim whose own figures are named by their key alone, the name."""
    for formula in _iter_dossier_expressions(dossier):
        yield from ((formula.claim, formula.yaml_path, formula.claim, name) for name in formula.expression.names)
    for chart in dossier.charts.values():
        yield from ((chart, steps, None, name) for steps, name in chart.iter_figure_names())


def _iter_dossier_expressions(dossier: Dossier) -> Iterator[ClaimExpression]:
    for claim in dossier.claims.values():
        yield from iter_claim_expressions(claim)


def _check_formula(dossier: Dossier, formula: ClaimExpression, written: PrintedNumber | bool, key: str) -> Iterator[Violation]:
    """Yield a violation if an expression has another result than the record; none if one of its figures is wrong."""
    value = dossier.evaluator.evaluate_expression(formula)
    if isinstance(value, UnreadableError):
        yield Violation(formula.claim.locate(*formula.yaml_path), value.message, value.help)
    elif value is not None and not is_value_as_written(value, written):
        right, wrong = format_exact_value(value, None if isinstance(written, bool) else written), _format_written_value(written)
        help = f"write {right}, or correct the figures or the expression"
        edits = suggest_line_edits(wrong, [f'"{right}"' if "," in right else right])
        place = formula.claim.locate(*formula.yaml_path[:-1], key)
        yield Violation(place, f"`{formula.expression.text}` is {right}, not {wrong}", help, edits)


def _format_written_value(written: PrintedNumber | bool) -> str:
    return format_exact_value(written) if isinstance(written, bool) else written.text


def _collect_backing_numbers(dossier: Dossier, claims: Iterable[Claim]) -> tuple[list[Fraction], list[Fraction]] | None:
    """The numbers that back a number in a text: exact ones, of which it may be a rounding, and printed ones.

    None if a figure or calculation of the claims is wrong.
    """
    exact: list[Fraction | None] = []
    stated: list[Fraction] = []
    for claim in claims:
        evaluator, formulas = dossier.evaluator, list(iter_claim_expressions(claim))
        if not all(evaluator.is_result_correct(formula) for formula in formulas):
            return None
        inputs = [item for formula in formulas for item in evaluator.list_inputs(claim, formula.expression)]
        exact += (evaluator.get_exact_number(item.claim, item.figure_key) for item in inputs)
        exact += (evaluator.get_exact_number(claim, name) for name in claim.figures)
        exact += (value for formula in formulas if isinstance(value := evaluator.evaluate_expression(formula), Fraction))
        stated += (figure.value.value for figure in claim.figures.values())
        stated += (calculation.states.value for calculation in claim.calculations if calculation.states)
    # Lists, not sets: they are short, and hashing a fraction takes longer than comparing a few.
    numbers = [value for value in exact if value is not None]
    return (numbers, stated) if len(numbers) == len(exact) else None
