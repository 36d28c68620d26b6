"""The search of another dossier, the example: numbers, days, names, questions and slips lead to the right page there too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from support.asking import find_pages, is_found
from support.browsing import serve_folder
from support.dossiers import make_example, run_mkdocs
from support.reading_pages import GAZETTE

CLAIM, EVENT, ARTICLE = "claims/april-record/", "timeline/#count-published", f"articles/{GAZETTE}/"
RIGHT = {
    "4,120": CLAIM,
    "4120": CLAIM,
    "4.12 thousand": CLAIM,
    "is 4,120 true?": CLAIM,
    "how many passengers did the ferry carry": CLAIM,
    "pasengers": CLAIM,
    "passnegers in April": CLAIM,
    "April passengers whale": CLAIM,
    "2 May 2024": EVENT,
    "may 2024": EVENT,
    "2024-05-02": EVENT,
    "harbour gazette": ARTICLE,
    "Harbor Gazette": ARTICLE,
    "billet": "glossary/#ticket",
    "who decides?": "rules/",
    "glossary": "glossary/",
    "supported": "verdicts/supported/",
    "counts": "topics/counts/",
}
"""What readers type, and the page that is right."""

pytestmark = [pytest.mark.browser, pytest.mark.site]


@pytest.fixture(scope="module")
def example_base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the example's site, whose glossary and scale have other words for theirs."""
    root = make_example(tmp_path_factory.mktemp("asked") / "example")
    glossary, scale = root / "annotations/glossary.yml", root / "annotations/verdicts.yml"
    glossary.write_text(glossary.read_text(encoding="utf-8").rstrip() + "\n  aliases: [Billet]\n", encoding="utf-8")
    scale.write_text(
        scale.read_text(encoding="utf-8").replace("label: Incorrect,", 'label: Incorrect, aliases: ["false"],'), encoding="utf-8"
    )
    (root / "docs/rules.md").write_text(
        "---\ntitle: Rules\nsearch: {aliases: [who decides]}\n---\n\n# Rules\n\nThe board.\n", encoding="utf-8"
    )
    run_mkdocs(root, "build")
    yield from serve_folder(root / "site")


def test_what_readers_type_leads_to_the_right_page(page: Page, example_base: str) -> None:
    found = {ask: find_pages(page, example_base, ask) for ask in RIGHT}
    assert {ask: found[ask] for ask, right in RIGHT.items() if not is_found(found[ask], [right])} == {}


def test_a_slip_is_put_right_and_said(page: Page, example_base: str) -> None:
    find_pages(page, example_base, "the pasengers")
    hint = page.locator(".search-meant")
    expect(hint).to_have_text("Did you mean the passengers?")
    hint.get_by_role("link").click()
    page.wait_for_url("**/search/?q=the+passengers")
    expect(page.locator(".search-count")).to_contain_text("“the passengers”")
    expect(hint).to_be_hidden()


def test_words_that_stand_nowhere_are_named(page: Page, example_base: str) -> None:
    find_pages(page, example_base, "ferry xyzzyplugh")
    expect(page.locator(".search-count")).to_contain_text("without “xyzzyplugh”")
    assert find_pages(page, example_base, "xyzzyplugh") == []
    expect(page.locator(".search-count")).to_have_text("No results for “xyzzyplugh”")


def test_a_number_is_marked_in_the_form_of_the_page(page: Page, example_base: str) -> None:
    find_pages(page, example_base, "4120")
    assert "4,120" in page.locator(".results mark").all_inner_texts()


def test_claims_and_articles_come_before_notes_and_notes_before_sources(page: Page, example_base: str) -> None:
    find_pages(page, example_base, "harbour office")
    kinds = [line.split(" · ")[0] for line in page.locator(".results .how").all_inner_texts()]
    assert kinds.index("Claim") < kinds.index("Note") < kinds.index("Source")
