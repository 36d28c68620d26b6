"""PAGES: a dossier becomes pages. `build_pages(dossier)` is a pure function: it renders Jinja templates and imports no host."""

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
    render_cache: RenderCache | None = None,
) -> list[Page]:
    """Build every page that is generated from records.

    A `preview` also has drafts, the full text of captures that exist on this machine, a page for each article whose record
    could not be read, and the editor's page, which lists `problems`. Without it, drafts are left out and retired records
    keep a page that says so.

    `with_feed`: link to the Atom feed of corrections; it exists only if the site's absolute address is configured.
    `render_cache`: HTML from the previous build of a preview; it is updated as pages are rendered.
    """
    visible = dossier if preview else dossier.only_published()
    pages = [build_index_page(visible, preview) for build_index_page in INDEX_PAGE_BUILDERS]
    pages.append(build_corrections_page(visible, preview, with_feed))
    pages += build_search_pages(visible, preview)
    pages += [build_article_page(visible, article, preview) for article in visible.articles.values()]
    pages += build_claim_pages(visible, preview)
    pages += [*_build_unread_pages(dossier), build_editor_page(dossier, problems)] if preview else _build_retired_pages(dossier)
    return list(render_cache.wrap_pages(visible, pages)) if render_cache else pages


def _build_retired_pages(dossier: Dossier) -> Iterator[Page]:
    """Pages for retired articles and claims: a published address must never become a 404."""
    for article in dossier.articles.values():
        if article.status == "retired":
            yield build_retired_page(article, article.name, get_article_url(article.slug), "articles/")
    for claim in dossier.claims.values():
        if claim.status == "retired":
            yield build_retired_page(claim, render_plain_line(claim.claim), get_claim_url(claim.id), "claims/")


def _build_unread_pages(dossier: Dossier) -> Iterator[Page]:
    """Pages for articles whose record could not be read, so that a preview of them shows the problems instead of a 404."""
    for path in sorted(dossier.unread_paths):
        if path.startswith("docs/articles/"):
            slug = path.removeprefix("docs/articles/").removesuffix(".md")
            yield build_unread_page(slug, [problem for problem in dossier.problems if problem.location.path == path])
