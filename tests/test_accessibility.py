"""Every kind of page is held against axe's rules, on a desktop and at 320 px, in both schemes, and without scripts."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import KINDS
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES: dict[str, Any] = {
    "light": {"runOnly": {"type": "tag", "values": TAGS}, "rules": {"target-size": {"enabled": True}}},
    "dark": {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}},
}
"""What axe asks in each scheme: everything in the light one, and of the dark one what depends on colours."""
WIDTHS = (1280, 320)

pytestmark = [pytest.mark.browser, pytest.mark.site]
each_kind = pytest.mark.parametrize("kind", KINDS)


@each_kind
def test_axe_finds_nothing(page: Page, base: str, kind: str) -> None:
    page.goto(base + KINDS[kind])
    assert [fault for width, scheme in product(WIDTHS, RULES) for fault in faults(page, width, scheme)] == []


@each_kind
def test_axe_finds_nothing_where_scripts_are_blocked(page: Page, base: str, kind: str) -> None:
    page.route("**/*.js", lambda route: route.abort())
    page.goto(base + KINDS[kind])
    assert faults(page, 320, "light") == []


def test_axe_finds_what_is_put_there(page: Page, base: str) -> None:
    page.goto(base + "404.html")
    page.evaluate("document.body.append(Object.assign(document.createElement('img'), {src: 'data:,'}))")
    assert {rule for *_, rule, _ in faults(page, 1280, "light")} == {"image-alt", "region"}


def test_axe_sees_the_colours_of_the_dark_scheme(page: Page, base: str) -> None:
    page.goto(base + "404.html")
    page.evaluate("document.querySelector('h1').style.color = '#333'")
    assert {rule for *_, rule, _ in faults(page, 1280, "dark")} == {"color-contrast"}
    assert faults(page, 1280, "light") == []


def faults(page: Page, width: int, scheme: str) -> list[tuple[int, str, str, list[str]]]:
    """What axe finds on a page: width, scheme, rule, and the first elements that break it."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 900})
    broken = Axe().run(page, options=RULES[scheme] | {"resultTypes": ["violations"]}).response["violations"]
    return [(width, scheme, rule["id"], [node["html"][:160] for node in rule["nodes"][:3]]) for rule in broken]
