"""The web addresses that a dossier cites, with the locations where they are written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from dossier.model.base import Entry
from dossier.model.dossier import Dossier
from dossier.model.markdown import is_allowed_url
from dossier.model.page_links import iter_page_links
from dossier.model.problems.problem import Location
from dossier.model.records import Article, Source
from dossier.model.site.text_links import iter_text_links


def collect_external_urls(dossier: Dossier) -> dict[str, list[Location]]:
    """Every web address that a record cites which is not retired, or a page written by hand, with its locations.

    Addresses are those of articles, sources and parties, and the targets of links in texts, digests and pages.
    """
    found: defaultdict[str, list[Location]] = defaultdict(list)
    for address, place in (*_iter_cited_urls(dossier), *_iter_linked_urls(dossier)):
        found[address].append(place)
    return dict(found)


def _iter_cited_urls(dossier: Dossier) -> Iterator[tuple[str, Location]]:
    """The addresses that records have as values."""
    entries: tuple[Article | Source, ...] = (*dossier.articles.values(), *dossier.sources.values())
    for entry in entries:
        if entry.status != "retired":
            if entry.url:
                yield entry.url, entry.locate("url")
            if entry.archived:
                yield entry.archived.url, entry.locate("archived", "url")
    for article in dossier.articles.values():
        for number, layer in enumerate(article.layers):
            if layer.url and article.status != "retired":
                yield layer.url, article.locate("layers", number, "url")
    for party in dossier.parties.values():
        if party.url and party.status != "retired":
            yield party.url, party.locate("url")


def _iter_linked_urls(dossier: Dossier) -> Iterator[tuple[str, Location]]:
    """The addresses that texts and pages link to."""
    for record, place, link in iter_text_links(dossier):
        if _is_listed_url(link) and not (isinstance(record, Entry) and record.status == "retired"):
            yield link, place
    for page in dossier.handwritten_pages:
        yield from ((link.url, link.location) for link in iter_page_links(page) if _is_listed_url(link.url))


def _is_listed_url(link: str) -> bool:
    return is_allowed_url(link) and link.lower().startswith(("http:", "https:"))
