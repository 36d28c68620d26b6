"""Schemas for editors: they are what the records give, hold no ids but those of the scale, and say what readers are told."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from click.testing import CliRunner, Result

from dossier.authoring.schema import (
    IDS_SCHEMA_PATH,
    SCHEMA_FOLDER,
    SCHEMA_KINDS,
    build_schemas,
    build_snippet_body,
)
from dossier.authoring.schema_ids import build_id_definitions
from dossier.cli import main
from dossier.model import Dossier
from dossier.model.base import Record
from dossier.model.introspection import describe_keys, iter_record_models
from dossier.model.records import Annotation
from dossier.model.vocabulary import STANCE_MEANINGS, STATUS_MEANINGS
from dossier.pages.directives import render_directive
from support.dossiers import EXAMPLE, ROOT, read_example


def listed(shape: dict[str, Any]) -> dict[str, str]:
    """The ids that a shape lists, and what they stand for."""
    return {one["const"]: one["description"] for one in shape.get("anyOf", ()) if "const" in one}


RECORDS = {record.noun: record for kind in SCHEMA_KINDS.values() for record in iter_record_models(kind.model)}
each_record = pytest.mark.parametrize("record", RECORDS.values(), ids=lambda record: record.noun)


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--root", str(root), "schema", *words])


def git(root: Path, *words: str) -> str:
    named = ["-c", "user.name=Tests", "-c", "user.email=ada@example.org"]
    return subprocess.run(["git", *named, *words], cwd=root, capture_output=True, text=True, check=True).stdout


def test_the_schemas_here_are_what_the_records_give() -> None:
    outcome = run(ROOT, "--check")
    assert outcome.exit_code == 0, outcome.output


def test_what_pins_the_language_server_says_what_it_is_and_not_where_it_lies() -> None:
    pinned = json.loads((ROOT / "tests/editor/package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert "node_modules/yaml-language-server" in pinned
    for name, package in pinned.items():
        assert name == "" or package["integrity"].startswith("sha512-")
        assert "resolved" not in package


def test_the_schemas_hold_no_id_of_a_record(large_dossier: Dossier) -> None:
    """But for those of the examples in them, which the small example has too."""
    known = build_id_definitions(large_dossier)
    ids = {word for kind in known for word in listed(known[kind]) if "boat-" in word}
    held = {word for text in build_schemas(large_dossier).values() for word in re.findall(r'"([^"\\]+)"', text)}
    assert len(ids) > 20
    assert not ids & held


@each_record
def test_a_whole_record_that_an_editor_offers_can_be_read(record: type[Record]) -> None:
    shown = {key: re.sub(r"^\$\{\d+:(.*)\}$", r"\1", value) for key, value in build_snippet_body(record).items()}
    derived = {key: "a-name" for key in record.fields_from_file}
    record.model_validate({key: yaml.load(value, yaml.BaseLoader) for key, value in shown.items()} | derived)


def test_every_word_of_a_closed_list_has_a_meaning() -> None:
    keys = [key for record in RECORDS.values() for key in describe_keys(record).values() if key.vocabulary]
    assert {"stance", "bearing", "kind", "kinds", "checked", "form", "status", "tone"} == {key.name for key in keys}
    for key in keys:
        assert key.vocabulary
        assert sorted(key.choices) == sorted(key.vocabulary.meanings)
        assert {*key.vocabulary.report_labels} <= {*key.choices}
    assert [*STATUS_MEANINGS] == [*get_args(Annotation.model_fields["status"].annotation)]


def test_editor_and_readers_are_told_the_same_of_a_stance_and_a_verdict() -> None:
    dossier = read_example(EXAMPLE)
    notes = json.loads(build_schemas(dossier)[f"{SCHEMA_FOLDER}/annotations.json"])["definitions"]["Annotation"]["properties"]
    stances, verdicts = notes["stance"]["anyOf"][0], notes["verdict"]["anyOf"][0]
    for word, meaning in zip(stances["enum"], stances["markdownEnumDescriptions"], strict=True):
        assert meaning == STANCE_MEANINGS[word].meaning
        assert meaning in render_directive("stances", dossier, "method/")
    assert verdicts["enum"] == [*dossier.verdicts]
    for verdict, told in zip(dossier.verdicts.values(), verdicts["markdownEnumDescriptions"], strict=True):
        assert verdict.definition in told


def test_a_changed_definition_makes_the_schemas_stale(example: Path, replace: Callable[[Path, str, str], None]) -> None:
    assert run(example).exit_code == 0
    assert run(example, "--check").exit_code == 0
    replace(example / "annotations/verdicts.yml", "definition: ", "definition: Now otherwise. ")
    (example / "schema/trams.json").write_text("{}", encoding="utf-8")
    outcome = run(example, "--check")
    assert outcome.exit_code == 1
    assert "schema/claim.json" in outcome.output
    assert "schema/trams.json" in outcome.output
    assert "run `dossier schema` and commit schema/" in outcome.output
    assert "schema/event.json" not in outcome.output
    run(example)
    assert not (example / "schema/trams.json").exists()
    assert run(example, "--check").exit_code == 0


def test_a_scale_that_cannot_be_read_is_told(example: Path) -> None:
    (example / "annotations/verdicts.yml").write_text("- id: [", encoding="utf-8")
    outcome = run(example)
    assert outcome.exit_code == 1
    assert "annotations/verdicts.yml cannot be read" in outcome.output
    assert not (example / SCHEMA_FOLDER).exists()


def test_the_ids_stay_on_this_machine(example: Path) -> None:
    run(example)
    git(example, "init", "-q")
    git(example, "add", "-A")
    git(example, "commit", "-qm", "all")
    assert run(example, "--ids").exit_code == 0
    assert "harbour-office-count" in (example / IDS_SCHEMA_PATH).read_text(encoding="utf-8")
    assert run(example, "--check").exit_code == 0
    git(example, "add", "-A")
    assert git(example, "status", "--porcelain") == ""
    run(example)
    assert "harbour-office-count" not in (example / IDS_SCHEMA_PATH).read_text(encoding="utf-8")
    assert git(example, "ls-files", "-v", IDS_SCHEMA_PATH).startswith("H")


def test_ids_that_git_would_commit_are_told(example: Path) -> None:
    outcome = run(example, "--ids")
    assert "do not commit it" in outcome.output
    assert run(example, "--check").exit_code == 1


def test_ids_come_with_what_they_stand_for() -> None:
    dossier = read_example(EXAMPLE)
    known = {kind: listed(shape) for kind, shape in build_id_definitions(dossier).items()}
    assert known["source"] == {source.id: source.title for source in dossier.sources.values()}
    assert known["claim"] == {claim.id: claim.claim for claim in dossier.claims.values()}
    assert known["speaker"].keys() == {"text", *dossier.parties}
    assert known["annotation"].keys() == {f"{note.article}#{note.id}" for note in dossier.iter_annotations()}
    assert set(known["figure"]) == {f"{claim.id}.{key}" for claim in dossier.claims.values() for key in claim.figures}


def test_schemas_that_cannot_be_written_are_told_in_a_sentence(example: Path) -> None:
    (example / SCHEMA_FOLDER).write_text("in the way\n", encoding="utf-8")
    result = run(example)
    assert (result.exit_code, f"{SCHEMA_FOLDER}/ cannot be written" in result.stderr) == (1, True)
