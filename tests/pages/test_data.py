"""The records as tables: everything that is published and fits into a cell, and nothing else."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path

from dossier.model.site.export_files import DATA_URL
from dossier.model.tables import build_data_tables
from dossier.pages import build_pages
from support.dossiers import read_example
from support.exports import SITE, export_files
from support.reading_pages import links, parse, words

Change = Callable[[Path, str, str], None]
CLAIM = "annotations/claims/april-record.yml"


def tables(example: Path, site_url: str = "") -> dict[str, list[dict[str, str]]]:
    files = export_files(read_example(example), site_url=site_url)
    return {path: list(csv.DictReader(StringIO(str(text)))) for path, text in files.items() if path.endswith(".csv")}


def test_every_published_record_is_a_row_with_its_address(example: Path) -> None:
    made = tables(example, SITE)
    addresses = {row["address"] for rows in made.values() for row in rows}
    assert addresses == {f"{SITE}{entry.page_url}" for entry in read_example(example).only_published().iter_entries()}
    [claim] = [row for row in made["data/claims.csv"] if row["id"] == "april-record"]
    assert claim["claim"] == "The ferry carried 4,120 passengers in April 2024."
    assert claim["address"] == f"{SITE}claims/april-record/"
    assert {"verdict", "made", "claimant", "topics"} <= claim.keys()


def test_what_is_not_published_is_in_no_table(example: Path) -> None:
    assert "claims/april-record/" in {row["address"] for row in tables(example)["data/claims.csv"]}
    (example / CLAIM).write_text("status: draft\n" + (example / CLAIM).read_text(encoding="utf-8"), encoding="utf-8")
    assert "claims/april-record/" not in {row["address"] for rows in tables(example).values() for row in rows}


def test_the_words_round_a_quotation_are_in_no_table(example: Path) -> None:
    assert not {"prefix", "suffix", "paragraph", "status"} & tables(example)["data/notes.csv"][0].keys()


def test_no_cell_is_a_formula(example: Path, replace: Change) -> None:
    replace(example / CLAIM, "claim: The ferry", "claim: =1+1 The ferry")
    [claim] = [row for row in tables(example)["data/claims.csv"] if row["id"] == "april-record"]
    assert claim["claim"].startswith("'=1+1 ")
    assert not [cell for rows in tables(example).values() for row in rows for cell in row.values() if cell.startswith("=")]


def test_the_page_leads_to_every_table_and_says_what_its_columns_mean(example: Path) -> None:
    dossier = read_example(example).only_published()
    [page] = [page for page in build_pages(dossier) if page.url == DATA_URL]
    tree = parse(page.content_html)
    assert [f"{DATA_URL}{link}" for link in links(tree) if link.endswith(".csv")] == [
        path for path in export_files(dossier) if path.endswith(".csv")
    ]
    for table, dl in zip(build_data_tables(dossier), tree.iter("dl"), strict=True):
        assert [words(term) for term in dl.iter("dt")] == list(table.columns)
        assert all(words(meaning) for meaning in dl.iter("dd"))


def test_a_preview_has_the_page_and_no_tables(example: Path) -> None:
    [page] = [page for page in build_pages(read_example(example), preview=True) if page.url == DATA_URL]
    assert '.csv"' not in page.content_html
    assert "claims.csv, in the published site" in page.content_html
