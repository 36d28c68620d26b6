"""JSON Schemas of the YAML files, for editors, generated from the models of records.

Draft 07, which yaml-language-server reads: the meaning of each key, the words of closed lists, examples, and snippets of
whole records. The ids that exist are in a file of their own, `schema/ids.json`: the committed one accepts any id; one
written with the ids of a dossier lets the editor complete them. An id that it does not list is accepted, since the list may
be old; `dossier check` reports those that do not exist.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import yaml
from pydantic import TypeAdapter
from pydantic_core import core_schema

from dossier.authoring.schema_ids import YamlSchemaGenerator, build_id_definitions
from dossier.loading.files import write_atomically
from dossier.model import Dossier, UnreadableError
from dossier.model.base import Record, iter_record_keys
from dossier.model.introspection import describe_keys
from dossier.model.kinds import RECORD_KINDS, RecordKind
from dossier.model.records import Verdict, Voice

SCHEMA_FOLDER = "schema"
"""Folder of the schemas, from the dossier's root."""

IDS_SCHEMA_PATH = f"{SCHEMA_FOLDER}/ids.json"
"""The schema of ids: it accepts any; after `dossier schema --ids` it lists those that exist."""

SCHEMA_KINDS: Mapping[str, RecordKind] = {kind.schema_name: kind for kind in RECORD_KINDS if kind.schema_name}
"""Kinds of records whose files a schema describes, by the name of the schema."""

VOCABULARY_KINDS = tuple(kind for kind in RECORD_KINDS if kind.is_vocabulary)
"""Kinds whose records a dossier defines as words for all others; their ids and definitions are part of its schemas."""

JSON_SCHEMA_DRAFT_URL = "http://json-schema.org/draft-07/schema#"

_REFERENCE_MARKER = "named"
"""Key of the place holders for `$ref`s to `ids.json`, while a schema is generated."""


def format_schema_comment(path: str) -> str:
    """The first line of a YAML file, from its path: `annotations/claims/x.yml` has `../../schema/claim.json`."""
    file = PurePosixPath(path)
    folder = file.parent.as_posix()
    name = next((kind.schema_name for kind in SCHEMA_KINDS.values() if kind.list_path in (path, folder)), file.stem)
    return f"# yaml-language-server: $schema={'../' * (len(file.parts) - 1)}{SCHEMA_FOLDER}/{name}.json"


def build_schemas(dossier: Dossier) -> dict[str, str]:
    """The text of every schema by its path, `ids.json` as it is committed included; of the dossier only its vocabularies.

    Raises `UnreadableError` if one of these cannot be read.
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
    """The text of `schema/ids.json`: any id is accepted; with a dossier, its ids are listed."""
    return _encode_schema(
        {
            "$schema": JSON_SCHEMA_DRAFT_URL,
            "$comment": "What other records may be named.",
            "definitions": build_id_definitions(dossier),
        }
    )


def write_schemas(root: Path, texts: Mapping[str, str]) -> None:
    """Write schemas by their paths, and delete those of kinds that no longer exist. Raises `UnreadableError`."""
    try:
        for path in find_stray_schemas(root):
            (root / path).unlink()
        (root / SCHEMA_FOLDER).mkdir(exist_ok=True)
        for path, text in texts.items():
            write_atomically(root / path, text)
    except OSError as error:
        raise UnreadableError(
            f"{SCHEMA_FOLDER}/ cannot be written: {error.strerror}", f"check what stands in {SCHEMA_FOLDER}/, and may be changed"
        ) from error


def find_stale_schemas(root: Path, texts: Mapping[str, str]) -> list[str]:
    """Paths of the schemas that are missing, or not as they would be written, or of kinds that no longer exist."""
    existing = {path for path in texts if (root / path).is_file()}
    found = {path: (root / path).read_text(encoding="utf-8", errors="replace") for path in existing}
    return [path for path, text in texts.items() if found.get(path) != text] + find_stray_schemas(root)


def find_stray_schemas(root: Path) -> list[str]:
    """Paths of schemas in the folder that no kind of record has."""
    wanted = {IDS_SCHEMA_PATH, *(f"{SCHEMA_FOLDER}/{name}.json" for name in SCHEMA_KINDS)}
    found = sorted(file.relative_to(root).as_posix() for file in (root / SCHEMA_FOLDER).glob("*.json"))
    return [path for path in found if path not in wanted]


def _build_schema(name: str, meanings_by_vocabulary: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    class Generator(_RecordSchemaGenerator):
        vocabularies = meanings_by_vocabulary

    kind = SCHEMA_KINDS[name]
    content: Any = kind.model if kind.layout == "file" else list[kind.model]  # type: ignore[name-defined]
    schema = TypeAdapter(content).json_schema(schema_generator=Generator, ref_template="#/definitions/{model}")
    definitions = schema.pop("$defs", {})
    full_schema = {"$schema": JSON_SCHEMA_DRAFT_URL} | schema | ({"definitions": definitions} if definitions else {})
    finished: dict[str, Any] = _insert_links_and_snippets(full_schema, definitions)
    return finished


def _insert_links_and_snippets(shape: Any, definitions: Mapping[str, Any]) -> Any:
    """A schema whose lists and mappings of records offer a whole record, and whose reference markers are `$ref`s.

    Pydantic generates no `$ref` to another file.
    """
    if isinstance(shape, list):
        return [_insert_links_and_snippets(part, definitions) for part in shape]
    if not isinstance(shape, dict):
        return shape
    if _REFERENCE_MARKER in shape:
        return {"$ref": f"ids.json#/definitions/{shape[_REFERENCE_MARKER]}"}
    linked = {key: _insert_links_and_snippets(part, definitions) for key, part in shape.items()}
    if snippets := _get_default_snippets(shape.get("items"), definitions):
        linked["defaultSnippets"] = snippets
    for entry in linked.get("patternProperties", {}).values():
        snippets = _get_default_snippets(entry, definitions)
        linked["additionalProperties"] = False
        linked["defaultSnippets"] = [snippet | {"body": {"${1:name}": snippet["body"]}} for snippet in snippets]
    return linked


def _get_default_snippets(entry: Any, definitions: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The snippets of the kind of record that a `$ref` leads to."""
    name = entry.get("$ref", "").rpartition("/")[2] if isinstance(entry, dict) else ""
    snippets: list[dict[str, Any]] = definitions.get(name, {}).get("defaultSnippets", [])
    return snippets


