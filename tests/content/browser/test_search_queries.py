"""What readers type, as `search_queries.yml` has it, leads to the right page among the first three results."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page

from support.asking import find_pages, is_found

QUERIES = yaml.safe_load((Path(__file__).parent / "search_queries.yml").read_text(encoding="utf-8"))
MOST_MISSED = {"review": 2, "own": 3, "unseen": 4, "forms": 0}
"""Queries of a group that may miss: of the first two, 95 of 100 find the page."""

pytestmark = [pytest.mark.browser, pytest.mark.site]


@pytest.mark.parametrize("group", QUERIES)
def test_what_readers_type_leads_to_the_right_page(page: Page, base: str, group: str) -> None:
    found = {query["ask"]: find_pages(page, base, query["ask"])[:4] for query in QUERIES[group]}
    missed = {query["ask"]: found[query["ask"]] for query in QUERIES[group] if not is_found(found[query["ask"]], query["right"])}
    assert len(missed) <= MOST_MISSED[group], missed


def test_every_right_page_is_on_the_site(site: Path) -> None:
    pages = {page.split("#")[0] for group in QUERIES.values() for query in group for page in query["right"]}
    lost = {page for page in pages if not (site / page / "index.html").is_file()}
    assert lost <= {"data/", "report/"}


def test_there_are_a_hundred_queries_and_thirty_that_nothing_was_made_for() -> None:
    assert len(QUERIES["review"] + QUERIES["own"]) >= 100
    assert len(QUERIES["unseen"]) >= 30
