"""What the tests in a browser share: Chromium, the real site served, one page of each kind, and where things are on a screen."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from support.find_browser import find_installed_browser

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
)
LONGEST = "articles/truthtalks/"
NOTED = "articles/telegraph-2021-03-26/"
KINDS = {
    "front page": "",
    "articles": "articles/",
    "article": NOTED,
    "article with layers": LONGEST,
    "claims": "claims/",
    "compare": "compare/",
    "claim": "claims/ninety-four-percent-of-69-million/",
    "timeline": "timeline/",
    "charts": "charts/",
    "sources": "sources/",
    "parties": "parties/",
    "glossary": "glossary/",
    "method": "method/",
    "guide": "style/",
    "help": "help/",
    "search": "search/",
    "results": "search/?q=whatsapp",
    "index page": "verdicts/imprecise/",
    "no such page": "404.html",
}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES: dict[str, Any] = {
    "light": {"runOnly": {"type": "tag", "values": TAGS}, "rules": {"target-size": {"enabled": True}}},
    "dark": {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}},
}
"""What axe asks in each scheme: everything in the light one, and of the dark one what depends on colours."""
FIND_VIOLATIONS = """async options => {
  const {violations} = await axe.run(options)
  return violations.map(rule => [rule.id, rule.nodes.slice(0, 3).map(node => node.html.slice(0, 160))])
}"""
AXE = f"""(() => {{
const QuickMap = class {{
  constructor() {{ this.key = Symbol() }}
  get(kept) {{ return kept[this.key] }}
  set(kept, value) {{ kept[this.key] = value; return this }}
  has(kept) {{ return this.key in kept }}
  delete(kept) {{ return delete kept[this.key] }}
  add(kept) {{ return this.set(kept, true) }}
}};
(function (WeakMap, WeakSet) {{ {AXE_SCRIPT} }}).call(window, QuickMap, QuickMap)
}})()"""
"""Axe, for which each private field of each colour is an entry of a weak map: with fields it takes two thirds of the time."""
AxeFault = tuple[int, str, str, list[str]]
"""Width, scheme, rule, and the first elements that break it."""
WIDTHS = (1280, 320)
SCHEMES = {"light": "default", "dark": "slate"}
"""The schemes as browsers and as the theme call them."""
LONGEST_LINE = """e => {
  const box = e.getBoundingClientRect(), [line] = [...e.getClientRects()].sort((a, b) => b.width - a.width)
  return {x: line.x - box.x + line.width / 2, y: line.y - box.y + line.height / 2}
}"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine."""
    path = find_installed_browser()
    if not path:
        pytest.skip("there is no Chromium here (CHROMIUM names one)")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield running
        running.close()


class _QuietRequestHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing."""


def serve_folder(folder: Path) -> Iterator[str]:
    """The address of a folder that is served as long as it is needed."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_QuietRequestHandler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join(5)


@pytest.fixture(scope="session")
def base(site: Path) -> Iterator[str]:
    """Address of the real site."""
    yield from serve_folder(site)


def click_link(link: Locator) -> None:
    """Click a link in the middle of its longest line."""
    link.click(position=link.evaluate(LONGEST_LINE))


def add_style_rules(page: Page, rules: str) -> None:
    """Have a page follow some more rules of style; its policy lets none be written into it."""
    page.evaluate(
        """rules => {
          const sheet = new CSSStyleSheet()
          sheet.replaceSync(rules)
          document.adoptedStyleSheets.push(sheet)
        }""",
        rules,
    )


def disable_transitions(page: Page) -> None:
    """Have nothing move by and by."""
    add_style_rules(page, "* { transition: none !important }")


def get_bounding_boxes(page: Page, selector: str) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of everything that a selector finds."""
    script = "all => all.map(e => (b => [b.left, b.top, b.right, b.bottom])(e.getBoundingClientRect()))"
    return [tuple(box) for box in page.locator(selector).evaluate_all(script)]


def is_overlapping(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    """Whether two boxes share more than an edge."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 0.5 and down > 0.5


def is_in_viewport(page: Page, box: dict[str, float] | None) -> bool:
    """Whether a box is on the screen, below the head of the page."""
    head = page.locator(".md-header").bounding_box()
    size = page.viewport_size
    return bool(box and head and size) and head["y"] + head["height"] <= box["y"] + 1 <= size["height"]  # type: ignore[index]


def open_in_scheme(page: Page, scheme: str, address: str) -> None:
    """Open a page in a scheme; the theme asks for it once, and keeps it."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page.goto(address)


def find_axe_violations(page: Page, width: int, scheme: str) -> list[AxeFault]:
    """What axe finds on a page; its script is put there once."""
    page.set_viewport_size({"width": width, "height": 900})
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", SCHEMES[scheme])
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE)
    broken = page.evaluate(FIND_VIOLATIONS, RULES[scheme] | {"resultTypes": ["violations"]})
    return [(width, scheme, rule, elements) for rule, elements in broken]
