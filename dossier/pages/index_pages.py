"""The register of pages that exist whatever the records are: `@index_page("timeline/")` enters what builds one.

Their addresses and order are `INDEX_PAGE_URLS` of the model, which the checks need too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from dossier.model.dossier import Dossier
from dossier.model.site.addresses import INDEX_PAGE_URLS
from dossier.pages.page import Page

BuiltT = TypeVar("BuiltT", bound=Page | Iterable[Page])
IndexPageBuilder = Callable[[Dossier, bool], Page | Iterable[Page]]
"""From the dossier that is shown, and whether this is a preview, to a page; or to several, the page itself among them."""

INDEX_PAGE_BUILDERS: dict[str, IndexPageBuilder] = {}
"""What builds the page at an address, and those below it that no record has."""


def index_page(url: str) -> Callable[[Callable[..., BuiltT]], Callable[..., BuiltT]]:
    """Enter a function as what builds the page at an address.

    Raises `KeyError` for an address that `INDEX_PAGE_URLS` does not have, and for one that has a builder already.
    """
    if url not in INDEX_PAGE_URLS or url in INDEX_PAGE_BUILDERS:
        raise KeyError(url)

    def register(build: Callable[..., BuiltT]) -> Callable[..., BuiltT]:
        INDEX_PAGE_BUILDERS[url] = build
        return build

    return register


def build_index_pages(shown: Dossier, preview: bool) -> Iterator[Page]:
    """All of these pages, in the order of `INDEX_PAGE_URLS`."""
    for url in INDEX_PAGE_URLS:
        built = INDEX_PAGE_BUILDERS[url](shown, preview)
        yield from [built] if isinstance(built, Page) else built
