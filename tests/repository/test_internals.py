"""What the program uses of libraries although they do not document it: each is named here, so that an upgrade that breaks
one fails here first, and `pyproject.toml` bounds the libraries from above.
"""

from __future__ import annotations

import fnmatch
import gzip
import json
import os
import subprocess
import tomllib
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Annotated, Any, Literal
from wsgiref.simple_server import WSGIServer

import cbor2
import pytest
from mkdocs.commands import serve
from mkdocs.livereload import LiveReloadServer
from mkdocs.utils import clean_directory
from pagefind.service import get_executable
from pydantic import AfterValidator, BaseModel, Field, TypeAdapter, ValidationError
from pydantic.json_schema import GenerateJsonSchema

from dossier.loading.built_site import PACKED_FILE_MARK, PAGEFIND_FRAGMENT_SUFFIX
from dossier.loading.validation_messages import PYDANTIC_KEY_MARKER
from dossier.model.base import Record
from dossier.model.field_types import RecordId
from dossier.output.pagefind import UNUSED_PAGEFIND_FILES
from support.dossiers import ROOT


@pytest.mark.parametrize(
    ("library", "bound"), [("mkdocs", "<2"), ("mkdocs-material", "<10"), ("pagefind[bin]", "<1.6"), ("pydantic", "<3")]
)
def test_a_library_whose_internals_are_used_has_an_upper_bound(library: str, bound: str) -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    [requirement] = [requirement for requirement in declared if requirement.startswith(f"{library}>=")]
    assert requirement.rpartition(",")[2] == bound


# MkDocs


def test_mkdocs_serves_a_preview_by_the_class_that_is_guarded() -> None:
    assert serve.LiveReloadServer is LiveReloadServer
    assert issubclass(LiveReloadServer, WSGIServer)


def test_mkdocs_keeps_hidden_files_when_it_empties_a_folder(tmp_path: Path) -> None:
    for name in (".dossier-preview", "index.html"):
        (tmp_path / name).touch()
    clean_directory(str(tmp_path))
    assert [file.name for file in tmp_path.iterdir()] == [".dossier-preview"]


# Pagefind


def test_pagefind_service_get_executable_names_a_program_that_runs() -> None:
    program = get_executable()
    assert program is not None
    assert os.access(program, os.X_OK)


RECORD = {
    "type": "AddRecord",
    "index_id": 0,
    "url": "a/",
    "content": "ferry",
    "language": "en",
    "meta": {"title": "A"},
    "filters": {},
}


