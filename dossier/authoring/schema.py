"""JSON Schemas for editors, drawn from the records: which one describes a YAML file, and what stands in it.

Draft 07, as yaml-language-server takes it: what belongs under each key, what the words of a closed list mean, examples,
and whole records to begin from. The ids that exist are in a file of their own, `schema/ids.json`: committed, it lets any id
pass; written with the ids of a dossier, it has the editor complete them. An id that it does not list is no fault there,
since a list of yesterday cannot know it; `dossier check` tells of those that do not exist.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import yaml
from pydantic import TypeAdapter
from pydantic_core import core_schema

from dossier.authoring.schema_ids import YamlSchemaGenerator, build_id_definitions
from dossier.model import Dossier, UnreadableError
from dossier.model.base import Entry, Record
from dossier.model.introspection import describe_keys
from dossier.model.kinds import RECORD_KINDS, RecordKind
from dossier.model.records import Verdict, Voice

SCHEMA_FOLDER = "schema"
"""Where the schemas lie, from the dossier's root."""

IDS_SCHEMA_PATH = f"{SCHEMA_FOLDER}/ids.json"
"""Which ids may be named: any, or with `dossier schema --ids` those that exist before any other."""

SCHEMA_KINDS: Mapping[str, RecordKind] = {kind.schema_name: kind for kind in RECORD_KINDS if kind.schema_name}
"""Kinds of records whose files a schema describes, by the name of the schema."""

VOCABULARY_KINDS = tuple(kind for kind in RECORD_KINDS if kind.is_vocabulary)
"""What is defined by a dossier, as few words for all its records: their ids and definitions are part of its schemas."""

JSON_SCHEMA_DRAFT_URL = "http://json-schema.org/draft-07/schema#"

_REFERENCE_MARKER = "named"
"""Marks, while a schema is drawn, what names another record."""


def format_schema_comment(path: str) -> str:
    """The first line of a YAML file, from its path: `annotations/claims/x.yml` has `../../schema/claim.json`."""
    file = PurePosixPath(path)
    folder = file.parent.as_posix()
    name = next((kind.schema_name for kind in SCHEMA_KINDS.values() if kind.list_path in (path, folder)), file.stem)
    return f"# yaml-language-server: $schema={'../' * (len(file.parts) - 1)}{SCHEMA_FOLDER}/{name}.json"


def build_schemas(dossier: Dossier) -> dict[str, str]:
    """The text of every schema by its path, `ids.json` as it is committed among them; of the dossier, only its scales.

    Raises `Unreadable` where a scale cannot be read.
    """
    if unread := dossier.unread_paths & {kind.path_template for kind in VOCABULARY_KINDS}:
        raise UnreadableError(f"{min(unread)} cannot be read", "run `dossier check` and mend what it says of this file")
    scales = {
        kind.name: {
            word.id: f"**{word.label}.** {word.definition}"
            for word in dossier.iter_records(kind)
            if isinstance(word, (Verdict, Voice))
        }
        for kind in VOCABULARY_KINDS
    }
    return {f"{SCHEMA_FOLDER}/{name}.json": _encode_schema(_build_schema(name, scales)) for name in SCHEMA_KINDS} | {
        IDS_SCHEMA_PATH: build_ids_schema()
    }


def build_ids_schema(dossier: Dossier | None = None) -> str:
    """The text of `schema/ids.json`: any id may be named; with a dossier, those that exist in it are completed."""
    return _encode_schema(
        {
            "$schema": JSON_SCHEMA_DRAFT_URL,
            "$comment": "What other records may be named.",
            "definitions": build_id_definitions(dossier),
        }
    )


def write_schemas(root: Path, made: Mapping[str, str], put: Callable[[Path, str], None]) -> None:
    """Write schemas by their paths, and take away those of a kind that there is no longer.

    `put` writes one file whole or not at all. Raises `Unreadable` where it cannot be done.
    """
    try:
        for path in find_stray_schemas(root):
            (root / path).unlink()
        (root / SCHEMA_FOLDER).mkdir(exist_ok=True)
        for path, text in made.items():
            put(root / path, text)
    except OSError as error:
        raise UnreadableError(
            f"{SCHEMA_FOLDER}/ cannot be written: {error.strerror}", f"check what stands in {SCHEMA_FOLDER}/, and may be changed"
        ) from error


def find_stale_schemas(root: Path, made: Mapping[str, str]) -> list[str]:
    """Paths of the schemas that are not there, or not as they would be written, or of a kind that there is no longer."""
    return [path for path, text in made.items() if _read_schema_text(root / path) != text] + find_stray_schemas(root)


def _read_schema_text(file: Path) -> str | None:
    """The text of a schema; None where there is none. What is not text differs from any that is."""
    return file.read_text(encoding="utf-8", errors="replace") if file.is_file() else None


def find_stray_schemas(root: Path) -> list[str]:
    """Paths of schemas that no kind of file has."""
    wanted = {IDS_SCHEMA_PATH, *(f"{SCHEMA_FOLDER}/{name}.json" for name in SCHEMA_KINDS)}
    found = sorted(file.relative_to(root).as_posix() for file in (root / SCHEMA_FOLDER).glob("*.json"))
    return [path for path in found if path not in wanted]


