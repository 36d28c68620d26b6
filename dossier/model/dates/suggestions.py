"""Dates as people write them, and the EDTF ways to say the same: text in, candidates out.

One candidate where only one thing can be meant, several where people must decide (3/4/2021), none where nothing is
sure. Candidates are text; whether each is a date is for `parse_edtf` to say.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

MONTH_NAMES = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
SEASON_CODES_BY_NAME = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
WEEKDAY_REGEX = "(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
PLAIN_DATE_REGEX = r"\d{4}(?:-\d\d(?:-\d\d)?)?"

MAX_FREE_FORM_DATE_CHARACTERS = 80
"""Characters of a date in words; each part of a longer text could be taken for a date inside another, without end."""

DateMatch = re.Match[str]
EdtfCandidates = list[str]


def suggest_edtf(text: str) -> EdtfCandidates:
    """The EDTF dates and intervals that a date in another form may mean."""
    if len(text) > MAX_FREE_FORM_DATE_CHARACTERS:
        return []
    text = re.sub(r"\s+", " ", text.strip().strip(".,")).lower()
    if re.fullmatch(rf"{PLAIN_DATE_REGEX}[?~%]?", text, re.ASCII):
        return [text]
    for pattern, say in _FREE_FORM_DATE_CONVERTERS:
        if (match := re.fullmatch(pattern, text, re.ASCII)) and (said := say(match)):
            return list(dict.fromkeys(said))
    return []


def _convert_named_month(match: DateMatch) -> EdtfCandidates:
    parts = match.groupdict()
    numbers = [number for number, name in enumerate(MONTH_NAMES, 1) if name.lower().startswith(parts["month"])]
    day = parts.get("day")
    return [f"{parts['year']}-{numbers[0]:02}" + (f"-{int(day):02}" if day else "")] if len(numbers) == 1 else []


def _convert_numeric_date(match: DateMatch) -> EdtfCandidates:
    """Day and month in either order, where both could be; the day first, as in most of the world."""
    first, second, year = int(match[1]), int(match[2]), match[3]
    both = [f"{year}-{month:02}-{day:02}" for day, month in ((first, second), (second, first)) if month <= 12]
    return both if first != second else both[:1]


def _convert_year_first_date(match: DateMatch) -> EdtfCandidates:
    year, month, day = match[1], int(match[2]), int(match[3])
    return [f"{year}-{month:02}-{day:02}"] if month <= 12 else [f"{year}-{day:02}-{month:02}"]


def _convert_interval(match: DateMatch) -> EdtfCandidates:
    """An interval, where both ends mean one thing; "March to May 2021" lends its year to both."""
    last = suggest_edtf(match["last"])
    year = re.search(r"\d{4}$", match["last"])
    first = suggest_edtf(match["first"]) or (suggest_edtf(f"{match['first']} {year[0]}") if year else [])
    return [f"{first[0]}/{last[0]}"] if len(first) == len(last) == 1 and not {"/", "."} & {*first[0], *last[0]} else []


def _create_qualified_converter(mark: str) -> Callable[[DateMatch], EdtfCandidates]:
    """Reads a date behind a word such as "about" and puts a mark behind it."""
    return lambda match: [f"{date}{mark}" for date in suggest_edtf(match["date"]) if re.fullmatch(PLAIN_DATE_REGEX, date)]


def _convert_before_date(match: DateMatch) -> EdtfCandidates:
    """Everything up to what comes right before a date: before 2020 is up to 2019."""
    return [f"../{stepped}" for date in suggest_edtf(match["date"]) if (stepped := _shift_date(date, -1))]


def _convert_after_date(match: DateMatch) -> EdtfCandidates:
    return [f"{stepped}/.." for date in suggest_edtf(match["date"]) if (stepped := _shift_date(date, 1))]


def _shift_date(date: str, by: int) -> str:
    """The year, month or day right before or after one; empty where there is none."""
    parts = [int(part) for part in date.split("-")] if re.fullmatch(PLAIN_DATE_REGEX, date) else []
    if len(parts) == 1:
        return f"{parts[0] + by:04}"
    if len(parts) == 2:
        year, month = divmod(12 * parts[0] + parts[1] - 1 + by, 12)
        return f"{year:04}-{month + 1:02}"
    try:
        return str(datetime.date(*parts) + datetime.timedelta(days=by))
    except (ValueError, OverflowError, TypeError):
        return ""


def _convert_part_of_year(match: DateMatch) -> EdtfCandidates:
    """Early, middle or late in a year is in no EDTF date: the year itself, or four months of it."""
    first = {"early": 1, "mid": 5, "middle": 5, "late": 9}[match["part"]]
    year = match["year"]
    return [year, f"{year}-{first:02}/{year}-{first + 3:02}"]


_NAMED_YEAR_REGEX = r"(?P<year>\d{4})"
_NAMED_DAY_REGEX = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_NAMED_MONTH_REGEX = r"(?P<month>[a-z]{3,9})\.?"

_FREE_FORM_DATE_CONVERTERS: tuple[tuple[str, Callable[[DateMatch], EdtfCandidates]], ...] = (
    (rf"{WEEKDAY_REGEX}\.?,? (?P<date>.+)", lambda match: suggest_edtf(match["date"])),
    (rf"(?P<part>early|mid|middle|late)(?: of| in)?[ -]{_NAMED_YEAR_REGEX}", _convert_part_of_year),
    (
        rf"(?P<season>spring|summer|autumn|fall|winter)(?: of)? {_NAMED_YEAR_REGEX}",
        lambda m: [f"{m['year']}-{SEASON_CODES_BY_NAME[m['season']]}"],
    ),
    (rf"{_NAMED_DAY_REGEX}(?: of)? {_NAMED_MONTH_REGEX},? {_NAMED_YEAR_REGEX}", _convert_named_month),
    (rf"{_NAMED_MONTH_REGEX}(?: of|,)? {_NAMED_YEAR_REGEX}", _convert_named_month),
    (rf"{_NAMED_MONTH_REGEX} {_NAMED_DAY_REGEX},? {_NAMED_YEAR_REGEX}", _convert_named_month),
    (rf"{_NAMED_YEAR_REGEX},? {_NAMED_MONTH_REGEX}(?: {_NAMED_DAY_REGEX})?", _convert_named_month),
    (r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", _convert_year_first_date),
    (r"(\d{4})(0[1-9]|1[0-2])([0-3]\d)", _convert_year_first_date),
    (rf"(?P<date>{PLAIN_DATE_REGEX})[t ]\d\d?:\d\d.*", lambda match: suggest_edtf(match["date"])),
    (r"(\d\d)(\d\d)[/–-](\d\d)", lambda m: [f"{m[1]}{m[2]}/{m[1]}{m[3]}"] if m[3] > m[2] and int(m[3]) > 12 else []),
    (r"(\d{4})[-/.](\d{1,2})", lambda match: [f"{match[1]}-{int(match[2]):02}"]),
    (r"(\d{1,2})[/.](\d{4})", lambda match: [f"{match[2]}-{int(match[1]):02}"]),
    (r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", _convert_numeric_date),
    (r"(?:the )?(\d{3})0'?s", lambda match: [f"{match[1]}X"]),
    (r"(?:circa|about|around|approximately|approx\.?|roughly|ca?\.|ca?(?= )|~) ?(?P<date>.+)", _create_qualified_converter("~")),
    (r"(?:probably|possibly|perhaps|maybe) (?P<date>.+)", _create_qualified_converter("?")),
    (r"(?:before|earlier than) (?P<date>.+)", _convert_before_date),
    (r"(?:after|later than) (?P<date>.+)", _convert_after_date),
    (r"(?:until|till|up to|to|by) (?P<date>.+)", lambda match: [f"../{date}" for date in suggest_edtf(match["date"])]),
    (r"(?:since|from) (?P<date>[^/]+?)(?: on(?:wards?)?)?", lambda match: [f"{date}/.." for date in suggest_edtf(match["date"])]),
    (
        r"(?P<date>.+) or (?P<way>earlier|later)",
        lambda m: [_format_open_interval(date, m["way"]) for date in suggest_edtf(m["date"])],
    ),
    (r"(?:from |between )?(?P<first>.+?)(?: ?[–—] ?| - | to | until | till | and )(?P<last>.+)", _convert_interval),
    (r"(?P<first>\d{4})-(?P<last>\d{4})", _convert_interval),
)


def _format_open_interval(date: str, way: str) -> str:
    return f"../{date}" if way == "earlier" else f"{date}/.."
