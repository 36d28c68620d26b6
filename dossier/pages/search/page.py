"""The page of the search, and the index pages that serve without it: by verdict, by topic, by year."""

from __future__ import annotations

from functools import partial

from dossier.model.dossier import Dossier
from dossier.model.site.addresses import SEARCH_URL
from dossier.model.site.facets import FacetGroup, FacetValue, group_by_facet
from dossier.pages.context import PageContext, find_newest_review
from dossier.pages.list_pages import get_date_sort_key
from dossier.pages.page import Page
from dossier.pages.search.documents import SEARCH_KINDS

MAX_EAGER_RECORDS = 3000
"""Records up to which all counts are loaded with the first search; beyond, those of article, topic and year when asked for."""


def build_search_pages(shown: Dossier, preview: bool = False) -> list[Page]:
    """The page of the search, and one page for each verdict, topic and year."""
    made = group_by_facet(shown)
    return [
        _build_search_page(shown, made, preview),
        *(_build_facet_page(shown, shared, shelf, preview) for shared, shelf in made.items()),
    ]


def format_facet_value(context: PageContext, shared: FacetValue) -> str:
    """What is shared, in words."""
    if shared.facet == "verdict":
        return context.dossier.verdicts[shared.value].label
    return context.format_topic(shared.value) if shared.facet == "topic" else shared.value


def _build_search_page(shown: Dossier, made: dict[FacetValue, FacetGroup], preview: bool) -> Page:
    context = PageContext(shown, SEARCH_URL, preview)
    counts = {
        "article": len(shown.articles),
        "note": sum(1 for _ in shown.iter_printed_annotations()),
        "claim": len(shown.claims),
        "event": len(shown.events),
        "chart": len(shown.charts),
        "source": len(shown.sources),
        "party": len(shown.parties),
        "term": len(shown.glossary),
    }
    draw = partial(
        context.render_template,
        "search.html",
        kinds=SEARCH_KINDS,
        counts=counts,
        shelves=made,
        named=partial(format_facet_value, context),
        articles=sorted(shown.articles.values(), key=get_date_sort_key),
        light=sum(counts.values()) <= MAX_EAGER_RECORDS,
    )
    description = "Search every article, note, claim, event and source, or browse by article, verdict, topic and year."
    return Page(SEARCH_URL, "Search", draw, description, last_reviewed=find_newest_review(shown.iter_entries()), in_nav=False)


def _build_facet_page(shown: Dossier, shared: FacetValue, shelf: FacetGroup, preview: bool) -> Page:
    """Everything that shares a verdict, a topic or a year."""
    context = PageContext(shown, shared.url, preview)
    name = format_facet_value(context, shared)
    title = f"{shared.facet.capitalize()}: {name}" if shared.facet != "year" else name
    records = [*shelf.articles, *shelf.claims, *shelf.annotations, *shelf.events]
    judged = [shown.get_verdict(note) for note in shelf.annotations]
    homes = [shown.articles[note.article] for note in shelf.annotations if note.article in shown.articles]
    return Page(
        url=shared.url,
        title=title,
        render_html=partial(context.render_template, "shelf.html", shared=shared, shelf=shelf, name=name),
        description=f"{_describe_facet_group(context, shelf)}: {title}",
        parent_url=SEARCH_URL,
        last_reviewed=find_newest_review([*records, *homes]),
        dependencies=(records, judged),
    )


def _describe_facet_group(context: PageContext, shelf: FacetGroup) -> str:
    """What stands on a shelf, in words: "1 article, 2 claims and 3 events"."""
    kinds = (("article", shelf.articles), ("claim", shelf.claims), ("quotation", shelf.annotations), ("event", shelf.events))
    *others, last = (context.format_count(len(records), noun) for noun, records in kinds if records)
    return f"{', '.join(others)} and {last}" if others else last
