"""The notes of an article in a browser: closed beside or below their words, opened in place by every way in, and measured."""

from __future__ import annotations

import gzip
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from dossier.loading import read_dossier
from support.browsing import LONGEST, NOTED, add_style_rules, click_link, get_bounding_boxes, is_in_viewport
from support.dossiers import ROOT
from support.reused_pages import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.site]

ARTICLES = tuple(f"articles/{slug}/" for slug in read_dossier(ROOT).only_published().articles)
LINKS_BEFORE = {
    "articles/knowtechie-2021-03/": 215,
    NOTED: 384,
    LONGEST: 665,
    "articles/unattributed-2020-11/": 376,
    "articles/unattributed-2021-03/": 293,
}
"""Links that readers met in the main part of each page when all notes were open."""
DESKTOP, PHONE, TABLET, LARGE = (1280, 800), (360, 740), (768, 900), (1920, 1080)
SCREENS = (DESKTOP, PHONE, TABLET, LARGE)
OPEN = ".note > details[open]"
FIRST_WORDS = """() => {
  const range = document.createRange()
  range.selectNodeContents(document.querySelector('.digest .prose p').firstChild)
  return range.getClientRects()[0].bottom
}"""
TEXT_SHARE = """() => {
  const rows = [...document.querySelectorAll('.digest .passage')]
  const text = rows.reduce((sum, row) => sum + row.firstElementChild.getBoundingClientRect().height, 0)
  return text / (rows.at(-1).getBoundingClientRect().bottom - rows[0].getBoundingClientRect().top)
}"""
DISTANCES = """() => [...document.querySelectorAll('.digest .note[id]')].map(note => {
  const words = document.getElementById(`ref-${note.id}`)
  return note.getBoundingClientRect().top - words.getBoundingClientRect().top
})"""
SHOWN_LINKS = "() => [...document.querySelectorAll('article a[href]')].filter(a => a.checkVisibility()).length"
MEASURES = {
    "first words": FIRST_WORDS,
    "scrolled": "scrollY",
    "share of text": TEXT_SHARE,
    "distances": DISTANCES,
    "links": SHOWN_LINKS,
}


class Measured(NamedTuple):
    """An article, and by screen what `MEASURES` come to."""

    address: str
    screens: dict[tuple[int, int], dict[str, Any]]


def opened(page: Page, address: str, size: tuple[int, int] = DESKTOP) -> Page:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(reduced_motion="reduce")
    page.goto(address)
    page.wait_for_timeout(100)
    return page


def note_of(page: Page, words: Locator) -> Locator:
    return page.locator(f".note[id='{(words.get_attribute('href') or '')[1:]}']")


# Text first


@pytest.fixture(scope="module", params=ARTICLES)
def measured(browser: Browser, base: str, request: pytest.FixtureRequest) -> Measured:
    """What is measured of an article on each screen, on which it is opened once."""
    visit = OpenPage(browser, viewport={"width": DESKTOP[0], "height": DESKTOP[1]})
    screens = {}
    for size in SCREENS:
        visit.wipe()
        opened(visit.page, base + request.param, size)
        screens[size] = {name: visit.page.evaluate(script) for name, script in MEASURES.items()}
    visit.context.close()
    return Measured(request.param, screens)


@pytest.mark.parametrize(("size", "limit"), [(DESKTOP, 420), (PHONE, PHONE[1])])
def test_the_first_words_of_the_summary_are_on_the_first_screen(measured: Measured, size: tuple[int, int], limit: int) -> None:
    assert measured.screens[size]["first words"] <= limit
    assert measured.screens[size]["scrolled"] == 0


@pytest.mark.parametrize("size", [DESKTOP, LARGE])
def test_the_text_column_is_text(measured: Measured, size: tuple[int, int]) -> None:
    assert measured.screens[size]["share of text"] >= 0.7


@pytest.mark.parametrize("size", SCREENS)
def test_no_note_is_further_than_a_screen_from_its_words(measured: Measured, size: tuple[int, int]) -> None:
    distances = measured.screens[size]["distances"]
    assert len(distances) >= 15
    assert [distance for distance in distances if not -30 <= distance <= size[1]] == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_readers_meet_a_third_of_the_links_that_there_were(measured: Measured, size: tuple[int, int]) -> None:
    assert measured.screens[size]["links"] <= LINKS_BEFORE[measured.address] / 3


