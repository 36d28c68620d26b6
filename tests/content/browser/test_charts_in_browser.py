"""Charts in a browser: drawn to scale at every width, legible, beside or above their table, and there without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from support.browsing import get_bounding_boxes

pytestmark = [pytest.mark.browser, pytest.mark.site]

PAGES = ("charts/", "figures/", "claims/breakdown-by-service/")
WIDTHS = (320, 360, 768, 1280)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("address", PAGES)
def test_a_page_with_charts_is_no_wider_than_the_screen(page: Page, base: str, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(base + address)
    assert page.locator("figure.chart").count() >= 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_parts_are_as_long_as_their_share_of_the_whole(page: Page, base: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(base + "claims/breakdown-by-service/")
    [whole] = get_bounding_boxes(page, ".chart-whole")
    pieces = get_bounding_boxes(page, ".chart-whole .chart-piece")
    lengths = [(right - left) / (whole[2] - whole[0]) * 9477 for left, _, right, _ in pieces]
    assert lengths == pytest.approx([3212, 1191, 568, 4464], abs=1)
    strips = get_bounding_boxes(page, ".chart-strip > rect")
    assert [round(box[0], 1) for box in strips[:4]] == [round(box[0], 1) for box in pieces]
    assert strips[4][2] - strips[4][0] == pytest.approx((whole[2] - whole[0]) * 42 / 9477, abs=1.2)
    [arrow] = get_bounding_boxes(page, ".chart-arrow path")
    assert arrow[2] - arrow[0] >= 7


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_words_of_a_series_can_be_read(page: Page, base: str, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(base + "charts/")
    shown = page.locator(".chart-series svg").evaluate_all("all => all.map(e => e.getBoundingClientRect().width / 320 * 12.5)")
    assert len(shown) == 2
    assert min(shown) >= 10.5
    colours = page.locator(".chart-series .chart-value").evaluate_all("all => all.map(e => getComputedStyle(e).fill)")
    assert set(colours) == {page.locator(".chart-drawing").first.evaluate("e => getComputedStyle(e).color")}


def test_the_table_stands_beside_the_drawing_where_there_is_room_and_below_it_on_a_phone(page: Page, base: str) -> None:
    for width, beside in ((1280, True), (360, False)):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(base + "charts/")
        [drawing, *_], [numbers, *_] = get_bounding_boxes(page, ".chart-parts"), get_bounding_boxes(page, ".chart-numbers")
        assert (numbers[0] >= drawing[2]) is beside
        assert (numbers[1] >= drawing[3]) is not beside


def test_charts_are_drawn_without_scripts(plain: Page, base: str) -> None:
    plain.goto(base + "charts/")
    assert plain.locator("[role=img] svg").count() >= 10
    assert plain.locator(".chart-numbers table").count() == 4


def test_nothing_drawn_vanishes_in_forced_colours(page: Page, base: str) -> None:
    page.emulate_media(forced_colors="active", color_scheme="dark")
    page.goto(base + "charts/")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    for name in (".chart-piece", ".chart-dot", ".chart-value"):
        assert page.locator(name).first.evaluate("e => getComputedStyle(e).fill") != ground


def test_the_figures_list_the_charts(page: Page, base: str) -> None:
    page.goto(base + "figures/")
    for place in ("#site-menu", ".section-line"):
        assert page.locator(place).get_by_text("Charts", exact=True).get_attribute("href") == "../charts/"
    assert page.locator(".tabs a", has_text="Figures").get_attribute("href") == ".."


def test_the_title_of_a_chart_leads_to_its_home(page: Page, base: str) -> None:
    page.goto(base + "claims/breakdown-by-service/")
    page.locator(".chart-title a").click()
    page.wait_for_url("**/charts/#breakdown-of-9477")
    assert page.locator(":target").inner_text() == page.locator("h2").first.inner_text()
