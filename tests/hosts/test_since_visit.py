"""What is new since a reader's last visit, in a browser: a line and marks on lists, from what the own device remembers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route

from dossier.loading.release import build_release, write_release
from dossier.model.site.release import RELEASE_FILE_NAME, LastRelease, ReleasedRecord
from support.browsing import serve_folder
from support.built_site import verify_site
from support.dossiers import make_example, read_example, run_mkdocs

pytestmark = [pytest.mark.site, pytest.mark.browser]

KEY = "/visit"
OLD, NEW, NEWEST = "2024-06-03", "2024-07-01", "2024-07-08"
CLAIM, EVENT, GAZETTE = "claims/april-record/", "timeline/#count-published", "articles/harbour-gazette-2024-05-02/"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The served example: all of it is old but an event, which is new, and the claim, which changed."""
    root = make_example(tmp_path_factory.mktemp("since") / "example")
    released = build_release(read_example(root), date.fromisoformat(OLD))
    records = released.records | {
        CLAIM: ReleasedRecord(date.fromisoformat(OLD), date.fromisoformat(NEWEST), "0"),
        EVENT: ReleasedRecord(date.fromisoformat(NEW), None, "0"),
    }
    release = LastRelease(released.version, records, released.claims, released.annotations)
    write_release(root / RELEASE_FILE_NAME, release)
    front = root / "docs/index.md"
    front.write_text(
        front.read_text(encoding="utf-8").replace("\n<!--", "\n<!-- dossier: since -->\n\n<!--", 1), encoding="utf-8"
    )
    run_mkdocs(root, "build", "--strict")
    assert verify_site(root, root / "site") == (0, "0 errors, 0 notices\n")
    yield from serve_folder(root / "site")


def visit_before(page: Page, address: str, days: int = 1, seen: str = OLD) -> None:
    """Have the browser remember a visit some days ago, when the site had nothing newer than a day."""
    page.goto(address + "glossary/")
    visit = {"day": str(date.today() - timedelta(days=days)), "seen": seen, "since": ""}
    page.evaluate("([key, visit]) => localStorage.setItem(key, visit)", [KEY, json.dumps(visit)])


def kept(page: Page) -> dict[str, Any] | None:
    text = page.evaluate("key => localStorage.getItem(key)", KEY)
    found: dict[str, Any] | None = json.loads(text) if text else None
    return found


def said(page: Page) -> str:
    """What the line says to a reader."""
    return " ".join(page.locator(".since-visit").inner_text().split())


def marks(page: Page) -> list[str]:
    return page.locator(".since-mark").all_inner_texts()


def test_the_first_visit_says_nothing_and_is_remembered(page: Page, address: str) -> None:
    for path in ("claims/", "timeline/", ""):
        page.goto(address + path)
        assert said(page) == "Last change: 8 July 2024."
        assert marks(page) == []
    assert kept(page) == {"day": str(date.today()), "seen": NEWEST, "since": ""}


def test_what_came_after_the_last_visit_is_marked_on_its_list(page: Page, address: str) -> None:
    visit_before(page, address)
    page.goto(address + "claims/")
    assert said(page) == "Since your last visit: 1 changed claim Forget my visits"
    assert marks(page) == ["Changed"]
    page.goto(address + "timeline/")
    assert said(page) == "Since your last visit: 1 new event Forget my visits"
    assert page.locator("#count-published .since-mark").inner_text() == "New"
    page.goto(address + "articles/")
    assert said(page) == "Nothing new since your last visit. Forget my visits"
    assert marks(page) == []


def test_the_front_page_counts_and_leads_to_the_lists(page: Page, address: str) -> None:
    visit_before(page, address)
    page.goto(address)
    assert said(page) == "New or changed since your last visit: 1 claim, 1 event Forget my visits"
    page.locator(".since-visit").get_by_role("link", name="1 event").click()
    page.wait_for_url(f"{address}timeline/")
    page.locator(".since-mark").wait_for()
    assert marks(page) == ["New"]


def test_marks_stay_for_the_day_and_are_gone_at_the_next_visit(page: Page, address: str) -> None:
    visit_before(page, address, days=30)
    for _ in range(2):
        page.goto(address + "claims/")
        assert marks(page) == ["Changed"]
    assert kept(page) == {"day": str(date.today()), "seen": NEWEST, "since": OLD}
    visit_before(page, address, seen=NEWEST)
    page.goto(address + "claims/")
    assert said(page).startswith("Nothing new")


