"""What a finished site of any host still needs: the index of the search, the policy of each page, the link to the feed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from dossier.loading.built_site import read_site
from dossier.loading.files import write_atomically
from dossier.model import Dossier, UnreadableError
from dossier.model.site.addresses import CORRECTIONS_FEED_PATH, BuiltSite
from dossier.output.csp import insert_csp
from dossier.output.feed_link import insert_feed_link
from dossier.output.handwritten import iter_handwritten_page_texts
from dossier.output.pagefind import IndexingError, SearchIndexer
from dossier.pages import SearchDocument, iter_search_documents

_LANGUAGE_PATTERN = re.compile(r"<html\b[^>]*\blang=[\"']?([a-zA-Z]+(?:-[a-zA-Z0-9]+)*)")


class FinishCounts(NamedTuple):
    """How much of a site was finished: pages with a policy, and documents in the index."""

    pages: int
    documents: int


def finish_site(dossier: Dossier, folder: Path) -> FinishCounts:
    """Put the index into a finished site, and a policy into each of its pages; once more changes nothing.

    Raises `UnreadableError` where there is no finished site, or the index cannot be made.
    """
    site = read_site(folder)
    documents = [_keep_existing_fragment(found, site) for found in _list_search_documents(dossier)]
    indexer = SearchIndexer()
    try:
        indexer.prepare_build(folder)
        indexer.start_indexing(documents, _read_site_language(folder))
        indexer.wait_for_index()
    except IndexingError as error:
        raise UnreadableError(f"the search has no index: {error}", "try again; the site's pages were not changed") from error
    finally:
        indexer.stop_indexing()
    for path in site.page_by_path:
        html = _read_page(folder / path)
        linked = insert_feed_link(html, path.removesuffix("index.html")) if CORRECTIONS_FEED_PATH in site.file_paths else html
        finished = insert_csp(linked)
        if finished != html:
            write_atomically(folder / path, finished)
    return FinishCounts(len(site.page_by_path), len(documents))


def _read_page(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except ValueError as error:
        raise UnreadableError(f"{file.name} is not UTF-8 text", "have the host write its pages unpacked") from error


def _list_search_documents(dossier: Dossier) -> list[SearchDocument]:
    return [*iter_search_documents(dossier.only_published(), iter_handwritten_page_texts(dossier))]


def _keep_existing_fragment(found: SearchDocument, site: BuiltSite) -> SearchDocument:
    """A document that leads to its place on its page; to the page where its host gives the place another id."""
    address, _, fragment = found.url.partition("#")
    page = site.page_by_path.get(f"{address}index.html")
    return found._replace(url=address) if fragment and page and fragment not in page.ids else found


def _read_site_language(folder: Path) -> str:
    """The language that the front page says it is in."""
    file = folder / "index.html"
    found = _LANGUAGE_PATTERN.search(file.read_text(encoding="utf-8")) if file.is_file() else None
    return found[1] if found else "en"
