"""What the heads of built pages say to reference managers and networks, as `extruct` reads Dublin Core and Open Graph."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from dossier.loading.release import build_release, write_release
from dossier.model.site.release import RELEASE_FILE_NAME
from support.dossiers import make_example, read_example, run_mkdocs
from support.reading_pages import GAZETTE

Change = Callable[[Path, str, str], None]
SITE_URL = "https://ferry.example/count/"
PUBLISHER = 'Quay & "Sons"'
NAME = "The ferry count"
pytestmark = pytest.mark.site


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with an author of its claim, a publisher with an awkward sign, and a licence."""
    root = make_example(tmp_path_factory.mktemp("heads") / "example")
    config, claim = root / "mkdocs.yml", root / "annotations/claims/april-record.yml"
    text = config.read_text(encoding="utf-8").replace("- dossier:", f"- dossier:\n      publisher: '{PUBLISHER}'")
    config.write_text(f"site_url: {SITE_URL}\ncopyright: Texts <b>CC BY 4.0</b>.\n{text}", encoding="utf-8")
    claim.write_text("author: Ada Wren\n" + claim.read_text(encoding="utf-8"), encoding="utf-8")
    dossier = read_example(root)
    released = build_release(dossier, date(2024, 7, 1))
    record = released.records["claims/april-record/"]
    changed = replace(record, changed=date(2024, 7, 5))
    write_release(root / RELEASE_FILE_NAME, replace(released, records=released.records | {"claims/april-record/": changed}))
    run_mkdocs(root, "build", "--strict", "--site-dir", str(root / "site"))
    return root / "site"


def read_head(html: str) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Values of Dublin Core by element, and Open Graph's by property."""
    pytest.importorskip("extruct", reason="extruct is not installed; `make test` installs it")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its own dependencies
        extract = import_module("extruct").extract
        found: Mapping[str, Any] = extract(html, base_url=SITE_URL, syntaxes=["dublincore", "opengraph"])
    core: dict[str, list[str]] = {}
    elements = (element for part in found["dublincore"] for element in part["elements"])
    for element in (element for element in elements if element["name"].startswith("DC.")):  # it takes `description` for one
        core.setdefault(element["name"], []).append(element["content"])
    return core, {name: value for part in found["opengraph"] for name, value in part["properties"]}


def test_a_claim_names_its_author_a_person_and_its_publisher_an_organisation(built: Path) -> None:
    core, graph = read_head((built / "claims/april-record/index.html").read_text(encoding="utf-8"))
    title = "The ferry carried 4,120 passengers in April 2024."
    assert core == {
        "DC.title": [title],
        "DC.creator": ["Ada Wren", 'Quay & "Sons",'],
        "DC.publisher": ['Quay & "Sons"'],
        "DC.date": ["2024-07-01"],
        "DC.language": ["en"],
        "DC.rights": ["Texts CC BY 4.0."],
        "DC.identifier": [f"{SITE_URL}claims/april-record/"],
    }
    assert (graph["og:type"], graph["og:site_name"], graph["og:title"]) == ("article", NAME, title)
    assert (graph["article:published_time"], graph["article:modified_time"]) == ("2024-07-01", "2024-07-05")
    assert graph["og:url"] == f"{SITE_URL}claims/april-record/"


def test_an_articles_page_has_a_title_of_its_own_and_other_pages_have_no_day(built: Path) -> None:
    core, _ = read_head((built / f"articles/{GAZETTE}/index.html").read_text(encoding="utf-8"))
    assert core["DC.title"] == [
        "Annotated summary of “Ferry carried a record 4,120 passengers in April” (Harbour Gazette, 2 May 2024)"
    ]
    assert core["DC.creator"] == ['Quay & "Sons",']
    for path, title in (("index.html", "Home"), ("claims/index.html", "Claims"), ("data/index.html", "Data")):
        core, _ = read_head((built / path).read_text(encoding="utf-8"))
        assert (core["DC.title"], core["DC.creator"], "DC.date" in core) == ([title], ['Quay & "Sons",'], False)


def test_no_page_has_what_would_make_it_an_article_of_a_journal(built: Path) -> None:
    pages = sorted(built.rglob("*.html"))
    assert len(pages) > 15
    assert [path for path in pages if 'name="citation_' in path.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('name="DC.title" content="The', 'name="DC.title" content="The ferry count: The'),
        ('name="DC.creator" content="Ada', 'name="DC.creatr" content="Ada'),
        ('property="og:site_name"', 'name="site_name"'),
    ],
)
def test_a_poisoned_head_reads_otherwise(built: Path, old: str, new: str) -> None:
    html = (built / "claims/april-record/index.html").read_text(encoding="utf-8")
    assert old in html
    assert read_head(html.replace(old, new)) != read_head(html)


def test_a_site_without_address_or_publisher_speaks_for_itself(tmp_path: Path) -> None:
    root = make_example(tmp_path / "example")
    run_mkdocs(root, "build", "--site-dir", str(root / "site"))
    core, graph = read_head((root / "site/claims/april-record/index.html").read_text(encoding="utf-8"))
    assert (core["DC.creator"], core["DC.publisher"]) == ([f"{NAME},"], [NAME])
    assert not {"DC.identifier", "DC.rights"} & core.keys()
    assert graph == {}
