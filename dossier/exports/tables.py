"""The records as tables: a CSV file for each kind of record."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

from dossier.exports.registry import export
from dossier.model.dossier import Dossier
from dossier.model.site.export_files import TABLE_CSV_PATH
from dossier.model.tables import DataTable, build_data_tables
from dossier.pages.csv_cells import neutralize_formula


@export(TABLE_CSV_PATH)
def build_csv_files(published: Dossier) -> Iterator[tuple[str, str]]:
    """The table of each kind of record, after its name."""
    for table in build_data_tables(published):
        yield table.name, render_csv(table, published.settings.site_url)


def render_csv(table: DataTable, site_url: str) -> str:
    """A table as CSV with a head, a record a line; several values in a cell are separated by semicolons."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.columns)
    for values in table.iter_rows(site_url):
        writer.writerow([neutralize_formula(_format_value(value)) for value in values])
    return text.getvalue()


def _format_value(value: Any) -> str:
    if isinstance(value, tuple | list | frozenset):
        return "; ".join(map(_format_value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(getattr(value, "text", value))
