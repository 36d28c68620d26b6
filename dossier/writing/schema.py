"""JSON Schemas for editors, drawn from the records: which one describes a YAML file, and what stands in it.

Draft 07, as yaml-language-server takes it: what belongs under each key, what the words of a closed list mean, examples,
and whole records to begin from. The ids that exist are in a file of their own, `schema/ids.json`: committed, it lets any id
pass; written with the ids of a dossier, it has the editor complete them. An id that it does not list is no fault there,
since a list of yesterday cannot know it; `dossier check` tells of those that do not exist.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any, get_origin

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from dossier.model import Dossier
from dossier.model.charts import Chart
from dossier.model.evidence import Measure
from dossier.model.meanings import BEARINGS, CHECKED, FORMS, STANCES, STATUSES
from dossier.model.record import Entry, Record
from dossier.model.records import Annotation, Claim, Event, Party, Source, Term, Verdict
from dossier.model.site import SOURCE_KINDS
from dossier.writing.ids import names_in
from dossier.writing.keys import NAMES, SNIPPETS, example_of

FOLDER = "schema"
"""Where the schemas lie, from the dossier's root."""

IDS = f"{FOLDER}/ids.json"
"""Which ids may be named: any, or with `dossier schema --ids` those that exist before any other."""

FILED: Mapping[str, str] = {
    "articles": "annotations",
    "claims": "claim",
    "events": "event",
    "sources": "source",
    "charts": "chart",
}
"""The schema of the files in each folder of `annotations/`; every other file there has one of its own name."""

KINDS: Mapping[str, Any] = {
    "annotations": list[Annotation],
    "claim": Claim,
    "event": Event,
    "source": Source,
    "chart": Chart,
    "parties": list[Party],
    "measures": list[Measure],
    "verdicts": list[Verdict],
    "glossary": list[Term],
}
"""What a file holds, by the name of its schema."""

MEANINGS: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("annotation", "stance"): {stance: manner.meaning for stance, manner in STANCES.items()},
    ("source of a claim", "bearing"): BEARINGS,
    ("source", "kind"): SOURCE_KINDS,
    ("source", "checked"): CHECKED,
    ("chart", "form"): FORMS,
}
"""What the words that a key knows mean; those of `status` are the same for every record."""


_NAMED = "named"


def schema_line(path: str) -> str:
    """The first line of a YAML file, from its path: `annotations/claims/x.yml` has `../../schema/claim.json`."""
    file = PurePosixPath(path)
    name = FILED.get(file.parent.name, file.stem)
    return f"# yaml-language-server: $schema={'../' * (len(file.parts) - 1)}{FOLDER}/{name}.json"


def schemas(dossier: Dossier) -> dict[str, str]:
    """The text of every schema by its path, `ids.json` as it is committed among them; of the dossier, only its scale."""
    made = {f"{FOLDER}/{name}.json": _text(_schema(name, dossier)) for name in KINDS}
    return made | {IDS: ids(None)}


def ids(dossier: Dossier | None) -> str:
    """The text of `schema/ids.json`: with a dossier, the ids that exist in it and what they stand for."""
    return _text({"$comment": "What other records may be named.", "definitions": names_in(dossier)})


def _schema(name: str, dossier: Dossier) -> dict[str, Any]:
    scale = {verdict.id: f"**{verdict.label}.** {verdict.definition}" for verdict in dossier.verdicts.values()}

    class Drawn(_Drawn):
        verdicts = scale

    kind = KINDS[name]
    made = _linked(TypeAdapter(kind).json_schema(schema_generator=Drawn, ref_template="#/definitions/{model}"))
    definitions = made.pop("$defs", {})
    listed = {"defaultSnippets": [{"label": f"the first {_record(kind).noun}", "body": [_body(_record(kind))]}]}
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "title": name.capitalize()}
    return head | made | (listed if get_origin(kind) is list else {}) | {"definitions": definitions}


def _linked(shape: Any) -> Any:
    """A shape whose marks for what is named are links into `ids.json`; pydantic draws no links out of a file."""
    if isinstance(shape, list):
        return [_linked(part) for part in shape]
    if not isinstance(shape, dict):
        return shape
    if _NAMED in shape:
        return {"$ref": f"ids.json#/definitions/{shape[_NAMED]}"}
    return {key: _linked(part) for key, part in shape.items()}


