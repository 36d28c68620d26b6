"""The registry of index pages: `@index_page("timeline/")` registers the function that builds the page at that address.

Their addresses and order are `INDEX_PAGE_URLS` of the model, which the checks need too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from dossier.model.dossier import Dossier
from dossier.model.site.addresses import INDEX_PAGE_URLS
from dossier.pages.page import Page

PagesT = TypeVar("PagesT", bound=Page | Iterable[Page])
IndexPageBuilder = Callable[[Dossier, bool], Page | Iterable[Page]]
"""Takes the filtered dossier and whether this is a preview; returns the page, or also pages below it (first the page itself)."""

INDEX_PAGE_BUILDERS: dict[str, IndexPageBuilder] = {}
"""Builders by the address of their page."""


def index_page(url: str) -> Callable[[Callable[..., PagesT]], Callable[..., PagesT]]:
    """Register a function as the builder of the page at an address.

    Raises `KeyError` for an address that is not in `INDEX_PAGE_URLS` or has a builder already.
    """
    if url not in INDEX_PAGE_URLS:
        raise KeyError(f'@index_page("{url}"): add it to INDEX_PAGE_URLS in dossier/model/site/addresses.py, or correct it')
    if url in INDEX_PAGE_BUILDERS:
        raise KeyError(f'@index_page("{url}") stands twice below dossier/pages/: an address has one builder')

    def register(build: Callable[..., PagesT]) -> Callable[..., PagesT]:
        INDEX_PAGE_BUILDERS[url] = build
        return build

    return register


def build_index_pages(dossier: Dossier, preview: bool) -> Iterator[Page]:
    """Yield all index pages, in the order of `INDEX_PAGE_URLS`.

    Raises `KeyError` for an address without a builder.
    """
    for url in INDEX_PAGE_URLS:
        if url not in INDEX_PAGE_BUILDERS:
            raise KeyError(f'nothing builds {url}: add a function with @index_page("{url}") in a module below dossier/pages/')
        pages = INDEX_PAGE_BUILDERS[url](dossier, preview)
        yield from [pages] if isinstance(pages, Page) else pages
