"""A page of every kind on a desktop, on a phone, in the dark, without scripts: quiet, within the screen, open to everybody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from support.browsing import KINDS, find_axe_violations, serve_folder
from support.inspected_kinds import NARROW, WIDE, WIDTHS, KindInspector, KindReport

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


@pytest.fixture(scope="module", params=KINDS)
def seen(inspector: KindInspector, base: str, request: pytest.FixtureRequest) -> KindReport:
    """What is seen of a page of a kind; the tests of one kind run one after the other."""
    return inspector.inspect(base + KINDS[request.param])


def test_a_page_has_no_error_and_asks_no_other_host(seen: KindReport, base: str) -> None:
    assert seen.errors == []
    assert len(seen.requests) >= 3
    assert [url for url in seen.requests if not url.startswith((base, "data:", "blob:"))] == []


def test_a_page_never_scrolls_sideways(seen: KindReport) -> None:
    assert list(seen.sideways) == [320, 360, 768, 1280]
    assert {width: (wide, outside) for width, (wide, outside) in seen.sideways.items() if wide > width or outside} == {}


def test_text_twice_as_large_fits(seen: KindReport) -> None:
    wide, cut = seen.twice
    assert wide <= WIDE
    assert cut == []


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_text_may_be_spaced_as_readers_need_it(seen: KindReport, width: int) -> None:
    """WCAG 1.4.12: nothing is cut off or pushed off the screen by the spacing that some people read with.

    A closed note is one line, whatever the spacing; what it breaks off with dots is whole once it is open.
    """
    spaced = seen.spaced[width]
    for wide, clipped in (spaced.closed, spaced.opened):
        assert wide <= width
        assert clipped == []
    assert spaced.lost == []


@pytest.mark.parametrize("way", ["light", "dark", "blocked"])
def test_axe_finds_nothing(seen: KindReport, way: str) -> None:
    """On a desktop and at 320 px, in both schemes; where scripts are blocked, at 320 px."""
    assert seen.axe[way] == []


def test_whatever_is_wrong_with_a_page_is_seen(inspector: KindInspector, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(BAD_PAGE, encoding="utf-8")
    (tmp_path / "fails.js").write_text("throw new Error('failed')", encoding="utf-8")
    for address in serve_folder(tmp_path):
        seen = inspector.inspect(address)
    assert "failed" in seen.errors
    assert "http://elsewhere.example/" in seen.requests
    assert [width for width in WIDTHS if seen.sideways[width][0] > width and "Wide" in str(seen.sideways[width][1])] == [*WIDTHS]
    assert seen.twice[0] > WIDE
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
