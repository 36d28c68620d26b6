"""Parser of printed numbers: a text such as "more than half" in, its value and the interval it declares out.

A printed number is rounded: "52 %" may stand for 51.6 %, "one in ten" for 9.7 %, "more than half" for anything above a
half. So each form declares an interval, listed in `INTERVAL_DESCRIPTIONS_BY_FORM`. The intervals are this program's own
convention. All values are exact fractions, because a float at the end of an interval could fall on the wrong side.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from dossier.model.cache_sizes import MAX_CACHED_TEXTS
from dossier.model.problems.problem import UnreadableError

MAX_PRINTED_NUMBER_CHARACTERS = 60
"""Maximum length of a printed number, in characters."""

INTERVAL_DESCRIPTIONS_BY_FORM: Mapping[str, str] = {
    "9,477, 0.114, −3, seven": "Half of the last place shown to either side, without the upper end: 9,476.5 up to 9,477.5.",
    "52 %, 52.4 per cent": "The same, in hundredths: 52 % is 51.5 % up to 52.5 %.",
    "11.9 percentage points, 12 points": "The same: what lies between two shares is counted in points.",
    "3 thousand, 69 million, 1.2 billion": "The same, in the unit: 69 million is 68.5 million up to 69.5 million.",
    "half, a third, two thirds, three quarters": "One percentage point to either side, with both ends.",
    "one in ten, 1 in 8": "Any share that rounds to one in that number: one in ten is above 1/10.5 and at most 1/9.5.",
    "twice, doubled, three times, tenfold": "5 % of the multiple to either side, with both ends: 1.9 to 2.1.",
    "more than X, over X": "Above X, without X.",
    "less than X, under X, fewer than X": "At least zero and below X, without X.",
    "at least X": "X and above.",
    "up to X, at most X": "From zero to X, with X.",
    "nearly X, almost X": "From 95 % of X, with it, up to X, without X.",
    "about X, around X, roughly X, some X": "5 % of X to either side, with both ends.",
}
"""The forms of printed numbers, as examples, each with a sentence on its interval, for readers. X is any of the first seven."""


def join_alternatives(words: str | list[str]) -> str:
    """A group that matches any of some words or regular expressions; a string is split at its spaces."""
    return "(?:" + "|".join(words.split() if isinstance(words, str) else words) + ")"


# Words and regular expressions of printed numbers, for this parser and for the search in running text (`number_search.py`).
# Both are built of the same parts, so every number that the search finds can be parsed. The parts are for text in lower
# case, or for patterns that ignore case.
UNIT_WORDS = "one two three four five six seven eight nine"
TEEN_WORDS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
FRACTION_PART_WORDS = "third quarter fifth sixth seventh eighth ninth tenth"
VALUES_BY_NUMBER_WORD = {word: number for number, word in enumerate(f"zero {UNIT_WORDS} {TEEN_WORDS}".split())}
VALUES_BY_NUMBER_WORD |= {word: 10 * number for number, word in enumerate(TENS_WORDS.split(), 2)}
DENOMINATORS_BY_WORD = {"half": 2} | {word: number for number, word in enumerate(FRACTION_PART_WORDS.split(), 3)}
ONE_HUNDREDTH = Fraction(1, 100)
FACTORS_BY_UNIT = {"": Fraction(1), "%": ONE_HUNDREDTH, "percent": ONE_HUNDREDTH}
FACTORS_BY_UNIT |= dict.fromkeys(("percentagepoint", "percentagepoints", "point", "points"), ONE_HUNDREDTH)
FACTORS_BY_UNIT |= {"thousand": Fraction(10**3), "million": Fraction(10**6), "billion": Fraction(10**9)}
FACTORS_BY_MULTIPLE_WORD = {"twice": 2, "double": 2, "triple": 3, "treble": 3, "quadruple": 4}

# Repetitions are bounded ({1,5}) or atomic ((?>…), which Python has since 3.11), so that no text makes the matcher
# backtrack for long.
GAP_REGEX = r"[\s-]{1,5}"
WORD_END_REGEX = r"(?![^\W_])"
# Comma, no-break space, thin space, narrow no-break space; one number uses one of them throughout.
THOUSANDS_SEPARATORS = ",\u00a0\u2009\u202f"
THOUSANDS_GROUPS_REGEX = join_alternatives([f"(?:{separator}[0-9]{{3}}){{1,20}}" for separator in THOUSANDS_SEPARATORS])
FIGURES_REGEX = rf"(?>(?:[1-9][0-9]{{0,2}}{THOUSANDS_GROUPS_REGEX}(?![0-9])|[0-9]+)(?:\.[0-9]+)?)"
WORDS_TO_99_REGEX = (
    rf"(?:{join_alternatives(TENS_WORDS)}(?:{GAP_REGEX}{join_alternatives(UNIT_WORDS)})?"
    rf"|{join_alternatives(f'zero {UNIT_WORDS} {TEEN_WORDS}')})"
)
SPELT_NUMBER_REGEX = (
    rf"(?:(?:{join_alternatives(f'an? {UNIT_WORDS}')}{GAP_REGEX})?hundred"
    rf"(?:{GAP_REGEX}(?:and{GAP_REGEX})?{WORDS_TO_99_REGEX})?|{WORDS_TO_99_REGEX})"
)
SCALE_REGEX = rf"(?:{GAP_REGEX})?{join_alternatives('thousand million billion')}{WORD_END_REGEX}"
POINTS_REGEX = rf"(?:{GAP_REGEX})(?:percentage{GAP_REGEX})?points?{WORD_END_REGEX}"
PERCENT_REGEX = rf"(?:\s{{0,5}}%|(?:{GAP_REGEX})?per(?:{GAP_REGEX})?cent{WORD_END_REGEX}|{POINTS_REGEX})"
COUNT_REGEX = rf"(?:{FIGURES_REGEX}|{SPELT_NUMBER_REGEX})(?:{SCALE_REGEX})?"
HALF_REGEX = rf"(?:(?:an?|one){GAP_REGEX})?half"
ONE_PART_REGEX, SEVERAL_PARTS_REGEX = (
    rf"(?:an?|one){GAP_REGEX}{join_alternatives(FRACTION_PART_WORDS)}",
    rf"{join_alternatives(UNIT_WORDS)}{GAP_REGEX}{join_alternatives(FRACTION_PART_WORDS)}s",
)
ONE_IN_REGEX = rf"(?:one|1){GAP_REGEX}in{GAP_REGEX}"
MULTIPLE_REGEX = r"(?:twice|(?:double|triple|treble|quadruple)[ds]?)"
TIMES_REGEX, FOLD_REGEX = rf"(?P<times>{COUNT_REGEX}){GAP_REGEX}times", rf"(?P<fold>{COUNT_REGEX})(?:{GAP_REGEX})?fold"

IntervalBounds = tuple[Fraction | None, Fraction | None, bool, bool]
"""Low and high bound, None if unbounded; then whether the low and the high bound itself are included."""


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A printed number and its interval.

    `text` is the number as printed, stripped. `value` is the number that it names: 13/25 for "52 %", 1/10 for "one in ten",
    1/2 for "more than half". `low` and `high` bound the interval, None if unbounded; `includes_low` and `includes_high`
    say whether the bound itself is part of it. `place` is the width of the interval without words in front: for digits the
    unit of the last place shown, 1/1000 for "52.4 %". `has_words_before` is true for "over 4,000".
    """

    text: str
    value: Fraction
    low: Fraction | None
    high: Fraction | None
    includes_low: bool
    includes_high: bool
    place: Fraction
    has_words_before: bool

    @property
    def unit_after(self) -> Literal["", " %", " percentage points"]:
        """What stands behind the digits of a share, or of what lies between two shares; empty for any other number."""
        text = self.text.lower()
        return " percentage points" if re.search("points?$", text) else " %" if re.search("%|cent$", text) else ""

    @property
    def is_exact_count(self) -> bool:
        """Whether it is a whole number printed to its last unit, as 9,477 or seven, which is exact."""
        return not self.has_words_before and self.place == 1 and self.value.denominator == 1 and not self.unit_after

    def can_stand_for(self, number: Fraction) -> bool:
        """Whether a number is in the interval."""
        above = self.low is None or number > self.low or (self.includes_low and number == self.low)
        below = self.high is None or number < self.high or (self.includes_high and number == self.high)
        return above and below


