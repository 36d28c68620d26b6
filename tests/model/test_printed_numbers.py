"""Printed numbers and arithmetic over figures: what each form stands for, what is found in text, what is refused."""

from __future__ import annotations

import time
from collections.abc import Callable
from fractions import Fraction
from math import floor
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.model.numbers.arithmetic import Expression
from dossier.model.numbers.expression import parse_expression
from dossier.model.numbers.number_search import find_printed_numbers
from dossier.model.numbers.printed import INTERVAL_DESCRIPTIONS_BY_FORM, PrintedNumber, parse_printed_number
from dossier.model.problems.problem import UnreadableError

HAIR = Fraction(1, 10**12)
"""Less than any last place that is printed here."""
NUMBERS = {
    "a": Fraction(6),
    "trips": Fraction(568),
    "all_trips": Fraction(4971, 7),
    "nothing": Fraction(0),
    "ferry-on-time.late_2": Fraction(-3, 4),
    "x1.b": Fraction(1, 3),
}


def bounds(text: str) -> str:
    """The interval as mathematicians write it: "[1/2, 3/4)", with an open end left empty."""
    printed = parse_printed_number(text)
    low, high = ("" if end is None else str(end) for end in (printed.low, printed.high))
    return f"{'[' if printed.includes_low else '('}{low}, {high}{']' if printed.includes_high else ')'}"


def found(text: str) -> list[str]:
    return [text[start:end] for start, end, _ in find_printed_numbers(text)]


def refused(read: Callable[[str], Any], text: str) -> UnreadableError:
    with pytest.raises(UnreadableError) as fault:
        read(text)
    assert fault.value.message
    assert fault.value.help
    return fault.value


def read_or_refuse(read: Callable[[str], Any], text: str) -> Any:
    try:
        return read(text)
    except UnreadableError as fault:
        return fault


# Printed numbers


@pytest.mark.parametrize(
    ("text", "value", "interval"),
    [
        ("9,477", "9477", "[18953/2, 18955/2)"),
        ("9477", "9477", "[18953/2, 18955/2)"),
        ("9\u202f477", "9477", "[18953/2, 18955/2)"),
        ("9\u2009477", "9477", "[18953/2, 18955/2)"),
        ("9\u00a0477", "9477", "[18953/2, 18955/2)"),
        ("20,307,216", "20307216", "[40614431/2, 40614433/2)"),
        ("1,234.5", "1234.5", "[24689/20, 24691/20)"),
        ("0", "0", "[-1/2, 1/2)"),
        ("0.114", "0.114", "[227/2000, 229/2000)"),
        ("0.10", "0.1", "[19/200, 21/200)"),
        ("-3", "-3", "[-7/2, -5/2)"),
        ("−3.5", "-3.5", "[-71/20, -69/20)"),
        ("52 %", "13/25", "[103/200, 21/40)"),
        ("52%", "13/25", "[103/200, 21/40)"),
        ("52\u00a0%", "13/25", "[103/200, 21/40)"),
        ("52 per cent", "13/25", "[103/200, 21/40)"),
        ("52 percent", "13/25", "[103/200, 21/40)"),
        ("52.4 %", "131/250", "[1047/2000, 1049/2000)"),
        ("-5 %", "-1/20", "[-11/200, -9/200)"),
        ("69 million", "69000000", "[68500000, 69500000)"),
        ("12.4 million", "12400000", "[12350000, 12450000)"),
        ("12.4\nmillion", "12400000", "[12350000, 12450000)"),
        ("69-million", "69000000", "[68500000, 69500000)"),
        ("1.2 billion", "1200000000", "[1150000000, 1250000000)"),
        ("3 thousand", "3000", "[2500, 3500)"),
        ("zero", "0", "[-1/2, 1/2)"),
        ("seven", "7", "[13/2, 15/2)"),
        ("nineteen", "19", "[37/2, 39/2)"),
        ("Ninety", "90", "[179/2, 181/2)"),
        ("thirty-five", "35", "[69/2, 71/2)"),
        ("a hundred", "100", "[199/2, 201/2)"),
        ("hundred", "100", "[199/2, 201/2)"),
        ("two hundred and thirty-five", "235", "[469/2, 471/2)"),
        ("fifty per cent", "1/2", "[99/200, 101/200)"),
        ("three million", "3000000", "[2500000, 3500000)"),
    ],
)
def test_a_plain_number_stands_for_half_its_last_place_to_either_side(text: str, value: str, interval: str) -> None:
    assert parse_printed_number(text).value == Fraction(value)
    assert bounds(text) == interval


