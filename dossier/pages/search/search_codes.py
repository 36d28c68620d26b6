"""Search codes: one made-up word for a number, a day, a month or a name, in whatever form it is written.

"52 %", "52 per cent" and "fifty-two percent" have the code p52z; "9,477" has n9477z, "69m" n69000000z, "one in ten" r1o10z;
"26 March 2021", "2021-03-26" and "26/03/2021" have d20210326z; "Truth Talks" has xtruthtalksz. All end in a z, so that none
is the beginning of another: searches match beginnings. The script of the search, assets/script/words.js, makes the same codes
of what a reader types; a test compares the two.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from dossier.model.dates.calendar_names import MONTH_NAMES
from dossier.model.dates.date_parts import SingleDate
from dossier.model.dates.edtf import Edtf
from dossier.model.normalization import normalize_text
from dossier.model.numbers.printed import TEEN_WORDS, TENS_WORDS, UNIT_WORDS, VALUES_BY_NUMBER_WORD, join_alternatives

MAX_MONTHS = 6
"""A period of more months has the codes of its first and its last one only: it is no event of those between."""

_CODED_PERCENT_REGEX = "%|per ?cent|pct|pc"
_EXPONENTS_BY_SCALE = {"thousand": 3, "million": 6, "billion": 9, "k": 3, "mn": 6, "m": 6, "bn": 9}
_CODED_UNIT_REGEX = join_alternatives([_CODED_PERCENT_REGEX, *_EXPONENTS_BY_SCALE])
_CODED_TENS_REGEX = rf"{join_alternatives(TENS_WORDS)}(?:[ -]{join_alternatives(UNIT_WORDS)})?"
_CODED_WORDS_TO_99_REGEX = rf"(?:{_CODED_TENS_REGEX}|{join_alternatives(f'{TEEN_WORDS} {UNIT_WORDS}')})"
_HUNDREDS_REGEX = rf"{join_alternatives(f'an? {UNIT_WORDS}')} hundred"
_CODED_SPELT_REGEX = (
    rf"(?:{_HUNDREDS_REGEX}(?:(?: and)? {_CODED_WORDS_TO_99_REGEX})?|{_CODED_WORDS_TO_99_REGEX})"
    rf"(?=[ -]?{_CODED_UNIT_REGEX}(?![^\W_]))"
)
_CODED_FIGURES_REGEX = r"(?:[0-9]{1,3}(?:(?:,[0-9]{3})+|(?: [0-9]{3})+)(?![0-9])|[0-9]+)"
_CODED_MONTH_REGEX = join_alternatives([f"{month[:3]}(?:{month[3:]})?".lower() for month in MONTH_NAMES]).replace(
    "sep(", "sept?("
)
_CODED_YEAR_REGEX, _CODED_DAY_REGEX = "(?:19|20)[0-9]{2}", "[0-9]{1,2}"
_WRITTEN_DATE_REGEXES = (
    rf"(?:({_CODED_DAY_REGEX})(?:st|nd|rd|th)? (?:of )?)?\b({_CODED_MONTH_REGEX})\.?,? ({_CODED_YEAR_REGEX})",
    rf"\b({_CODED_MONTH_REGEX})\.? ({_CODED_DAY_REGEX})(?:st|nd|rd|th)?,? ({_CODED_YEAR_REGEX})",
    rf"({_CODED_YEAR_REGEX})-([0-9]{{2}})(?:-([0-9]{{2}}))?",
    rf"({_CODED_DAY_REGEX})[/.]([0-9]{{1,2}})[/.]({_CODED_YEAR_REGEX})",
)
_CODED_RATIO_PART_REGEX = rf"(?:[0-9]{{1,3}}|{join_alternatives(f'{UNIT_WORDS} ten eleven twelve')})"
_CODED_RATIO_REGEX = (
    rf"({_CODED_RATIO_PART_REGEX})[ -](?:in|out of)[ -](?!{_CODED_YEAR_REGEX})({_CODED_RATIO_PART_REGEX})(?![^\W_])"
    rf"(?!(?:[ -]?{_CODED_UNIT_REGEX}| {_CODED_MONTH_REGEX})(?![^\W_]))"
)
_CODED_TEXT_PATTERN = re.compile(
    rf"(?<![\w.,])(?:{_CODED_RATIO_REGEX}|(?:{'|'.join(_WRITTEN_DATE_REGEXES)})(?![^\W_])"
    rf"|(?:({_CODED_FIGURES_REGEX})(?:\.([0-9]+))?|({_CODED_SPELT_REGEX}))(?:[ -]?({_CODED_UNIT_REGEX}))?(?![^\W_]))"
)
_MONTH_NUMBERS = {month[:3].lower(): number for number, month in enumerate(MONTH_NAMES, 1)}
_CODED_HINT_PATTERN = re.compile(rf"[0-9]|(?:{_CODED_UNIT_REGEX}|(?: |-)(?:in|out of)[ -]{_CODED_RATIO_PART_REGEX})(?![^\W_])")
_BARE_YEAR_PATTERN = re.compile(_CODED_YEAR_REGEX)
_NAME_PATTERN = re.compile(r"[^\W_]+")


def fold_search_text(text: str) -> str:
    """A text in lower case, without accents, with ligatures and no-break spaces in their plain form."""
    if not text.isascii():
        decomposed = normalize_text("NFKD", text)
        text = "".join(character for character in decomposed if not unicodedata.combining(character))
    return text.lower()


def find_codes(text: str) -> list[str]:
    """The codes of the numbers and dates in a running text, each once, in the order of the text.

    A share and a number with a unit also have the code of their bare digits, and a day those of its month and of the same day
    in any year.
    """
    folded = fold_search_text(text)
    if not _CODED_HINT_PATTERN.search(folded):
        return []
    return list(dict.fromkeys(code for match in _CODED_TEXT_PATTERN.finditer(folded) for code in _read_codes(match)))


def list_date_codes(date: Edtf) -> list[str]:
    """The codes of a record's date: its day if it is known, and its months; none for a date that is known by its year only."""
    ends = [end for end in dict.fromkeys((date.start, date.end)) if end]
    months = [end.earliest_day[:2] for end in ends if end.earliest_day[:2] == end.latest_day[:2]]
    if len(months) == 2 and 0 < (count := _count_months_between(months[0], months[1])) < MAX_MONTHS:
        months = [_add_months(months[0], number) for number in range(count + 1)]
    days = [_code_day(*end.earliest_day) for end in ends if _is_day(end)]
    any_year = [_code_day_of_any_year(*end.earliest_day[1:]) for end in ends if _is_day(end)]
    return list(dict.fromkeys([*days, *(_code_day(year, month) for year, month in months), *any_year]))