@pytest.mark.parametrize(("seen", "expected"), [(OLD, ["New"]), (NEW, []), (NEWEST, []), ("2024-06-30", ["New"])])
def test_only_what_is_later_than_the_site_was_then_is_new(page: Page, address: str, seen: str, expected: list[str]) -> None:
    visit_before(page, address, seen=seen)
    page.goto(address + "timeline/")
    assert marks(page) == expected


def test_a_button_forgets_and_the_next_page_is_a_first_visit(page: Page, address: str) -> None:
    visit_before(page, address)
    page.goto(address + "claims/")
    page.get_by_role("button", name="Forget my visits").press("Enter")
    assert said(page) == "Forgotten: your next visit counts as your first."
    assert (marks(page), kept(page)) == ([], None)
    assert page.evaluate("document.activeElement.className").startswith("since-visit")
    page.goto(address + "claims/")
    assert said(page).startswith("Last change:")


@pytest.mark.parametrize(
    "text", ["", "{", "null", "[]", '{"day": 1}', '{"day": "x", "seen": "2024-06-03"}', '{"day": "2024-06-04", "seen": "<b>"}']
)
def test_what_is_remembered_wrongly_counts_as_no_visit(page: Page, address: str, text: str) -> None:
    page.goto(address + "glossary/")
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, text])
    page.goto(address + "claims/")
    assert said(page).startswith("Last change:")
    assert (kept(page) or {})["seen"] == NEWEST


def test_nothing_of_it_leaves_the_device(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url} {request.post_data} {request.headers}"))
    visit_before(page, address)
    page.goto(address + "claims/")
    page.goto(address + "timeline/")
    assert not [one for one in asked if "GET" not in one or "visit" in one or "cookie" in one]
    assert page.context.cookies() == []


def test_without_scripts_and_without_storage_there_is_the_day_only(plain: Page, page: Page, address: str) -> None:
    plain.goto(address + "claims/")
    assert said(plain) == "Last change: 8 July 2024."
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('blocked') }})")
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(address + "claims/")
    assert (said(page), faults) == ("Last change: 8 July 2024.", [])


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", ["", "claims/", "timeline/", "articles/"])
def test_nothing_moves_when_it_is_filled_in(page: Page, address: str, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address + path)
    first = page.locator(".since-visit + *").bounding_box()
    visit_before(page, address)
    page.goto(address + path)
    assert said(page).endswith("Forget my visits")
    again = page.locator(".since-visit + *").bounding_box()
    assert first
    assert again
    assert (first["y"], first["height"]) == (again["y"], again["height"])


@pytest.mark.parametrize("path", ["", "claims/"])
def test_what_a_large_dossier_says_has_room_in_the_lines_kept_for_it_on_a_phone(page: Page, address: str, path: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    many = {f"{OLD}/{NEWEST}": 114, f"{NEW}/": 123}
    page.route(f"{address}{path}", lambda route: fill_counts(route, many))
    visit_before(page, address)
    page.goto(address + path)
    assert said(page).count("237 " if not path else "123 new and 114 changed") == (3 if not path else 1)
    line = page.locator(".since-visit")
    kept_room = line.evaluate("line => parseFloat(getComputedStyle(line).minBlockSize)")
    assert line.evaluate("line => line.getBoundingClientRect().height") == kept_room > 0


def fill_counts(route: Route, days: dict[str, int]) -> None:
    """Answer with the page, whose records of each kind have these counts by days."""
    answer = route.fetch()
    counts = re.compile(r"&#34;days&#34;:\{.*?\}")
    written = "&#34;days&#34;:" + json.dumps(days).replace('"', "&#34;")
    text, changed = counts.subn(written, answer.text())
    assert changed
    route.fulfill(response=answer, body=text)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["", "claims/", "timeline/"])
def test_it_can_be_read_by_everybody(page: Page, address: str, path: str, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    visit_before(page, address)
    page.goto(address + path)
    assert marks(page) or not path
    found = Axe().run(page, context=".since-visit, .since-mark" if path else ".since-visit")
    assert [violation["id"] for violation in found.response["violations"]] == []
    button = page.get_by_role("button", name="Forget my visits").bounding_box()
    assert button
    assert min(button["width"], button["height"]) >= 24


def test_a_dossier_that_was_never_released_says_nothing(tmp_path: Path) -> None:
    root = make_example(tmp_path / "example")
    run_mkdocs(root, "build", "--strict")
    for path in ("index.html", "claims/index.html", "timeline/index.html"):
        text = (root / "site" / path).read_text(encoding="utf-8")
        assert "since-visit" not in text
        assert "data-published" not in text
