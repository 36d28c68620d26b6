"""Numbers as they are printed, and the numbers that each of them can stand for.

"52 %" may stand for 51.6 %, "one in ten" for 9.7 %, "more than half" for anything above a half. So a printed
number declares an interval; `DECLARED` says which one, form by form. All of it is exact: no floats.

`parse_printed` reads one printed number, `numbers_in` finds those in running text. Both are made of the same
patterns, so that whatever is found can be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from dossier.model.dates.suggestions import MONTH_NAMES
from dossier.model.problems.problem import UnreadableError

MAX_PRINTED_NUMBER_CHARACTERS = 60
"""The most characters that a printed number has."""

INTERVAL_DESCRIPTIONS_BY_FORM: Mapping[str, str] = {
    "9,477, 0.114, −3, seven": "Half of the last place shown to either side, without the upper end: 9,476.5 up to 9,477.5.",
    "52 %, 52.4 per cent": "The same, in hundredths: 52 % is 51.5 % up to 52.5 %.",
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
"""Each form of printed number and the interval that it declares, in a sentence; X is one of the first six forms."""

IntervalBounds = tuple[Fraction | None, Fraction | None, bool, bool]
"""Low and high, None where unbounded; then whether the low and the high bound itself belong."""


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A number as it is printed, and the numbers it can stand for.

    `value` is the number it names: 13/25 for "52 %", 1/10 for "one in ten", 1/2 for "more than half".
    A bound is None where there is none; `low_in` and `high_in` tell whether the bound itself belongs.
    """

    text: str
    value: Fraction
    low: Fraction | None
    high: Fraction | None
    includes_low: bool
    includes_high: bool

    def can_stand_for(self, number: Fraction) -> bool:
        """Whether a number is one of those that the printed one can stand for."""
        above = self.low is None or number > self.low or (self.includes_low and number == self.low)
        below = self.high is None or number < self.high or (self.includes_high and number == self.high)
        return above and below


@lru_cache(maxsize=4096)
def parse_printed_number(text: str) -> PrintedNumber:
    """Read a number as it is printed; raises `Unreadable` with the forms it may have."""
    shown = text.strip()
    if len(shown) > MAX_PRINTED_NUMBER_CHARACTERS:
        raise UnreadableError(
            f"a printed number has at most {MAX_PRINTED_NUMBER_CHARACTERS} characters, not {len(shown)}", _NUMBER_FORMS_HELP
        )
    qualified = _QUALIFIED_NUMBER_PATTERN.fullmatch(shown.lower())
    plain = qualified["plain"] if qualified else shown.lower()
    for pattern, read in _NUMBER_FORM_READERS:
        if match := pattern.fullmatch(plain):
            value, bounds = read(match)
            break
    else:
        raise _create_number_error(shown)
    if qualified:
        bounds = _BOUNDS_BY_QUALIFIER[" ".join(qualified["words"].split())](value)
    low, high, low_in, high_in = bounds
    if low is not None and high is not None and (low > high or (low == high and not (low_in and high_in))):
        raise UnreadableError(f"no number is {shown!r}", "write the number without the words before it")
    return PrintedNumber(shown, value, low, high, low_in, high_in)


def find_printed_numbers(text: str) -> Iterator[tuple[int, int, PrintedNumber]]:
    """Find the numbers printed in running text (Markdown): where each starts and ends, and what it is.

    Words before it such as "more than" are not part of the span. Number words count only in fractions, in "one
    in ten" and in multiples. Left out are dates and years, ordinals, addresses such as "paragraph 15", words
    with digits in them, versions, times of day, web addresses, link targets and what stands in backticks.
    """
    for match in _TEXT_SCAN_PATTERN.finditer(text):
        if match["number"]:
            with suppress(UnreadableError):  # longer than a printed number may be, or in letters that only look like ours
                yield *match.span("number"), parse_printed_number(match["number"])


def _join_alternatives(words: str | list[str]) -> str:
    return "(?:" + "|".join(words.split() if isinstance(words, str) else words) + ")"


