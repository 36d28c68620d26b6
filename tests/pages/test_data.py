"""The page of the data: every table with its columns, the questions, the files; and the line that leads there from each list."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dossier.model.site.addresses import ORIGINAL_NOTES_URL
from dossier.model.site.export_files import DATA_URL, EXPORT_FILES
from dossier.model.tables import build_data_tables
from dossier.pages import build_pages
from dossier.pages.data import list_data_questions
from support.dossiers import read_example
from support.exports import export_files
from support.reading_pages import ids, links, parse, words

Change = Callable[[Path, str, str], None]
LISTS = {
    "claims/": "claims",
    "articles/": "articles",
    "compare/": "notes",
    "timeline/": "events",
    "sources/": "sources",
    "parties/": "parties",
    "charts/": "charts",
    "glossary/": "glossary",
}
"""The first table that each list leads to."""
SHELVES = {
    "verdicts/imprecise/": ["notes"],
    "topics/counts/": ["claims", "notes", "events"],
    "years/2024/": ["articles", "claims", "notes", "events"],
}
"""The tables that lists by verdict, topic and year lead to: of what stands on them."""


def page_of(example: Path, url: str = DATA_URL, *, preview: bool = False, **settings: str) -> str:
    dossier = read_example(example)
    dossier = replace(dossier, settings=replace(dossier.settings, **settings))
    [page] = [page for page in build_pages(dossier, preview=preview) if page.url == url]
    return page.content_html


def test_the_page_leads_to_every_table_and_says_what_its_columns_mean(example: Path) -> None:
    dossier, tree = read_example(example).only_published(), parse(page_of(example))
    made = {path for path in export_files(dossier, site_url="") if path.startswith(DATA_URL)}
    assert {f"{DATA_URL}{link}" for link in links(tree) if link.endswith((".csv", ".json")) and "/" not in link} <= made
    assert {path for path in made if path.endswith(".csv")} <= {f"{DATA_URL}{link}" for link in links(tree)}
    lists = [dl for dl in tree.iter("dl") if dl.get("class") == "how"]
    for table, dl in zip(build_data_tables(dossier), lists, strict=True):
        assert [words(term) for term in dl.iter("dt")] == [column.name for column in table.columns]
        assert all(words(meaning) for meaning in dl.iter("dd"))


def test_no_row_is_a_article_and_each_file_has_a_title_of_its_own(example: Path) -> None:
    shown = words(parse(page_of(example)))
    assert "Each is an article that an event names under articles." in shown
    assert not re.search(r"\ba [aeio]\w+ (?:that|of)\b", shown)
    titles = [file.title for file in EXPORT_FILES]
    assert len(set(titles)) == len(titles)


def test_no_link_of_the_page_leads_nowhere(example: Path) -> None:
    tree = parse(page_of(example))
    made = {*export_files(read_example(example), site_url=""), ORIGINAL_NOTES_URL}
    assert [link for link in links(tree) if link.startswith("#") and link[1:] not in ids(tree)] == []
    files = [link for link in links(tree) if not link.startswith(("#", "http"))]
    assert len(files) > 40
    assert [link for link in files if link.removeprefix("../") not in made and f"{DATA_URL}{link}" not in made] == []


def test_the_page_tells_of_every_kind_of_file(example: Path) -> None:
    told = words(parse(page_of(example, site_url="https://ferry.example/")))
    assert [file.path for file in EXPORT_FILES if file.path not in told or file.meaning.replace("`", "") not in told] == []
    assert "corrections.xml" not in words(parse(page_of(example)))


def test_files_are_named_by_what_is_in_them_and_how_to_open_a_table_is_told(example: Path) -> None:
    shown = words(parse(page_of(example, site_url="https://ferry.example/")))
    assert not re.search(r"(?:application|text)/\w+", shown)
    terms = re.compile(r"W3C|RIS|CSL|BibLaTeX|oEmbed|Schema|Data Package")
    assert [file.title for file in EXPORT_FILES if terms.search(file.title)] == []
    assert "Import one as comma-separated, UTF-8, with dates as text" in shown
    assert "voices and measures have none" in shown
    assert "first_published and last_changed are days of this site" in shown


def test_the_page_shows_every_question_with_its_sql(example: Path) -> None:
    shown = [words(code) for code in parse(page_of(example)).iter("code")]
    assert len(list_data_questions()) == 10
    assert [question.id for question in list_data_questions() if " ".join(question.sql.split()) not in shown] == []


def test_the_page_names_licence_and_publisher_where_the_settings_do(example: Path) -> None:
    named = parse(page_of(example, licence="CC-BY-4.0", publisher="The harbour desk"))
    assert "https://spdx.org/licenses/CC-BY-4.0.html" in links(named)
    assert "Name The harbour desk and the address" in words(named)
    assert "spdx.org" not in page_of(example)


@pytest.mark.parametrize(("url", "table"), LISTS.items())
def test_every_list_leads_to_its_table(example: Path, url: str, table: str) -> None:
    found = links(parse(page_of(example, url)))
    assert {f"../data/{table}.csv", f"../data/#{table}"} <= set(found)
    assert table in ids(parse(page_of(example)))


@pytest.mark.parametrize(("url", "tables"), SHELVES.items())
def test_a_list_by_verdict_topic_or_year_leads_to_the_tables_of_what_is_on_it(example: Path, url: str, tables: list[str]) -> None:
    found = [link for link in links(parse(page_of(example, url))) if link.startswith("../../data/")]
    assert found == [*(f"../../data/{table}.csv" for table in tables), f"../../data/#{tables[0]}"]


def test_a_preview_has_the_page_and_no_tables(example: Path) -> None:
    shown = page_of(example, preview=True)
    assert [link for link in links(parse(shown)) if not link.startswith("#")] == [f"../{ORIGINAL_NOTES_URL}"]
    assert "claims.csv, in the published site" in shown
    for url, table in LISTS.items():
        listed = page_of(example, url, preview=True)
        files = [link for link in links(parse(listed)) if link.startswith("../data/")]
        assert files == [f"../data/#{table}"]
        assert ", in the published site. What" in words(parse(listed))