def _build_schema(name: str, drawn: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    class Drawn(_RecordSchemaGenerator):
        vocabularies = drawn

    kind = SCHEMA_KINDS[name]
    content: Any = kind.model if kind.layout == "file" else list[kind.model]  # type: ignore[name-defined]
    made = TypeAdapter(content).json_schema(schema_generator=Drawn, ref_template="#/definitions/{model}")
    definitions = made.pop("$defs", {})
    whole = {"$schema": JSON_SCHEMA_DRAFT_URL} | made | ({"definitions": definitions} if definitions else {})
    finished: dict[str, Any] = _insert_links_and_snippets(whole, definitions)
    return finished


def _insert_links_and_snippets(shape: Any, definitions: Mapping[str, Any]) -> Any:
    """A shape whose lists and mappings of records offer a whole one, and whose marks for what is named are links.

    Pydantic draws no links out of a file.
    """
    if isinstance(shape, list):
        return [_insert_links_and_snippets(part, definitions) for part in shape]
    if not isinstance(shape, dict):
        return shape
    if _REFERENCE_MARKER in shape:
        return {"$ref": f"ids.json#/definitions/{shape[_REFERENCE_MARKER]}"}
    made = {key: _insert_links_and_snippets(part, definitions) for key, part in shape.items()}
    if whole := _get_default_snippets(shape.get("items"), definitions):
        made["defaultSnippets"] = whole
    for entry in made.get("patternProperties", {}).values():
        made["additionalProperties"] = False
        made["defaultSnippets"] = [
            one | {"body": {"${1:name}": one["body"]}} for one in _get_default_snippets(entry, definitions)
        ]
    return made


def _get_default_snippets(entry: Any, definitions: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The whole records to begin from that a link to a kind of record leads to."""
    name = entry.get("$ref", "").rpartition("/")[2] if isinstance(entry, dict) else ""
    made: list[dict[str, Any]] = definitions.get(name, {}).get("defaultSnippets", [])
    return made


def _encode_schema(schema: Mapping[str, Any]) -> str:
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


class _RecordSchemaGenerator(YamlSchemaGenerator):
    """Draws records as an editor wants them: only keys that are written, each with what belongs there."""

    vocabularies: Mapping[str, Mapping[str, str]] = {}

    def model_schema(self, schema: core_schema.ModelSchema) -> dict[str, Any]:
        """A record: its keys, those it needs, and a whole one to begin from."""
        # `cls` is private to pydantic: tests/repository/test_internals.py says when it has changed.
        made, record = super().model_schema(schema), schema["cls"]
        if not issubclass(record, Record):
            return made
        last = record.common_keys if issubclass(record, Entry) else ()
        written = [key for key in made["properties"] if key not in record.fields_from_file and key not in last]
        keys = {key: made["properties"][key] for key in (*written, *last)}
        needed = [key for key in made.get("required", []) if key not in record.fields_from_file]
        return {
            "type": "object",
            "description": record.noun,
            "properties": {key: self._build_key_schema(record, key, shape, key not in needed) for key, shape in keys.items()},
            "required": needed,
            "additionalProperties": False,
            "defaultSnippets": [{"label": f"a whole {record.noun}", "body": build_snippet_body(record)}],
        }

    def _build_key_schema(self, record: type[Record], key: str, shape: dict[str, Any], may_be_empty: bool) -> dict[str, Any]:
        described = describe_keys(record)[key]
        names = described.reference.kind if described.reference else ""
        if names in self.vocabularies:
            shape = _replace_shapes(shape, "pattern", _build_enum_shape(self.vocabularies[names]))
        elif names:
            shape = _replace_shapes(shape, "pattern", {_REFERENCE_MARKER: names})
        elif described.vocabulary:
            shape = _replace_shapes(shape, "enum", _build_enum_shape(described.vocabulary.meanings))
        form = next(
            (part["description"] for part in (shape, *shape.get("anyOf", ())) if "description" in part and "pattern" in part), ""
        )
        meaning, example = described.key.meaning, yaml.safe_load(described.key.example)
        told: dict[str, Any] = {"description": f"{meaning}; {form}" if form else meaning}
        if not _has_nested_records(example):  # of these there are whole ones to begin from
            told["examples"] = [example]
        return (_make_shape_optional(shape) if may_be_empty else shape) | told


def _make_shape_optional(shape: dict[str, Any]) -> dict[str, Any]:
    """A shape, or nothing behind the key; without the word `null`, which an editor would offer and no record knows."""
    shapes = [part for part in shape.get("anyOf", [shape]) if part != {"type": "null"}]
    return {"anyOf": [*shapes, {"not": {"type": ["string", "number", "boolean", "array", "object"]}}]}


def _build_enum_shape(meanings: Mapping[str, str]) -> dict[str, Any]:
    """A closed list, each of its words with what it means."""
    return {"type": "string", "enum": [*meanings], "markdownEnumDescriptions": [*meanings.values()]}


def _replace_shapes(shape: Any, sign: str, by: dict[str, Any]) -> Any:
    """A shape in which every part that has a keyword (`pattern`, `enum`) is another one."""
    if isinstance(shape, list):
        return [_replace_shapes(part, sign, by) for part in shape]
    if not isinstance(shape, dict):
        return shape
    return by if sign in shape else {key: _replace_shapes(part, sign, by) for key, part in shape.items()}


def _has_nested_records(example: Any) -> bool:
    return isinstance(example, dict) or (isinstance(example, list) and any(isinstance(entry, dict) for entry in example))


def build_snippet_body(record: type[Record]) -> dict[str, str]:
    """A whole record to begin from: the keys that it needs, and those that most have, each to be typed over.

    Their places are numbered from 2: the first is for the name of a record that has one before it.
    """
    offered = [key for key in describe_keys(record).values() if key.is_required or key.key.in_snippet]
    return {key.name: f"${{{number}:{key.key.example}}}" for number, key in enumerate(offered, 2)}
