"""The page of what readers can take away: files and what they are for, what each column means, and questions with their SQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from dossier.model.dossier import Dossier
from dossier.model.kinds import RECORD_KINDS
from dossier.model.settings import Settings
from dossier.model.site.export_files import (
    DATA_ARCHIVE_PATH,
    DATA_PACKAGE_PATH,
    DATA_URL,
    DOSSIER_SCHEMA_PATH,
    EXPORT_FILES,
    WHOLE_DOSSIER_PATH,
    ExportFile,
)
from dossier.model.site.licences import get_licence_url
from dossier.model.tables import ColumnForm, DataTable, build_data_tables
from dossier.pages.context import PageContext, find_newest_review
from dossier.pages.page import Page, PageHeading
from dossier.pages.page_registry import index_page

QUESTIONS_FILE = Path(__file__).with_name("data_questions.yml")

_DATA_HEADINGS = (
    PageHeading("take", "What to take"),
    PageHeading("licence", "What you may do with it"),
    PageHeading("columns", "What the tables have"),
    PageHeading("load", "How to load it"),
    PageHeading("questions", "Questions, and how to ask them"),
    PageHeading("files", "All files"),
)

COLUMN_FORM_LABELS: Mapping[ColumnForm, str] = {
    "text": "",
    "address": "web address",
    "day": "day",
    "date": "date as far as it is known",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "list": "list",
}
"""Types of columns as readers see them."""


@dataclass(frozen=True)
class DataQuestion:
    """A question to the tables, and the SQL that answers it. `may_be_empty`: that there is nothing is an answer too."""

    id: str
    question: str
    sql: str
    may_be_empty: bool = False


@dataclass(frozen=True)
class DataTableGroup:
    """A table of records, and the tables of what is inside them and of what they name."""

    name: str
    title: str
    tables: tuple[DataTable, ...]


@lru_cache(maxsize=1)
def list_data_questions() -> tuple[DataQuestion, ...]:
    """The questions of the page, in its order."""
    return tuple(DataQuestion(**question) for question in yaml.safe_load(QUESTIONS_FILE.read_text(encoding="utf-8")))


@index_page(DATA_URL)
def build_data_page(dossier: Dossier, preview: bool = False) -> Page:
    """The page of what leaves the site. A preview has no such files: they are of what is published."""
    context = PageContext(dossier, DATA_URL, preview)
    return Page(
        DATA_URL,
        "Data",
        lambda: _render_data_page(context),
        "The records as tables (CSV, JSON), to download and to compute with: what each column means, how to load them.",
        search_aliases=("download", "downloads", "download data", "CSV", "JSON", "dataset", "spreadsheet"),
        headings=_DATA_HEADINGS,
        anchor_ids=frozenset(kind.table_name for kind in RECORD_KINDS),
        last_reviewed=find_newest_review(dossier.iter_entries()),
    )


def _render_data_page(context: PageContext) -> str:
    licence, tables = context.dossier.settings.licence, build_data_tables(context.dossier)
    return context.render_template(
        "data.html",
        headings={heading.id: heading.text for heading in _DATA_HEADINGS},
        groups=group_tables(tables),
        unaddressed=" and ".join(f"`{name}`" for name in list_unaddressed_tables(tables)),
        owners={table.name: table.owner for table in tables},
        forms=COLUMN_FORM_LABELS,
        questions=list_data_questions(),
        files=list_offered_files(context.dossier.settings),
        archive_path=DATA_ARCHIVE_PATH,
        package_path=DATA_PACKAGE_PATH,
        whole_path=WHOLE_DOSSIER_PATH,
        schema_path=DOSSIER_SCHEMA_PATH,
        licence_url=get_licence_url(licence) if licence else "",
    )


def group_tables(tables: list[DataTable]) -> list[DataTableGroup]:
    """Tables by the records that they are of, in the order of the tables."""
    titles = {kind.table_name: kind.reader_plural.capitalize() for kind in RECORD_KINDS}
    owners = dict.fromkeys(table.owner for table in tables)
    return [
        DataTableGroup(owner, titles.get(owner, owner.capitalize()), tuple(table for table in tables if table.owner == owner))
        for owner in owners
    ]


def list_unaddressed_tables(tables: list[DataTable]) -> list[str]:
    """Tables of records that stand on no page of their own and at no place on one, so that their rows have no address."""
    return [table.name for table in tables if table.owner == table.name and "address" not in {c.name for c in table.columns}]


def list_offered_files(settings: Settings) -> list[ExportFile]:
    """The files that a site with these settings has."""
    return [file for file in EXPORT_FILES if settings.site_url or not file.needs_site_url]
