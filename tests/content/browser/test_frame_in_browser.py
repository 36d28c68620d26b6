"""The frame of the real site's pages in a browser: tabs, the menu of narrow screens, fonts, text spacing, print."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from support.browsing import NOTED, add_style_rules, disable_transitions, get_bounding_boxes
from support.inspected_kinds import CLIPPED, SPACING

NARROW = (320, 768, 1219)
"""Widths at which there is a menu; from 1220 px on there are tabs."""

pytestmark = [pytest.mark.browser, pytest.mark.site]


@pytest.mark.parametrize("width", NARROW)
def test_the_menu_is_a_named_button_that_opens_a_flat_list(page: Page, base: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(base + NOTED)
    expect(page.locator(".tabs")).to_be_hidden()
    button = page.get_by_role("button", name="Menu", expanded=False)
    button.click()
    expect(page.get_by_role("button", name="Menu", expanded=True)).to_be_visible()
    shown = page.locator("#site-menu a")
    assert shown.count() >= 20
    assert all(link.is_visible() for link in shown.all())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [box for box in get_bounding_boxes(page, "#site-menu a") if box[3] - box[1] < 24] == []


@pytest.mark.parametrize("width", NARROW)
def test_escape_closes_the_menu_and_the_focus_is_on_its_button_again(page: Page, base: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(base + "claims/")
    button = page.get_by_role("button", name="Menu")
    button.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#site-menu a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(page.locator("#site-menu")).to_be_hidden()


@pytest.mark.parametrize("width", NARROW)
@pytest.mark.parametrize("is_open", [False, True])
def test_no_stop_of_the_keyboard_is_blank(page: Page, base: str, width: int, is_open: bool) -> None:
    """Whatever has the focus can be seen, and nothing lies over it; the menu closes behind whoever leaves it."""
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(reduced_motion="reduce")
    page.goto(base + "claims/")
    disable_transitions(page)
    if is_open:
        page.get_by_role("button", name="Menu").press("Enter")
    blank = []
    for _ in range(45):
        page.keyboard.press("Tab")
        blank += page.evaluate(BLANK)
    assert blank == []
    expect(page.locator("#site-menu")).to_be_hidden()


def test_the_menu_works_without_scripts(plain: Page, base: str) -> None:
    plain.set_viewport_size({"width": 360, "height": 740})
    plain.goto(base + "timeline/")
    expect(plain.locator("#site-menu")).to_be_hidden()
    plain.get_by_role("button", name="Menu").click()
    expect(plain.locator("#site-menu").get_by_role("link", name="Timeline")).to_be_visible()


def test_wide_screens_have_tabs_and_the_pages_of_the_section(page: Page, base: str) -> None:
    page.set_viewport_size({"width": 1220, "height": 800})
    page.goto(base + "compare/")
    expect(page.get_by_role("button", name="Menu")).to_have_count(0)
    tabs = page.locator(".tabs a")
    assert [tab.inner_text() for tab in tabs.all()] == ["Figures", "Articles", "Claims", "Timeline", "About"]
    expect(page.locator(".tabs [aria-current]")).to_have_text("Claims")
    expect(page.locator(".section-line [aria-current=page]")).to_have_text("Side by side")
    assert len({round(box[1]) for box in get_bounding_boxes(page, ".tabs a, .site-name")}) == 1


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_begins_at_the_same_edge(page: Page, base: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    edges = set()
    for address in ("claims/", "timeline/", "method/", "figures/", "records/"):
        page.goto(base + address)
        edges.add(round(get_bounding_boxes(page, "h1")[0][0]))
        assert get_bounding_boxes(page, ".site-name")[0][0] == pytest.approx(edges.copy().pop(), abs=1)
    assert len(edges) == 1


@pytest.mark.parametrize("address", ["", NOTED, "404.html"])
def test_titles_are_set_in_the_sites_own_face(fresh_page: Page, base: str, site: Path, address: str) -> None:
    asked: list[str] = []
    fresh_page.on("request", lambda request: asked.append(request.url))
    fresh_page.goto(base + address)
    fresh_page.wait_for_function("document.fonts.ready")
    faces = fresh_page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family + f.style)")
    assert "Dossiernormal" in [face.replace('"', "") for face in faces]
    assert asked.count(base + "assets/fonts/serif.woff2") == 1
    assert (site / "assets/fonts/OFL.txt").is_file()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("changed", ["spaced", "from right to left"])
def test_the_words_of_a_picture_stay_in_it(page: Page, base: str, changed: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for address in ("", "charts/"):
        page.goto(base + address)
        if changed == "spaced":
            add_style_rules(page, SPACING)
        else:
            page.evaluate("document.documentElement.dir = document.body.dir = 'rtl'")
        pictures = page.locator(".scene:visible").all()
        assert pictures
        assert [words for picture in pictures for words in picture.evaluate(STICKING_OUT)] == []


def test_the_longest_verdict_fits_on_a_small_screen_with_spaced_text(page: Page, base: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(base + "claims/facebook-apps-52-percent/")
    add_style_rules(page, SPACING)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(CLIPPED, 320) == []


def test_paper_has_the_text_and_nothing_of_the_frame(page: Page, base: str) -> None:
    page.emulate_media(media="print")
    page.goto(base + "method/")
    frame = page.locator(".md-header, .tabs, .section-line, .site-menu, .on-this-page, .md-sidebar, .md-footer, .notice-once")
    assert frame.count() > 4
    assert not any(part.is_visible() for part in frame.all())
    expect(page.locator("h1")).to_be_visible()


BLANK = """() => [document.activeElement].filter(e => e !== document.body).filter(e => {
  const box = e.getBoundingClientRect()
  if (box.width <= 1) return false // a skip link before it is shown
  const seen = e.checkVisibility({opacityProperty: true, visibilityProperty: true}) && box.right > 0 && box.left < innerWidth
  const [x, y] = [box.left + Math.min(box.width, 20) / 2, box.top + box.height / 2]
  const over = document.elementFromPoint(x, y)
  return !seen || (y > 0 && y < innerHeight && over && !e.contains(over) && !over.contains(e))
}).map(e => e.outerHTML.slice(0, 120))"""
"""What has the focus and cannot be seen."""
STICKING_OUT = """scene => {
  const around = scene.getBoundingClientRect()
  return [...scene.querySelectorAll('text')].filter(e => {
    const box = e.getBoundingClientRect()
    return box.left < around.left - 4 || box.right > around.right + 4
  }).map(e => e.textContent)
}"""
"""Words of a picture that stand outside it."""
