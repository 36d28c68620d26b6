"""What fields say about themselves: nothing is missing, and each text for readers is shown, searched, checked and reported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple, get_origin

import pytest
import yaml

from dossier.checks import DOSSIER_CHECKS
from dossier.loading.yaml_loader import load_yaml
from dossier.model import Dossier
from dossier.model.base import Entry, Record, iter_record_keys
from dossier.model.dates.edtf import Edtf
from dossier.model.field_types import MAX_TEXT_CHARACTERS
from dossier.model.fields import Key, Question, ReaderText, Ref
from dossier.model.introspection import describe_keys, find_nested_record_type, get_marker, iter_record_models, iter_references
from dossier.model.kinds import KINDS_BY_NAME, RECORD_KINDS, RecordKind
from dossier.model.quotations.digest import Digest
from dossier.model.records import Claim
from dossier.model.records.chart import Chart, ChartedFigure
from dossier.model.site.addresses import DIRECTIVE_DESCRIPTIONS
from dossier.model.yaml_node import YamlNode
from dossier.pages import build_pages, iter_search_documents
from dossier.pages.directives import render_directive
from dossier.reports.changes import render_change_report
from support.dossiers import EXAMPLE, read_example

MODELS = {model: kind for kind in RECORD_KINDS for model in iter_record_models(kind.model)}
FROM_ELSEWHERE = {"slug": "ferry", "article": "ferry", "id": "ferry", "digest": Digest("a.md", "", 1)}
ID_PATTERN = "^[a-z][a-z0-9]*("
"""How the patterns of all ids begin that can name another record."""
MAX_MEANING_CHARACTERS = 110
WORD = "quagga"
"""A word that no record has."""
each_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)


def where(model: type[Record], name: str) -> str:
    """A field as a message names it."""
    return f"`{name}` of {model.__name__} in {model.__module__}"


@each_model
def test_every_key_says_what_belongs_under_it_with_an_example(model: type[Record]) -> None:
    for name in iter_record_keys(model):
        key = get_marker(model.model_fields[name], Key)
        assert key, f"add Key(meaning, example) to {where(model, name)}"
        assert 0 < len(key.meaning) <= MAX_MEANING_CHARACTERS, (
            f"the meaning of {where(model, name)} has {len(key.meaning)} characters; write 1 to {MAX_MEANING_CHARACTERS}"
        )
        assert "\n" not in key.meaning + key.example, f"write meaning and example of {where(model, name)} on one line"


@each_model
def test_each_example_makes_a_record_with_those_of_the_keys_that_are_needed(model: type[Record]) -> None:
    for name in iter_record_keys(model):
        assert make_sample(model, name)


def make_sample(model: type[Record], *names: str, **values: object) -> Record:
    """A record from the examples of the keys that it needs and of some others, read as a file is."""
    keys = describe_keys(model)
    wanted = [key for key in keys.values() if key.is_required or key.name in names]
    node = load_yaml("\n".join(f"{key.name}: {key.key.example}" for key in wanted) or "{}", "a.yml")
    assert isinstance(node, YamlNode)
    plain = node.to_plain_value()
    assert isinstance(plain, dict)
    elsewhere = {name: FROM_ELSEWHERE[name] for name in model.fields_from_file}
    return model.model_validate({**plain, **elsewhere, **values})


@pytest.mark.parametrize("kind", [kind for kind in RECORD_KINDS if kind.is_begun_by_command], ids=lambda kind: kind.name)
def test_every_key_of_a_record_that_a_command_begins_has_a_question(kind: RecordKind) -> None:
    for name in iter_record_keys(kind.model):
        question = get_marker(kind.model.model_fields[name], Question)
        assert question, f"add Question(prompt) to {where(kind.model, name)}: `dossier new {kind.name}` asks it"
        assert question.prompt.endswith("?"), f"end the prompt of {where(kind.model, name)} with a question mark"


@each_model
def test_every_id_that_is_not_the_record_s_own_says_what_it_names(model: type[Record]) -> None:
    for name, field in model.model_fields.items():
        is_id = ID_PATTERN in f"{field.annotation}{field.metadata}" or "Expression" in f"{field.annotation}"
        if is_id and name not in model.fields_from_file | {"id"}:
            reference = get_marker(field, Ref)
            assert reference, f"add Ref(kind) to {where(model, name)}, so that the checks look up what it names"
            assert not reference.target_kind or reference.target_kind in KINDS_BY_NAME, where(model, name)


@each_model
def test_prose_is_marked_as_text_for_readers(model: type[Record]) -> None:
    for name, field in model.model_fields.items():
        if f"max_length={MAX_TEXT_CHARACTERS}" in f"{field.annotation}{field.metadata}":
            marker = get_marker(field, ReaderText)
            assert marker, f"add Markdown() to {where(model, name)}, so that it is searched and its links are checked"


def test_references_are_found_at_every_depth_with_the_keys_that_lead_there() -> None:
    claim = read_example(EXAMPLE).claims["april-record"]
    found = {".".join(map(str, path)): (marker.kind, name) for path, marker, name in iter_references(claim)}
    assert found["claimant"] == ("party", "harbour-office")
    assert found["topics.0"] == ("topic", "counts")
    assert found["sources.0.id"] == ("source", "harbour-office-count")
    assert found["figures.single.source"] == ("source", "harbour-office-count")
    assert found["calculations.0.at"] == ("annotation", "harbour-gazette-2024-05-02#april-record")
    assert "figures.people.derived" not in found  # it names figures of its own claim alone


def test_a_figure_of_another_claim_names_the_claim_once_for_an_expression() -> None:
    claim = Claim.model_validate(
        {**yaml.load((EXAMPLE / "annotations/claims/april-record.yml").read_text(encoding="utf-8"), yaml.BaseLoader), "id": "a"}
        | {"calculations": [{"id": "share", "expression": "other.part / other.whole + third.part", "result": "1"}]}
    )
    found = [name for path, marker, name in iter_references(claim) if path == ("calculations", 0, "expression")]
    assert found == ["other", "third"]


class TextField(NamedTuple):
    """A field for readers: the kind of record, the key that holds its record where it is inside another, and its marker."""

    kind: RecordKind
    holder: str
    name: str
    marker: ReaderText

    @property
    def model(self) -> type[Record]:
        """The kind of record that has the field."""
        inner = find_nested_record_type(self.kind.model.model_fields[self.holder]) if self.holder else None
        return inner or self.kind.model

    def __str__(self) -> str:
        return f"{self.model.__name__}.{self.name} of {self.kind.name}"


def list_text_fields() -> list[TextField]:
    fields = []
    for kind in RECORD_KINDS:
        holders = {"": kind.model} | {
            name: inner for name, field in kind.model.model_fields.items() if (inner := find_nested_record_type(field))
        }
        for holder, model in holders.items():
            for name, field in model.model_fields.items():
                if (marker := get_marker(field, ReaderText)) and Edtf.__name__ not in str(field.annotation):
                    fields.append(TextField(kind, holder, name, marker))
    return fields


TEXT_FIELDS = list_text_fields()
each_text = pytest.mark.parametrize("field", TEXT_FIELDS, ids=str)


def put(dossier: Dossier, field: TextField, text: str) -> Dossier:
    """The dossier with a text in this field of every record that can have it."""
    whole = field.model.model_fields[field.name].annotation
    value: Any = (text,) if get_origin(whole) is tuple else text

    def with_text(record: Record) -> Record:
        if not field.holder:
            return record.model_copy(update={field.name: value})
        held = getattr(record, field.holder)
        if isinstance(record, Chart) and field.holder == "bracket":  # the one record that is held alone
            return record.model_copy(update={"bracket": ChartedFigure(figure="april-record.return", label=text)})
        if isinstance(held, dict):
            inner = held or {"a_name": make_sample(field.model)}
            return record.model_copy(
                update={field.holder: {key: part.model_copy(update={field.name: value}) for key, part in inner.items()}}
            )
        parts = held or (make_sample(field.model),)
        changes, around = {field.name: value}, {}
        if (
            isinstance(record, Chart) and field.holder == "breaks" and record.form == "parts"
        ):  # a break is shown in a series, before a figure of it
            changes, around = {**changes, "before": record.figures[1].figure}, {"form": "series", "whole": None}
        return record.model_copy(update={field.holder: tuple(part.model_copy(update=changes) for part in parts), **around})

    attribute = field.kind.dossier_attribute
    return replace(dossier, **{attribute: map_records(getattr(dossier, attribute), with_text)})


def map_records(records: Any, change: Callable[[Record], Record]) -> Any:
    if isinstance(records, Record):
        return change(records)
    if isinstance(records, tuple):
        return tuple(map(partial(map_records, change=change), records))
    return {name: map_records(part, change) for name, part in records.items()}


def problems(dossier: Dossier, rule: str) -> list[str]:
    check = next(check for check in DOSSIER_CHECKS if check.__name__ == rule)
    return [problem.message for problem in check(dossier)]


@each_text
def test_a_text_for_readers_is_shown(field: TextField) -> None:
    dossier = put(read_example(EXAMPLE), field, f"The {WORD}")
    shown = [page.content_html for page in build_pages(dossier)]
    shown += [render_directive(name, dossier, "method/") for name in DIRECTIVE_DESCRIPTIONS]
    assert any(WORD in html for html in shown), f"no page shows {field}: render it in a template of dossier/templates"


@each_text
def test_a_text_for_readers_is_searched(field: TextField) -> None:
    if field.kind.search_labels:
        documents = iter_search_documents(put(read_example(EXAMPLE), field, f"The {WORD}"))
        found = any(WORD in document.title + document.text for document in documents)
        assert found is field.marker.is_searched, field


@each_text
def test_links_in_a_text_for_readers_are_checked(field: TextField) -> None:
    dossier = put(read_example(EXAMPLE), field, f"The [{WORD}](/nowhere/)")
    assert any("/nowhere/" in message for message in problems(dossier, "unknown-link")) is field.marker.has_links, field


@each_text
def test_numbers_in_the_texts_of_a_record_with_figures_are_checked(field: TextField) -> None:
    if field.kind.model in (Claim, Chart):
        dossier = put(read_example(EXAMPLE), field, f"There were 98,765 {WORD}s")
        found = any("98,765" in message for message in problems(dossier, "number-unbacked"))
        assert found is field.marker.are_numbers_backed, field


@each_text
def test_a_change_of_a_text_for_readers_is_reported(field: TextField) -> None:
    before = read_example(EXAMPLE)
    assert WORD in render_change_report(before, put(before, field, f"The {WORD}")), field


def test_there_are_texts_for_readers_in_records_and_inside_them() -> None:
    assert {str(field) for field in TEXT_FIELDS} >= {
        "Claim.explanation of claim",
        "Evidence.note of claim",
        "SeriesBreak.because of chart",
        "Correction.reason of article",
    }
    assert all(issubclass(field.kind.model, Entry) or field.kind.name == "measure" for field in TEXT_FIELDS)
