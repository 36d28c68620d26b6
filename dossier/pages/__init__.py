"""PAGES OUT: a dossier to pages. `build(dossier)` is a pure function and knows templates, not MkDocs."""

from __future__ import annotations

from collections.abc import Iterator

from dossier.model.dossier import Dossier
from dossier.model.records import article_address, claim_address
from dossier.pages.article import article_page, unread_page
from dossier.pages.page import Page
from dossier.pages.views import (
    articles_page,
    claim_page,
    claims_page,
    glossary_page,
    parties_page,
    sources_page,
    timeline_page,
    tombstone,
)

__all__ = ["Page", "build"]

INDEX_PAGES = (articles_page, claims_page, timeline_page, sources_page, parties_page, glossary_page)


def build(dossier: Dossier, preview: bool = False) -> list[Page]:
    """Every page made from records. A preview has drafts too, whole captures where they are here, and what is broken."""
    shown = dossier if preview else dossier.published()
    pages = [make(shown, preview) for make in INDEX_PAGES]
    pages += [article_page(shown, article, preview) for article in shown.articles.values()]
    pages += [claim_page(shown, claim, preview) for claim in shown.claims.values()]
    pages += _tombstones(dossier) if not preview else _unread(dossier)
    return pages


def _tombstones(dossier: Dossier) -> Iterator[Page]:
    """An address that was published stays an address, also when what stood there is retired."""
    for article in dossier.articles.values():
        if article.status == "retired":
            yield tombstone(article, article.name, article_address(article.slug), "articles/")
    for claim in dossier.claims.values():
        if claim.status == "retired":
            yield tombstone(claim, claim.claim, claim_address(claim.id), "claims/")


def _unread(dossier: Dossier) -> Iterator[Page]:
    for path in sorted(dossier.unread):
        if path.startswith("docs/articles/"):
            slug = path.removeprefix("docs/articles/").removesuffix(".md")
            yield unread_page(slug, [problem for problem in dossier.problems if problem.place.path == path])
