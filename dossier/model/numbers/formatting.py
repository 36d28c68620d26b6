"""Exact numbers as decimal digits."""

from __future__ import annotations

from fractions import Fraction
from math import floor

from dossier.model.numbers.printed import PrintedNumber


def format_exact_value(value: Fraction | bool, like: PrintedNumber | None = None) -> str:
    """An exact value as decimal digits: "true", "0.1142", "9,477", "52.38 %".

    Whole numbers have no decimal places, others two, or four below one. If `like`, the printed number beside the value,
    is a percentage or in percentage points, so is the result.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    unit = like.unit_after if like else ""
    number = value * 100 if unit else value
    return format_decimal(number, 0 if number.denominator == 1 else 2 if abs(number) >= 1 else 4) + unit


def format_decimal(number: Fraction, places: int) -> str:
    """A number rounded to decimal places, or to tens, hundreds … if `places` is below zero."""
    # Halves are rounded up, like the interval of a printed number, which includes its lower end and not its upper one.
    scaled = floor(number * Fraction(10) ** places + Fraction(1, 2)) * 10 ** max(-places, 0)
    integer_part, decimals = divmod(abs(scaled), 10 ** max(places, 0))
    digits = f"{integer_part:,}" + (f".{decimals:0{places}}" if places > 0 else "")
    return f"{'-' if scaled < 0 else ''}{digits}"
