"""The content note: on the first page of a visit and no other, closed with a button; without scripts on the lists only."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

pytestmark = [pytest.mark.site, pytest.mark.browser]

CLAIM, ARTICLE = "claims/drop-to-zero/", "articles/truthtalks/"
BAR = ".notice-once"


@pytest.mark.parametrize("address", [CLAIM, ARTICLE])
def test_it_is_shown_on_the_first_page_of_a_visit_and_not_again(page: Page, base: str, address: str) -> None:
    page.goto(base + address)
    assert page.locator(BAR).is_visible()
    for later in (ARTICLE, CLAIM):
        page.goto(base + later)
        assert not page.locator(BAR).is_visible()


def test_it_is_closed_with_its_button_and_nothing_moves(page: Page, base: str) -> None:
    page.goto(base + CLAIM)
    place = page.locator("#evidence").bounding_box()
    page.locator(BAR).get_by_role("button", name="Close").click()
    assert not page.locator(BAR).is_visible()
    assert page.locator("#evidence").bounding_box() == place


def test_who_saw_it_on_a_list_does_not_see_it_again(page: Page, base: str) -> None:
    page.goto(base + "articles/")
    assert page.locator(".notice").is_visible()
    page.goto(base + ARTICLE)
    assert not page.locator(BAR).is_visible()


def test_without_scripts_it_stands_on_the_lists(plain: Page, base: str) -> None:
    for address in ("articles/", "claims/", "sources/", "timeline/"):
        plain.goto(base + address)
        assert plain.locator(".notice").is_visible()
    plain.goto(base + CLAIM)
    assert not plain.locator(".notice").is_visible()


def test_on_a_phone_it_leaves_most_of_the_screen(page: Page, base: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(base + CLAIM)
    box = page.locator(BAR).bounding_box()
    assert box
    assert box["height"] < 740 / 4
    assert (box["x"], box["width"]) == (0, 360)


@pytest.mark.parametrize("address", ["articles/telegraph-2021-03-26/", ARTICLE, "articles/unattributed-2020-11/"])
def test_on_a_phone_the_first_words_stand_above_it(page: Page, base: str, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(base + address)
    bar = page.locator(BAR).bounding_box()
    assert bar
    first_line = "p => { const r = document.createRange(); r.selectNodeContents(p); return r.getClientRects()[0].bottom }"
    assert page.locator(".digest .prose p").first.evaluate(first_line) < bar["y"]


def test_what_has_the_focus_and_the_end_of_the_page_stand_above_it(page: Page, base: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.emulate_media(reduced_motion="reduce")
    page.goto(base + ARTICLE)
    bar = page.locator(BAR).bounding_box()
    assert bar
    place = "() => document.activeElement.closest('.notice-once') ? 0 : document.activeElement.getBoundingClientRect().bottom"
    stops = []
    for _ in range(40):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(place))
    assert max(stops) > 0
    assert [stop for stop in stops if stop > bar["y"]] == []
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    end = page.locator("footer a").last.bounding_box()
    assert end
    assert end["y"] + end["height"] <= bar["y"]
