"""PAGES: a dossier becomes pages. `build_pages(dossier)` is a pure function: it renders Jinja templates and imports no host."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from pkgutil import walk_packages

from dossier.model.dossier import Dossier
from dossier.model.problems.problem import Problem
from dossier.pages.article.page import build_article_page, build_unread_page
from dossier.pages.charts.page import iter_chart_files
from dossier.pages.claim.page import build_claim_pages
from dossier.pages.editor import build_editor_page
from dossier.pages.page import Page
from dossier.pages.page_registry import build_index_pages
from dossier.pages.render_cache import RenderCache
from dossier.pages.retired import build_retired_page
from dossier.pages.search.documents import HandwrittenPageText, SearchDocument, iter_search_documents

__all__ = [
    "HandwrittenPageText",
    "Page",
    "RenderCache",
    "SearchDocument",
    "build_pages",
    "iter_chart_files",
    "iter_search_documents",
]

for _module in walk_packages(__path__, f"{__name__}."):
    import_module(_module.name)  # each registers its pages with `@index_page`


def build_pages(
    dossier: Dossier,
    preview: bool = False,
    problems: Sequence[Problem] = (),
    render_cache: RenderCache | None = None,
) -> list[Page]:
    """Build every page that is generated from records.

    A `preview` also has drafts, the full text of captures that exist on this machine, a page for each article whose record
    could not be read, and the editor's page, which lists `problems`. Without it, drafts are left out and retired records
    keep a page that says so.

    `render_cache`: HTML from the previous build of a preview; it is updated as pages are rendered.
    """
    published = dossier if preview else dossier.only_published()
    pages = [*build_index_pages(published, preview)]
    pages += [build_article_page(published, article, preview) for article in published.articles.values()]
    pages += build_claim_pages(published, preview)
    pages += [*_build_unread_pages(dossier), build_editor_page(dossier, problems)] if preview else _build_retired_pages(dossier)
    return list(render_cache.wrap_pages(published, pages)) if render_cache else pages


def _build_retired_pages(dossier: Dossier) -> Iterator[Page]:
    """Pages for retired articles and claims: a published address must never become a 404."""
    for record in (*dossier.articles.values(), *dossier.claims.values()):
        if record.status == "retired":
            yield build_retired_page(record)


def _build_unread_pages(dossier: Dossier) -> Iterator[Page]:
    """Pages for articles whose record could not be read, so that a preview of them shows the problems instead of a 404."""
    for path in sorted(dossier.unread_paths):
        if path.startswith("docs/articles/"):
            slug = path.removeprefix("docs/articles/").removesuffix(".md")
            yield build_unread_page(slug, [problem for problem in dossier.problems if problem.location.path == path])
