"""What kind of value each field of a record has, as tables and the schema of the data need it: read from the field's type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from dossier.model.base import Record
from dossier.model.dates.edtf import Edtf
from dossier.model.field_types import FullDate, WebUrl
from dossier.model.numbers.arithmetic import Expression
from dossier.model.numbers.printed import PrintedNumber
from dossier.model.quotations.digest import Digest

ValueForm = Literal["text", "address", "day", "date", "integer", "boolean", "number", "result", "expression", "record"]
"""`day` is a full date, `date` one as far as it is known (EDTF); `number` is printed, `result` printed or a truth value."""

_FORMS_BY_TYPE: Mapping[type, ValueForm] = {
    bool: "boolean",
    int: "integer",
    str: "text",
    Edtf: "date",
    PrintedNumber: "number",
    Digest: "text",
    Expression: "expression",
}
_NARROWER_FORMS: tuple[tuple[Any, ValueForm], ...] = ((WebUrl, "address"), (FullDate, "day"))


@dataclass(frozen=True)
class ValueShape:
    """The form of a value, or of the values of a list or mapping; `record` is their kind where they are records.

    `choices` are the words of a closed list; empty if any is allowed.
    """

    form: ValueForm
    holder: Literal["one", "list", "mapping"] = "one"
    record: type[Record] | None = None
    choices: tuple[str, ...] = ()


@cache
def get_value_shape(model: type[Record], name: str) -> ValueShape:
    """The shape of a field of a kind of record. Raises `TypeError` for a type that is no value or list of one kind."""
    field = model.model_fields[name]
    holder, leaves = _open_holder(field)
    shapes = [_describe_leaf(annotation, marks) for annotation, marks in leaves]
    if {shape.form for shape in shapes} == {"number", "boolean"}:
        return ValueShape("result", holder)
    if len(shapes) != 1:
        raise TypeError(f"`{name}` of {model.__name__} mixes values of several kinds")
    return replace(shapes[0], holder=holder)


def _open_holder(field: FieldInfo) -> tuple[Literal["one", "list", "mapping"], list[tuple[Any, tuple[Any, ...]]]]:
    """Whether a field holds a list, a mapping or one value, and the types in it, each with its marks."""
    leaves: list[tuple[Any, tuple[Any, ...]]] = []
    holder: Literal["one", "list", "mapping"] = "one"
    for annotation, marks in _iter_alternatives(field.annotation, tuple(field.metadata)):
        arguments = get_args(annotation)
        if get_origin(annotation) is tuple:
            holder, leaves = "list", [*leaves, *_iter_alternatives(arguments[0], ())]
        elif get_origin(annotation) is dict:
            holder, leaves = "mapping", [*leaves, *_iter_alternatives(arguments[1], ())]
        else:
            leaves.append((annotation, marks))
    return holder, leaves


def _iter_alternatives(annotation: Any, marks: tuple[Any, ...]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """The types of a union but for None, each with its marks: `Annotated[str, x] | None` gives `str` with `x`."""
    if get_origin(annotation) is Annotated:
        inner, *inner_marks = get_args(annotation)
        yield from _iter_alternatives(inner, (*marks, *inner_marks))
    elif get_origin(annotation) in (Literal, tuple, dict) or not get_args(annotation):
        if annotation is not NoneType:
            yield annotation, marks
    else:
        for part in get_args(annotation):
            yield from _iter_alternatives(part, marks)


def _describe_leaf(annotation: Any, marks: tuple[Any, ...]) -> ValueShape:
    if get_origin(annotation) is Literal:
        return ValueShape("text", choices=tuple(map(str, get_args(annotation))))
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return ValueShape("record", record=annotation)
    for narrower, form in _NARROWER_FORMS:
        if any(mark is wanted for mark in marks for wanted in narrower.__metadata__):
            return ValueShape(form)
    if annotation in _FORMS_BY_TYPE:
        return ValueShape(_FORMS_BY_TYPE[annotation])
    raise TypeError(f"{annotation} is no value of records: give its form in {__name__}")
