"""The names by which a record is found, though its own text has them not: its other names, and those of who is behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from dossier.model.base import Entry
from dossier.model.dates.edtf import Edtf
from dossier.model.dossier import Dossier
from dossier.model.records import Annotation, Article, Claim, Event, Party, Source, Term
from dossier.model.vocabulary import ClaimKind

_WORDS_BY_CLAIM_KIND: Mapping[ClaimKind, str] = {
    "fact": "fact",
    "figure": "figure number share count",
    "forecast": "forecast prediction future",
    "judgement": "judgement opinion view",
    "statement": "statement said say answer answered reply replied response responded words",
}
"""What readers call a claim of a kind, or what was done to make it."""


class RecordNames(NamedTuple):
    """Other names of a record itself; names of what belongs to it; its date."""

    aliases: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    date: Edtf | None = None


def collect_names(dossier: Dossier, entry: Entry) -> RecordNames:
    """The names by which a record is found."""
    match entry:
        case Article():
            writers = _iter_party_names(dossier, [layer.writer for layer in entry.layers])
            publisher = tuple(_iter_party_names(dossier, [entry.publisher]))
            return RecordNames(publisher, (*writers, *(entry.authors or ()), *entry.candidates), entry.published)
        case Annotation():
            return RecordNames((), tuple(_iter_note_names(dossier, entry)))
        case Claim():
            verdict = dossier.verdicts.get(entry.verdict)
            labels = [_WORDS_BY_CLAIM_KIND[entry.kind], verdict.label if verdict else "", *map(_spell_topic, entry.topics)]
            names = tuple(_iter_party_names(dossier, [entry.claimant]))
            sayings = tuple(f"{name} said" for name in names) if entry.kind == "statement" else ()
            return RecordNames(sayings, (*names, *filter(None, labels)), entry.made)
        case Event():
            voices = [dossier.voices[voice].label for voice in entry.voices if voice in dossier.voices]
            return RecordNames((), (entry.kind.replace("-", " "), *voices), entry.date)
        case Source():
            return RecordNames((), tuple(_iter_party_names(dossier, [entry.publisher])), entry.published)
        case Party():
            return RecordNames(entry.aliases)
        case Term():
            return RecordNames(entry.aliases)
    return RecordNames()


def _iter_note_names(dossier: Dossier, note: Annotation) -> Iterator[str]:
    """Who says the words, whose article has them, the claim they make, and the verdict."""
    article, anchor = dossier.articles.get(note.article), dossier.find_anchor(note)
    writer = article.get_writer_id(anchor.span.paragraph) if article and anchor else None
    publisher = article.publisher if article else None
    yield from _iter_party_names(dossier, dict.fromkeys([note.speaker, writer, publisher]))
    if claim := dossier.claims.get(note.claim or ""):
        yield claim.claim
    if verdict := dossier.get_verdict(note):
        yield verdict.label


def _iter_party_names(dossier: Dossier, party_ids: Iterable[str | None]) -> Iterator[str]:
    """Names and other names of parties, and the name of whom each speaks for."""
    for party_id in party_ids:
        if party := dossier.parties.get(party_id or ""):
            yield from (party.name, *party.aliases)
            if spoken_for := dossier.parties.get(party.speaks_for or ""):
                yield spoken_for.name


def _spell_topic(topic: str) -> str:
    return topic.replace("-", " ")