_UNIT_WORDS = "one two three four five six seven eight nine"
_TEEN_WORDS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_FRACTION_PART_WORDS = "third quarter fifth sixth seventh eighth ninth tenth"
_VALUES_BY_NUMBER_WORD = {word: number for number, word in enumerate(f"zero {_UNIT_WORDS} {_TEEN_WORDS}".split())}
_VALUES_BY_NUMBER_WORD |= {word: 10 * number for number, word in enumerate(_TENS_WORDS.split(), 2)}
_DENOMINATORS_BY_WORD = {"half": 2} | {word: number for number, word in enumerate(_FRACTION_PART_WORDS.split(), 3)}
_ONE_HUNDREDTH = Fraction(1, 100)
_FACTORS_BY_UNIT = {"": Fraction(1), "%": _ONE_HUNDREDTH, "percent": _ONE_HUNDREDTH}
_FACTORS_BY_UNIT |= {"thousand": Fraction(10**3), "million": Fraction(10**6), "billion": Fraction(10**9)}
_FACTORS_BY_MULTIPLE_WORD = {"twice": 2, "double": 2, "triple": 3, "treble": 3, "quadruple": 4}

# The pieces of all patterns. Repetitions are bounded or atomic, so that no text takes long.
_GAP_REGEX = r"[\s-]{1,5}"
_WORD_END_REGEX = r"(?![^\W_])"
_THOUSANDS_SEPARATORS = ",\u00a0\u2009\u202f"
_THOUSANDS_GROUPS_REGEX = _join_alternatives([f"(?:{separator}[0-9]{{3}}){{1,20}}" for separator in _THOUSANDS_SEPARATORS])
_FIGURES_REGEX = rf"(?>(?:[1-9][0-9]{{0,2}}{_THOUSANDS_GROUPS_REGEX}(?![0-9])|[0-9]+)(?:\.[0-9]+)?)"
_WORDS_TO_99_REGEX = (
    rf"(?:{_join_alternatives(_TENS_WORDS)}(?:{_GAP_REGEX}{_join_alternatives(_UNIT_WORDS)})?"
    rf"|{_join_alternatives(f'zero {_UNIT_WORDS} {_TEEN_WORDS}')})"
)
_SPELT_NUMBER_REGEX = (
    rf"(?:(?:{_join_alternatives(f'an? {_UNIT_WORDS}')}{_GAP_REGEX})?hundred"
    rf"(?:{_GAP_REGEX}(?:and{_GAP_REGEX})?{_WORDS_TO_99_REGEX})?|{_WORDS_TO_99_REGEX})"
)
_SCALE_REGEX = rf"(?:{_GAP_REGEX})?{_join_alternatives('thousand million billion')}{_WORD_END_REGEX}"
_PERCENT_REGEX = rf"(?:\s{{0,5}}%|(?:{_GAP_REGEX})?per(?:{_GAP_REGEX})?cent{_WORD_END_REGEX})"
_COUNT_REGEX = rf"(?:{_FIGURES_REGEX}|{_SPELT_NUMBER_REGEX})(?:{_SCALE_REGEX})?"
_HALF_REGEX = rf"(?:(?:an?|one){_GAP_REGEX})?half"
_ONE_PART_REGEX, _SEVERAL_PARTS_REGEX = (
    rf"(?:an?|one){_GAP_REGEX}{_join_alternatives(_FRACTION_PART_WORDS)}",
    rf"{_join_alternatives(_UNIT_WORDS)}{_GAP_REGEX}{_join_alternatives(_FRACTION_PART_WORDS)}s",
)
_ONE_IN_REGEX = rf"(?:one|1){_GAP_REGEX}in{_GAP_REGEX}"
_MULTIPLE_REGEX = r"(?:twice|(?:double|triple|treble|quadruple)[ds]?)"
_TIMES_REGEX, _FOLD_REGEX = rf"(?P<times>{_COUNT_REGEX}){_GAP_REGEX}times", rf"(?P<fold>{_COUNT_REGEX})(?:{_GAP_REGEX})?fold"

