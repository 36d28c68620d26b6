"""The search in a browser: what is typed is found where it stands, narrowed down, kept in the address, and stays text."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from dossier.loading import read_dossier
from dossier.model import Dossier
from dossier.model.quotations.capture import fold_words
from dossier.model.site.facets import group_by_facet
from support.browsing import serve_folder
from support.built_site import read_search_fragments
from support.dossiers import ROOT, make_example, run_mkdocs
from support.reading_pages import CLAIM, NOTES

MOST_BYTES = 300_000
RESULTS = ".results h3 a"
SAID = ".search-count"

pytestmark = [pytest.mark.browser, pytest.mark.site]


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return read_dossier(ROOT).only_published()


def test_a_word_that_stands_only_in_a_note_lands_on_the_note(page: Page, base: str, site: Path) -> None:
    word, address = only_in_a_note(site)
    search(page, base, word)
    page.locator(RESULTS).first.click()
    page.wait_for_url(f"**/{address}")
    assert page.locator(":target").get_attribute("id") == address.split("#")[1]


def test_the_box_in_the_head_leads_to_the_results(page: Page, base: str) -> None:
    page.goto(base + "claims/")
    page.get_by_role("searchbox", name="Search").fill("whatsapp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=whatsapp")
    expect(page.locator(SAID)).to_contain_text("for “whatsapp”")


def test_on_a_phone_a_link_in_the_head_leads_to_the_search(page: Page, base: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(base + "claims/")
    page.get_by_role("link", name="Search").click()
    page.wait_for_url("**/search/")


def test_nothing_is_fetched_before_the_first_keystroke_and_little_after(fresh_page: Page, base: str, site: Path) -> None:
    asked: list[str] = []
    fresh_page.context.on("request", lambda request: asked.append(request.url.removeprefix(base).split("?")[0]))
    fresh_page.goto(base + "search/")
    fresh_page.wait_for_load_state("networkidle")
    assert [path for path in asked if path.startswith("pagefind/")] == []
    asked.clear()
    fresh_page.locator("#search-field").press_sequentially("whatsapp")
    fresh_page.locator(RESULTS).first.wait_for()
    fresh_page.wait_for_load_state("networkidle")
    sizes = [len(gzip.compress((site / path).read_bytes())) for path in asked]
    assert len(sizes) > 5
    assert sum(sizes) < MOST_BYTES


def test_counts_agree_with_the_dossier(page: Page, base: str, dossier: Dossier) -> None:
    page.goto(base + "search/?kind=claim")
    expect(page.locator(SAID)).to_have_text(f"{len(dossier.claims)} results, narrowed down")
    verdicts = Counter(claim.verdict for claim in dossier.claims.values())
    assert counts(page, "verdict") == {name: verdicts[name] for name in verdicts}
    notes = sum(1 for _ in dossier.iter_annotations())
    assert counts(page, "kind")["note"] == notes  # what else there is, not what is left


def test_narrowing_leaves_what_the_count_said(page: Page, base: str, dossier: Dossier) -> None:
    search(page, base, "whatsapp")
    kinds = counts(page, "kind")
    page.locator("input[name=kind][value=claim]").check()
    expect(page.locator(SAID)).to_have_text(f"{kinds['claim']} results for “whatsapp”, narrowed down")
    page.locator("input[name=kind][value=note]").check()
    expect(page.locator(SAID)).to_contain_text(f"{kinds['claim'] + kinds['note']} results")


@pytest.mark.parametrize("facet", ["verdict", "topic", "year"])
def test_an_index_page_and_its_facet_hold_the_same(page: Page, base: str, dossier: Dossier, facet: str) -> None:
    shared, shelf = next((shared, shelf) for shared, shelf in group_by_facet(dossier).items() if shared.facet == facet)
    page.goto(f"{base}search/?{facet}={shared.value}")
    expect(page.locator(SAID)).to_have_text(f"{len(shelf)} {'result' if len(shelf) == 1 else 'results'}, narrowed down")


def test_what_is_asked_for_stands_in_the_address_and_comes_back(page: Page, base: str) -> None:
    search(page, base, "whatsapp")
    for name in ("kind=claim", "kind=note", "verdict=imprecise"):
        facet, value = name.split("=")
        page.locator(f"input[name={facet}][value={value}]").check()
    page.wait_for_url("**/search/?q=whatsapp&kind=note&kind=claim&verdict=imprecise")
    expect(page.locator(".results")).to_have_attribute("aria-busy", "false")
    said = page.locator(SAID).inner_text()
    page.locator(RESULTS).first.click()
    page.go_back()
    expect(page.locator(SAID)).to_have_text(said)
    assert page.locator("#search-field").input_value() == "whatsapp"
    checked = page.locator(".facets input:checked").evaluate_all("all => all.map(box => box.value)")
    assert sorted(checked) == ["claim", "imprecise", "note"]


def test_the_keyboard_walks_from_the_field_through_the_results_and_back(page: Page, base: str) -> None:
    search(page, base, "whatsapp")
    assert focused(page) == "search-field"
    seen = []
    for key in ("ArrowDown", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
        seen.append(focused(page))
    links = page.locator(RESULTS).evaluate_all("all => all.map(link => link.textContent)")
    assert seen == [links[0], links[1], links[0]]
    page.keyboard.press("Escape")
    assert focused(page) == "search-field"


def test_more_is_shown_when_asked_and_focus_goes_there(page: Page, base: str) -> None:
    search(page, base, "facebook")
    assert page.locator(RESULTS).count() == 10
    page.get_by_role("button", name="Show more").click()
    expect(page.locator(RESULTS)).to_have_count(20)
    assert focused(page) == page.locator(RESULTS).nth(10).inner_text()


def test_nothing_found_is_said(page: Page, base: str) -> None:
    page.goto(base + "search/?q=qwkjplugh")
    expect(page.locator(SAID)).to_have_text("No results for “qwkjplugh”")


def test_without_its_index_the_search_says_so(page: Page, base: str) -> None:
    page.route("**/pagefind/**", lambda route: route.abort())
    page.goto(base + "search/?q=whatsapp")
    expect(page.locator(SAID)).to_contain_text("could not be loaded")


def test_the_search_runs_under_a_policy_that_forbids_scripts_in_the_page(page: Page, base: str) -> None:
    rules = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'"

    def guarded(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "Content-Security-Policy": rules})

    page.route("**/*", guarded)
    search(page, base, "whatsapp")
    assert page.locator(RESULTS).count() == 10


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the example, with HTML typed into statement, summary, explanation and note."""
    root = make_example(tmp_path_factory.mktemp("hostile") / "example")
    typed = '"xyzzy <img src=x onerror=alert(1)> <script>alert(2)</script> &lt;b&gt;"'
    for file, old in [
        (CLAIM, "The ferry carried 4,120 passengers in April 2024."),
        (CLAIM, "4,120 tickets were counted."),
        (NOTES, "No count of 2019 was found."),
    ]:
        text = (root / file).read_text(encoding="utf-8")
        (root / file).write_text(text.replace(old, typed), encoding="utf-8")
    run_mkdocs(root, "build")
    yield from serve_folder(root / "site")


