"""The tables of a dossier: one for each kind of record, one for the records inside them, and one for each list of references."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from dossier.model.base import Correction, Entry, Record
from dossier.model.dossier import Dossier
from dossier.model.introspection import describe_keys
from dossier.model.kinds import ENTRY_KINDS, RECORD_KINDS, RecordKind, get_kind
from dossier.model.records import Annotation, Measure
from dossier.model.records.figures import Figure
from dossier.model.site.addresses import list_all_corrections
from dossier.model.tables.columns import (
    CellValue,
    Column,
    ColumnForm,
    RecordColumn,
    expand_date,
    get_referenced_table,
    list_exported_keys,
    list_record_columns,
)
from dossier.model.tables.derived import DERIVED_COLUMNS, RELEASE_COLUMNS, ROW_URLS, DerivedColumn, TableRow
from dossier.model.value_shapes import get_value_shape
from dossier.model.wording import add_indefinite_article

_POSITION_COLUMN = RecordColumn(
    Column("position", "its place in the record, from 1", "integer", is_required=True), lambda row: row.place
)


@dataclass(frozen=True)
class DataTable:
    """A table: its name, what a row is in the words of readers, the table that it belongs to, its columns and its rows.

    `owner` is its own name, or for a table of parts or links the table of the records that have them. `readers` read the value
    of each column from what `iter_sources` yields for a row.
    """

    name: str
    meaning: str
    owner: str
    primary_key: tuple[str, ...]
    columns: tuple[Column, ...]
    readers: tuple[Callable[[TableRow], CellValue], ...]
    iter_sources: Callable[[], Iterator[TableRow]]

    def iter_rows(self) -> Iterator[tuple[CellValue, ...]]:
        """Yield the values of each row, one for each column."""
        return (tuple([read(source) for read in self.readers]) for source in self.iter_sources())

    @cached_property
    def row_count(self) -> int:
        """Number of rows; none is built for it."""
        return sum(1 for _ in self.iter_sources())


@dataclass(frozen=True)
class _TableShape:
    """A table without its rows; its columns may name records that are not published."""

    name: str
    meaning: str
    owner: str
    primary_key: tuple[str, ...]
    columns: tuple[RecordColumn, ...]


class TableBuilder:
    """Builds the tables of a published dossier; what is not published is named in none."""

    def __init__(self, published: Dossier) -> None:
        self._dossier, self._site_url = published, published.settings.site_url

    def iter_tables(self) -> Iterator[DataTable]:
        """Every table, those of parts and links behind the one that they belong to; corrections last."""
        for kind in RECORD_KINDS:
            yield self._build_kind_table(kind)
            if not getattr(kind.model, "is_arrangement", False):
                yield from self._iter_inner_tables(kind)
        yield self._build_corrections_table()

    @cached_property
    def ids_by_table(self) -> Mapping[str, frozenset[str]]:
        """Ids of the rows that other tables may name."""
        ids = {kind.table_name: frozenset(self.index_records(kind)) for kind in RECORD_KINDS}
        claims = self._dossier.claims.values()
        return ids | {Figure.table_name: frozenset(f"{claim.id}.{key}" for claim in claims for key in claim.figures)}

    def index_records(self, kind: RecordKind) -> Mapping[str, Record]:
        """Records of a kind by id, without notes that no page prints and, as measures have no status, those of no figure."""
        if kind.model is Annotation:
            return {f"{note.article}#{note.id}": note for note in self._dossier.iter_printed_annotations()}
        records = self._dossier.index_records(kind)
        if kind.model is not Measure:
            return records
        used = {figure.measure for claim in self._dossier.claims.values() for figure in claim.figures.values()}
        return {name: record for name, record in records.items() if name in used}

    def _build_kind_table(self, kind: RecordKind) -> DataTable:
        name, columns = kind.table_name, [_create_id_column(kind.reader_name)]
        columns += self._iter_address_column(name)
        columns += map(_read_from_record, list_record_columns(kind.model))
        columns += map(self._read_from_dossier, RELEASE_COLUMNS if kind.is_entry else ())
        columns += self._iter_derived_columns(name)
        shape = _TableShape(name, _describe_row(kind), name, ("id",), tuple(columns))
        return self._fill_table(
            shape, lambda: (TableRow(record_id, "", record) for record_id, record in self.index_records(kind).items())
        )

    def _iter_inner_tables(self, kind: RecordKind) -> Iterator[DataTable]:
        """A table for each key of a kind of record that holds records or names others in a list."""
        for key in list_exported_keys(kind.model):
            shape = get_value_shape(kind.model, key)
            if shape.holder == "one" or shape.record is Correction:
                continue
            if shape.record:
                yield self._build_part_table(kind, key, shape.record, is_mapping=shape.holder == "mapping")
            elif describe_keys(kind.model)[key].reference:
                yield self._build_link_table(kind, key)

    def _build_part_table(self, kind: RecordKind, key: str, part: type[Record], *, is_mapping: bool) -> DataTable:
        noun, name = kind.reader_name, part.table_name or f"{kind.reader_name}_{key}"
        owned = "" if noun in part.noun else f" of {add_indefinite_article(noun)}"
        columns = [_create_owner_column(kind)]
        if is_mapping:
            full_id = Column("id", f"its name for others: the {noun}, a dot and its short name", is_required=True)
            short_name = Column("key", "its short name", is_required=True)
            columns.insert(0, RecordColumn(full_id, lambda row: f"{row.id}.{row.place}"))
            columns.append(RecordColumn(short_name, lambda row: row.place))
        else:
            columns.append(_POSITION_COLUMN)
            if "id" in part.model_fields and not describe_keys(part)["id"].reference:
                columns.append(RecordColumn(Column("id", "its short name", is_required=True), lambda row: row.record.id))
        columns += self._iter_address_column(name)
        columns += [*map(_read_from_record, list_record_columns(part)), *self._iter_derived_columns(name)]
        primary_key = ("id",) if is_mapping else (noun, _POSITION_COLUMN.column.name)

        def iter_parts() -> Iterator[TableRow]:
            for owner_id, owner in self.index_records(kind).items():
                held = getattr(owner, key)
                for place, record in held.items() if is_mapping else enumerate(held, 1):
                    yield TableRow(owner_id, place, record, owner)

        meaning = part.row_meaning or add_indefinite_article(part.noun) + owned
        return self._fill_table(_TableShape(name, meaning, kind.table_name, primary_key, tuple(columns)), iter_parts)

    def _build_link_table(self, kind: RecordKind, key: str) -> DataTable:
        noun, reference = kind.reader_name, describe_keys(kind.model)[key].reference
        target, table = reference.kind if reference else "", get_referenced_table(kind.model, key)
        named = RecordColumn(
            Column(target, f"the {target} that it names", reference=table, is_required=True), lambda row: row.record
        )

        def iter_links() -> Iterator[TableRow]:
            for owner_id, owner in self.index_records(kind).items():
                names = (name for name in getattr(owner, key) if not table or name in self.ids_by_table[table])
                yield from (TableRow(owner_id, position, name) for position, name in enumerate(names, 1))

        shape = _TableShape(
            f"{noun}_{key}",
            f"{add_indefinite_article(target)} that {add_indefinite_article(noun)} names under `{key}`",
            kind.table_name,
            (noun, _POSITION_COLUMN.column.name),
            (_create_owner_column(kind), _POSITION_COLUMN, named),
        )
        return self._fill_table(shape, iter_links)

    def _build_corrections_table(self) -> DataTable:
        name, tables = Correction.table_name, tuple(kind.table_name for kind in ENTRY_KINDS)
        columns = (
            _create_id_column("correction"),
            *self._iter_address_column(name),
            RecordColumn(
                Column("record_table", "the table of the record", choices=tables, is_required=True), lambda row: row.place
            ),
            RecordColumn(Column("record", "the id of the record, in that table", is_required=True), lambda row: row.owner),
            *map(_read_from_record, list_record_columns(Correction)),
        )

        def iter_corrections() -> Iterator[TableRow]:
            ids = {id(record): name for kind in ENTRY_KINDS for name, record in self.index_records(kind).items()}
            for corrected in list_all_corrections(self._dossier):
                if record_id := ids.get(id(corrected.entry)):
                    table = get_kind(corrected.entry).table_name
                    yield TableRow(corrected.id, table, corrected.correction, record_id)

        return self._fill_table(_TableShape(name, "a correction of a record", name, ("id",), columns), iter_corrections)

    def _iter_address_column(self, table: str) -> Iterator[RecordColumn]:
        """The address of each row, in a table whose rows have any: what has a page or a place on one."""
        is_entry = table in {kind.table_name for kind in ENTRY_KINDS}
        if not is_entry and table not in ROW_URLS:
            return
        dossier, site_url = self._dossier, self._site_url
        find_url = ROW_URLS.get(table, _get_record_url)
        form: ColumnForm = "address" if site_url else "text"
        column = Column("address", "where it stands on this site", form, is_required=is_entry)
        yield RecordColumn(column, lambda row: site_url + url if (url := find_url(dossier, row)) else None)

    def _iter_derived_columns(self, table: str) -> Iterator[RecordColumn]:
        for derived in DERIVED_COLUMNS.get(table, ()):
            column = self._read_from_dossier(derived)
            yield from expand_date(column.column, column.read) if derived.is_date else [column]

    def _read_from_dossier(self, derived: DerivedColumn) -> RecordColumn:
        dossier, compute = self._dossier, derived.compute
        return RecordColumn(derived.column, lambda row: compute(dossier, row))

    def _fill_table(self, shape: _TableShape, iter_sources: Callable[[], Iterator[TableRow]]) -> DataTable:
        return DataTable(
            shape.name,
            shape.meaning,
            shape.owner,
            shape.primary_key,
            tuple(column.column for column in shape.columns),
            tuple(map(self._hide_unpublished, shape.columns)),
            iter_sources,
        )

    def _hide_unpublished(self, column: RecordColumn) -> Callable[[TableRow], CellValue]:
        """What reads a column: an id that is not published is not named."""
        table, read = column.column.reference, column.read
        if not table:
            return read
        ids = self.ids_by_table[table] | {column.column.besides}
        if column.column.form == "list":
            return lambda row: tuple(name for name in read(row) if name in ids)
        return lambda row: value if (value := read(row)) in ids else None


def build_data_tables(published: Dossier) -> list[DataTable]:
    """Every table, empty ones too, so that their addresses stay. `published` is filtered already."""
    return list(TableBuilder(published).iter_tables())


def _describe_row(kind: RecordKind) -> str:
    """What a record is to readers: its name, and what that means where it is defined and says more."""
    named = add_indefinite_article(kind.reader_name)
    return f"{named}: {kind.definition}" if kind.definition and kind.name != "term" else named


def _create_id_column(noun: str) -> RecordColumn:
    return RecordColumn(Column("id", f"the name of the {noun}, which stays", is_required=True), lambda row: row.id)


def _get_record_url(_dossier: Dossier, row: TableRow) -> str | None:
    record: Entry = row.record
    return record.page_url


def _create_owner_column(kind: RecordKind) -> RecordColumn:
    column = Column(kind.reader_name, f"the {kind.reader_name} that it belongs to", reference=kind.table_name, is_required=True)
    return RecordColumn(column, lambda row: row.id)


def _read_from_record(column: RecordColumn) -> RecordColumn:
    """A column of a record, as one of the rows of its table."""
    read = column.read
    return RecordColumn(column.column, lambda row: read(row.record))
