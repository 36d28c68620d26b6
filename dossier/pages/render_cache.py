"""Render cache of a preview: a page is rendered again only if one of the records that it depends on has changed.

The reader returns the same objects for files that have not changed, so comparing dependencies is mostly a test of identity.
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
    "source_copies",
    "lock",
    "settings",
    "handwritten_page_urls",
)
"""Fields of a dossier that any page may read. If one of them changes, the whole cache is dropped; other records must be listed
in `Page.dependencies`."""


class RenderCache:
    """HTML and dependencies of the pages of the previous build, by address. One instance lives as long as the preview."""

    def __init__(self) -> None:
        self._previous_dossier: Dossier | None = None
        self._rendered_pages_by_url: dict[str, tuple[tuple[object, ...], str]] = {}

    def wrap_pages(self, dossier: Dossier, pages: Iterable[Page]) -> Iterator[Page]:
        """Yield the same pages, those with dependencies with a `render_html` that reads and fills the cache."""
        if self._previous_dossier is None or any(
            getattr(self._previous_dossier, field) != getattr(dossier, field) for field in SHARED_LOOKUP_FIELDS
        ):
            self._rendered_pages_by_url.clear()
        self._previous_dossier = dossier
        for page in pages:
            yield replace(page, render_html=partial(self._render_cached_page, page)) if page.dependencies else page

    def _render_cached_page(self, page: Page) -> str:
        """The HTML of a page from the cache, if its dependencies are equal to those it was rendered with."""
        dependencies, html = self._rendered_pages_by_url.get(page.url, ((), ""))
        # Tuples compare their elements by identity before equality, so this is cheap for unchanged records.
        if dependencies != page.dependencies:
            html = page.render_html()
            self._rendered_pages_by_url[page.url] = page.dependencies, html
        return html
