"""Files of a MkDocs build beside its pages: those of charts, those for other programs, and the sitemap."""

from __future__ import annotations

import gzip
from itertools import chain
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.utils import write_file

from dossier.exports import iter_export_files, iter_page_export_files
from dossier.git.history import read_commit_days
from dossier.hosts.mkdocs.page import DossierPage
from dossier.model import Dossier
from dossier.output.sitemap import SITEMAP_PATH, render_sitemap
from dossier.pages import iter_chart_files


def add_export_files(files: Files, config: MkDocsConfig, dossier: Dossier, *, is_preview: bool) -> None:
    """Add what readers take away: numbers and picture of each chart and, outside a preview, the files for other programs."""
    for path, content in chain(iter_chart_files(dossier, is_preview), () if is_preview else iter_export_files(dossier)):
        files.append(File.generated(config, path, content=content))


def write_page_exports(config: MkDocsConfig, dossier: Dossier, page_url: str, content_html: str) -> None:
    """Write the files that are made of the content of a page, which is known only when the page is written."""
    for path, content in iter_page_export_files(dossier, page_url, content_html):
        write_file(content.encode("utf-8"), str(Path(config.site_dir, path)))


def replace_sitemap(files: Files, config: MkDocsConfig, *, is_preview: bool) -> None:
    """Write a sitemap in place of MkDocs' own, which gives hand-written pages the day of the build and is empty without an
    address; a preview does not ask git for their days.
    """
    config.theme.static_templates.discard(SITEMAP_PATH)
    if not config.site_url:
        return
    docs = Path(config.docs_dir)
    commit_days = {} if is_preview else read_commit_days(docs.parent, docs.name)
    days = {}
    for file in files.documentation_pages():
        if (page := file.page) and page.canonical_url:
            if not isinstance(page, DossierPage):
                page.update_date = commit_days.get(f"{docs.name}/{file.src_uri}", "")
            days[page.canonical_url] = page.update_date
    text = render_sitemap(days)
    files.append(File.generated(config, SITEMAP_PATH, content=text))
    files.append(File.generated(config, f"{SITEMAP_PATH}.gz", content=gzip.compress(text.encode(), mtime=0)))
