"""Where a record is corrected, in a browser: one quiet word by every entry, for keyboard, finger and without scripts."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from support.browsing import NOTED, get_bounding_boxes

pytestmark = [pytest.mark.browser, pytest.mark.site]
WORD = "details.correct > summary"
LISTS = ["timeline/", "sources/", "parties/", "charts/", "glossary/", NOTED]
SCREEN = 740
"""Height of a phone's screen, in pixels."""


@pytest.mark.parametrize("address", LISTS)
def test_the_word_is_shown_and_can_be_touched_on_a_phone(page: Page, base: str, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": SCREEN})
    page.goto(base + address)
    page.evaluate("for (const note of document.querySelectorAll('.note > details')) note.open = true")
    places = get_bounding_boxes(page, WORD)
    assert len(places) == page.locator(WORD).count() >= 4
    assert [box for box in places if box[0] < 0 or box[2] > 360 or box[2] - box[0] < 24 or box[3] - box[1] < 23.5] == []


@pytest.mark.parametrize("width", [360, 1280])
def test_the_keyboard_reaches_the_word_and_what_is_behind_it(page: Page, base: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(reduced_motion="reduce")
    page.goto(base + NOTED)
    note = page.locator(".note").first
    note.locator("> details > summary").click()
    note.locator(".permalink").focus()
    page.keyboard.press("Tab")
    expect(note.locator(WORD)).to_be_focused()
    behind = note.locator(".correct > p")
    expect(behind).to_be_hidden()
    page.keyboard.press("Enter")
    expect(behind).to_be_visible()
    page.keyboard.press("Tab")
    report = behind.get_by_role("link", name="Report an error")
    expect(report).to_be_focused()
    expect(report).to_have_attribute("href", re.compile("^mailto:desk@dossier.example[?]subject=Error%20in%20articles%2F"))
    [word], [shown] = (
        get_bounding_boxes(page, f".note:has(details[open]) {WORD}"),
        get_bounding_boxes(page, ".note details.correct[open] > p"),
    )
    assert shown[1] >= word[3] - 1
    assert 0 <= shown[0] < shown[2] <= width


def test_notes_make_room_for_what_is_opened(page: Page, base: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(base + NOTED)
    for word in page.locator(f".passage .note > details > summary, .passage .note {WORD}").all()[:8]:
        word.evaluate("word => word.click()")
    page.wait_for_timeout(300)
    notes = sorted((top, bottom) for _, top, _, bottom in get_bounding_boxes(page, ".digest .note"))
    assert [(above, below) for above, below in pairwise(notes) if above[1] > below[0] + 0.5] == []


@pytest.mark.parametrize("address", LISTS)
def test_without_scripts_it_opens_as_well(plain: Page, base: str, address: str) -> None:
    plain.goto(base + address)
    if address == NOTED:
        plain.locator(".note > details > summary").nth(1).click()
    plain.locator(WORD).nth(1).click()
    expect(plain.locator("details.correct[open] > p")).to_contain_text("Report an error")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_reasons_for_a_date_are_shown_to_whoever_follows_the_link(page: Page, base: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": SCREEN})
    page.goto(base + NOTED)
    expect(page.locator("#record")).to_be_hidden()
    page.get_by_role("link", name="inferred").click()
    expect(page.locator("#record")).to_be_visible()


def test_links_to_other_sites_are_marked_and_others_are_not(page: Page, base: str) -> None:
    page.goto(base + "sources/")
    marked = "all => all.map(link => getComputedStyle(link, '::after').content !== 'none')"
    outside = page.locator(".md-content a[href^=http]").evaluate_all(marked)
    inside = page.locator(".md-content a:not([href^=http])").evaluate_all(marked)
    assert min(len(outside), len(inside)) > 50
    assert all(outside)
    assert not any(inside)
