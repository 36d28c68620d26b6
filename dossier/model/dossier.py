"""What a dossier is: all its records, the captures at hand, the lock, and look-ups between them.

A value: it reads and writes nothing. Look-ups are made once and kept, so that no check or page searches a list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

from dossier.model.base import Entry
from dossier.model.dates.edtf import Edtf
from dossier.model.evidence import Measure
from dossier.model.numbers.charts import Chart
from dossier.model.numbers.evaluation import Workings
from dossier.model.problems.problem import Problem
from dossier.model.quotations.anchoring import CannotCheck, Found, Outcome, locate, recall
from dossier.model.quotations.capture import Capture, LockedArticle, Outline, count_words
from dossier.model.records import Annotation, Article, Claim, Event, Party, Source, Term, Verdict, Voice
from dossier.model.settings import HandPage, Settings
from dossier.model.site.release import Released

Item = TypeVar("Item")
AnyEntry = TypeVar("AnyEntry", bound=Entry)


@dataclass(frozen=True)
class Dossier:
    """Everything that was read. `problems` are the faults met while reading, `unread` the files they spoilt."""

    articles: Mapping[str, Article] = field(default_factory=dict)
    annotations: Mapping[str, tuple[Annotation, ...]] = field(default_factory=dict)
    """By article slug, in the order of their file."""
    claims: Mapping[str, Claim] = field(default_factory=dict)
    events: Mapping[str, Event] = field(default_factory=dict)
    charts: Mapping[str, Chart] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    parties: Mapping[str, Party] = field(default_factory=dict)
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    voices: Mapping[str, Voice] = field(default_factory=dict)
    measures: Mapping[str, Measure] = field(default_factory=dict)
    glossary: tuple[Term, ...] = ()
    beside: tuple[str, ...] = ()
    """Paths of captures that lie beside a record."""
    repeated: tuple[tuple[Any, str], ...] = ()
    """Records whose id another one of their file has already taken, with that id."""
    withdrawn: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """In a published dossier: ids of retired records, by the page on which they stood; addresses stay addresses."""
    pages: tuple[HandPage, ...] = ()
    captures: Mapping[str, Capture] = field(default_factory=dict)
    lock: Mapping[str, LockedArticle] = field(default_factory=dict)
    released: Released | None = None
    """What the last release said; None before the first."""
    settings: Settings = field(default_factory=Settings)
    problems: tuple[Problem, ...] = ()
    unread: frozenset[str] = frozenset()
    known: dict[tuple[str, str], Outcome] = field(default_factory=dict, compare=False, repr=False)
    """Outcomes found already; the published part of a dossier shares them."""

    def all_annotations(self) -> Iterator[Annotation]:
        """Every annotation, article by article."""
        for notes in self.annotations.values():
            yield from notes

    def quoted_annotations(self) -> Iterator[Annotation]:
        """Every annotation that stands on its article's page: of an article with `print: metadata` none does."""
        for slug, notes in self.annotations.items():
            if slug in self.articles and self.articles[slug].print != "metadata":
                yield from notes

    def entries(self) -> Iterator[Entry]:
        """Every record that has a status of its own."""
        yield from self.articles.values()
        yield from self.all_annotations()
        yield from self.claims.values()
        yield from self.events.values()
        yield from self.charts.values()
        yield from self.sources.values()
        yield from self.parties.values()
        yield from self.glossary

    @cached_property
    def hand_written(self) -> frozenset[str]:
        """Addresses of the pages written by hand."""
        return frozenset(page.address for page in self.pages)

    @cached_property
    def annotation_ids(self) -> Mapping[str, Mapping[str, Annotation]]:
        """Annotations by article and id."""
        return {slug: {note.id: note for note in notes} for slug, notes in self.annotations.items()}

    def note(self, spot: str) -> Annotation | None:
        """The annotation at `article#id`."""
        slug, _, name = spot.partition("#")
        return self.annotation_ids.get(slug, {}).get(name)

    @cached_property
    def workings(self) -> Workings:
        """What the figures of all claims come to."""
        return Workings(self.claims, self.note)

    @cached_property
    def appearances(self) -> Mapping[str, tuple[Annotation, ...]]:
        """Annotations by the claim they make."""
        return _grouped((note.claim, note) for note in self.all_annotations() if note.claim)

    @cached_property
    def charts_by_claim(self) -> Mapping[str, tuple[Chart, ...]]:
        """Charts by the claims whose figures they draw."""
        return _grouped((claim, chart) for chart in self.charts.values() for claim in chart.claims)

    @cached_property
    def events_by_claim(self) -> Mapping[str, tuple[Event, ...]]:
        """Events by the claims they name, in order of time."""
        return _grouped((claim, event) for event in self.chronology for claim in event.claims)

    @cached_property
    def events_by_article(self) -> Mapping[str, tuple[Event, ...]]:
        """Events by the articles they name, in order of time."""
        return _grouped((slug, event) for event in self.chronology for slug in event.articles)

    @cached_property
    def claims_by_source(self) -> Mapping[str, tuple[Claim, ...]]:
        """Claims by the sources they rest on."""
        return _grouped((evidence.id, claim) for claim in self.claims.values() for evidence in claim.sources)

    @cached_property
    def roots(self) -> Mapping[str, str]:
        """Ids of the sources that sources go back to in the end, by source; in a circle, one of its members for all."""
        roots: dict[str, str] = {}
        for start in self.sources:
            name, chain = start, dict[str, None]()
            while name in self.sources and name not in roots and name not in chain:
                chain[name] = None
                name = self.sources[name].origin
            roots |= dict.fromkeys(chain, roots.get(name, name))
        return roots

    @cached_property
    def descendants(self) -> Mapping[str, tuple[Source, ...]]:
        """Sources by the source that they go back to in the end, that one left out."""
        return _grouped((root, self.sources[name]) for name, root in self.roots.items() if name != root)

    def origins(self, claim: Claim) -> frozenset[str]:
        """Ids of the independent sources of a claim: those that its sources go back to in the end."""
        return frozenset(self.roots[evidence.id] for evidence in claim.sources if evidence.id in self.sources)

    @cached_property
    def letters(self) -> Mapping[str, str]:
        """Letters that tell sources of one publisher and date apart, by source: `a`, `b`; empty where none is needed."""
        alike: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for source in self.sources.values():
            alike[source.publisher or source.title, str(source.published)].append(source.id)
        return {
            name: chr(ord("a") + place % 26) if len(names) > 1 else ""
            for names in alike.values()
            for place, name in enumerate(sorted(names))
        }

    @cached_property
    def spelling(self) -> Mapping[str, str]:
        """How parties and terms are spelt, by their names in lower case."""
        names = [*(party.name for party in self.parties.values()), *(term.term for term in self.glossary)]
        return {name.lower(): name for name in names}

    @cached_property
    def chronology(self) -> tuple[Event, ...]:
        """Events by earliest bound, latest bound, id."""
        return tuple(sorted(self.events.values(), key=lambda event: (*event.date.sort_key, event.id)))

    @cached_property
    def outcomes(self) -> Mapping[tuple[str, str], Outcome]:
        """By article and annotation id, whether and where its quotation stands."""
        for note in self.all_annotations():
            if (note.article, note.id) not in self.known:
                self.known[note.article, note.id] = self._look_up(note)
        return self.known

    def found(self, note: Annotation) -> Found | None:
        """Where an annotation's quotation stands, if that is known."""
        outcome = self.outcomes[note.article, note.id]
        return outcome if isinstance(outcome, Found) else None

    def whole(self, slug: str) -> bool:
        """Whether an article is printed whole: its capture is public, so that nothing of it needs a lock or a budget."""
        return slug in self.articles and self.articles[slug].print == "full"

    def tally(self, slug: str) -> tuple[int, int, int]:
        """How many of an article's quotations its capture has, has not, and cannot be held against, for want of it."""
        notes = self.annotations.get(slug, ())
        if slug not in self.captures:
            return (0, 0, len(notes))
        found = sum(self.found(note) is not None for note in notes)
        return (found, len(notes) - found, 0)

    def verdict_of(self, note: Annotation) -> Verdict | None:
        """The verdict on an annotation's wording: its own, or its claim's where it is put as stated."""
        claim = self.claims.get(note.claim) if note.claim else None
        return self.verdicts.get(note.verdict or (claim.verdict if claim and note.stance == "as-stated" else ""))

    def printed(self, note: Annotation) -> Edtf | None:
        """When an annotation's words were printed: the date of the layer in which they stand, or of the article."""
        article, found = self.articles.get(note.article), self.found(note)
        layer = article.layer_of(found.span.paragraph) if article and found else None
        return layer.published if layer else article.published if article else None

    def outline(self, slug: str) -> tuple[Outline, ...]:
        """The shape of an article's paragraphs: from the capture here, else from the lock, else nothing."""
        return self._outlines.get(slug, ())

    @cached_property
    def _outlines(self) -> Mapping[str, tuple[Outline, ...]]:
        here = {slug: tuple(paragraph.outline() for paragraph in capture.paragraphs) for slug, capture in self.captures.items()}
        return {slug: locked.paragraphs for slug, locked in self.lock.items()} | here

    def words(self, slug: str) -> int:
        """Number of an article's words, furniture left out; 0 where its shape is not known."""
        return sum(outline.words for outline in self.outline(slug) if outline.kind != "furniture")

    def words_printed(self, slug: str) -> int:
        """Number of an article's words that quotations and title print, overlaps counted once."""
        spans = [found.span for note in self.annotations.get(slug, ()) if (found := self.found(note))]
        locked, article = self.lock.get(slug), self.articles[slug]
        if locked and locked.title:
            spans.append(locked.title)
        printed = {(span.paragraph, word) for span in spans for word in range(span.first, span.last)}
        return len(printed) + (count_words(article.title or "") if not (locked and locked.title) else 0)

    def published(self) -> Dossier:
        """The dossier as readers get it: without drafts, review copies and what is retired."""
        return self._published

    @cached_property
    def _published(self) -> Dossier:
        if all(entry.published_here for entry in self.entries()):
            return self  # with every look-up that has been made
        shown = replace(
            self,
            articles=_shown(self.articles),
            annotations={
                slug: tuple(note for note in notes if note.published_here)
                for slug, notes in self.annotations.items()
                if slug in self.articles and self.articles[slug].published_here
            },
            claims=_shown(self.claims),
            events=_shown(self.events),
            charts=_shown(self.charts),
            sources=_shown(self.sources),
            parties=_shown(self.parties),
            glossary=tuple(term for term in self.glossary if term.published_here),
            withdrawn=_grouped((page, name) for page, name in self._retired() if name),
        )
        vars(shown)["_outlines"] = self._outlines  # the same captures have the same shapes
        return shown

    def _retired(self) -> Iterator[tuple[str, str]]:
        """Page and id of every record that has been retired."""
        return (entry.home for entry in self.entries() if entry.status == "retired")

    def _look_up(self, note: Annotation) -> Outcome:
        if note.article in self.captures:
            return locate(note.words, self.captures[note.article])
        return recall(note.words, self.lock.get(note.article), note.id) if note.article in self.lock else CannotCheck()


def _grouped(pairs: Iterable[tuple[str, Item]]) -> Mapping[str, tuple[Item, ...]]:
    groups: defaultdict[str, dict[int, Item]] = defaultdict(dict)
    for key, item in pairs:
        groups[key].setdefault(id(item), item)
    return {key: tuple(items.values()) for key, items in groups.items()}


def _shown(records: Mapping[str, AnyEntry]) -> Mapping[str, AnyEntry]:
    return {name: record for name, record in records.items() if record.published_here}