@pytest.mark.parametrize(
    ("text", "value", "interval"),
    [
        ("half", "1/2", "[49/100, 51/100]"),
        ("a half", "1/2", "[49/100, 51/100]"),
        ("a third", "1/3", "[97/300, 103/300]"),
        ("one third", "1/3", "[97/300, 103/300]"),
        ("Two thirds", "2/3", "[197/300, 203/300]"),
        ("two-thirds", "2/3", "[197/300, 203/300]"),
        ("a quarter", "1/4", "[6/25, 13/50]"),
        ("three quarters", "3/4", "[37/50, 19/25]"),
        ("three-quarters", "3/4", "[37/50, 19/25]"),
        ("a fifth", "1/5", "[19/100, 21/100]"),
        ("an eighth", "1/8", "[23/200, 27/200]"),
        ("a tenth", "1/10", "[9/100, 11/100]"),
        ("nine tenths", "9/10", "[89/100, 91/100]"),
        ("one in two", "1/2", "(2/5, 2/3]"),
        ("one in ten", "1/10", "(2/21, 2/19]"),
        ("One-in-ten", "1/10", "(2/21, 2/19]"),
        ("1 in 10", "1/10", "(2/21, 2/19]"),
        ("one in 8", "1/8", "(2/17, 2/15]"),
        ("one in twenty-five", "1/25", "(2/51, 2/49]"),
        ("one in 8.75", "4/35", "(200/1751, 200/1749]"),
        ("one in 10,000", "1/10000", "(2/20001, 2/19999]"),
        ("twice", "2", "[19/10, 21/10]"),
        ("double", "2", "[19/10, 21/10]"),
        ("doubled", "2", "[19/10, 21/10]"),
        ("tripled", "3", "[57/20, 63/20]"),
        ("three times", "3", "[57/20, 63/20]"),
        ("2.5 times", "5/2", "[19/8, 21/8]"),
        ("tenfold", "10", "[19/2, 21/2]"),
        ("10-fold", "10", "[19/2, 21/2]"),
    ],
)
def test_fractions_shares_and_multiples_in_words_have_a_margin(text: str, value: str, interval: str) -> None:
    assert parse_printed_number(text).value == Fraction(value)
    assert bounds(text) == interval


@pytest.mark.parametrize(
    ("text", "value", "interval"),
    [
        ("more than half", "1/2", "(1/2, )"),
        ("over 10,000", "10000", "(10000, )"),
        ("More Than a third", "1/3", "(1/3, )"),
        ("more than\none in ten", "1/10", "(1/10, )"),
        ("more than doubled", "2", "(2, )"),
        ("over −5 %", "-1/20", "(-1/20, )"),
        ("less than 10", "10", "[0, 10)"),
        ("under 25 %", "1/4", "[0, 1/4)"),
        ("fewer than twenty", "20", "[0, 20)"),
        ("at least 85 %", "17/20", "[17/20, )"),
        ("up to 70 %", "7/10", "[0, 7/10]"),
        ("at most 0", "0", "[0, 0]"),
        ("nearly 13,000", "13000", "[12350, 13000)"),
        ("almost half", "1/2", "[19/40, 1/2)"),
        ("about 16.9 million", "16900000", "[16055000, 17745000]"),
        ("around half", "1/2", "[19/40, 21/40]"),
        ("roughly 100", "100", "[95, 105]"),
        ("some 10,000", "10000", "[9500, 10500]"),
    ],
)
def test_words_before_a_number_move_its_ends(text: str, value: str, interval: str) -> None:
    assert parse_printed_number(text).value == Fraction(value)
    assert bounds(text) == interval


@pytest.mark.parametrize(
    "text", ["52 %", "-3", "half", "one in ten", "twice", "more than 5", "less than 5", "at least 5", "up to 5", "nearly 5"]
)
def test_a_printed_number_covers_its_ends_as_it_says(text: str) -> None:
    printed = parse_printed_number(text)
    if printed.low is not None:
        assert printed.can_stand_for(printed.low) is printed.includes_low
        assert printed.can_stand_for(printed.low + HAIR)
        assert not printed.can_stand_for(printed.low - HAIR)
    if printed.high is not None:
        assert printed.can_stand_for(printed.high) is printed.includes_high
        assert printed.can_stand_for(printed.high - HAIR)
        assert not printed.can_stand_for(printed.high + HAIR)


