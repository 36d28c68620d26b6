"""The page of the search, and the index pages that serve without it: by verdict, by topic, by year."""

from __future__ import annotations

from functools import partial

from dossier.model.dossier import Dossier
from dossier.model.site.addresses import SEARCH
from dossier.model.site.facets import Shared, Shelf, shelves
from dossier.pages.context import Desk, newest
from dossier.pages.list_pages import by_date
from dossier.pages.page import Page
from dossier.pages.search.documents import KINDS

MOST_AT_ONCE = 3000
"""Records up to which all counts are loaded with the first search; beyond, those of article, topic and year when asked for."""


def search_pages(shown: Dossier, preview: bool = False) -> list[Page]:
    """The page of the search, and one page for each verdict, topic and year."""
    made = shelves(shown)
    return [_search_page(shown, made, preview), *(_shelf_page(shown, shared, shelf, preview) for shared, shelf in made.items())]


def named(desk: Desk, shared: Shared) -> str:
    """What is shared, in words."""
    if shared.facet == "verdict":
        return desk.dossier.verdicts[shared.value].label
    return desk.topic(shared.value) if shared.facet == "topic" else shared.value


def _search_page(shown: Dossier, made: dict[Shared, Shelf], preview: bool) -> Page:
    desk = Desk(shown, SEARCH, preview)
    counts = {
        "article": len(shown.articles),
        "note": sum(1 for _ in shown.quoted_annotations()),
        "claim": len(shown.claims),
        "event": len(shown.events),
        "chart": len(shown.charts),
        "source": len(shown.sources),
        "party": len(shown.parties),
        "term": len(shown.glossary),
    }
    draw = partial(
        desk.render,
        "search.html",
        kinds=KINDS,
        counts=counts,
        shelves=made,
        named=partial(named, desk),
        articles=sorted(shown.articles.values(), key=by_date),
        light=sum(counts.values()) <= MOST_AT_ONCE,
    )
    description = "Search every article, note, claim, event and source, or browse by article, verdict, topic and year."
    return Page(SEARCH, "Search", draw, description, reviewed=newest(shown.entries()), in_nav=False)


def _shelf_page(shown: Dossier, shared: Shared, shelf: Shelf, preview: bool) -> Page:
    """Everything that shares a verdict, a topic or a year."""
    desk = Desk(shown, shared.address, preview)
    name = named(desk, shared)
    title = f"{shared.facet.capitalize()}: {name}" if shared.facet != "year" else name
    records = [*shelf.articles, *shelf.claims, *shelf.notes, *shelf.events]
    judged = [shown.verdict_of(note) for note in shelf.notes]
    homes = [shown.articles[note.article] for note in shelf.notes if note.article in shown.articles]
    return Page(
        address=shared.address,
        title=title,
        draw=partial(desk.render, "shelf.html", shared=shared, shelf=shelf, name=name),
        description=f"{_contents(desk, shelf)}: {title}",
        section=SEARCH,
        reviewed=newest([*records, *homes]),
        made_of=(records, judged),
    )


def _contents(desk: Desk, shelf: Shelf) -> str:
    """What stands on a shelf, in words: "1 article, 2 claims and 3 events"."""
    kinds = (("article", shelf.articles), ("claim", shelf.claims), ("quotation", shelf.notes), ("event", shelf.events))
    *others, last = (desk.count(len(records), noun) for noun, records in kinds if records)
    return f"{', '.join(others)} and {last}" if others else last
