"""English names of years, months and seasons, with the numbers that EDTF writes for them."""

from __future__ import annotations

from typing import NamedTuple

MONTH_NAMES = "January February March April May June July August September October November December".split()


class Season(NamedTuple):
    """A season: its name, and its first month. It lasts three months, winter until February of the next year."""

    name: str
    first_month: int


SEASONS_BY_MONTH_CODE = {21: Season("spring", 3), 22: Season("summer", 6), 23: Season("autumn", 9), 24: Season("winter", 12)}
"""The seasons by the number that EDTF writes in place of the month."""

SEASON_CODES_BY_NAME = {season.name: code for code, season in SEASONS_BY_MONTH_CODE.items()} | {"fall": 23}
"""Those numbers by name."""


def format_year(year: int) -> str:
    """A year in English. EDTF counts years as astronomers do: 0 is 1 BC, and -43 is 44 BC. Years before 1000 say their era."""
    return str(year) if year >= 1000 else f"AD {year}" if year > 0 else f"{1 - year} BC"