def test_a_printed_number_keeps_its_text_without_the_space_round_it() -> None:
    assert parse_printed_number("  More than HALF\n").text == "More than HALF"


@pytest.mark.parametrize(
    ("text", "message", "help"),
    [
        ("12,92", "'12,92' is not a number in a known form", "write 1,292 or, if the comma is a decimal point, 12.92"),
        ("12,92 %", "is not a number in a known form", "write 1,292 % or, if the comma is a decimal point, 12.92 %"),
        ("0,5", "is not a number in a known form", "write 0.5"),
        ("1,234,56", "is not a number in a known form", "write 123,456"),
        ("9 477", "is not a number in a known form", "write 9,477"),
        ("−12925,4", "is not a number in a known form", "write −129,254"),
        ("1,234\u00a0567", "is not a number in a known form", "write 1,234,567"),
        ("less than 0", "'less than 0' matches no number", "without the words in front of it"),
        ("about −5", "'about −5' matches no number", "without the words in front of it"),
        ("one in one", "'one in one' is no share", "a number from two up"),
        ("9" * 61, "at most 60 characters, not 61", "52 %"),
        *(
            (text, "is not a number in a known form", "forms: 9,477")
            for text in (
                *("", "true", "false", "many", ".5", "5.", "+5", "1e5", "1.234,5", "0,123,456", "5 hundred", "£5", "69m", "1/2"),
                *("52 percentage", "5 million %", "52 % 3", "two third", "a thirds", "third", "ten in one", "minus five"),
                *("more than", "more than about 5", "just over 5", "over true", "٥٢ %", "５２", "ſix", "½", "NaN", "inf", "0x10"),
            )
        ),
    ],
)
def test_what_is_no_printed_number_is_refused_with_its_cure(text: str, message: str, help: str) -> None:
    fault = refused(parse_printed_number, text)
    assert message in fault.message
    assert help in fault.help


@pytest.mark.parametrize("text", ["12,92", "12,92 %", "0,5", "1,234,56", "9 477", "−12925,4"])
def test_a_cure_can_be_read(text: str) -> None:
    written = refused(parse_printed_number, text).help.removeprefix("write ")
    for cure in written.split(" or, if the comma is a decimal point, "):
        assert parse_printed_number(cure)


@pytest.mark.parametrize("form", INTERVAL_DESCRIPTIONS_BY_FORM)
def test_every_form_that_is_declared_can_be_read(form: str) -> None:
    for example in form.split(", "):
        assert parse_printed_number(example.replace("X", "9,477"))


@settings(deadline=None)
@given(st.fractions(-(10**30), 10**30, max_denominator=10**6), st.integers(0, 6))
def test_a_number_rounded_to_its_places_is_covered_by_what_is_printed(number: Fraction, places: int) -> None:
    last_places = floor(number * 10**places + Fraction(1, 2))
    whole, decimals = divmod(abs(last_places), 10**places)
    shown = ("-" if last_places < 0 else "") + f"{whole:,}" + (f".{decimals:0{places}}" if places else "")
    assert parse_printed_number(shown).value == Fraction(last_places, 10**places)
    assert parse_printed_number(shown).can_stand_for(number)


@settings(deadline=None)
@given(st.one_of(st.text(), st.text(alphabet="0123456789,.% -−\u00a0"), st.text(alphabet="aefhinortw1 -")))
def test_any_text_is_a_printed_number_or_refused(text: str) -> None:
    printed = read_or_refuse(parse_printed_number, text)
    if isinstance(printed, PrintedNumber):
        assert printed.text == text.strip()
        assert printed.low is not None or printed.high is not None


