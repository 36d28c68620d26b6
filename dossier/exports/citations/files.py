"""The files of citations: everything that the site cites, and the site's own pages."""

from __future__ import annotations

from dossier.exports.citations.bibtex import format_bibtex
from dossier.exports.citations.csl_json import format_csl_json
from dossier.exports.citations.ris import format_ris
from dossier.exports.registry import export
from dossier.model.dossier import Dossier
from dossier.model.site.export_files import PAGES_RIS_PATH, SOURCES_BIBTEX_PATH, SOURCES_CSL_PATH, SOURCES_RIS_PATH
from dossier.pages.citing.items import CitationBuilder, build_page_item


@export(SOURCES_CSL_PATH)
def build_sources_csl_json(published: Dossier) -> str:
    """Every source and article as CSL-JSON."""
    return format_csl_json(CitationBuilder(published).iter_items())


@export(SOURCES_RIS_PATH)
def build_sources_ris(published: Dossier) -> str:
    """Every source and article as RIS."""
    return format_ris(CitationBuilder(published).iter_items())


@export(SOURCES_BIBTEX_PATH)
def build_sources_bibtex(published: Dossier) -> str:
    """Every source and article as BibLaTeX."""
    return format_bibtex(CitationBuilder(published).iter_items())


@export(PAGES_RIS_PATH)
def build_pages_ris(published: Dossier) -> str:
    """The page about each claim, then that about each article with the article behind it."""
    builder = CitationBuilder(published)
    items = [build_page_item(published, claim) for claim in published.claims.values()]
    for article in published.articles.values():
        items += [build_page_item(published, article), builder.build_item(article)]
    return format_ris(items)
