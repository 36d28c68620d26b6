"""What foreign programs make of the files in Chromium: Recogito's annotator, TimelineJS, and a frame on another site."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from support.browsing import serve_folder
from support.dossiers import FULL_PRINT_EXAMPLE, make_example, read_example, run_mkdocs
from support.exports import export_text
from support.foreign_programs import check_every_annotation, draw_annotations, read_annotations, read_timeline
from support.reading_pages import EVENT, GAZETTE

pytestmark = pytest.mark.browser
TIMELINE = "data/timeline.timelinejs.json"


@pytest.fixture(scope="module")
def example_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """The example as MkDocs builds it, and where it is served."""
    folder = tmp_path_factory.mktemp("annotated")
    root = make_example(folder / "example")
    run_mkdocs(root, "build", "--strict", "--site-dir", str(folder / "site"))
    for address in serve_folder(folder / "site"):
        yield folder / "site", address


@pytest.fixture(scope="module")
def whole_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """The example whose articles are printed whole, likewise."""
    folder = tmp_path_factory.mktemp("whole")
    run_mkdocs(FULL_PRINT_EXAMPLE, "build", "--site-dir", str(folder / "site"))
    for address in serve_folder(folder / "site"):
        yield folder / "site", address


@pytest.mark.site
@pytest.mark.parametrize("made", ["example_site", "whole_site"])
def test_every_annotation_is_found_at_its_words_on_the_built_page(
    open_page: Page, made: str, request: pytest.FixtureRequest
) -> None:
    folder, address = request.getfixturevalue(made)
    check_every_annotation(open_page, folder, address)


@pytest.mark.site
def test_an_annotation_with_a_wrong_place_is_not_found_at_its_words_and_one_without_is_not_read(
    open_page: Page, example_site: tuple[Path, str]
) -> None:
    folder, address = example_site
    items = read_annotations(folder / f"articles/{GAZETTE}/annotations.json")
    displaced, unplaced = items[1], items[2]
    displaced["target"]["selector"][1]["start"] += 1
    unplaced["target"]["selector"].pop()
    open_page.goto(f"{address}articles/{GAZETTE}/")
    found = draw_annotations(open_page, items)
    assert found[displaced["id"]] == displaced["target"]["selector"][0]["exact"][1:]
    assert unplaced["id"] not in found
    assert {one["id"]: one["target"]["selector"][0]["exact"] for one in (items[0], items[3])}.items() <= found.items()


def test_the_events_are_read_and_dated_in_our_words(browser: Browser, example: Path) -> None:
    copy = (example / EVENT).read_text(encoding="utf-8")
    dates = {"about": "2021-03~", "later": "2021-10-28/..", "earlier": "../2020", "spring": "2021-21", "month": "2019-10/2020-09"}
    for name, date in dates.items():
        (example / EVENT).with_name(f"{name}.yml").write_text(copy.replace("2024-05-02", date, 1), encoding="utf-8")
    read = read_timeline(browser, read_timeline_file(example))
    assert read["errors"] == []
    assert read["dates"] == {
        "count-published": "2 May 2024",
        "about": "about March 2021",
        "later": "28 October 2021 or later",
        "earlier": "2020 or earlier",
        "spring": "spring 2021",
        "month": "October 2019 to September 2020",
    }
    assert read["groups"] == ["Government"]


@pytest.mark.parametrize("poison", [{"start_date": {"year": "soon"}}, {"start_date": {"year": 2021, "month": "May"}}])
def test_an_event_with_a_date_that_is_none_is_refused(browser: Browser, example: Path, poison: dict[str, Any]) -> None:
    data = read_timeline_file(example)
    data["events"].append(data["events"][0] | {"unique_id": "poisoned"} | poison)
    assert read_timeline(browser, data)["errors"]


@pytest.mark.site
@pytest.mark.parametrize(("width", "scheme"), [(560, "light"), (320, "dark")])
def test_a_card_is_shown_in_a_frame_on_another_site(
    browser: Browser, example_site: tuple[Path, str], tmp_path: Path, width: int, scheme: str
) -> None:
    _, address = example_site
    card = f"{address}claims/april-record/card.html"
    code = f'<iframe src="{card}" width="560" height="380" style="border: 0; max-width: 100%"></iframe>'
    head = '<!doctype html><title>Elsewhere</title><link rel="icon" href="data:,">'
    (tmp_path / "index.html").write_text(head + code, encoding="utf-8")
    for elsewhere in serve_folder(tmp_path):
        context = browser.new_context(viewport={"width": width + 16, "height": 600}, color_scheme=scheme)  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        page, complaints = context.new_page(), list[str]()
        page.on("console", lambda message, complaints=complaints: complaints.append(message.text))  # type: ignore[misc]
        page.goto(elsewhere.replace("127.0.0.1", "localhost"))
        card = page.frame_locator("iframe")
        assert card.locator(".verdict").inner_text() == "Supported"
        assert card.locator("main").evaluate("main => main.scrollWidth <= innerWidth && main.scrollHeight <= innerHeight")
        assert card.locator("html").evaluate("html => getComputedStyle(html).backgroundColor") == (
            "rgb(255, 253, 249)" if scheme == "light" else "rgb(21, 24, 27)"
        )
        with context.expect_page() as opened:
            card.get_by_role("link").click()
        assert opened.value.url == f"{address}claims/april-record/"
        assert page.url.startswith("http://localhost")
        assert complaints == []
        context.close()


def read_timeline_file(example: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(export_text(read_example(example), TIMELINE))
    return data
