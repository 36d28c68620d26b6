"""The footer of every page: links to the pages about the dossier, and the day of the last review."""

from __future__ import annotations

from typing import Any

from dossier.model import Dossier
from dossier.model.dates.edtf import parse_edtf
from dossier.output.handwritten import get_handwritten_title
from dossier.pages.context import find_newest_review

FOOTER_PAGE_URLS = ("about/", "privacy/", "help/", "method/", "corrections/", "data/", "contribute/")
"""Pages that the footer links to if they exist."""


def build_review_day(dossier: Dossier) -> dict[str, str]:
    """The day of the newest review of what is published, as `2026-11-22` and in words; both empty if nothing was reviewed."""
    reviewed = find_newest_review(dossier.only_published().iter_entries())
    return {"reviewed": reviewed, "reviewed_in_words": parse_edtf(reviewed).date_in_words if reviewed else ""}


def build_footer(dossier: Dossier) -> dict[str, Any]:
    """The values that the theme's footer reads from `config.extra.dossier`, as plain values for YAML."""
    titles = {page.url: get_handwritten_title(page) for page in dossier.handwritten_pages} | {
        "corrections/": "Corrections",
        "data/": "Data",
    }
    pages = [{"url": url, "page": {"title": titles[url]}} for url in FOOTER_PAGE_URLS if url in titles]
    return {**build_review_day(dossier), "pages": pages}
