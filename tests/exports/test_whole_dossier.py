"""The whole dossier as one JSON file, held against its published schema by a validator that is not ours."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dossier.model import Dossier
from support.asked_example import make_asked_example
from support.dossiers import read_example
from support.exports import SITE, export_text
from support.reading_pages import CLAIM, GAZETTE

Change = Callable[[Path, str, str], None]
Spoil = Callable[[Any], None]


def read_whole(dossier: Dossier, **settings: str) -> Any:
    return json.loads(export_text(dossier, "data/dossier.json", **settings))


def find_faults(dossier: Dossier, whole: Any, **settings: str) -> list[str]:
    """What the validator says against a file."""
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed (it comes with frictionless)")
    schema = json.loads(export_text(dossier, "data/dossier.schema.json", **settings))
    jsonschema.Draft202012Validator.check_schema(schema)
    return [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(whole)]


def test_the_schema_accepts_what_is_published(example: Path, large_dossier: Dossier) -> None:
    for dossier in (make_asked_example(example), large_dossier, Dossier()):
        whole = read_whole(dossier, licence="CC-BY-4.0", publisher="The harbour desk")
        assert find_faults(dossier, whole, licence="CC-BY-4.0") == []
        assert find_faults(dossier, read_whole(dossier, site_url="", site_name=""), site_url="") == []


def drop_verdict(whole: Any) -> None:
    del whole["claims"][0]["verdict"]


def misspell_key(whole: Any) -> None:
    whole["sources"][0]["titel"] = "Notice"


def invent_bearing(whole: Any) -> None:
    whole["claims"][0]["sources"][0]["bearing"] = "seems to support"


def write_day_in_words(whole: Any) -> None:
    whole["events"][0]["reviewed"] = "the first of June"


def count_as_number(whole: Any) -> None:
    whole["claims"][0]["figures"]["tickets"]["value"] = 4120


def forget_kind(whole: Any) -> None:
    del whole["notes"]


@pytest.mark.parametrize("spoil", [drop_verdict, misspell_key, invent_bearing, write_day_in_words, count_as_number, forget_kind])
def test_the_schema_refuses_what_no_record_is(example: Path, spoil: Spoil) -> None:
    dossier = read_example(example)
    whole = read_whole(dossier)
    assert find_faults(dossier, whole) == []
    spoil(whole)
    assert len(find_faults(dossier, whole)) == 1


def test_a_record_is_whole(example: Path) -> None:
    whole = read_whole(read_example(example))
    [claim] = whole["claims"]
    assert (claim["id"], claim["address"]) == ("april-record", f"{SITE}claims/april-record/")
    assert claim["sources"][0]["words"] == ["1,240 single tickets", "2,880 return tickets"]
    assert claim["figures"]["people"]["derived"] == "single + return / 2"
    assert claim["calculations"][0]["holds"] is True
    assert "topics" in claim
    assert not {"status", "replies", "author", "context"} & claim.keys()
    [article] = [article for article in whole["articles"] if article["id"] == GAZETTE]
    assert article["digest"]
    assert {note["article"] for note in whole["notes"]} == {GAZETTE, "island-digest"}
    assert whole["$schema"] == f"{SITE}data/dossier.schema.json"


def test_what_is_not_established_is_null_and_what_is_empty_is_left_out(example: Path, replace: Change) -> None:
    replace(example / CLAIM, "claimant: harbour-office", "claimant: not-established")
    dossier = read_example(example)
    [claim] = read_whole(dossier)["claims"]
    assert claim["claimant"] is None
    assert "reviewer" not in claim
    assert find_faults(dossier, read_whole(dossier)) == []


def test_the_schema_says_what_each_key_means(example: Path) -> None:
    schema = json.loads(export_text(read_example(example), "data/dossier.schema.json"))
    silent = [
        f"{name}.{key}"
        for name, record in schema["$defs"].items()
        for key, value in record["properties"].items()
        if not value.get("description")
    ]
    assert silent == []
    assert schema["$id"] == f"{SITE}data/dossier.schema.json"
