"""Figures and calculations: each number stands where it is said to stand, and comes to what is written.

A fault is told where it lies and nowhere else: what rests on an unsound figure is not held against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from fractions import Fraction

from dossier.checks.rule import Fault, rule
from dossier.model.base import Record
from dossier.model.dossier import Dossier
from dossier.model.evidence import Calculation, Figure
from dossier.model.numbers.charts import Chart
from dossier.model.numbers.evaluation import Formula, comes_to, formulas, placed, said
from dossier.model.numbers.printed import Printed, numbers_in
from dossier.model.problems.problem import Instead, Unreadable, likely
from dossier.model.records import Claim
from dossier.model.yaml_node import Step


@rule("figure-place")
def figure_place(dossier: Dossier) -> Iterator[Fault]:
    for claim in dossier.claims.values():
        for name, figure in claim.figures.items():
            if not placed(figure):
                message = f"it is not said where the figure `{name}` stands, or said more than once"
                help = "write one of `at: article#annotation`, `source: id` and `derived: expression`"
                yield Fault(claim.place("figures", name), message, help)
        for number, calculation in enumerate(claim.calculations):
            if calculation.at and not calculation.states:
                help = "add `states:` with the number as the quotation has it, or delete this"
                yield Fault(claim.place("calculations", number, "at"), "nothing is stated that could stand here", help)


@rule("figure-quote")
def figure_quote(dossier: Dossier) -> Iterator[Fault]:
    for claim in dossier.claims.values():
        for steps, at, printed in _quoted(claim):
            note = dossier.note(at)
            if note and dossier.found(note) and dossier.workings.misquoted(printed, at):
                message = f"{printed.text} does not stand in “{note.quote}” ({at})"
                help = "write the number as the quotation has it, or name the annotation whose words hold it"
                yield Fault(claim.place(*steps), message, help)


@rule("unknown-figure")
def unknown_figure(dossier: Dossier) -> Iterator[Fault]:
    for record, steps, claim, name in _named(dossier):
        other, _, key = name.rpartition(".")
        home = dossier.claims.get(other) if other else claim
        if home and key not in home.figures:
            close = get_close_matches(key, home.figures, 1)
            help = f"did you mean `{close[0]}`?" if close else f"its figures are {', '.join(home.figures) or 'none yet'}"
            yield Fault(record.place(*steps), f"the claim {home.id} has no figure `{key}`", help, likely(key, close))


@rule("figure-derived")
def figure_derived(dossier: Dossier) -> Iterator[Fault]:
    for formula in _formulas(dossier):
        if not isinstance(formula.owner, Figure) or not placed(formula.owner):
            continue
        if through := dossier.workings.circle(formula.claim, str(formula.steps[1])):
            way = f", by way of `{'.'.join(through.id)}`" if through.figure is not formula.owner else ""
            help = "write with `at:` or `source:` where one of them stands"
            yield Fault(formula.claim.place(*formula.steps), f"the figure is derived from itself{way}", help)
        elif formula.expression.comparison:
            yield Fault(formula.claim.place(*formula.steps), "a comparison is no number", "leave it to a calculation")
        else:
            yield from _compared(dossier, formula, formula.owner.value, "value")


@rule("calculation-result")
def calculation_result(dossier: Dossier) -> Iterator[Fault]:
    for formula in _formulas(dossier):
        if isinstance(formula.owner, Calculation):
            yield from _compared(dossier, formula, formula.owner.result, "result")


@rule("calculation-holds")
def calculation_holds(dossier: Dossier) -> Iterator[Fault]:
    for formula in _formulas(dossier):
        calculation = formula.owner
        if not isinstance(calculation, Calculation):
            continue
        holds, place = dossier.workings.holds(formula), formula.claim.place(*formula.steps[:-1], "holds")
        if not calculation.states and not formula.expression.comparison and calculation.holds is not None:
            help = "add `states:` with the number as it was printed, or delete `holds`"
            yield Fault(place, "nothing is stated here that could hold", help)
        elif holds is not None and calculation.holds is None:
            missing = (Instead("add", "", f"holds: {said(holds)}"),)
            yield Fault(place, "it is not said whether what was stated holds", f"add `holds: {said(holds)}`", missing)
        elif holds is not None and holds != calculation.holds:
            stated = calculation.states.text if calculation.states else "the comparison"
            message = f"{stated} {'holds' if holds else 'does not hold'}: the expression comes to {_text(calculation.result)}"
            instead = likely(said(not holds), [said(holds)])
            yield Fault(place, message, f"write `holds: {said(holds)}`, or correct what was stated", instead)


@rule("measure-mixed")
def measure_mixed(dossier: Dossier) -> Iterator[Fault]:
    for formula in _formulas(dossier):
        owner, place = formula.owner, formula.claim.place(*formula.steps)
        inputs = dossier.workings.inputs(formula.claim, formula.expression)
        measures = [one.figure.measure for one in inputs] + ([owner.measure] if isinstance(owner, Figure) else [])
        different = list(dict.fromkeys(measures))
        if len(inputs) < len(formula.expression.names) or not dossier.measures.keys() >= set(measures):
            continue  # that a figure or a measure does not exist is told already
        if len(different) > 1 and (owner.comparable or not owner.reason):
            message = f"figures of different measures meet here: {', '.join(different)}"
            help = "compare figures of one measure, or add `comparable: false` and a `reason:` that readers see"
            yield Fault(place, message, help)
        elif len(different) == 1 and (not owner.comparable or owner.reason):
            yield Fault(place, f"all figures here are of the measure {different[0]}", "delete `comparable` and `reason`")


@rule("number-unbacked")
def number_unbacked(dossier: Dossier) -> Iterator[Fault]:
    for claim in dossier.claims.values():
        texts = ((("summary",), claim.summary), (("explanation",), claim.explanation))
        yield from _unbacked(claim, texts, claim.context, _backing(dossier, [claim]))
    for chart in dossier.charts.values():
        if dossier.claims.keys() >= chart.claims.keys():  # else that one of them does not exist is told already
            backing = _backing(dossier, [dossier.claims[name] for name in chart.claims])
            yield from _unbacked(chart, _texts(chart), chart.context, backing)


def _texts(chart: Chart) -> Iterator[tuple[tuple[Step, ...], str]]:
    """What a chart says, with the keys under which it is written."""
    yield ("title",), chart.title
    yield from ((("figures", number, "label"), mark.label) for number, mark in enumerate(chart.figures) if mark.label)
    yield from ((("breaks", number, "because"), cut.because) for number, cut in enumerate(chart.breaks))
    yield ("text",), chart.text


def _unbacked(
    entry: Claim | Chart,
    texts: Iterable[tuple[tuple[Step, ...], str]],
    context: Iterable[Printed],
    backing: tuple[list[Fraction], list[Fraction]] | None,
) -> Iterator[Fault]:
    """Numbers in the texts of a record that rest on nothing, and numbers given as context that are not in them."""
    if backing is None:
        return  # what is wrong with the figures is told already
    exact, stated = backing
    stated = [*stated, *(one.value for one in context)]
    printed = []
    for steps, text in texts:
        for start, _, number in numbers_in(text):
            printed.append(number.value)
            if number.value not in stated and not any(number.covers(one) for one in exact):
                message = (
                    f"{number.text} is neither a figure nor a result of {'this claim' if entry.noun == 'claim' else 'its claims'}"
                )
                form = f'`a_name: {{value: "{number.text}", measure: …, at: article#annotation}}`'
                where = f"under `figures:`{' of a claim' * (entry.noun != 'claim')}, as in {form}, or under `calculations:`"
                help = f'add it {where}; where nothing rests on it, write `context: ["{number.text}"]`'
                yield Fault(entry.place_after(text[:start], *steps), message, help)
    for position, one in enumerate(context):
        if one.value not in printed:
            yield Fault(entry.place("context", position), f"{one.text} does not stand in the text", "delete it here")


def _quoted(claim: Claim) -> Iterator[tuple[tuple[Step, ...], str, Printed]]:
    """The numbers that are said to stand in a quotation: the keys under which each is written, and the quotation."""
    for name, figure in claim.figures.items():
        if figure.at and placed(figure):
            yield ("figures", name, "value"), figure.at, figure.value
    for number, calculation in enumerate(claim.calculations):
        if calculation.at and calculation.states:
            yield ("calculations", number, "states"), calculation.at, calculation.states


def _named(dossier: Dossier) -> Iterator[tuple[Record, tuple[Step, ...], Claim | None, str]]:
    """Every name of a figure: where it is written, and the claim whose own figures need no more than their key."""
    for formula in _formulas(dossier):
        yield from ((formula.claim, formula.steps, formula.claim, name) for name in formula.expression.names)
    for chart in dossier.charts.values():
        yield from ((chart, steps, None, name) for steps, name in chart.named())


def _formulas(dossier: Dossier) -> Iterator[Formula]:
    for claim in dossier.claims.values():
        yield from formulas(claim)


def _compared(dossier: Dossier, formula: Formula, written: Printed | bool, key: str) -> Iterator[Fault]:
    """What a formula comes to beside what is written, where its figures are sound."""
    value = dossier.workings.judged(formula)
    if isinstance(value, Unreadable):
        yield Fault(formula.claim.place(*formula.steps), value.message, value.help)
    elif value is not None and not comes_to(value, written):
        right = said(value, None if isinstance(written, bool) else written)
        message = f"`{formula.expression.text}` comes to {right}, not {_text(written)}"
        help = f"write {right}, or correct the figures or the expression"
        yield Fault(
            formula.claim.place(*formula.steps[:-1], key),
            message,
            help,
            likely(_text(written), [f'"{right}"' if "," in right else right]),
        )


def _text(written: Printed | bool) -> str:
    return said(written) if isinstance(written, bool) else written.text


def _backing(dossier: Dossier, claims: Iterable[Claim]) -> tuple[list[Fraction], list[Fraction]] | None:
    """What a number in a text can rest on: exact numbers, of which it may be a rounding, and printed ones.

    None where a figure or calculation of the claims is unsound.
    """
    exact: list[Fraction | None] = []
    stated: list[Fraction] = []
    for claim in claims:
        workings, own = dossier.workings, list(formulas(claim))
        if not all(workings.right(formula) for formula in own):
            return None
        inputs = [(one.claim, one.key) for formula in own for one in workings.inputs(claim, formula.expression)]
        exact += (workings.number(*figure) for figure in [*inputs, *((claim, name) for name in claim.figures)])
        exact += (value for formula in own if isinstance(value := workings.judged(formula), Fraction))
        stated += (figure.value.value for figure in claim.figures.values())
        stated += (one.states.value for one in claim.calculations if one.states)
    # Lists, not sets: they are short, and hashing a fraction takes longer than comparing a few.
    numbers = [value for value in exact if value is not None]
    return (numbers, stated) if len(numbers) == len(exact) else None
