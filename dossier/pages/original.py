"""The page that tells how to read our notes on the publisher's own page of an article."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from dossier.model.dossier import Dossier
from dossier.model.records import Article
from dossier.model.site.addresses import ORIGINAL_NOTES_URL
from dossier.model.site.export_files import ANNOTATIONS_PATH, HYPOTHESIS_PATH, ORIGINAL_ANNOTATIONS_PATH
from dossier.pages.article.page import list_printed_notes
from dossier.pages.context import PageContext, find_newest_review
from dossier.pages.list_order import get_date_sort_key
from dossier.pages.page import Page, PageHeading
from dossier.pages.page_registry import index_page


class NotedArticle(NamedTuple):
    """An article with notes: how many, and its files from the site's root; of the original only where its address is known."""

    article: Article
    note_count: int

    @property
    def file_paths(self) -> dict[str, str]:
        """Paths by what the file is for."""
        paths = {"original": ORIGINAL_ANNOTATIONS_PATH, "here": ANNOTATIONS_PATH, "hypothesis": HYPOTHESIS_PATH}
        return {name: path.replace("{id}", self.article.slug) for name, path in paths.items()}


@index_page(ORIGINAL_NOTES_URL)
def build_original_notes_page(dossier: Dossier, preview: bool = False) -> Page:
    """The four steps, and the files of each article."""
    noted = [
        NotedArticle(article, len(notes))
        for article in sorted(dossier.articles.values(), key=get_date_sort_key)
        if (notes := list_printed_notes(dossier, article.slug))
    ]
    return Page(
        ORIGINAL_NOTES_URL,
        "Notes on the original",
        partial(PageContext(dossier, ORIGINAL_NOTES_URL, preview).render_template, "original.html", noted=noted),
        "How to read our notes on the publisher’s own page of an article, in four steps.",
        headings=(PageHeading("steps", "Four steps"), PageHeading("files", "The files"), PageHeading("limits", "What to know")),
        last_reviewed=find_newest_review(dossier.iter_entries()),
    )