_PLAIN_NUMBER_PATTERN = re.compile(
    rf"(?:(?P<figures>[-−]?{_FIGURES_REGEX})|(?P<spelt>{_SPELT_NUMBER_REGEX}))(?P<unit>{_SCALE_REGEX}|{_PERCENT_REGEX})?"
)


def _parse_plain_number(text: str) -> tuple[Fraction, Fraction]:
    """A plain number in figures or words, and half of its last place."""
    match = _PLAIN_NUMBER_PATTERN.fullmatch(text)
    assert match, "every form that leads here was matched with this pattern's pieces"
    unit = _FACTORS_BY_UNIT[re.sub(r"[\s-]", "", match["unit"] or "")]
    if match["figures"]:
        value = Fraction(re.sub(f"[{_THOUSANDS_SEPARATORS}]", "", match["figures"]).replace("−", "-"))
        return value * unit, unit / 10 ** len(match["figures"].partition(".")[2]) / 2
    count = 0
    for word in re.findall("[a-z]+", match["spelt"]):
        count = max(count, 1) * 100 if word == "hundred" else count + _VALUES_BY_NUMBER_WORD.get(word, 0)
    return count * unit, unit / 2


def _read_plain_form(match: re.Match[str]) -> tuple[Fraction, IntervalBounds]:
    value, half = _parse_plain_number(match[0])
    return value, (value - half, value + half, True, False)


def _read_fraction_form(match: re.Match[str]) -> tuple[Fraction, IntervalBounds]:
    *times, part = re.findall("[a-z]+", match[0])
    value = Fraction(_VALUES_BY_NUMBER_WORD.get(times[0], 1) if times else 1, _DENOMINATORS_BY_WORD[part.removesuffix("s")])
    return value, (value - _ONE_HUNDREDTH, value + _ONE_HUNDREDTH, True, True)


def _read_one_in_form(match: re.Match[str]) -> tuple[Fraction, IntervalBounds]:
    number, half = _parse_plain_number(match["count"])
    if number < 2:
        raise UnreadableError(f"{match[0]!r} is no share", "write a number from two up, as in one in ten")
    return 1 / number, (1 / (number + half), 1 / (number - half), False, True)


def _read_times_form(match: re.Match[str]) -> tuple[Fraction, IntervalBounds]:
    value = _parse_plain_number(match["times"] or match["fold"])[0]
    return value, _compute_about_bounds(value)


def _read_multiple_form(match: re.Match[str]) -> tuple[Fraction, IntervalBounds]:
    value = Fraction(_FACTORS_BY_MULTIPLE_WORD[match[0].rstrip("ds")])
    return value, _compute_about_bounds(value)


def _compute_about_bounds(value: Fraction) -> IntervalBounds:
    return value * Fraction(19, 20), value * Fraction(21, 20), True, True


_NUMBER_FORM_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[Fraction, IntervalBounds]]], ...] = (
    (_PLAIN_NUMBER_PATTERN, _read_plain_form),
    (re.compile(f"{_HALF_REGEX}|{_ONE_PART_REGEX}|{_SEVERAL_PARTS_REGEX}"), _read_fraction_form),
    (re.compile(f"{_ONE_IN_REGEX}(?P<count>{_COUNT_REGEX})"), _read_one_in_form),
    (re.compile(f"{_TIMES_REGEX}|{_FOLD_REGEX}"), _read_times_form),
    (re.compile(_MULTIPLE_REGEX), _read_multiple_form),
)
_BOUNDS_BY_QUALIFIER: Mapping[str, Callable[[Fraction], IntervalBounds]] = {
    **dict.fromkeys(("more than", "over"), lambda named: (named, None, False, False)),
    **dict.fromkeys(("less than", "under", "fewer than"), lambda named: (Fraction(0), named, True, False)),
    **dict.fromkeys(("at least",), lambda named: (named, None, True, False)),
    **dict.fromkeys(("up to", "at most"), lambda named: (Fraction(0), named, True, True)),
    **dict.fromkeys(("nearly", "almost"), lambda named: (named * Fraction(19, 20), named, True, False)),
    **dict.fromkeys(("about", "around", "roughly", "some"), _compute_about_bounds),
}
_QUALIFIED_NUMBER_PATTERN = re.compile(
    rf"(?P<words>{_join_alternatives(list(_BOUNDS_BY_QUALIFIER))})\s{{1,5}}(?P<plain>.+)".replace(" ", r"\s{1,5}"), re.DOTALL
)
_NUMBER_FORMS_HELP = f"write it in one of these forms: {'; '.join(INTERVAL_DESCRIPTIONS_BY_FORM)}"


