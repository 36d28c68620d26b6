"""Rules on references: each target exists, each record is used, ids are unique, and origins form no circle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import NamedTuple

from dossier.checks.addresses import iter_linked_record_ids
from dossier.checks.rule import Violation, rule
from dossier.model.base import Record
from dossier.model.dossier import Dossier
from dossier.model.introspection import iter_references
from dossier.model.kinds import KINDS_BY_NAME, RECORD_KINDS, suggest_record_creation
from dossier.model.problems.problem import Location, suggest_line_edits
from dossier.model.records import LAYER_WRITER_ID, Source
from dossier.model.yaml_node import YamlPath

MAX_LISTED_KNOWN_IDS = 12
"""Most ids that a message lists if none is similar."""

UNUSED_RECORD_MESSAGES = {
    "source": ("no record names the source `{}`", "name it where it is used, or delete it"),
    "party": ("no record names the party `{}`", "name it as `speaker:`, `claimant:` or `publisher:`, or delete it"),
    "measure": ("no figure has the measure `{}`", "give it to a figure, or delete it"),
}
"""Message and cure for a record that no other names, by its kind."""


class RecordReference(NamedTuple):
    """A reference: the record that has it, its YAML path, and the kind and id of the record that it names."""

    record: Record
    yaml_path: YamlPath
    target_kind: str
    target_id: str

    @property
    def location(self) -> Location:
        """Location of the reference in its file."""
        return self.record.locate(*self.yaml_path)


def iter_record_references(dossier: Dossier) -> Iterator[RecordReference]:
    """Every reference of a record to another; `text`, the writer of the words, is not a record."""
    for record in dossier.iter_records(*RECORD_KINDS):
        for yaml_path, marker, name in iter_references(record):
            if marker.target_kind and not (marker.kind == "speaker" and name == LAYER_WRITER_ID):
                yield RecordReference(record, yaml_path, marker.target_kind, name)


@rule("unknown-reference")
def check_unknown_reference(dossier: Dossier) -> Iterator[Violation]:
    ids_by_kind = {kind.name: dossier.index_records(kind).keys() for kind in RECORD_KINDS}
    missing: defaultdict[tuple[str, str], list[RecordReference]] = defaultdict(list)
    for reference in iter_record_references(dossier):
        kind = KINDS_BY_NAME[reference.target_kind]
        paths = {kind.get_path(reference.target_id), kind.list_path}
        if reference.target_id not in ids_by_kind[kind.name] and not paths & dossier.unread_paths:
            missing[reference.target_kind, reference.target_id].append(reference)
    for kind_name in {kind_name for kind_name, _ in missing if not ids_by_kind[kind_name]}:
        names = [name for missing_kind, name in missing if missing_kind == kind_name]
        message = f"there is no {kind_name} at all, but these are named: {', '.join(names[:3])} …"
        place = Location(KINDS_BY_NAME[kind_name].list_path)
        yield Violation(place, message, "restore the file or folder, or write the records")
    for (kind_name, name), references in missing.items():
        if ids := ids_by_kind[kind_name]:
            close, creation = get_close_matches(name, ids, 3), suggest_record_creation(KINDS_BY_NAME[kind_name], name)
            listed = f"choose one of {', '.join(ids)}, or " if len(ids) <= MAX_LISTED_KNOWN_IDS else ""
            more = "" if kind_name == "verdict" else f" Else {creation}"
            help = f"did you mean {' or '.join(close)}?{more}" if close else f"{listed}{creation}"
            others = f", named here and {len(references) - 1} times more" if len(references) > 1 else ""
            message = f"there is no {kind_name} `{name}`{others}"
            yield Violation(references[0].location, message, help, suggest_line_edits(name, close))
    yield from _check_annotated_articles(dossier)


def _check_annotated_articles(dossier: Dossier) -> Iterator[Violation]:
    """Files of annotations on articles that do not exist."""
    articles = KINDS_BY_NAME["article"]
    for slug, notes in dossier.annotations.items():
        if slug not in dossier.articles and articles.get_path(slug) not in dossier.unread_paths:
            path = notes[0].path if notes else KINDS_BY_NAME["annotation"].get_path(slug)
            close = get_close_matches(slug, dossier.articles, 1)
            help = f"did you mean {close[0]}.yml?" if close else suggest_record_creation(articles, slug)
            yield Violation(Location(path), f"these are annotations of `{slug}`, but there is no such article", help)


@rule("unused-record")
def check_unused_record(dossier: Dossier) -> Iterator[Violation]:
    if dossier.unread_paths:
        return  # what seems unused may be named in a file that could not be read
    used = set(iter_linked_record_ids(dossier))
    for record, _, kind_name, record_id in iter_record_references(dossier):
        if not (isinstance(record, Source) and record.id == record_id):  # a source may be its own origin
            used.add((kind_name, record_id))
    for claim in dossier.claims.values():
        if claim.id not in dossier.annotations_by_claim:
            help = "add it to an annotation of words that make the claim; `dossier new annotation` begins one"
            yield Violation(claim.locate(), f"no annotation has `claim: {claim.id}`", help)
    for kind_name, (message, help) in UNUSED_RECORD_MESSAGES.items():
        for name, record in dossier.index_records(KINDS_BY_NAME[kind_name]).items():
            if (kind_name, name) not in used:
                yield Violation(record.locate(), message.format(name), help)


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


@rule("speaker-loop")
def check_speaker_loop(dossier: Dossier) -> Iterator[Violation]:
    links = {name: party.speaks_for for name, party in dossier.parties.items() if party.speaks_for}
    for end in sorted({*dossier.evidence_scale.organisation_ids_by_party.values()} & links.keys()):
        message = f"these parties speak for each other: {_format_circle(end, links)}"
        yield Violation(dossier.parties[end].locate("speaks_for"), message, "delete `speaks_for:` of the organisation")


@rule("origin-loop")
def check_origin_loop(dossier: Dossier) -> Iterator[Violation]:
    links = {name: source.origin for name, source in dossier.sources.items() if source.origin != name}
    for root in sorted({*dossier.root_ids_by_source.values()} & links.keys()):
        message = f"the origins of these sources form a circle: {_format_circle(root, links)}"
        help = "give the first of them in time its own id as `origin:`"
        yield Violation(dossier.sources[root].locate("origin"), message, help)


def _format_circle(start: str, links: Mapping[str, str]) -> str:
    """The ids of a circle in order, where `links` has the next of each; the first once more at the end."""
    circle = [start]
    while (following := links[circle[-1]]) != start:
        circle.append(following)
    return " → ".join([*circle, start])
