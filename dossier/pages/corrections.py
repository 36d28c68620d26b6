"""The page of corrections: every change to something published, newest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import partial

from dossier.model.base import Entry
from dossier.model.dossier import Dossier
from dossier.model.numbers.charts import Chart
from dossier.model.records import Annotation, Article, Claim, Event, Party, Source, Term
from dossier.model.site.addresses import FEED, Corrected, all_corrections
from dossier.pages.context import Desk, newest, plain
from dossier.pages.list_facets import Facet, Filters, filters
from dossier.pages.page import Heading, Page

KINDS = {kind: kind.capitalize() for kind in ("correction", "clarification", "update")}
"""Kinds of corrections, in words."""

HELPFUL = ("method/", "contribute/")
"""Pages written by hand that tell more about corrections, where they exist."""


def corrections_page(shown: Dossier, preview: bool = False, with_feed: bool = False) -> Page:
    """All corrections under their years; with a link to the feed where there is one."""
    corrections = all_corrections(shown)
    years: defaultdict[int, list[tuple[str, Corrected]]] = defaultdict(list)
    for corrected in corrections:
        years[corrected.correction.date.earliest[0]].append((named(corrected.entry, shown), corrected))
    written = {page.address for page in shown.pages}
    draw = partial(
        Desk(shown, "corrections/", preview).render,
        "corrections.html",
        years=dict(years),
        number=len(corrections),
        helpful={address for address in HELPFUL if address in written},
        feed=FEED if with_feed else "",
        filters=_filters(corrections),
    )
    return Page(
        "corrections/",
        "Corrections",
        draw,
        "What was corrected since publication, and why.",
        headings=tuple(Heading(str(year), str(year)) for year in years),
        ids=frozenset(corrected.id for corrected in corrections),
        reviewed=newest(shown.entries()),
    )


def _filters(corrections: Iterable[Corrected]) -> Filters:
    """By kind, and by what was corrected."""
    nouns = {_dashed(noun): noun.capitalize() for noun in sorted({corrected.entry.noun for corrected in corrections})}
    return filters(
        {corrected.id: corrected for corrected in corrections},
        [
            Facet("kind", "Kind", lambda corrected: (corrected.correction.kind,), KINDS),
            Facet("of", "Of what", lambda corrected: (_dashed(corrected.entry.noun),), nouns),
        ],
        "correction",
    )


def _dashed(words: str) -> str:
    return words.replace(" ", "-")


def named(entry: Entry, dossier: Dossier) -> str:
    """A record in plain words, as a correction names it: `claim “The tram carried 4,120 people.”`."""
    match entry:
        case Annotation():
            article = dossier.articles.get(entry.article)
            return f"note on “{entry.quote}” in “{article.name if article else entry.article}”"
        case Claim():
            return f"claim “{plain(entry.claim)}”"
        case Event() | Chart() | Source():
            return f"{entry.noun} “{plain(entry.title)}”"
        case Article() | Party():
            return f"{entry.noun} “{entry.name}”"
        case Term():
            return f"{entry.noun} “{entry.term}”"
    raise TypeError(f"{entry.noun} has no name in words")
