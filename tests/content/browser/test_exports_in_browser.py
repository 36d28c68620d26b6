"""The annotations and the timeline of the real site, as foreign programs read them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from support.foreign_programs import check_every_annotation, read_timeline

pytestmark = [pytest.mark.browser, pytest.mark.site]


def test_every_annotation_of_the_dossier_is_found_at_its_words(open_page: Page, site: Path, base: str) -> None:
    check_every_annotation(open_page, site, base)


def test_every_event_of_the_dossier_is_read_and_dated_in_our_words(browser: Browser, site: Path) -> None:
    data = json.loads((site / "data/timeline.timelinejs.json").read_text(encoding="utf-8"))
    read = read_timeline(browser, data)
    assert read["errors"] == []
    assert read["dates"] == {event["unique_id"]: event["display_date"] for event in data["events"]}