def _create_number_error(shown: str) -> UnreadableError:
    """That a text is no number, and what may be meant; digits in wrong groups are put into right ones."""
    match = re.fullmatch(rf"([-−]?)([0-9]+(?:[,\s][0-9]+)+)({_SCALE_REGEX}|{_PERCENT_REGEX}|)", shown)
    meant: list[str] = []
    if match:
        sign, figures, unit = match.groups()
        whole, *more = re.split(r"[,\s]", figures)
        meant += [] if whole.startswith("0") else [f"{sign}{int(whole + ''.join(more)):,}{unit}"]
        meant += [f"{sign}{whole}.{more[0]}{unit}"] if figures.count(",") == len(more) == 1 else []
    help = f"write {' or, if the comma is a decimal point, '.join(meant)}" if meant else _NUMBER_FORMS_HELP
    return UnreadableError(f"{shown!r} is not a number that can be read here", help, values=[f'"{number}"' for number in meant])


# Running text. What is passed over comes first; words are taken whole, so that no number begins inside one.
_YEAR_REGEX = "(?:19|20)[0-9]{2}"
_MONTH_REGEX = rf"(?-i:{_join_alternatives([*MONTH_NAMES, 'Sept', *(month[:3] for month in MONTH_NAMES)])}){_WORD_END_REGEX}\.?"
_DAY_REGEX = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?"
_WHOLE_NUMBER_END_REGEX = rf"{_WORD_END_REGEX}(?![.,][0-9])(?!{_SCALE_REGEX}|{_PERCENT_REGEX})"
_PAGE_PART_REGEX = _join_alternatives("paragraph para section chapter page footnote table")
_PAGE_PART_NUMBER_REGEX = rf"(?>[0-9]+(?:\.[0-9]+)*(?:[-–][0-9]+)?){_WHOLE_NUMBER_END_REGEX}"
_SKIPPED_TEXT_REGEXES = {
    "code": r"(?<!`)(?P<ticks>`+)(?!`)(?s:(?!\n\s*\n).)*?(?<!`)(?P=ticks)(?!`)",
    "link target": r"\]\([^)\]\n]*\)",
    "web address": r"(?:https?://|www\.)[^\s<>\"]+",
    "2021-03-26": rf"(?<![0-9]){_YEAR_REGEX}-[0-9]{{2}}-[0-9]{{2}}(?:T[0-9:.+Z-]*)?",
    "26/03/2021": rf"(?<![0-9])[0-9]{{1,2}}(?P<slash>[/.])[0-9]{{1,2}}(?P=slash){_YEAR_REGEX}",
    "26 March": rf"(?<![0-9]){_DAY_REGEX}(?:(?:\s?[-–]\s?|\s(?:to|and)\s){_DAY_REGEX})?\s{{1,5}}{_MONTH_REGEX}",
    "March 26, 2021": rf"{_MONTH_REGEX}\s{{1,5}}{_DAY_REGEX},?\s{{1,5}}{_YEAR_REGEX}{_WORD_END_REGEX}",
    "2019 or 2019/20": rf"(?<![0-9£$€]){_YEAR_REGEX}(?:[-–/](?:{_YEAR_REGEX}|[0-9]{{2}}))?{_WHOLE_NUMBER_END_REGEX}",
    "1.6.1": r"(?<![0-9])[0-9]+(?:\.[0-9]+){2,}",
    "11:37": r"(?<![0-9])[0-9]{1,2}(?::[0-9]{2}){1,2}(?![0-9])",
    "paragraph 15": rf"(?:{_PAGE_PART_REGEX}\.?\s{{1,5}}|[¶§]\s?){_PAGE_PART_NUMBER_REGEX}",
    "paragraphs 5, 6 and 7": rf"(?:{_PAGE_PART_REGEX}s\.?\s{{1,5}}|(?:¶¶|§§)\s?){_PAGE_PART_NUMBER_REGEX}"
    rf"(?:(?:,\s?{_PAGE_PART_NUMBER_REGEX})*,?\s{_join_alternatives('to and or')}\s{_PAGE_PART_NUMBER_REGEX})?",
    "first half": r"(?:first|second|last|other)[\s-]half",
}
_WORD_WITH_LETTERS_REGEX = r"(?<![0-9])[0-9]*[^\W0-9_]\w*(?:[-‐‑][0-9]\w*)*(?:(?<=[0-9])\.[0-9]+)*"
# "A third of them" is a fraction, "a third article" is none.
_WORDS_AFTER_FRACTION = (
    "of in on at by to from for with and or but than as more less fewer higher lower above below was were is are be been "
    "had has have said did do used came who which that where when if not though over under since because against"
)
_SPELT_OUT_FORM_REGEXES = [
    rf"{_ONE_IN_REGEX}(?!{_YEAR_REGEX}{_WHOLE_NUMBER_END_REGEX}){_COUNT_REGEX}(?!{_PERCENT_REGEX})",
    rf"{_TIMES_REGEX}(?={_GAP_REGEX}"
    rf"{_join_alternatives('as the more higher larger greater that what its their')}{_WORD_END_REGEX})",
    _FOLD_REGEX,
    _MULTIPLE_REGEX,
    _HALF_REGEX,
    _SEVERAL_PARTS_REGEX,
    rf"{_ONE_PART_REGEX}(?=\s*(?:$|[^\w\s-])|\s+{_join_alternatives(_WORDS_AFTER_FRACTION)}{_WORD_END_REGEX})",
]
_NUMBER_IN_FIGURES_REGEX = (
    rf"(?:(?<![^\s(\[“”\"‘’'*_|])[-−])?{_FIGURES_REGEX}(?:{_SCALE_REGEX}|{_PERCENT_REGEX}|{_WORD_END_REGEX})"
)
_FOUND_NUMBER_REGEX = (
    rf"(?<![0-9])(?P<number>{_join_alternatives(_SPELT_OUT_FORM_REGEXES)}{_WORD_END_REGEX}(?!-\w)|{_NUMBER_IN_FIGURES_REGEX})"
)
# Most words begin nothing that is looked for: they are passed over at once, which makes the search four times as fast.
_MATCH_BEGINNINGS = [
    r"an?\b",
    "half",
    "hundred",
    *_VALUES_BY_NUMBER_WORD,
    *_FACTORS_BY_MULTIPLE_WORD,
    "first",
    "second",
    "last",
    "other",
    "http",
    "www",
]
_MATCH_BEGINNINGS += [_PAGE_PART_REGEX, *(month[:3] for month in MONTH_NAMES)]
_PLAIN_WORD_REGEX = rf"(?<!\w)(?!{_join_alternatives(_MATCH_BEGINNINGS)})[^\W0-9_]+(?![\w]|[-‐‑][0-9])"
_PLAIN_TEXT_REGEX = rf"(?:[\s.,;:!?()“”‘’\"']|{_PLAIN_WORD_REGEX})++"
_TEXT_SCAN_PATTERN = re.compile(
    f"{_PLAIN_TEXT_REGEX}|{'|'.join(_SKIPPED_TEXT_REGEXES.values())}|{_FOUND_NUMBER_REGEX}|{_WORD_WITH_LETTERS_REGEX}",
    re.IGNORECASE,
)
