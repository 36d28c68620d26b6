"""References: whatever is named exists, whatever exists is named, and no two things share an address."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from typing import NamedTuple

from dossier.checks.addresses import linked_records
from dossier.checks.rule import Fault, rule
from dossier.model.base import Record
from dossier.model.dossier import Dossier
from dossier.model.examples import to_make
from dossier.model.numbers.charts import Chart
from dossier.model.numbers.evaluation import formulas
from dossier.model.problems.problem import Place, likely
from dossier.model.records import TEXT, Annotation, Article, Claim, Event, Source
from dossier.model.site.addresses import FILES
from dossier.model.yaml_node import Step

FEW = 12
"""Ids that a message lists where none of them is near."""


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
    for chart in dossier.charts.values():
        yield from _of_chart(chart)
    for source in dossier.sources.values():
        yield from _of_source(source)
    for measure in dossier.measures.values():
        if measure.collector:
            yield Reference(measure, ("collector",), "party", measure.collector)


@rule("unknown-reference")
def unknown_reference(dossier: Dossier) -> Iterator[Fault]:
    known = _known(dossier)
    missing: defaultdict[tuple[str, str], list[Reference]] = defaultdict(list)
    for reference in references(dossier):
        if reference.id not in known[reference.kind] and not {_file(reference), _home(reference.kind)} & dossier.unread:
            missing[reference.kind, reference.id].append(reference)
    for kind in {kind for kind, _ in missing if not known[kind]}:
        names = [name for of, name in missing if of == kind]
        help = "bring the file or folder back, or write the records"
        yield Fault(Place(_home(kind)), f"there is no {kind} at all, but {len(names)} are named: {', '.join(names[:3])} …", help)
    for (kind, name), named in missing.items():
        if known[kind]:
            close = get_close_matches(name, known[kind], 3)
            listed = f"known are {', '.join(known[kind])}; name one, or " if len(known[kind]) <= FEW else ""
            more = "" if kind == "verdict" else f" Else {to_make(kind, name)}"
            help = f"did you mean {' or '.join(close)}?{more}" if close else f"{listed}{to_make(kind, name)}"
            others = f", named here and in {len(named) - 1} more places" if len(named) > 1 else ""
            yield Fault(named[0].place, f"there is no {kind} `{name}`{others}", help, likely(name, close))
    yield from _unknown_articles(dossier)


def _unknown_articles(dossier: Dossier) -> Iterator[Fault]:
    """Files of annotations on articles that do not exist."""
    for slug, notes in dossier.annotations.items():
        if slug not in dossier.articles and FILES["article"].format(slug) not in dossier.unread:
            path = notes[0].path if notes else f"annotations/articles/{slug}.yml"
            close = get_close_matches(slug, dossier.articles, 1)
            help = f"did you mean {close[0]}.yml?" if close else to_make("article", slug)
            yield Fault(Place(path), f"there is no article `{slug}` to annotate", help)


@rule("unused-record")
def unused_record(dossier: Dossier) -> Iterator[Fault]:
    if dossier.unread:
        return  # what seems unused may be named in a file that could not be read
    named = Counter((reference.kind, reference.id) for reference in references(dossier) if not _of_itself(reference))
    named.update(linked_records(dossier))
    for claim in dossier.claims.values():
        if claim.id not in dossier.appearances:
            help = f"write `claim: {claim.id}` into the annotation of the words that make it; `dossier new annotation` begins one"
            yield Fault(claim.place(), f"no annotation makes the claim `{claim.id}`", help)
    for source in dossier.sources.values():
        if not named["source", source.id]:
            yield Fault(source.place(), f"nothing uses the source `{source.id}`", "name it where it is used, or delete it")
    for party in dossier.parties.values():
        if not named["party", party.id]:
            yield Fault(party.place(), f"nothing names the party `{party.id}`", "name it where it speaks, or delete it")
    for measure in dossier.measures.values():
        if not named["measure", measure.id]:
            help = "name it at a figure, or delete it"
            yield Fault(measure.place(), f"no figure is counted by the measure `{measure.id}`", help)


@rule("repeated-id")
def repeated_id(dossier: Dossier) -> Iterator[Fault]:
    for record, name in dossier.repeated:
        key = "term" if record.noun == "glossary entry" else "id"
        yield Fault(record.place(key), f"another {record.noun} of this file has the id `{name}`", "give this one its own")
    for claim in dossier.claims.values():
        first: set[str] = set()
        for number, calculation in enumerate(claim.calculations):
            if calculation.id in first:
                message = f"another calculation of this claim has the id `{calculation.id}`"
                yield Fault(claim.place("calculations", number, "id"), message, "give this one its own")
            first.add(calculation.id)


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
    for name, figure in claim.figures.items():
        yield Reference(claim, ("figures", name, "measure"), "measure", figure.measure)
        if figure.at:
            yield Reference(claim, ("figures", name, "at"), "annotation", figure.at)
        if figure.source:
            yield Reference(claim, ("figures", name, "source"), "source", figure.source)
    for number, calculation in enumerate(claim.calculations):
        if calculation.at:
            yield Reference(claim, ("calculations", number, "at"), "annotation", calculation.at)
    for formula in formulas(claim):
        for home in dict.fromkeys(name.partition(".")[0] for name in formula.expression.names if "." in name):
            yield Reference(claim, formula.steps, "claim", home)


def _of_event(event: Event) -> Iterator[Reference]:
    yield from _each(event, "sources", "source", event.sources)
    yield from _each(event, "articles", "article", event.articles)
    yield from _each(event, "claims", "claim", event.claims)
    yield from _each(event, "voices", "voice", event.voices)


def _of_chart(chart: Chart) -> Iterator[Reference]:
    first = {name.partition(".")[0]: steps for steps, name in reversed([*chart.named()])}
    for claim in chart.claims:
        yield Reference(chart, first[claim], "claim", claim)


def _of_source(source: Source) -> Iterator[Reference]:
    if source.publisher:
        yield Reference(source, ("publisher",), "party", source.publisher)
    yield Reference(source, ("origin",), "source", source.origin)


def _each(record: Record, key: str, kind: str, ids: tuple[str, ...]) -> Iterator[Reference]:
    for number, name in enumerate(ids):
        yield Reference(record, (key, number), kind, name)


def _known(dossier: Dossier) -> dict[str, Collection[str]]:
    return {
        "annotation": {f"{note.article}#{note.id}" for note in dossier.all_annotations()},
        "article": dossier.articles.keys(),
        "claim": dossier.claims.keys(),
        "party": dossier.parties.keys(),
        "source": dossier.sources.keys(),
        "verdict": dossier.verdicts.keys(),
        "voice": dossier.voices.keys(),
        "measure": dossier.measures.keys(),
    }


def _file(reference: Reference) -> str:
    """Where the record that is named is written, if it is."""
    return FILES[reference.kind].format(reference.id.partition("#")[0])


def _home(kind: str) -> str:
    """The file or folder that holds all records of a kind."""
    return FILES[kind].partition("/{}")[0]


def _of_itself(reference: Reference) -> bool:
    return isinstance(reference.record, Source) and reference.record.id == reference.id
