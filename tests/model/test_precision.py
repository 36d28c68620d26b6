"""How many digits a result may have, and which results are percentage points."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.model.numbers.expression import parse_expression
from dossier.model.numbers.precision import NumberRange, compute_range, find_borne_number, get_number_range, is_place_borne
from dossier.model.numbers.printed import parse_printed_number
from dossier.model.numbers.share_differences import is_share_difference


def find_range(expression: str, **figures: str) -> NumberRange | None:
    printed = {name: parse_printed_number(text) for name, text in figures.items()}
    ranges = {name: get_number_range(number) for name, number in printed.items()}
    return compute_range(parse_expression(expression), ranges, {name: number.value for name, number in printed.items()})


@pytest.mark.parametrize(
    ("expression", "figures", "borne", "unborne"),
    [
        ("a / b", {"a": "15.9 million", "b": "16,836,694"}, "94 %", "94.4 %"),
        ("a / b", {"a": "15.9 million", "b": "16.9 million"}, "94 %", "94.1 %"),
        ("a / b", {"a": "4,971", "b": "9,477"}, "52.45 %", ""),
        ("a / b", {"a": "568", "b": "9,000"}, "6.31 %", ""),
        ("a / b", {"a": "nearly 60 million", "b": "69.1 million"}, "about 87 %", "about 86.8 %"),
        ("a * b", {"a": "94 %", "b": "69.1 million"}, "65 million", "65.0 million"),
        ("a * b - c", {"a": "94 %", "b": "69.1 million", "c": "nearly 60 million"}, "about 5 million", "5 million"),
        ("a * b", {"a": "a third", "b": "9,477"}, "about 3,160", "3,159"),
        ("a - b", {"a": "34 %", "b": "22 %"}, "12 %", "12.0 %"),
    ],
)
def test_a_result_has_the_digits_that_its_figures_bear(
    expression: str, figures: dict[str, str], borne: str, unborne: str
) -> None:
    result_range = find_range(expression, **figures)
    assert result_range is not None
    assert result_range.margin is not None
    value = parse_expression(expression).evaluate_with({name: parse_printed_number(text).value for name, text in figures.items()})
    found = find_borne_number(Fraction(value), result_range.margin, parse_printed_number(borne))
    assert found
    assert found.text == borne
    assert is_place_borne(found, result_range.margin)
    assert not unborne or not is_place_borne(parse_printed_number(unborne), result_range.margin)


def test_a_bound_bears_no_digits() -> None:
    assert find_range("a / 2", a="over 4,000") == NumberRange(None, None)
    assert not is_place_borne(parse_printed_number("2,000"), None)
    assert is_place_borne(parse_printed_number("at least 2,000"), None)


def test_a_division_by_nought_at_an_end_has_no_range() -> None:
    assert find_range("1 / (a - b)", a="1.5", b="1.45") is None


@given(
    st.sampled_from(
        ["a + b - c", "a / b * c", "a / (a + b + c)", "(a + b) / c", "1 - a / b", "round(a × b ÷ c, 1)", "sum(a, b) / c"]
    ),
    st.lists(st.tuples(st.integers(1, 99), st.integers(1, 9), st.integers(0, 8)), min_size=3, max_size=3),
)
def test_no_choice_within_the_figures_leaves_the_range(expression: str, numbers: list[tuple[int, int, int]]) -> None:
    parsed = parse_expression(expression)
    ranges = {
        name: NumberRange(Fraction(low), Fraction(low + width)) for name, (low, width, _) in zip("abc", numbers, strict=True)
    }
    values = {name: Fraction(low) + Fraction(width, 2) for name, (low, width, _) in zip("abc", numbers, strict=True)}
    chosen = {
        name: Fraction(low) + Fraction(width * eighths, 8) for name, (low, width, eighths) in zip("abc", numbers, strict=True)
    }
    found = compute_range(parsed, ranges, values)
    assert found is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low <= parsed.evaluate_with(chosen) <= found.high


@pytest.mark.parametrize(
    ("expression", "is_difference"),
    [
        ("half - part", True),
        ("new / all - part", True),
        ("new / all - old / all", True),
        ("(new / all - part) / 2", True),
        ("part - 5%", True),
        ("60% - part", True),
        ("-(half - part)", True),
        ("round(half - part, 2)", True),
        ("points - points / 2", True),
        ("1 - part", False),
        ("100% - half", False),
        ("new / old - 1", False),
        ("(new / 3) / (old / 36) - 1", False),
        ("half / part - 1", False),
        ("(half - part) / part", False),
        ("half + part", False),
        ("part + points", False),
        ("part - points", False),
        ("new - old", False),
        ("new / (22% * old) - 1", False),
        ("part * all", False),
    ],
)
def test_only_a_difference_of_shares_is_in_points(expression: str, is_difference: bool) -> None:
    printed = {
        "half": "52 %",
        "part": "a third",
        "new": "3,212",
        "old": "2,037",
        "all": "9,477",
        "points": "12 percentage points",
    }
    numbers = {name: parse_printed_number(text) for name, text in printed.items()}
    assert is_share_difference(parse_expression(expression), numbers) == is_difference