@pytest.mark.parametrize("address", [NOTED, LONGEST])
def test_an_article_page_is_under_200_kilobytes_in_all(fresh_page: Page, base: str, site: Path, address: str) -> None:
    asked: set[str] = set()
    fresh_page.on("request", lambda request: asked.add(urlsplit(request.url).path))
    opened(fresh_page, base + address)
    fresh_page.wait_for_timeout(300)
    files = [site / path.strip("/") for path in asked]
    sizes = [len(gzip.compress((file / "index.html" if file.is_dir() else file).read_bytes())) for file in files]
    assert len(sizes) >= 4
    assert sum(sizes) < 200_000


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_a_closed_note_is_one_line(page: Page, base: str, size: tuple[int, int]) -> None:
    opened(page, base + LONGEST, size)
    assert page.locator(OPEN).count() == 0
    lines = get_bounding_boxes(page, ".note[id] > details > summary")
    assert len(lines) >= 50
    assert [bottom - top for _, top, _, bottom in lines if not 24 <= bottom - top <= 30] == []
    for head in page.locator(".note[id] .note-head").all()[::10]:
        assert head.locator(".verdict-word").is_visible()
        said = head.locator("q" if size == PHONE and head.locator("q").count() else ".note-gist")
        assert said.is_visible()
        assert (said.text_content() or "").strip()


def test_notes_on_a_phone_stand_below_their_paragraph_in_a_size_to_read(page: Page, base: str) -> None:
    opened(page, base + NOTED, PHONE)
    sizes = page.locator(".note-head").evaluate_all("all => all.map(e => parseFloat(getComputedStyle(e).fontSize))")
    assert min(sizes) >= 15
    for passage in page.locator(".digest .passage:has(.notes)").all():
        text, notes = passage.locator(".prose").bounding_box(), passage.locator(".notes").bounding_box()
        assert text
        assert notes
        assert 0 <= notes["y"] - (text["y"] + text["height"]) <= 24


def test_the_order_of_the_keyboard_is_the_order_of_the_page(page: Page, base: str) -> None:
    opened(page, base + NOTED, PHONE)
    shown = "article :is(a[href], summary, button, input):not(.notice *)"
    tops = page.locator(shown).evaluate_all(
        "all => all.filter(e => e.checkVisibility()).map(e => Math.round(e.getClientRects()[0].top / 40))"
    )
    assert len(tops) > 90
    assert [(one, other) for one, other in pairwise(tops) if other < one - 1] == []


def test_what_the_underlines_mean_is_shown_at_the_head(page: Page, base: str) -> None:
    style = "e => getComputedStyle(e).textDecorationStyle + getComputedStyle(e).textDecorationColor"
    opened(page, base + NOTED)
    keys = page.locator(".tally .ref-key").evaluate_all(f"all => all.map({style})")
    assert {page.locator("a.ref").nth(number).evaluate(style) for number in range(10)} <= set(keys)
    expect(page.locator(".tally").get_by_text("Imprecise")).to_be_in_viewport()


def test_the_name_of_words_ends_with_their_verdict(page: Page, base: str) -> None:
    opened(page, base + NOTED)
    for number, name in ((0, "“more than half”, Imprecise"), (2, "“Police recorded”, Supported, with a limit")):
        assert page.locator("a.ref[id]").nth(number).aria_snapshot().startswith(f'- link "{name}"')
    headings = page.locator(".digest").get_by_role("heading", level=3)
    assert headings.count() == page.locator(".digest .note").count()


# Opening in place


