"""Suggest EDTF dates for dates in free form ("about March 2021", "3/4/2021"): text in, list of candidates out.

One candidate if the text has a single reading, several if the reader has to choose (3/4/2021), none if it is not
understood. Candidates may be invalid (2021-02-30): the caller filters them with `parse_edtf`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from dossier.model.dates.calendar_names import MONTH_NAMES, SEASON_CODES_BY_NAME

WEEKDAY_REGEX = "(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
PLAIN_DATE_REGEX = r"\d{4}(?:-\d\d(?:-\d\d)?)?"

MAX_FREE_FORM_DATE_CHARACTERS = 80
"""Longest date in words, in characters. The converters call `suggest_edtf` again for a part of the text ("about …",
"… to …"), so the limit bounds their recursion and the backtracking of their patterns."""

DateMatch = re.Match[str]
EdtfCandidates = list[str]


def suggest_edtf(text: str) -> EdtfCandidates:
    """EDTF dates and intervals that a date in another form may mean, the likeliest first, without duplicates."""
    if len(text) > MAX_FREE_FORM_DATE_CHARACTERS:
        return []
    text = re.sub(r"\s+", " ", text.strip().strip(".,")).lower()
    if re.fullmatch(rf"{PLAIN_DATE_REGEX}[?~%]?", text, re.ASCII):
        return [text]
    for pattern, convert in _FREE_FORM_DATE_CONVERTERS:
        if (match := re.fullmatch(pattern, text, re.ASCII)) and (candidates := convert(match)):
            return list(dict.fromkeys(candidates))
    return []


def _convert_named_month(match: DateMatch) -> EdtfCandidates:
    """Year, month and perhaps day. The month's name may be shortened ("sept"), to three letters at least."""
    parts = match.groupdict()
    numbers = [number for number, name in enumerate(MONTH_NAMES, 1) if name.lower().startswith(parts["month"])]
    day = parts.get("day")
    return [f"{parts['year']}-{numbers[0]:02}" + (f"-{int(day):02}" if day else "")] if len(numbers) == 1 else []


def _convert_numeric_date(match: DateMatch) -> EdtfCandidates:
    """Day and month in both orders if both are possible; the day first, because most countries write it first."""
    first, second, year = int(match[1]), int(match[2]), match[3]
    candidates = [f"{year}-{month:02}-{day:02}" for day, month in ((first, second), (second, first)) if month <= 12]
    return candidates if first != second else candidates[:1]


def _convert_year_first_date(match: DateMatch) -> EdtfCandidates:
    """Year, month, day; or year, day, month if the second number cannot be a month."""
    year, month, day = match[1], int(match[2]), int(match[3])
    return [f"{year}-{month:02}-{day:02}"] if month <= 12 else [f"{year}-{day:02}-{month:02}"]


def _convert_interval(match: DateMatch) -> EdtfCandidates:
    """An interval whose two ends have one reading each; in "March to May 2021" the year belongs to both."""
    last = suggest_edtf(match["last"])
    year = re.search(r"\d{4}$", match["last"])
    first = suggest_edtf(match["first"]) or (suggest_edtf(f"{match['first']} {year[0]}") if year else [])
    # An end that is itself an interval ("2020/..") cannot be an end of another one.
    return [f"{first[0]}/{last[0]}"] if len(first) == len(last) == 1 and not {"/", "."} & {*first[0], *last[0]} else []


def _create_qualified_converter(qualifier: str) -> Callable[[DateMatch], EdtfCandidates]:
    """Return a converter that appends an EDTF qualifier (`~` or `?`) to the date after a word such as "about"."""
    return lambda match: [f"{date}{qualifier}" for date in suggest_edtf(match["date"]) if re.fullmatch(PLAIN_DATE_REGEX, date)]


def _convert_shifted_date(match: DateMatch, by: int, interval: str) -> EdtfCandidates:
    """An open interval that ends right before or begins right after a date: "before 2020" is `../2019`."""
    return [interval.format(shifted) for date in suggest_edtf(match["date"]) if (shifted := _shift_date(date, by))]


def _shift_date(date: str, by: int) -> str:
    """Shift a plain date by whole years, months or days, its own precision; empty if it has a qualifier or is invalid."""
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


