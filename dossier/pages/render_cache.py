"""What a preview has drawn: a page is drawn again only where something that it is made of has changed.

Records of files that have not changed are the same objects as before, so that comparing them costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from dossier.model.dossier import Dossier
from dossier.pages.page import Page

SHARED_LOOKUP_FIELDS = (
    "articles",
    "sources",
    "parties",
    "verdicts",
    "measures",
    "glossary",
    "captures",
    "locked_articles",
    "settings",
    "handwritten_page_urls",
)
"""Parts of a dossier that any page may look things up in; the rest a page names in `made_of`."""


class RenderCache:
    """The pages of one preview after another, by address: what each was made of, and its HTML."""

    def __init__(self) -> None:
        self._previous_dossier: Dossier | None = None
        self._rendered_pages_by_url: dict[str, tuple[tuple[object, ...], str]] = {}

    def wrap_pages(self, shown: Dossier, pages: Iterable[Page]) -> Iterator[Page]:
        """The same pages, those that have not changed with the HTML that they had."""
        if self._previous_dossier is None or any(
            getattr(self._previous_dossier, table) != getattr(shown, table) for table in SHARED_LOOKUP_FIELDS
        ):
            self._rendered_pages_by_url.clear()
        self._previous_dossier = shown
        for page in pages:
            yield replace(page, render_html=partial(self._render_cached_page, page)) if page.dependencies else page

    def _render_cached_page(self, page: Page) -> str:
        made_of, html = self._rendered_pages_by_url.get(page.url, ((), ""))
        if made_of != page.dependencies:
            html = page.render_html()
            self._rendered_pages_by_url[page.url] = page.dependencies, html
        return html