# Numbers in running text


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("4,971 of 9,477 is 52.45 %.", ["4,971", "9,477", "52.45 %"]),
        ("More than 9,470 records, about 69 million files", ["9,470", "69 million"]),
        ("A rise of 10 per\ncent, or 1.2\nbillion.", ["10 per\ncent", "1.2\nbillion"]),
        ("It fell by −5 % (-3), from 10-15.", ["−5 %", "-3", "10", "15"]),
        ("Between 54 % and 61%.", ["54 %", "61%"]),
        ("11.9 percentage points, then 4 points.", ["11.9 percentage points", "4 points"]),
        ("3 percentage points, 12 millionaires, 52%of", ["3 percentage points", "12", "52%"]),
        ("almost half, two thirds, three-quarters and a third of trips", ["half", "two thirds", "three-quarters", "a third"]),
        ('"A third" and one fifth.', ["A third", "one fifth"]),
        ("a third article, a third-party report, the third, a tenth harbour", []),
        ("the first half of the year, a half-truth, on behalf of", []),
        ("one in ten, one in 8.75, 1 in 10 and one-in-six", ["one in ten", "one in 8.75", "1 in 10", "one-in-six"]),
        ("one in which, one in May, someone in ten", []),
        ("They twice doubled, tenfold, and three times as many", ["twice", "doubled", "tenfold", "three times"]),
        ("It was late three times. He double-checked.", []),
        ("3 times the fare", ["3 times"]),
        ("seven of thirty-five ferries, a hundred", []),
        ("12,92 and 9,4771 are two numbers each", ["12", "92", "9", "4771"]),
        ("**52 %**, _13 %_, £2000, [35](/a/)", ["52 %", "13 %", "2000", "35"]),
        ("9\u202f477 trips", ["9\u202f477"]),
        ("a 12-month survey of children aged 10 to 15", ["12", "10", "15"]),
    ],
)
def test_numbers_are_found_in_running_text(text: str, numbers: list[str]) -> None:
    assert found(text) == numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("On 26 March 2021, in March 2021 and on 2021-03-26.", []),
        ("On March 26, 2021; 26 to 28 March; 1–3 May 2020; 9 Sept. 2019; 16th March", []),
        ("26/03/2021 and 26.03.2021 and 2021-03-28T12:52:03Z", []),
        ("2019, 2019/20, 2019-20, 2019–2020, 2010s, the 1990s", []),
        ("2,019 trips, 2019 million, 2021 %, 2021.5, 1899, 2100", ["2,019", "2019 million", "2021 %", "2021.5", "1899", "2100"]),
        ("12 may be late; in March 35 ferries ran", ["12", "35"]),
        ("the 19th, 2nd, 21st and 1,000th trip", []),
        ("paragraph 15, 52 % of them; paragraphs 5 to 7, 568 trips", ["52 %", "568"]),
        ("section 3 and 12 more; section 3.2; sections 1, 2 and 3; ¶5; § 4; pages 26-38", ["12"]),
        ("paragraph 9,477 does not exist; table 3 %", ["9,477", "3 %"]),
        ("`52 %` and ``a ` 5`` but 7", ["7"]),
        ("`52 is not closed\n\nand 13` neither", ["52", "13"]),
        ("[all 5](/claims/52-percent/ '7') and <https://example.org/5/6> www.example.org/7 8", ["5", "8"]),
        ("A7, COVID-19, E2EE, md5, under-18s, 5G, 69m, v2.1, mp3.4, 10²", []),
        ("1.6.1 at 11:37 and 11:37:05 of 5", ["5"]),
        ("no numbers here", []),
        ("", []),
    ],
)
def test_what_is_no_figure_is_left_out(text: str, numbers: list[str]) -> None:
    assert found(text) == numbers


FRAGMENTS = (
    "52 % | 52|%| per cent|9,477|12.4 |million|half|a third of|two|thirds|one in |ten|8|twice|three times as|tenfold|-|−|, |. | "
    "|\n|more than |2019|/20|March|26 |paragraph |5 to 7|`|](|)|https://|A7|:|11|:37|£|“|\u202f|000|1.6.1|th|x|ſix|٣|é|_"
).split("|")


@settings(deadline=None, max_examples=1000)
@given(st.one_of(st.text(), st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join)))
def test_every_number_found_reads_back_alone_as_the_same(text: str) -> None:
    last = 0
    for start, end, printed in find_printed_numbers(text):
        assert last <= start < end <= len(text)
        assert parse_printed_number(text[start:end]) == printed
        last = end