@lru_cache(maxsize=MAX_CACHED_TEXTS)
def parse_printed_number(text: str) -> PrintedNumber:
    """Parse a printed number, in digits or English words. Raises `UnreadableError` with the forms it may have.

    The value is a fraction of one for percentages and shares, else a plain number: 69,000,000 for "69 million".
    """
    stripped = text.strip()
    if len(stripped) > MAX_PRINTED_NUMBER_CHARACTERS:
        raise UnreadableError(
            f"a printed number has at most {MAX_PRINTED_NUMBER_CHARACTERS} characters, not {len(stripped)}", _NUMBER_FORMS_HELP
        )
    qualified = _QUALIFIED_NUMBER_PATTERN.fullmatch(stripped.lower())
    plain = qualified["plain"] if qualified else stripped.lower()
    for pattern, read_form in _NUMBER_FORM_READERS:
        if match := pattern.fullmatch(plain):
            value, bounds = read_form(match)
            break
    else:
        raise _create_number_error(stripped)
    place = bounds[1] - bounds[0] if bounds[0] is not None and bounds[1] is not None else Fraction(0)
    if qualified:
        bounds = _BOUNDS_BY_QUALIFIER[" ".join(qualified["words"].split())](value)
    low, high, includes_low, includes_high = bounds
    # An empty interval, as in "less than 0" or "nearly -5".
    if low is not None and high is not None and (low > high or (low == high and not (includes_low and includes_high))):
        raise UnreadableError(f"{stripped!r} matches no number", "write the number without the words in front of it")
    return PrintedNumber(stripped, value, low, high, includes_low, includes_high, place, qualified is not None)


