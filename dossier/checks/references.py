"""References: whatever is named exists, whatever exists is named, and no two things share an address."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from typing import NamedTuple

from dossier.checks.addresses import iter_linked_record_ids
from dossier.checks.rule import Violation, rule
from dossier.model.base import Record
from dossier.model.dossier import Dossier
from dossier.model.examples import suggest_record_creation
from dossier.model.numbers.charts import Chart
from dossier.model.numbers.evaluation import iter_claim_expressions
from dossier.model.problems.problem import Location, suggest_line_edits
from dossier.model.records import LAYER_WRITER_ID, Annotation, Article, Claim, Event, Source
from dossier.model.site.addresses import RECORD_PATH_TEMPLATES
from dossier.model.yaml_node import YamlPathPart

MAX_LISTED_KNOWN_IDS = 12
"""Ids that a message lists where none of them is near."""


class RecordReference(NamedTuple):
    """One naming of another record: who names, at which keys, what kind of thing, under which id."""

    record: Record
    yaml_path: tuple[YamlPathPart, ...]
    target_kind: str
    target_id: str

    @property
    def location(self) -> Location:
        """Where the name is written."""
        return self.record.locate(*self.yaml_path)


def iter_record_references(dossier: Dossier) -> Iterator[RecordReference]:
    """Every naming of one record by another."""
    for article in dossier.articles.values():
        yield from _iter_article_references(article)
    for note in dossier.iter_annotations():
        yield from _iter_annotation_references(note)
    for claim in dossier.claims.values():
        yield from _iter_claim_references(claim)
    for event in dossier.events.values():
        yield from _iter_event_references(event)
    for chart in dossier.charts.values():
        yield from _iter_chart_references(chart)
    for source in dossier.sources.values():
        yield from _iter_source_references(source)
    for measure in dossier.measures.values():
        if measure.collector:
            yield RecordReference(measure, ("collector",), "party", measure.collector)


@rule("unknown-reference")
def check_unknown_reference(dossier: Dossier) -> Iterator[Violation]:
    known = _collect_known_ids(dossier)
    missing: defaultdict[tuple[str, str], list[RecordReference]] = defaultdict(list)
    for reference in iter_record_references(dossier):
        if (
            reference.target_id not in known[reference.target_kind]
            and not {_get_target_path(reference), _get_kind_path(reference.target_kind)} & dossier.unread_paths
        ):
            missing[reference.target_kind, reference.target_id].append(reference)
    for kind in {kind for kind, _ in missing if not known[kind]}:
        names = [name for of, name in missing if of == kind]
        help = "restore the file or folder, or write the records"
        yield Violation(
            Location(_get_kind_path(kind)),
            f"there is no {kind} at all, but these are named: {', '.join(names[:3])} …",
            help,
        )
    for (kind, name), named in missing.items():
        if known[kind]:
            close = get_close_matches(name, known[kind], 3)
            listed = f"choose one of {', '.join(known[kind])}, or " if len(known[kind]) <= MAX_LISTED_KNOWN_IDS else ""
            more = "" if kind == "verdict" else f" Else {suggest_record_creation(kind, name)}"
            help = f"did you mean {' or '.join(close)}?{more}" if close else f"{listed}{suggest_record_creation(kind, name)}"
            others = f", named here and {len(named) - 1} times more" if len(named) > 1 else ""
            yield Violation(named[0].location, f"there is no {kind} `{name}`{others}", help, suggest_line_edits(name, close))
    yield from _check_annotated_articles(dossier)


def _check_annotated_articles(dossier: Dossier) -> Iterator[Violation]:
    """Files of annotations on articles that do not exist."""
    for slug, notes in dossier.annotations.items():
        if slug not in dossier.articles and RECORD_PATH_TEMPLATES["article"].format(slug) not in dossier.unread_paths:
            path = notes[0].path if notes else f"annotations/articles/{slug}.yml"
            close = get_close_matches(slug, dossier.articles, 1)
            help = f"did you mean {close[0]}.yml?" if close else suggest_record_creation("article", slug)
            yield Violation(Location(path), f"these are annotations of `{slug}`, but there is no such article", help)


@rule("unused-record")
def check_unused_record(dossier: Dossier) -> Iterator[Violation]:
    if dossier.unread_paths:
        return  # what seems unused may be named in a file that could not be read
    named = Counter(
        (reference.target_kind, reference.target_id)
        for reference in iter_record_references(dossier)
        if not _is_self_reference(reference)
    )
    named.update(iter_linked_record_ids(dossier))
    for claim in dossier.claims.values():
        if claim.id not in dossier.annotations_by_claim:
            help = "add it to an annotation of words that make the claim; `dossier new annotation` begins one"
            yield Violation(claim.locate(), f"no annotation has `claim: {claim.id}`", help)
    for source in dossier.sources.values():
        if not named["source", source.id]:
            yield Violation(
                source.locate(), f"no record names the source `{source.id}`", "name it where it is used, or delete it"
            )
    for party in dossier.parties.values():
        if not named["party", party.id]:
            yield Violation(
                party.locate(),
                f"no record names the party `{party.id}`",
                "name it as `speaker:`, `claimant:` or `publisher:`, or delete it",
            )
    for measure in dossier.measures.values():
        if not named["measure", measure.id]:
            help = "give it to a figure, or delete it"
            yield Violation(measure.locate(), f"no figure has the measure `{measure.id}`", help)


@rule("repeated-id")
def check_repeated_id(dossier: Dossier) -> Iterator[Violation]:
    for record, name in dossier.repeated_records:
        key = "term" if record.noun == "glossary entry" else "id"
        yield Violation(record.locate(key), f"another {record.noun} of this file has the id `{name}`", "give this one another id")
    for claim in dossier.claims.values():
        first: set[str] = set()
        for number, calculation in enumerate(claim.calculations):
            if calculation.id in first:
                message = f"another calculation of this claim has the id `{calculation.id}`"
                yield Violation(claim.locate("calculations", number, "id"), message, "give this one another id")
            first.add(calculation.id)


def _iter_article_references(article: Article) -> Iterator[RecordReference]:
    if article.publisher:
        yield RecordReference(article, ("publisher",), "party", article.publisher)
    yield from _iter_list_references(article, "origin", "source", article.origin)
    for number, layer in enumerate(article.layers):
        yield RecordReference(article, ("layers", number, "writer"), "party", layer.writer)


def _iter_annotation_references(note: Annotation) -> Iterator[RecordReference]:
    if note.speaker != LAYER_WRITER_ID:
        yield RecordReference(note, ("speaker",), "party", note.speaker)
    if note.claim:
        yield RecordReference(note, ("claim",), "claim", note.claim)
    if note.verdict:
        yield RecordReference(note, ("verdict",), "verdict", note.verdict)
    yield from _iter_list_references(note, "sources", "source", note.sources)


def _iter_claim_references(claim: Claim) -> Iterator[RecordReference]:
    if claim.claimant:
        yield RecordReference(claim, ("claimant",), "party", claim.claimant)
    yield RecordReference(claim, ("verdict",), "verdict", claim.verdict)
    for number, evidence in enumerate(claim.sources):
        yield RecordReference(claim, ("sources", number, "id"), "source", evidence.id)
    for name, figure in claim.figures.items():
        yield RecordReference(claim, ("figures", name, "measure"), "measure", figure.measure)
        if figure.at:
            yield RecordReference(claim, ("figures", name, "at"), "annotation", figure.at)
        if figure.source:
            yield RecordReference(claim, ("figures", name, "source"), "source", figure.source)
    for number, calculation in enumerate(claim.calculations):
        if calculation.at:
            yield RecordReference(claim, ("calculations", number, "at"), "annotation", calculation.at)
    for formula in iter_claim_expressions(claim):
        for home in dict.fromkeys(name.partition(".")[0] for name in formula.expression.names if "." in name):
            yield RecordReference(claim, formula.yaml_path, "claim", home)


def _iter_event_references(event: Event) -> Iterator[RecordReference]:
    yield from _iter_list_references(event, "sources", "source", event.sources)
    yield from _iter_list_references(event, "articles", "article", event.articles)
    yield from _iter_list_references(event, "claims", "claim", event.claims)
    yield from _iter_list_references(event, "voices", "voice", event.voices)


def _iter_chart_references(chart: Chart) -> Iterator[RecordReference]:
    first = {name.partition(".")[0]: steps for steps, name in reversed([*chart.iter_figure_names()])}
    for claim in chart.claim_ids:
        yield RecordReference(chart, first[claim], "claim", claim)


def _iter_source_references(source: Source) -> Iterator[RecordReference]:
    if source.publisher:
        yield RecordReference(source, ("publisher",), "party", source.publisher)
    yield RecordReference(source, ("origin",), "source", source.origin)


def _iter_list_references(record: Record, key: str, kind: str, ids: tuple[str, ...]) -> Iterator[RecordReference]:
    for number, name in enumerate(ids):
        yield RecordReference(record, (key, number), kind, name)


def _collect_known_ids(dossier: Dossier) -> dict[str, Collection[str]]:
    return {
        "annotation": {f"{note.article}#{note.id}" for note in dossier.iter_annotations()},
        "article": dossier.articles.keys(),
        "claim": dossier.claims.keys(),
        "party": dossier.parties.keys(),
        "source": dossier.sources.keys(),
        "verdict": dossier.verdicts.keys(),
        "voice": dossier.voices.keys(),
        "measure": dossier.measures.keys(),
    }


def _get_target_path(reference: RecordReference) -> str:
    """Where the record that is named is written, if it is."""
    return RECORD_PATH_TEMPLATES[reference.target_kind].format(reference.target_id.partition("#")[0])


def _get_kind_path(kind: str) -> str:
    """The file or folder that holds all records of a kind."""
    return RECORD_PATH_TEMPLATES[kind].partition("/{}")[0]


def _is_self_reference(reference: RecordReference) -> bool:
    return isinstance(reference.record, Source) and reference.record.id == reference.target_id
