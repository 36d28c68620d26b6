"""How a page of ours is cited: its citation for readers, and the same in its head for programs."""

from __future__ import annotations

from typing import NamedTuple

from dossier.model.dossier import Dossier
from dossier.model.records import Article, Claim
from dossier.model.site.release import get_released_record
from dossier.pages.citing.items import CitationBuilder, build_page_item
from dossier.pages.citing.names import mark_name
from dossier.pages.citing.plain import format_citation, format_citation_with_address


class PageCitation(NamedTuple):
    """The citation of a page without its address, and of the article that it is about with it."""

    page: str
    article: str = ""


def build_page_citation(dossier: Dossier, record: Claim | Article) -> PageCitation:
    """How the page about a claim or an article is cited, and the article itself."""
    article = format_citation_with_address(CitationBuilder(dossier).build_item(record)) if isinstance(record, Article) else ""
    return PageCitation(format_citation(build_page_item(dossier, record)), article)


def build_citation_metadata(dossier: Dossier, record: Claim | Article) -> dict[str, str]:
    """What a page's head says of it for citations: `cited`, its title; `author`, who wrote it.

    `published` and `changed` are the days that releases noted; `day`, which programs take for its date, is the first, or
    else that of its last review. What is not known is left out.
    """
    author = mark_name(record.author) if isinstance(record, Claim) and record.author else ""
    released = get_released_record(dossier.last_release, record)
    values = {
        "cited": build_page_item(dossier, record)["title"],
        "author": author,
        "day": released.published or record.reviewed,
        "published": released.published,
        "changed": released.changed,
    }
    return {name: str(value) for name, value in values.items() if value}
