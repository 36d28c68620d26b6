"""The web addresses that a dossier sends its readers to, and what became of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from dossier.model.dossier import Dossier
from dossier.model.problems.problem import Place
from dossier.model.records import Article, Source

Outcome = Literal["there", "moved", "gone", "refused", "unreachable"]
"""`refused`: the site answers people, and not programs; that says nothing about the address."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered, in a few words; `moved_to` is its new address where it has moved for good."""

    outcome: Outcome
    said: str = ""
    moved_to: str = ""


def addresses_of(dossier: Dossier) -> dict[str, list[Place]]:
    """Every address of an article, a source or a party that is not retired, with the places where it is written."""
    found: defaultdict[str, list[Place]] = defaultdict(list)
    for address, place in _addresses(dossier):
        found[address].append(place)
    return dict(found)


def _addresses(dossier: Dossier) -> Iterator[tuple[str, Place]]:
    entries: tuple[Article | Source, ...] = (*dossier.articles.values(), *dossier.sources.values())
    for entry in entries:
        if entry.status != "retired":
            if entry.url:
                yield entry.url, entry.place("url")
            if entry.archived:
                yield entry.archived.url, entry.place("archived", "url")
    for article in dossier.articles.values():
        for number, layer in enumerate(article.layers):
            if layer.url and article.status != "retired":
                yield layer.url, article.place("layers", number, "url")
    for party in dossier.parties.values():
        if party.url and party.status != "retired":
            yield party.url, party.place("url")
