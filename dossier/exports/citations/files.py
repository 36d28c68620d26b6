"""The files of citations: everything that the site cites, and of each claim and article how it is cited itself."""

from __future__ import annotations

from collections.abc import Iterator

from dossier.exports.citations.bibtex import format_bibtex
from dossier.exports.citations.csl_json import format_csl_json
from dossier.exports.citations.ris import format_ris
from dossier.exports.registry import export
from dossier.model.dossier import Dossier
from dossier.model.site.export_files import (
    ARTICLE_CITATION_PATH,
    CLAIM_CITATION_PATH,
    SOURCES_BIBTEX_PATH,
    SOURCES_CSL_PATH,
    SOURCES_RIS_PATH,
)
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


@export(CLAIM_CITATION_PATH)
def build_claim_citations(published: Dossier) -> Iterator[tuple[str, str]]:
    """The page about each claim."""
    for claim in published.claims.values():
        yield claim.id, format_ris([build_page_item(published, claim)])


@export(ARTICLE_CITATION_PATH)
def build_article_citations(published: Dossier) -> Iterator[tuple[str, str]]:
    """The page about each article, and the article itself."""
    builder = CitationBuilder(published)
    for article in published.articles.values():
        yield article.slug, format_ris([build_page_item(published, article), builder.build_item(article)])
