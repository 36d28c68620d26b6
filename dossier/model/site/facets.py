"""Facets: the verdicts, topics and years that records share, for index pages and for filters of the search."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple

from dossier.model.base import Entry
from dossier.model.cache_sizes import MAX_CACHED_TEXTS
from dossier.model.dates.edtf import Edtf
from dossier.model.dossier import Dossier
from dossier.model.records import Annotation, Article, Claim, Event

FacetName = Literal["verdict", "topic", "year"]

MAX_SPAN_YEARS = 5
"""Maximum number of years of an interval that counts for each of them; a longer one counts for its first year only."""


class FacetValue(NamedTuple):
    """What some records share: `FacetValue("topic", "prices")`."""

    facet: FacetName
    value: str

    @property
    def url(self) -> str:
        """Its page, from the site's root."""
        return f"{FACET_URL_FOLDERS[self.facet]}/{self.value}/"


FACET_URL_FOLDERS: Mapping[FacetName, str] = {"verdict": "verdicts", "topic": "topics", "year": "years"}
"""Where the index pages of each facet are."""


@dataclass
class FacetGroup:
    """The records of a facet value: articles and claims in the order of files, annotations by article, events by time."""

    articles: list[Article] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    annotations: list[Annotation] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.articles) + len(self.claims) + len(self.annotations) + len(self.events)


@lru_cache(maxsize=MAX_CACHED_TEXTS)
def list_possible_years(date: Edtf | None) -> tuple[str, ...]:
    """The years that a date may be in; none for an unknown date."""
    if date is None:
        return ()
    first = (date.earliest_day if date.start else date.latest_day)[0]
    last = (date.latest_day if date.end else date.earliest_day)[0]
    return tuple(str(year) for year in range(first, last + 1)) if last - first < MAX_SPAN_YEARS else (str(first),)


def list_facet_values(dossier: Dossier, entry: Entry) -> list[FacetValue]:
    """The facet values of any record: none if its kind is not grouped.

    An annotation has its verdict, its claim's topics and the years of its article; an event has its claims' topics.
    """
    match entry:
        case Article():
            return _build_facet_values([], (), entry.published)
        case Claim():
            return _build_facet_values([entry.verdict], entry.topics, entry.made)
        case Annotation():
            verdict, claim = dossier.get_verdict(entry), dossier.claims.get(entry.claim or "")
            article = dossier.articles.get(entry.article)
            topics = claim.topics if claim else ()
            return _build_facet_values([verdict.id] if verdict else [], topics, article.published if article else None)
        case Event():
            claims = [dossier.claims[claim_id] for claim_id in entry.claims if claim_id in dossier.claims]
            return _build_facet_values([], (topic for claim in claims for topic in claim.topics), entry.date)
    return []


def group_by_facet(dossier: Dossier) -> dict[FacetValue, FacetGroup]:
    """Every facet value that a record has: verdicts in the order of the scale, then topics by name, then years."""
    groups: defaultdict[FacetValue, FacetGroup] = defaultdict(FacetGroup)
    for article in dossier.articles.values():
        for facet_value in list_facet_values(dossier, article):
            groups[facet_value].articles.append(article)
    for claim in dossier.claims.values():
        for facet_value in list_facet_values(dossier, claim):
            groups[facet_value].claims.append(claim)
    for note in dossier.iter_printed_annotations():
        for facet_value in list_facet_values(dossier, note):
            groups[facet_value].annotations.append(note)
    for event in dossier.sorted_events:
        for facet_value in list_facet_values(dossier, event):
            groups[facet_value].events.append(event)
    verdict_order = {verdict: number for number, verdict in enumerate(dossier.verdicts)}
    facet_order = list(FACET_URL_FOLDERS)

    def get_sort_key(facet_value: FacetValue) -> tuple[int, int, str]:
        facet, value = facet_value
        number = verdict_order[value] if facet == "verdict" else int(value) if facet == "year" else 0
        return facet_order.index(facet), number, value

    listed = (facet_value for facet_value in groups if facet_value.facet != "verdict" or facet_value.value in verdict_order)
    return {facet_value: groups[facet_value] for facet_value in sorted(listed, key=get_sort_key)}


def _build_facet_values(verdicts: Iterable[str], topics: Iterable[str], date: Edtf | None) -> list[FacetValue]:
    return [
        *(FacetValue("verdict", verdict) for verdict in verdicts),
        *(FacetValue("topic", topic) for topic in dict.fromkeys(topics)),
        *(FacetValue("year", year) for year in list_possible_years(date)),
    ]
