"""What readers see of a record, as rows of plain words: `{"Verdict": "Imprecise", "Figures: passengers": "value: 568; …"}`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from dossier.model.base import Record
from dossier.model.dates.edtf import Edtf
from dossier.model.dossier import Dossier
from dossier.model.field_types import can_be_not_established
from dossier.model.numbers.arithmetic import Expression
from dossier.model.numbers.printed import PrintedNumber
from dossier.model.quotations.digest import Digest
from dossier.model.records import LAYER_WRITER_ID, Annotation
from dossier.model.vocabulary import READING_EXTENT_LABELS, STANCE_MEANINGS
from dossier.pages.context import NOT_ESTABLISHED_LABEL

HIDDEN_RECORD_FIELDS = frozenset({"id", "slug", "article", "corrections", "reviewed"})
"""Fields that are no part of what is said: names of the record, and what is told apart from it."""

RECORD_FIELD_LABELS = {"url": "Address", "would_change": "What would change it", "about": "About this article"}
"""Fields that their key does not name well."""

UNLABELLED_RECORD_FIELDS = frozenset({"value", "figure", "bearing", "expression"})
"""Fields that say what a figure, a calculation or a source of a claim is, and need no label there."""


class RecordFormatter:
    """How ids and values are said; ids by the names that records have now, else by those that they had before."""

    def __init__(self, before: Dossier, now: Dossier) -> None:
        self.before, self.now = before, now

    @cached_property
    def _names_by_field(self) -> Mapping[str, Mapping[str, str]]:
        """By field, what the ids in it stand for."""
        parties = self._merge_names("parties", "name") | {LAYER_WRITER_ID: "the text itself"}
        sources, claims = self._merge_names("sources", "title"), self._merge_names("claims", "claim")
        return {
            **dict.fromkeys(("claimant", "publisher", "speaker", "writer", "collector"), parties),
            **dict.fromkeys(("sources", "origin"), sources),
            **dict.fromkeys(("claim", "claims"), claims),
            "articles": self._merge_names("articles", "name"),
            "verdict": self._merge_names("verdicts", "label"),
            "stance": {stance: manner.phrase for stance, manner in STANCE_MEANINGS.items()},
            "voices": self._merge_names("voices", "label"),
            "checked": READING_EXTENT_LABELS,
        }

    def _merge_names(self, records: str, field: str) -> dict[str, str]:
        both = {**getattr(self.before, records), **getattr(self.now, records)}
        return {name: getattr(record, field) for name, record in both.items()}

    def format_value(self, field: str, value: Any) -> str:
        """A single value of a field."""
        match value:
            case str():
                return self._names_by_field.get(field, {}).get(value, value)
            case bool():
                return "yes" if value else "no"
            case Edtf():
                return value.date_in_words
            case Digest() | PrintedNumber() | Expression():
                return value.text
            case Record():
                return "; ".join(
                    words if label.lower() in UNLABELLED_RECORD_FIELDS else f"{label.lower()}: {words}"
                    for label, words in self.iter_labelled_fields(value)
                )
            case tuple():
                return ", ".join(self.format_value(field, one) for one in value)
            case dict():
                return "; ".join(f"{name}: {self.format_value(field, one)}" for name, one in value.items())
        return str(value)

    def iter_labelled_fields(self, record: Record) -> Iterator[tuple[str, str]]:
        """Label and words of each field, in the order in which they are written; what goes without saying is left out."""
        fields = type(record).model_fields
        for field, value in record:
            if field in HIDDEN_RECORD_FIELDS or (
                not fields[field].is_required() and value == fields[field].get_default(call_default_factory=True)
            ):
                continue
            label = RECORD_FIELD_LABELS.get(field, field.replace("_", " ").capitalize())
            if value is None and can_be_not_established(fields[field]):
                yield label, NOT_ESTABLISHED_LABEL
            elif isinstance(value, dict):
                yield from ((f"{label}: {name}", self.format_value(field, one)) for name, one in value.items())
            elif isinstance(value, tuple) and value and isinstance(value[0], Record):
                for place, one in enumerate(value, 1):
                    yield f"{label}: {self._format_item_label(field, one, place)}", self.format_value(field, one)
            else:
                yield label, self.format_value(field, value)

    def _format_item_label(self, field: str, record: Record, place: int) -> str:
        """What one of several records in a field is called: by its id, else by its place."""
        name = getattr(record, "id", None)
        return self.format_value(field, name) if name else str(place)


def collect_record_fields(record: Record, dossier: Dossier, words: RecordFormatter) -> dict[str, str]:
    """The rows of a record in its dossier; a note has its claim's verdict where it has none of its own."""
    rows: dict[str, str] = {}
    for label, said in words.iter_labelled_fields(record):
        rows[label if label not in rows else f"{label} ({len(rows) + 1})"] = said
    verdict = dossier.get_verdict(record) if isinstance(record, Annotation) else None
    return rows | {"Verdict": words.format_value("verdict", verdict.id)} if verdict else rows