def code_name(name: str) -> str:
    """The code of a name: its letters and digits in one word, without the article before it; empty if it has none."""
    words = _NAME_PATTERN.findall(fold_search_text(name).replace("'", "").replace("’", ""))
    joined = "".join(words[1:] if len(words) > 1 and words[0] == "the" else words)
    return f"x{joined}z" if joined else ""


def _read_codes(match: re.Match[str]) -> Iterator[str]:
    few, many, day, month, year, month_first, day_second, year_third, iso_year, iso_month, iso_day, *slashed = match.groups()[:14]
    figures, decimals, spelt, unit = match.groups()[14:]
    if few:
        yield from _code_ratio(few, many)
    elif year or year_third:
        yield from _code_written_date(year or year_third, _MONTH_NUMBERS[(month or month_first)[:3]], day or day_second)
    elif iso_year:
        yield from _code_written_date(iso_year, int(iso_month), iso_day)
    elif slashed[0]:
        yield from _code_written_date(slashed[2], int(slashed[1]), slashed[0])
    elif unit or decimals or spelt or not _BARE_YEAR_PATTERN.fullmatch(figures):  # a year is found by its digits
        yield from _code_number(figures or str(_sum_number_words(spelt)), decimals or "", unit or "")


def _code_written_date(year: str, month: int, day: str | None) -> Iterator[str]:
    if day:
        yield _code_day(int(year), month, int(day))
    yield _code_day(int(year), month)
    if day:
        yield _code_day_of_any_year(month, int(day))


def _code_ratio(few: str, many: str) -> Iterator[str]:
    """The code of "1 in 10", "one in ten" and "one out of ten", and those of its digits."""
    few_value, many_value = (int(part) if part.isdigit() else VALUES_BY_NUMBER_WORD[part] for part in (few, many))
    yield f"r{few_value}o{many_value}z"
    yield from (f"n{int(part)}z" for part in (few, many) if part.isdigit())


def _code_number(figures: str, decimals: str, unit: str) -> Iterator[str]:
    digits = figures.replace(",", "").replace(" ", "")
    plain = _shift_point(digits, decimals, 0)
    if unit in _EXPONENTS_BY_SCALE:
        yield f"n{_shift_point(digits, decimals, _EXPONENTS_BY_SCALE[unit])}z"
    elif unit:
        yield f"p{plain}z"
    yield f"n{plain}z"


def _shift_point(digits: str, decimals: str, places: int) -> str:
    """A number in digits with its point moved to the right: "69", "1", 6 is 69100000. A point that stays is a d."""
    whole = (digits + decimals[:places].ljust(places, "0")).lstrip("0") or "0"
    rest = decimals[places:].rstrip("0")
    return f"{whole}d{rest}" if rest else whole


def _sum_number_words(words: str) -> int:
    total = 0
    for word in re.findall("[a-z]+", words):
        total = max(total, 1) * 100 if word == "hundred" else total + VALUES_BY_NUMBER_WORD.get(word, 0)
    return total


def _code_day(year: int, month: int, day: int | None = None) -> str:
    return f"d{year:04}{month:02}z" if day is None else f"d{year:04}{month:02}{day:02}z"


def _code_day_of_any_year(month: int, day: int) -> str:
    return f"d{month:02}{day:02}z"


def _is_day(date: SingleDate) -> bool:
    return date.earliest_day == date.latest_day


def _count_months_between(first: tuple[int, int], last: tuple[int, int]) -> int:
    return (last[0] - first[0]) * 12 + last[1] - first[1]


def _add_months(month: tuple[int, int], count: int) -> tuple[int, int]:
    years, number = divmod(month[1] - 1 + count, 12)
    return month[0] + years, number + 1
