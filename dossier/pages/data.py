"""The records of a dossier as tables to take away, a CSV file for each kind, and the page that lists them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from io import StringIO
from typing import Any, get_origin

from dossier.model.base import Entry, Record, iter_record_keys
from dossier.model.dossier import Dossier
from dossier.model.introspection import describe_keys, find_nested_record_type
from dossier.model.kinds import ENTRY_KINDS, RecordKind, get_kind
from dossier.pages.context import PageContext, find_newest_review
from dossier.pages.csv_cells import neutralize_formula
from dossier.pages.page import Page, PageHeading
from dossier.pages.page_registry import index_page

DATA_URL = "data/"

_IDENTIFYING_COLUMNS = {"id": "the name of the record", "address": "where it stands on this site"}
_LEFT_OUT = {"id", "status", "corrections", "paragraph", "prefix", "suffix"}
"""Keys that say nothing in a table of what is published; what another column says; words by which a quotation is found, which are
the article's and on no page.
"""


@dataclass(frozen=True)
class DataTable:
    """The published records of one kind: file name, title, and the meaning of each column by its name, as plain text."""

    kind: RecordKind
    records: tuple[Entry, ...]

    @property
    def file_name(self) -> str:
        """Name of the file, beside the page."""
        return f"{self.kind.reader_plural.replace(' ', '-')}.csv"

    @property
    def title(self) -> str:
        """What readers call many of them."""
        return self.kind.reader_plural.capitalize()

    @property
    def columns(self) -> Mapping[str, str]:
        """The names of the columns with their meaning."""
        keys = describe_keys(self.kind.model)
        return _IDENTIFYING_COLUMNS | {name: keys[name].key.meaning for name in _list_flat_keys(self.kind.model)}

    def render_csv(self, site_url: str) -> str:
        """The table as CSV with a head, a record a line; several values in a cell are separated by semicolons."""
        text, keys = StringIO(), _list_flat_keys(self.kind.model)
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.columns)
        for record in self.records:
            page_url, record_id = record.url_parts
            cells = [record_id or page_url.strip("/").split("/")[-1], site_url + record.page_url]
            writer.writerow(cells + [neutralize_formula(_format_value(getattr(record, key))) for key in keys])
        return text.getvalue()


def build_data_tables(dossier: Dossier) -> list[DataTable]:
    """A table for each kind of entry that there is one of. `dossier` is filtered already."""
    records_by_kind: dict[str, list[Entry]] = {kind.name: [] for kind in ENTRY_KINDS}
    for record in dossier.iter_entries():
        records_by_kind[get_kind(record).name].append(record)
    return [DataTable(kind, tuple(records)) for kind in ENTRY_KINDS if (records := records_by_kind[kind.name])]


def iter_data_files(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Yield path in the site and text of every table of what is published."""
    for table in build_data_tables(dossier.only_published()):
        yield DATA_URL + table.file_name, table.render_csv(dossier.settings.site_url)


@index_page(DATA_URL)
def build_data_page(dossier: Dossier, preview: bool = False) -> Page:
    """The page that lists the tables. A preview has none: they are for what is published."""
    context = PageContext(dossier, DATA_URL, preview)
    tables = build_data_tables(dossier)
    return Page(
        DATA_URL,
        "Data",
        lambda: context.render_template("data.html", tables=tables),
        "The records of this site as tables (CSV), to download and to compute with.",
        search_aliases=("download", "downloads", "download data", "CSV", "dataset", "spreadsheet"),
        headings=tuple(PageHeading(table.kind.name, table.title) for table in tables),
        last_reviewed=find_newest_review(dossier.iter_entries()),
    )


@cache
def _list_flat_keys(model: type[Record]) -> tuple[str, ...]:
    """The keys whose value is a text, a number, a date or a list of them, which fits into a cell."""
    fields = model.model_fields
    return tuple(
        key
        for key in iter_record_keys(model)
        if key not in _LEFT_OUT and not find_nested_record_type(fields[key]) and get_origin(fields[key].annotation) is not Mapping
    )


def _format_value(value: Any) -> str:
    if isinstance(value, tuple | list | frozenset):
        return "; ".join(map(_format_value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(getattr(value, "text", value))
