"""The whole dossier as one JSON file, each record with all that belongs to it, and the JSON Schema of that file.

Both are derived from the registry of kinds and the fields of records: texts stand as they were written, dates in EDTF, numbers as
they were printed. A key without a value is left out; `null` says that a fact is not established.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from dossier.exports.registry import export
from dossier.model.base import Entry, Record
from dossier.model.dossier import Dossier
from dossier.model.introspection import describe_keys
from dossier.model.kinds import RECORD_KINDS, RecordKind
from dossier.model.records import LAYER_WRITER_ID, Annotation, Article
from dossier.model.site.export_files import DOSSIER_SCHEMA_PATH, WHOLE_DOSSIER_PATH
from dossier.model.site.licences import get_licence_url
from dossier.model.tables.build import TableBuilder
from dossier.model.tables.columns import get_referenced_table, list_exported_keys
from dossier.model.tables.derived import RELEASE_COLUMNS, TableRow, write_digest
from dossier.model.value_shapes import ValueForm, ValueShape, get_value_shape

JSON_SCHEMA_URL = "https://json-schema.org/draft/2020-12/schema"

_DAY_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_WEB_ADDRESS_PATTERN = "^[hH][tT][tT][pP][sS]?://"
_SHAPES_BY_FORM: Mapping[ValueForm, dict[str, Any]] = {
    "text": {"type": "string"},
    "address": {"type": "string", "pattern": _WEB_ADDRESS_PATTERN},
    "day": {"type": "string", "pattern": _DAY_PATTERN},
    "date": {"type": "string", "pattern": "^[0-9XYTZ?~%.:+/-]+$", "$comment": "EDTF (ISO 8601-2, level 1)"},
    "integer": {"type": "integer"},
    "boolean": {"type": "boolean"},
    "number": {"type": "string"},
    "result": {"type": ["string", "boolean"]},
    "expression": {"type": "string"},
}
_HEAD_MEANINGS = {
    "$schema": "the schema of this file",
    "title": "the name of the site",
    "address": "where the site is",
    "licence": "the licence of texts and annotations, by its SPDX identifier; quotations are not under it",
    "licence_address": "where the licence is explained",
    "publisher": "who answers for the site",
    "commit": "the commit that the records are those of, where one has them all",
}


@export(WHOLE_DOSSIER_PATH)
def build_whole_dossier(published: Dossier) -> str:
    """The head of the file, then a list of records for each kind, one record a line."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    parts = [f"{encode(key)}: {encode(value)}" for key, value in _build_head(published).items()]
    writer = RecordWriter(published)
    for kind in RECORD_KINDS:
        records = ",\n".join(map(encode, writer.iter_records(kind)))
        parts.append(f"{encode(kind.table_name)}: [\n{records}\n]" if records else f"{encode(kind.table_name)}: []")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _build_head(published: Dossier) -> dict[str, str]:
    settings = published.settings
    head = {
        "$schema": settings.site_url + DOSSIER_SCHEMA_PATH if settings.site_url else DOSSIER_SCHEMA_PATH.rpartition("/")[2],
        "title": settings.site_name,
        "address": settings.site_url,
        "licence": settings.licence,
        "licence_address": get_licence_url(settings.licence) if settings.licence else "",
        "publisher": settings.publisher,
        "commit": published.revision.commit if published.revision else "",
    }
    return {key: value for key, value in head.items() if value}


class _WrittenKey(NamedTuple):
    """A key, whether it may be not established, and the ids that may stand under it, if it names records."""

    key: str
    can_be_open: bool
    ids: frozenset[str] | None


