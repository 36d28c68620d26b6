"""Pages of retired records: a published address must never become a 404."""

from __future__ import annotations

from functools import partial

from dossier.model.base import Entry
from dossier.model.dossier import Dossier
from dossier.model.kinds import get_kind
from dossier.pages.context import PageContext, render_plain_line
from dossier.pages.page import Page


def build_retired_page(record: Entry) -> Page:
    """The page at the address of a retired record: its name and that it was withdrawn, nothing else of its content."""
    kind, url = get_kind(record), record.page_url
    name = render_plain_line(kind.get_title(record)) if kind.has_markdown_title else kind.get_title(record)
    # An empty dossier, so that the template cannot show anything of the record by accident.
    render_html = partial(PageContext(Dossier(), url).render_template, "retired.html", noun=record.noun, name=name)
    return Page(url, f"Retired {record.noun}", render_html, source_path=record.path, parent_url=kind.page_url)
