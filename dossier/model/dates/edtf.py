"""Dates as well as they are known: EDTF (ISO 8601-2:2019) levels 0 and 1, in and out of words.

Text comes in; out go bounds that sort, and English words. Bounds are nominal: `2021-03~` covers
March 2021 and no invented margin round it. https://www.loc.gov/standards/datetime/
"""

from __future__ import annotations

import re
from calendar import isleap
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from dossier.model.dates.suggestions import MONTH_NAMES, suggest_edtf
from dossier.model.problems.problem import UnreadableError

CalendarDay = tuple[int, int, int]
"""Year, month, day; a tuple, since EDTF years may lie outside what `datetime` holds."""

EARLIEST_DAY: CalendarDay = (-(10**12), 1, 1)
LATEST_DAY: CalendarDay = (10**12, 12, 31)
SEASONS_BY_MONTH_CODE = {21: ("spring", 3), 22: ("summer", 6), 23: ("autumn", 9), 24: ("winter", 12)}
QUALIFIER_PHRASES = {"": "", "?": "possibly ", "~": "about ", "%": "possibly about "}

_EDTF_DATE_PATTERN = re.compile(
    r"(?P<year>-?\d{4}|\d{3}X|\d{2}XX|Y-?\d{5,9})(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?"
    r"(?P<time>T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:Z|[+-](?:0\d|1[0-4])(?::[0-5]\d)?)?)?(?P<qualifier>[?~%]?)",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class SingleDate:
    """One EDTF date (not an interval): its text, its bounds in days, and how it is said."""

    text: str
    earliest_day: CalendarDay
    latest_day: CalendarDay
    date_in_words: str
    html_datetime: str
    """The same as HTML's `<time datetime>` takes it, or empty where HTML has no form for it."""


@dataclass(frozen=True, slots=True)
class Edtf:
    """An EDTF date or interval. `start` or `end` is None where the interval is open or unknown."""

    text: str
    start: SingleDate | None
    end: SingleDate | None

    @property
    def earliest_day(self) -> CalendarDay:
        """First day it can mean."""
        return self.start.earliest_day if self.start else EARLIEST_DAY

    @property
    def latest_day(self) -> CalendarDay:
        """Last day it can mean."""
        return self.end.latest_day if self.end else LATEST_DAY

    @property
    def sort_key(self) -> tuple[CalendarDay, CalendarDay]:
        """Orders by earliest bound, then latest."""
        return (self.earliest_day, self.latest_day)

    @property
    def date_in_words(self) -> str:
        """The date in English: "about 12 October 2020", "October 2019 to September 2020"."""
        return self.format_in_words(lambda moment: moment.date_in_words)

    def format_in_words(self, say: Callable[[SingleDate], str]) -> str:
        """The date in English, each of its dates as `say` says it."""
        start, end = (say(moment) if moment else None for moment in (self.start, self.end))
        open_end = ".." in self.text
        if start is not None and self.start is self.end:
            return start
        if start is not None and end is not None:
            return start + " to " + end
        if start is not None:
            return start + " or later" if open_end else "from " + start + ", end unknown"
        if end is not None:
            return end + " or earlier" if open_end else "until " + end + ", beginning unknown"
        raise ValueError("an interval has at least one date")

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=4096)
def parse_edtf(text: str) -> Edtf:
    """Read an EDTF level 0 or 1 date or interval; raises `Unreadable` with the way to say it."""
    if text.count("/") == 1 and re.fullmatch(r"[\dXY?~%.TZ:+/-]+", text) and not _is_slashed_date(text):
        first, last = text.split("/")
        start, end = (None if part in ("", "..") else _parse_single_date(part) for part in (first, last))
        if start and end and start.earliest_day > end.latest_day:
            raise _create_date_error(text, f"the interval ends before it begins; write {last}/{first}", f"{last}/{first}")
        if not start and not end:
            raise _create_date_error(text, "an interval needs at least one date, as in 2021-10-28/..")
        return Edtf(text, start, end)
    moment = _parse_single_date(text)
    return Edtf(text, moment, moment)


