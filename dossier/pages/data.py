"""The page that lists what readers can take away: the records as tables, with the meaning of each column."""

from __future__ import annotations

from dossier.model.dossier import Dossier
from dossier.model.site.export_files import DATA_URL
from dossier.model.tables import build_data_tables
from dossier.pages.context import PageContext, find_newest_review
from dossier.pages.page import Page, PageHeading
from dossier.pages.page_registry import index_page


@index_page(DATA_URL)
def build_data_page(dossier: Dossier, preview: bool = False) -> Page:
    """The page of what leaves the site. A preview has no such files: they are of what is published."""
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
