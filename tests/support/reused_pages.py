"""Pages that one test after the other gets: making one costs three times what a visit costs, wiping one next to nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

TIMEOUT = 10_000
"""Milliseconds that a step of a test may take."""
WIPEABLE = frozenset(
    "emulate_media evaluate frame_locator get_by_label get_by_role get_by_text go_back goto is_closed keyboard locator mouse"
    " reload set_viewport_size url viewport_size wait_for_function wait_for_load_state wait_for_timeout wait_for_url".split()
)
"""What may be asked of a page without leaving behind what `OpenPage.wipe` does not take away."""


class ReusedPage(Page):
    """A page that knows whether more was asked of it than wiping undoes: listeners, routes, scripts, its context, …"""

    def __getattribute__(self, name: str) -> Any:
        """Note whatever is not known to be harmless."""
        if not name.startswith("_") and name not in WIPEABLE:
            self._is_spent = True
        return super().__getattribute__(name)


class OpenPage:
    """An empty page in a context of its own, to be used by one test and wiped for the next."""

    def __init__(self, browser: Browser, **options: Any) -> None:
        self.context = browser.new_context(**options)
        self.context.set_default_timeout(TIMEOUT)
        self.page = self.context.new_page()
        self.size = self.page.viewport_size
        self.page.__class__ = ReusedPage
        self.page._is_spent = False  # type: ignore[attr-defined]

    def is_reusable(self) -> bool:
        """Whether wiping takes everything away: nothing lasting was asked of the page, and it opened no other."""
        return not self.page._is_spent and self.context.pages == [self.page]  # type: ignore[attr-defined]

    def wipe(self) -> None:
        """Take away what is shown, stored and emulated, where the pointer is, and where the page has been."""
        assert self.size
        self.page.goto("about:blank")
        self.page.evaluate("window.name = ''")
        self.page.mouse.move(-1, -1)
        devtools = self.context.new_cdp_session(self.page)
        devtools.send("Storage.clearDataForOrigin", {"origin": "*", "storageTypes": "all"})
        devtools.send("Page.resetNavigationHistory")
        devtools.detach()  # as long as there are two of them, a page forgets that it is to be printed
        self.page.set_viewport_size(self.size)
        self.page.emulate_media(
            media="null", color_scheme="light", reduced_motion="no-preference", forced_colors="none", contrast="no-preference"
        )


class PageShelf:
    """The pages of a browser that stand ready, by the kind of their context."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.ready: dict[str, OpenPage] = {}

    @contextmanager
    def lend_page(self, request: pytest.FixtureRequest, kind: str, **options: Any) -> Iterator[Page]:
        """A page in a context of these options; the next test gets it too unless this one failed or left its mark."""
        failed = request.session.testsfailed
        lent = self.ready.pop(kind, None) or OpenPage(self.browser, **options)
        yield lent.page
        if request.session.testsfailed == failed and lent.is_reusable():
            lent.wipe()
            self.ready[kind] = lent
        else:
            lent.context.close()


@pytest.fixture(scope="session")
def shelf(browser: Browser) -> PageShelf:
    """The pages that this process has open."""
    return PageShelf(browser)


@pytest.fixture
def page(shelf: PageShelf, request: pytest.FixtureRequest) -> Iterator[Page]:
    """An empty page with a desktop's viewport; its browser may have fetched the site's files before."""
    with shelf.lend_page(request, "page", viewport={"width": 1280, "height": 900}) as lent:
        yield lent


@pytest.fixture
def fresh_page(browser: Browser) -> Iterator[Page]:
    """An empty page with a desktop's viewport, of a browser that has fetched nothing yet: for tests of what is fetched."""
    fresh = OpenPage(browser, viewport={"width": 1280, "height": 900})
    yield fresh.page
    fresh.context.close()


@pytest.fixture
def plain(shelf: PageShelf, request: pytest.FixtureRequest) -> Iterator[Page]:
    """An empty page of a browser that runs no scripts."""
    with shelf.lend_page(request, "plain", java_script_enabled=False) as lent:
        yield lent


@pytest.fixture
def open_page(shelf: PageShelf, request: pytest.FixtureRequest) -> Iterator[Page]:
    """An empty page into which tests may put a program that its policy would refuse."""
    with shelf.lend_page(request, "open", bypass_csp=True) as lent:
        yield lent
