"""Files of citations as other programs read them: `citeproc-py`, `rispy`, `pybtex`; each refuses a poisoned one.

Our plain style is compared with the same style in CSL, `plain.csl`, as `citeproc-py` renders it.
"""

from __future__ import annotations

import json
import re
import warnings
from dataclasses import replace
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from dossier.model import Dossier
from dossier.pages.citing.dates import format_csl_date
from dossier.pages.citing.items import CitationBuilder, CslItem, build_page_item
from dossier.pages.citing.names import join_name
from dossier.pages.citing.plain import format_citation_with_address
from support.cited_sources import add_cited_sources
from support.dossiers import make_example, read_example
from support.exports import SITE, export_files

PLAIN_STYLE = Path(__file__).parent / "plain.csl"
HARVARD = "harvard-cite-them-right"
"""A style that many ask for; `citeproc-py` brings it."""


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    """The example with sources of every kind."""
    root = make_example(tmp_path_factory.mktemp("cited") / "example")
    add_cited_sources(root)
    return replace(read_example(root), settings=replace(read_example(root).settings, site_url=SITE))


@pytest.fixture(scope="module")
def files(dossier: Dossier) -> dict[str, str]:
    """Every file of citations by its path."""
    endings = (".ris", ".csl.json", ".bib")
    return {path: str(text) for path, text in export_files(dossier).items() if path.endswith(endings)}


@pytest.fixture(scope="module")
def page_items(dossier: Dossier) -> list[CslItem]:
    """What is in the file of all pages."""
    published = dossier.only_published()
    published = replace(published, settings=replace(published.settings, site_url=SITE, site_name="The ferry count"))
    builder = CitationBuilder(published)
    articles = [(build_page_item(published, article), builder.build_item(article)) for article in published.articles.values()]
    return [*(build_page_item(published, claim) for claim in published.claims.values()), *chain.from_iterable(articles)]


# CSL-JSON


def render(items: list[CslItem], style: str) -> list[str]:
    """Citations by `citeproc-py`; a warning is an error, but of the one variable of CSL that it does not list."""
    citeproc = pytest.importorskip("citeproc", reason="citeproc-py is not installed; `make test` installs it")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".* for Reference are unsupported: reviewed_title$")
        source = import_module("citeproc.source.json").CiteProcJSON(items)
    formatter = import_module("citeproc.formatter.plain")
    # Not validated: its schema needs a program that is not on PyPI.
    bibliography = citeproc.CitationStylesBibliography(citeproc.CitationStylesStyle(style, validate=False), source, formatter)
    for item in items:
        bibliography.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
    return [str(text) for text in bibliography.bibliography()]


def simplify(item: CslItem) -> CslItem:
    """An item without what `citeproc-py` cannot do: it fails on intervals and seasons, and compares no variables."""
    issued: dict[str, Any] = item.get("issued", {})
    if "season" in issued or len(issued.get("date-parts", ())) > 1:
        item = item | {"issued": {"literal": format_csl_date(issued)}}
    authors = ", ".join(map(join_name, item.get("author", ())))
    return {name: value for name, value in item.items() if name not in ("container-title", "publisher") or value != authors}


def test_a_processor_of_csl_renders_the_plain_style_as_we_do(files: dict[str, str], page_items: list[CslItem]) -> None:
    for items in (json.loads(files["data/sources.csl.json"]), page_items):
        ours = [format_citation_with_address(item).replace(". About ", ". about ") for item in items]
        rendered = render([simplify(item) for item in items], str(PLAIN_STYLE))
        # A style cannot ask whether a title is a description in brackets.
        assert [re.sub(r"“(\[[^][]+\])\.?”", r"\1", text) for text in rendered] == ours


def test_a_processor_of_csl_renders_another_style(files: dict[str, str]) -> None:
    items = [simplify(item) for item in json.loads(files["data/sources.csl.json"])]
    rendered = dict(zip((item["id"] for item in items), render(items, HARVARD), strict=True))
    assert all(item["title"].split()[0] in rendered[item["id"]] for item in items)
    if "awkward" in rendered:
        assert "A. et al. (2024) “100 % &" in rendered["awkward"]
        assert rendered["open"].casefold().startswith("harbour office (2 may 2024 or later) “later on”")


