"""The records of a dossier as tables: columns with type, meaning and reference, derived from the records' fields, and rows."""

from dossier.model.tables.build import DataTable, build_data_tables
from dossier.model.tables.columns import Column, ColumnForm

__all__ = ["Column", "ColumnForm", "DataTable", "build_data_tables"]