_PLAIN_NUMBER_PATTERN = re.compile(
    rf"(?:(?P<figures>[-−]?{FIGURES_REGEX})|(?P<spelt>{SPELT_NUMBER_REGEX}))(?P<unit>{SCALE_REGEX}|{PERCENT_REGEX})?"
)


def _parse_plain_number(text: str) -> tuple[Fraction, Fraction]:
    """Value of a plain number in digits or words, and half a unit of its last printed place: for "9,477", 9477 and 1/2."""
    match = _PLAIN_NUMBER_PATTERN.fullmatch(text)
    assert match, "every form that leads here was matched with this pattern's pieces"
    unit = FACTORS_BY_UNIT[re.sub(r"[\s-]", "", match["unit"] or "")]
    if match["figures"]:
        value = Fraction(re.sub(f"[{THOUSANDS_SEPARATORS}]", "", match["figures"]).replace("−", "-"))
        return value * unit, unit / 10 ** len(match["figures"].partition(".")[2]) / 2
    count = 0
    for word in re.findall("[a-z]+", match["spelt"]):
        count = max(count, 1) * 100 if word == "hundred" else count + VALUES_BY_NUMBER_WORD.get(word, 0)
    return count * unit, unit / 2


def _read_plain_form(match: re.Match[str]) -> tuple[Fraction, IntervalBounds]:
    """Interval of "9,477", "52 %" or "69 million": every number that rounds to it, halves up."""
    value, half = _parse_plain_number(match[0])
    return value, (value - half, value + half, True, False)


def _read_fraction_form(match: re.Match[str]) -> tuple[Fraction, IntervalBounds]:
    """Interval of "a third" or "three quarters": one percentage point to either side."""
    *times, part = re.findall("[a-z]+", match[0])
    value = Fraction(VALUES_BY_NUMBER_WORD.get(times[0], 1) if times else 1, DENOMINATORS_BY_WORD[part.removesuffix("s")])
    return value, (value - ONE_HUNDREDTH, value + ONE_HUNDREDTH, True, True)


