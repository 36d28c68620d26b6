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

from dossier.model.dates.suggestions import MONTHS
from dossier.model.problems.problem import Unreadable

LONGEST = 60
"""The most characters that a printed number has."""

DECLARED: Mapping[str, str] = {
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

Bounds = tuple[Fraction | None, Fraction | None, bool, bool]
"""Low and high, None where unbounded; then whether the low and the high bound itself belong."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as it is printed, and the numbers it can stand for.

    `value` is the number it names: 13/25 for "52 %", 1/10 for "one in ten", 1/2 for "more than half".
    A bound is None where there is none; `low_in` and `high_in` tell whether the bound itself belongs.
    """

    text: str
    value: Fraction
    low: Fraction | None
    high: Fraction | None
    low_in: bool
    high_in: bool

    def covers(self, number: Fraction) -> bool:
        """Whether a number is one of those that the printed one can stand for."""
        above = self.low is None or number > self.low or (self.low_in and number == self.low)
        below = self.high is None or number < self.high or (self.high_in and number == self.high)
        return above and below


@lru_cache(maxsize=4096)
def parse_printed(text: str) -> Printed:
    """Read a number as it is printed; raises `Unreadable` with the forms it may have."""
    shown = text.strip()
    if len(shown) > LONGEST:
        raise Unreadable(f"a printed number has at most {LONGEST} characters, not {len(shown)}", _FORMS_HELP)
    qualified = _QUALIFIED.fullmatch(shown.lower())
    plain = qualified["plain"] if qualified else shown.lower()
    for pattern, read in _FORMS:
        if match := pattern.fullmatch(plain):
            value, bounds = read(match)
            break
    else:
        raise _unreadable(shown)
    if qualified:
        bounds = _QUALIFIERS[" ".join(qualified["words"].split())](value)
    low, high, low_in, high_in = bounds
    if low is not None and high is not None and (low > high or (low == high and not (low_in and high_in))):
        raise Unreadable(f"no number is {shown!r}", "write the number without the words before it")
    return Printed(shown, value, low, high, low_in, high_in)


def numbers_in(text: str) -> Iterator[tuple[int, int, Printed]]:
    """Find the numbers printed in running text (Markdown): where each starts and ends, and what it is.

    Words before it such as "more than" are not part of the span. Number words count only in fractions, in "one
    in ten" and in multiples. Left out are dates and years, ordinals, addresses such as "paragraph 15", words
    with digits in them, versions, times of day, web addresses, link targets and what stands in backticks.
    """
    for match in _SCAN.finditer(text):
        if match["number"]:
            with suppress(Unreadable):  # longer than a printed number may be, or in letters that only look like ours
                yield *match.span("number"), parse_printed(match["number"])


def _any(words: str | list[str]) -> str:
    return "(?:" + "|".join(words.split() if isinstance(words, str) else words) + ")"


_SMALL = "one two three four five six seven eight nine"
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_PARTS = "third quarter fifth sixth seventh eighth ninth tenth"
_WORDS = {word: number for number, word in enumerate(f"zero {_SMALL} {_TEENS}".split())}
_WORDS |= {word: 10 * number for number, word in enumerate(_TENS.split(), 2)}
_PART_OF = {"half": 2} | {word: number for number, word in enumerate(_PARTS.split(), 3)}
_HUNDREDTH = Fraction(1, 100)
_UNITS = {"": Fraction(1), "%": _HUNDREDTH, "percent": _HUNDREDTH}
_UNITS |= {"thousand": Fraction(10**3), "million": Fraction(10**6), "billion": Fraction(10**9)}
_MULTIPLES = {"twice": 2, "double": 2, "triple": 3, "treble": 3, "quadruple": 4}

# The pieces of all patterns. Repetitions are bounded or atomic, so that no text takes long.
_GAP = r"[\s-]{1,5}"
_END = r"(?![^\W_])"
_SEPARATORS = ",\u00a0\u2009\u202f"
_GROUPS = _any([f"(?:{separator}[0-9]{{3}}){{1,20}}" for separator in _SEPARATORS])
_FIGURES = rf"(?>(?:[1-9][0-9]{{0,2}}{_GROUPS}(?![0-9])|[0-9]+)(?:\.[0-9]+)?)"
_TO_99 = rf"(?:{_any(_TENS)}(?:{_GAP}{_any(_SMALL)})?|{_any(f'zero {_SMALL} {_TEENS}')})"
_SPELT = rf"(?:(?:{_any(f'an? {_SMALL}')}{_GAP})?hundred(?:{_GAP}(?:and{_GAP})?{_TO_99})?|{_TO_99})"
_SCALE = rf"(?:{_GAP})?{_any('thousand million billion')}{_END}"
_PERCENT = rf"(?:\s{{0,5}}%|(?:{_GAP})?per(?:{_GAP})?cent{_END})"
_COUNT = rf"(?:{_FIGURES}|{_SPELT})(?:{_SCALE})?"
_HALF = rf"(?:(?:an?|one){_GAP})?half"
_ONE_PART, _PARTS_OF = rf"(?:an?|one){_GAP}{_any(_PARTS)}", rf"{_any(_SMALL)}{_GAP}{_any(_PARTS)}s"
_ONE_IN = rf"(?:one|1){_GAP}in{_GAP}"
_MULTIPLE = r"(?:twice|(?:double|triple|treble|quadruple)[ds]?)"
_TIMES, _FOLD = rf"(?P<times>{_COUNT}){_GAP}times", rf"(?P<fold>{_COUNT})(?:{_GAP})?fold"

_NUMBER = re.compile(rf"(?:(?P<figures>[-−]?{_FIGURES})|(?P<spelt>{_SPELT}))(?P<unit>{_SCALE}|{_PERCENT})?")


def _number(text: str) -> tuple[Fraction, Fraction]:
    """A plain number in figures or words, and half of its last place."""
    match = _NUMBER.fullmatch(text)
    assert match, "every form that leads here was matched with this pattern's pieces"
    unit = _UNITS[re.sub(r"[\s-]", "", match["unit"] or "")]
    if match["figures"]:
        value = Fraction(re.sub(f"[{_SEPARATORS}]", "", match["figures"]).replace("−", "-"))
        return value * unit, unit / 10 ** len(match["figures"].partition(".")[2]) / 2
    count = 0
    for word in re.findall("[a-z]+", match["spelt"]):
        count = max(count, 1) * 100 if word == "hundred" else count + _WORDS.get(word, 0)
    return count * unit, unit / 2


def _plain(match: re.Match[str]) -> tuple[Fraction, Bounds]:
    value, half = _number(match[0])
    return value, (value - half, value + half, True, False)


def _fraction(match: re.Match[str]) -> tuple[Fraction, Bounds]:
    *times, part = re.findall("[a-z]+", match[0])
    value = Fraction(_WORDS.get(times[0], 1) if times else 1, _PART_OF[part.removesuffix("s")])
    return value, (value - _HUNDREDTH, value + _HUNDREDTH, True, True)


def _one_in(match: re.Match[str]) -> tuple[Fraction, Bounds]:
    number, half = _number(match["count"])
    if number < 2:
        raise Unreadable(f"{match[0]!r} is no share", "write a number from two up, as in one in ten")
    return 1 / number, (1 / (number + half), 1 / (number - half), False, True)


def _times(match: re.Match[str]) -> tuple[Fraction, Bounds]:
    value = _number(match["times"] or match["fold"])[0]
    return value, _about(value)


def _multiple(match: re.Match[str]) -> tuple[Fraction, Bounds]:
    value = Fraction(_MULTIPLES[match[0].rstrip("ds")])
    return value, _about(value)


def _about(value: Fraction) -> Bounds:
    return value * Fraction(19, 20), value * Fraction(21, 20), True, True


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[Fraction, Bounds]]], ...] = (
    (_NUMBER, _plain),
    (re.compile(f"{_HALF}|{_ONE_PART}|{_PARTS_OF}"), _fraction),
    (re.compile(f"{_ONE_IN}(?P<count>{_COUNT})"), _one_in),
    (re.compile(f"{_TIMES}|{_FOLD}"), _times),
    (re.compile(_MULTIPLE), _multiple),
)
_QUALIFIERS: Mapping[str, Callable[[Fraction], Bounds]] = {
    **dict.fromkeys(("more than", "over"), lambda named: (named, None, False, False)),
    **dict.fromkeys(("less than", "under", "fewer than"), lambda named: (Fraction(0), named, True, False)),
    **dict.fromkeys(("at least",), lambda named: (named, None, True, False)),
    **dict.fromkeys(("up to", "at most"), lambda named: (Fraction(0), named, True, True)),
    **dict.fromkeys(("nearly", "almost"), lambda named: (named * Fraction(19, 20), named, True, False)),
    **dict.fromkeys(("about", "around", "roughly", "some"), _about),
}
_QUALIFIED = re.compile(rf"(?P<words>{_any(list(_QUALIFIERS))})\s{{1,5}}(?P<plain>.+)".replace(" ", r"\s{1,5}"), re.DOTALL)
_FORMS_HELP = f"write it in one of these forms: {'; '.join(DECLARED)}"


