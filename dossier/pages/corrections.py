"""The page of corrections: every change to something published, newest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import partial

from dossier.model.base import Entry
from dossier.model.dossier import Dossier
from dossier.model.numbers.charts import Chart
from dossier.model.records import Annotation, Article, Claim, Event, Party, Source, Term
from dossier.model.site.addresses import CORRECTIONS_FEED_PATH, CorrectedEntry, list_all_corrections
from dossier.pages.context import PageContext, find_newest_review, render_plain_line
from dossier.pages.list_facets import FilterForm, ListFilter, build_filter_form
from dossier.pages.page import Page, PageHeading

CORRECTION_KIND_LABELS = {kind: kind.capitalize() for kind in ("correction", "clarification", "update")}
"""Kinds of corrections, in words."""

CORRECTION_HELP_PAGES = ("method/", "contribute/")
"""Pages written by hand that tell more about corrections, where they exist."""


def build_corrections_page(shown: Dossier, preview: bool = False, with_feed: bool = False) -> Page:
    """All corrections under their years; with a link to the feed where there is one."""
    corrections = list_all_corrections(shown)
    years: defaultdict[int, list[tuple[str, CorrectedEntry]]] = defaultdict(list)
    for corrected in corrections:
        years[corrected.correction.date.earliest_day[0]].append((describe_entry(corrected.entry, shown), corrected))
    written = {page.url for page in shown.handwritten_pages}
    draw = partial(
        PageContext(shown, "corrections/", preview).render_template,
        "corrections.html",
        years=dict(years),
        number=len(corrections),
        helpful={address for address in CORRECTION_HELP_PAGES if address in written},
        feed=CORRECTIONS_FEED_PATH if with_feed else "",
        filters=_build_correction_filters(corrections),
    )
    return Page(
        "corrections/",
        "Corrections",
        draw,
        "What was corrected since publication, and why.",
        headings=tuple(PageHeading(str(year), str(year)) for year in years),
        anchor_ids=frozenset(corrected.id for corrected in corrections),
        last_reviewed=find_newest_review(shown.iter_entries()),
    )


def _build_correction_filters(corrections: Iterable[CorrectedEntry]) -> FilterForm:
    """By kind, and by what was corrected."""
    nouns = {
        _convert_spaces_to_hyphens(noun): noun.capitalize()
        for noun in sorted({corrected.entry.noun for corrected in corrections})
    }
    return build_filter_form(
        {corrected.id: corrected for corrected in corrections},
        [
            ListFilter("kind", "Kind", lambda corrected: (corrected.correction.kind,), CORRECTION_KIND_LABELS),
            ListFilter("of", "Of what", lambda corrected: (_convert_spaces_to_hyphens(corrected.entry.noun),), nouns),
        ],
        "correction",
    )


def _convert_spaces_to_hyphens(words: str) -> str:
    return words.replace(" ", "-")


def describe_entry(entry: Entry, dossier: Dossier) -> str:
    """A record in plain words, as a correction names it: `claim “The tram carried 4,120 people.”`."""
    match entry:
        case Annotation():
            article = dossier.articles.get(entry.article)
            return f"note on “{entry.quote}” in “{article.name if article else entry.article}”"
        case Claim():
            return f"claim “{render_plain_line(entry.claim)}”"
        case Event() | Chart() | Source():
            return f"{entry.noun} “{render_plain_line(entry.title)}”"
        case Article() | Party():
            return f"{entry.noun} “{entry.name}”"
        case Term():
            return f"{entry.noun} “{entry.term}”"
    raise TypeError(f"{entry.noun} has no name in words")
