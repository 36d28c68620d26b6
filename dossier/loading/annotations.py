"""Annotations in: everything below `annotations/`, one kind of record after the other."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from dossier.loading.articles import SLUG_PATTERN
from dossier.loading.reader import RecordReader
from dossier.model.base import Record
from dossier.model.kinds import RECORD_KINDS, RecordKind
from dossier.model.problems.problem import Problem
from dossier.model.records import Term

ANNOTATIONS_FOLDER = "annotations"
_LIST_PATHS = [PurePosixPath(kind.list_path) for kind in RECORD_KINDS if kind.layout != "page"]
ANNOTATION_FOLDER_NAMES = frozenset(path.name for path in _LIST_PATHS if not path.suffix)
LIST_FILE_NAMES = frozenset(path.name for path in _LIST_PATHS if path.suffix)


def check_stray_files(reader: RecordReader) -> None:
    """Add a problem for whatever in `annotations/` no record is read from: a misspelt folder hides a whole claim."""
    for file in reader.list_files(ANNOTATIONS_FOLDER):
        if file.name not in (ANNOTATION_FOLDER_NAMES if file.is_dir() else LIST_FILE_NAMES):
            if _is_misnamed_yaml(file) and f"{file.stem}.yml" in LIST_FILE_NAMES:
                _report_misnamed_yaml(reader, file)
                continue
            names = ", ".join(sorted(ANNOTATION_FOLDER_NAMES | LIST_FILE_NAMES))
            help = f"records are in {names}; move it there, or out of annotations/"
            reader.add_file_problem(file, "wrong-id", "this is not a file or folder of records", help)


def read_records(reader: RecordReader, kind: RecordKind, repeated: list[tuple[Any, str]]) -> Any:
    """All records of a kind below `annotations/`, as `Dossier` has them: by id, by article, or in their order.

    A record with the id of an earlier one of its file goes into `repeated`, with that id.
    """
    records: dict[str, Any] = {}
    if kind.layout == "file":
        for file in _iter_record_files(reader, kind):
            if record := reader.parse_file(file, partial(_parse_record_file, reader, kind.model, id=file.stem)):
                records[file.stem] = record
    elif kind.layout == "list per article":
        for file in _iter_record_files(reader, kind):
            records[file.stem] = tuple(_read_record_list(reader, kind, file, repeated, article=file.stem).values())
    elif (file := reader.root / kind.path_template) in reader.list_files(ANNOTATIONS_FOLDER):
        records = _read_record_list(reader, kind, file, repeated)
    return tuple(records.values()) if kind.model is Term else records


def _read_record_list(
    reader: RecordReader, kind: RecordKind, file: Path, repeated: list[tuple[Any, str]], **derived: str
) -> dict[str, Any]:
    """Records that share a file, by id in its order; a second record of the same id goes into `repeated`."""
    records: dict[str, Any] = {}
    for record in reader.parse_file(file, partial(_parse_record_list, reader, kind.model, **derived)) or ():
        if record.id in records:
            repeated.append((record, record.id))
        records.setdefault(record.id, record)
    return records


def _iter_record_files(reader: RecordReader, kind: RecordKind) -> Iterator[Path]:
    """The YAML files in the folder of a kind whose names are ids; other names are problems."""
    for file in reader.list_files(kind.list_path):
        if _is_misnamed_yaml(file):
            _report_misnamed_yaml(reader, file)
        elif file.suffix != ".yml" or file.is_dir():
            help = "the file of a record ends in .yml; move other files elsewhere"
            reader.add_file_problem(file, "wrong-id", "this is not a record's file", help)
        elif not SLUG_PATTERN.fullmatch(file.stem):
            help = "name the file in lower-case letters, digits and single hyphens, as in ministry-2020-11.yml"
            reader.add_file_problem(file, "wrong-id", f"{file.stem!r} is not an id", help)
        else:
            yield file


def _is_misnamed_yaml(file: Path) -> bool:
    """Whether a file is YAML by its name, but does not end in `.yml`."""
    return file.suffix != ".yml" and file.suffix.lower() in (".yaml", ".yml") and not file.is_dir()


def _report_misnamed_yaml(reader: RecordReader, file: Path) -> None:
    """Add the problem that a record's file ends in `.yaml`; what names the record is not reported too."""
    message = f"this record is not read, since its name ends in {file.suffix}"
    reader.add_file_problem(file, "wrong-id", message, f"rename it to {file.stem}.yml")
    reader.unread_paths.add(f"{reader.get_display_path(file).removesuffix(file.suffix)}.yml")


def _parse_record_file(reader: RecordReader, model: type[Record], text: str, path: str, **derived: str) -> Record | None:
    """The record that a file holds."""
    node = reader.parse_yaml(text, path)
    return reader.validate_record(model, node, path, **derived) if node else None


def _parse_record_list(reader: RecordReader, model: type[Record], text: str, path: str, **derived: str) -> tuple[Any, ...]:
    """The records that a file lists."""
    node = reader.parse_yaml(text, path)
    if node is None or node.value == {}:
        return ()
    if not isinstance(node.value, list):
        help = "begin every entry with a hyphen and a space, as in `- id: …`"
        reader.add_problem(Problem(node.locate_value(path), "wrong-value", f"a list of {model.noun}s belongs here", help))
        return ()
    return tuple(record for entry in node.iter_list_items() if (record := reader.validate_record(model, entry, path, **derived)))