def _record(kind: Any) -> type[Record]:
    record: type[Record] = kind.__args__[0] if get_origin(kind) is list else kind
    return record


def _text(schema: Mapping[str, Any]) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


class _Drawn(GenerateJsonSchema):
    """Draws records as an editor wants them: only keys that are written, each with what belongs there."""

    verdicts: Mapping[str, str] = {}

    def model_schema(self, schema: core_schema.ModelSchema) -> dict[str, Any]:
        """A record: its keys, those it needs, and a whole one to begin from."""
        made, record = super().model_schema(schema), schema["cls"]
        if not issubclass(record, Record):
            return made
        last = record.shared if issubclass(record, Entry) else ()
        written = [key for key in made["properties"] if key not in record.unwritten and key not in last]
        keys = {key: made["properties"][key] for key in (*written, *last)}
        needed = [key for key in made.get("required", []) if key not in record.unwritten]
        return {
            "type": "object",
            "description": record.noun,
            "properties": {key: self._key(record, key, shape, key not in needed) for key, shape in keys.items()},
            "required": needed,
            "additionalProperties": False,
            "defaultSnippets": [{"label": f"a whole {record.noun}", "body": _body(record)}],
        }

    def sort(self, value: JsonSchemaValue, parent_key: str | None = None) -> JsonSchemaValue:
        """Keys stay in the order in which they are written in a file."""
        return value

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> dict[str, Any]:
        """What is left out is left out: an editor writes no default."""
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: Any) -> bool:
        """A key is its own title."""
        return False

    def str_schema(self, schema: core_schema.StringSchema) -> dict[str, Any]:
        """Text may look like a number to YAML, but for ids; lines may end in a line break that is taken off."""
        made = super().str_schema(schema)
        if made.get("pattern", "").startswith("^[a-z]"):
            return made
        return {"type": ["string", "number"]} | {key: value for key, value in made.items() if key in ("minLength", "maxLength")}

    def _key(self, record: type[Record], key: str, shape: dict[str, Any], may_be_empty: bool) -> dict[str, Any]:
        names = NAMES.get(record.noun, {}).get(key)
        meanings = MEANINGS.get((record.noun, key)) or (STATUSES if key == "status" else {})
        if names == "verdict":
            shape = _replaced(shape, "pattern", _words(self.verdicts))
        elif names:
            shape = _replaced(shape, "pattern", {_NAMED: names})
        elif meanings:
            shape = _replaced(shape, "enum", _words(meanings))
        says, value = example_of(record.noun, key)
        form = next((part["description"] for part in (shape, *shape.get("anyOf", ())) if "patternErrorMessage" in part), "")
        described = {"description": f"{says}; {form}" if form else says, "examples": [value]}
        if may_be_empty and {"type": "null"} not in shape.get("anyOf", ()):
            shape = {"anyOf": [shape, {"type": "null"}]}
        return shape | described


def _words(meanings: Mapping[str, str]) -> dict[str, Any]:
    """A closed list, each of its words with what it means."""
    return {"type": "string", "enum": [*meanings], "markdownEnumDescriptions": [*meanings.values()]}


def _replaced(shape: Any, sign: str, by: dict[str, Any]) -> Any:
    """A shape in which every part that has a keyword (`pattern`, `enum`) is another one."""
    if isinstance(shape, list):
        return [_replaced(part, sign, by) for part in shape]
    if not isinstance(shape, dict):
        return shape
    return by if sign in shape else {key: _replaced(part, sign, by) for key, part in shape.items()}


def _body(record: type[Record]) -> dict[str, str]:
    """A whole record to begin from: the keys that it needs, and those that most have, each to be typed over."""
    wanted = [key for key, field in record.model_fields.items() if key not in record.unwritten]
    keys = [key for key in wanted if record.model_fields[key].is_required() or key in SNIPPETS.get(record.noun, ())]
    return {key: f"${{{number}:{example_of(record.noun, key).value}}}" for number, key in enumerate(keys, 1)}
