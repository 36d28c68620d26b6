"""What readers see of a record, as rows of plain words: `{"Verdict": "Imprecise", "Figures: passengers": "value: 568; …"}`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic.fields import FieldInfo

from dossier.model.base import Record
from dossier.model.dates.edtf import Edtf
from dossier.model.dossier import Dossier
from dossier.model.field_types import can_be_not_established
from dossier.model.fields import Ref, Vocabulary
from dossier.model.introspection import get_marker, get_report_settings
from dossier.model.kinds import RECORD_KINDS
from dossier.model.numbers.arithmetic import Expression
from dossier.model.numbers.printed import PrintedNumber
from dossier.model.quotations.digest import Digest
from dossier.model.records import LAYER_WRITER_ID, Annotation
from dossier.pages.context import NOT_ESTABLISHED_LABEL


class RecordFormatter:
    """Formats values of fields as words; an id as the title that its record has now, else as the one that it had before."""

    def __init__(self, before: Dossier, now: Dossier) -> None:
        self._titles_by_kind: dict[str, dict[str, str]] = {}
        for kind in RECORD_KINDS:
            if kind.name not in ("annotation", "measure"):  # these are shown with their ids
                records = {**before.index_records(kind), **now.index_records(kind)}
                self._titles_by_kind[kind.name] = {record_id: kind.get_title(record) for record_id, record in records.items()}
        self._titles_by_kind["speaker"] = self._titles_by_kind["party"] | {LAYER_WRITER_ID: "the text itself"}

    def format_value(self, field: FieldInfo, value: Any) -> str:
        """A single value of a field."""
        match value:
            case str():
                return self._format_word(field, value)
            case bool():
                return "yes" if value else "no"
            case Edtf():
                return value.date_in_words
            case Digest() | PrintedNumber() | Expression():
                return value.text
            case Record():
                return "; ".join(
                    words if get_report_settings(inner).is_label_omitted else f"{label.lower()}: {words}"
                    for inner, label, words in self.iter_labelled_fields(value)
                )
            case tuple():
                return ", ".join(self.format_value(field, item) for item in value)
            case dict():
                return "; ".join(f"{name}: {self.format_value(field, item)}" for name, item in value.items())
        return str(value)

    def _format_word(self, field: FieldInfo, word: str) -> str:
        """An id as the title of its record, a word of a vocabulary as its label, any other text as it is."""
        reference, vocabulary = get_marker(field, Ref), get_marker(field, Vocabulary)
        if reference:
            return self._titles_by_kind.get(reference.kind, {}).get(word, word)
        return vocabulary.report_labels.get(word, word) if vocabulary else word

    def iter_labelled_fields(self, record: Record) -> Iterator[tuple[FieldInfo, str, str]]:
        """Each field with its label and words, in order; hidden fields, ids from file names and default values are left out."""
        for name, field in type(record).model_fields.items():
            value, settings = getattr(record, name), get_report_settings(field)
            is_own_id = name in record.fields_from_file and isinstance(value, str)
            is_default = not field.is_required() and value == field.get_default(call_default_factory=True)
            if is_own_id or settings.is_hidden or is_default:
                continue
            label = settings.label or name.replace("_", " ").capitalize()
            if value is None and can_be_not_established(field):
                yield field, label, NOT_ESTABLISHED_LABEL
            elif isinstance(value, dict):
                yield from ((field, f"{label}: {key}", self.format_value(field, item)) for key, item in value.items())
            elif isinstance(value, tuple) and value and isinstance(value[0], Record):
                for place, item in enumerate(value, 1):
                    yield field, f"{label}: {self._format_item_label(item, place)}", self.format_value(field, item)
            else:
                yield field, label, self.format_value(field, value)

    def _format_item_label(self, record: Record, place: int) -> str:
        """The label of one of several records in a field: its id, else its number."""
        name = getattr(record, "id", None)
        return self.format_value(type(record).model_fields["id"], name) if name else str(place)


def collect_record_fields(record: Record, dossier: Dossier, formatter: RecordFormatter) -> dict[str, str]:
    """The rows of a record in its dossier; a note without a verdict has its claim's."""
    rows: dict[str, str] = {}
    for _, label, text in formatter.iter_labelled_fields(record):
        rows[label if label not in rows else f"{label} ({len(rows) + 1})"] = text
    verdict = dossier.get_verdict(record) if isinstance(record, Annotation) else None
    return rows | {"Verdict": formatter.format_value(Annotation.model_fields["verdict"], verdict.id)} if verdict else rows
