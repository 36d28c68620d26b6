"""The ids that exist in a dossier, each with what it stands for, as an editor completes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from dossier.model import Dossier
from dossier.model.field_types import AnnotationReference, FigureReference, RecordId
from dossier.model.records import LAYER_WRITER_ID

ID_PATTERN_MESSAGE = "use lower-case letters, digits and single hyphens, beginning with a letter, as in harbour-board"

ID_TYPES_BY_KIND: Mapping[str, Any] = {
    **dict.fromkeys(("party", "speaker", "source", "claim", "article", "measure", "topic"), RecordId),
    "annotation": AnnotationReference,
    "figure": FigureReference,
}
"""What may be named, and the form of its id."""


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
    for kind, form in ID_TYPES_BY_KIND.items():
        free = TypeAdapter(form).json_schema(schema_generator=YamlSchemaGenerator)
        ids = known.get(kind, {})
        listed = [{"const": name, "description": said} for name, said in ids.items()]
        made[kind] = {"anyOf": [*listed, free]} if ids else free
    return made


def _describe_known_ids(dossier: Dossier) -> dict[str, dict[str, str]]:
    parties = {party.id: f"{party.name}: {party.role}" for party in dossier.parties.values()}
    topics: dict[str, int] = {}
    for claim in dossier.claims.values():
        for topic in claim.topics:
            topics[topic] = topics.get(topic, 0) + 1
    return {
        "party": parties,
        "speaker": {LAYER_WRITER_ID: "the writer of the words", **parties},
        "source": {source.id: source.title for source in dossier.sources.values()},
        "claim": {claim.id: claim.claim for claim in dossier.claims.values()},
        "article": {article.slug: article.name for article in dossier.articles.values()},
        "measure": {measure.id: measure.unit for measure in dossier.measures.values()},
        "topic": {topic: f"{number} claims" for topic, number in sorted(topics.items())},
        "annotation": {f"{note.article}#{note.id}": f"“{note.quote}”" for note in dossier.iter_annotations()},
        "figure": {
            f"{claim.id}.{key}": figure.value.text for claim in dossier.claims.values() for key, figure in claim.figures.items()
        },
    }
