"""PAGES OUT: a dossier to pages. `build(dossier)` is a pure function and knows templates, not MkDocs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dossier.model.dossier import Dossier
from dossier.model.problems.problem import Problem
from dossier.model.records import get_article_url, get_claim_url
from dossier.pages.article.page import build_article_page, build_unread_page
from dossier.pages.charts.page import build_charts_page
from dossier.pages.claim.page import build_claim_pages
from dossier.pages.compare.page import build_compare_page
from dossier.pages.context import render_plain_line
from dossier.pages.corrections import build_corrections_page
from dossier.pages.editor import build_editor_page
from dossier.pages.feed import render_corrections_feed
from dossier.pages.list_pages import (
    build_articles_page,
    build_claims_page,
    build_glossary_page,
    build_parties_page,
    build_retired_page,
    build_sources_page,
)
from dossier.pages.page import Page
from dossier.pages.render_cache import RenderCache
from dossier.pages.search.documents import HandwrittenPageText, SearchDocument, iter_search_documents
from dossier.pages.search.page import build_search_pages
from dossier.pages.timeline.page import build_timeline_page

__all__ = [
    "HandwrittenPageText",
    "Page",
    "RenderCache",
    "SearchDocument",
    "build_pages",
    "iter_search_documents",
    "render_corrections_feed",
]

INDEX_PAGE_BUILDERS = (
    build_articles_page,
    build_claims_page,
    build_timeline_page,
    build_charts_page,
    build_sources_page,
    build_parties_page,
    build_glossary_page,
    build_compare_page,
)


def build_pages(
    dossier: Dossier,
    preview: bool = False,
    with_feed: bool = False,
    problems: Sequence[Problem] = (),
    drawn: RenderCache | None = None,
) -> list[Page]:
    """Every page made from records. A preview has drafts too, whole captures where they are here, and what is broken.

    `with_feed` says that the site has an address, so that the feed of corrections is there to be linked to. `problems`
    are what the checks have found; a preview's page of what is left to do lists them. `drawn` has what the preview before
    has drawn.
    """
    shown = dossier if preview else dossier.only_published()
    pages = [make(shown, preview) for make in INDEX_PAGE_BUILDERS]
    pages.append(build_corrections_page(shown, preview, with_feed))
    pages += build_search_pages(shown, preview)
    pages += [build_article_page(shown, article, preview) for article in shown.articles.values()]
    pages += build_claim_pages(shown, preview)
    pages += [*_build_unread_pages(dossier), build_editor_page(dossier, problems)] if preview else _build_retired_pages(dossier)
    return list(drawn.wrap_pages(shown, pages)) if drawn else pages


def _build_retired_pages(dossier: Dossier) -> Iterator[Page]:
    """An address that was published stays an address, also when what stood there is retired."""
    for article in dossier.articles.values():
        if article.status == "retired":
            yield build_retired_page(article, article.name, get_article_url(article.slug), "articles/")
    for claim in dossier.claims.values():
        if claim.status == "retired":
            yield build_retired_page(claim, render_plain_line(claim.claim), get_claim_url(claim.id), "claims/")


def _build_unread_pages(dossier: Dossier) -> Iterator[Page]:
    for path in sorted(dossier.unread_paths):
        if path.startswith("docs/articles/"):
            slug = path.removeprefix("docs/articles/").removesuffix(".md")
            yield build_unread_page(slug, [problem for problem in dossier.problems if problem.location.path == path])
