"""Every kind of page is held against axe's rules, on a desktop and at 320 px, in both schemes, and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from support.browsing import KINDS, RULES, WIDTHS, find_axe_violations, open_in_scheme

pytestmark = [pytest.mark.browser, pytest.mark.site]
each_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.mark.parametrize("scheme", RULES)
@each_kind
def test_axe_finds_nothing(page: Page, base: str, kind: str, scheme: str) -> None:
    open_in_scheme(page, scheme, base + KINDS[kind])
    assert [fault for width in WIDTHS for fault in find_axe_violations(page, width, scheme)] == []


@each_kind
def test_axe_finds_nothing_where_scripts_are_blocked(page: Page, base: str, kind: str) -> None:
    page.route("**/*.js", lambda route: route.abort())
    page.goto(base + KINDS[kind])
    assert find_axe_violations(page, 320, "light") == []


def test_axe_finds_what_is_put_there(page: Page, base: str) -> None:
    page.goto(base + "404.html")
    page.evaluate("document.body.append(Object.assign(document.createElement('img'), {src: 'data:,'}))")
    assert {rule for *_, rule, _ in find_axe_violations(page, 1280, "light")} == {"image-alt", "region"}


def test_axe_sees_the_colours_of_the_dark_scheme(page: Page, base: str) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(base + "404.html")
    page.evaluate("document.querySelector('h1').style.color = '#333'")
    assert {rule for *_, rule, _ in find_axe_violations(page, 1280, "dark")} == {"color-contrast"}
