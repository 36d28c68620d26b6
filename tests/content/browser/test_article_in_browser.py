"""An article's page in a browser: notes stand at their lines, the map leads to them, the reader chooses how many."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest
from playwright.sync_api import Browser, Page

from support.browsing import (
    LONGEST,
    NOTED,
    add_style_rules,
    click_link,
    find_axe_violations,
    get_bounding_boxes,
    is_in_viewport,
    is_overlapping,
    serve_folder,
)
from support.dossiers import FULL_PRINT_EXAMPLE, run_mkdocs

SWITCH = "[data-note-switch]"
BESIDE = """() => [...document.querySelectorAll('.digest .note')].filter(note => note.offsetHeight).map(note => {
  const box = note.getBoundingClientRect(), link = document.querySelector(`a.ref[href="#${note.id}"]`)
  return {line: link.getClientRects()[0].top, top: box.top, bottom: box.bottom}
})"""
SHIFTS = """window.shifted = 0
new PerformanceObserver(seen => { for (const shift of seen.getEntries()) window.shifted += shift.value })
  .observe({type: 'layout-shift', buffered: true})"""
DENIED = """for (const work of ['getItem', 'setItem']) {
  const given = Storage.prototype[work]
  Storage.prototype[work] = function (key, ...more) {
    if (key.endsWith('notes')) throw new Error('denied')
    return given.call(this, key, ...more)
  }
}"""

pytestmark = [pytest.mark.browser, pytest.mark.site]


def opened(page: Page, address: str, width: int = 1280, height: int = 900) -> Page:
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(reduced_motion="reduce")
    page.goto(address)
    page.wait_for_timeout(100)
    return page


def choose(page: Page, choice: str) -> None:
    page.locator(f"{SWITCH} [value={choice}]").check()
    page.wait_for_timeout(100)


def shown(page: Page, selector: str = ".note[id]") -> int:
    return len([box for box in get_bounding_boxes(page, selector) if box[3] > box[1]])


def problems(page: Page) -> int:
    return page.locator(".note[id]:is(.tone-caution, .tone-fails)").count()


# Beside their lines


@pytest.mark.parametrize("address", [NOTED, LONGEST])
@pytest.mark.parametrize("width", [960, 1280, 1920])
@pytest.mark.parametrize("opens", [False, True])
def test_a_note_stands_at_its_line_or_where_the_one_above_it_ends(
    page: Page, base: str, address: str, width: int, opens: bool
) -> None:
    opened(page, base + address, width)
    if opens:
        page.locator(".digest .note > details > summary").nth(7).click()
        page.mouse.move(2, 2)
        page.wait_for_timeout(400)
    notes = page.evaluate(BESIDE)
    assert len(notes) >= 25
    assert [note["top"] for note in notes] == sorted(note["top"] for note in notes)
    for above, note in zip([None, *notes], notes, strict=False):
        at_its_line = abs(note["top"] - note["line"]) <= 8
        assert at_its_line or (above and note["top"] > note["line"] and 0 <= note["top"] - above["bottom"] <= 4)


def test_notes_keep_their_places_when_the_window_or_the_text_grows(page: Page, base: str) -> None:
    opened(page, base + NOTED)
    add_style_rules(page, ".note { font-size: 1.1rem !important; letter-spacing: .12em } .prose { word-spacing: .3em }")
    for width in (1280, 1500):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(100)
        notes = get_bounding_boxes(page, ".digest .note, .further, .map-box")
        assert not [pair for pair in combinations(notes, 2) if is_overlapping(*pair)]


def test_notes_without_scripts_overlap_nothing(plain: Page, base: str) -> None:
    plain.set_viewport_size({"width": 1280, "height": 900})
    plain.goto(base + NOTED)
    notes = get_bounding_boxes(plain, ".digest .note, .digest .prose, .further, .map-box")
    assert not [pair for pair in combinations(notes, 2) if is_overlapping(*pair)]


@pytest.mark.parametrize("address", [NOTED, LONGEST])
@pytest.mark.parametrize("width", [412, 1350, 1920])
def test_the_page_hardly_shifts_while_it_loads(browser: Browser, base: str, address: str, width: int) -> None:
    """What shifts for readers shifts on every load; on a busy machine one load may be painted half-way, so there are three."""
    shifts: list[float] = []
    while len(shifts) < 3 and (not shifts or shifts[-1] >= 0.05):
        page = browser.new_page()
        page.add_init_script(SHIFTS)
        opened(page, base + address, width)
        page.wait_for_timeout(300)
        shifts.append(page.evaluate("window.shifted"))
        page.close()
    assert min(shifts) < 0.05, shifts


# Words and notes


def test_words_and_note_are_highlighted_together(page: Page, base: str) -> None:
    opened(page, base + NOTED)
    note, words = page.locator(".note[id]").first, page.locator("a.ref[id]").first
    ground = "e => getComputedStyle(e).backgroundColor"
    plain = note.evaluate(ground), words.evaluate(ground)
    words.hover()
    assert note.evaluate(ground) != plain[0]
    page.mouse.move(2, 2)
    assert note.evaluate(ground) == plain[0]
    note.locator("> details > summary").focus()
    assert words.evaluate(ground) != plain[1]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("forced", ["none", "active"])
def test_the_note_that_was_jumped_to_is_highlighted(page: Page, base: str, scheme: str, forced: str) -> None:
    page.emulate_media(color_scheme=scheme, forced_colors=forced)  # type: ignore[arg-type]
    page.goto(base + NOTED + "#no-place")
    outlines = page.locator(".note[id]").evaluate_all(
        "all => all.map(e => [e.matches(':target'), getComputedStyle(e).outlineStyle])"
    )
    assert [style for target, style in outlines if target] == ["solid"]
    assert {style for target, style in outlines if not target} == {"none"}


# The map


def test_a_mark_of_the_map_leads_to_its_note(page: Page, base: str) -> None:
    opened(page, base + LONGEST)
    for mark in page.locator(".map-notes a").all()[::12]:
        click_link(mark)
        assert page.evaluate("'#' + document.querySelector(':target').id") == mark.get_attribute("href")
        assert is_in_viewport(page, page.locator(":target .note-head").bounding_box())


def test_the_map_of_forty_two_paragraphs_fits_a_desktop_screen(page: Page, base: str) -> None:
    opened(page, base + LONGEST)
    assert page.locator(".map > li").count() == 42
    assert (page.locator(".map-runs").bounding_box() or {})["height"] < 700


# The choice of notes


def test_problems_shows_what_does_not_hold_and_none_shows_the_digest(page: Page, base: str) -> None:
    opened(page, base + NOTED)
    all_notes, faults = page.locator(".note[id]").count(), problems(page)
    assert 0 < faults < all_notes == shown(page)
    for choice, left in (("problems", faults), ("none", 0), ("all", all_notes)):
        choose(page, choice)
        assert shown(page) == left
        assert page.locator("a.ref[href]").count() == page.locator("a.ref").count() or choice != "all"
        assert page.locator(f"{SWITCH} [role=status]").text_content() == f"{left} of {all_notes} notes shown."
    choose(page, "none")
    assert page.locator("a.ref[href]").count() == 0
    assert not page.locator(".further").is_visible()


def test_the_counts_are_what_is_shown(page: Page, base: str) -> None:
    opened(page, base + LONGEST)
    said = page.locator(f"{SWITCH} fieldset").text_content() or ""
    assert f"all ({shown(page)})" in said
    choose(page, "problems")
    assert f"problems ({shown(page)})" in said


def test_next_among_problems_leads_to_a_problem(page: Page, base: str) -> None:
    opened(page, base + NOTED)
    choose(page, "problems")
    seen = [page.locator(".note[id]:visible").first.get_attribute("id")]
    page.goto(base + NOTED + f"#{seen[0]}")
    page.wait_for_timeout(100)
    while page.locator(":target [data-way=after]").is_visible():
        following = page.locator(":target [data-way=after]")
        name = following.text_content() or ""
        following.click()
        page.wait_for_timeout(50)
        seen.append(page.evaluate("document.querySelector(':target').id"))
        assert (page.locator(":target q").text_content() or "?") in name
    assert page.evaluate("document.documentElement.dataset.notes") == "problems"
    assert len(seen) == problems(page)


def test_the_choice_is_remembered(page: Page, base: str) -> None:
    opened(page, base + NOTED)
    choose(page, "none")
    opened(page, base + LONGEST)
    assert shown(page) == 0
    assert page.locator(f"{SWITCH} [value=none]").is_checked()


def test_without_storage_the_choice_works_and_nothing_fails(page: Page, base: str) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(DENIED)
    opened(page, base + NOTED)
    choose(page, "none")
    assert shown(page) == 0
    assert errors == []


def test_a_hidden_note_that_is_asked_for_brings_all_back(page: Page, base: str) -> None:
    opened(page, base + NOTED)
    mark = page.locator(".map-notes a").first
    for way in (mark.click, lambda: page.evaluate("location.hash = '#no-place'"), lambda: come_from_elsewhere(page, base)):
        choose(page, "none")
        way()
        page.wait_for_timeout(100)
        assert page.locator(f"{SWITCH} [value=all]").is_checked()
        assert is_in_viewport(page, page.locator(":target .note-head").bounding_box())


def come_from_elsewhere(page: Page, base: str) -> None:
    page.goto(base + "articles/")
    page.goto(base + NOTED + "#police-recorded")


def test_the_choice_works_by_keyboard(page: Page, base: str) -> None:
    opened(page, base + NOTED)
    page.locator(f"{SWITCH} [value=all]").focus()
    page.keyboard.press("ArrowRight")
    assert shown(page) == problems(page)


def test_without_scripts_there_is_no_choice_and_no_gap_for_one(plain: Page, base: str) -> None:
    plain.goto(base + NOTED)
    assert plain.locator(SWITCH).bounding_box() is None
    assert shown(plain) == plain.locator(".note[id]").count()


# On paper, in other colours, for everybody


def test_on_paper_all_notes_follow_their_paragraphs_whatever_was_chosen(page: Page, base: str) -> None:
    opened(page, base + NOTED)
    choose(page, "none")
    page.emulate_media(media="print")
    assert shown(page) == page.locator(".note[id]").count()
    assert shown(page, ".note-ways") == shown(page, SWITCH) == shown(page, ".note-gist") == 0
    assert shown(page, ".note-body") == page.locator(".note").count()
    for passage in page.locator(".digest .passage:has(.notes)").all():
        text, notes = passage.locator(".prose").bounding_box(), passage.locator(".notes").bounding_box()
        assert text
        assert notes
        assert notes["y"] >= text["y"] + text["height"]


def test_in_forced_colours_words_stay_underlined(page: Page, base: str) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(base + NOTED)
    lines = page.locator("a.ref").evaluate_all("all => all.map(e => getComputedStyle(e).textDecorationStyle)")
    assert {"solid", "dashed", "dotted"} <= set(lines)


@pytest.mark.parametrize("width", [640, 1280])
def test_text_of_twice_the_size_fits(page: Page, base: str, width: int) -> None:
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    opened(page, base + LONGEST, width)
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") >= 40
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    notes = get_bounding_boxes(page, ".digest .note, .digest .prose, .map-box")
    assert not [pair for pair in combinations(notes, 2) if is_overlapping(*pair)]


def test_axe_finds_nothing_in_an_article_without_its_notes(page: Page, base: str) -> None:
    page.goto(base + LONGEST)
    choose(page, "none")
    assert find_axe_violations(page, 320, "light") == []


# An article printed whole


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the dossier whose articles are printed whole."""
    folder = tmp_path_factory.mktemp("whole")
    run_mkdocs(FULL_PRINT_EXAMPLE, "build", "--site-dir", str(folder))
    yield from serve_folder(folder)


def test_notes_stand_beside_the_lines_of_an_article_printed_whole(page: Page, whole: str) -> None:
    opened(page, whole + "articles/baker-letter/")
    notes, texts = get_bounding_boxes(page, ".capture .note"), get_bounding_boxes(page, ".capture .capture-text")
    assert len(notes) == 4
    assert min(left for left, *_ in notes) >= max(right for _, _, right, _ in texts)
    assert not [pair for pair in combinations(notes, 2) if is_overlapping(*pair)]
    choose(page, "none")
    assert shown(page) == 0
    page.evaluate("location.hash = '#flour-alone'")
    page.wait_for_timeout(100)
    assert shown(page) == 4