@pytest.mark.parametrize(
    "text",
    [
        *("1" * 50_000 + ".5a", "1,111" * 10_000, "](" * 25_000, "`" * 50_000, "a third " * 6_000, "1.1." * 12_000),
        *("one in " * 7_000, "-" * 50_000, "\n" * 50_000 + "`", "paragraphs 5" + ", 5" * 16_000, "one hundred and " * 3_000),
        *("a7-" * 16_000, " " * 50_000, "1 " * 25_000, "https://" * 6_000, "one hundred  -  " * 3_000 + "%"),
    ],
    ids=lambda text: repr(text[:12]),
)
def test_no_text_takes_long(text: str) -> None:
    start = time.process_time()
    assert all(printed.text for _, _, printed in find_printed_numbers(text))
    assert time.process_time() - start < 5


# Expressions


def value(text: str) -> Fraction | bool:
    return parse_expression(text).evaluate_with(NUMBERS)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) × 3", "9"),
        ("8 / 4 / 2", "1"),
        ("8 ÷ 4 × 2", "4"),
        ("8 - 4 − 2", "2"),
        ("-a - -a", "0"),
        ("2 × -a", "-12"),
        ("5-3", "2"),
        ("0.1 + 0.2", "3/10"),
        ("52 %", "13/25"),
        ("-52% × 100", "-52"),
        ("(trips / a)%", "71/75"),
        ("round(2.5)", "3"),
        ("round(-2.5)", "-3"),
        ("round(2.4999)", "2"),
        ("round(trips / 4971 × 100, 2)", "1143/100"),
        ("round(0.5, 0)", "1"),
        ("sum(a)", "6"),
        ("sum(a, trips, -1)", "573"),
        ("ferry-on-time.late_2 + x1.b", "-5/12"),
        ("x1.b - a", "-17/3"),
        (" a\n/\t2 ", "3"),
    ],
)
def test_arithmetic_is_exact(text: str, result: str) -> None:
    assert value(text) == Fraction(result)
    assert type(value(text)) is Fraction


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        *(("a = 6", True), ("a == 7", False), ("0.1 + 0.2 = 0.3", True), ("1 / 3 × 3 == 1", True)),
        *(("a ≠ 6", False), ("a != 7", True), ("a < 6", False), ("a <= 6", True), ("a ≤ 5", False)),
        *(("a > 5", True), ("a >= 7", False), ("a ≥ 6", True), ("round(52.45 %, 2) = 52 %", True)),
    ],
)
def test_a_comparison_holds_or_not(text: str, holds: bool) -> None:
    assert value(text) is holds


def test_names_stand_once_in_the_order_they_are_written() -> None:
    expression = parse_expression("sum(b, a, b) / ferry-on-time.late_2 > a")
    assert expression.names == ("b", "a", "ferry-on-time.late_2")
    assert expression.text == "sum(b, a, b) / ferry-on-time.late_2 > a"


