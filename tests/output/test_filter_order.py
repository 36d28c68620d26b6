"""The search index is the same bytes each time: Pagefind's filters are put in order, and nothing else of them changes."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import cbor2
import pytest

from dossier.loading.built_site import PACKED_FILE_MARK
from dossier.model.site.facets import FacetValue
from dossier.output.filter_order import UnknownIndexFormatError, sort_filters
from dossier.output.pagefind import SearchIndexer
from dossier.pages import SearchDocument

Files = dict[str, bytes]
DOCUMENTS = [
    SearchDocument(
        url=f"claims/c-{number}/",
        title=f"Claim {number}",
        text=f"The ferry carried {number} passengers over the Straße.",
        kind=("claim", "note", "source")[number % 3],
        facet_values=(FacetValue("topic", f"topic-{number % 7}"), FacetValue("year", str(2000 + number % 11))),
        article_slugs=(f"article-{number % 5}",),
    )
    for number in range(60)
]


def build_index(site: Path, documents: list[SearchDocument] = DOCUMENTS, language: str = "en") -> dict[str, bytes]:
    """The files of the index of some documents, as a build makes it, by path."""
    indexer = SearchIndexer()
    indexer.prepare_build(site)
    indexer.start_indexing(documents, language)
    indexer.wait_for_index()
    index = site / "pagefind"
    return {file.relative_to(index).as_posix(): file.read_bytes() for file in index.rglob("*") if file.is_file()}


def unpack(packed: bytes) -> Any:
    return cbor2.loads(gzip.decompress(packed).removeprefix(PACKED_FILE_MARK))


def pack(content: Any) -> bytes:
    return gzip.compress(PACKED_FILE_MARK + cbor2.dumps(content))


def find_path(files: Files, pattern: str) -> str:
    return next(path for path in sorted(files) if fnmatch(path, pattern))


def read_filters(files: Files) -> dict[str, dict[str, list[int]]]:
    """What a reader's browser makes of the filters, from the entry on."""
    [language] = json.loads(files["pagefind-entry.json"])["languages"].values()
    metadata = unpack(files[f"pagefind.{language['hash']}.pf_meta"])
    return {name: dict(unpack(files[f"filter/{file}.pf_filter"])[1]) for name, file in metadata[3]}


@pytest.mark.parametrize("language", ["en", "de-at"])
def test_three_indexes_of_the_same_documents_are_the_same_bytes(tmp_path: Path, language: str) -> None:
    first, *others = [build_index(tmp_path / str(number), language=language) for number in range(3)]
    assert sum(path.startswith("filter/") for path in first) == 4
    for other in others:
        assert other == first


def test_each_filter_leads_to_the_documents_that_it_was_given(tmp_path: Path) -> None:
    files = build_index(tmp_path)
    filters = read_filters(files)
    assert list(filters) == ["article", "topic", "what", "year"]
    assert list(filters["year"]) == sorted(filters["year"])
    assert filters["topic"] == {f"topic-{rest}": list(range(rest, 60, 7)) for rest in range(7)}
    assert sum(path.endswith((".pf_filter", ".pf_meta")) for path in files) == 5


def test_no_file_of_an_index_is_empty_or_cut_off(tmp_path: Path) -> None:
    files = build_index(tmp_path)
    packed = {path: content for path, content in files.items() if "/" in path or path.endswith((".pf_meta", ".pagefind"))}
    assert len(packed) > 60
    assert [path for path, content in packed.items() if not gzip.decompress(content).startswith(PACKED_FILE_MARK)] == []
    assert set(files) - set(packed) == {"pagefind-entry.json", "pagefind.js", "pagefind-worker.js", "words.txt"}
    assert all(files.values())


def test_documents_without_filters_have_an_index_too(tmp_path: Path) -> None:
    bare = [document._replace(facet_values=(), article_slugs=(), kind="page") for document in DOCUMENTS]
    assert list(read_filters(build_index(tmp_path / "a", bare))) == ["what"]
    assert build_index(tmp_path / "b", []) == build_index(tmp_path / "c", []) != {}


def test_sorting_twice_changes_nothing(tmp_path: Path) -> None:
    files = build_index(tmp_path)
    assert sort_filters(files) == files


SPOILERS: dict[str, Callable[[Files], object]] = {
    "no entry": lambda files: files.pop("pagefind-entry.json"),
    "entry without name": lambda files: files.update({"pagefind-entry.json": b'{"languages": {"en": {}}}'}),
    "entry without languages": lambda files: files.update({"pagefind-entry.json": b"[]"}),
    "no metadata": lambda files: files.pop(find_path(files, "*.pf_meta")),
    "short metadata": lambda files: files.update({find_path(files, "*.pf_meta"): pack(["1.6.0", [], []])}),
    "other metadata": lambda files: files.update({find_path(files, "*.pf_meta"): pack([0, 1, 2, [3]])}),
    "no filter": lambda files: files.pop(find_path(files, "filter/*")),
    "filter of another name": lambda files: files.update({find_path(files, "filter/*"): pack(["x", []])}),
    "filter as a map": lambda files: files.update({find_path(files, "filter/*"): pack({"what": {}})}),
    "values as a map": lambda files: files.update({find_path(files, "filter/*"): pack(["what", {"a": [1]}])}),
    "another field": lambda files: files.update({find_path(files, "filter/*"): pack(["what", [["a", [1]]], 7])}),
    "not zipped": lambda files: files.update({find_path(files, "filter/*"): b"pagefind_dcd"}),
    "not whole": lambda files: files.update({find_path(files, "filter/*"): files[find_path(files, "filter/*")][:-9]}),
    "not CBOR": lambda files: files.update({find_path(files, "filter/*"): gzip.compress(PACKED_FILE_MARK + b"\x9f")}),
    "other CBOR": lambda files: files.update({find_path(files, "filter/*"): gzip.compress(PACKED_FILE_MARK + b"\x98\x00")}),
}


@pytest.mark.parametrize("fault", SPOILERS)
def test_an_unknown_format_is_told(tmp_path: Path, fault: str) -> None:
    files = build_index(tmp_path)
    SPOILERS[fault](files)
    with pytest.raises(UnknownIndexFormatError):
        sort_filters(files)


def test_a_build_with_an_unknown_pagefind_has_its_index_and_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(files: Files) -> Files:
        raise UnknownIndexFormatError("x.pf_filter is missing, or packed in another way")

    monkeypatch.setattr("dossier.output.pagefind.sort_filters", fail)
    assert len(read_filters(build_index(tmp_path))) == 4
    assert "will differ from build to build: x.pf_filter is missing" in caplog.text
