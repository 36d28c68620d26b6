"""The annotations and the timeline of the real site, as foreign programs read them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from dossier.loading import read_dossier
from dossier.pages.embed import CARD_HEIGHT, CARD_WIDTH
from support.dossiers import ROOT
from support.foreign_programs import check_every_annotation, read_timeline

pytestmark = [pytest.mark.browser, pytest.mark.site]


def test_every_annotation_of_the_dossier_is_found_at_its_words(open_page: Page, site: Path, base: str) -> None:
    check_every_annotation(open_page, site, base)


def test_every_event_of_the_dossier_is_read_and_dated_in_our_words(browser: Browser, site: Path) -> None:
    data = json.loads((site / "data/timeline.timelinejs.json").read_text(encoding="utf-8"))
    read = read_timeline(browser, data)
    assert read["errors"] == []
    assert read["dates"] == {event["unique_id"]: event["display_date"] for event in data["events"]}


def test_every_card_fits_into_the_frame_that_is_offered_for_it(page: Page, base: str, site: Path) -> None:
    heights = {}
    for card in sorted(site.glob("claims/*/card.html")):
        name = card.parts[-2]
        page.goto(f"{base}claims/{name}/card.html", wait_until="domcontentloaded")
        for width in (CARD_WIDTH, 300, 288):
            page.set_viewport_size({"width": width, "height": CARD_HEIGHT})
            heights[name, width] = page.evaluate("document.documentElement.scrollHeight")
    assert {place: height for place, height in heights.items() if height > CARD_HEIGHT} == {}
    assert len({name for name, _ in heights}) == len(read_dossier(ROOT).only_published().claims) > 50


def test_names_of_columns_are_not_broken_on_a_desktop(page: Page, base: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(base + "data/")
    page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
    broken = "all => all.filter(e => e.getClientRects().length > 1).map(e => e.textContent)"
    assert page.locator(".data-columns dt code").count() > 50
    assert page.locator(".data-columns dt code").evaluate_all(broken) == []
