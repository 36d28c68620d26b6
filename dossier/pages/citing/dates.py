"""Dates in citations: EDTF to CSL-JSON, and a CSL date in words."""

from __future__ import annotations

import re
from typing import Any

from dossier.model.dates.calendar_names import MONTH_NAMES, SEASONS_BY_MONTH_CODE
from dossier.model.dates.date_parts import SingleDate
from dossier.model.dates.edtf import Edtf

CslDate = dict[str, Any]
"""`date-parts`, one list of year, month and day for a date and two for an interval, with `season` and `circa`; or `literal`."""

_PLAIN_DATE = re.compile(r"(\d{4})(?:-(\d\d|XX))?(?:-(\d\d|XX))?(?:T.*)?(~?)", re.ASCII)
_FIRST_SEASON_CODE = min(SEASONS_BY_MONTH_CODE)


def build_csl_date(date: Edtf) -> CslDate:
    """An EDTF date as a CSL date: `~` is `circa`, a digit that is not known is left out.

    What CSL cannot say is said in words, as `literal`: an interval without one of its ends, a date that is doubtful, a decade.
    """
    starts_and_ends = [date.start] if date.start is date.end else [date.start, date.end]
    converted = [_convert_single_date(single_date) if single_date else None for single_date in starts_and_ends]
    if None in converted or (len(converted) > 1 and any(part and "season" in part for part in converted)):
        return {"literal": date.date_in_words}
    merged: CslDate = {"date-parts": []}
    for part in converted:
        assert part, "dates that cannot be converted are literals"
        merged = {**merged, **part, "date-parts": [*merged["date-parts"], *part["date-parts"]]}
    return merged


def _convert_single_date(date: SingleDate) -> CslDate | None:
    match = _PLAIN_DATE.fullmatch(date.text)
    if not match or match[1] == "0000":
        return None
    circa = {"circa": True} if match[4] else {}
    numbers = [int(part) for part in match.group(1, 2, 3) if part and part != "XX"]
    if len(numbers) == 2 and numbers[1] in SEASONS_BY_MONTH_CODE:
        return {"date-parts": [numbers[:1]], "season": numbers[1] - _FIRST_SEASON_CODE + 1, **circa}
    return {"date-parts": [numbers], **circa}


def format_csl_date(date: CslDate) -> str:
    """A CSL date in words: "about October 2020", "26 March 2021 to 28 March 2021"."""
    if "literal" in date:
        return str(date["literal"])
    season = SEASONS_BY_MONTH_CODE[date["season"] + _FIRST_SEASON_CODE - 1].name + " " if "season" in date else ""
    words = season + " to ".join(map(_format_date_parts, date["date-parts"]))
    return f"about {words}" if date.get("circa") else words


def _format_date_parts(parts: list[int]) -> str:
    year, month, day = [*parts, 0, 0][:3]
    return " ".join(filter(None, [str(day or ""), MONTH_NAMES[month - 1] if month else "", str(year)]))
