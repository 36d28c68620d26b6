"""Records that share a verdict, a topic or a year: what an index page lists, and what the search narrows by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple

from dossier.model.dates.edtf import Edtf
from dossier.model.dossier import Dossier
from dossier.model.records import Annotation, Article, Claim, Event

Facet = Literal["verdict", "topic", "year"]

LONGEST_SPAN = 5
"""Years up to which a span belongs to each of them; a longer one belongs to the year in which it begins."""


class Shared(NamedTuple):
    """What some records share: `Shared("topic", "prices")`."""

    facet: Facet
    value: str

    @property
    def address(self) -> str:
        """Its page, from the site's root."""
        return f"{FOLDERS[self.facet]}/{self.value}/"


FOLDERS: Mapping[Facet, str] = {"verdict": "verdicts", "topic": "topics", "year": "years"}
"""Where the index pages of each facet are."""


@dataclass
class Shelf:
    """The records that share something: articles and claims in the order of their files, notes by article, events by time."""

    articles: list[Article] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    notes: list[Annotation] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.articles) + len(self.claims) + len(self.notes) + len(self.events)


@lru_cache(maxsize=4096)
def years(date: Edtf | None) -> tuple[str, ...]:
    """The years in which something dated can lie; none for an unknown date."""
    if date is None or (date.start is None and date.end is None):
        return ()
    first, last = date.earliest[0] if date.start else date.latest[0], date.latest[0] if date.end else date.earliest[0]
    return tuple(str(year) for year in range(first, last + 1)) if last - first < LONGEST_SPAN else (str(first),)


def of_article(article: Article) -> list[Shared]:
    """What an article shares with other records."""
    return _shared([], (), years(article.published))


def of_claim(claim: Claim) -> list[Shared]:
    """What a claim shares with other records."""
    return _shared([claim.verdict], claim.topics, years(claim.made))


def of_note(shown: Dossier, note: Annotation) -> list[Shared]:
    """What an annotation shares with others: its verdict, its claim's topics, the years of its article."""
    verdict, claim, article = shown.verdict_of(note), shown.claims.get(note.claim or ""), shown.articles.get(note.article)
    return _shared([verdict.id] if verdict else [], claim.topics if claim else (), years(article.published if article else None))


def of_event(shown: Dossier, event: Event) -> list[Shared]:
    """What an event shares with others: its claims' topics, and its years."""
    topics = (topic for name in event.claims if name in shown.claims for topic in shown.claims[name].topics)
    return _shared([], topics, years(event.date))


def shelves(shown: Dossier) -> dict[Shared, Shelf]:
    """Every shelf that has something on it: verdicts in the order of the scale, then topics by name, then years."""
    made: defaultdict[Shared, Shelf] = defaultdict(Shelf)
    for article in shown.articles.values():
        for shared in of_article(article):
            made[shared].articles.append(article)
    for claim in shown.claims.values():
        for shared in of_claim(claim):
            made[shared].claims.append(claim)
    for note in shown.quoted_annotations():
        for shared in of_note(shown, note):
            made[shared].notes.append(note)
    for event in shown.chronology:
        for shared in of_event(shown, event):
            made[shared].events.append(event)
    scale = {verdict: place for place, verdict in enumerate(shown.verdicts)}
    kept = (shared for shared in made if shared.facet != "verdict" or shared.value in scale)
    facets = list(FOLDERS)

    def place(shared: Shared) -> tuple[int, int, str]:
        return facets.index(shared.facet), scale.get(shared.value, 0) if shared.facet == "verdict" else 0, shared.value

    return {shared: made[shared] for shared in sorted(kept, key=place)}


def _shared(verdicts: Iterable[str], topics: Iterable[str], years: Iterable[str]) -> list[Shared]:
    return [
        *(Shared("verdict", verdict) for verdict in verdicts),
        *(Shared("topic", topic) for topic in dict.fromkeys(topics)),
        *(Shared("year", year) for year in years),
    ]
