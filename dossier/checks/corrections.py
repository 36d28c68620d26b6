"""Rules on corrections: each is on or before the day of review, and each changes something."""

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
            message = "`was` and `now` are the same text, so readers see no change"
            help = "write the old text in `was:` and the new text in `now:`"
            yield Violation(entry.locate("corrections", number, "now"), message, help)


def _iter_numbered_corrections(dossier: Dossier) -> Iterator[tuple[Entry, int, Correction]]:
    """Every correction, with its record and its index in the record."""
    for entry in dossier.iter_entries():
        for number, correction in enumerate(entry.corrections):
            yield entry, number, correction
