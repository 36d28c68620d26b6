"""The records as tables: a CSV file and a JSON file for each."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from io import StringIO

from dossier.exports.registry import encode_content, export
from dossier.model.dossier import Dossier
from dossier.model.site.export_files import TABLE_CSV_PATH, TABLE_JSON_PATH
from dossier.model.tables import ColumnForm, DataTable, build_data_tables
from dossier.model.tables.columns import CellValue
from dossier.pages.csv_cells import neutralize_formula

LIST_SEPARATOR = "; "
"""Stands between the values of a list in a CSV cell."""

_COMPUTED_FORMS: frozenset[ColumnForm] = frozenset({"integer", "number", "day", "date"})
"""What programs compute with, so that nothing stands before it: digits and signs, a year before Christ's among them. Of such a
date some spreadsheets make a sum of its numbers when they open a file instead of importing it; it calls nothing.
"""


@export(TABLE_CSV_PATH)
def build_csv_files(published: Dossier) -> Iterator[tuple[str, bytes]]:
    """Each table as CSV, after its name."""
    for table in build_data_tables(published):
        yield table.name, encode_content(render_csv(table))


@export(TABLE_JSON_PATH)
def build_json_files(published: Dossier) -> Iterator[tuple[str, bytes]]:
    """Each table as a JSON list of objects, after its name."""
    for table in build_data_tables(published):
        yield table.name, encode_content(render_json(table))


def render_csv(table: DataTable) -> str:
    """A table as CSV (RFC 4180) with a head; an empty cell has no value; a text that a spreadsheet would compute is marked."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow([column.name for column in table.columns])
    is_bare = [column.form in _COMPUTED_FORMS for column in table.columns]
    for row in table.iter_rows():
        cells = map(format_cell, row)
        writer.writerow([cell if bare else neutralize_formula(cell) for cell, bare in zip(cells, is_bare, strict=True)])
    return text.getvalue()


def format_cell(value: CellValue) -> str:
    """A value as the text of a CSV cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return LIST_SEPARATOR.join(value) if isinstance(value, tuple) else str(value)


def render_json(table: DataTable) -> str:
    """A table as a JSON list of objects, one a line, each with every column."""
    names = [column.name for column in table.columns]
    encode = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode
    rows = ",\n".join(encode(dict(zip(names, row, strict=True))) for row in table.iter_rows())
    return f"[\n{rows}\n]\n" if rows else "[]\n"
