"""The search page, and one index page for each verdict, topic and year; these work without JavaScript."""

from __future__ import annotations

from functools import partial

from dossier.model.dates.calendar_names import format_year
from dossier.model.dossier import Dossier
from dossier.model.kinds import RECORD_KINDS
from dossier.model.site.addresses import SEARCH_URL
from dossier.model.site.facets import FacetGroup, FacetValue, group_by_facet
from dossier.pages.context import PageContext, find_newest_review
from dossier.pages.list_order import get_date_sort_key
from dossier.pages.page import Page
from dossier.pages.page_registry import index_page
from dossier.pages.search.documents import SEARCH_KINDS, iter_searched_entries
from dossier.pages.timeline.page import list_months_of_year

MAX_EAGER_RECORDS = 3000
"""Up to this number of records the first search loads the counts of all facets (attribute `data-light`).

Above it, the script loads the counts of article, topic and year only when the reader opens that facet.
"""


@index_page(SEARCH_URL)
def build_search_pages(dossier: Dossier, preview: bool = False) -> list[Page]:
    """The search page, then one page for each verdict, topic and year that occurs."""
    groups = group_by_facet(dossier)
    return [
        _build_search_page(dossier, groups, preview),
        *(_build_facet_page(dossier, facet_value, group, preview) for facet_value, group in groups.items()),
    ]


def format_facet_value(context: PageContext, facet_value: FacetValue) -> str:
    """A facet value as readers see it: the verdict's label, the topic in words, or the year."""
    if facet_value.facet == "verdict":
        return context.dossier.verdicts[facet_value.value].label
    return context.format_topic(facet_value.value) if facet_value.facet == "topic" else format_year(int(facet_value.value))


def _build_search_page(dossier: Dossier, groups: dict[FacetValue, FacetGroup], preview: bool) -> Page:
    """The page with the form and the lists of facet values; `assets/script/search.js` reads their labels from it."""
    context = PageContext(dossier, SEARCH_URL, preview)
    counts = {
        kind.search_labels.name: sum(1 for _ in iter_searched_entries(dossier, kind))
        for kind in RECORD_KINDS
        if kind.search_labels
    }
    render_html = partial(
        context.render_template,
        "search.html",
        kinds=SEARCH_KINDS,
        counts=counts,
        groups=groups,
        format_facet_value=partial(format_facet_value, context),
        articles=sorted(dossier.articles.values(), key=get_date_sort_key),
        load_all_counts=sum(counts.values()) <= MAX_EAGER_RECORDS,
    )
    description = "Search every article, note, claim, event and source, or browse by article, verdict, topic and year."
    return Page(
        SEARCH_URL, "Search", render_html, description, last_reviewed=find_newest_review(dossier.iter_entries()), in_nav=False
    )


def _build_facet_page(dossier: Dossier, facet_value: FacetValue, group: FacetGroup, preview: bool) -> Page:
    """The page that lists all records with one verdict, topic or year."""
    context = PageContext(dossier, facet_value.url, preview)
    name = format_facet_value(context, facet_value)
    title = f"{facet_value.facet.capitalize()}: {name}" if facet_value.facet != "year" else name
    records = [*group.articles, *group.claims, *group.annotations, *group.events]
    months = list_months_of_year(facet_value.value, group.events) if facet_value.facet == "year" else {}
    # An annotation without a verdict of its own shows its claim's, so its record alone does not tell what is rendered.
    verdicts = [dossier.get_verdict(note) for note in group.annotations]
    quoted_articles = [dossier.articles[note.article] for note in group.annotations if note.article in dossier.articles]
    return Page(
        url=facet_value.url,
        title=title,
        render_html=partial(
            context.render_template, "facet.html", facet_value=facet_value, group=group, name=name, months=months
        ),
        description=f"{_describe_facet_group(context, group)}: {title}",
        anchor_ids=frozenset(month.id for month in months.values()),
        parent_url=SEARCH_URL,
        last_reviewed=find_newest_review([*records, *quoted_articles]),
        dependencies=(records, verdicts),
    )


def _describe_facet_group(context: PageContext, group: FacetGroup) -> str:
    """The number of records of each kind: "1 article, 2 claims and 3 events"."""
    kinds = (("article", group.articles), ("claim", group.claims), ("quotation", group.annotations), ("event", group.events))
    *others, last = (context.format_count(len(records), noun) for noun, records in kinds if records)
    return f"{', '.join(others)} and {last}" if others else last
