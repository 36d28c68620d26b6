"""The data of the real site: valid for Frictionless and for its own schema, and enough to answer the questions of its page."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dossier.pages.data import list_data_questions
from support.data_files import ask, open_database, validate_package

pytestmark = pytest.mark.site


def test_frictionless_finds_nothing_in_the_data(site: Path) -> None:
    assert validate_package(site / "data") == []


def test_the_whole_dossier_is_as_its_schema_says(site: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed (it comes with frictionless)")
    schema, whole = (json.loads((site / f"data/{name}.json").read_text("utf-8")) for name in ("dossier.schema", "dossier"))
    assert [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(whole)] == []
    assert len(whole["claims"]) > 50


def test_the_tables_answer_every_question_of_the_page(site: Path) -> None:
    with open_database(site / "data") as database:
        rows = {question.id: len(ask(database, question)) for question in list_data_questions()}
    empty = {name for name, count in rows.items() if not count}
    assert len(rows) == 10
    assert empty <= {question.id for question in list_data_questions() if question.may_be_empty}
