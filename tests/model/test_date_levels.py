"""Dates: what is accepted is what EDTF lists for levels 0 and 1, and what stands in HTML is what its standard lists.

The grammars here are written from the specifications, not from the parser. Calendar days are checked by `datetime.date`, in
a year that lies whole cycles of 400 years away.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import product

from hypothesis import example, given, settings
from hypothesis import strategies as st

from dossier.model.dates.date_parts import MAX_YEAR_DIGITS
from dossier.model.dates.edtf import MAX_DATE_CHARACTERS, Edtf, parse_edtf
from dossier.model.problems.problem import UnreadableError

YEAR = "(?!-0000)-?[0-9]{4}"
MONTH = "(?:0[1-9]|1[0-2])"
DAY = "(?:0[1-9]|[12][0-9]|3[01])"
SHIFT = (
    "(?:Z|(?!-00)[+-](?:0[0-9]|1[01])(?::[0-5][0-9])?|-00:(?!00)[0-5][0-9]|[+-]12(?::00)?|[+]1[23](?::[0-5][0-9])?|[+]14(?::00)?)"
)
TIME = f"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]{SHIFT}?"
KNOWN = f"(?:{YEAR}(?:-{MONTH}(?:-{DAY})?)?|{YEAR}-2[1-4]|Y-?[1-9][0-9]{{4,}})"
UNSPECIFIED = f"(?:-?[0-9]{{3}}X|-?[0-9]{{2}}XX|{YEAR}-XX|{YEAR}-XX-XX|{YEAR}-{MONTH}-XX)"
END = f"(?:{KNOWN}[?~%]?)"
INTERVAL = rf"(?:{END}/{END}|{END}/(?:\.\.)?|(?:\.\.)?/{END}|/|\.\./\.\.|/\.\.|\.\./)"
LEVELS_0_AND_1 = rf"(?:(?:{KNOWN}|{UNSPECIFIED})[?~%]?|{YEAR}-{MONTH}-{DAY}T{TIME}|{INTERVAL})"
HTML_TIME = f"(?!0+(?:-|$))[0-9]{{4,}}(?:-{MONTH}(?:-{DAY})?)?"
"""What the HTML standard lets stand in `<time datetime>`, as far as we write it: a year, a month, a date; no year 0."""

GENERATED = st.from_regex(re.compile(LEVELS_0_AND_1), fullmatch=True)
SPOILT = st.text(alphabet="0129-/XY.T:Z+?~%", max_size=24)
NEARLY = st.tuples(GENERATED, st.integers(0, 30), st.sampled_from("0129-/XY.T:Z+?~%")).map(
    lambda drawn: drawn[0][: drawn[1]] + drawn[2] + drawn[0][drawn[1] + 1 :]
)


def is_level_0_or_1(text: str) -> bool:
    """Whether the specification has this form, with days that there are."""
    return bool(re.fullmatch(LEVELS_0_AND_1, text)) and all(
        is_calendar_day(int(year), int(month), int(day))
        for year, month, day in re.findall(rf"({YEAR})-({MONTH})-({DAY})(?![0-9])", text)
    )


def is_calendar_day(year: int, month: int, day: int) -> bool:
    try:
        date(2000 + year % 400, month, day)
    except ValueError:
        return False
    return True


def find_policy(text: str) -> str:
    """Why a date of these levels is refused nevertheless: each bound that we set ourselves, and no other."""
    if len(text) > MAX_DATE_CHARACTERS or any(len(digits) > MAX_YEAR_DIGITS for digits in re.findall(r"[0-9]+", text)):
        return "a year too long"
    if not re.search(r"[0-9]", text):
        return "no date in an interval"
    first, _, last = text.partition("/")
    if last and re.search("[0-9]", first) and re.search("[0-9]", last):
        start, end = (parse_edtf(part.rstrip("?~%")) for part in (first, last))
        is_begun_late, is_ended_early = start.earliest_day > end.earliest_day, start.latest_day > end.latest_day
        return "reversed" if is_begun_late and is_ended_early else "one in the other" if is_begun_late or is_ended_early else ""
    return ""


def read(text: str) -> Edtf | None:
    try:
        return parse_edtf(text)
    except UnreadableError:
        return None


@settings(deadline=None, max_examples=1000)
@given(st.one_of(GENERATED, NEARLY, SPOILT))
@example("Y00001")
@example("-0000")
@example("2021-03-28T12:00:00-14:00")
@example("2004-06-XX/2004-07-03")
@example("2021-03-28T15:00:00/2021-03-28T12:00:00")
@example("Y-17000/2021")
@example("-20XX")
def test_a_date_is_accepted_exactly_when_the_specification_or_a_named_bound_says_so(text: str) -> None:
    assert (read(text) is not None) == (is_level_0_or_1(text) and not find_policy(text))


@settings(deadline=None, max_examples=500)
@given(GENERATED)
@example("-0001")
@example("0000-02-29")
@example("Y12345")
@example("0044-03-15")
def test_an_accepted_date_has_ordered_bounds_words_and_a_valid_place_in_html(text: str) -> None:
    accepted = read(text)
    if accepted is None:
        return
    assert accepted.earliest_day <= accepted.latest_day
    assert re.search(r"\w", accepted.date_in_words)
    assert not re.search(r"(?<![\w])-\d", accepted.date_in_words)
    for moment in filter(None, (accepted.start, accepted.end)):
        assert moment.html_datetime == "" or re.fullmatch(HTML_TIME, moment.html_datetime)
        for year, month, day in (moment.earliest_day, moment.latest_day):
            assert is_calendar_day(year, month, day)


def test_different_dates_have_different_words() -> None:
    """A time of day is not printed, and an interval from a date to the same date is that date."""
    years = ["-0044", "-0043", "-0001", "0000", "0001", "0044", "0999", "1000", "2021", "Y12345", "Y-12345"]
    parts = ["", "-XX", "-XX-XX", "-02", "-02-XX", "-02-02", "-21", "-24"]
    plain = [year + part for year, part in product(years, parts) if not (part and year.startswith("Y"))]
    plain += ["202X", "20XX", "200X", "-202X", "-20XX", "000X", "00XX", "-000X", "-00XX"]
    single = [text + qualifier for text, qualifier in product(plain, ("", "?", "~", "%"))]
    ends = ["", "..", *(text for text in single if "X" not in text)]
    intervals = [f"{first}/{last}" for first, last in product(ends, ends) if first != last]
    texts_by_words: dict[str, str] = {}
    accepted = [text for text in (*single, *intervals) if read(text)]
    assert len(accepted) > 10_000
    for text in accepted:
        words = parse_edtf(text).date_in_words
        assert texts_by_words.setdefault(words, text) == text
