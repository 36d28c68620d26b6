"""A page of every kind on a desktop, on a phone, in the dark, without scripts: quiet, within the screen, open to everybody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from support.browsing import KINDS, find_axe_violations, serve_folder
from support.inspected_kinds import NARROW, WIDE, WIDTHS, KindInspector, Room

BAD_PAGE = """<!doctype html><title>Bad</title><body data-md-color-scheme=default>
<script>
if (matchMedia('(prefers-color-scheme: dark)').matches) document.body.dataset.mdColorScheme = 'slate'
</script>
<script src=fails.js></script>
<style>
@media (prefers-color-scheme: dark) { main { background: black } }
.line { overflow: hidden; white-space: nowrap; width: 10em } .low { block-size: 30px; overflow: hidden }
</style>
<article><h1>Bad</h1><p style="width: 1300px">Wide</p><p class=low>Low</p><p class=line>Hardly room enough</p>
<div class=note id=short><span class=note-gist>Says more</span><div class=note-body>Less</div></div>
<img src="http://elsewhere.example/"></article>"""

pytestmark = [pytest.mark.browser, pytest.mark.site]


@pytest.fixture(scope="module")
def inspector(browser: Browser) -> Iterator[KindInspector]:
    """Who visits the pages."""
    inspector = KindInspector(browser)
    yield inspector
    inspector.close()


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_wrong_with_a_page(inspector: KindInspector, base: str, kind: str) -> None:
    """One test, lest two processes share the tests of a kind and both visit it.

    Spacing is WCAG 1.4.12: nothing is cut off or pushed off the screen by what some people read with. A closed note is one line,
    whatever the spacing; what it breaks off with dots is whole once it is open.
    """
    seen = inspector.inspect(base + KINDS[kind])
    assert len(seen.requests) >= 3
    assert ([*seen.sideways], [*seen.spaced], [*seen.axe]) == (
        [320, 360, 768, 1280],
        [WIDE, NARROW],
        ["light", "dark", "blocked"],
    )
    faults = {
        "errors": seen.errors,
        "requests to other hosts": [url for url in seen.requests if not url.startswith((base, "data:", "blob:"))],
        "twice as large": find_misfits({WIDE: [seen.twice]}),
        "sideways": find_misfits({width: [room] for width, room in seen.sideways.items()}),
        "spaced": find_misfits({width: [spaced.closed, spaced.opened] for width, spaced in seen.spaced.items()}),
        "lost in notes": [note for spaced in seen.spaced.values() for note in spaced.lost],
        **{f"axe, {way}": found for way, found in seen.axe.items()},
    }
    assert {name: found for name, found in faults.items() if found} == {}


def find_misfits(rooms: dict[int, list[Room]]) -> list[tuple[int, Room]]:
    """Where a page is wider than the window, or something stands out or is cut off."""
    return [(width, room) for width, measured in rooms.items() for room in measured if room[0] > width or room[1]]


def test_whatever_is_wrong_with_a_page_is_seen(inspector: KindInspector, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(BAD_PAGE, encoding="utf-8")
    (tmp_path / "fails.js").write_text("throw new Error('failed')", encoding="utf-8")
    for address in serve_folder(tmp_path):
        seen = inspector.inspect(address)
    assert "failed" in seen.errors
    assert "http://elsewhere.example/" in seen.requests
    assert [width for width in WIDTHS if seen.sideways[width][0] > width and "Wide" in str(seen.sideways[width][1])] == [*WIDTHS]
    assert find_misfits({WIDE: [seen.twice]}) == [(WIDE, seen.twice)]
    assert "Low" in str(seen.twice[1])
    for width, spaced in seen.spaced.items():
        assert min(spaced.closed[0], spaced.opened[0]) > width
        assert all("Hardly" in str(clipped) for _, clipped in (spaced.closed, spaced.opened))
        assert spaced.lost == ["short"]
    for way, widths in (("light", {WIDE, NARROW}), ("blocked", {NARROW})):
        assert {width for width, _, rule, _ in seen.axe[way] if rule == "image-alt"} == widths


def test_axe_finds_what_is_put_there(page: Page, base: str) -> None:
    page.goto(base + "404.html")
    page.evaluate("document.body.append(Object.assign(document.createElement('img'), {src: 'data:,'}))")
    assert {rule for *_, rule, _ in find_axe_violations(page, 1280, "light")} == {"image-alt", "region"}


def test_axe_sees_the_colours_of_the_dark_scheme(page: Page, base: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(base + "404.html")
    page.evaluate("document.querySelector('h1').style.color = '#333'")
    assert {rule for *_, rule, _ in find_axe_violations(page, 1280, "dark")} == {"color-contrast"}
