"""Asks the search page of a site as a reader does, and compares what is found with the pages that are right."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from playwright.sync_api import Page, expect

FIRST = 3
"""Results that a reader looks at before asking otherwise."""


def find_pages(page: Page, base: str, ask: str) -> list[str]:
    """The addresses of the first results of a query, from the site's root; none if nothing is found.

    The first query of a page comes with its address, any other is typed over it, which spares loading page and index anew. The
    count of a query is said when its results stand; that of the one before may name the same words, as some that it left out.
    """
    if page.url.startswith(f"{base}search/"):
        page.locator("#search-field").fill(ask)
    else:
        page.goto(f"{base}search/?q={quote(ask)}")
    expect(page.locator(".search-count")).to_have_text(re.compile(rf"^(No|[\d,]+) results? for “{re.escape(ask)}”(,|$)"))
    expect(page.locator(".results")).to_have_attribute("aria-busy", "false")
    addresses: list[str] = page.locator(".results h3 a").evaluate_all("links => links.map(link => link.href)")
    return [address.removeprefix(base) for address in addresses]


def is_found(addresses: Iterable[str], right: Iterable[str]) -> bool:
    """Whether one of the right pages is among the first results; a page without a fragment is any place on it."""
    first = list(addresses)[:FIRST]
    return any(address == page or address.split("#")[0] == page for address in first for page in right)
