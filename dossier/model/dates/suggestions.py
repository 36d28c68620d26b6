"""Dates as people write them, and the EDTF ways to say the same: text in, candidates out.

One candidate where only one thing can be meant, several where people must decide (3/4/2021), none where nothing is
sure. Candidates are text; whether each is a date is for `parse_edtf` to say.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

MONTHS = [
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
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
WEEKDAYS = "(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
DATE = r"\d{4}(?:-\d\d(?:-\d\d)?)?"

LONGEST = 80
"""Characters of a date in words; each part of a longer text could be taken for a date inside another, without end."""

Match = re.Match[str]
Dates = list[str]


def candidates(text: str) -> Dates:
    """The EDTF dates and intervals that a date in another form may mean."""
    if len(text) > LONGEST:
        return []
    text = re.sub(r"\s+", " ", text.strip().strip(".,")).lower()
    if re.fullmatch(rf"{DATE}[?~%]?", text, re.ASCII):
        return [text]
    for pattern, say in _HABITS:
        if (match := re.fullmatch(pattern, text, re.ASCII)) and (said := say(match)):
            return list(dict.fromkeys(said))
    return []


def _named_month(match: Match) -> Dates:
    parts = match.groupdict()
    numbers = [number for number, name in enumerate(MONTHS, 1) if name.lower().startswith(parts["month"])]
    day = parts.get("day")
    return [f"{parts['year']}-{numbers[0]:02}" + (f"-{int(day):02}" if day else "")] if len(numbers) == 1 else []


def _numbers(match: Match) -> Dates:
    """Day and month in either order, where both could be; the day first, as in most of the world."""
    first, second, year = int(match[1]), int(match[2]), match[3]
    both = [f"{year}-{month:02}-{day:02}" for day, month in ((first, second), (second, first)) if month <= 12]
    return both if first != second else both[:1]


def _year_first(match: Match) -> Dates:
    year, month, day = match[1], int(match[2]), int(match[3])
    return [f"{year}-{month:02}-{day:02}"] if month <= 12 else [f"{year}-{day:02}-{month:02}"]


def _between(match: Match) -> Dates:
    """An interval, where both ends mean one thing; "March to May 2021" lends its year to both."""
    last = candidates(match["last"])
    year = re.search(r"\d{4}$", match["last"])
    first = candidates(match["first"]) or (candidates(f"{match['first']} {year[0]}") if year else [])
    return [f"{first[0]}/{last[0]}"] if len(first) == len(last) == 1 and not {"/", "."} & {*first[0], *last[0]} else []


def _qualified(mark: str) -> Callable[[Match], Dates]:
    """Reads a date behind a word such as "about" and puts a mark behind it."""
    return lambda match: [f"{date}{mark}" for date in candidates(match["date"]) if re.fullmatch(DATE, date)]


def _before(match: Match) -> Dates:
    """Everything up to what comes right before a date: before 2020 is up to 2019."""
    return [f"../{stepped}" for date in candidates(match["date"]) if (stepped := _step(date, -1))]


def _after(match: Match) -> Dates:
    return [f"{stepped}/.." for date in candidates(match["date"]) if (stepped := _step(date, 1))]


def _step(date: str, by: int) -> str:
    """The year, month or day right before or after one; empty where there is none."""
    parts = [int(part) for part in date.split("-")] if re.fullmatch(DATE, date) else []
    if len(parts) == 1:
        return f"{parts[0] + by:04}"
    if len(parts) == 2:
        year, month = divmod(12 * parts[0] + parts[1] - 1 + by, 12)
        return f"{year:04}-{month + 1:02}"
    try:
        return str(datetime.date(*parts) + datetime.timedelta(days=by))
    except (ValueError, OverflowError, TypeError):
        return ""


def _part_of_year(match: Match) -> Dates:
    """Early, middle or late in a year is in no EDTF date: the year itself, or four months of it."""
    first = {"early": 1, "mid": 5, "middle": 5, "late": 9}[match["part"]]
    year = match["year"]
    return [year, f"{year}-{first:02}/{year}-{first + 3:02}"]


_YEAR = r"(?P<year>\d{4})"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_MONTH = r"(?P<month>[a-z]{3,9})\.?"

_HABITS: tuple[tuple[str, Callable[[Match], Dates]], ...] = (
    (rf"{WEEKDAYS}\.?,? (?P<date>.+)", lambda match: candidates(match["date"])),
    (rf"(?P<part>early|mid|middle|late)(?: of| in)?[ -]{_YEAR}", _part_of_year),
    (rf"(?P<season>spring|summer|autumn|fall|winter)(?: of)? {_YEAR}", lambda m: [f"{m['year']}-{SEASONS[m['season']]}"]),
    (rf"{_DAY}(?: of)? {_MONTH},? {_YEAR}", _named_month),
    (rf"{_MONTH}(?: of|,)? {_YEAR}", _named_month),
    (rf"{_MONTH} {_DAY},? {_YEAR}", _named_month),
    (rf"{_YEAR},? {_MONTH}(?: {_DAY})?", _named_month),
    (r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", _year_first),
    (r"(\d{4})(0[1-9]|1[0-2])([0-3]\d)", _year_first),
    (rf"(?P<date>{DATE})[t ]\d\d?:\d\d.*", lambda match: candidates(match["date"])),
    (r"(\d\d)(\d\d)[/–-](\d\d)", lambda m: [f"{m[1]}{m[2]}/{m[1]}{m[3]}"] if m[3] > m[2] and int(m[3]) > 12 else []),
    (r"(\d{4})[-/.](\d{1,2})", lambda match: [f"{match[1]}-{int(match[2]):02}"]),
    (r"(\d{1,2})[/.](\d{4})", lambda match: [f"{match[2]}-{int(match[1]):02}"]),
    (r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", _numbers),
    (r"(?:the )?(\d{3})0'?s", lambda match: [f"{match[1]}X"]),
    (r"(?:circa|about|around|approximately|approx\.?|roughly|ca?\.|ca?(?= )|~) ?(?P<date>.+)", _qualified("~")),
    (r"(?:probably|possibly|perhaps|maybe) (?P<date>.+)", _qualified("?")),
    (r"(?:before|earlier than) (?P<date>.+)", _before),
    (r"(?:after|later than) (?P<date>.+)", _after),
    (r"(?:until|till|up to|to|by) (?P<date>.+)", lambda match: [f"../{date}" for date in candidates(match["date"])]),
    (r"(?:since|from) (?P<date>[^/]+?)(?: on(?:wards?)?)?", lambda match: [f"{date}/.." for date in candidates(match["date"])]),
    (r"(?P<date>.+) or (?P<way>earlier|later)", lambda m: [_open(date, m["way"]) for date in candidates(m["date"])]),
    (r"(?:from |between )?(?P<first>.+?)(?: ?[–—] ?| - | to | until | till | and )(?P<last>.+)", _between),
    (r"(?P<first>\d{4})-(?P<last>\d{4})", _between),
)


def _open(date: str, way: str) -> str:
    return f"../{date}" if way == "earlier" else f"{date}/.."
