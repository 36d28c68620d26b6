"""The files of citations: everything that the site cites, and of each claim and article how it is cited itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from dossier.exports.citations.bibtex import format_bibtex
from dossier.exports.citations.csl_json import format_csl_json
from dossier.exports.citations.ris import format_ris
from dossier.exports.registry import export
from dossier.model.dossier import Dossier
from dossier.model.site.export_files import (
    ARTICLE_CITATION_PATHS,
    CLAIM_CITATION_PATHS,
    SOURCES_BIBTEX_PATH,
    SOURCES_CSL_PATH,
    SOURCES_RIS_PATH,
)
from dossier.pages.citing.items import CitationBuilder, CslItem, build_page_item

ItemFormatter = Callable[[Iterable[CslItem]], str]

_FORMATTERS: tuple[ItemFormatter, ...] = (format_ris, format_csl_json, format_bibtex)
"""In the order of `CITATION_FILE_NAMES`."""


def _register_files(sources_path: str, claim_path: str, article_path: str, format_items: ItemFormatter) -> None:
    """Register the builders of the files of one format."""

    @export(sources_path)
    def build_sources_file(published: Dossier) -> str:
        return format_items(CitationBuilder(published).iter_items())

    @export(claim_path)
    def build_claim_files(published: Dossier) -> Iterator[tuple[str, str]]:
        for claim in published.claims.values():
            yield claim.id, format_items([build_page_item(published, claim)])

    @export(article_path)
    def build_article_files(published: Dossier) -> Iterator[tuple[str, str]]:
        builder = CitationBuilder(published)
        for article in published.articles.values():
            yield article.slug, format_items([build_page_item(published, article), builder.build_item(article)])


for _paths in zip(
    (SOURCES_RIS_PATH, SOURCES_CSL_PATH, SOURCES_BIBTEX_PATH),
    CLAIM_CITATION_PATHS,
    ARTICLE_CITATION_PATHS,
    _FORMATTERS,
    strict=True,
):
    _register_files(*_paths)