def test_every_variable_is_one_of_csl(files: dict[str, str]) -> None:
    citeproc = pytest.importorskip("citeproc", reason="citeproc-py is not installed; `make test` installs it")
    known = {"id", "type", "language", *citeproc.VARIABLES, *citeproc.NAMES, *citeproc.DATES}
    for item in json.loads(files["data/sources.csl.json"]):
        assert {name.replace("-", "_") for name in item} <= {name.replace("-", "_") for name in known}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("author", [{"name": "Ada Wren"}]),
        ("author", ["Ada Wren"]),
        ("issued", "2024-05-02"),
        ("issued", {"date-parts": [["2024-05"]]}),
    ],
)
def test_a_processor_of_csl_refuses_what_is_no_name_or_date(name: str, value: Any) -> None:
    good: CslItem = {"id": "a", "type": "article-newspaper", "title": "T", "issued": {"date-parts": [[2024, 5, 2]]}}
    assert "2 May" in render([good], HARVARD)[0]
    with pytest.raises((TypeError, ValueError, AttributeError, UserWarning)):
        render([good | {name: value}], HARVARD)


# RIS


def compare_ris(text: str, items: list[CslItem]) -> None:
    """Read a file by `rispy`, which is lenient, and hold each of its records against an item."""
    rispy = pytest.importorskip("rispy", reason="rispy is not installed; `make test` installs it")
    records = rispy.loads(text)
    assert [record["id"] for record in records] == [item["id"] for item in items]
    for record, item in zip(records, items, strict=True):
        assert {*record.get("unknown_tag", ())} <= {"AV"}  # where a copy is archived: a tag of RIS that rispy does not know
        assert record["title"] == " ".join(item["title"].split())
        assert len(record.get("authors", ())) == len(item.get("author", ()))
        assert ("date" in record) == ("issued" in item)
        assert record.get("urls", [""])[0] == item.get("URL", "")


def test_rispy_reads_every_record(files: dict[str, str], page_items: list[CslItem]) -> None:
    compare_ris(files["data/sources.ris"], json.loads(files["data/sources.csl.json"]))
    assert len(page_items) >= 3
    compare_ris(files["data/pages.ris"], page_items)


@pytest.mark.parametrize(
    ("old", "new"), [("ER  - ", ""), ("TY  - ", "ty - "), ("\nTI  - ", "\nTI - "), ("\nTI  - ", "\nTI  - \nUR  - ")]
)
def test_rispy_does_not_find_in_a_poisoned_file_what_is_in_ours(files: dict[str, str], old: str, new: str) -> None:
    text, items = files["data/sources.ris"], json.loads(files["data/sources.csl.json"])
    assert old in text
    with pytest.raises((AssertionError, KeyError)):
        compare_ris(text.replace(old, new, 1), items)


# BibLaTeX


def parse_bibtex(text: str) -> Any:
    """The entries of a file by `pybtex`, which is strict here: a fault is an error."""
    pytest.importorskip("pybtex", reason="pybtex is not installed; `make test` installs it")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its own dependencies
        database, errors = import_module("pybtex.database"), import_module("pybtex.errors")
    errors.set_strict_mode(True)
    return database.parse_string(text, "bibtex").entries


def test_pybtex_reads_every_entry(files: dict[str, str]) -> None:
    items, entries = json.loads(files["data/sources.csl.json"]), parse_bibtex(files["data/sources.bib"])
    assert [*entries] == [item["id"] for item in items]
    for item in items:
        entry = entries[item["id"]]
        assert len(entry.persons.get("author", ())) == len(item.get("author", ()))
        assert ("date" in entry.fields) == ("date-parts" in item.get("issued", {}))
        assert bool(entry.fields.get("url")) == ("URL" in item)


@pytest.mark.parametrize(
    ("old", "new"),
    [("title = {{", "title = {{{"), ("  title = ", "  title "), ("\n  title = ", "\n  title = {Another},\n  title = ")],
)
def test_pybtex_refuses_a_poisoned_file(files: dict[str, str], old: str, new: str) -> None:
    text = files["data/sources.bib"]
    assert old in text
    errors = pytest.importorskip("pybtex.exceptions", reason="pybtex is not installed; `make test` installs it")
    with pytest.raises(errors.PybtexError):
        parse_bibtex(text.replace(old, new, 1))


def test_pybtex_refuses_an_entry_that_is_there_twice(files: dict[str, str]) -> None:
    errors = pytest.importorskip("pybtex.exceptions", reason="pybtex is not installed; `make test` installs it")
    with pytest.raises(errors.PybtexError, match="repeated"):
        parse_bibtex(files["data/sources.bib"] * 2)