def _read_one_in_form(match: re.Match[str]) -> tuple[Fraction, IntervalBounds]:
    """Interval of "one in ten": every share whose reciprocal rounds to ten."""
    number, half = _parse_plain_number(match["count"])
    if number < 2:
        raise UnreadableError(f"{match[0]!r} is no share", "write a number from two up, as in one in ten")
    return 1 / number, (1 / (number + half), 1 / (number - half), False, True)


def _read_multiple_form(match: re.Match[str]) -> tuple[Fraction, IntervalBounds]:
    """Interval of "three times", "tenfold", "twice", "doubled" or "trebles": 5 % to either side."""
    count = match["times"] or match["fold"]
    value = _parse_plain_number(count)[0] if count else Fraction(FACTORS_BY_MULTIPLE_WORD[match[0].rstrip("ds")])
    return value, _compute_about_bounds(value)


def _compute_about_bounds(value: Fraction) -> IntervalBounds:
    """5 % of the value to either side, both ends included."""
    return value * Fraction(19, 20), value * Fraction(21, 20), True, True


_NUMBER_FORM_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[Fraction, IntervalBounds]]], ...] = (
    (_PLAIN_NUMBER_PATTERN, _read_plain_form),
    (re.compile(f"{HALF_REGEX}|{ONE_PART_REGEX}|{SEVERAL_PARTS_REGEX}"), _read_fraction_form),
    (re.compile(f"{ONE_IN_REGEX}(?P<count>{COUNT_REGEX})"), _read_one_in_form),
    (re.compile(f"{TIMES_REGEX}|{FOLD_REGEX}|{MULTIPLE_REGEX}"), _read_multiple_form),
)
_BOUNDS_BY_QUALIFIER: Mapping[str, Callable[[Fraction], IntervalBounds]] = {
    **dict.fromkeys(("more than", "over"), lambda value: (value, None, False, False)),
    **dict.fromkeys(("less than", "under", "fewer than"), lambda value: (Fraction(0), value, True, False)),
    **dict.fromkeys(("at least",), lambda value: (value, None, True, False)),
    **dict.fromkeys(("up to", "at most"), lambda value: (Fraction(0), value, True, True)),
    **dict.fromkeys(("nearly", "almost"), lambda value: (value * Fraction(19, 20), value, True, False)),
    **dict.fromkeys(("about", "around", "roughly", "some"), _compute_about_bounds),
}
_QUALIFIED_NUMBER_PATTERN = re.compile(
    rf"(?P<words>{join_alternatives(list(_BOUNDS_BY_QUALIFIER))})\s{{1,5}}(?P<plain>.+)".replace(" ", r"\s{1,5}"), re.DOTALL
)
_NUMBER_FORMS_HELP = f"write it in one of these forms: {'; '.join(INTERVAL_DESCRIPTIONS_BY_FORM)}"


def _create_number_error(stripped: str) -> UnreadableError:
    """An error for a text that is not a number, with what may be meant: wrong groups of digits are put right."""
    match = re.fullmatch(rf"([-−]?)([0-9]+(?:[,\s][0-9]+)+)({SCALE_REGEX}|{PERCENT_REGEX}|)", stripped)
    candidates: list[str] = []
    if match:
        sign, figures, unit = match.groups()
        first_group, *more_groups = re.split(r"[,\s]", figures)
        candidates += [] if first_group.startswith("0") else [f"{sign}{int(first_group + ''.join(more_groups)):,}{unit}"]
        candidates += [f"{sign}{first_group}.{more_groups[0]}{unit}"] if figures.count(",") == len(more_groups) == 1 else []
    help = f"write {' or, if the comma is a decimal point, '.join(candidates)}" if candidates else _NUMBER_FORMS_HELP
    return UnreadableError(f"{stripped!r} is not a number in a known form", help, values=[f'"{number}"' for number in candidates])
