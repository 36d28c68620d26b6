"""Every kind of page is held against axe's rules, on a desktop and at 320 px, in both schemes, with and without scripts."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import KINDS
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
WIDTHS = (1280, 320)
SCHEMES = ("light", "dark")

pytestmark = [pytest.mark.browser, pytest.mark.site]
each_kind = pytest.mark.parametrize("kind", KINDS)


@each_kind
def test_axe_finds_nothing(page: Page, base: str, kind: str) -> None:
    assert faults(page, base + KINDS[kind]) == []


@each_kind
def test_axe_finds_nothing_where_scripts_are_blocked(page: Page, base: str, kind: str) -> None:
    page.route("**/*.js", lambda route: route.abort())
    assert faults(page, base + KINDS[kind]) == []


def test_axe_finds_what_is_put_there(page: Page, base: str) -> None:
    page.goto(base)
    page.evaluate("document.body.append(Object.assign(document.createElement('img'), {src: 'data:,'}))")
    assert [rule for rule, _ in found(page)] == ["image-alt", "region"]


def faults(page: Page, address: str) -> list[tuple[int, str, str, list[str]]]:
    """What axe finds on a page: width, scheme, rule, and the first elements that break it."""
    page.goto(address)
    told = []
    for width, scheme in product(WIDTHS, SCHEMES):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 900})
        told += [(width, scheme, rule, elements) for rule, elements in found(page)]
    return told


def found(page: Page) -> list[tuple[str, list[str]]]:
    """The rules that axe finds broken, each with the first elements that break it."""
    broken = Axe().run(page, options=OPTIONS).response["violations"]
    return [(rule["id"], [node["html"][:160] for node in rule["nodes"][:3]]) for rule in broken]
