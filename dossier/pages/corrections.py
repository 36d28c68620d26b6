"""The corrections page: every correction of a published record, newest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import partial

from dossier.model.base import Entry
from dossier.model.dossier import Dossier
from dossier.model.kinds import get_kind
from dossier.model.records import Annotation, Article
from dossier.model.site.addresses import CorrectedEntry, list_all_corrections
from dossier.model.site.export_files import CORRECTIONS_FEED_PATH
from dossier.model.wording import quote_title
from dossier.pages.context import PageContext, find_newest_review, render_plain_line
from dossier.pages.list_filters import FilterForm, ListFilter, build_filter_form
from dossier.pages.page import Page, PageHeading
from dossier.pages.page_registry import index_page

CORRECTION_KIND_LABELS = {kind: kind.capitalize() for kind in ("correction", "clarification", "update")}
"""Labels of the kinds of corrections, in the order of the filter's options."""

CORRECTION_HELP_PAGES = ("method/", "contribute/")
"""Hand-written pages that the corrections page links to if they exist."""


@index_page("corrections/")
def build_corrections_page(dossier: Dossier, preview: bool = False) -> Page:
    """The corrections page, with a heading for each year, and a link to the Atom feed if the site has one."""
    corrections = list_all_corrections(dossier)
    years: defaultdict[int, list[tuple[str, CorrectedEntry]]] = defaultdict(list)
    for corrected in corrections:
        years[corrected.correction.date.earliest_day[0]].append((describe_entry(corrected.entry, dossier), corrected))
    handwritten_urls = {page.url for page in dossier.handwritten_pages}
    render_html = partial(
        PageContext(dossier, "corrections/", preview).render_template,
        "corrections.html",
        years=dict(years),
        correction_count=len(corrections),
        help_pages={url for url in CORRECTION_HELP_PAGES if url in handwritten_urls},
        feed_path=CORRECTIONS_FEED_PATH if dossier.settings.site_url and not preview else "",
        filters=_build_correction_filters(corrections),
    )
    return Page(
        "corrections/",
        "Corrections",
        render_html,
        "What was corrected since publication, and why.",
        search_aliases=("corrected", "errata", "changes"),
        headings=tuple(PageHeading(str(year), str(year)) for year in years),
        anchor_ids=frozenset(corrected.id for corrected in corrections),
        last_reviewed=find_newest_review(dossier.iter_entries()),
    )


def _build_correction_filters(corrections: Iterable[CorrectedEntry]) -> FilterForm:
    """Filters by kind of correction and by kind of the corrected record."""
    nouns = sorted({corrected.entry.noun for corrected in corrections})
    noun_labels = {noun.replace(" ", "-"): noun.capitalize() for noun in nouns}  # spaces separate values
    return build_filter_form(
        {corrected.id: corrected for corrected in corrections},
        [
            ListFilter("kind", "Kind", lambda corrected: (corrected.correction.kind,), CORRECTION_KIND_LABELS),
            ListFilter("of", "Of what", lambda corrected: (corrected.entry.noun.replace(" ", "-"),), noun_labels),
        ],
        "correction",
    )


def describe_entry(entry: Entry, dossier: Dossier) -> str:
    """A record as plain text, for a heading: `claim “The tram carried 4,120 people.”`."""
    kind = get_kind(entry)
    title = entry.cited_title if isinstance(entry, Article) else kind.get_title(entry)
    if isinstance(entry, Annotation):
        article = dossier.articles.get(entry.article)
        return f"{kind.reader_name} on “{title}” in {quote_title(article.cited_title) if article else entry.article}"
    return f"{kind.reader_name} {quote_title(render_plain_line(title) if kind.has_markdown_title else title)}"