def test_what_was_typed_as_html_stays_text(page: Page, hostile: str) -> None:
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    for address in ("", "claims/", "claims/april-record/", "articles/harbour-gazette-2024-05-02/", "topics/counts/"):
        page.goto(hostile + address)
    search(page, hostile, "xyzzy")
    assert page.locator("img[src=x]").count() == 0
    assert "<script>alert(2)</script>" in page.locator(".results").inner_text()
    assert asked == []


def test_without_scripts_lists_lead_to_index_pages_and_these_to_notes(plain: Page, base: str) -> None:
    plain.goto(base + "search/")
    assert plain.locator(".search-columns").is_hidden()
    plain.get_by_role("link", name="Imprecise").click()
    plain.wait_for_url("**/verdicts/imprecise/")
    plain.locator("#quotations ~ ul a").first.click()
    assert plain.locator(":target").get_attribute("role") == "note"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_found_words_can_be_read_in_forced_colours(page: Page, base: str, scheme: str) -> None:
    page.emulate_media(forced_colors="active", color_scheme=scheme)  # type: ignore[arg-type]
    search(page, base, "police")
    colours = page.locator(".results mark").first.evaluate(
        """mark => {
          const pair = e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]
          const system = document.body.appendChild(document.createElement('p'))
          system.style.color = 'MarkText'
          system.style.backgroundColor = 'Mark'
          return [pair(mark), pair(system)]
        }"""
    )
    assert colours[0] == colours[1]


def search(page: Page, base: str, text: str) -> None:
    """Type into the field, and wait for what is found."""
    page.goto(base + "search/")
    page.locator("#search-field").press_sequentially(text)
    page.locator(RESULTS).first.wait_for()
    expect(page.locator(SAID)).to_contain_text(f"“{text}”")


def counts(page: Page, facet: str) -> dict[str, int]:
    """What a facet says would be found, by value."""
    script = "all => all.map(box => [box.value, box.closest('label').querySelector('.number').textContent])"
    return {value: int(number.replace(",", "")) for value, number in page.locator(f"input[name={facet}]").evaluate_all(script)}


def focused(page: Page) -> str:
    """Id or words of what has the focus."""
    return str(page.evaluate("document.activeElement.id || document.activeElement.innerText"))


def only_in_a_note(site: Path) -> tuple[str, str]:
    """A word that one note has and nothing else that can be found, and the note's address."""
    found = {one["url"]: set(fold_words(f"{one['meta']['title']} {one['content']}")) for one in read_search_fragments(site)}
    often = Counter(word[:5] for words in found.values() for word in words)
    for address, words in sorted(found.items()):
        if address.startswith("articles/") and "#" in address:
            for word in sorted(words, key=len, reverse=True):
                if often[word[:5]] == 1 and word.isalpha() and len(word) > 6:
                    return word, address
    raise AssertionError("no word stands in one note only")
