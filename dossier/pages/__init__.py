"""PAGES OUT: a dossier to pages. `build(dossier)` is a pure function and knows templates, not MkDocs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dossier.model.dossier import Dossier
from dossier.model.problems.problem import Problem
from dossier.model.records import article_address, claim_address
from dossier.pages.article.page import article_page, unread_page
from dossier.pages.charts.page import charts_page
from dossier.pages.claim.page import claim_pages
from dossier.pages.compare.page import compare_pages
from dossier.pages.context import plain
from dossier.pages.corrections import corrections_page
from dossier.pages.editor import editor_page
from dossier.pages.feed import feed
from dossier.pages.list_pages import (
    articles_page,
    claims_page,
    glossary_page,
    parties_page,
    sources_page,
    tombstone,
)
from dossier.pages.page import Page
from dossier.pages.render_cache import Drawn
from dossier.pages.search.documents import Found, Written, found
from dossier.pages.search.page import search_pages
from dossier.pages.timeline.page import timeline_page

__all__ = ["Drawn", "Found", "Page", "Written", "build", "feed", "found"]

INDEX_PAGES = (articles_page, claims_page, timeline_page, charts_page, sources_page, parties_page, glossary_page)


def build(
    dossier: Dossier,
    preview: bool = False,
    with_feed: bool = False,
    problems: Sequence[Problem] = (),
    drawn: Drawn | None = None,
) -> list[Page]:
    """Every page made from records. A preview has drafts too, whole captures where they are here, and what is broken.

    `with_feed` says that the site has an address, so that the feed of corrections is there to be linked to. `problems`
    are what the checks have found; a preview's page of what is left to do lists them. `drawn` has what the preview before
    has drawn.
    """
    shown = dossier if preview else dossier.published()
    pages = [make(shown, preview) for make in INDEX_PAGES]
    pages += compare_pages(shown, preview)
    pages.append(corrections_page(shown, preview, with_feed))
    pages += search_pages(shown, preview)
    pages += [article_page(shown, article, preview) for article in shown.articles.values()]
    pages += claim_pages(shown, preview)
    pages += [*_unread(dossier), editor_page(dossier, problems)] if preview else _tombstones(dossier)
    return list(drawn.pages(shown, pages)) if drawn else pages


def _tombstones(dossier: Dossier) -> Iterator[Page]:
    """An address that was published stays an address, also when what stood there is retired."""
    for article in dossier.articles.values():
        if article.status == "retired":
            yield tombstone(article, article.name, article_address(article.slug), "articles/")
    for claim in dossier.claims.values():
        if claim.status == "retired":
            yield tombstone(claim, plain(claim.claim), claim_address(claim.id), "claims/")


def _unread(dossier: Dossier) -> Iterator[Page]:
    for path in sorted(dossier.unread):
        if path.startswith("docs/articles/"):
            slug = path.removeprefix("docs/articles/").removesuffix(".md")
            yield unread_page(slug, [problem for problem in dossier.problems if problem.place.path == path])