def ask_pagefind(*requests: dict[str, Any]) -> list[dict[str, Any]]:
    """What Pagefind's service answers; its wire protocol is base64 of JSON with a comma behind it, both ways."""
    program = get_executable()
    assert program
    with subprocess.Popen([program, "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        for request in requests:
            process.stdin.write(b64encode(json.dumps({"message_id": 0, "payload": request}).encode()) + b",")
        process.stdin.flush()  # and not closed: the service ends with its input, and may have more to say
        chunks: list[bytes] = []
        while sum(chunk.count(b",") for chunk in chunks) < len(requests) and (chunk := os.read(process.stdout.fileno(), 1 << 20)):
            chunks.append(chunk)
        process.kill()
    return [json.loads(b64decode(answer))["payload"] for answer in b"".join(chunks).split(b",") if answer]


def index_with_pagefind(**filters: list[str]) -> dict[str, bytes]:
    """The files of an index of one document, as Pagefind makes them, by path."""
    answers = ask_pagefind(
        {"type": "NewIndex", "config": {"force_language": "en"}},
        {**RECORD, "filters": filters},
        {"type": "GetFiles", "index_id": 0},
    )
    assert [answer["type"] for answer in answers] == ["NewIndex", "IndexedFile", "GetFiles"]
    assert answers[0]["index_id"] == 0
    return {file["path"]: b64decode(file["content"]) for file in answers[-1]["files"]}


def test_the_service_of_pagefind_takes_all_requests_at_once_and_answers_in_order() -> None:
    files = index_with_pagefind()
    for pattern in UNUSED_PAGEFIND_FILES:
        assert fnmatch.filter(files, pattern), f"{pattern} is left out, and is not there"
    [fragment] = fnmatch.filter(files, f"fragment/*{PAGEFIND_FRAGMENT_SUFFIX}")
    mark, content = gzip.decompress(files[fragment]).split(b"{", 1)
    assert (mark, json.loads(b"{" + content)["url"]) == (PACKED_FILE_MARK, "a/")


def test_pagefind_still_gives_the_values_of_filters_in_an_order_of_chance() -> None:
    values = sorted(f"value-{number:02}" for number in range(40))
    files = index_with_pagefind(topic=values)
    [path] = fnmatch.filter(files, "filter/*.pf_filter")
    name, given = cbor2.loads(gzip.decompress(files[path]).removeprefix(PACKED_FILE_MARK))
    assert (name, sorted(given)) == ("topic", [[value, [0]] for value in values])
    is_sorted = [value for value, _ in given] == values
    assert not is_sorted, (
        "Pagefind sorts filters itself: delete dossier/output/filter_order.py, its tests, and cbor2 in pyproject.toml"
    )


def test_the_service_of_pagefind_answers_a_fault_with_its_message() -> None:
    [answer] = ask_pagefind({**RECORD, "index_id": 7})
    assert (answer["type"], bool(answer["message"])) == ("Error", True)


# pydantic


class Boat(Record):
    """A record for these tests."""

    name: str


def test_pydantic_keeps_the_names_of_given_fields_in_fields_set_and_lets_it_be_shared() -> None:
    first, second = Boat(name="a"), Boat(name="b")
    assert first.__pydantic_fields_set__ is second.__pydantic_fields_set__
    assert "__pydantic_fields_set__" in BaseModel.__slots__
    assert first == Boat(name="a")
    assert first != second


def test_the_core_schema_of_a_model_names_its_class() -> None:
    seen: list[Any] = []

    class Generator(GenerateJsonSchema):
        def model_schema(self, schema: Any) -> Any:
            seen.append(schema["cls"])
            return super().model_schema(schema)

    Boat.model_json_schema(schema_generator=Generator)
    assert seen == [Boat]


def error_of(kind: Any, value: object) -> dict[str, Any]:
    """What pydantic says of a value that is not of a kind."""
    with pytest.raises(ValidationError) as raised:
        TypeAdapter(kind).validate_python(value)
    [details] = raised.value.errors()
    return dict(details)


def test_the_words_of_a_literal_are_listed_in_quotation_marks_with_or_before_the_last() -> None:
    details = error_of(Literal["one", "two", "three"], "four")
    assert (details["type"], details["ctx"]["expected"]) == ("literal_error", "'one', 'two' or 'three'")


def test_the_pattern_of_an_id_is_handed_on_as_it_is_written() -> None:
    details = error_of(RecordId, "A B")
    assert details["type"] == "string_pattern_mismatch"
    assert details["ctx"]["pattern"].startswith("^[a-z][a-z0-9]*(-")


def test_a_fault_of_a_key_is_marked_at_the_end_of_its_place() -> None:
    details = error_of(dict[RecordId, str], {"A B": "x"})
    assert details["loc"] == ("A B", PYDANTIC_KEY_MARKER)


@pytest.mark.parametrize(
    ("kind", "value", "error_type", "context"),
    [
        (Annotated[str, Field(min_length=1)], "", "string_too_short", {"min_length": 1}),
        (Annotated[str, Field(max_length=2)], "abc", "string_too_long", {"max_length": 2}),
        (Annotated[int, Field(ge=3)], 2, "greater_than_equal", {"ge": 3}),
        (Annotated[int, Field(le=3)], 4, "less_than_equal", {"le": 3}),
        (int, "a", "int_parsing", None),
        (int, [], "int_type", None),
        (str, [], "string_type", None),
        (tuple[str, ...], "a", "tuple_type", None),
        (list[str], "a", "list_type", None),
        (dict[str, str], "a", "dict_type", None),
        (Boat, "a", "model_type", {"class_name": "Boat"}),
        (Boat, {}, "missing", None),
        (Boat, {"name": "a", "mast": "b"}, "extra_forbidden", None),
    ],
)
def test_errors_have_the_types_and_contexts_from_which_messages_are_made(
    kind: Any, value: object, error_type: str, context: dict[str, Any] | None
) -> None:
    details = error_of(kind, value)
    assert (details["type"], details.get("ctx")) == (error_type, context)
    assert details["input"] == (value if error_type != "extra_forbidden" else "b")


def test_an_exception_of_a_validator_is_handed_on_as_it_was_raised() -> None:
    fault = ValueError("too old")

    def refuse(value: str) -> str:
        raise fault

    details = error_of(Annotated[str, AfterValidator(refuse)], "a")
    assert (details["type"], details["ctx"]["error"]) == ("value_error", fault)
