"""What the fields of records say about themselves, read from the markers of `dossier.model.fields`.

`describe_keys(model)` has every key of a kind of record; `iter_references(record)` and `iter_reader_texts(record)` walk
a record and those inside it. Each is derived from the models, once a model.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, Literal, NamedTuple, TypeVar, get_args, get_origin

from pydantic.fields import FieldInfo

from dossier.model.base import Record, iter_record_keys
from dossier.model.field_types import can_be_not_established
from dossier.model.fields import InReports, Key, Question, ReaderText, Ref, Vocabulary
from dossier.model.numbers.arithmetic import Expression
from dossier.model.yaml_node import YamlPathPart

MarkerT = TypeVar("MarkerT")


@dataclass(frozen=True)
class KeyDescription:
    """A key of a record with all that its field says: what is not marked is None, or the default of the marker."""

    name: str
    key: Key
    question: Question | None
    reference: Ref | None
    """What it names; of a list of records, what their ids name."""
    vocabulary: Vocabulary | None
    choices: tuple[str, ...]
    """The words of its closed list; empty if any word is allowed."""
    is_required: bool
    is_list: bool
    can_be_not_established: bool


class MarkedValue(NamedTuple, Generic[MarkerT]):
    """A value of a record whose field has a marker, with the keys and indexes that lead to it."""

    yaml_path: tuple[YamlPathPart, ...]
    marker: MarkerT
    value: Any


@cache
def describe_keys(model: type[Record]) -> Mapping[str, KeyDescription]:
    """Every key of a kind of record, in the order in which they are written.

    Raises `TypeError` for a field without a `Key`.
    """
    return {name: _describe_key(model, name) for name in iter_record_keys(model)}


def _describe_key(model: type[Record], name: str) -> KeyDescription:
    field = model.model_fields[name]
    key = get_marker(field, Key)
    if key is None:
        raise TypeError(f"add Key(meaning, example) to `{name}` of {model.__name__} in {model.__module__}")
    inner = find_nested_record_type(field)
    inner_id = inner.model_fields.get("id") if inner else None
    return KeyDescription(
        name=name,
        key=key,
        question=get_marker(field, Question),
        reference=get_marker(field, Ref) or (get_marker(inner_id, Ref) if inner_id else None),
        vocabulary=get_marker(field, Vocabulary),
        choices=_list_literal_words(field.annotation),
        is_required=field.is_required(),
        is_list=any(get_origin(part) is tuple for part in (field.annotation, *get_args(field.annotation))),
        can_be_not_established=can_be_not_established(field),
    )


def get_marker(field: FieldInfo, marker_type: type[MarkerT]) -> MarkerT | None:
    """The marker of a type that a field has; None if it has none."""
    return next((marker for marker in field.metadata if isinstance(marker, marker_type)), None)


def get_report_settings(field: FieldInfo) -> InReports:
    """How reports show a field."""
    return get_marker(field, InReports) or InReports()


def find_nested_record_type(field: FieldInfo) -> type[Record] | None:
    """The kind of record that a field holds, alone or in a list or mapping; None if it holds none."""
    return next(_iter_record_types(field.annotation), None)


def iter_record_models(model: type[Record]) -> Iterator[type[Record]]:
    """A kind of record and the kinds of those inside it."""
    yield model
    for field in model.model_fields.values():
        if inner := find_nested_record_type(field):
            yield from iter_record_models(inner)


def iter_references(record: Record) -> Iterator[tuple[tuple[YamlPathPart, ...], Ref, str]]:
    """Every id that a record or one inside it names, with the keys that lead there; each figure's claim is the target.

    An expression and a name of a figure, `claim.key`, name the claim: each claim once for an expression, and once for
    all names of figures in the record.
    """
    claims: set[str] = set()
    for yaml_path, marker, value in iter_marked_values(record, Ref):
        if isinstance(value, Expression):
            homes = dict.fromkeys(name.partition(".")[0] for name in value.names if "." in name)
            yield from ((yaml_path, marker, home) for home in homes)
        elif isinstance(value, tuple):
            yield from (((*yaml_path, index), marker, name) for index, name in enumerate(value))
        elif marker.kind != "figure":
            yield yaml_path, marker, value
        elif (home := value.partition(".")[0]) not in claims:
            claims.add(home)
            yield yaml_path, marker, home


def iter_reader_texts(record: Record) -> Iterator[MarkedValue[ReaderText]]:
    """Every text for readers in a record, its own before those of the records inside it, and each Markdown text of a list.

    Ids, dates and lists of names come as they are.
    """
    for marked in iter_marked_values(record, ReaderText):
        if marked.marker.is_markdown and isinstance(marked.value, tuple):
            for index, text in enumerate(marked.value):
                yield MarkedValue((*marked.yaml_path, index), marked.marker, text)
        else:
            yield marked


def iter_marked_values(record: Record, marker_type: type[MarkerT], *steps: YamlPathPart) -> Iterator[MarkedValue[MarkerT]]:
    """The values of a record and of those inside it whose fields have a marker of a type; empty values are left out."""
    markers, holders = _find_marked_fields(type(record), marker_type)  # type: ignore[arg-type]  # mypy: a class is hashable
    values = vars(record)
    for name, marker in markers.items():
        if value := values[name]:
            yield MarkedValue((*steps, name), marker, value)
    for name in holders:
        held = values[name] or ()
        if isinstance(held, Record):
            yield from iter_marked_values(held, marker_type, *steps, name)
        else:
            for step, part in held.items() if isinstance(held, dict) else enumerate(held):
                yield from iter_marked_values(part, marker_type, *steps, name, step)


def has_marked_fields(model: type[Record], marker_type: type[Any]) -> bool:
    """Whether a field of a kind of record, or of those inside it, has a marker of a type."""
    return any(_find_marked_fields(model, marker_type))  # type: ignore[arg-type]  # mypy: a class is hashable


@cache
def _find_marked_fields(model: type[Record], marker_type: type[Any]) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    """The markers of a kind of record by field, and the fields that hold records with such markers."""
    markers = {name: get_marker(field, marker_type) for name, field in model.model_fields.items()}
    nested = {name: find_nested_record_type(field) for name, field in model.model_fields.items()}
    holders = tuple(name for name, inner in nested.items() if inner and has_marked_fields(inner, marker_type))
    return {name: marker for name, marker in markers.items() if marker is not None}, holders


def _iter_record_types(annotation: Any) -> Iterator[type[Record]]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for part in get_args(annotation):
        yield from _iter_record_types(part)


def _list_literal_words(annotation: Any) -> tuple[str, ...]:
    if get_origin(annotation) is Literal:
        return tuple(map(str, get_args(annotation)))
    return next((words for part in get_args(annotation) if (words := _list_literal_words(part))), ())