def _is_slashed_date(text: str) -> bool:
    """Whether this is day/month or month/year as people write them, not an interval of years."""
    return not all(part in ("", "..") or (re.match(r"[-Y]?\d\d", part) and len(part) > 3) for part in text.split("/"))


def _parse_single_date(text: str) -> SingleDate:
    match = _EDTF_DATE_PATTERN.fullmatch(text)
    if not match:
        raise _create_error_with_suggestions(text)
    year, month, day = match["year"], match["month"], match["day"]
    words, html = QUALIFIER_PHRASES[match["qualifier"]], ""
    if match["time"] and not (day and day.isdigit()):
        raise _create_date_error(
            text, "a time of day needs a full date before it, as in 2021-03-28T12:52:03Z", text.partition("T")[0]
        )
    if "X" in year:
        if month:
            raise _create_date_error(text, f"where the year is not known, the month cannot be; write {year}", year)
        first = int(year.replace("X", "0"))
        span = 10 ** year.count("X")
        said = f"the {first}s" if span == 10 else f"a year from {first} to {first + span - 1}"
        return SingleDate(text, (first, 1, 1), (first + span - 1, 12, 31), f"{words}{said}", html)
    if year.startswith("Y") and month:
        raise _create_date_error(text, f"a year of more than four digits stands alone; write {year}", year)
    number = int(year.removeprefix("Y"))
    said = str(number) if number >= 0 else f"year {number}"
    if month is None:
        html = year if 0 < number <= 9999 and not match["qualifier"] else ""
        return SingleDate(text, (number, 1, 1), (number, 12, 31), words + said, html)
    if month == "XX":
        what = "a day" if day else "a month"
        if day not in (None, "XX"):
            raise _create_date_error(
                text, f"where the month is not known, the day cannot be; write {year}-XX-XX", f"{year}-XX-XX"
            )
        return SingleDate(text, (number, 1, 1), (number, 12, 31), f"{words}{what} in {said}", html)
    return _parse_month_or_day(text, number, int(month), day, words)


def _parse_month_or_day(text: str, year: int, month: int, day: str | None, words: str) -> SingleDate:
    if month in SEASONS_BY_MONTH_CODE and day is None:
        name, first = SEASONS_BY_MONTH_CODE[month]
        last_year, last = (year + 1, 2) if month == 24 else (year, first + 2)
        bounds = (year, first, 1), (last_year, last, _count_month_days(last_year, last))
        return SingleDate(text, *bounds, f"{words}{name} {year}", "")
    if not 1 <= month <= 12:
        raise _create_date_error(text, "a month is 01 to 12 (or 21 spring, 22 summer, 23 autumn, 24 winter)")
    name, length = f"{MONTH_NAMES[month - 1]} {year}", _count_month_days(year, month)
    exact = not words and 0 < year <= 9999
    if day is None:
        html = f"{year:04}-{month:02}" if exact else ""
        return SingleDate(text, (year, month, 1), (year, month, length), words + name, html)
    if day == "XX":
        return SingleDate(text, (year, month, 1), (year, month, length), f"{words}a day in {name}", "")
    number = int(day)
    if not 1 <= number <= length:
        raise _create_date_error(text, f"{name} has {length} days")
    html = f"{year:04}-{month:02}-{number:02}" if exact else ""
    return SingleDate(text, (year, month, number), (year, month, number), f"{words}{number} {name}", html)


def _count_month_days(year: int, month: int) -> int:
    return (28 + isleap(year)) if month == 2 else 30 if month in (4, 6, 9, 11) else 31


def _create_date_error(text: str, help: str, *dates: str) -> UnreadableError:
    """That a text is no date, and the dates that may be meant."""
    return UnreadableError(f"{text!r} is not a date that can be read here", help, "wrong-date", [f'"{date}"' for date in dates])


def _create_error_with_suggestions(text: str) -> UnreadableError:
    """The EDTF way to say a date that people write otherwise; a general hint where none is seen."""
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