def _convert_plain_year(match: DateMatch) -> EdtfCandidates:
    """A year with a "Y" that it must not have, or with zeros before it: "Y2021", "Y012345"."""
    year = int(match[2])
    sign = "-" if match[1] and year else ""
    return [f"{sign}{year:04}" if year <= 9999 else f"Y{sign}{year}"]


def _convert_era_year(match: DateMatch) -> EdtfCandidates:
    """A year before Christ, which EDTF counts from 1 BC as 0: "44 BC" is -0043."""
    year = 1 - int(match["year"])
    return [f"{year:05}" if year < 0 else f"{year:04}"] if year <= 0 else []


def _convert_part_of_year(match: DateMatch) -> EdtfCandidates:
    """Candidates for "early 2021", which EDTF cannot express: the year itself, and four months of it."""
    first = {"early": 1, "mid": 5, "middle": 5, "late": 9}[match["part"]]
    year = match["year"]
    return [year, f"{year}-{first:02}/{year}-{first + 3:02}"]


_NAMED_YEAR_REGEX = r"(?P<year>\d{4})"
_NAMED_DAY_REGEX = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_NAMED_MONTH_REGEX = r"(?P<month>[a-z]{3,9})\.?"

# The first pattern that fits the whole text and yields candidates wins, so specific forms come before general ones.
# The text is in lower case, with single spaces.
_FREE_FORM_DATE_CONVERTERS: tuple[tuple[str, Callable[[DateMatch], EdtfCandidates]], ...] = (
    (rf"{WEEKDAY_REGEX}\.?,? (?P<date>.+)", lambda match: suggest_edtf(match["date"])),
    (rf"(?P<part>early|mid|middle|late)(?: of| in)?[ -]{_NAMED_YEAR_REGEX}", _convert_part_of_year),
    (
        rf"(?P<season>{'|'.join(SEASON_CODES_BY_NAME)})(?: of)? {_NAMED_YEAR_REGEX}",
        lambda m: [f"{m['year']}-{SEASON_CODES_BY_NAME[m['season']]}"],
    ),
    (rf"{_NAMED_DAY_REGEX}(?: of)? {_NAMED_MONTH_REGEX},? {_NAMED_YEAR_REGEX}", _convert_named_month),
    (rf"{_NAMED_MONTH_REGEX}(?: of|,)? {_NAMED_YEAR_REGEX}", _convert_named_month),
    (rf"{_NAMED_MONTH_REGEX} {_NAMED_DAY_REGEX},? {_NAMED_YEAR_REGEX}", _convert_named_month),
    (rf"{_NAMED_YEAR_REGEX},? {_NAMED_MONTH_REGEX}(?: {_NAMED_DAY_REGEX})?", _convert_named_month),
    (r"y(-?)(\d{1,12})", _convert_plain_year),
    (r"-0000.*", lambda match: [match[0][1:].upper()]),
    (r"(?P<year>\d{1,4}) ?b\.?c\.?(?:e\.?)?", _convert_era_year),
    (r"(?:a\.?d\.? ?)(\d{1,4})|(\d{1,4}) (?:a\.?d\.?|c\.?e\.?)", lambda match: [f"{int(match[1] or match[2]):04}"]),
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
    (r"(?:before|earlier than) (?P<date>.+)", lambda match: _convert_shifted_date(match, -1, "../{}")),
    (r"(?:after|later than) (?P<date>.+)", lambda match: _convert_shifted_date(match, 1, "{}/..")),
    (r"(?:until|till|up to|to|by) (?P<date>.+)", lambda match: [f"../{date}" for date in suggest_edtf(match["date"])]),
    (r"(?:since|from) (?P<date>[^/]+?)(?: on(?:wards?)?)?", lambda match: [f"{date}/.." for date in suggest_edtf(match["date"])]),
    (r"(?P<date>.+) or earlier", lambda match: [f"../{date}" for date in suggest_edtf(match["date"])]),
    (r"(?P<date>.+) or later", lambda match: [f"{date}/.." for date in suggest_edtf(match["date"])]),
    (r"(?:from |between )?(?P<first>.+?)(?: ?[–—] ?| - | to | until | till | and )(?P<last>.+)", _convert_interval),
    (r"(?P<first>\d{4})-(?P<last>\d{4})", _convert_interval),
)