def _encode_schema(schema: Mapping[str, Any]) -> str:
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


class _RecordSchemaGenerator(YamlSchemaGenerator):
    """Generates the schema of a record for editors: the keys of its file, each with its meaning."""

    vocabularies: Mapping[str, Mapping[str, str]] = {}

    def model_schema(self, schema: core_schema.ModelSchema) -> dict[str, Any]:
        """A record: its keys, the required ones, and a snippet of a whole one."""
        # `cls` is private to pydantic: tests/repository/test_internals.py says when it has changed.
        generated, record = super().model_schema(schema), schema["cls"]
        shapes = {key: generated["properties"][key] for key in iter_record_keys(record)}
        needed = [key for key in generated.get("required", []) if key in shapes]
        return {
            "type": "object",
            "description": record.noun,
            "properties": {key: self._build_key_schema(record, key, shape, key not in needed) for key, shape in shapes.items()},
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
        annotations: dict[str, Any] = {"description": f"{meaning}; {form}" if form else meaning}
        if not _has_nested_records(example):  # these have snippets
            annotations["examples"] = [example]
        return (_make_shape_optional(shape) if may_be_empty else shape) | annotations


def _make_shape_optional(shape: dict[str, Any]) -> dict[str, Any]:
    """A schema that also accepts an empty value, without the word `null`, which editors would offer and records refuse."""
    shapes = [part for part in shape.get("anyOf", [shape]) if part != {"type": "null"}]
    return {"anyOf": [*shapes, {"not": {"type": ["string", "number", "boolean", "array", "object"]}}]}


def _build_enum_shape(meanings: Mapping[str, str]) -> dict[str, Any]:
    """The schema of a closed list: its words with their meanings."""
    return {"type": "string", "enum": [*meanings], "markdownEnumDescriptions": [*meanings.values()]}


def _replace_shapes(shape: Any, sign: str, by: dict[str, Any]) -> Any:
    """A schema in which `by` replaces every part that has a keyword (`pattern`, `enum`)."""
    if isinstance(shape, list):
        return [_replace_shapes(part, sign, by) for part in shape]
    if not isinstance(shape, dict):
        return shape
    return by if sign in shape else {key: _replace_shapes(part, sign, by) for key, part in shape.items()}


def _has_nested_records(example: Any) -> bool:
    return isinstance(example, dict) or (isinstance(example, list) and any(isinstance(entry, dict) for entry in example))


def build_snippet_body(record: type[Record]) -> dict[str, str]:
    """The snippet of a whole record: its required keys and those that most have, with examples to type over.

    The tab stops are numbered from 2: the first is for the name of a record in a mapping.
    """
    offered = [key for key in describe_keys(record).values() if key.is_required or key.key.in_snippet]
    return {key.name: f"${{{number}:{key.key.example}}}" for number, key in enumerate(offered, 2)}
