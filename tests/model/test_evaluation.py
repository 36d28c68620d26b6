"""What figures come to: exactly, each once, across claims, and whatever somebody writes into an expression."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.checks import figures, verdicts
from dossier.checks.rule import CheckFunction
from dossier.model import Dossier, Problem
from dossier.model.numbers.arithmetic import Expression
from dossier.model.numbers.evaluation import (
    ClaimExpression,
    Evaluator,
    is_number_in_quote,
    iter_claim_expressions,
)
from dossier.model.numbers.formatting import format_exact_value
from dossier.model.numbers.printed import parse_printed_number
from dossier.model.records import Annotation, Claim
from dossier.model.records.figures import Measure

RULES: tuple[CheckFunction[Dossier], ...] = (
    figures.check_figure_place,
    figures.check_figure_quote,
    figures.check_unknown_figure,
    figures.check_figure_derived,
    figures.check_calculation_result,
    figures.check_calculation_holds,
    figures.check_measure_mixed,
    figures.check_number_unbacked,
    verdicts.check_verdict_arithmetic,
    verdicts.check_verdict_evidence,
)
TICKETS = Measure.model_validate(
    {"id": "tickets", "unit": "tickets", "population": "all", "area": "the ferry", "period": "2024", "collector": None}
)


def claim(name: str, figures: Mapping[str, Mapping[str, str]], *calculations: Mapping[str, str], **more: Any) -> Claim:
    """A claim with figures, of which only what matters is written."""
    record = {
        "id": name,
        "claim": "A claim.",
        "claimant": None,
        "made": None,
        "verdict": "imprecise",
        "summary": "A summary.",
        "explanation": "An explanation.",
        "would_change": "A count.",
        "kind": "figure",
        "figures": {key: {"measure": "tickets", **figure} for key, figure in figures.items()},
        "calculations": [{"id": f"c-{number}", **one} for number, one in enumerate(calculations)],
    }
    return Claim.model_validate(record | more)


def counted(value: str) -> dict[str, str]:
    """A figure that stands in a source."""
    return {"value": value, "source": "count"}


def derived(value: str, expression: str) -> dict[str, str]:
    """A figure that is derived from others."""
    return {"value": value, "derived": expression}


def dossier(*claims: Claim, notes: Iterable[Annotation] = ()) -> Dossier:
    """A dossier of nothing but claims and annotations on one article."""
    return Dossier(claims={one.id: one for one in claims}, annotations={"a": tuple(notes)}, measures={"tickets": TICKETS})


def problems(made: Dossier) -> list[Problem]:
    return [problem for rule in RULES for problem in rule(made)]


def told(*claims: Claim) -> list[tuple[str, str]]:
    """Rule and message of all that the arithmetic of some claims breaks."""
    return [(problem.rule, problem.message) for problem in problems(dossier(*claims))]


# Exactness


def test_what_is_derived_rests_on_exact_numbers_and_not_on_printed_ones() -> None:
    made = claim("a", {"one": counted("1"), "third": derived("0.33", "one / 3"), "whole": derived("1", "third * 3")})
    workings = dossier(made).evaluator
    assert workings.get_exact_number(made, "third") == Fraction(1, 3)
    assert workings.get_exact_number(made, "whole") == 1
    assert told(made) == []


def test_a_share_is_the_fraction_itself() -> None:
    made = claim("a", {"few": counted("568"), "all": counted("4,971")}, {"expression": "few / all", "result": "11.43 %"})
    [share] = iter_claim_expressions(made)
    assert dossier(made).evaluator.evaluate_expression(share) == Fraction(568, 4971)
    assert told(made) == []


@pytest.mark.parametrize(
    ("expression", "result", "right"),
    [
        ("few / 8", "12.5 %", True),
        ("few / 8", "13 %", True),
        ("few / 8", "12 %", False),
        ("few / 3", "33.33 %", True),
        ("few / 3", "33.34 %", False),
        ("few - few / 3", "two thirds", True),
        ("-few / 2", "−0.5", True),
        ("-few / 2", "−1", False),
        ("1 + few = 2", "true", True),
        ("few / 3 = 33.33 %", "true", False),
        ("few / 3", "true", False),
        ("few = 1", "1", False),
    ],
)
def test_a_result_is_right_where_the_printed_number_covers_the_exact_one(expression: str, result: str, right: bool) -> None:
    made = claim("a", {"few": counted("1")}, {"expression": expression, "result": result})
    assert dossier(made).evaluator.is_result_correct(next(iter_claim_expressions(made))) is right


# Other claims


def test_a_figure_of_another_claim_is_named_with_its_claim() -> None:
    home, away = claim("two-piers", {"all": counted("4,120")}), claim("b", {"half": derived("2,060", "two-piers.all / 2")})
    assert dossier(home, away).evaluator.get_exact_number(away, "half") == 2060
    assert told(home, away) == told(away, home) == []


def test_a_slip_is_told_where_it_lies_and_not_in_every_claim_that_rests_on_it() -> None:
    home = claim("home", {"all": counted("4,120"), "half": derived("2,600", "all / 2")}, summary="Half is 2,600.")
    away = [claim(f"away-{n}", {"part": derived("1,030", "home.half / 2")}, summary="Of 1,030.") for n in range(5)]
    assert told(*away, home) == [("figure-derived", "`all / 2` is 2,060, not 2,600")]


def test_a_figure_of_a_missing_claim_leaves_the_arithmetic_open() -> None:
    away = claim("b", {"half": derived("2,060", "gone.all / 2")}, {"expression": "half / 2", "result": "7"})
    workings = dossier(away).evaluator
    assert workings.get_exact_number(away, "half") is None
    assert [workings.is_result_correct(formula) for formula in iter_claim_expressions(away)] == [None, None]
    assert told(away) == []


def test_a_figure_in_a_quotation_that_is_not_there_leaves_the_arithmetic_open() -> None:
    made = claim("a", {"all": {"value": "7", "at": "a#gone"}}, {"expression": "all + 1", "result": "9"})
    assert told(made) == []


# Long ways round


def chain(length: int, claims: int, first: Mapping[str, str]) -> list[Claim]:
    """Figures over many claims, each the same as the one before; the first one is given."""
    names = [f"c-{number % claims}.f{number // claims}" for number in range(length)]
    figures: list[dict[str, Mapping[str, str]]] = [{} for _ in range(claims)]
    for number in range(length):
        figures[number % claims][f"f{number // claims}"] = derived("7", names[number - 1]) if number else first
    return [claim(f"c-{number}", own) for number, own in enumerate(figures)]


@pytest.mark.parametrize("backwards", [False, True])
def test_figures_may_be_derived_through_ten_thousand_others(backwards: bool) -> None:
    claims = chain(10_000, 100, counted("7"))
    assert told(*(claims[::-1] if backwards else claims)) == []


def test_the_first_wrong_figure_of_a_long_chain_is_the_one_problem() -> None:
    assert [rule for rule, _ in told(*chain(10_000, 100, derived("7", "3 + 3")))] == ["figure-derived"]


def test_a_circle_of_ten_thousand_figures_is_one_problem() -> None:
    claims = chain(10_000, 100, derived("7", "c-99.f99"))
    assert told(*claims) == [("figure-derived", "the figure is derived from itself, through `c-1.f0`")]


def test_a_circle_is_told_once_and_not_of_what_hangs_on_it() -> None:
    circle = {"a": derived("7", "b"), "b": derived("7", "c"), "c": derived("7", "a")}
    made = claim("x", {"before": derived("7", "b"), **circle, "after": derived("7", "a + before")})
    assert told(made) == [("figure-derived", "the figure is derived from itself, through `x.a`")]
    assert told(claim("x", {"a": derived("7", "a"), "b": counted("7")})) == [
        ("figure-derived", "the figure is derived from itself")
    ]


def test_two_circles_through_one_figure_are_two_problems() -> None:
    made = claim("x", {"a": derived("7", "b"), "b": derived("7", "a + c"), "c": derived("7", "b")})
    assert [rule for rule, _ in told(made)] == ["figure-derived", "figure-derived"]


def test_ten_thousand_ways_back_to_one_figure_are_one_problem() -> None:
    claims = chain(10_000, 100, derived("7", "c-99.f99"))
    back = {key: derived("7", f"{one.derived.text} + c-0.f0") for key, one in claims[50].figures.items() if one.derived}
    claims[50] = claim("c-50", back)
    assert [rule for rule, _ in told(*claims)] == ["figure-derived"]


def test_figures_that_meet_again_at_every_step_are_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made = {"f0": counted("1"), "g0": counted("1")}
    for step in range(1, 50):
        made |= {f"{name}{step}": derived(str(2**step), f"f{step - 1} + g{step - 1}") for name in "fg"}
    times = count_calls(monkeypatch, Expression, "evaluate_with")
    last = claim("a", made)
    assert dossier(last).evaluator.get_exact_number(last, "g49") == 2**49
    assert len(times) == 2 * 49


def test_products_of_products_are_a_problem_before_they_are_large() -> None:
    made = {"f0": counted("1,000,000,000")}
    for step in range(1, 40):
        made[f"f{step}"] = derived("over 1", " * ".join([f"f{step - 1}"] * 60))
    assert told(claim("a", made)) == [("figure-derived", "the result has more than 300 digits")]


@pytest.mark.parametrize(("factor", "is_worked_out"), [("512", True), ("1,024", False)])
def test_a_number_of_a_thousand_bits_is_worked_out_and_a_larger_one_is_not(factor: str, is_worked_out: bool) -> None:
    """2 to the 999th has a thousand bits."""
    made = {"a": counted("1,024"), "b": counted(factor), "c": derived("over 1", " * ".join(["a"] * 99 + ["b"]))}
    assert (told(claim("a", made)) == []) == is_worked_out


# Hostile input


def test_an_expression_that_names_everything_is_silent_or_one_problem() -> None:
    own = {f"f{number}": counted(f"{number}") for number in range(80)}
    everything = " + ".join([*own])
    assert told(claim("a", own, {"expression": everything, "result": f"{sum(range(80)):,}"})) == []
    assert told(claim("a", own, {"expression": everything, "result": "1"})) == [
        ("calculation-result", f"`{everything}` is 3,160, not 1")
    ]
    every_one_of_all = {key: derived(figure["value"], everything) for key, figure in own.items()}
    assert {rule for rule, _ in told(claim("a", every_one_of_all))} == {"figure-derived"}


@pytest.mark.parametrize(
    "name", ["a", "figures", "value", "id", "at", "self", "none", "true", "__class__"[2:7], "a.a", "a.value"]
)
def test_names_reach_figures_and_nothing_else(name: str) -> None:
    said = told(claim("a", {"one": counted("1")}, {"expression": f"one + {name}", "result": "1"}))
    assert said == [("unknown-figure", f"the claim a has no figure `{name.removeprefix('a.')}`")]


FIGURES = [f"{home}.{key}" for home in ("a", "b") for key in "pqrs"]
EXPRESSIONS = st.one_of(
    st.none(),
    st.tuples(st.sampled_from([*FIGURES, "gone.p", "a.gone", "3"]), st.sampled_from("+-*/"), st.sampled_from([*FIGURES, "2"])),
)


@settings(deadline=None, max_examples=500)
@given(st.fixed_dictionaries({name: st.tuples(st.integers(0, 4), EXPRESSIONS) for name in FIGURES}))
def test_figures_come_to_what_a_plain_recursion_says(written: dict[str, tuple[int, tuple[str, str, str] | None]]) -> None:
    figures: dict[str, dict[str, dict[str, str]]] = {"a": {}, "b": {}}
    for name, (value, expression) in written.items():
        home, key = name.split(".")
        figures[home][key] = derived(f"at least {value}", " ".join(expression)) if expression else counted(f"{value}")
    claims = [claim(home, own) for home, own in figures.items()]
    made = dossier(*claims)
    for one in claims:
        for key in one.figures:
            assert made.evaluator.get_exact_number(one, key) == plainly(f"{one.id}.{key}", written, ())
    assert {problem.rule for problem in problems(made)} <= {"figure-derived", "unknown-figure"}


def plainly(name: str, written: Mapping[str, Any], above: tuple[str, ...]) -> Fraction | None:
    """The number of a figure of the test above, or None; as slowly as it can be done."""
    if name.isdigit():
        return Fraction(name)
    if name not in written or name in above:
        return None
    value, expression = written[name]
    if not expression:
        return Fraction(value)
    left, right = (plainly(side, written, (*above, name)) for side in (expression[0], expression[2]))
    if left is None or right is None or (expression[1] == "/" and not right):
        return None
    worth = {"+": left + right, "-": left - right, "*": left * right, "/": right and left / right}[expression[1]]
    return worth if worth >= value else None


# In words


@pytest.mark.parametrize(
    ("printed", "quote"),
    [
        ("9,477", "a total of 9,477 records"),
        ("9477", "a total of 9,477 records"),
        ("9,477", "“9,477”, it says"),
        ("35", "thirty-five forces answered"),
        ("thirty-five", "35 forces answered"),
        ("25,000", "twenty-five thousand of them"),
        ("52 %", "52 per cent of all"),
        ("52 %", "stood at 52"),
        ("52 per cent", "stood at 52"),
        ("52 percent", "stood at 52"),
        ("10 %", "One in ten passengers"),
        ("one in ten", "One in ten passengers"),
        ("more than half", "over half of them"),
        ("twice", "It doubled, they say"),
        ("69 million", "69 million reports"),
        ("three", "all three."),
        ("4", "two or four of them"),
        ("one in twenty-five thousand", "more than one in twenty-five thousand of them"),
        ("52 %", "52 pr cent were on its apps"),
        ("32 %", "it was used 32 per"),
        ("32 %", "was used in 32pc of them"),
        ("51 %", "the share was fifty-one"),
    ],
)
def test_a_number_stands_in_a_quotation(printed: str, quote: str) -> None:
    assert is_number_in_quote(parse_printed_number(printed), quote)


@pytest.mark.parametrize(
    ("printed", "quote"),
    [
        ("9,477", "a total of 9,747 records"),
        ("477", "a total of 9,477 records"),
        ("52", "52 per cent of all"),
        ("69", "69 million reports"),
        ("five", "twenty-five thousand of them"),
        ("5", "twenty five of them"),
        ("1", "one in 10"),
        ("0.52", "stood at 52"),
        ("5.2 %", "stood at 52"),
        ("35", "thirty forces answered, five did not"),
        ("one in ten", "One in twelve passengers"),
        ("38 %", "in 37% of cases, from 38 police forces"),
        ("1 %", "only 61% would pay around 1 a day"),
        ("38 %", "thirty-eight police forces"),
        ("7", "no number at all"),
        ("7", ""),
    ],
)
def test_another_number_does_not(printed: str, quote: str) -> None:
    assert not is_number_in_quote(parse_printed_number(printed), quote)


@pytest.mark.parametrize(
    ("value", "like", "words"),
    [
        (Fraction(4971), None, "4,971"),
        (Fraction(-3), None, "-3"),
        (Fraction(568, 4971), None, "0.1143"),
        (Fraction(568, 4971), "11 %", "11.43 %"),
        (Fraction(568, 4971), "11 per cent", "11.43 %"),
        (Fraction(568, 4971), "one in nine", "0.1143"),
        (Fraction(1, 2), "half", "0.5000"),
        (Fraction(1, 2), "40 %", "50 %"),
        (Fraction(4971, 568), None, "8.75"),
        (Fraction(10**12) + Fraction(1, 8), None, "1,000,000,000,000.13"),
        (Fraction(1, 10**9), None, "0.0000"),
        (True, None, "true"),
        (False, "52 %", "false"),
    ],
)
def test_a_value_is_said_in_digits(value: Fraction | bool, like: str | None, words: str) -> None:
    assert format_exact_value(value, parse_printed_number(like) if like else None) == words


@settings(deadline=None)
@given(st.fractions(-(10**30), 10**30, max_denominator=10**12), st.sampled_from([None, "52 %", "52 per cent", "half"]))
def test_what_is_said_covers_what_is_meant(value: Fraction, like: str | None) -> None:
    assert parse_printed_number(format_exact_value(value, parse_printed_number(like) if like else None)).can_stand_for(value)


# Work


def test_the_work_grows_with_the_claims_and_no_faster(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = {
        "expressions": count_calls(monkeypatch, Expression, "evaluate_with"),
        "quotations": count_calls(monkeypatch, Evaluator, "is_misquoted"),
        "inputs": count_calls(monkeypatch, Evaluator, "list_inputs"),
    }
    done = []
    for size in (100, 200):
        made = many(size)
        assert problems(made) == []
        done.append({name: len(times) for name, times in calls.items()})
        for times in calls.values():
            times.clear()
    assert done[1] == {name: 2 * times for name, times in done[0].items()}
    assert done[0]["expressions"] <= 100 * 2 * 3
    assert done[0]["inputs"] <= 100 * 3 * 6


def many(size: int) -> Dossier:
    """Claims with five figures each, of which one stands in a quotation and two are derived, and a calculation."""
    claims, notes = [], []
    for number in range(size):
        record = {"article": "a", "id": f"n-{number}", "quote": f"{number} tickets of all", "speaker": "text"}
        notes.append(Annotation.model_validate(record))
        own = {
            "stated": {"value": str(number), "at": f"a#n-{number}"},
            "single": counted("40"),
            "return": counted("60"),
            "all": derived("100", "single + return"),
            "rest": derived(str(100 - number), f"c-{max(0, number - 1)}.all - stated"),
        }
        share = {"expression": "stated / all", "result": f"{number} %", "states": f"{number} %", "holds": "true"}
        claims.append(claim(f"c-{number}", own, share, summary=f"{number} of 100.", explanation="60 of 100 is 60 of 100."))
    return dossier(*claims, notes=notes)


def count_calls(monkeypatch: pytest.MonkeyPatch, owner: type, name: str) -> list[None]:
    """Grows by one entry with every call of a method."""
    times: list[None] = []
    method = getattr(owner, name)

    def counting(*arguments: Any) -> Any:
        times.append(None)
        return method(*arguments)

    monkeypatch.setattr(owner, name, counting)
    return times


def test_a_formula_is_worked_out_once_however_often_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    made = claim("a", {"one": counted("1")}, {"expression": "one + 1", "result": "2", "states": "2", "holds": "true"})
    workings, [total] = dossier(made).evaluator, iter_claim_expressions(made)
    times = count_calls(monkeypatch, Expression, "evaluate_with")
    assert isinstance(total, ClaimExpression)
    assert (workings.evaluate_expression(total), workings.is_result_correct(total), workings.is_statement_true(total)) == (
        2,
        True,
        True,
    )
    assert len(times) == 1
