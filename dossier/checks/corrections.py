"""Corrections: each belongs to a review of its record, and each says a change."""

from __future__ import annotations

from collections.abc import Iterator

from dossier.checks.rule import Violation, rule
from dossier.model.base import Correction, Entry
from dossier.model.dossier import Dossier


@rule("correction-order")
def check_correction_order(dossier: Dossier) -> Iterator[Violation]:
    for entry, number, correction in _iter_numbered_corrections(dossier):
        if not entry.reviewed or entry.reviewed.latest_day < correction.date.latest_day:
            last = f"was last reviewed {entry.reviewed.date_in_words}" if entry.reviewed else "has no day of review"
            message = f"this {entry.noun} was corrected {correction.date.date_in_words}, but {last}"
            help = f'a correction is a review too: set `reviewed: "{correction.date}"`, or correct the date'
            yield Violation(entry.locate("corrections", number, "date"), message, help)


@rule("correction-empty")
def check_correction_empty(dossier: Dossier) -> Iterator[Violation]:
    for entry, number, correction in _iter_numbered_corrections(dossier):
        if correction.was.split() == correction.now.split():
            message = "`was` and `now` are the same text, so that readers see no change"
            help = "write what stood there before in `was:` and what stands there instead in `now:`"
            yield Violation(entry.locate("corrections", number, "now"), message, help)


def _iter_numbered_corrections(dossier: Dossier) -> Iterator[tuple[Entry, int, Correction]]:
    """Every correction with its record and its number there."""
    for entry in dossier.iter_entries():
        for number, correction in enumerate(entry.corrections):
            yield entry, number, correction
