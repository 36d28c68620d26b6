"""How many digits a result may have: the range that the figures of an expression allow, and the results that it bears.

A count such as 9,477 is exact; "15.9 million" is anything from 15.85 to 15.95 million. Half the width of the range is the
margin of the result. In digits, its last place must not be smaller than the margin: 15.9 million of 16.8 million is 94 %
with a margin of 0.6, so that "94 %" is borne and "94.6 %" is not. (The last place may thus be off by one, as is usual for
significant digits. If its unit had to be the whole width, even 94 % would go too far.) With words before it ("about 87 %"), a
number does not claim its last place, and a tenth of the margin is enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from fractions import Fraction
from math import floor
from typing import NamedTuple

from dossier.model.numbers.arithmetic import Expression
from dossier.model.numbers.formatting import format_decimal
from dossier.model.numbers.printed import FACTORS_BY_UNIT, PrintedNumber, parse_printed_number
from dossier.model.problems.problem import UnreadableError

UNMARKED_PLACE_SHARE = Fraction(1, 10)
"""Smallest place of a number with words before it, as a share of the margin."""


class NumberRange(NamedTuple):
    """The numbers from `low` to `high`; None is without bound."""

    low: Fraction | None
    high: Fraction | None

    @property
    def margin(self) -> Fraction | None:
        """Half the width; None without bounds."""
        return None if self.low is None or self.high is None else (self.high - self.low) / 2


def get_number_range(printed: PrintedNumber) -> NumberRange:
    """What a printed number may stand for; an exact count stands for itself alone."""
    return NumberRange(printed.value, printed.value) if printed.is_exact_count else NumberRange(printed.low, printed.high)


def compute_range(
    expression: Expression, ranges: Mapping[str, NumberRange], values: Mapping[str, Fraction]
) -> NumberRange | None:
    """The range of an expression whose figures have some ranges, and `values` inside them; None if it cannot be told.

    Each figure is moved to both ends of its range while the others stay, which shows which end makes the result smaller;
    all figures at those ends give the low end, all at the other the high end. That is exact where the result rises or falls
    with each figure, as in sums, shares and products of numbers above zero.
    """
    lowest, highest = dict(values), dict(values)
    try:
        for name in expression.names:
            low, high = ranges[name]
            if low is None or high is None:
                return NumberRange(None, None)
            is_rising = expression.evaluate_with({**values, name: low}) <= expression.evaluate_with({**values, name: high})
            lowest[name], highest[name] = (low, high) if is_rising else (high, low)
        ends = Fraction(expression.evaluate_with(lowest)), Fraction(expression.evaluate_with(highest))
    except UnreadableError:
        return None  # a division by zero at one end
    return NumberRange(min(ends), max(ends))


def is_place_borne(printed: PrintedNumber, margin: Fraction | None) -> bool:
    """Whether the last place of a result is no smaller than its margin allows; `margin` is None without bounds."""
    if margin is None:
        return printed.has_words_before
    return _get_shown_place(printed) >= (margin * UNMARKED_PLACE_SHARE if printed.has_words_before else margin)


def find_borne_number(value: Fraction, margin: Fraction, like: PrintedNumber) -> PrintedNumber | None:
    """The result with most digits that a margin bears, for an exact value, in the unit of `like`; None if none is."""
    for text in _iter_roundings(value, like.unit_after):
        with suppress(UnreadableError):
            printed = parse_printed_number(text)
            if printed.value and is_place_borne(printed, margin) and printed.can_stand_for(value):
                return printed
    return None


def _get_shown_place(printed: PrintedNumber) -> Fraction:
    """The place of the last digit; noughts at the end of a whole number with words before it count as no digits."""
    place = printed.place
    while printed.has_words_before and place and printed.value and printed.value % (10 * place) == 0:
        place *= 10
    return place


def _iter_roundings(value: Fraction, unit_after: str) -> Iterator[str]:
    """A value rounded to fewer and fewer places: first in digits alone, then with "about" before it."""
    scales = [name for name in ("million", "billion") if not unit_after and abs(value) >= FACTORS_BY_UNIT[name]]
    units = [(unit_after, value * 100 if unit_after else value)]
    units += [(f" {name}", value / FACTORS_BY_UNIT[name]) for name in scales]
    yield from (f"{format_decimal(number, places)}{unit}" for unit, number in units for places in (2, 1, 0))
    for unit, number in reversed(units):
        whole_digits = len(str(floor(abs(number))))
        rounded = (format_decimal(number, places) for places in range(2, -whole_digits, -1))
        yield from (f"about {digits}{unit}" for digits in rounded if not ("." in digits and digits.endswith("0")))
