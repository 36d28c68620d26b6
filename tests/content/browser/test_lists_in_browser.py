"""The list pages in a browser: every filter does what it says, is counted, announced, kept in the address and undone."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dossier.model.site.addresses import FILTER_SCRIPT_PATH
from dossier.output.assets import asset_texts, build_stylesheet
from dossier.pages.timeline.page import build_timeline_page
from support.browsing import get_bounding_boxes, is_in_viewport, is_overlapping, serve_folder
from support.corrections import ITEMS, correct, correction
from support.dossiers import ROOT, make_example, run_mkdocs
from support.reading_pages import DIGEST, GAZETTE, NOTES
from support.timelines import dated, of_events

CLAIMS = len(list((ROOT / "annotations/claims").glob("*.yml")))
"""In the real dossier."""

LISTS = {"timeline/": "events", "sources/": "sources", "parties/": "parties", "claims/": "claims", "compare/": "claims"}
CONTROLS = ".filters :is(select, input)"
TABLE, LIST = "compare-table", "compare-list"
SHOWN = """
const shown = () => {
  document.querySelectorAll("[data-fold]").forEach(fold => fold.open = true)
  return [...document.querySelectorAll("[data-item]")].filter(e => e.checkVisibility())
}
"""
TRY_EACH_CHOICE = f"""() => {{
  {SHOWN}
  const choose = (select, value) => {{
    select.value = value
    for (const type of ["input", "change"]) select.dispatchEvent(new Event(type, {{bubbles: true, composed: true}}))
  }}
  return [...document.querySelectorAll(".filters select")].flatMap(select => {{
    const tried = [...select.options].filter(option => option.value).map(option => {{
      choose(select, option.value)
      return {{
        name: select.name, value: option.value, text: option.textContent, shown: shown().map(e => e.dataset.item),
        said: document.querySelector(".filters [role=status]").textContent.replace(/\\s+/g, " "),
      }}
    }})
    choose(select, "")
    return tried
  }})
}}"""
"""What is seen and said after each choice, made as `select_option` makes it; hundreds of calls from outside take seconds."""
READ_OPTIONS = """options => options.map(option => ({
  facet: option.closest("select").name, value: option.value, text: option.textContent, disabled: option.matches(":disabled"),
}))"""

pytestmark = [pytest.mark.browser, pytest.mark.site]
each_list = pytest.mark.parametrize("address", LISTS)


# What is shown


@each_list
def test_each_choice_shows_what_has_it_and_says_how_many(page: Page, base: str, address: str) -> None:
    page.goto(base + address)
    everything = shown(page)
    assert status(page) == f"{len(everything)} {LISTS[address]}"
    choices = page.evaluate(TRY_EACH_CHOICE)
    for choice in choices:
        fitting = {item for item, values in everything.items() if choice["value"] in values.get(choice["name"], "").split()}
        assert choice["shown"] == [item for item in everything if item in fitting]
        assert choice["said"] == f"{len(fitting)} of {len(everything)} {LISTS[address]}"
        assert choice["text"].endswith(f" ({len(fitting)})")
    by_hand = {(choice["name"], choice["value"]): (choice["shown"], choice["said"]) for choice in choices}
    for select in page.locator(".filters select").all():
        value = select.locator("option").last.get_attribute("value")
        select.select_option(value)
        assert (list(shown(page)), status(page)) == by_hand[select.get_attribute("name"), value]
        select.select_option("")
    boxes = page.locator(".filters [type=checkbox]").all()
    for box in boxes:
        box.check()
        fitting = {item for item, values in everything.items() if box.get_attribute("name") in values}
        assert shown(page).keys() == fitting
        assert (box.locator("xpath=..").text_content() or "").strip().endswith(f" ({len(fitting)})")
        box.uncheck()
    assert len(choices) == page.locator(".filters option:not([value=''])").count()
    assert len(choices) + len(boxes) >= 3
    assert shown(page) == everything


@each_list
def test_the_other_choices_count_what_they_would_give(page: Page, base: str, address: str) -> None:
    page.goto(base + address)
    everything = shown(page)
    first = page.locator(".filters select").first
    name = first.get_attribute("name") or ""
    chosen = first.locator("option").nth(1).get_attribute("value") or ""
    first.select_option(chosen)
    fitting = [values for values in everything.values() if chosen in values.get(name, "").split()]
    offered = page.locator(".filters option").evaluate_all(READ_OPTIONS)
    assert {option["facet"] for option in offered} == {
        select.get_attribute("name") for select in page.locator(".filters select").all()
    }
    for option in offered:
        facet, value = option["facet"], option["value"]
        if value and facet != name:
            number = sum(value in values.get(facet, "").split() for values in fitting)
            assert option["text"].endswith(f" ({number})")
            assert option["disabled"] == (number == 0)
        elif value:
            number = sum(value in values.get(facet, "").split() for values in everything.values())
            assert option["text"].endswith(f" ({number})")


def test_choices_are_put_together_and_headings_without_items_go(page: Page, base: str) -> None:
    page.goto(base + "timeline/")
    page.get_by_label("Kind").select_option("hearing")
    page.locator("[name=voice]").select_option("government")
    assert all({"hearing"} == {values["kind"]} and "government" in values["voice"] for values in shown(page).values())
    assert len(shown(page)) >= 1
    headings = [heading for heading in page.locator("[data-group] h2").all() if heading.is_visible()]
    assert {heading.text_content() for heading in headings} == {item[:4] for item in years_of(page)}


def test_words_are_found_whatever_their_case_accents_and_order(page: Page, base: str) -> None:
    page.goto(base + "sources/")
    find = page.get_by_label("Find in this list")
    find.fill("  FACEBOOK   zuckerberg ")
    expect(page.get_by_role("status").first).to_have_text(re.compile(r"^\d+ of \d+ sources$"))
    found = shown(page)
    assert 0 < len(found) < 10
    texts = page.locator("[data-item]:visible").all_text_contents()
    assert all("facebook" in text.lower() and "zuckerberg" in text.lower() for text in texts)
    page.wait_for_url("**/sources/?find=FACEBOOK+++zuckerberg")
    page.reload()
    assert find.input_value() == "FACEBOOK   zuckerberg"
    assert shown(page) == found
    find.fill("link")
    page.wait_for_url("**/sources/?find=link")
    assert all("link" in text.lower().replace("link to", "") for text in page.locator("[data-item]:visible").all_text_contents())


@pytest.mark.parametrize("words", ["52%", "52 %", "52 per cent", "52percent", "fifty-two per cent", "Facebook’s apps 52%"])
def test_a_number_is_found_in_a_list_in_whatever_form(page: Page, base: str, words: str) -> None:
    page.goto(base + "claims/")
    page.get_by_label("Find in this list").fill(words)
    expect(page.get_by_role("status").first).to_have_text(re.compile(r"^\d+ of \d+ claims$"))
    assert "facebook-apps-52-percent" in shown(page)
    assert all("52\u00a0%" in text for text in page.locator("[data-item]:visible").all_text_contents())


def test_another_ending_of_a_word_is_found_in_a_list(page: Page, base: str) -> None:
    page.goto(base + "claims/")
    page.get_by_label("Find in this list").fill("Facebook replied")
    expect(page.get_by_role("status").first).to_have_text(re.compile(r"^\d+ of \d+ claims$"))
    assert "facebook-replied" in shown(page)


@pytest.mark.parametrize("words", ["26 March 2021", "26/3/21", "2021-03-26", "March 26"])
def test_the_day_of_a_claim_finds_it_in_the_list(page: Page, base: str, words: str) -> None:
    page.goto(base + "claims/")
    page.get_by_label("Find in this list").fill(words)
    expect(page.get_by_role("status").first).to_have_text(re.compile(r"^\d+ of \d+ claims$"))
    assert "facebook-apps-52-percent" in shown(page)
    assert "zuckerberg-2019" not in shown(page)


@pytest.mark.parametrize("words", ["April 2021", "2021-04", "apr 2021", "04/2021"])
def test_a_month_finds_the_events_of_that_month_and_none_that_only_mentions_it(page: Page, base: str, words: str) -> None:
    page.goto(base + "timeline/")
    page.get_by_label("Find in this list").fill(words)
    expect(page.get_by_role("status").first).to_have_text(re.compile(r"^\d+ of \d+ events$"))
    days = page.locator("[data-item]:visible").evaluate_all("items => items.map(item => item.querySelector('time').dateTime)")
    assert len(days) >= 3
    assert {day[:7] for day in days} == {"2021-04"}


def test_a_choice_that_nothing_fits_says_so(page: Page, base: str) -> None:
    page.goto(base + "timeline/?kind=hearing")
    page.get_by_label("Find in this list").fill("words that stand nowhere")
    expect(page.get_by_role("status").first).to_have_text("No event fits this choice.")
    assert shown(page) == {}
    assert [heading for heading in page.locator("[data-group] h2").all() if heading.is_visible()] == []
    assert page.get_by_label("Kind").input_value() == "hearing"


def test_what_is_said_is_a_live_region_from_the_start_and_stays_the_same_one(page: Page, base: str, site: Path) -> None:
    for address, noun in LISTS.items():
        html = (site / address / "index.html").read_text(encoding="utf-8")
        assert re.search(rf'<span role="status">\d+ {noun}</span>', html)
    page.goto(base + "timeline/")
    region = page.get_by_role("status").first.element_handle()
    page.get_by_label("Kind").select_option("hearing")
    assert region.text_content() == status(page) != ""
    assert region.evaluate("region => region.isConnected")


# The address


def test_the_choice_stands_in_the_address_beside_what_was_there(page: Page, base: str) -> None:
    page.goto(base + "compare/?h=x#top")
    everything = shown(page)
    page.get_by_label("Topic").select_option("police-records")
    page.get_by_label("Verdict").select_option("imprecise")
    assert 0 < len(shown(page)) < len(everything)
    page.wait_for_url(re.compile(r"compare/\?h=x&topic=police-records&verdict=imprecise#top$"))
    assert page.evaluate("history.length") <= 2
    page.get_by_label("Topic").select_option("")
    page.get_by_label("Verdict").select_option("")
    page.wait_for_url(re.compile(r"compare/\?h=x#top$"))
    assert shown(page) == everything


@pytest.mark.parametrize("width", [360, 1280])
def test_a_shared_address_shows_the_same_choice(page: Page, base: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(base + "compare/?topic=police-records&verdict=imprecise")
    assert page.get_by_label("Topic").input_value() == "police-records"
    assert page.get_by_label("Verdict").input_value() == "imprecise"
    assert 0 < len(shown(page)) < CLAIMS
    assert all(
        "police-records" in values["topic"].split() and values["verdict"] == "imprecise" for values in shown(page).values()
    )
    assert status(page) == f"{len(shown(page))} of {CLAIMS} claims"


@pytest.mark.parametrize(
    "asked", ["topic=%22%5D&differ=yes", "topic=&verdict=toString", "verdict=__proto__", "find=", "topic=%E0%A4%A"]
)
def test_an_address_that_asks_for_what_is_not_offered_shows_everything(page: Page, base: str, asked: str) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{base}compare/?{asked}#%E0%A4%A")
    assert len(shown(page)) == CLAIMS
    assert errors == []


def test_clear_shows_everything_and_takes_the_choice_out_of_the_address(page: Page, base: str) -> None:
    page.goto(base + "sources/?kind=law&origin=1&find=a&other=1")
    assert len(shown(page)) < 10
    page.get_by_role("button", name="Clear filters").click()
    page.wait_for_url("**/sources/?other=1")
    assert status(page) == f"{len(shown(page))} sources"
    assert [control.input_value() for control in page.locator(".filters :is(select, [type=search])").all()] == [""] * 4
    assert not page.locator(".filters [type=checkbox]").is_checked()
    assert not page.get_by_role("button", name="Clear filters").is_visible()
    assert page.evaluate("document.activeElement.name") == "kind"


def test_the_choice_is_there_again_after_going_on_and_back(page: Page, base: str) -> None:
    page.goto(base + "timeline/")
    page.get_by_label("Kind").select_option("hearing")
    chosen = shown(page)
    page.locator("[data-item]:visible .event-foot a").first.click()
    page.wait_for_url(lambda url: "/timeline/" not in url)
    page.go_back()
    page.wait_for_url("**/timeline/?kind=hearing")
    assert shown(page) == chosen
    assert page.get_by_label("Kind").input_value() == "hearing"


# Links to what is hidden


@pytest.mark.parametrize("address", [address for address in LISTS if address not in ("claims/", "compare/")])
def test_an_address_of_something_hidden_shows_it_and_drops_the_choice(page: Page, base: str, address: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(base + address)
    everything = shown(page)
    last = list(everything)[-1]
    facet, value = next(
        (name, other)
        for name in page.locator(".filters select").evaluate_all("all => all.map(select => select.name)")
        for other in page.locator(f"select[name={name}] option").evaluate_all("all => all.map(o => o.value).filter(Boolean)")
        if other not in everything[last].get(name, "").split()
    )
    page.goto(f"{base}{address}?{facet}={value}&h=x#{last}")
    page.wait_for_url(f"**/{address}?h=x#{last}")
    assert shown(page) == everything
    expect(page.locator(f"#{last}:target")).to_be_visible()
    assert is_in_viewport(page, page.locator(f"#{last}").bounding_box())


def test_a_link_on_the_page_to_something_hidden_shows_it_and_back_restores_the_choice(page: Page, base: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(base + "timeline/")
    everything = shown(page)
    page.get_by_label("Kind").select_option("hearing")
    chosen = shown(page)
    assert not page.locator("[id='2023']").is_visible()
    page.locator("nav a[href$='#2023']:visible").first.click()
    page.wait_for_url("**/timeline/#2023")
    assert shown(page) == everything
    assert is_in_viewport(page, page.locator("[id='2023']").bounding_box())
    page.go_back()
    page.wait_for_url("**/timeline/?kind=hearing")
    assert shown(page) == chosen
    page.locator("nav a[href$='#2023']:visible").first.click()
    page.get_by_label("Kind").select_option("hearing")
    page.locator("nav a[href$='#2023']:visible").first.click()
    page.wait_for_url("**/timeline/#2023")
    assert shown(page) == everything


def test_a_link_to_something_shown_keeps_the_choice(page: Page, base: str) -> None:
    page.goto(base + "timeline/?kind=hearing")
    chosen = shown(page)
    page.evaluate("id => location.hash = id", next(iter(chosen)))
    page.wait_for_url("**/timeline/?kind=hearing#*")
    assert shown(page) == chosen


@pytest.mark.parametrize("address", ["timeline/", "sources/", "parties/", "glossary/"])
def test_a_link_copies_the_address_of_its_entry(page: Page, base: str, address: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(base + address)
    link = page.locator(".permalink").nth(2)
    name = link.get_attribute("href")
    link.click()
    expect(page.locator("body > [role=status]")).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{base}{address}{name}"


# By keyboard, by touch, without scripts, on paper


def test_the_filters_are_worked_by_keyboard(page: Page, base: str) -> None:
    page.goto(base + "compare/")
    page.get_by_label("Topic").focus()
    page.keyboard.type("police")
    page.keyboard.press("Tab")
    page.keyboard.type("imp")
    page.wait_for_url(re.compile(r"\?topic=police-records&verdict=imprecise$"))
    assert 0 < len(shown(page)) < CLAIMS
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"compare/$"))
    assert len(shown(page)) == CLAIMS


def test_enter_in_the_field_leads_nowhere(page: Page, base: str) -> None:
    page.goto(base + "sources/")
    page.get_by_label("Find in this list").press_sequentially("police")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sources/?find=police")
    assert page.evaluate("document.activeElement.name") == "find"


@each_list
def test_every_control_can_be_touched(page: Page, base: str, address: str) -> None:
    page.goto(base + address)
    page.locator(".filters select").first.select_option(index=1)
    controls = ".filters :is(select, [type=search], button, label:has([type=checkbox]))"
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        targets = get_bounding_boxes(page, f"{controls}, .lane a, [data-item]:not([hidden]) .permalink")
        seen = [box for box in targets if box[2] > box[0]]
        assert len(seen) >= 3
        assert [box for box in seen if box[2] - box[0] < 24 or box[3] - box[1] < 23.5] == [], width


@each_list
def test_without_scripts_everything_is_shown_and_no_filter_offered(plain: Page, base: str, address: str) -> None:
    plain.goto(base + address)
    for fold in plain.locator("[data-fold] > summary").all():
        fold.click()
    every, seen = (plain.locator(f"[data-item]{visible}") for visible in ("", ":visible"))
    items = seen.evaluate_all("all => all.map(e => e.dataset.item)")
    assert len(items) == len(set(items)) == every.evaluate_all("all => new Set(all.map(e => e.dataset.item)).size")
    assert plain.locator("[data-group]").count() > 0
    assert not plain.locator("[data-filters]").is_visible()


@each_list
def test_paper_shows_no_filters(page: Page, base: str, address: str) -> None:
    page.goto(base + address)
    page.emulate_media(media="print")
    assert not page.locator("[data-filters]").is_visible()
    assert page.locator("[data-item]").first.is_visible() or address == "compare/"


# Corrections


@pytest.mark.browser
def test_corrections_are_filtered_by_kind_and_by_what_was_corrected(page: Page, crowded: str) -> None:
    page.goto(crowded + "corrections/")
    everything = shown(page)
    assert len(everything) == 2 * len(ITEMS)
    page.get_by_label("Kind").select_option("update")
    page.get_by_label("Of what").select_option("glossary-entry")
    assert list(shown(page)) == ["2024-05-25.update.glossary.ticket"]
    assert status(page) == "1 of 14 corrections"
    page.goto(crowded + "corrections/?kind=update#2024-05-20.correction.glossary.ticket")
    assert shown(page) == everything


@each_list
def test_the_list_does_not_shift_when_its_filters_appear(page: Page, base: str, address: str) -> None:
    page.route("**/*.js", lambda route: route.abort())
    page.goto(base + address)
    before = find_beginnings(page)
    page.unroute("**/*.js")
    page.reload()
    expect(page.locator(".filters")).to_be_visible()
    for width, place in find_beginnings(page).items():
        assert place == pytest.approx(before[width], abs=1), width


def find_beginnings(page: Page) -> dict[int, tuple[float, float]]:
    """Where what follows the filters begins, in pixels from the left and the top, by the width of the page."""
    found = {}
    for width in (412, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        [place] = get_bounding_boxes(page, ".filters + *")
        found[width] = place[:2]
    return found


def test_without_scripts_there_is_neither_the_form_nor_room_for_it(plain: Page, base: str) -> None:
    plain.goto(base + "claims/")
    assert plain.locator(".filters").evaluate("form => form.getBoundingClientRect().height") == 0


# Compare


def test_there_is_a_table_where_there_is_room_and_a_list_where_there_is_none(page: Page, base: str) -> None:
    page.goto(base + "compare/")
    for width, there, gone in ((1280, "table", LIST), (1000, "table", LIST), (999, LIST, "table"), (360, LIST, "table")):
        page.set_viewport_size({"width": width, "height": 800})
        told = "\n".join(topic.aria_snapshot() for topic in page.locator(".compare-page [data-group]").all())
        assert page.locator({"table": f".{TABLE}", LIST: f".{LIST}"}[there]).first.is_visible()
        assert not page.locator({"table": f".{TABLE}", LIST: f".{LIST}"}[gone]).first.is_visible()
        assert bool(re.search(r"- '?table ", told)) == (there == "table")
        assert told.count('link "WhatsApp already has end-to-end encryption."') == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_heads_of_the_columns_stay_in_sight(page: Page, base: str) -> None:
    page.goto(base + "compare/")
    page.evaluate("window.scrollTo({top: 1500, behavior: 'instant'})")
    below, head = page.locator(".md-header").bounding_box(), page.locator("thead").first.locator("th").last.bounding_box()
    assert below
    assert head
    assert abs(head["y"] - below["y"] - below["height"]) <= 2


@pytest.mark.parametrize(("width", "height", "form"), [(1280, 800, TABLE), (360, 740, LIST)])
def test_the_first_words_are_compared_in_the_first_screen(page: Page, base: str, width: int, height: int, form: str) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(base + "compare/")
    first = page.locator(f".{form}").first
    assert "52" in first.locator(".compare-statement").first.inner_text()
    texts = 5 if form == TABLE else 1
    cells = first.locator("td, .compare-cards > li").all()[:texts]
    assert [cell.locator(".compare-quote").count() > 0 for cell in cells] == [True] * texts
    assert all((cell.locator(".compare-relation").first.bounding_box() or {})["y"] < height for cell in cells)


def test_what_is_folded_opens_for_who_asks_for_it_and_closes_again(page: Page, base: str) -> None:
    page.goto(base + "compare/")
    fold = page.locator(".compare-rest")
    assert fold.get_attribute("open") is None
    page.get_by_label("Topic").select_option("survey")
    assert fold.locator("[data-item]:visible").count() == len(shown(page)) > 0
    page.get_by_label("Topic").select_option("")
    assert fold.get_attribute("open") is None


def test_a_wide_table_scrolls_in_its_box_with_heads_in_sight_and_the_page_does_not(page: Page, crowded: str) -> None:
    page.goto(crowded + "compare/")
    box = page.locator(".compare-wide")
    for width in (1000, 1280):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    box.focus()
    claim = page.locator("[scope=rowgroup] > *").first
    before = claim.bounding_box()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)
    assert box.evaluate("box => box.scrollLeft") > 50
    assert (claim.bounding_box() or {})["x"] == (before or {})["x"]


# The overview of the timeline


def test_the_overview_has_a_row_for_each_voice_and_nothing_sticks_out(page: Page, base: str) -> None:
    page.goto(base + "timeline/")
    voices = page.locator(".filters [name=voice] option").count() - 1
    for width in (1220, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        rows, around = get_bounding_boxes(page, ".strip-rows > svg"), get_bounding_boxes(page, ".strip")[0]
        assert len(rows) == voices + 4  # names, those that name no voice, articles, the axis
        drawn = get_bounding_boxes(page, ".strip-rows svg :is(line, rect, text)")
        assert len(drawn) > 80
        assert [box for box in drawn if box[0] < around[0] - 8 or box[2] > around[2] + 8] == [], width
        assert all(12 < row[3] - row[1] < 80 for row in rows[1:]), width
        for words in (".strip-axis text", ".strip-words"):
            overlapping = [pair for pair in combinations(get_bounding_boxes(page, words), 2) if is_overlapping(*pair)]
            assert overlapping == [], (width, words)
        assert page.locator(".lane").is_hidden()


def test_where_there_is_little_room_the_overview_is_a_lane_of_links_to_touch(page: Page, base: str) -> None:
    page.goto(base + "timeline/")
    for width in (320, 360, 768, 1200):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.locator(".strip-rows").is_hidden()
        assert page.evaluate("document.documentElement.scrollWidth") == width
        boxes = get_bounding_boxes(page, ".lane a")
        assert len(boxes) > page.locator("li.event").count()
        assert [box for box in boxes if box[2] - box[0] < 24 or box[3] - box[1] < 24 or box[2] > width] == [], width


@pytest.mark.parametrize(("width", "picture"), [(360, ".lane"), (1280, ".strip-rows")])
def test_each_event_is_one_link_of_the_overview_and_filtered_with_the_list(
    page: Page, base: str, width: int, picture: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(base + "timeline/")
    events = page.locator("li.event").evaluate_all("items => items.map(item => '#' + item.id)")
    shown_links = f"{picture} a[href^='#']:not([aria-hidden]):visible:not(.lane-head a)"
    read = "links => links.map(link => link.getAttribute('href'))"
    assert sorted(page.locator(shown_links).evaluate_all(read)) == sorted(events)
    page.locator("[name=voice]").select_option("police")
    fitting = {f"#{item}" for item in shown(page)}
    assert 0 < len(fitting) < len(events)
    assert sorted(page.locator(shown_links).evaluate_all(read)) == sorted(fitting)
    first = page.locator(shown_links).first
    first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/timeline/?voice=police{first.get_attribute('href')}")
    page.get_by_role("button", name="Clear filters").click()
    assert sorted(page.locator(shown_links).evaluate_all(read)) == sorted(events)


def test_the_overview_is_told_as_links_below_the_names_of_the_voices(page: Page, base: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(base + "timeline/")
    told = page.locator(".strip").aria_snapshot()
    assert re.search(rf"{page.locator('li.event').count()} events from 2019 to 20\d\d, chosen by us", told)
    assert "img " not in told
    links = page.locator(".strip-rows").get_by_role("link").all()
    assert len(links) >= page.locator("li.event").count()
    assert 'link "4 October 2019: Ministers of three countries ask Facebook to hold its plan"' in told


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_overview_can_be_seen_in_forced_colours(page: Page, base: str, scheme: str) -> None:
    page.emulate_media(forced_colors="active", color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(base + "timeline/")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    for mark, colour in (
        ("day", "stroke"),
        ("about", "stroke"),
        ("span", "stroke"),
        ("end", "stroke"),
        ("article", "stroke"),
        ("words", "fill"),
    ):
        drawn = page.locator(f".strip-rows .strip-{mark}").first.evaluate(f"e => getComputedStyle(e).{colour}")
        assert drawn not in (ground, "none"), mark


# Many


def test_three_thousand_events_are_filtered_at_once(page: Page, tmp_path: Path) -> None:
    voices = ("police", "press", "company", "privacy")
    days = sorted(f"{2018 + place % 5}-{1 + place % 12:02}-{1 + place % 28:02}" for place in range(3_000))
    shown_events = of_events(*(dated(place, day, voices[place % 4]) for place, day in enumerate(days)))
    html = build_timeline_page(shown_events).content_html
    (tmp_path / "assets").mkdir()
    (tmp_path / "timeline").mkdir()
    (tmp_path / FILTER_SCRIPT_PATH).write_text(asset_texts()[FILTER_SCRIPT_PATH], encoding="utf-8")
    (tmp_path / "timeline/index.html").write_text(
        f'<!doctype html><meta charset="utf-8"><style>{build_stylesheet()}</style><article class="md-typeset">{html}</article>',
        encoding="utf-8",
    )
    found = sum(str(place).startswith("31") and voices[place % 4] == "press" for place in range(3_000))
    for address in serve_folder(tmp_path):
        page.goto(f"{address}timeline/")
        for choose, number in (
            (lambda: page.locator("[name=voice]").select_option("press"), 750),
            (lambda: page.get_by_label("Find in this list").fill("event 31"), found),
        ):
            start = time.monotonic()
            choose()
            expect(page.get_by_role("status").first).to_have_text(f"{number} of 3,000 events")
            assert time.monotonic() - start < 5  # half a second where the machine has nothing else to do
            assert len(shown(page)) == number


# What the tests above ask with


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the example with a dozen more articles like its first, and with corrections of everything."""
    root = make_example(tmp_path_factory.mktemp("crowded") / "example")
    for number in range(12):
        for file in (DIGEST, NOTES, f"originals/{GAZETTE}.txt"):
            shutil.copy(root / file, root / file.replace(GAZETTE, f"copy-{number}"))
    for item in ITEMS:
        correct(root, item, correction("2024-05-20"))
        correct(root, item, correction("2024-05-25", "update", was="Two.", now="Three."))
    run_mkdocs(root, "build", "-q")
    yield from serve_folder(root / "site")


def shown(page: Page) -> dict[str, dict[str, str]]:
    """The items that are to be seen, with their values by facet; each must be seen once. What is folded can be opened."""
    seen = page.evaluate(f"() => {{ {SHOWN}; return shown().map(e => [e.dataset.item, {{...e.dataset}}]) }}")
    assert len(seen) == len(dict(seen))
    return dict(seen)


def status(page: Page) -> str:
    """What is told to those who cannot see what has changed."""
    return re.sub(r"\s+", " ", page.get_by_role("status").first.text_content() or "")


def years_of(page: Page) -> list[str]:
    """The headings that the items to be seen stand under."""
    read = "all => all.filter(e => e.checkVisibility()).map(e => e.closest('[data-group]').querySelector('h2').textContent)"
    return list(page.locator("[data-item]").evaluate_all(read))
