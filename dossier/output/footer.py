"""What the theme says on every page: the publisher in its head; in its footer links to the pages about the dossier, and the
day of the last review.
"""

from __future__ import annotations

from typing import Any

from dossier.model import Dossier
from dossier.model.dates.edtf import parse_edtf
from dossier.output.handwritten import get_handwritten_title
from dossier.pages.context import find_newest_review

FOOTER_PAGE_URLS = ("about/", "privacy/", "help/", "method/", "corrections/", "data/", "contribute/")
"""Pages that the footer links to if they exist."""


def build_site_facts(dossier: Dossier) -> dict[str, str]:
    """Who answers for the site, and the day of the newest review of what is published, as `2026-11-22` and in words.

    Empty is who is not named, and the day if nothing was reviewed.
    """
    settings, reviewed = dossier.settings, find_newest_review(dossier.only_published().iter_entries())
    in_words = parse_edtf(reviewed).date_in_words if reviewed else ""
    return {"publisher": settings.publisher, "reviewed": reviewed, "reviewed_in_words": in_words}


def build_footer(dossier: Dossier) -> dict[str, Any]:
    """The values that the theme's footer reads from `config.extra.dossier`, as plain values for YAML."""
    titles = {page.url: get_handwritten_title(page) for page in dossier.handwritten_pages} | {
        "corrections/": "Corrections",
        "data/": "Data",
    }
    pages = [{"url": url, "page": {"title": titles[url]}} for url in FOOTER_PAGE_URLS if url in titles]
    return {**build_site_facts(dossier), "pages": pages}
