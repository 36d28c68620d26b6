"""Complete a site that any host has built: search index, policy and head of each page, sitemap, build manifest."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from dossier.git.history import read_commit_days
from dossier.git.revision import read_revision
from dossier.loading.built_site import read_site
from dossier.loading.files import write_atomically
from dossier.loading.running_markup import find_content_fault
from dossier.loading.templates import THEME_FOLDER, find_installed_template_folders
from dossier.model import Dossier, UnreadableError
from dossier.model.site.addresses import BuiltSite
from dossier.output.build_manifest import write_build_manifest
from dossier.output.csp import has_unknown_script, insert_csp
from dossier.output.handwritten import iter_handwritten_page_texts
from dossier.output.head_elements import add_head_elements
from dossier.output.inline_scripts import TemplateScripts
from dossier.output.output_folder import find_output_folder
from dossier.output.pagefind import IndexingError, SearchIndexer
from dossier.output.sitemap import write_sitemap
from dossier.pages import SearchDocument, build_pages, iter_search_documents

_LANGUAGE_PATTERN = re.compile(r"<html\b[^>]*\blang=[\"']?([a-zA-Z]+(?:-[a-zA-Z0-9]+)*)")


class FinishCounts(NamedTuple):
    """Number of pages with a policy, of documents in the index, and of pages with an inline script that may not run."""

    pages: int
    documents: int
    pages_with_unknown_scripts: int


def finish_site(dossier: Dossier, root: Path, folder: Path, template_folders: Iterable[Path] = ()) -> FinishCounts:
    """Add index, sitemap and manifest to a site of the dossier below `root`, and a policy to each page; twice is as once.

    The inline scripts in `template_folders` may run, as do those of our templates and of installed hosts.
    Raises `UnreadableError` if there is no site of this dossier in the folder, or the index cannot be built.
    """
    _check_site_folder(dossier, folder)
    scripts, unknown_count = TemplateScripts([THEME_FOLDER, *find_installed_template_folders(), *template_folders]), 0
    site = read_site(folder)
    all_documents = iter_search_documents(dossier.only_published(), iter_handwritten_page_texts(dossier))
    for path in site.page_by_path:
        _check_page_content(folder / path)
    documents = [_keep_existing_fragment(document, site) for document in all_documents]
    indexer = SearchIndexer()
    try:
        indexer.prepare_build(folder)
        indexer.start_indexing(documents, _read_site_language(folder))
        indexer.wait_for_index()
    except IndexingError as error:
        raise UnreadableError(f"the search has no index: {error}", "try again; the site's pages were not changed") from error
    finally:
        indexer.stop_indexing()
    pages = {page.url: page for page in build_pages(dossier)}
    for path in site.page_by_path:
        html = _read_page(folder / path)
        url = path.removesuffix("index.html")
        finished = insert_csp(add_head_elements(html, url, pages.get(url), site.file_paths), scripts)
        unknown_count += has_unknown_script(html, scripts)
        if finished != html:
            write_atomically(folder / path, finished)
    write_sitemap(dossier, folder, site, read_commit_days(root, "docs"))
    write_build_manifest(replace(dossier, revision=read_revision(root, find_output_folder(folder))), folder)
    return FinishCounts(len(site.page_by_path), len(documents), unknown_count)


def _check_site_folder(dossier: Dossier, folder: Path) -> None:
    """Raise `UnreadableError` where no page of ours is in a folder, which then is no site, or has one further down."""
    if not any((folder / page.url / "index.html").is_file() for page in build_pages(dossier)):
        help = "name the folder that the generator wrote its pages to, as in `dossier finish build/site`"
        raise UnreadableError(f"there is no finished site in {folder}, or none of this dossier", help)


def _check_page_content(file: Path) -> None:
    """Raise `UnreadableError` for a page with something that a policy cannot stop."""
    if fault := find_content_fault(_read_page(file)):
        help = "take it out of the page's Markdown, and write and build the pages again; no page was changed"
        raise UnreadableError(f"{file} would run something: {fault}", help)


def _read_page(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except ValueError as error:
        raise UnreadableError(f"{file} is not UTF-8 text", "have the host write its pages unpacked") from error


def _keep_existing_fragment(document: SearchDocument, site: BuiltSite) -> SearchDocument:
    """The document, without its fragment if the host gave that place on the page another id."""
    address, _, fragment = document.url.partition("#")
    page = site.page_by_path.get(f"{address}index.html")
    return document._replace(url=address) if fragment and page and fragment not in page.ids else document


def _read_site_language(folder: Path) -> str:
    """The `lang` of the front page; "en" without one."""
    file = folder / "index.html"
    match = _LANGUAGE_PATTERN.search(file.read_text(encoding="utf-8")) if file.is_file() else None
    return match[1] if match else "en"
