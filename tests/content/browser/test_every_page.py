"""The real site in a browser: nothing fails, nothing overflows, every note is reached by keyboard, by link and by search."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
from playwright.sync_api import Page

from dossier.loading import read_dossier
from dossier.model import Dossier
from dossier.model.quotations.capture import fold_words
from support.browsing import (
    KINDS,
    LONGEST,
    NOTED,
    click_link,
    get_bounding_boxes,
    is_in_viewport,
    is_overlapping,
)
from support.dossiers import ROOT
from support.reading_pages import parse, words

NOTE = ".digest .note"

pytestmark = [pytest.mark.browser, pytest.mark.site]
each_kind = pytest.mark.parametrize("kind", KINDS)


# Room


@pytest.mark.parametrize(("scheme", "name"), [("light", "default"), ("dark", "slate")])
def test_the_scheme_is_the_readers(page: Page, base: str, scheme: str, name: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(base + NOTED)
    assert page.locator("body").get_attribute("data-md-color-scheme") == name
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == {"light": PAPER, "dark": NIGHT}[scheme]


@pytest.mark.parametrize("width", [1280, 1920])
@pytest.mark.parametrize("address", [NOTED, LONGEST])
def test_notes_stand_beside_the_digest_and_overlap_nothing(page: Page, base: str, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(base + address)
    notes, texts = get_bounding_boxes(page, NOTE), get_bounding_boxes(page, ".digest .prose")
    assert len(notes) >= 5
    assert min(left for left, *_ in notes) >= max(right for _, _, right, _ in texts)
    assert not [pair for pair in combinations(notes, 2) if is_overlapping(*pair)]


@pytest.mark.parametrize("width", [1280, 1920])
def test_notes_overlap_nothing_while_the_page_is_scrolled(page: Page, base: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(base + NOTED)
    for place in range(0, page.evaluate("document.documentElement.scrollHeight"), 400):
        page.evaluate("place => window.scrollTo({top: place, behavior: 'instant'})", place)
        shown = get_bounding_boxes(page, f"{NOTE}, .digest .prose, .further .note, .map-box, .source-list")
        assert not [pair for pair in combinations(shown, 2) if is_overlapping(*pair)]


def test_notes_follow_their_paragraph_on_a_phone(page: Page, base: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(base + NOTED)
    for passage in page.locator(".digest .passage:has(.notes)").all():
        text, notes = passage.locator(".prose").bounding_box(), passage.locator(".notes").bounding_box()
        assert text
        assert notes
        assert notes["y"] >= text["y"] + text["height"]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("address", [NOTED, LONGEST])
def test_the_marks_of_the_map_can_be_touched(page: Page, base: str, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(base + address)
    marks = get_bounding_boxes(page, ".map-notes a")
    assert len(marks) >= 15
    assert [box for box in marks if box[2] - box[0] < 24 or box[3] - box[1] < 24] == []
    assert not [pair for pair in combinations(marks, 2) if is_overlapping(*pair)]


def test_the_digest_is_set_in_a_size_to_read(page: Page, base: str) -> None:
    page.goto(base + NOTED)
    sizes = page.locator(".digest .prose p").evaluate_all("all => all.map(e => parseFloat(getComputedStyle(e).fontSize))")
    assert 18 <= min(sizes) == max(sizes) <= 20


# Ways to a note


def test_tab_reaches_every_link_of_every_note(page: Page, base: str) -> None:
    page.goto(base + NOTED)
    page.evaluate("for (const behind of document.querySelectorAll('.note details')) behind.open = true")
    page.wait_for_timeout(200)
    sought = Counter(page.evaluate(f"[...document.querySelectorAll('.note a, .ref')].map({PATH})"))
    assert len(sought) > 50
    reached: Counter[str] = Counter()
    for _ in range(page.locator("a, button, input, label, summary, [tabindex]").count() + 20):
        page.keyboard.press("Tab")
        reached[page.evaluate(f"({PATH})(document.activeElement)")] += 1
    assert sorted(sought - reached) == []


def test_the_focus_can_be_seen(page: Page, base: str) -> None:
    page.goto(base + NOTED)
    page.locator(f"{NOTE} summary").first.focus()
    page.keyboard.press("Tab")
    style = page.evaluate("(s => [s.outlineStyle, parseFloat(s.outlineWidth)])(getComputedStyle(document.activeElement))")
    assert style[0] != "none"
    assert style[1] >= 2


@pytest.mark.parametrize("width", [360, 1280])
def test_words_lead_to_their_note_and_the_note_leads_back(page: Page, base: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(reduced_motion="reduce")
    page.goto(base + NOTED)
    for link in page.locator("a.ref[id]").all()[-3:]:
        click_link(link)
        note = page.locator(":target")
        assert note.get_attribute("role") == "note"
        assert is_in_viewport(page, note.locator(".note-head").bounding_box())
        click_link(note.locator("[role=doc-backlink]"))
        assert page.evaluate("document.querySelector(':target').id") == link.get_attribute("id")
        assert is_in_viewport(page, page.locator(":target").bounding_box())


def test_a_quotation_on_a_claims_page_lands_on_its_note(page: Page, base: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(base + "claims/facebook-apps-52-percent/")
    click_link(page.locator(".quotations blockquote a").last)
    page.wait_for_url("**/articles/**")
    assert page.locator(":target").get_attribute("role") == "note"
    assert is_in_viewport(page, page.locator(":target .note-head").bounding_box())


# Without scripts


@each_kind
def test_a_page_is_complete_without_scripts(plain: Page, base: str, site: Path, kind: str) -> None:
    plain.goto(base + KINDS[kind])
    file = site / KINDS[kind].partition("?")[0]
    html = (file if file.suffix else file / "index.html").read_text(encoding="utf-8")
    told = fold_words(words(parse(html).find(".//article")))
    assert len(told) >= 3
    assert "".join(told) == "".join(fold_words(plain.locator("article").text_content() or ""))
    assert plain.locator("article h1").is_visible()


def test_every_note_claim_and_tab_can_be_seen_without_scripts(plain: Page, base: str, dossier: Dossier) -> None:
    plain.set_viewport_size({"width": 1280, "height": 900})
    plain.goto(base + NOTED)
    notes = plain.locator(".note").all()
    assert len(notes) == len(dossier.annotations[NOTED.split("/")[1]])
    assert all(note.is_visible() and (note.bounding_box() or {}).get("height", 0) > 20 for note in notes)
    assert all(note.locator(".note-gist, q").first.is_visible() for note in notes)
    assert all(tab.is_visible() for tab in plain.locator(".tabs a").all())


# What the tests above ask with

PAPER, NIGHT = "rgb(255, 253, 249)", "rgb(21, 24, 27)"
PATH = "e => (e.closest('.note') || {}).id + ' ' + (e.id || '') + ' ' + (e.getAttribute('href') || e.tagName)"


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return read_dossier(ROOT).only_published()
