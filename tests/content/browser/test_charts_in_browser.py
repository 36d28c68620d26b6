"""Charts in a browser: to scale and legible at every width, each with its table and files, and there without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from support.browsing import get_bounding_boxes

pytestmark = [pytest.mark.browser, pytest.mark.site]

PAGES = ("charts/", "figures/", "claims/breakdown-by-service/")
WIDTHS = (320, 360, 390, 768, 1280, 1920)
MIN_LETTER_PIXELS = 12
OVERLAPS = """
() => [...document.querySelectorAll(".scene")].filter(scene => scene.getBoundingClientRect().width).flatMap(scene => {
  const around = scene.getBoundingClientRect(), found = [];
  const texts = [...scene.querySelectorAll("text")].map(text => [text.textContent, text.getBoundingClientRect()]);
  for (const [index, [words, box]] of texts.entries()) {
    if (box.left < around.left - 1 || box.right > around.right + 1 || box.bottom > around.bottom + 2) found.push(words);
    for (const [others, other] of texts.slice(index + 1)) {
      const overlap = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
      if (box.left < other.right - 1 && other.left < box.right - 1 && overlap > 5) found.push(`${words} / ${others}`);
    }
  }
  return found;
})
"""
"""Words of the drawings on a page that leave their drawing or run into others; boxes of letters may touch."""


@pytest.mark.parametrize("address", PAGES)
def test_a_page_with_charts_is_no_wider_than_the_screen(page: Page, base: str, address: str) -> None:
    page.goto(base + address)
    assert page.locator("figure.chart").count() >= 1
    for width in iter_widths(page):
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_parts_are_as_long_as_their_share_of_the_whole(page: Page, base: str) -> None:
    page.goto(base + "charts/")
    for width in iter_widths(page):
        scene = "figure:has(#breakdown-of-9477) .scene:visible"
        [whole] = get_bounding_boxes(page, scene)
        parts = [get_bounding_boxes(page, f"{scene} .box-{tone}") for tone in ("subject", "apart", "other", "missing")]
        lengths = [(right - left) / (whole[2] - whole[0]) * 9477 for boxes in parts for left, _, right, _ in boxes]
        expected = pytest.approx([3212, 1191, 568, 4464, 42], rel=0.02, abs=60)  # a box is measured with its outline
        assert lengths == expected, width


@pytest.mark.parametrize("address", PAGES)
def test_one_scene_of_each_chart_is_shown_and_its_letters_can_be_read(page: Page, base: str, address: str) -> None:
    page.goto(base + address)
    for width in iter_widths(page):
        shown = page.locator("figure.chart").evaluate_all(
            "all => all.map(e => [...e.querySelectorAll('.scene')].filter(s => s.getBoundingClientRect().width).length)"
        )
        assert set(shown) == {1}, width
        sizes = page.locator(".scene:visible").evaluate_all(
            "all => all.map(e => e.getBoundingClientRect().width / e.viewBox.baseVal.width * 14)"
        )
        assert min(sizes) >= MIN_LETTER_PIXELS, width
        assert max(sizes) <= 2 * MIN_LETTER_PIXELS, width


@pytest.mark.parametrize("address", PAGES)
def test_words_stay_in_their_drawing_and_run_into_no_others(page: Page, base: str, address: str) -> None:
    page.goto(base + address)
    for width in iter_widths(page):
        assert page.evaluate(OVERLAPS) == [], width


def iter_widths(page: Page) -> Iterator[int]:
    """Have a page take each width in turn."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        yield width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_subject_has_one_colour_in_all_charts(page: Page, base: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(base + "charts/")
    fills = page.locator(".scene:visible .box-subject").evaluate_all("all => all.map(e => getComputedStyle(e).fill)")
    others = page.locator(".scene:visible .box-other").evaluate_all("all => all.map(e => getComputedStyle(e).fill)")
    assert len(set(fills)) == len(set(others)) == 1
    assert set(fills).isdisjoint(others)


