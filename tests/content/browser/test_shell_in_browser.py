"""What all pages of the real site have in common, in a browser: their policy, their weight, their modes, and the front page."""

from __future__ import annotations

import gzip
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from support.browsing import KINDS, LONGEST, NOTED, disable_transitions
from support.reading_pages import parse

WHOLE = 200 * 1024
"""Bytes, compressed, that an article's page may transfer in all."""
OURS = 20 * 1024
"""Bytes of them that may be style and script of our own."""

pytestmark = [pytest.mark.browser, pytest.mark.site]


def test_every_page_has_a_policy_without_unsafe_inline_scripts(site: Path) -> None:
    pages = [parse(file.read_text(encoding="utf-8")) for file in site.rglob("*.html")]
    policies = [page.find(".//meta[@http-equiv='Content-Security-Policy']") for page in pages]
    assert len(policies) > 70
    for policy in policies:
        assert policy is not None
        [scripts] = [rule for rule in (policy.get("content") or "").split(";") if rule.strip().startswith("script-src ")]
        assert "unsafe-inline" not in scripts
        assert "unsafe-eval'" not in scripts.replace("wasm-unsafe-eval", "")


def test_a_script_that_was_smuggled_into_a_page_does_not_run(page: Page, base: str, site: Path) -> None:
    def smuggled(html: str) -> str:
        return html.replace("</article>", "<script>window.smuggled = 1</script><img src=x onerror='smuggled = 1'></article>")

    page.route(f"{base}{NOTED}", lambda route: route.fulfill(body=smuggled((site / NOTED / "index.html").read_text("utf-8"))))
    page.goto(base + NOTED)
    assert page.locator("img[src=x]").count() == 1
    assert page.evaluate("window.smuggled") is None
    assert page.evaluate("typeof __md_scope") == "object"


@pytest.mark.parametrize("address", [NOTED, LONGEST])
def test_an_article_weighs_little(fresh_page: Page, base: str, site: Path, address: str) -> None:
    asked: list[str] = []
    fresh_page.on("request", lambda request: asked.append(urlsplit(request.url).path.lstrip("/")))
    fresh_page.goto(base + address)
    fresh_page.wait_for_load_state("networkidle")
    weights = {path: weight(site, path) for path in asked}
    assert sum(weights.values()) < WHOLE
    assert sum(size for path, size in weights.items() if path.startswith("assets/dossier.")) < OURS


@pytest.mark.parametrize("width", [360, 1000])
def test_what_has_the_focus_is_never_off_the_screen(page: Page, base: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(base + "help/")
    disable_transitions(page)
    lost = []
    for _ in range(40):
        page.keyboard.press("Tab")
        lost += page.evaluate(ASIDE)
    assert lost == []


@pytest.mark.parametrize("address", ["", NOTED, KINDS["claim"], "timeline/"])
def test_paper_is_white_whatever_the_scheme(page: Page, base: str, address: str) -> None:
    page.emulate_media(color_scheme="dark", media="print")
    page.goto(base + address)
    assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--paper')") == "white"
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(29, 28, 26)"
    assert not page.locator(".md-header").first.is_visible()


def test_notes_are_printed(page: Page, base: str) -> None:
    page.emulate_media(media="print")
    page.goto(base + NOTED)
    notes = page.locator(".note").all()
    assert len(notes) > 10
    assert all(note.is_visible() for note in notes)


@pytest.mark.parametrize(("width", "height", "number"), [(1280, 800, 5), (360, 740, 2)])
def test_the_front_page_begins_with_its_sentence_and_headlines_with_verdicts(
    page: Page, base: str, width: int, height: int, number: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(base)
    for part in (page.locator("h1"), *page.locator(".headline").all()[:number]):
        box = part.bounding_box()
        assert box
        assert box["y"] + box["height"] <= height
    assert page.locator(".headlines li").count() == 6
    assert page.locator(".headlines li:has(.headline a.ref):has(.verdict)").count() == 6


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_words_of_a_headline_lead_to_their_note(page: Page, base: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(base)
    words = page.locator(".headline a.ref").nth(1)
    assert words.evaluate("link => getComputedStyle(link).textDecorationStyle") == "dashed"
    words.click()
    assert page.url.endswith("articles/telegraph-2021-03-26/#headline-more-than-half")


@pytest.mark.parametrize(("width", "are_cards"), [(360, True), (768, True), (1280, False), (1920, False)])
def test_the_table_of_what_was_kept_is_a_table_or_cards_and_never_wider_than_the_page(
    page: Page, base: str, width: int, are_cards: bool
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(base)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(".kept-table thead").is_visible() is not are_cards
    assert page.locator(".kept-part").first.is_visible() is are_cards
    assert page.locator("td.kept-none").count() == page.locator(".kept-table tbody tr").count() == 5


def test_the_front_page_has_its_findings(page: Page, base: str) -> None:
    page.goto(base)
    assert page.locator(".findings li").count() == 6


def test_the_front_page_leads_in_by_article_topic_and_date(page: Page, base: str) -> None:
    page.goto(base)
    ways = page.locator(".ways section")
    kinds = [section.locator("a").first.get_attribute("href") or "" for section in ways.all()]
    assert [kind.split("/")[1] for kind in kinds] == ["articles", "topics", "timeline"]


def test_a_page_that_is_not_there_offers_every_way_in(plain: Page, base: str, site: Path) -> None:
    plain.goto(base + "404.html")
    links = plain.locator("article a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert {"/articles/", "/claims/", "/timeline/", "/compare/"} <= set(links)
    assert [link for link in links if not (site / link.strip("/") / "index.html").exists()] == []
    assert plain.locator("article form[role=search] input[name=q]").is_visible()


def test_the_mark_of_the_site_is_there(page: Page, base: str, site: Path) -> None:
    page.goto(base + NOTED)
    icon = page.locator("link[rel=icon]").evaluate("link => link.href")
    assert icon == base + "assets/favicon.svg"
    assert (site / "assets/favicon.svg").read_bytes().startswith(b"<svg")


ASIDE = """() => [document.activeElement].filter(e => {
  const box = e.getBoundingClientRect()
  return e !== document.body && box.width > 1 && (box.right <= 0 || box.left >= innerWidth)
}).map(e => e.outerHTML.slice(0, 120))"""
"""What has the focus and cannot be seen, if so."""


def weight(site: Path, path: str) -> int:
    """Bytes of a file of the site, compressed as servers do."""
    file = site / path
    return len(gzip.compress((file / "index.html" if file.is_dir() else file).read_bytes()))
