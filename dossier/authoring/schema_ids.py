"""The ids that exist in a dossier, each with what it stands for, as an editor completes them."""

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
"""The form of ids that are not plain ones."""


class YamlSchemaGenerator(GenerateJsonSchema):
    """Draws values as YAML writes them: no titles, no defaults, keys in their order."""

    def sort(self, value: JsonSchemaValue, parent_key: str | None = None) -> JsonSchemaValue:
        """Keys stay in the order in which they are written in a file."""
        return value

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """What is left out is left out: an editor writes no default."""
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: Any) -> bool:
        """A key is its own title."""
        return False

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """Text may look like a number to YAML, but for ids; lines may end in a line break that is taken off."""
        made = super().str_schema(schema)
        if made.get("pattern", "").startswith("^[a-z]"):
            return made | {"patternErrorMessage": ID_PATTERN_MESSAGE}
        return {"type": ["string", "number"]} | {key: value for key, value in made.items() if key in ("minLength", "maxLength")}


def build_id_definitions(dossier: Dossier | None) -> dict[str, Any]:
    """A schema for each kind of thing that may be named: of any dossier, or with the ids of this one before all others."""
    known = _describe_known_ids(dossier) if dossier else {}
    made = {}
    for kind in list_referenced_kinds():
        free = TypeAdapter(_ID_TYPES.get(kind, RecordId)).json_schema(schema_generator=YamlSchemaGenerator)
        ids = known.get(kind, {})
        listed = [{"const": name, "description": said} for name, said in ids.items()]
        made[kind] = {"anyOf": [*listed, free]} if ids else free
    return made


def list_referenced_kinds() -> list[str]:
    """What the files that schemas describe may name, by `Ref.kind`; of vocabularies the schemas themselves list the ids."""
    models = [model for kind in RECORD_KINDS if kind.schema_name for model in iter_record_models(kind.model)]
    markers = [get_marker(field, Ref) for model in models for field in model.model_fields.values()]
    vocabularies = {kind.name for kind in RECORD_KINDS if kind.is_vocabulary}
    return [kind for kind in dict.fromkeys(marker.kind for marker in markers if marker) if kind not in vocabularies]


def _describe_known_ids(dossier: Dossier) -> dict[str, dict[str, str]]:
    known = {
        kind.name: {name: _describe_record(kind, record) for name, record in dossier.index_records(kind).items()}
        for kind in RECORD_KINDS
    }
    topics = Counter(topic for claim in dossier.claims.values() for topic in claim.topics)
    return known | {
        "speaker": {LAYER_WRITER_ID: "the writer of the words", **known["party"]},
        "topic": {topic: f"{number} claims" for topic, number in sorted(topics.items())},
        "figure": {
            f"{claim.id}.{key}": figure.value.text for claim in dossier.claims.values() for key, figure in claim.figures.items()
        },
    }


def _describe_record(kind: RecordKind, record: Record) -> str:
    """What readers know a record by; of a party also its role, of an annotation its words in quotation marks."""
    title = kind.get_title(record)
    if isinstance(record, Party):
        return f"{title}: {record.role}"
    return f"“{title}”" if isinstance(record, Annotation) else title