def test_a_click_on_a_note_opens_it_and_the_next_closes_it(page: Page, base: str) -> None:
    opened(page, base + NOTED)
    note = page.locator(".note[id]").nth(4)
    note.locator("> details > summary").click()
    page.mouse.move(2, 2)
    page.wait_for_timeout(300)
    expect(note.locator(".note-body")).to_be_visible()
    expect(note.locator(".note-gist")).to_be_hidden()
    note.locator("> details > summary").click()
    page.mouse.move(2, 2)
    page.wait_for_timeout(300)
    expect(note.locator(".note-body")).to_be_hidden()


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_a_click_on_words_opens_their_note_without_moving_the_page_more_than_needed(
    page: Page, base: str, size: tuple[int, int]
) -> None:
    opened(page, base + NOTED, size)
    words = page.locator("a.ref[id]").nth(2)
    words.evaluate("e => scrollTo(0, e.getBoundingClientRect().top + scrollY - innerHeight / 3)")
    before = page.evaluate("scrollY")
    click_link(words)
    page.mouse.move(2, 2)
    page.wait_for_timeout(300)
    note = note_of(page, words)
    assert page.evaluate("document.querySelector(':target').id") == note.get_attribute("id")
    expect(note.locator(".note-body")).to_be_visible()
    expect(note.locator("> details > summary")).to_be_focused()
    assert is_in_viewport(page, note.bounding_box())
    assert is_in_viewport(page, words.bounding_box())
    assert abs(page.evaluate("scrollY") - before) < size[1] / 2


def test_a_pointer_that_rests_on_words_opens_their_note_and_moves_nothing(page: Page, base: str) -> None:
    opened(page, base + NOTED)
    words, note = page.locator("a.ref[id]").nth(2), page.locator(".note[id]").nth(2)
    others = get_bounding_boxes(page, ".note[id] > details > summary, .digest .prose, #takeaways")
    words.hover()
    expect(note.locator(".note-body")).to_be_visible()
    page.wait_for_timeout(200)
    assert get_bounding_boxes(page, ".note[id] > details > summary, .digest .prose, #takeaways") == others
    note.locator(".note-body").hover()
    page.wait_for_timeout(400)
    expect(note.locator(".note-body")).to_be_visible()
    page.mouse.move(2, 2)
    expect(note.locator(".note-body")).to_be_hidden()


def test_a_pointer_on_its_way_opens_nothing(page: Page, base: str) -> None:
    opened(page, base + NOTED)
    page.locator("a.ref[id]").nth(2).hover()
    page.mouse.move(2, 2)
    page.wait_for_timeout(400)
    assert page.locator(OPEN).count() == 0


def test_a_click_keeps_a_note_open_that_was_only_looked_at(page: Page, base: str) -> None:
    opened(page, base + NOTED)
    note = page.locator(".note[id]").nth(2)
    note.locator("> details > summary").hover()
    expect(note.locator(".note-body")).to_be_visible()
    note.locator("> details > summary").click()
    page.mouse.move(2, 2)
    page.wait_for_timeout(400)
    expect(note.locator(".note-body")).to_be_visible()


def test_the_focus_on_words_opens_their_note_and_escape_closes_it(page: Page, base: str) -> None:
    opened(page, base + NOTED)
    page.locator(".note-switch button").focus()
    page.keyboard.press("Tab")
    first = page.locator("a.ref[id]").first
    expect(first).to_be_focused()
    expect(note_of(page, first).locator(".note-body")).to_be_visible()
    page.keyboard.press("Escape")
    expect(note_of(page, first).locator(".note-body")).to_be_hidden()
    expect(first).to_be_focused()
    page.keyboard.press("Tab")
    expect(note_of(page, page.locator("a.ref[id]").nth(1)).locator(".note-body")).to_be_visible()
    assert page.locator(OPEN).count() == 1


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_an_address_opens_its_note(page: Page, base: str, size: tuple[int, int]) -> None:
    opened(page, base + NOTED + "#no-place", size)
    note = page.locator("#no-place")
    expect(note.locator(".note-body")).to_be_visible()
    assert is_in_viewport(page, note.locator(".note-head").bounding_box())
    page.evaluate("location.hash = '#police-recorded'")
    expect(page.locator("#police-recorded .note-body")).to_be_visible()
    expect(note.locator(".note-body")).to_be_hidden()


def test_the_keyboard_goes_on_at_the_note_after_a_source_was_read(page: Page, base: str) -> None:
    page.goto(f"{base}articles/telegraph-2021-03-26/")
    page.locator("a.ref[href='#headline-more-than-half']").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#headline-more-than-half summary").first).to_be_focused()
    source = page.locator("#headline-more-than-half a[href*='sources/']").first
    source.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Sources")
    page.go_back()
    expect(page.locator("#headline-more-than-half summary").first).to_be_focused()
    expect(page.locator("#headline-more-than-half")).to_be_in_viewport()


