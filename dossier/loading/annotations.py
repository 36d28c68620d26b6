"""Annotations in: everything below `annotations/`, one kind of record after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

from dossier.loading.articles import SLUG_PATTERN
from dossier.loading.reader import RecordReader
from dossier.model.base import Record
from dossier.model.problems.problem import Location, Problem
from dossier.model.records import Annotation

LoadedRecordT = TypeVar("LoadedRecordT", bound=Record)


ANNOTATION_FOLDER_NAMES = frozenset({"articles", "claims", "events", "charts", "sources"})
LIST_FILE_NAMES = frozenset({"parties.yml", "verdicts.yml", "voices.yml", "measures.yml", "glossary.yml"})


def check_stray_files(reader: RecordReader) -> None:
    """Tell of whatever lies in `annotations/` that no record is read from: a misspelt folder hides a whole claim."""
    for file in reader.list_files("annotations"):
        if file.name not in (ANNOTATION_FOLDER_NAMES if file.is_dir() else LIST_FILE_NAMES):
            if _is_misnamed_yaml(file) and f"{file.stem}.yml" in LIST_FILE_NAMES:
                _report_misnamed_yaml(reader, file)
                continue
            names = ", ".join(sorted(ANNOTATION_FOLDER_NAMES | LIST_FILE_NAMES))
            help = f"records are in {names}; move it there, or out of annotations/"
            reader.add_problem(
                Problem(Location(reader.get_display_path(file)), "wrong-id", "this is not a file or folder of records", help)
            )


def read_annotations(reader: RecordReader) -> dict[str, tuple[Annotation, ...]]:
    """Annotations by article slug, in the order of their file."""
    annotations = {}
    for file in _iter_annotation_files(reader, "articles"):
        listed = partial(_parse_record_list, reader, Annotation, article=file.stem)
        annotations[file.stem] = reader.parse_file(file, listed) or ()
    return annotations


def read_record_files(reader: RecordReader, folder: str, model: type[LoadedRecordT]) -> dict[str, LoadedRecordT]:
    """Records that have a file each, by the name of the file."""
    records = {}
    for file in _iter_annotation_files(reader, folder):
        if record := reader.parse_file(file, partial(_parse_record_file, reader, model, id=file.stem)):
            records[file.stem] = record
    return records


def read_record_list(reader: RecordReader, name: str, model: type[LoadedRecordT]) -> tuple[LoadedRecordT, ...]:
    """Records that share a file, in its order; no file is an empty list."""
    files = reader.list_files("annotations", name)
    return (reader.parse_file(files[0], partial(_parse_record_list, reader, model)) or ()) if files else ()


class RecordWithId(Protocol):
    """A record that stands in a list and has an id."""

    @property
    def id(self) -> str:
        """Its name among its neighbours."""


RecordWithIdT = TypeVar("RecordWithIdT", bound=RecordWithId)


def remove_repeated_ids(records: Iterable[RecordWithIdT], repeated: list[tuple[RecordWithId, str]]) -> tuple[RecordWithIdT, ...]:
    """Records with ids of their own; a second one of the same id is put aside with it."""
    kept: dict[str, RecordWithIdT] = {}
    for record in records:
        if record.id in kept:
            repeated.append((record, record.id))
        else:
            kept[record.id] = record
    return tuple(kept.values())


def index_by_id(records: Iterable[RecordWithIdT]) -> Mapping[str, RecordWithIdT]:
    """Records by their id."""
    return {record.id: record for record in records}


def _iter_annotation_files(reader: RecordReader, folder: str) -> Iterator[Path]:
    """The YAML files of a folder whose names are ids; other names are problems."""
    for file in reader.list_files(f"annotations/{folder}"):
        path = reader.get_display_path(file)
        if _is_misnamed_yaml(file):
            _report_misnamed_yaml(reader, file)
        elif file.suffix != ".yml" or file.is_dir():
            help = "the file of a record ends in .yml; move other files elsewhere"
            reader.add_problem(Problem(Location(path), "wrong-id", "this is not a record's file", help))
        elif not SLUG_PATTERN.fullmatch(file.stem):
            help = "name the file in lower-case letters, digits and single hyphens, as in ministry-2020-11.yml"
            reader.add_problem(Problem(Location(path), "wrong-id", f"{file.stem!r} is not an id", help))
        else:
            yield file


def _is_misnamed_yaml(file: Path) -> bool:
    """Whether a file is YAML by its name, but does not end in `.yml`."""
    return file.suffix != ".yml" and file.suffix.lower() in (".yaml", ".yml") and not file.is_dir()


def _report_misnamed_yaml(reader: RecordReader, file: Path) -> None:
    """Add the problem that a record's file ends in `.yaml`; what names the record is not reported too."""
    path = reader.get_display_path(file)
    help = f"rename it to {file.stem}.yml"
    reader.add_problem(
        Problem(Location(path), "wrong-id", f"this record is not read, since its name ends in {file.suffix}", help)
    )
    reader.unread_paths.add(f"{path.removesuffix(file.suffix)}.yml")


def _parse_record_file(
    reader: RecordReader, model: type[LoadedRecordT], text: str, path: str, **derived: Any
) -> LoadedRecordT | None:
    """The record that a file holds."""
    node = reader.parse_yaml(text, path)
    return reader.validate_record(model, node, path, **derived) if node else None


def _parse_record_list(
    reader: RecordReader, model: type[LoadedRecordT], text: str, path: str, **derived: Any
) -> tuple[LoadedRecordT, ...]:
    """The records that a file lists."""
    node = reader.parse_yaml(text, path)
    if node is None or node.value == {}:
        return ()
    if not isinstance(node.value, list):
        help = "begin every entry with a hyphen and a space, as in `- id: …`"
        reader.add_problem(Problem(node.locate_value(path), "wrong-value", f"a list of {model.noun}s belongs here", help))
        return ()
    return tuple(record for entry in node.iter_list_items() if (record := reader.validate_record(model, entry, path, **derived)))
