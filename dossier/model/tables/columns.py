"""The columns of a table, derived from the fields of a kind of record: what a field says of itself decides type and reference.

A date as far as it is known has two columns more, with the first and the last day that it can mean; a number as printed has one
more, with its value. So a program can sort and compute without reading our forms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from operator import attrgetter
from typing import Any, Literal

from dossier.model.base import Record, iter_record_keys
from dossier.model.dates.date_parts import CalendarDay
from dossier.model.dates.edtf import EARLIEST_DAY, LATEST_DAY, Edtf
from dossier.model.fields import NotExported
from dossier.model.introspection import describe_keys, get_marker
from dossier.model.kinds import KINDS_BY_NAME
from dossier.model.numbers.printed import PrintedNumber
from dossier.model.records import LAYER_WRITER_ID
from dossier.model.records.figures import Figure
from dossier.model.value_shapes import ValueShape, get_value_shape

ColumnForm = Literal["text", "address", "day", "date", "integer", "number", "boolean", "list"]
"""`date` is EDTF, `day` a full date; the values of a `list` have no type of their own."""

CellValue = str | int | float | bool | tuple[str, ...] | None

SIGNIFICANT_DIGITS = 12
"""Of a number's value: a third has no end."""


@dataclass(frozen=True)
class Column:
    """A column: its name, what it means to readers, its type, the table whose ids it names, and the words of a closed list.

    `besides` is a word that it may have in place of an id.
    """

    name: str
    meaning: str
    form: ColumnForm = "text"
    reference: str = ""
    choices: tuple[str, ...] = ()
    is_required: bool = False
    besides: str = ""


@dataclass(frozen=True)
class RecordColumn:
    """A column, and what reads its value from a record."""

    column: Column
    read: Callable[[Any], Any]


@cache
def list_exported_keys(model: type[Record]) -> tuple[str, ...]:
    """The keys of a kind of record that other programs get."""
    return tuple(key for key in iter_record_keys(model) if not get_marker(model.model_fields[key], NotExported))


@cache
def list_record_columns(model: type[Record], prefix: str = "") -> tuple[RecordColumn, ...]:
    """The columns of a kind of record. Lists of records and mappings have tables of their own; one inside it is spread out."""
    return tuple(_iter_record_columns(model, prefix))


def _iter_record_columns(model: type[Record], prefix: str) -> Iterator[RecordColumn]:
    keys = describe_keys(model)
    for key in list_exported_keys(model):
        if key == "id" and not keys[key].reference:
            continue  # the table has it already
        shape, described = get_value_shape(model, key), keys[key]
        if shape.form == "record":
            if shape.holder == "one" and shape.record:
                for inner in list_record_columns(shape.record, f"{prefix}{key}_"):
                    yield RecordColumn(replace(inner.column, is_required=False), _read_inside(key, inner.read))
            continue
        names = described.reference.kind if described.reference else ""
        column = Column(
            f"{prefix}{names if key == 'id' else key}",
            described.key.meaning_to_readers,
            "list" if shape.holder == "list" else "text",
            get_referenced_table(model, key),
            shape.choices if shape.holder == "one" else (),
            described.is_required and not described.can_be_not_established,
            LAYER_WRITER_ID if names == "speaker" else "",
        )
        yield from expand_column(column, shape, attrgetter(key))


def get_referenced_table(model: type[Record], key: str) -> str:
    """The table whose ids a key names; empty if it names none, and for an expression, which names several."""
    reference = describe_keys(model)[key].reference
    if not reference or get_value_shape(model, key).form != "text":
        return ""
    if reference.kind == "figure":
        return Figure.table_name
    kind = KINDS_BY_NAME.get(reference.target_kind)
    return kind.table_name if kind else ""


def expand_column(column: Column, shape: ValueShape, read: Callable[[Any], Any]) -> Iterator[RecordColumn]:
    """The columns that a value needs: itself, and of a date and a number also what programs compute with."""
    if column.form == "list":
        yield RecordColumn(column, lambda record: tuple(map(_write_text, read(record) or ())))
    elif shape.form == "date":
        yield from expand_date(column, read)
    elif shape.form in ("number", "result"):
        yield RecordColumn(column, lambda record: _write_text(read(record)))
        meaning = f"the value of `{column.name}`: a share or percentage as a fraction of one, without words such as “more than”"
        yield RecordColumn(Column(f"{column.name}_number", meaning, "number"), lambda record: write_number(read(record)))
    elif shape.form in ("integer", "boolean"):
        form: ColumnForm = "integer" if shape.form == "integer" else "boolean"
        yield RecordColumn(replace(column, form=form), read)
    else:
        written: ColumnForm = "address" if shape.form == "address" else "day" if shape.form == "day" else "text"
        yield RecordColumn(replace(column, form=written), lambda record: _write_text(read(record)))


def expand_date(column: Column, read: Callable[[Any], Edtf | None]) -> Iterator[RecordColumn]:
    """A date, and the first and last day that it can mean: empty if it is open to that side, or in no year of four digits."""
    yield RecordColumn(replace(column, form="date"), lambda record: _write_text(read(record)))
    for word, get_day in (("first", attrgetter("earliest_day")), ("last", attrgetter("latest_day"))):
        meaning = f"the {word} day that `{column.name}` can mean, for sorting and computing; not itself established"
        yield RecordColumn(Column(f"{column.name}_{word}_day", meaning, "day"), _read_day(read, get_day))


def _read_day(read: Callable[[Any], Edtf | None], get_day: Callable[[Edtf], CalendarDay]) -> Callable[[Any], str | None]:
    def read_day(record: Any) -> str | None:
        date = read(record)
        day = get_day(date) if date else EARLIEST_DAY
        return None if day in (EARLIEST_DAY, LATEST_DAY) or not 0 < day[0] <= 9999 else "{:04}-{:02}-{:02}".format(*day)

    return read_day


def _read_inside(key: str, read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """What reads a value from the record under a key; None where there is none."""

    def read_inner(record: Any) -> Any:
        inner = getattr(record, key)
        return None if inner is None else read(inner)

    return read_inner


def write_number(value: PrintedNumber | bool | None) -> float | int | None:
    """The value of a printed number for programs; None for a truth value."""
    if not isinstance(value, PrintedNumber):
        return None
    number: Fraction = value.value
    return number.numerator if number.denominator == 1 else float(f"{float(number):.{SIGNIFICANT_DIGITS}g}")


def _write_text(value: Any) -> str | None:
    """A value as the text that records have: a date in EDTF, a number as printed, a truth value as in YAML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(getattr(value, "text", value))