def test_keys_lead_from_note_to_note_and_only_from_a_note(page: Page, base: str) -> None:
    opened(page, base + NOTED)
    order = page.locator(".note[id]").evaluate_all("all => all.map(e => e.id)")
    page.keyboard.press("j")
    assert page.locator(OPEN).count() == 0
    page.locator(".note[id] > details > summary").first.focus()
    for name in (*order[1:], *order[-2::-1]):
        page.keyboard.press("j" if order.index(name) > order.index(page.evaluate(FOCUSED)) else "k")
        assert page.evaluate(FOCUSED) == name
        expect(page.locator(f"#{name} .note-body")).to_be_visible()
        assert is_in_viewport(page, page.locator(f"#{name} .note-head").bounding_box())
    assert page.locator(OPEN).count() == 1


def test_the_neighbours_of_a_note_stand_in_it_when_it_is_open(page: Page, base: str) -> None:
    opened(page, base + NOTED)
    assert page.locator("[data-way]").count() == 0
    order = page.locator(".note[id]").evaluate_all("all => all.map(e => e.id)")
    page.goto(base + NOTED + f"#{order[0]}")
    for way, names in (("after", order[1:]), ("before", order[-2::-1])):
        for name in names:
            page.locator(f":target [data-way={way}]").click()
            assert page.evaluate("document.querySelector(':target').id") == name
            assert is_in_viewport(page, page.locator(":target .note-head").bounding_box())


@pytest.mark.parametrize("size", [DESKTOP, (320, 740)])
def test_what_stands_in_an_open_note_can_be_touched(page: Page, base: str, size: tuple[int, int]) -> None:
    opened(page, base + NOTED + "#police-recorded", size)
    targets = get_bounding_boxes(page, "#police-recorded .note-ways :is(a.permalink, a[data-way], summary)")
    assert len(targets) == 4
    assert [box for box in targets if box[3] - box[1] < 23.5 or box[2] - box[0] < 24] == []


def test_all_notes_open_and_close_at_once_and_stay_near_their_words(page: Page, base: str) -> None:
    opened(page, base + LONGEST)
    button, count = page.locator(".note-switch button"), page.locator(".note[id]").count()
    button.click()
    page.wait_for_timeout(200)
    expect(button).to_have_text("Close all")
    assert page.locator(".note[id] > details[open]").count() == count
    for note in page.locator(".digest .note").all()[::12]:
        note.evaluate("e => scrollTo(0, e.getBoundingClientRect().top + scrollY - innerHeight / 3)")
        words = page.locator(f"[id='ref-{note.get_attribute('id')}']")
        assert is_in_viewport(page, words.bounding_box())
    button.click()
    assert page.locator(OPEN).count() == 0


def test_an_open_note_pushes_the_notes_below_it_and_no_text(page: Page, base: str) -> None:
    opened(page, base + NOTED)
    texts = get_bounding_boxes(page, ".digest .prose")
    page.locator(".note[id] > details > summary").nth(5).click()
    page.wait_for_timeout(200)
    assert get_bounding_boxes(page, ".digest .prose") == texts
    add_style_rules(page, ".note-body { min-block-size: 50rem }")
    page.wait_for_timeout(200)
    last, following = page.locator(".digest .note").last.bounding_box(), page.locator("#takeaways").bounding_box()
    assert last
    assert following
    assert following["y"] >= last["y"] + last["height"]


def test_without_scripts_a_note_opens_by_click_and_by_its_address(plain: Page, base: str) -> None:
    page = plain
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(base + NOTED)
    note = page.locator(".note[id]").nth(3)
    expect(note.locator(".note-body")).to_be_hidden()
    note.locator("> details > summary").click()
    expect(note.locator(".note-body")).to_be_visible()
    words = page.locator("a.ref[id]").nth(6)
    click_link(words)
    expect(note_of(page, words).locator(".note-body")).to_be_visible()


@pytest.mark.parametrize("address", ARTICLES)
def test_the_summary_begins_on_the_first_sheet_of_paper(page: Page, base: str, address: str) -> None:
    opened(page, base + address, A4)
    page.emulate_media(media="print")
    assert page.evaluate(FIRST_WORDS) < A4[1] / 2
    [hidden] = get_bounding_boxes(page, "#record")
    assert hidden[1] > A4[1]


A4 = (680, 990)
"""What a sheet of paper has within its margins, in pixels of style."""
FOCUSED = "document.activeElement.closest('.note').id"