def _unreadable(shown: str) -> Unreadable:
    """That a text is no number, and what may be meant; digits in wrong groups are put into right ones."""
    match = re.fullmatch(rf"([-−]?)([0-9]+(?:[,\s][0-9]+)+)({_SCALE}|{_PERCENT}|)", shown)
    meant: list[str] = []
    if match:
        sign, figures, unit = match.groups()
        whole, *more = re.split(r"[,\s]", figures)
        meant += [] if whole.startswith("0") else [f"{sign}{int(whole + ''.join(more)):,}{unit}"]
        meant += [f"{sign}{whole}.{more[0]}{unit}"] if figures.count(",") == len(more) == 1 else []
    help = f"write {' or, if the comma is a decimal point, '.join(meant)}" if meant else _FORMS_HELP
    return Unreadable(f"{shown!r} is not a number that can be read here", help, values=[f'"{number}"' for number in meant])


# Running text. What is passed over comes first; words are taken whole, so that no number begins inside one.
_YEAR = "(?:19|20)[0-9]{2}"
_MONTH = rf"(?-i:{_any([*MONTHS, 'Sept', *(month[:3] for month in MONTHS)])}){_END}\.?"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?"
_WHOLE = rf"{_END}(?![.,][0-9])(?!{_SCALE}|{_PERCENT})"
_PARTS_OF_A_PAGE = _any("paragraph para section chapter page footnote table")
_SPOT = rf"(?>[0-9]+(?:\.[0-9]+)*(?:[-–][0-9]+)?){_WHOLE}"
_PASSED_OVER = {
    "code": r"(?<!`)(?P<ticks>`+)(?!`)(?s:(?!\n\s*\n).)*?(?<!`)(?P=ticks)(?!`)",
    "link target": r"\]\([^)\]\n]*\)",
    "web address": r"(?:https?://|www\.)[^\s<>\"]+",
    "2021-03-26": rf"(?<![0-9]){_YEAR}-[0-9]{{2}}-[0-9]{{2}}(?:T[0-9:.+Z-]*)?",
    "26/03/2021": rf"(?<![0-9])[0-9]{{1,2}}(?P<slash>[/.])[0-9]{{1,2}}(?P=slash){_YEAR}",
    "26 March": rf"(?<![0-9]){_DAY}(?:(?:\s?[-–]\s?|\s(?:to|and)\s){_DAY})?\s{{1,5}}{_MONTH}",
    "March 26, 2021": rf"{_MONTH}\s{{1,5}}{_DAY},?\s{{1,5}}{_YEAR}{_END}",
    "2019 or 2019/20": rf"(?<![0-9£$€]){_YEAR}(?:[-–/](?:{_YEAR}|[0-9]{{2}}))?{_WHOLE}",
    "1.6.1": r"(?<![0-9])[0-9]+(?:\.[0-9]+){2,}",
    "11:37": r"(?<![0-9])[0-9]{1,2}(?::[0-9]{2}){1,2}(?![0-9])",
    "paragraph 15": rf"(?:{_PARTS_OF_A_PAGE}\.?\s{{1,5}}|[¶§]\s?){_SPOT}",
    "paragraphs 5, 6 and 7": rf"(?:{_PARTS_OF_A_PAGE}s\.?\s{{1,5}}|(?:¶¶|§§)\s?){_SPOT}"
    rf"(?:(?:,\s?{_SPOT})*,?\s{_any('to and or')}\s{_SPOT})?",
    "first half": r"(?:first|second|last|other)[\s-]half",
}
_WORD = r"(?<![0-9])[0-9]*[^\W0-9_]\w*(?:[-‐‑][0-9]\w*)*(?:(?<=[0-9])\.[0-9]+)*"
# "A third of them" is a fraction, "a third article" is none.
_FRACTION_FOLLOWS = (
    "of in on at by to from for with and or but than as more less fewer higher lower above below was were is are be been "
    "had has have said did do used came who which that where when if not though over under since because against"
)
_SPELT_OUT = [
    rf"{_ONE_IN}(?!{_YEAR}{_WHOLE}){_COUNT}(?!{_PERCENT})",
    rf"{_TIMES}(?={_GAP}{_any('as the more higher larger greater that what its their')}{_END})",
    _FOLD,
    _MULTIPLE,
    _HALF,
    _PARTS_OF,
    rf"{_ONE_PART}(?=\s*(?:$|[^\w\s-])|\s+{_any(_FRACTION_FOLLOWS)}{_END})",
]
_IN_FIGURES = rf"(?:(?<![^\s(\[“”\"‘’'*_|])[-−])?{_FIGURES}(?:{_SCALE}|{_PERCENT}|{_END})"
_FOUND = rf"(?<![0-9])(?P<number>{_any(_SPELT_OUT)}{_END}(?!-\w)|{_IN_FIGURES})"
# Most words begin nothing that is looked for: they are passed over at once, which makes the search four times as fast.
_BEGINNINGS = [r"an?\b", "half", "hundred", *_WORDS, *_MULTIPLES, "first", "second", "last", "other", "http", "www"]
_BEGINNINGS += [_PARTS_OF_A_PAGE, *(month[:3] for month in MONTHS)]
_PLAIN_WORD = rf"(?<!\w)(?!{_any(_BEGINNINGS)})[^\W0-9_]+(?![\w]|[-‐‑][0-9])"
_PLAIN_TEXT = rf"(?:[\s.,;:!?()“”‘’\"']|{_PLAIN_WORD})++"
_SCAN = re.compile(f"{_PLAIN_TEXT}|{'|'.join(_PASSED_OVER.values())}|{_FOUND}|{_WORD}", re.IGNORECASE)
