"""Parser for the Extended Date/Time Format (EDTF), levels 0 and 1: text in, bounds in days and English words out.

Format: ISO 8601-2:2019, https://www.loc.gov/standards/datetime/. Supported are calendar dates, times of day, intervals with
open (`..`) or unknown (empty) ends, the qualifiers `?`, `~` and `%`, unspecified digits (`X`), seasons 21 to 24, and
years of five to nine digits (`Y12345`). Level 2 (sets, exponents, qualifiers of single parts) is rejected.

Bounds are nominal: `2021-03~` covers exactly March 2021. A margin round "about" would be an invented number.
"""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from dossier.model.cache_sizes import MAX_CACHED_TEXTS
from dossier.model.dates.calendar_names import MONTH_NAMES, SEASONS_BY_MONTH_CODE
from dossier.model.dates.suggestions import suggest_edtf
from dossier.model.problems.problem import UnreadableError

CalendarDay = tuple[int, int, int]
"""Year, month, day, each as a number. A tuple, because `datetime.date` only holds the years 1 to 9999."""

# The bounds of intervals without a start or an end: outside the nine digits of the longest EDTF year.
EARLIEST_DAY: CalendarDay = (-(10**12), 1, 1)
LATEST_DAY: CalendarDay = (10**12, 12, 31)
QUALIFIER_PHRASES = {"": "", "?": "possibly ", "~": "about ", "%": "possibly about "}

# A year has exactly four digits, or "Y" and five to nine of them. `re.ASCII` keeps other scripts' digits out of `\d`.
_EDTF_DATE_PATTERN = re.compile(
    r"(?P<year>-?\d{4}|\d{3}X|\d{2}XX|Y-?\d{5,9})(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?"
    r"(?P<time>T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:Z|[+-](?:0\d|1[0-4])(?::[0-5]\d)?)?)?(?P<qualifier>[?~%]?)",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class SingleDate:
    """One EDTF date (not an interval): its text, its first and last possible day, and its English form."""

    text: str
    earliest_day: CalendarDay
    latest_day: CalendarDay
    date_in_words: str
    html_datetime: str
    """Value for the attribute of HTML's `<time datetime>`: a year, month or day; empty if HTML cannot express the date."""


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

    @cached_property
    def date_in_words(self) -> str:
        """The date in English: "about 12 October 2020", "October 2019 to September 2020"."""
        return self.format_in_words(lambda single_date: single_date.date_in_words)

    def format_in_words(self, format_date: Callable[[SingleDate], str]) -> str:
        """The date or interval in English. `format_date` formats each of its one or two dates, for instance as HTML."""
        start, end = (format_date(single_date) if single_date else None for single_date in (self.start, self.end))
        open_end = ".." in self.text
        if start is not None and end is not None:
            return start if self.start is self.end else start + " to " + end
        if start is not None:
            return start + " or later" if open_end else "from " + start + ", end unknown"
        assert end is not None, "an interval has at least one date"
        return end + " or earlier" if open_end else "until " + end + ", beginning unknown"

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=MAX_CACHED_TEXTS)
def parse_edtf(text: str) -> Edtf:
    """Parse an EDTF date or interval (level 0 or 1).

    Raises `UnreadableError` of the rule `wrong-date`, with EDTF candidates in `values` where the text suggests any.
    """
    if text.count("/") == 1 and re.fullmatch(r"[\dXY?~%.TZ:+/-]+", text) and not _is_slashed_date(text):
        first, last = text.split("/")
        start, end = (None if part in ("", "..") else _parse_single_date(part) for part in (first, last))
        if start and end and start.earliest_day > end.latest_day:
            raise _create_date_error(text, f"the interval ends before it begins; write {last}/{first}", f"{last}/{first}")
        if not start and not end:
            raise _create_date_error(text, "an interval needs at least one date, as in 2021-10-28/..")
        return Edtf(text, start, end)
    single_date = _parse_single_date(text)
    return Edtf(text, single_date, single_date)


def _is_slashed_date(text: str) -> bool:
    """Whether a slash separates day and month or month and year (3/2021), rather than the ends of an EDTF interval."""
    return not all(part in ("", "..") or (re.match(r"[-Y]?\d\d", part) and len(part) > 3) for part in text.split("/"))


