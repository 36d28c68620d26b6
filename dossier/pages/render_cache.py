"""What a preview has drawn: a page is drawn again only where something that it is made of has changed.

Records of files that have not changed are the same objects as before, so that comparing them costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from dossier.model.dossier import Dossier
from dossier.pages.page import Page

TABLES = ("articles", "sources", "parties", "verdicts", "measures", "glossary", "captures", "lock", "settings", "hand_written")
"""Parts of a dossier that any page may look things up in; the rest a page names in `made_of`."""


class Drawn:
    """The pages of one preview after another, by address: what each was made of, and its HTML."""

    def __init__(self) -> None:
        self._before: Dossier | None = None
        self._known: dict[str, tuple[tuple[object, ...], str]] = {}

    def pages(self, shown: Dossier, pages: Iterable[Page]) -> Iterator[Page]:
        """The same pages, those that have not changed with the HTML that they had."""
        if self._before is None or any(getattr(self._before, table) != getattr(shown, table) for table in TABLES):
            self._known.clear()
        self._before = shown
        for page in pages:
            yield replace(page, draw=partial(self._html, page)) if page.made_of else page

    def _html(self, page: Page) -> str:
        made_of, html = self._known.get(page.address, ((), ""))
        if made_of != page.made_of:
            html = page.draw()
            self._known[page.address] = page.made_of, html
        return html