@pytest.mark.parametrize(
    ("text", "column", "what", "help"),
    [
        ("", 1, "a bracket, where it ends", "write what"),
        ("1 +", 4, "a bracket, where it ends", "write what"),
        ("1 + * 2", 5, "a bracket, not '*'", "write what"),
        ("sum()", 5, "a bracket, not ')'", "write what"),
        ("a-b", 2, "there is a hyphen between two names", "put spaces round it"),
        ("a - b-c", 6, "there is a hyphen between two names", "put spaces round it"),
        ("a-5", 2, "there is a hyphen between two names", "put spaces round it"),
        ("x.y-z", 4, "there is a hyphen between two names", "put spaces round it"),
        ("a – b", 3, "a dash is no minus", "write - or −"),
        ("1,000", 2, "a number has no separators", "write 1000"),
        ("sum(1,000, 2)", 6, "a number has no separators", "space after the comma"),
        ("9 477", 3, "an operator is missing before '477'", "between the two"),
        ("2 (3)", 3, "an operator is missing before '('", "between the two"),
        ("a b", 3, "an operator is missing before 'b'", "between the two"),
        (".5", 1, "a number begins with a digit", "write 0 before the point"),
        ("5.", 2, "a number does not go on like this", "1000 or 0.5"),
        ("1e5", 2, "a number does not go on like this", "1000 or 0.5"),
        ("2x", 2, "a number does not go on like this", "an operator after"),
        ("a + Trips", 5, "names are in small letters", "as it is in the claim"),
        ("(1", 3, "a bracket is not closed", "write )"),
        ("1)", 2, "closed that was not opened", "take it away"),
        ("1, 2", 2, "there can be no comma here", "sum(a, b)"),
        ("round(1, 2, 3)", 11, "there can be no comma here", "round(x, 2)"),
        ("a %", 3, "per cent follows a number or a bracket", "in brackets"),
        ("round(a) %", 10, "per cent follows a number or a bracket", "in brackets"),
        ("5 %%", 4, "per cent follows a number or a bracket", "in brackets"),
        ("1 = 2 = 3", 7, "an expression has at most one comparison, outside brackets", "two calculations"),
        ("(1 = 2)", 4, "an expression has at most one comparison, outside brackets", "two calculations"),
        ("max(1, 2)", 1, "there is no function 'max'", "round(x)"),
        ("x1.b (2)", 1, "there is no function 'x1.b'", "round(x)"),
        ("sum + 1", 1, "sum is a function", "sum(x)"),
        ("round(a, 100)", 10, "the number of decimal places", "a whole number of at most two digits"),
        ("round(a, -1)", 10, "the number of decimal places", "a whole number of at most two digits"),
        ("round(a, 0.5)", 10, "the number of decimal places", "a whole number of at most two digits"),
        ("round(a, a)", 10, "the number of decimal places", "a whole number of at most two digits"),
        ("(" * 51 + "1" + ")" * 51, 52, "more than 50 brackets", "split it"),
        ("-" * 51 + "1", 52, "more than 50 brackets", "split it"),
        ("sum(" * 51 + "1" + ")" * 51, 205, "more than 50 brackets", "split it"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_column_and_cure(text: str, column: int, what: str, help: str) -> None:
    fault = refused(parse_expression, text)
    assert fault.message.startswith(f"the expression cannot be read at column {column}: ")
    assert what in fault.message
    assert help in fault.help


def test_limits_are_limits() -> None:
    assert value("(" * 50 + "1" + ")" * 50) == 1
    assert value("1" * 30) == int("1" * 30)
    assert value("+".join(["1"] * 250)) == 250
    assert "at most 500 characters, not 501" in refused(parse_expression, "+".join(["1"] * 251)).message


@pytest.mark.parametrize(("text", "column"), [("1 / 0", 3), ("a + 1 ÷ (a - 6)", 7), ("1 / nothing > 2", 3)])
def test_division_by_zero_is_refused_where_it_happens(text: str, column: int) -> None:
    assert f"the division at column {column} is by zero" in refused(value, text).message


def test_an_unknown_name_is_refused_by_its_name() -> None:
    fault = refused(value, "a + unheard")
    assert "no figure is called 'unheard'" in fault.message
    assert "claim-id.figure" in fault.help


@pytest.mark.parametrize(
    "text",
    [
        *("__import__('os')", "().__class__", "a.real.numerator", "a.__class__", "2 ** 3", "9**9**9", "2 ^ 3", "7 // 2", "7 % 2"),
        *("lambda: 1", "lambda x: x", "'text'", '"text"', "a[0]", "[1]", "{1}", "a if a else a", "1 and 2", "not 1", "a := 1"),
        *(
            "eval(1)",
            "print(1)",
            "abs(-1)",
            "1 | 2",
            "~1",
            "1 << 9",
            "True",
            "None",
            "1; 2",
            "f(a)(a)",
            "1j",
            "0x10",
            "1_000",
            "`a`",
        ),
    ],
)
def test_nothing_but_arithmetic_is_evaluated(text: str) -> None:
    assert "cannot be read at column" in refused(parse_expression, text).message


Tree = tuple[Any, ...]
LITERALS = ["0", "1", "2", "7", "12", "0.5", "3.25", "1000", "9477"]
SPELLINGS = {"+": "+", "-": "-−", "*": "*×", "/": "/÷"}
LEVELS = {"+": 1, "-": 1, "*": 2, "/": 2}
COMPARISONS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    **dict.fromkeys(("=", "=="), lambda left, right: left == right),
    **dict.fromkeys(("≠", "!="), lambda left, right: left != right),
    **dict.fromkeys(("<=", "≤"), lambda left, right: left <= right),
    **dict.fromkeys((">=", "≥"), lambda left, right: left >= right),
    "<": lambda left, right: left < right,
    ">": lambda left, right: left > right,
}


def grown(dice: Random, leaves: int) -> Tree:
    """A tree with so many leaves, as the dice will have it; built by hand, since there are ten thousand of them."""
    if dice.random() < 0.25:
        inner = grown(dice, leaves)
        return dice.choice([("minus", inner), ("%", inner), ("round", inner, dice.choice([None, 0, 2, 10]))])
    if leaves == 1:
        return dice.choice([("number", dice.choice(LITERALS)), ("name", dice.choice(list(NUMBERS)))])
    left = dice.randint(1, leaves - 1)
    return (dice.choice(["+", "-", "*", "/", "sum"]), grown(dice, left), grown(dice, leaves - left))


DICE = st.integers(0, 2**63).map(Random)


def worth(tree: Tree) -> Fraction:
    """What a tree comes to, by the arithmetic of `fractions`."""
    match tree:
        case ("number", text):
            return Fraction(text)
        case ("name", name):
            return NUMBERS[name]
        case ("minus", inner):
            return -worth(inner)
        case ("%", inner):
            return worth(inner) / 100
        case ("round", inner, places):
            scaled = worth(inner) * 10 ** (places or 0)
            nearest = (abs(scaled) * 2 + 1) // 2
            return Fraction(nearest if scaled >= 0 else -nearest) / 10 ** (places or 0)
        case ("+" | "sum", left, right):
            return worth(left) + worth(right)
        case ("-", left, right):
            return worth(left) - worth(right)
        case ("*", left, right):
            return worth(left) * worth(right)
    return worth(tree[1]) / worth(tree[2])


def spelt(tree: Tree, level: int, dice: Random) -> str:
    """A tree as somebody might write it, in brackets where it binds less than `level` asks, or for no reason."""
    space = dice.choice(["", " "])
    match tree:
        case ("number" | "name", text):
            said, binds = text, 3
        case ("minus", inner):
            said, binds = dice.choice("-−") + space + spelt(inner, 3, dice), 3
        case ("%", ("number", text)):
            said, binds = f"{text}{space}%", 3
        case ("%", inner):
            said, binds = f"({spelt(inner, 1, dice)}){space}%", 3
        case ("round", inner, places):
            said, binds = f"round({spelt(inner, 1, dice)}{'' if places is None else f', {places}'})", 3
        case ("sum", left, right):
            said, binds = f"sum{space}({spelt(left, 1, dice)}{space}, {spelt(right, 1, dice)})", 3
        case (sign, left, right):
            shown, binds = dice.choice(SPELLINGS[sign]), LEVELS[sign]
            gap = " " if shown == "-" else space
            said = f"{spelt(left, binds, dice)}{gap}{shown}{gap}{spelt(right, binds + 1, dice)}"
    return f"({space}{said}{space})" if binds < level or dice.random() < 0.1 else said


@pytest.mark.slow
@settings(max_examples=10_000, deadline=None)
@given(DICE)
def test_ten_thousand_expressions_come_to_what_fractions_say(dice: Random) -> None:
    sides = [grown(dice, dice.randint(1, 8)) for _ in range(dice.choice([1, 1, 2]))]
    comparison, space = dice.choice(list(COMPARISONS)), dice.choice(["", " "])
    text = f"{space}{comparison}{space}".join(spelt(side, 1, dice) for side in sides)
    try:
        results = [worth(side) for side in sides]
    except ZeroDivisionError:
        assert "by zero" in refused(value, text).message
    else:
        expected = COMPARISONS[comparison](*results) if len(sides) == 2 else results[0]
        result = value(text)
        assert (type(result), result) == (type(expected), expected)


@settings(deadline=None, max_examples=500)
@given(DICE, st.integers(0), st.sampled_from([*"()+-−*×/÷=<>≤,%. \n0a_-Z'[", "round(", "é", ""]))
def test_an_expression_with_a_slip_is_read_or_refused(dice: Random, where: int, slip: str) -> None:
    text = spelt(grown(dice, dice.randint(1, 8)), 1, dice)
    at = where % len(text)
    for spoilt in (text[:at] + slip + text[at:], text[:at] + slip + text[at + 1 :], text[:at]):
        expression = read_or_refuse(parse_expression, spoilt)
        if isinstance(expression, Expression):
            read_or_refuse(value, spoilt)


@settings(deadline=None, max_examples=500)
@given(st.one_of(st.text(), st.text(alphabet="ab1.05 ()+-*/=<,%_roundsm", max_size=600)))
def test_any_text_is_an_expression_or_refused(text: str) -> None:
    expression = read_or_refuse(parse_expression, text)
    if isinstance(expression, Expression):
        assert expression.text == text
        assert len(set(expression.names)) == len(expression.names)
