"""Files of a MkDocs build beside its pages: tables, files of charts, and of a site with an address feed and sitemap."""

from __future__ import annotations

import gzip
from itertools import chain
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from dossier.git.history import read_commit_days
from dossier.hosts.mkdocs.page import DossierPage
from dossier.model import Dossier
from dossier.model.site.addresses import CORRECTIONS_FEED_PATH
from dossier.output.sitemap import SITEMAP_PATH, render_sitemap
from dossier.pages import iter_chart_files, iter_data_files, render_corrections_feed


def add_corrections_feed(files: Files, config: MkDocsConfig, dossier: Dossier) -> None:
    """Add the feed of corrections, whose addresses are absolute."""
    if config.site_url:
        atom = render_corrections_feed(dossier, config.site_url, config.site_name)
        files.append(File.generated(config, CORRECTIONS_FEED_PATH, content=atom))


def add_data_files(files: Files, config: MkDocsConfig, dossier: Dossier, *, is_preview: bool) -> None:
    """Add what readers take away: numbers and picture of each chart and, outside a preview, the records as tables."""
    for path, text in chain(iter_chart_files(dossier, is_preview), () if is_preview else iter_data_files(dossier)):
        files.append(File.generated(config, path, content=text))


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
