"""The registry of record kinds: each has its place, page, schema and command, and nothing is written beside it."""

from __future__ import annotations

from dataclasses import fields
from pathlib import PurePosixPath

import pytest

from dossier.cli.new import new_group
from dossier.model import Dossier
from dossier.model.base import Entry, Record
from dossier.model.introspection import describe_keys, iter_record_models
from dossier.model.kinds import KINDS_BY_NAME, RECORD_KINDS, RecordKind, suggest_record_creation
from dossier.model.site.addresses import INDEX_PAGE_URLS
from dossier.pages import build_pages, iter_search_documents
from dossier.pages.corrections import describe_entry
from dossier.pages.page_registry import INDEX_PAGE_BUILDERS, build_index_pages, index_page
from support.dossiers import EXAMPLE, ROOT, read_example

each_kind = pytest.mark.parametrize("kind", RECORD_KINDS, ids=lambda kind: kind.name)


def list_record_classes(base: type[Record] = Record) -> list[type[Record]]:
    """Every class of records that has none below it."""
    return [leaf for child in base.__subclasses__() for leaf in (list_record_classes(child) or [child])]


def test_every_class_of_records_is_a_kind_or_stands_inside_one() -> None:
    known = {model for kind in RECORD_KINDS for model in iter_record_models(kind.model)}
    ours = [model for model in list_record_classes() if model.__module__.startswith("dossier.")]  # other tests define some too
    forgotten = [model for model in ours if model not in known]
    assert not forgotten, f"add {forgotten} to RECORD_KINDS in dossier/model/kinds.py, or to a field of another record"


def test_no_two_kinds_share_a_name_a_place_or_a_rank() -> None:
    for key in ("name", "model", "dossier_attribute", "path_template", "report_rank", "reader_name", "reader_plural"):
        assert len({getattr(kind, key) for kind in RECORD_KINDS}) == len(RECORD_KINDS), key
    assert list(KINDS_BY_NAME.values()) == list(RECORD_KINDS)


@each_kind
def test_a_kind_is_kept_in_an_attribute_of_the_dossier(kind: RecordKind) -> None:
    names = {field.name for field in fields(Dossier)}
    assert kind.dossier_attribute in names, f"add `{kind.dossier_attribute}` to Dossier in dossier/model/dossier.py"
    records = list(read_example(EXAMPLE).iter_records(kind))
    assert records, f"add a {kind.name} to tests/example, {kind.path_template}"
    assert {type(record) for record in records} == {kind.model}


@each_kind
def test_a_kind_is_written_where_its_path_says(kind: RecordKind) -> None:
    dossier = read_example(EXAMPLE)
    for name, record in dossier.index_records(kind).items():
        assert record.path == kind.get_path(name)
    path = PurePosixPath(kind.path_template)
    assert path.parts[0] == ("docs" if kind.layout == "page" else "annotations")
    assert ("{}" in path.name) is (kind.layout != "list")


@each_kind
def test_a_kind_with_a_file_of_yaml_has_a_schema(kind: RecordKind) -> None:
    assert bool(kind.schema_name) is (kind.layout != "page")
    if kind.schema_name:
        assert (ROOT / f"schema/{kind.schema_name}.json").is_file(), "run `dossier schema` and commit schema/"


@each_kind
def test_an_entry_has_a_page_that_holds_its_address(kind: RecordKind) -> None:
    assert bool(kind.page_url) is issubclass(kind.model, Entry), f"give the kind {kind.name} a page_url in dossier/model/kinds.py"
    pages = {page.url: page for page in build_pages(read_example(EXAMPLE))}
    for entry in read_example(EXAMPLE).iter_records(kind):
        if isinstance(entry, Entry):
            url, own_id = entry.url_parts
            assert url.startswith(kind.page_url)
            assert url in pages, f"nothing builds /{url}: add a page below dossier/pages"
            assert not own_id or f'id="{own_id}"' in pages[url].content_html, f"/{url} has no element with the id {own_id}"


@each_kind
def test_an_entry_is_searched_under_the_labels_of_its_kind(kind: RecordKind) -> None:
    assert bool(kind.search_labels) is issubclass(kind.model, Entry), f"give the kind {kind.name} search_labels"
    dossier = read_example(EXAMPLE)
    found = {document.url for document in iter_search_documents(dossier)}
    assert {entry.page_url for entry in dossier.iter_records(kind) if isinstance(entry, Entry)} <= found


@each_kind
def test_a_record_has_a_title_that_readers_know_it_by(kind: RecordKind) -> None:
    dossier = read_example(EXAMPLE)
    for record in dossier.iter_records(kind):
        assert kind.get_title(record)
        if isinstance(record, Entry):
            assert describe_entry(record, dossier).startswith(f"{kind.reader_name} ")


@each_kind
def test_what_a_command_begins_is_said_of_its_kind(kind: RecordKind) -> None:
    begun = kind.name in new_group.commands
    assert kind.is_begun_by_command is begun, f"add `dossier new {kind.name}` below dossier/cli, or take its mark away"
    assert (f"dossier new {kind.name} " in suggest_record_creation(kind, "a-name#a-note")) is begun


@each_kind
def test_what_to_write_for_a_missing_record_names_its_file_and_the_keys_it_needs(kind: RecordKind) -> None:
    said = suggest_record_creation(kind, "a-name")
    assert kind.get_path("a-name") in said
    if kind.layout == "list":
        keys = {key.name for key in describe_keys(kind.model).values() if key.is_required} - {"id"}
        assert all(f"{key}: …" in said for key in keys)


def test_every_index_page_has_a_builder_and_no_other() -> None:
    assert {*INDEX_PAGE_BUILDERS} == {*INDEX_PAGE_URLS}, (
        "an address in INDEX_PAGE_URLS (dossier/model/site/addresses.py) needs a function below dossier/pages with @index_page"
    )
    assert {kind.list_page_url for kind in RECORD_KINDS} - {""} <= {*INDEX_PAGE_URLS}
    built = {page.url: page for page in build_pages(read_example(EXAMPLE))}
    assert {*INDEX_PAGE_URLS} <= {*built}


@pytest.mark.parametrize(("url", "cure"), [("nowhere/", "add it to INDEX_PAGE_URLS in"), ("timeline/", "stands twice")])
def test_a_page_that_is_not_listed_or_has_a_builder_is_refused(url: str, cure: str) -> None:
    with pytest.raises(KeyError, match=cure):
        index_page(url)


def test_an_address_without_a_builder_says_what_to_add(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(INDEX_PAGE_BUILDERS, "timeline/")
    with pytest.raises(KeyError, match=r'add a function with @index_page\("timeline/"\)'):
        list(build_index_pages(read_example(EXAMPLE), preview=False))


def test_the_navigation_leads_to_every_index_page() -> None:
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    missing = [url for url in INDEX_PAGE_URLS if url != "search/" and f"{url}index.md" not in text]
    assert not missing, f"add {missing} to `nav` in mkdocs.yml"
