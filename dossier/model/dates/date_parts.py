"""The parts of an EDTF date: what its year, month, day and time of day mean, or why they cannot be."""

from __future__ import annotations

import re
from calendar import isleap
from dataclasses import dataclass

from dossier.model.dates.calendar_names import MONTH_NAMES, SEASONS_BY_MONTH_CODE, format_year
from dossier.model.problems.problem import UnreadableError

CalendarDay = tuple[int, int, int]
"""Year, month, day, each as a number. A tuple, because `datetime.date` only holds the years 1 to 9999."""

MAX_YEAR_DIGITS = 12
"""Digits of the longest year: enough for the age of the universe."""

# Local times are from twelve hours behind UTC to fourteen hours before it. ISO 8601 has no "-00:00".
_ZONE_PATTERN = re.compile(r"Z|(?!-00(?::00)?$)[+-](?:0\d|1[01])(?::\d\d)?|[+-]12(?::00)?|\+1[23](?::\d\d)?|\+14(?::00)?")


@dataclass(frozen=True, slots=True)
class SingleDate:
    """One EDTF date (not an interval): its text, its first and last possible day, and its English form."""

    text: str
    earliest_day: CalendarDay
    latest_day: CalendarDay
    date_in_words: str
    html_datetime: str
    """Value for the attribute of HTML's `<time datetime>`: a year, month or day; empty if HTML cannot express the date."""


def validate_time_of_day(match: re.Match[str]) -> None:
    """Refuse a time of day without a full date, with a qualifier, or in a time zone that no place has."""
    text, date = match[0], match[0].partition("T")[0]
    if not (match["day"] and match["day"].isdigit()):
        raise create_date_error(text, "a time of day needs a full date before it, as in 2021-03-28T12:52:03Z", date)
    if match["qualifier"]:
        date += match["qualifier"]
        raise create_date_error(text, f"a date that is not certain has no time of day; write {date}", date)
    if match["zone"] and not _ZONE_PATTERN.fullmatch(match["zone"]):
        help = f"write {date} without a time, or with a zone that there is: Z, or from -12:00 to +14:00"
        raise create_date_error(text, help, date)


def validate_long_year(text: str, year: str, month: str | None) -> None:
    """Refuse a year of more than four digits that has a month, or too many digits."""
    if month:
        raise create_date_error(text, f"a year of more than four digits stands alone; write {year}", year)
    if len(year.lstrip("Y-")) > MAX_YEAR_DIGITS:
        raise create_date_error(text, f"a year has at most {MAX_YEAR_DIGITS} digits here")


def parse_year_range(text: str, year: str, month: str | None, qualifier_phrase: str) -> SingleDate:
    """A decade or century, from a year whose last digit or two are unspecified: 202X, 19XX, -004X."""
    if month:
        raise create_date_error(text, f"the month cannot be known if the year is not; write {year}", year)
    first_year, last_year = sorted(int(year.replace("X", digit)) for digit in "09")
    years_in_words = f"a year from {format_year(first_year)} to {format_year(last_year)}"
    if year.count("X") == 1 and first_year >= 1000:
        years_in_words = f"the {first_year}s"
    return SingleDate(text, (first_year, 1, 1), (last_year, 12, 31), f"{qualifier_phrase}{years_in_words}", "")


def parse_month_or_day(text: str, year: int, month: int, day: str | None, qualifier_phrase: str) -> SingleDate:
    """The date of a known year and month (or season); `day` is two digits, "XX", or None for the whole month."""
    if month in SEASONS_BY_MONTH_CODE and day is None:
        season, first_month = SEASONS_BY_MONTH_CODE[month]
        last_year, last_month = (year + 1, 2) if month == 24 else (year, first_month + 2)
        bounds = (year, first_month, 1), (last_year, last_month, _count_month_days(last_year, last_month))
        return SingleDate(text, *bounds, f"{qualifier_phrase}{season} {format_year(year)}", "")
    if not 1 <= month <= 12:
        seasons = ", ".join(f"{code} {season.name}" for code, season in SEASONS_BY_MONTH_CODE.items())
        raise create_date_error(text, f"a month is 01 to 12 (or {seasons})")
    name, length = f"{MONTH_NAMES[month - 1]} {format_year(year)}", _count_month_days(year, month)
    # HTML has no qualifiers and no years before 1; it does have years above 9999, which we leave out.
    has_html_form = not qualifier_phrase and 0 < year <= 9999
    if day is None:
        html_datetime = f"{year:04}-{month:02}" if has_html_form else ""
        return SingleDate(text, (year, month, 1), (year, month, length), qualifier_phrase + name, html_datetime)
    if day == "XX":
        return SingleDate(text, (year, month, 1), (year, month, length), f"{qualifier_phrase}a day in {name}", "")
    number = int(day)
    if not 1 <= number <= length:
        raise create_date_error(text, f"{name} has {length} days")
    html_datetime = f"{year:04}-{month:02}-{number:02}" if has_html_form else ""
    return SingleDate(text, (year, month, number), (year, month, number), f"{qualifier_phrase}{number} {name}", html_datetime)


def _count_month_days(year: int, month: int) -> int:
    # `calendar.monthrange` raises an error for years outside 1 to 9999; `isleap` takes any year.
    return (28 + isleap(year)) if month == 2 else 30 if month in (4, 6, 9, 11) else 31


def create_date_error(text: str, help: str, *dates: str) -> UnreadableError:
    """An error for a text that is not a date; `dates` are the EDTF dates that may be meant, the likeliest first."""
    return UnreadableError(f"{text!r} is not a date in a known form", help, "wrong-date", [f'"{date}"' for date in dates])
