"""References: whatever is named exists, whatever exists is named, and no two things share an address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from typing import NamedTuple

from dossier.checks.addresses import linked_records
from dossier.checks.rule import Fault, rule
from dossier.model.dossier import Dossier
from dossier.model.node import Step
from dossier.model.problem import Place
from dossier.model.records import TEXT, Annotation, Article, Claim, Event, Record, Source

SHARED = {"party": "parties.yml", "verdict": "verdicts.yml"}
FOLDERS = {"claim": "annotations/claims/{}.yml", "source": "annotations/sources/{}.yml", "article": "docs/articles/{}.md"}


class Reference(NamedTuple):
    """One naming of another record: who names, at which keys, what kind of thing, under which id."""

    record: Record
    steps: tuple[Step, ...]
    kind: str
    id: str

    @property
    def place(self) -> Place:
        """Where the name is written."""
        return self.record.place(*self.steps)


def references(dossier: Dossier) -> Iterator[Reference]:
    """Every naming of one record by another."""
    for article in dossier.articles.values():
        yield from _of_article(article)
    for note in dossier.all_annotations():
        yield from _of_annotation(note)
    for claim in dossier.claims.values():
        yield from _of_claim(claim)
    for event in dossier.events.values():
        yield from _of_event(event)
    for source in dossier.sources.values():
        yield from _of_source(source)


@rule("unknown-reference")
def unknown_reference(dossier: Dossier) -> Iterator[Fault]:
    known = _known(dossier)
    for reference in references(dossier):
        if reference.id not in known[reference.kind] and not _spoilt(dossier, reference):
            close = get_close_matches(reference.id, known[reference.kind], 3)
            help = f"did you mean {', '.join(close)}?" if close else f"write its record first, in {_home(reference)}"
            yield Fault(reference.place, f"there is no {reference.kind} `{reference.id}`", help)
    for slug, notes in dossier.annotations.items():
        if slug not in dossier.articles and f"docs/articles/{slug}.md" not in dossier.unread:
            path = notes[0].path if notes else f"annotations/articles/{slug}.yml"
            close = get_close_matches(slug, dossier.articles, 1)
            help = f"did you mean {close[0]}.yml?" if close else f"write its record first: docs/articles/{slug}.md"
            yield Fault(Place(path), f"there is no article `{slug}` to annotate", help)


@rule("unused-record")
def unused_record(dossier: Dossier) -> Iterator[Fault]:
    if dossier.unread:
        return  # what seems unused may be named in a file that could not be read
    named = Counter((reference.kind, reference.id) for reference in references(dossier) if not _of_itself(reference))
    named.update(linked_records(dossier))
    for claim in dossier.claims.values():
        if claim.id not in dossier.appearances:
            yield Fault(claim.place(), f"no annotation makes the claim `{claim.id}`", "annotate a quotation that makes it")
    for source in dossier.sources.values():
        if not named["source", source.id]:
            yield Fault(source.place(), f"nothing uses the source `{source.id}`", "name it where it is used, or delete it")
    for party in dossier.parties.values():
        if not named["party", party.id]:
            yield Fault(party.place(), f"nothing names the party `{party.id}`", "name it where it speaks, or delete it")


@rule("repeated-id")
def repeated_id(dossier: Dossier) -> Iterator[Fault]:
    for record, name in dossier.repeated:
        key = "term" if record.noun == "glossary entry" else "id"
        yield Fault(record.place(key), f"another {record.noun} of this file has the id `{name}`", "give this one its own")


def _of_article(article: Article) -> Iterator[Reference]:
    if article.publisher:
        yield Reference(article, ("publisher",), "party", article.publisher)
    yield from _each(article, "origin", "source", article.origin)
    for number, layer in enumerate(article.layers):
        yield Reference(article, ("layers", number, "writer"), "party", layer.writer)


def _of_annotation(note: Annotation) -> Iterator[Reference]:
    if note.speaker != TEXT:
        yield Reference(note, ("speaker",), "party", note.speaker)
    if note.claim:
        yield Reference(note, ("claim",), "claim", note.claim)
    if note.verdict:
        yield Reference(note, ("verdict",), "verdict", note.verdict)
    yield from _each(note, "sources", "source", note.sources)


def _of_claim(claim: Claim) -> Iterator[Reference]:
    if claim.claimant:
        yield Reference(claim, ("claimant",), "party", claim.claimant)
    yield Reference(claim, ("verdict",), "verdict", claim.verdict)
    for number, evidence in enumerate(claim.sources):
        yield Reference(claim, ("sources", number, "id"), "source", evidence.id)


def _of_event(event: Event) -> Iterator[Reference]:
    yield from _each(event, "sources", "source", event.sources)
    yield from _each(event, "articles", "article", event.articles)
    yield from _each(event, "claims", "claim", event.claims)


def _of_source(source: Source) -> Iterator[Reference]:
    if source.publisher:
        yield Reference(source, ("publisher",), "party", source.publisher)
    yield Reference(source, ("origin",), "source", source.origin)


def _each(record: Record, key: str, kind: str, ids: tuple[str, ...]) -> Iterator[Reference]:
    for number, name in enumerate(ids):
        yield Reference(record, (key, number), kind, name)


def _known(dossier: Dossier) -> dict[str, Collection[str]]:
    return {
        "article": dossier.articles.keys(),
        "claim": dossier.claims.keys(),
        "party": dossier.parties.keys(),
        "source": dossier.sources.keys(),
        "verdict": dossier.verdicts.keys(),
    }


def _home(reference: Reference) -> str:
    shared = SHARED.get(reference.kind)
    return f"annotations/{shared}" if shared else FOLDERS[reference.kind].format(reference.id)


def _spoilt(dossier: Dossier, reference: Reference) -> bool:
    """Whether the record that is named may be in a file that could not be read: that fault is told already."""
    return _home(reference) in dossier.unread


def _of_itself(reference: Reference) -> bool:
    return isinstance(reference.record, Source) and reference.record.id == reference.id
