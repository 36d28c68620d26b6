"""A page that tests share keeps nothing of what a test did to it; what it might keep is not shared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from support.browsing import serve_folder
from support.reused_pages import OpenPage

LEAVE = """async () => {
  localStorage.left = sessionStorage.left = window.name = 'left'
  document.cookie = 'left=1'
  await new Promise(done => indexedDB.open('left', 1).onsuccess = event => { event.target.result.close(); done() })
  await (await caches.open('left')).put('/left', new Response('left'))
}"""
KEPT = """async () => ({
  storage: localStorage.length, visit: sessionStorage.length, cookies: document.cookie, name: window.name,
  databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
  visits: history.length, place: location.hash, scrolled: scrollY, pointed: document.querySelectorAll('p:hover').length,
  width: innerWidth, height: innerHeight, dark: matchMedia('(prefers-color-scheme: dark)').matches,
  still: matchMedia('(prefers-reduced-motion)').matches, contrast: matchMedia('(prefers-contrast)').matches,
  forced: matchMedia('(forced-colors: active)').matches, paper: getComputedStyle(document.body).color,
})"""

pytestmark = pytest.mark.browser


def ignore(*seen: object) -> None:
    """What a listener does here."""


@pytest.fixture
def lent(browser: Browser) -> Iterator[OpenPage]:
    """A page as tests get it."""
    lent = OpenPage(browser, viewport={"width": 1280, "height": 900})
    yield lent
    lent.context.close()


@pytest.fixture
def addresses(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Two sites of one long page, with something where a test points, and nothing in the corner, where some browsers begin."""
    style = "@media print { body { color: red } } body { height: 5000px } p { position: fixed; inset: 80px }"
    (tmp_path / "index.html").write_text(f"<!doctype html><style>{style}</style><p>", encoding="utf-8")
    for one in serve_folder(tmp_path):
        for other in serve_folder(tmp_path):
            yield one, other


def test_nothing_is_left_of_what_a_test_did(lent: OpenPage, addresses: tuple[str, str]) -> None:
    page = lent.page
    page.goto(addresses[0])
    untouched = page.evaluate(KEPT)
    for address in addresses:
        page.set_viewport_size({"width": 360, "height": 740})
        page.emulate_media(color_scheme="dark", reduced_motion="reduce", forced_colors="active", contrast="more", media="print")
        page.goto(address)
        page.evaluate(LEAVE)
        page.mouse.move(100, 100)
        page.evaluate("scrollTo(0, 900); location.hash = 'left'")
        left = page.evaluate(KEPT)
        assert [name for name in untouched if left[name] == untouched[name]] == []
    assert lent.is_reusable()
    lent.wipe()
    for number, address in enumerate(addresses):
        page.goto(address)
        now = page.evaluate(KEPT)
        now["visits"] -= number  # the history of this page, which has been to the other site
        assert now == untouched


@pytest.mark.parametrize(
    "ask",
    [
        lambda page: page.on("request", ignore),
        lambda page: page.route("**/*", ignore),
        lambda page: page.add_init_script("1"),
        lambda page: page.expose_function("left", ignore),
        lambda page: page.set_extra_http_headers({"Left": "1"}),
        lambda page: page.context.grant_permissions(["clipboard-read"]),
        lambda page: page.evaluate("open('about:blank') && 1"),
    ],
)
def test_a_page_that_would_keep_something_is_not_used_again(lent: OpenPage, ask: Callable[[Page], Any]) -> None:
    assert lent.is_reusable()
    ask(lent.page)
    assert not lent.is_reusable()
