"""Opens a page of a kind four times, and notes on each visit all that tests ask of every kind: opening it is what takes long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from playwright.sync_api import Browser

from support.browsing import AxeFault, add_style_rules, disable_transitions, find_axe_violations
from support.reused_pages import OpenPage

WIDE, NARROW = 1280, 320
WIDTHS = (NARROW, 360, 768, WIDE)
"""Widths at which nothing may stand out; the last is that of the window."""
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-block-end: 2em !important }"""
OUTSIDE = """width => [...document.querySelectorAll('article *')].filter(e => {
  const box = e.getBoundingClientRect()
  const apart = e.closest('.visually-hidden, .md-typeset__scrollwrap')
  return box.width > 1 && box.right > width + 1 && !apart && getComputedStyle(e).visibility !== 'hidden'
}).map(e => e.outerHTML.slice(0, 120))"""
"""Elements that stand out to the right."""
CUT = """() => [...document.querySelectorAll('article *')].filter(e => {
  const style = getComputedStyle(e)
  return e.clientHeight > 2 && style.overflowY === 'hidden' && e.scrollHeight > e.clientHeight + 2
}).map(e => e.outerHTML.slice(0, 120))"""
"""Elements whose text is cut off."""
CLIPPED = """width => [...document.querySelectorAll('article *, header *')].filter(e => {
  const style = getComputedStyle(e), box = e.getBoundingClientRect()
  if (e.closest('.visually-hidden, .md-typeset__scrollwrap, svg, select') || !e.checkVisibility() || box.width <= 1) return false
  if (e.closest('.note details:not([open]) .note-head')) return false
  const cut = style.overflowX === 'hidden' && e.scrollWidth > e.clientWidth + 2
  return cut || box.right > width + 1
}).map(e => e.outerHTML.slice(0, 120))"""
"""Elements that are cut off or off the screen."""
LOST = """() => {
  const read = words => (words ?? '').replace(/\\W+/gu, ' ')
  return [...document.querySelectorAll('.note:has(.note-gist)')].filter(note => {
    const [gist, body] = ['.note-gist', '.note-body'].map(part => read(note.querySelector(part)?.textContent).trim())
    return !body.includes(gist)
  }).map(note => note.id)
}"""
"""Notes whose line says what does not stand in them once they are open."""
SCROLLED = "document.documentElement.scrollWidth"
Room = tuple[int, list[str]]
"""How wide a page is, and what stands out or is cut off."""


@dataclass
class SpacedText:
    """How a page stands spacing: how wide it is and what is cut off, with closed notes and with open ones."""

    closed: Room
    opened: Room
    lost: list[str]
    """Notes whose line says more than they do."""


@dataclass
class KindReport:
    """What was seen on the visits of a page: messages and addresses as they came, and what does not fit."""

    errors: list[str]
    requests: list[str]
    sideways: dict[int, Room]
    """By width of the window, how wide the page is, and what stands out."""
    twice: Room
    """How wide the page is when its text is twice as large, and what is cut off."""
    spaced: dict[int, SpacedText]
    """By width of the window."""
    axe: dict[str, list[AxeFault]]
    """What axe finds in the light scheme, in the dark one, and where scripts are blocked."""


class KindInspector:
    """A browser's visitor of one page after the other, who comes to each as if for the first time."""

    def __init__(self, browser: Browser) -> None:
        self.usual, self.blocked = (OpenPage(browser, viewport={"width": WIDE, "height": 900}) for _ in range(2))
        self.page = self.usual.page
        self.errors: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda said: self.errors.append(said.text) if said.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.blocked.page.route("**/*.js", lambda route: route.abort())

    def close(self) -> None:
        """Close what is open."""
        for opened in (self.usual, self.blocked):
            opened.context.close()

    def inspect(self, address: str) -> KindReport:
        """Visit a page on a desktop, at 320 px, in the dark and without scripts; what it says and asks is of the first visit."""
        page = self.page
        self._open(address, WIDE)
        page.wait_for_timeout(200)
        errors, requests = [*self.errors], [*self.requests]
        light = self._find_violations(WIDE, "light")
        disable_transitions(page)
        twice = self._measure_twice_as_large()
        sideways = {width: self._measure_width(width) for width in WIDTHS}
        wide = self._measure_spaced(WIDE)
        self._open(address, NARROW)
        light += self._find_violations(NARROW, "light")
        disable_transitions(page)
        narrow = self._measure_spaced(NARROW)
        self._open(address, WIDE, "dark")
        dark = [fault for width in (WIDE, NARROW) for fault in self._find_violations(width, "dark")]
        self.blocked.wipe()
        self.blocked.page.goto(address)
        blocked = find_axe_violations(self.blocked.page, NARROW, "light")
        axe = {"light": light, "dark": dark, "blocked": blocked}
        return KindReport(errors, requests, sideways, twice, {WIDE: wide, NARROW: narrow}, axe)

    def _open(self, address: str, width: int, scheme: Literal["light", "dark"] = "light") -> None:
        self.usual.wipe()
        self.errors.clear()
        self.requests.clear()
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(color_scheme=scheme)
        self.page.goto(address)

    def _find_violations(self, width: int, scheme: str) -> list[AxeFault]:
        self.page.emulate_media(reduced_motion="reduce")
        return find_axe_violations(self.page, width, scheme)

    def _measure_width(self, width: int) -> Room:
        self.page.set_viewport_size({"width": width, "height": 800})
        return self.page.evaluate(SCROLLED), self.page.evaluate(OUTSIDE, width)

    def _measure_twice_as_large(self) -> Room:
        self.page.evaluate("document.documentElement.style.fontSize = '250%'")
        measured = self.page.evaluate(SCROLLED), self.page.evaluate(CUT)
        self.page.evaluate("document.documentElement.style.fontSize = ''")
        return measured

    def _measure_spaced(self, width: int) -> SpacedText:
        add_style_rules(self.page, SPACING)
        closed = self.page.evaluate(SCROLLED), self.page.evaluate(CLIPPED, width)
        self.page.evaluate("document.querySelectorAll('.note details').forEach(note => note.open = true)")
        opened = self.page.evaluate(SCROLLED), self.page.evaluate(CLIPPED, width)
        return SpacedText(closed, opened, self.page.evaluate(LOST))