def _parse_single_date(text: str) -> SingleDate:
    """Parse one EDTF date, down to the year; months and days are left to `_parse_month_or_day`."""
    match = _EDTF_DATE_PATTERN.fullmatch(text)
    if not match:
        raise _create_error_with_suggestions(text)
    year, month, day = match["year"], match["month"], match["day"]
    qualifier_phrase = QUALIFIER_PHRASES[match["qualifier"]]
    if match["time"] and not (day and day.isdigit()):
        raise _create_date_error(
            text, "a time of day needs a full date before it, as in 2021-03-28T12:52:03Z", text.partition("T")[0]
        )
    if "X" in year:
        if month:
            raise _create_date_error(text, f"the month cannot be known if the year is not; write {year}", year)
        first_year = int(year.replace("X", "0"))
        year_count = 10 ** year.count("X")
        last_year = first_year + year_count - 1
        years_in_words = f"the {first_year}s" if year_count == 10 else f"a year from {first_year} to {last_year}"
        return SingleDate(text, (first_year, 1, 1), (last_year, 12, 31), f"{qualifier_phrase}{years_in_words}", "")
    if year.startswith("Y") and month:
        raise _create_date_error(text, f"a year of more than four digits stands alone; write {year}", year)
    number = int(year.removeprefix("Y"))
    year_in_words = str(number) if number >= 0 else f"year {number}"
    if month is None:
        html_datetime = year if 0 < number <= 9999 and not match["qualifier"] else ""
        return SingleDate(text, (number, 1, 1), (number, 12, 31), qualifier_phrase + year_in_words, html_datetime)
    if month == "XX":
        unknown_part = "a day" if day else "a month"
        if day not in (None, "XX"):
            raise _create_date_error(text, f"the day cannot be known if the month is not; write {year}-XX-XX", f"{year}-XX-XX")
        phrase = f"{qualifier_phrase}{unknown_part} in {year_in_words}"
        return SingleDate(text, (number, 1, 1), (number, 12, 31), phrase, "")
    return _parse_month_or_day(text, number, int(month), day, qualifier_phrase)


def _parse_month_or_day(text: str, year: int, month: int, day: str | None, qualifier_phrase: str) -> SingleDate:
    """The date of a known year and month (or season); `day` is two digits, "XX", or None for the whole month."""
    if month in SEASONS_BY_MONTH_CODE and day is None:
        season, first_month = SEASONS_BY_MONTH_CODE[month]
        last_year, last_month = (year + 1, 2) if month == 24 else (year, first_month + 2)
        bounds = (year, first_month, 1), (last_year, last_month, _count_month_days(last_year, last_month))
        return SingleDate(text, *bounds, f"{qualifier_phrase}{season} {year}", "")
    if not 1 <= month <= 12:
        seasons = ", ".join(f"{code} {season.name}" for code, season in SEASONS_BY_MONTH_CODE.items())
        raise _create_date_error(text, f"a month is 01 to 12 (or {seasons})")
    name, length = f"{MONTH_NAMES[month - 1]} {year}", _count_month_days(year, month)
    # HTML has no qualifiers and no years before 1; it does have years above 9999, which we leave out.
    has_html_form = not qualifier_phrase and 0 < year <= 9999
    if day is None:
        html_datetime = f"{year:04}-{month:02}" if has_html_form else ""
        return SingleDate(text, (year, month, 1), (year, month, length), qualifier_phrase + name, html_datetime)
    if day == "XX":
        return SingleDate(text, (year, month, 1), (year, month, length), f"{qualifier_phrase}a day in {name}", "")
    number = int(day)
    if not 1 <= number <= length:
        raise _create_date_error(text, f"{name} has {length} days")
    html_datetime = f"{year:04}-{month:02}-{number:02}" if has_html_form else ""
    return SingleDate(text, (year, month, number), (year, month, number), f"{qualifier_phrase}{number} {name}", html_datetime)


def _count_month_days(year: int, month: int) -> int:
    # `calendar.monthrange` raises an error for years outside 1 to 9999; `isleap` takes any year.
    return (28 + isleap(year)) if month == 2 else 30 if month in (4, 6, 9, 11) else 31


def _create_date_error(text: str, help: str, *dates: str) -> UnreadableError:
    """An error for a text that is not a date; `dates` are the EDTF dates that may be meant, the likeliest first."""
    return UnreadableError(f"{text!r} is not a date in a known form", help, "wrong-date", [f'"{date}"' for date in dates])


def _create_error_with_suggestions(text: str) -> UnreadableError:
    """An error for a date that is not EDTF, with the EDTF dates it may mean, or with a general hint if there are none."""
    if text[:1] in ("[", "{"):
        return _create_date_error(text, "write the span from the first to the last, as in 2021-03-26/2021-03-28")
    dates = [date for date in suggest_edtf(text) if _is_edtf(date)]
    if not dates:
        return _create_date_error(
            text, "write year-month-day as far as it is known: 2021, 2021-03, 2021-03-26, 2021-03~, 2021-10-28/.."
        )
    return _create_date_error(text, f"write {' or '.join(dates)}" + (", whichever is meant" if len(dates) > 1 else ""), *dates)


def _is_edtf(text: str) -> bool:
    try:
        parse_edtf(text)
    except UnreadableError:
        return False
    return True