def test_the_numbers_stand_in_a_table_and_in_files_that_are_there(page: Page, base: str) -> None:
    page.goto(base + "charts/")
    assert page.locator(".chart-table").count() == page.locator("figure.chart").count()
    addresses = page.locator(".chart-files a[download]").evaluate_all("all => all.map(e => e.href)")
    assert len(addresses) == 2 * page.locator("figure.chart").count()
    answers = [page.request.get(address) for address in addresses]
    assert all(answer.ok for answer in answers)
    assert {answer.headers["content-type"].partition(";")[0] for answer in answers} == {"text/csv", "image/svg+xml"}


def test_on_a_phone_a_row_of_the_table_is_a_card(page: Page, base: str) -> None:
    page.set_viewport_size({"width": 360, "height": 900})
    page.goto(base + "charts/")
    page.locator("figure:has(#breakdown-of-9477) details.used > summary").click()
    table = page.locator("figure:has(#breakdown-of-9477) .chart-table")
    assert table.locator("thead").is_hidden()
    assert table.locator("td").nth(1).evaluate("e => getComputedStyle(e, '::before').content") == '"Number: "'
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_charts_are_drawn_without_scripts(plain: Page, base: str) -> None:
    plain.goto(base + "charts/")
    count = plain.locator("figure.chart").count()
    assert count >= 7
    assert plain.locator("svg[role=img]:visible").count() == plain.locator(".chart-table").count() == count
    plain.locator("details.used > summary").first.click()
    assert plain.locator(".chart-table").first.is_visible()


def test_nothing_drawn_vanishes_in_forced_colours(page: Page, base: str) -> None:
    page.emulate_media(forced_colors="active", color_scheme="dark")
    page.goto(base + "charts/")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    for name in (".box-subject", ".words-plain", ".words-quiet"):
        assert page.locator(f".scene:visible {name}").first.evaluate("e => getComputedStyle(e).fill") != ground
    for name in (".box-other", ".box-open", ".line-axis"):
        assert page.locator(f".scene:visible {name}").first.evaluate("e => getComputedStyle(e).stroke") != ground


def test_a_chart_is_printed_whole(page: Page, base: str) -> None:
    page.goto(base + "charts/")
    page.emulate_media(media="print")
    assert page.locator(".scene:visible").first.evaluate("e => getComputedStyle(e).breakInside") == "avoid"


def test_the_picture_stands_directly_below_the_title(page: Page, base: str) -> None:
    page.goto(base + "charts/")
    [title, *_], [scene, *_] = get_bounding_boxes(page, ".chart-title"), get_bounding_boxes(page, ".scene:visible")
    assert 0 <= scene[1] - title[3] <= 24
    assert scene[1] < 500  # on the first screen


def test_the_same_picture_stands_at_each_address_of_its_chart(page: Page, base: str) -> None:
    pictures = set()
    for address in ("charts/", "figures/"):
        page.goto(base + address)
        picture = page.locator("figure.chart", has_text="of what?").locator(".scene-wide").inner_html()
        pictures.add(picture.replace("&nbsp;", " "))
    assert len(pictures) == 1


def test_the_figures_list_the_charts(page: Page, base: str) -> None:
    page.goto(base + "figures/")
    for place in ("#site-menu", ".section-line"):
        assert page.locator(place).get_by_text("Charts", exact=True).get_attribute("href") == "../charts/"
    assert page.locator(".tabs a", has_text="Figures").get_attribute("href") == ".."


def test_the_title_of_a_chart_leads_to_its_home(page: Page, base: str) -> None:
    page.goto(base + "claims/breakdown-by-service/")
    page.locator(".chart-title a", has_text="42 are in no count").click()
    page.wait_for_url("**/charts/#breakdown-of-9477")
    assert "42 are in no count" in page.locator(":target").inner_text()
