"""Records that share a verdict, a topic or a year: what an index page lists, and what the search narrows by."""

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
"""Years up to which a span belongs to each of them; a longer one belongs to the year in which it begins."""


class FacetValue(NamedTuple):
    """What some records share: `Shared("topic", "prices")`."""

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
    """The records that share something: articles and claims in the order of their files, notes by article, events by time."""

    articles: list[Article] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    annotations: list[Annotation] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.articles) + len(self.claims) + len(self.annotations) + len(self.events)


@lru_cache(maxsize=MAX_CACHED_TEXTS)
def list_possible_years(date: Edtf | None) -> tuple[str, ...]:
    """The years in which something dated can lie; none for an unknown date."""
    if date is None or (date.start is None and date.end is None):
        return ()
    first, last = (
        date.earliest_day[0] if date.start else date.latest_day[0],
        date.latest_day[0] if date.end else date.earliest_day[0],
    )
    return tuple(str(year) for year in range(first, last + 1)) if last - first < MAX_SPAN_YEARS else (str(first),)


def list_article_facet_values(article: Article) -> list[FacetValue]:
    """What an article shares with other records."""
    return _build_facet_values([], (), list_possible_years(article.published))


def list_claim_facet_values(claim: Claim) -> list[FacetValue]:
    """What a claim shares with other records."""
    return _build_facet_values([claim.verdict], claim.topics, list_possible_years(claim.made))


def list_annotation_facet_values(shown: Dossier, note: Annotation) -> list[FacetValue]:
    """What an annotation shares with others: its verdict, its claim's topics, the years of its article."""
    verdict, claim, article = shown.get_verdict(note), shown.claims.get(note.claim or ""), shown.articles.get(note.article)
    return _build_facet_values(
        [verdict.id] if verdict else [],
        claim.topics if claim else (),
        list_possible_years(article.published if article else None),
    )


def list_event_facet_values(shown: Dossier, event: Event) -> list[FacetValue]:
    """What an event shares with others: its claims' topics, and its years."""
    topics = (topic for name in event.claims if name in shown.claims for topic in shown.claims[name].topics)
    return _build_facet_values([], topics, list_possible_years(event.date))


def list_facet_values(shown: Dossier, entry: Entry) -> list[FacetValue]:
    """What any record shares with others; nothing where its kind is not grouped."""
    match entry:
        case Article():
            return list_article_facet_values(entry)
        case Claim():
            return list_claim_facet_values(entry)
        case Annotation():
            return list_annotation_facet_values(shown, entry)
        case Event():
            return list_event_facet_values(shown, entry)
    return []


def group_by_facet(shown: Dossier) -> dict[FacetValue, FacetGroup]:
    """Every shelf that has something on it: verdicts in the order of the scale, then topics by name, then years."""
    made: defaultdict[FacetValue, FacetGroup] = defaultdict(FacetGroup)
    for article in shown.articles.values():
        for shared in list_article_facet_values(article):
            made[shared].articles.append(article)
    for claim in shown.claims.values():
        for shared in list_claim_facet_values(claim):
            made[shared].claims.append(claim)
    for note in shown.iter_printed_annotations():
        for shared in list_annotation_facet_values(shown, note):
            made[shared].annotations.append(note)
    for event in shown.sorted_events:
        for shared in list_event_facet_values(shown, event):
            made[shared].events.append(event)
    scale = {verdict: place for place, verdict in enumerate(shown.verdicts)}
    kept = (shared for shared in made if shared.facet != "verdict" or shared.value in scale)
    facets = list(FACET_URL_FOLDERS)

    def place(shared: FacetValue) -> tuple[int, int, str]:
        return facets.index(shared.facet), scale.get(shared.value, 0) if shared.facet == "verdict" else 0, shared.value

    return {shared: made[shared] for shared in sorted(kept, key=place)}


def _build_facet_values(verdicts: Iterable[str], topics: Iterable[str], years: Iterable[str]) -> list[FacetValue]:
    return [
        *(FacetValue("verdict", verdict) for verdict in verdicts),
        *(FacetValue("topic", topic) for topic in dict.fromkeys(topics)),
        *(FacetValue("year", year) for year in years),
    ]
