"""References: whatever is named exists, whatever exists is named, and no two things share an address."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
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
from dossier.model.yaml_node import YamlPathPart

MAX_LISTED_KNOWN_IDS = 12
"""Ids that a message lists where none of them is near."""

UNUSED_RECORD_MESSAGES = {
    "source": ("no record names the source `{}`", "name it where it is used, or delete it"),
    "party": ("no record names the party `{}`", "name it as `speaker:`, `claimant:` or `publisher:`, or delete it"),
    "measure": ("no figure has the measure `{}`", "give it to a figure, or delete it"),
}
"""Kinds of records of which each must be named somewhere, what is said where one is not, and the cure."""


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
    """Every naming of one record by another; `text`, the writer of the words, is no record."""
    for record in dossier.iter_records(*RECORD_KINDS):
        for yaml_path, marker, name in iter_references(record):
            if marker.target_kind and not (marker.kind == "speaker" and name == LAYER_WRITER_ID):
                yield RecordReference(record, yaml_path, marker.target_kind, name)


@rule("unknown-reference")
def check_unknown_reference(dossier: Dossier) -> Iterator[Violation]:
    known = {kind.name: dossier.index_records(kind).keys() for kind in RECORD_KINDS}
    missing: defaultdict[tuple[str, str], list[RecordReference]] = defaultdict(list)
    for reference in iter_record_references(dossier):
        kind = KINDS_BY_NAME[reference.target_kind]
        paths = {kind.get_path(reference.target_id), kind.list_path}
        if reference.target_id not in known[kind.name] and not paths & dossier.unread_paths:
            missing[reference.target_kind, reference.target_id].append(reference)
    for kind_name in {kind_name for kind_name, _ in missing if not known[kind_name]}:
        names = [name for of, name in missing if of == kind_name]
        help = "restore the file or folder, or write the records"
        yield Violation(
            Location(KINDS_BY_NAME[kind_name].list_path),
            f"there is no {kind_name} at all, but these are named: {', '.join(names[:3])} …",
            help,
        )
    for (kind_name, name), named in missing.items():
        if ids := known[kind_name]:
            close, creation = get_close_matches(name, ids, 3), suggest_record_creation(KINDS_BY_NAME[kind_name], name)
            listed = f"choose one of {', '.join(ids)}, or " if len(ids) <= MAX_LISTED_KNOWN_IDS else ""
            more = "" if kind_name == "verdict" else f" Else {creation}"
            help = f"did you mean {' or '.join(close)}?{more}" if close else f"{listed}{creation}"
            others = f", named here and {len(named) - 1} times more" if len(named) > 1 else ""
            yield Violation(named[0].location, f"there is no {kind_name} `{name}`{others}", help, suggest_line_edits(name, close))
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
    for kind_name, (message, help) in UNUSED_RECORD_MESSAGES.items():
        for name, record in dossier.index_records(KINDS_BY_NAME[kind_name]).items():
            if not named[kind_name, name]:
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


def _is_self_reference(reference: RecordReference) -> bool:
    return isinstance(reference.record, Source) and reference.record.id == reference.target_id