class RecordWriter:
    """Turns records into JSON values; ids of what is not published are left out."""

    def __init__(self, published: Dossier) -> None:
        self._published, self._tables, self._site_url = published, TableBuilder(published), published.settings.site_url
        self._keys_by_model: dict[type[Record], list[_WrittenKey]] = {}

    def iter_records(self, kind: RecordKind) -> Iterator[dict[str, Any]]:
        """The published records of a kind, each with its id, and its address if it has one."""
        for record_id, record in self._tables.index_records(kind).items():
            head = {"id": record_id}
            if isinstance(record, Entry):
                head["address"] = self._site_url + record.page_url
                head |= self._write_release_days(TableRow(record_id, "", record))
            if isinstance(record, Annotation):
                head["article"] = record.article
            if isinstance(record, Article):
                head["digest"] = write_digest(self._published, record)
            yield head | self._write_record(record)

    def _write_release_days(self, row: TableRow) -> dict[str, Any]:
        days = ((derived.column.name, derived.compute(self._published, row)) for derived in RELEASE_COLUMNS)
        return {name: day for name, day in days if day}

    def _write_record(self, record: Record) -> dict[str, Any]:
        values = vars(record)
        written: dict[str, Any] = {}
        for key, can_be_open, ids in self._list_keys(type(record)):
            value = values[key]
            if value is None:
                if can_be_open:
                    written[key] = None
            elif (value := self._write_value(value, ids)) not in (None, [], {}):
                written[key] = value
        return written

    def _list_keys(self, model: type[Record]) -> list[_WrittenKey]:
        if model not in self._keys_by_model:
            described = describe_keys(model)
            self._keys_by_model[model] = [
                _WrittenKey(key, described[key].can_be_not_established, self._list_ids(model, key))
                for key in list_exported_keys(model)
            ]
        return self._keys_by_model[model]

    def _list_ids(self, model: type[Record], key: str) -> frozenset[str] | None:
        """The ids that may stand under a key; None for a key that names no records."""
        described, shape = describe_keys(model)[key], get_value_shape(model, key)
        if shape.form != "text" or not (table := get_referenced_table(model, key)):
            return None
        is_speaker = described.reference is not None and described.reference.kind == "speaker"
        return self._tables.ids_by_table[table] | ({LAYER_WRITER_ID} if is_speaker else set())

    def _write_value(self, value: Any, ids: frozenset[str] | None) -> Any:
        if isinstance(value, str):
            return value if ids is None or value in ids else None
        if isinstance(value, Record):
            return self._write_record(value)
        if isinstance(value, dict):
            return {key: self._write_record(part) for key, part in value.items()}
        if isinstance(value, tuple):
            return [written for part in value if (written := self._write_value(part, ids)) is not None]
        if isinstance(value, bool | int):
            return value
        return str(getattr(value, "text", value))


@export(DOSSIER_SCHEMA_PATH)
def build_dossier_schema(published: Dossier) -> str:
    """The JSON Schema (draft 2020-12) of the whole dossier; of the dossier it has only the address."""
    head = {key: {"type": "string", "description": meaning} for key, meaning in _HEAD_MEANINGS.items()}
    records = {kind.table_name: {"type": "array", "items": {"$ref": f"#/$defs/{kind.name}"}} for kind in RECORD_KINDS}
    definitions: dict[str, Any] = {}
    for kind in RECORD_KINDS:
        definitions[kind.name] = _build_kind_schema(kind, definitions)
    site_url = published.settings.site_url
    schema = {
        "$schema": JSON_SCHEMA_URL,
        **({"$id": site_url + DOSSIER_SCHEMA_PATH} if site_url else {}),
        "title": "An annotated dossier",
        "description": "Texts are Markdown as written; dates EDTF; numbers as printed. A key without a value is left out.",
        "type": "object",
        "properties": head | records,
        "required": ["$schema", *records],
        "additionalProperties": False,
        "$defs": definitions,
    }
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _build_kind_schema(kind: RecordKind, definitions: dict[str, Any]) -> dict[str, Any]:
    schema = _build_record_schema(kind.model, definitions)
    head: dict[str, Any] = {"id": {"type": "string", "description": f"the name of the {kind.reader_name}, which stays"}}
    if kind.is_entry:
        head["address"] = {"type": "string", "description": "where it stands on this site"}
    if kind.model is Annotation:
        head["article"] = {"type": "string", "description": "the id of the article that has the words"}
    if kind.model is Article:
        head["digest"] = {"type": "string", "description": "the article retold in our words"}
    required = [*dict.fromkeys([*head, *schema["required"]])]
    if kind.is_entry:
        days = (derived.column for derived in RELEASE_COLUMNS)
        head |= {day.name: _SHAPES_BY_FORM["day"] | {"description": day.meaning} for day in days}
    return schema | {"properties": schema["properties"] | head, "required": required}


def _build_record_schema(model: type[Record], definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema of a kind of record; those of the records inside it are added to `definitions`."""
    properties, required = {}, []
    for key in list_exported_keys(model):
        described, shape = describe_keys(model)[key], get_value_shape(model, key)
        value = _build_value_schema(shape, definitions)
        if described.can_be_not_established:
            value = {"anyOf": [value, {"type": "null", "description": "not established"}]}
            required.append(key)
        elif described.is_required and shape.holder == "one":
            required.append(key)
        properties[key] = value | {"description": described.key.meaning_to_readers}
    return {
        "description": model.noun,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _build_value_schema(shape: ValueShape, definitions: dict[str, Any]) -> dict[str, Any]:
    if shape.record:
        name = shape.record.noun
        if name not in definitions:
            definitions[name] = {}  # taken, so that it is built once
            definitions[name] = _build_record_schema(shape.record, definitions)
        value: dict[str, Any] = {"$ref": "#/$defs/" + name.replace(" ", "%20")}
    else:
        value = _SHAPES_BY_FORM[shape.form] | ({"enum": [*shape.choices]} if shape.choices else {})
    if shape.holder == "list":
        return {"type": "array", "items": value}
    return {"type": "object", "additionalProperties": value} if shape.holder == "mapping" else value
