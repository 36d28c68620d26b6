"""The schema of ids: those that exist in a dossier, with descriptions, for completion in editors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from dossier.model import Dossier
from dossier.model.base import Record
from dossier.model.field_types import AnnotationReference, FigureReference, RecordId
from dossier.model.fields import Ref
from dossier.model.introspection import get_marker, iter_record_models
from dossier.model.kinds import RECORD_KINDS, RecordKind
from dossier.model.records import LAYER_WRITER_ID, Annotation, Party

ID_PATTERN_MESSAGE = "use lower-case letters, digits and single hyphens, beginning with a letter, as in harbour-board"

_ID_TYPES: Mapping[str, Any] = {"annotation": AnnotationReference, "figure": FigureReference}
"""Types of the ids that are no plain `RecordId`."""


class YamlSchemaGenerator(GenerateJsonSchema):
    """Generates schemas of YAML values: without titles and defaults, keys in the order of the file."""

    def sort(self, value: JsonSchemaValue, parent_key: str | None = None) -> JsonSchemaValue:
        """Keep the order of keys."""
        return value

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Leave defaults out: an editor would write them."""
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Generate no titles."""
        return False

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """Accept numbers as texts, except for ids; leave patterns of lines out, since records strip the last line break."""
        shape = super().str_schema(schema)
        if shape.get("pattern", "").startswith("^[a-z]"):
            return shape | {"patternErrorMessage": ID_PATTERN_MESSAGE}
        return {"type": ["string", "number"]} | {key: value for key, value in shape.items() if key in ("minLength", "maxLength")}


def build_id_definitions(dossier: Dossier | None) -> dict[str, Any]:
    """A schema for each kind of ids: it accepts any, and lists those of the dossier if there is one."""
    descriptions_by_kind = _describe_ids(dossier) if dossier else {}
    definitions = {}
    for kind in list_referenced_kinds():
        any_id = TypeAdapter(_ID_TYPES.get(kind, RecordId)).json_schema(schema_generator=YamlSchemaGenerator)
        ids = [{"const": name, "description": text} for name, text in descriptions_by_kind.get(kind, {}).items()]
        definitions[kind] = {"anyOf": [*ids, any_id]} if ids else any_id
    return definitions


def list_referenced_kinds() -> list[str]:
    """The values of `Ref.kind` in files with a schema, without vocabularies, whose ids are in the schemas themselves."""
    models = [model for kind in RECORD_KINDS if kind.schema_name for model in iter_record_models(kind.model)]
    markers = [get_marker(field, Ref) for model in models for field in model.model_fields.values()]
    vocabularies = {kind.name for kind in RECORD_KINDS if kind.is_vocabulary}
    return [kind for kind in dict.fromkeys(marker.kind for marker in markers if marker) if kind not in vocabularies]


def _describe_ids(dossier: Dossier) -> dict[str, dict[str, str]]:
    descriptions_by_kind = {
        kind.name: {name: _describe_record(kind, record) for name, record in dossier.index_records(kind).items()}
        for kind in RECORD_KINDS
    }
    topics = Counter(topic for claim in dossier.claims.values() for topic in claim.topics)
    return descriptions_by_kind | {
        "speaker": {LAYER_WRITER_ID: "the writer of the words", **descriptions_by_kind["party"]},
        "topic": {topic: f"{number} claims" for topic, number in sorted(topics.items())},
        "figure": {
            f"{claim.id}.{key}": figure.value.text for claim in dossier.claims.values() for key, figure in claim.figures.items()
        },
    }


def _describe_record(kind: RecordKind, record: Record) -> str:
    """A record's title, of a party with its role, of an annotation in quotation marks."""
    title = kind.get_title(record)
    if isinstance(record, Party):
        return f"{title}: {record.role}"
    return f"“{title}”" if isinstance(record, Annotation) else title
