"""The web addresses that a dossier cites, with the locations where they are written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from dossier.model.dossier import Dossier
from dossier.model.problems.problem import Location
from dossier.model.records import Article, Source


def collect_external_urls(dossier: Dossier) -> dict[str, list[Location]]:
    """Every address of an article, a source or a party that is not retired, with its locations."""
    found: defaultdict[str, list[Location]] = defaultdict(list)
    for address, place in _iter_external_urls(dossier):
        found[address].append(place)
    return dict(found)


def _iter_external_urls(dossier: Dossier) -> Iterator[tuple[str, Location]]:
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
