"""The records of a dossier as tables: which columns each kind has, what they mean, and the values of each row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_origin

from dossier.model.base import Entry, Record, iter_record_keys
from dossier.model.dossier import Dossier
from dossier.model.introspection import describe_keys, find_nested_record_type
from dossier.model.kinds import ENTRY_KINDS, RecordKind, get_kind

_IDENTIFYING_COLUMNS = {"id": "the name of the record", "address": "where it stands on this site"}
_LEFT_OUT = {"id", "status", "corrections", "paragraph", "prefix", "suffix"}
"""Keys that say nothing in a table of what is published; what another column says; words by which a quotation is found, which are
the article's and on no page.
"""


@dataclass(frozen=True)
class DataTable:
    """The published records of one kind: name, title, and the meaning of each column by its name, as plain text."""

    kind: RecordKind
    records: tuple[Entry, ...]

    @property
    def name(self) -> str:
        """Name of the table, and of its files without the ending."""
        return self.kind.reader_plural.replace(" ", "-")

    @property
    def title(self) -> str:
        """What readers call many of them."""
        return self.kind.reader_plural.capitalize()

    @property
    def columns(self) -> Mapping[str, str]:
        """The names of the columns with their meaning."""
        keys = describe_keys(self.kind.model)
        return _IDENTIFYING_COLUMNS | {name: keys[name].key.meaning for name in _list_flat_keys(self.kind.model)}

    def iter_rows(self, site_url: str) -> Iterator[list[Any]]:
        """Yield the values of each record, one for each column."""
        for record in self.records:
            page_url, record_id = record.url_parts
            values = [getattr(record, key) for key in _list_flat_keys(self.kind.model)]
            yield [record_id or page_url.strip("/").split("/")[-1], site_url + record.page_url, *values]


def build_data_tables(dossier: Dossier) -> list[DataTable]:
    """A table for each kind of entry that there is one of. `dossier` is filtered already."""
    records_by_kind: dict[str, list[Entry]] = {kind.name: [] for kind in ENTRY_KINDS}
    for record in dossier.iter_entries():
        records_by_kind[get_kind(record).name].append(record)
    return [DataTable(kind, tuple(records)) for kind in ENTRY_KINDS if (records := records_by_kind[kind.name])]


@cache
def _list_flat_keys(model: type[Record]) -> tuple[str, ...]:
    """The keys whose value is a text, a number, a date or a list of them, which fits into a cell."""
    fields = model.model_fields
    return tuple(
        key
        for key in iter_record_keys(model)
        if key not in _LEFT_OUT and not find_nested_record_type(fields[key]) and get_origin(fields[key].annotation) is not Mapping
    )
