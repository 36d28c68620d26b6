"""Parser for the Extended Date/Time Format (EDTF), levels 0 and 1: text in, bounds in days and English words out.

Format: ISO 8601-2:2019, https://www.loc.gov/standards/datetime/. Supported are calendar dates, times of day, intervals with
open (`..`) or unknown (empty) ends, the qualifiers `?`, `~` and `%`, unspecified digits (`X`), seasons 21 to 24, and
years of five to twelve digits (`Y12345`). Level 2 (sets, exponents, qualifiers of single parts, `X` in an interval) is
rejected; and of levels 0 and 1, for want of meaning or use, intervals without any date or with one end in the other, and
longer years.

Years are astronomical, as ISO 8601 has them: year 0 is 1 BC, and in words it says so. A time of day is read, and neither
printed nor compared. Bounds are nominal: `2021-03~` covers exactly March 2021. A margin round "about" would be an invented
number.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import product

from dossier.model.cache_sizes import MAX_CACHED_TEXTS
from dossier.model.dates.calendar_names import format_year
from dossier.model.dates.date_parts import (
    MAX_YEAR_DIGITS,
    CalendarDay,
    SingleDate,
    create_date_error,
    parse_month_or_day,
    parse_year_range,
    validate_long_year,
    validate_time_of_day,
)
from dossier.model.dates.suggestions import suggest_edtf
from dossier.model.problems.problem import UnreadableError

MAX_DATE_CHARACTERS = 80
"""Far more than the longest date; what is longer is a text, and not repeated in messages."""

# The bounds of intervals without a start or an end: outside the digits of the longest year.
EARLIEST_DAY: CalendarDay = (-(10**MAX_YEAR_DIGITS), 1, 1)
LATEST_DAY: CalendarDay = (10**MAX_YEAR_DIGITS, 12, 31)
QUALIFIER_PHRASES = {"": "", "?": "possibly ", "~": "about ", "%": "possibly about "}

# A year has exactly four digits, or "Y" and five or more, of which the first is no zero. There is no "-0000".
# `re.ASCII` keeps other scripts' digits out of `\d`.
_EDTF_DATE_PATTERN = re.compile(
    r"(?P<year>(?!-0000)-?(?:\d{4}|\d{3}X|\d{2}XX)|Y-?[1-9]\d{4,})(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?"
    r"(?P<time>T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?P<zone>Z|[+-]\d\d(?::[0-5]\d)?)?)?(?P<qualifier>[?~%]?)",
    re.ASCII,
)


@dataclass(frozen=True)  # without slots, which leave no place for what is computed once
class Edtf:
    """An EDTF date or interval.

    For a single date, `start` and `end` are the same object. In an interval, an open or unknown end is None.
    """

    text: str
    start: SingleDate | None
    end: SingleDate | None

    @property
    def earliest_day(self) -> CalendarDay:
        """First possible day; `EARLIEST_DAY` for an interval without a start."""
        return self.start.earliest_day if self.start else EARLIEST_DAY

    @property
    def latest_day(self) -> CalendarDay:
        """Last possible day; `LATEST_DAY` for an interval without an end."""
        return self.end.latest_day if self.end else LATEST_DAY

    @property
    def sort_key(self) -> tuple[CalendarDay, CalendarDay]:
        """Sort key: the earliest possible day, then the latest."""
        return (self.earliest_day, self.latest_day)

    @property
    def full_day(self) -> str:
        """The day as `2021-03-26`; empty for an interval, and for a date that is not known to the day or not certain."""
        day = self.start.html_datetime if self.start and self.start is self.end else ""
        return day if len(day) == len("2021-03-26") else ""

    @cached_property
    def date_in_words(self) -> str:
        """The date in English: "about 12 October 2020", "26 to 28 March 2021", "October 2019 to September 2020"."""
        return self.format_in_words(lambda single_date: single_date.date_in_words)

    def format_in_words(self, format_date: Callable[[SingleDate], str]) -> str:
        """The date or interval in English. `format_date` formats each of its one or two dates, for instance as HTML."""
        first = _leave_out_shared_words(self.start, self.end) if self.start and self.end else self.start
        start, end = (format_date(single_date) if single_date else None for single_date in (first, self.end))
        open_end = ".." in self.text
        if start is not None and end is not None:
            return start if self.start is self.end else start + " to " + end
        if start is not None:
            return start + " or later" if open_end else "from " + start + ", end unknown"
        assert end is not None, "an interval has at least one date"
        return end + " or earlier" if open_end else "until " + end + ", beginning unknown"

    def __str__(self) -> str:
        return self.text


def _leave_out_shared_words(start: SingleDate, end: SingleDate) -> SingleDate:
    """The first of two days or months without the month and year that are said with the last; as it is if either is uncertain."""
    is_exact = bool(start.html_datetime) and len(start.html_datetime) == len(end.html_datetime)
    if start is end or not is_exact or "T" in start.html_datetime:
        return start
    words, end_words = start.date_in_words.split(), end.date_in_words.split()
    while len(words) > 1 and words[-1] == end_words[-1]:
        words, end_words = words[:-1], end_words[:-1]
    return replace(start, date_in_words=" ".join(words))


@lru_cache(maxsize=MAX_CACHED_TEXTS)
def parse_edtf(text: str) -> Edtf:
    """Parse an EDTF date or interval (level 0 or 1).

    Raises `UnreadableError` of the rule `wrong-date`, with EDTF candidates in `values` where the text suggests any.
    """
    if len(text) > MAX_DATE_CHARACTERS:
        help = "keep the date, and move what is to be said of it to a text"
        raise UnreadableError(f"a date has at most {MAX_DATE_CHARACTERS} characters, not {len(text):,}", help, "wrong-date")
    if text.count("/") == 1 and re.fullmatch(r"[\dXY?~%.TZ:+/-]+", text) and not _is_slashed_date(text):
        return _parse_interval(text)
    single_date = _parse_single_date(text)
    return Edtf(text, single_date, single_date)


def _parse_interval(text: str) -> Edtf:
    """Parse an interval. Its ends are dates, not times, and have no unspecified digits; both ends may be the same date.

    Neither may be a part of the other: readers cannot know what "31 May 2021 to May 2021" means.
    """
    first, last = text.split("/")
    start, end = _parse_interval_ends(text)
    if not start and not end:
        raise create_date_error(text, "an interval needs at least one date, as in 2021-10-28/..")
    reason = "an interval has no X and no time of day"
    if start and end and start.earliest_day > end.earliest_day and start.latest_day > end.latest_day:
        reason, first, last = "the interval ends before it begins", last, first
    elif start and end and (start.earliest_day > end.earliest_day or start.latest_day > end.latest_day):
        raise _create_overlap_error(text, start, end)
    first, last = _simplify_interval_end(first, is_start=True), _simplify_interval_end(last, is_start=False)
    if f"{first}/{last}" != text:
        interval = first if first == last else f"{first}/{last}"
        raise create_date_error(text, f"{reason}; write {interval}", interval)
    return Edtf(text, start, start if first == last else end)


def _create_overlap_error(text: str, start: SingleDate, end: SingleDate) -> UnreadableError:
    """An error for an interval of which one end is a part of the other, so that it might end before it begins: 2021/2021-03.

    What may be meant: the same days, with the longer end written as exactly as the shorter; or the longer one alone.
    """
    if start.earliest_day > end.earliest_day:
        first = _simplify_interval_end(start.text, is_start=True)
        longer, last = end, _format_day(end.latest_day, first)
    else:
        last = _simplify_interval_end(end.text, is_start=False)
        longer, first = start, _format_day(start.earliest_day, last)
    dates = [date for date in (first if first == last else f"{first}/{last}", longer.text) if _is_edtf(date)]
    return create_date_error(text, f"one end is a part of the other; write {' or '.join(dates)}, whichever is meant", *dates)


def _format_day(day: CalendarDay, model: str) -> str:
    """The year, year and month, or day, of a day: as exactly as a date in EDTF is."""
    year, *rest = day
    parts = [f"{year:05}" if year < 0 else f"{year:04}", *(f"{part:02}" for part in rest)]
    return "-".join(parts[: model.lstrip("-").count("-") + 1])


def _parse_interval_ends(text: str) -> list[SingleDate | None]:
    """Both ends of an interval, None for an open or unknown one. A refusal is of the whole interval, and suggests whole ones."""
    ends: list[SingleDate | None] = []
    meant: list[list[str]] = []
    refusals: list[UnreadableError] = []
    for part in text.split("/"):
        try:
            ends.append(None if part in ("", "..") else _parse_single_date(part))
            meant.append([part])
        except UnreadableError as error:
            refusals.append(error)
            meant.append([date.strip('"') for date in error.values])
    if refusals:
        simplified = (
            f"{_simplify_interval_end(first, is_start=True)}/{_simplify_interval_end(last, is_start=False)}"
            for first, last in product(*meant)
        )
        intervals = [interval for interval in simplified if _is_edtf(interval)]
        raise _create_choice_error(text, intervals) if intervals else create_date_error(text, refusals[0].help)
    return ends


def _simplify_interval_end(text: str, *, is_start: bool) -> str:
    """An end of an interval without its time of day and unspecified digits: of 202X the first year, or else the last."""
    digit = "0" if is_start != text.startswith("-") else "9"
    return text.partition("T")[0].replace("-XX", "").replace("X", digit)


def _is_slashed_date(text: str) -> bool:
    """Whether a slash separates day and month or month and year (3/2021), rather than the ends of an EDTF interval."""
    return not all(part in ("", "..") or (re.match(r"Y?-?\d\d", part) and len(part) > 3) for part in text.split("/"))


def _parse_single_date(text: str) -> SingleDate:
    """Parse one EDTF date, down to the year; months and days are left to `parse_month_or_day`."""
    match = _EDTF_DATE_PATTERN.fullmatch(text)
    if not match:
        raise _create_error_with_suggestions(text)
    year, month, day = match["year"], match["month"], match["day"]
    qualifier_phrase = QUALIFIER_PHRASES[match["qualifier"]]
    if match["time"]:
        validate_time_of_day(match)
    if "X" in year:
        return parse_year_range(text, year, month, qualifier_phrase)
    if year.startswith("Y"):
        validate_long_year(text, year, month)
    number = int(year.removeprefix("Y"))
    year_in_words = format_year(number)
    if month is None:
        html_datetime = year if 0 < number <= 9999 and not match["qualifier"] else ""
        return SingleDate(text, (number, 1, 1), (number, 12, 31), qualifier_phrase + year_in_words, html_datetime)
    if month == "XX":
        unknown_part = "a day" if day else "a month"
        if day not in (None, "XX"):
            raise create_date_error(text, f"the day cannot be known if the month is not; write {year}-XX-XX", f"{year}-XX-XX")
        phrase = f"{qualifier_phrase}{unknown_part} in {year_in_words}"
        return SingleDate(text, (number, 1, 1), (number, 12, 31), phrase, "")
    return parse_month_or_day(text, number, int(month), day, qualifier_phrase)


def _create_error_with_suggestions(text: str) -> UnreadableError:
    """An error for a date that is not EDTF, with the EDTF dates it may mean, or with a general hint if there are none."""
    if text[:1] in ("[", "{"):
        return create_date_error(text, "write the span from the first to the last, as in 2021-03-26/2021-03-28")
    if re.match(r"-?(?:\dX|X)XX", text):
        return create_date_error(text, "only the last two digits of a year may be X, as in 19XX or 202X")
    dates = [date for date in suggest_edtf(text) if _is_edtf(date)]
    if not dates:
        return create_date_error(
            text, "write year-month-day as far as it is known: 2021, 2021-03, 2021-03-26, 2021-03~, 2021-10-28/.."
        )
    return _create_choice_error(text, dates)


def _create_choice_error(text: str, dates: list[str]) -> UnreadableError:
    """An error for a text that may mean any of some EDTF dates."""
    return create_date_error(text, f"write {' or '.join(dates)}" + (", whichever is meant" if len(dates) > 1 else ""), *dates)


def _is_edtf(text: str) -> bool:
    try:
        parse_edtf(text)
    except UnreadableError:
        return False
    return True
