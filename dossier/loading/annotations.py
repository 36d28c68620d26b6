"""Annotations in: everything below `annotations/`, one kind of record after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

from dossier.loading.articles import SLUG
from dossier.loading.reader import Reader
from dossier.model.base import Record
from dossier.model.problems.problem import Place, Problem
from dossier.model.records import Annotation

AnyRecord = TypeVar("AnyRecord", bound=Record)


FOLDERS = frozenset({"articles", "claims", "events", "charts", "sources"})
LISTS = frozenset({"parties.yml", "verdicts.yml", "voices.yml", "measures.yml", "glossary.yml"})


def refuse_strays(reader: Reader) -> None:
    """Tell of whatever lies in `annotations/` that no record is read from: a misspelt folder hides a whole claim."""
    for file in reader.files("annotations"):
        if file.name not in (FOLDERS if file.is_dir() else LISTS):
            help = f"records lie in {', '.join(sorted(FOLDERS | LISTS))}; move it there, or out of annotations/"
            reader.refuse(Problem(Place(reader.path_of(file)), "wrong-id", "no record is read from here", help))


def read_annotations(reader: Reader) -> dict[str, tuple[Annotation, ...]]:
    """Annotations by article slug, in the order of their file."""
    annotations = {}
    for file in _files(reader, "articles"):
        listed = partial(_listed, reader, Annotation, article=file.stem)
        annotations[file.stem] = reader.made(file, listed) or ()
    return annotations


def read_filed(reader: Reader, folder: str, model: type[AnyRecord]) -> dict[str, AnyRecord]:
    """Records that have a file each, by the name of the file."""
    records = {}
    for file in _files(reader, folder):
        if record := reader.made(file, partial(_filed, reader, model, id=file.stem)):
            records[file.stem] = record
    return records


def read_list(reader: Reader, name: str, model: type[AnyRecord]) -> tuple[AnyRecord, ...]:
    """Records that share a file, in its order; no file is an empty list."""
    files = reader.files("annotations", name)
    return (reader.made(files[0], partial(_listed, reader, model)) or ()) if files else ()


class Listed(Protocol):
    """A record that stands in a list and has an id."""

    @property
    def id(self) -> str:
        """Its name among its neighbours."""


AnyListed = TypeVar("AnyListed", bound=Listed)


def unrepeated(records: Iterable[AnyListed], repeated: list[tuple[Listed, str]]) -> tuple[AnyListed, ...]:
    """Records with ids of their own; a second one of the same id is put aside with it."""
    kept: dict[str, AnyListed] = {}
    for record in records:
        if record.id in kept:
            repeated.append((record, record.id))
        else:
            kept[record.id] = record
    return tuple(kept.values())


def by_id(records: Iterable[AnyListed]) -> Mapping[str, AnyListed]:
    """Records by their id."""
    return {record.id: record for record in records}


def _files(reader: Reader, folder: str) -> Iterator[Path]:
    """The YAML files of a folder whose names are ids; other names are problems."""
    for file in reader.files(f"annotations/{folder}"):
        path = reader.path_of(file)
        if file.suffix != ".yml" or file.is_dir():
            help = "a record is a file that ends in .yml; move anything else elsewhere"
            reader.refuse(Problem(Place(path), "wrong-id", "this is not a record", help))
        elif not SLUG.fullmatch(file.stem):
            help = "name the file in lower-case letters, digits and single hyphens, as in ministry-2020-11.yml"
            reader.refuse(Problem(Place(path), "wrong-id", f"{file.stem!r} is not an id", help))
        else:
            yield file


def _filed(reader: Reader, model: type[AnyRecord], text: str, path: str, **derived: Any) -> AnyRecord | None:
    """The record that a file holds."""
    node = reader.yaml(text, path)
    return reader.record(model, node, path, **derived) if node else None


def _listed(reader: Reader, model: type[AnyRecord], text: str, path: str, **derived: Any) -> tuple[AnyRecord, ...]:
    """The records that a file lists."""
    node = reader.yaml(text, path)
    if node is None or node.value == {}:
        return ()
    if not isinstance(node.value, list):
        help = "begin every entry with a hyphen, as in `- id: …`"
        reader.refuse(Problem(node.place(path), "wrong-value", f"a list of {model.noun}s is wanted here", help))
        return ()
    return tuple(record for entry in node.items() if (record := reader.record(model, entry, path, **derived)))
