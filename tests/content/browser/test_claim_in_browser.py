"""A claim's page of the real site in a browser: first screen, articles side by side, marks, and the button that copies."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from dossier.loading import read_dossier
from dossier.model import Dossier
from support.browsing import RULES, WIDTHS, click_link, find_axe_violations, get_bounding_boxes, is_overlapping, open_in_scheme
from support.dossiers import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.site]

CLAIM = "claims/facebook-apps-52-percent/"
LONGEST = "claims/wanless-call/"
CALCULATED = "claims/ninety-four-percent-of-69-million/"
SCREEN_SIZES = [(1280, 800), (360, 740)]
SCREENS = pytest.mark.parametrize(("width", "height"), SCREEN_SIZES)
EACH = pytest.mark.parametrize("address", [CLAIM, LONGEST, CALCULATED, "claims/detection-lost/"])


HEAD = ".claim-page h1, .claim-by, .finding-verdict .verdict, .finding-summary, .finding-means, .uses"


def test_verdict_who_said_it_how_it_was_printed_and_what_bears_on_it_are_in_the_first_screen_of_every_claim(
    page: Page, base: str, claims: list[str]
) -> None:
    late = set()
    for name in claims:
        page.goto(f"{base}claims/{name}/", wait_until="domcontentloaded")
        for width, height in SCREEN_SIZES:
            page.set_viewport_size({"width": width, "height": height})
            parts = get_bounding_boxes(page, f"{HEAD}, .finding-rests div:not(.finding-interest) :is(dt, dd)")
            assert 12 <= len(parts) <= 16, (
                name
            )  # as printed, For, Against; Context and arithmetic if there are any; each with a name
            if max(bottom for *_, bottom in parts) > height:
                late.add((name, width))
    assert late == set()


@SCREENS
def test_the_right_figure_is_set_stronger_than_the_claim_and_both_than_what_the_verdict_means(
    page: Page, base: str, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(base + CALCULATED)
    style = "e => (s => [parseFloat(s.fontSize), +s.fontWeight])(getComputedStyle(e))"
    summary, claim, means = (page.locator(name).evaluate(style) for name in (".finding-summary", "h1", ".finding-means"))
    assert summary[0] >= claim[0] > means[0]
    assert summary[1] > claim[1]


@EACH
def test_nothing_overflows_and_no_column_touches_another(page: Page, base: str, address: str) -> None:
    page.goto(base + address)
    page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
    for width in (320, 360, 768, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        inside = "all => all.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.className)"
        assert page.locator(".appearance, .working, .evidence li, .cited, .neighbours").evaluate_all(inside) == [], width
        cards = get_bounding_boxes(page, ".appearance")
        touching = [1 for place, one in enumerate(cards) for other in cards[place + 1 :] if is_overlapping(one, other)]
        assert touching == [], width


def test_articles_stand_side_by_side_where_there_is_room(page: Page, base: str) -> None:
    page.goto(base + CLAIM)
    for width, across in ((360, 1), (768, 2), (1280, 3)):
        page.set_viewport_size({"width": width, "height": 900})
        tops = [round(box[1]) for box in get_bounding_boxes(page, ".appearance")]
        assert (width, tops.count(min(tops))) == (width, across)
        assert len(tops) == 5


@EACH
def test_the_page_has_two_right_edges(page: Page, base: str, address: str) -> None:
    page.goto(base + address)
    for width in (1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        measure = page.locator(".claim-columns .prose").first.evaluate("e => Math.round(e.getBoundingClientRect().right)")
        full = page.locator(".finding").evaluate("e => Math.round(e.getBoundingClientRect().right)")
        ruled = ".finding-said, .finding-rests, .working, .appearances, .evidence, .neighbours, .chart, .claim-columns"
        edges = {round(box[2]) for box in get_bounding_boxes(page, f".claim-page :is({ruled})")}
        assert (width, edges) == (width, {measure, full})


def test_how_to_cite_and_share_opens_below_the_verdict_with_author_and_address(page: Page, base: str) -> None:
    page.goto(base + CLAIM)
    assert not page.locator("#cited").is_visible()
    page.locator(".uses summary").first.click()
    cited = page.locator("#cited").inner_text()
    assert cited.startswith("Figures and encryption. “")
    assert cited.endswith(base + CLAIM)
    page.locator(".uses summary").last.click()
    assert page.locator("#shared").inner_text() == base + CLAIM
    explanation = page.locator(".claim-columns").bounding_box()
    assert explanation
    assert all(box[3] <= explanation["y"] for box in get_bounding_boxes(page, ".uses"))


def test_paper_says_how_to_cite_it(page: Page, base: str) -> None:
    page.goto(base + CLAIM)
    page.emulate_media(media="print")
    assert page.locator("#cited").evaluate("e => e.checkVisibility({contentVisibilityAuto: true}) && e.offsetHeight > 20")
    assert not page.locator("#shared").is_visible()
    assert not page.locator(".formats").is_visible()


def test_a_verdict_is_not_cut_off_by_wider_text_on_a_narrow_page(page: Page, base: str) -> None:
    page.set_viewport_size({"width": 320, "height": 740})
    page.goto(base + CLAIM)
    spaced = (
        "for (const e of document.querySelectorAll('*')) Object.assign(e.style, {letterSpacing: '.12em', wordSpacing: '.16em'})"
    )
    page.evaluate(spaced)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert [box for box in get_bounding_boxes(page, ".finding .verdict") if box[2] > 320] == []


def test_differing_words_are_marked_by_more_than_colour(page: Page, base: str) -> None:
    page.goto(base + "claims/total-9477/")
    quotations = page.locator(".quotations blockquote q").all_inner_texts()
    assert quotations[0] == "more than 9,477 instances"
    assert quotations[-2:] == ["more than 9,400 cases", "9,477 incidents of sexual offences"]
    marks = page.locator(".quotations mark")
    assert marks.all_inner_texts() == ["9,400 cases"]
    style = marks.evaluate("e => (s => [s.textDecorationLine, +s.fontWeight])(getComputedStyle(e))")
    assert (style[0], style[1] >= 700) == ("underline", True)
    against = page.locator(".against").all_inner_texts()
    assert against[0] == "In the earliest text"
    assert against[-2:] == ["Compared with more than 9,477 instances", "Wording of its own"]
    click_link(page.locator(".against a"))
    assert page.locator(":target q").first.inner_text() == "more than 9,477 instances"


@pytest.mark.parametrize("address", [CLAIM, "articles/telegraph-2021-03-26/"])
def test_the_button_copies_the_citation_and_says_so(page: Page, base: str, address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(base + address)
    if page.locator(".uses").count():
        page.locator(".uses summary").first.click()
    button = page.get_by_role("button", name=re.compile("^Copy(?: the citation of this page)?$"))
    button.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#cited").inner_text()
    assert page.get_by_role("status").filter(has_text="Text copied").count() == 1
    button.wait_for()


def test_a_link_to_a_calculation_copies_its_address(page: Page, base: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(base + CALCULATED)
    calculation = page.locator(".working[id^='calculation-']").first.get_attribute("id")
    box = page.locator(".working .permalink").first.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 24
    page.locator(".working .permalink").first.click()
    page.get_by_text("Link copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{base}{CALCULATED}#{calculation}"


def test_without_scripts_there_is_no_button_and_the_words_can_be_read(plain: Page, base: str) -> None:
    plain.goto(base + CLAIM)
    assert not plain.locator("[data-copies]:visible").count()
    plain.locator(".uses summary").first.click()
    assert plain.locator("#cited").is_visible()
    assert plain.locator(".quotations mark").first.is_visible()


@pytest.mark.parametrize("scheme", RULES)
@EACH
def test_axe_finds_nothing_on_it(page: Page, base: str, address: str, scheme: str) -> None:
    open_in_scheme(page, scheme, base + address)
    assert [fault for width in WIDTHS for fault in find_axe_violations(page, width, scheme)] == []


@pytest.fixture(scope="module")
def claims(dossier: Dossier) -> list[str]:
    """Ids of all claims of the real dossier."""
    return list(dossier.claims)


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    """The real dossier as readers get it."""
    return read_dossier(ROOT).only_published()
