"""Index pages: articles, claims, sources, parties, glossary. And the parts that hand-written pages can include of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from operator import itemgetter
from typing import Any

from dossier.model.base import Entry
from dossier.model.dossier import Dossier
from dossier.model.kinds import get_kind
from dossier.model.numbers.printed import INTERVAL_DESCRIPTIONS_BY_FORM
from dossier.model.problems.rules import RULES
from dossier.model.records import Annotation, Article, Claim, Party, Source
from dossier.model.site.addresses import CHART_DIRECTIVE_PATTERN, DIRECTIVE_DESCRIPTIONS
from dossier.model.vocabulary import READING_EXTENT_LABELS, SOURCE_KIND_HEADINGS
from dossier.pages.charts.page import render_chart_part
from dossier.pages.context import PageContext, find_newest_review, render_plain_line
from dossier.pages.list_filters import ListFilter, ToggleFilter, build_filter_form
from dossier.pages.page import Page, PageHeading
from dossier.pages.page_registry import index_page
from dossier.pages.timeline.page import group_events_by_year

PARTY_KIND_HEADINGS = {"person": "People", "organisation": "Organisations"}
"""Headings of the kinds of parties, in the order of the page."""


def build_retired_page(record: Entry) -> Page:
    """The page at the address of a retired record: its name and that it was withdrawn, nothing else of its content."""
    kind, url = get_kind(record), record.page_url
    name = render_plain_line(kind.get_title(record)) if kind.has_markdown_title else kind.get_title(record)
    # An empty dossier, so that the template cannot show anything of the record by accident.
    render_html = partial(PageContext(Dossier(), url).render_template, "retired.html", noun=record.noun, name=name)
    return Page(url, f"Retired {record.noun}", render_html, source_path=record.path, parent_url=kind.page_url)


@index_page("articles/")
def build_articles_page(dossier: Dossier, preview: bool = False) -> Page:
    """The index of articles, by date."""
    context = PageContext(dossier, "articles/", preview)
    return Page(
        "articles/",
        "Articles",
        lambda: context.render_template("articles.html", **_collect_articles_context(context)),
        "The articles, with what each says and how much of it holds.",
        last_reviewed=find_newest_review(dossier.articles.values()),
    )


def _collect_articles_context(context: PageContext) -> dict[str, Any]:
    """Template context: articles by date, the number of their notes with each verdict, and the filters."""
    dossier = context.dossier
    articles = {article.slug: article for article in sorted(dossier.articles.values(), key=get_date_sort_key)}
    tallies = {slug: count_verdicts(dossier, dossier.annotations.get(slug, ())) for slug in articles}
    facets = [
        ListFilter[Article](
            "publisher", "Publisher", lambda article: filter(None, [article.publisher]), _get_party_names(dossier), min_items=2
        ),
        ListFilter[Article]("verdict", "Verdict in it", lambda article: dict(tallies[article.slug]), get_verdict_labels(dossier)),
    ]
    filters = build_filter_form(articles, facets, "article", has_text_search=True)
    return {"articles": articles.values(), "tallies": tallies, "filters": filters}


@index_page("claims/")
def build_claims_page(dossier: Dossier, preview: bool = False) -> Page:
    """The index of claims, with a heading for each topic."""
    context = PageContext(dossier, "claims/", preview)
    headings = tuple(PageHeading(topic, context.format_topic(topic)) for topic in group_claims_by_topic(dossier))
    return Page(
        "claims/",
        "Claims",
        lambda: context.render_template("claims.html", **_collect_claims_context(context)),
        "Every claim checked, with its verdict.",
        headings=headings,
        last_reviewed=find_newest_review(dossier.claims.values()),
    )


def group_claims_by_topic(dossier: Dossier) -> Mapping[str, list[Claim]]:
    """Claims by their first topic, in the order of their files; topics by falling number of claims."""
    topics: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in dossier.claims.values():
        topics[claim.listing_topics[0]].append(claim)
    return dict(sorted(topics.items(), key=lambda topic: (-len(topic[1]), topic[0])))


def _collect_claims_context(context: PageContext) -> dict[str, Any]:
    """Template context: claims by topic, and the filters."""
    dossier = context.dossier
    topic_labels = get_topic_labels(context, dossier.claims.values())
    facets = [
        ListFilter[Claim]("topic", "Topic", lambda claim: claim.listing_topics, topic_labels),
        ListFilter[Claim]("verdict", "Verdict", lambda claim: (claim.verdict,), get_verdict_labels(dossier)),
    ]
    filters = build_filter_form(dossier.claims, facets, "claim", has_text_search=True)
    return {"topics": group_claims_by_topic(dossier), "filters": filters}


@index_page("sources/")
def build_sources_page(dossier: Dossier, preview: bool = False) -> Page:
    """The bibliography, with a heading for each kind of source."""
    context = PageContext(dossier, "sources/", preview)
    kinds = {source.kind for source in dossier.sources.values()}
    return Page(
        "sources/",
        "Sources",
        lambda: context.render_template("sources.html", **_collect_sources_context(context)),
        "Every source used.",
        headings=tuple(PageHeading(kind, heading) for kind, heading in SOURCE_KIND_HEADINGS.items() if kind in kinds),
        anchor_ids=frozenset(dossier.sources),
        last_reviewed=find_newest_review(dossier.sources.values()),
    )


def _collect_sources_context(context: PageContext) -> dict[str, Any]:
    """Template context: sources by kind, then by date, and the filters. Kinds without sources are left out."""
    dossier = context.dossier
    groups: dict[str, list[Source]] = {kind: [] for kind in SOURCE_KIND_HEADINGS}
    for source in sorted(dossier.sources.values(), key=get_date_sort_key):
        groups[source.kind].append(source)
    extent_labels = {extent: extent.replace("-", " ").capitalize() for extent in READING_EXTENT_LABELS}
    facets = [
        ListFilter[Source]("kind", "Kind", lambda source: (source.kind,), SOURCE_KIND_HEADINGS),
        ListFilter[Source](
            "publisher", "Publisher", lambda source: filter(None, [source.publisher]), _get_party_names(dossier), min_items=2
        ),
        ListFilter[Source]("checked", "How far read", lambda source: (source.checked,), extent_labels),
        ToggleFilter[Source](
            "origin", "Goes back to no other", lambda source: dossier.root_ids_by_source[source.id] == source.id
        ),
    ]
    groups = {kind: sources for kind, sources in groups.items() if sources}
    return {"groups": groups, "filters": build_filter_form(dossier.sources, facets, "source", has_text_search=True)}


@index_page("parties/")
def build_parties_page(dossier: Dossier, preview: bool = False) -> Page:
    """The index of people and organisations."""
    context = PageContext(dossier, "parties/", preview)
    kinds = {party.kind for party in dossier.parties.values()}
    return Page(
        "parties/",
        "Who is who",
        lambda: context.render_template("parties.html", **_collect_parties_context(context)),
        "People and organisations.",
        headings=tuple(PageHeading(name.lower(), name) for kind, name in PARTY_KIND_HEADINGS.items() if kind in kinds),
        anchor_ids=frozenset(dossier.parties),
        last_reviewed=find_newest_review(dossier.iter_entries()),
    )


def _collect_parties_context(context: PageContext) -> dict[str, Any]:
    """Template context: parties by kind, then by name; the notes that quote each party, by article; and the filters."""
    dossier = context.dossier
    notes_by_speaker: defaultdict[str, defaultdict[str, list[Annotation]]] = defaultdict(lambda: defaultdict(list))
    for note in dossier.iter_annotations():
        notes_by_speaker[note.speaker][note.article].append(note)
    groups: dict[str, list[Party]] = {name: [] for name in PARTY_KIND_HEADINGS.values()}
    for party in sorted(dossier.parties.values(), key=lambda party: party.name.casefold()):
        groups[PARTY_KIND_HEADINGS[party.kind]].append(party)
    facets = [
        ListFilter[Party]("kind", "Kind", lambda party: (party.kind,), PARTY_KIND_HEADINGS),
        ToggleFilter[Party]("speaks", "Speaks in a note", lambda party: party.id in notes_by_speaker),
    ]
    filters = build_filter_form(dossier.parties, facets, "party", "parties", has_text_search=True)
    return {"groups": groups, "notes_by_speaker": notes_by_speaker, "filters": filters}


@index_page("glossary/")
def build_glossary_page(dossier: Dossier, preview: bool = False) -> Page:
    """The glossary."""
    context = PageContext(dossier, "glossary/", preview)
    return Page(
        "glossary/",
        "Glossary",
        lambda: context.render_template("glossary.html"),
        "Terms used here.",
        anchor_ids=frozenset(term.id for term in dossier.glossary),
        last_reviewed=find_newest_review(dossier.iter_entries()),
    )


def _collect_entry_links(context: PageContext) -> dict[str, Any]:
    """Template context: links into the dossier for its front page, articles by date, claims by topic, events by year."""
    dossier = context.dossier
    articles = sorted(dossier.articles.values(), key=get_date_sort_key)
    return {"articles": articles, "topics": group_claims_by_topic(dossier), "years": group_events_by_year(dossier)}


DIRECTIVE_CONTEXTS: Mapping[str, Callable[[PageContext], dict[str, Any]]] = {
    "articles": _collect_articles_context,
    "claims": _collect_claims_context,
    "ways": _collect_entry_links,
    "rules": lambda context: {"rules": RULES},
    "numbers": lambda context: {"interval_descriptions": INTERVAL_DESCRIPTIONS_BY_FORM},
    "measures": lambda context: {"measures": context.dossier.measures.values()},
}
"""Template contexts of the directives whose templates need more than the dossier."""


def render_directive(name: str, dossier: Dossier, page_url: str, preview: bool = False) -> str:
    """Render the directive `<!-- dossier: name -->` of the hand-written page at `page_url`; empty for an unknown name."""
    context = PageContext(dossier, page_url, preview)
    if chart := CHART_DIRECTIVE_PATTERN.fullmatch(name):
        return render_chart_part(context, chart[1])
    values = DIRECTIVE_CONTEXTS[name](context) if name in DIRECTIVE_CONTEXTS else {}
    return context.render_template(f"parts/{name}.html", **values) if name in DIRECTIVE_DESCRIPTIONS else ""


def count_verdicts(dossier: Dossier, notes: Iterable[Annotation]) -> list[tuple[str, int]]:
    """The number of annotations with each verdict, as (verdict id, number) in the order of the scale; without zeros."""
    counts = Counter(verdict.id for note in notes if (verdict := dossier.get_verdict(note)))
    return [(verdict_id, counts[verdict_id]) for verdict_id in dossier.verdicts if counts[verdict_id]]


def get_verdict_labels(dossier: Dossier) -> dict[str, str]:
    """Verdict labels by id, in the order of the scale: the labels of a facet."""
    return {verdict.id: verdict.label for verdict in dossier.verdicts.values()}


def get_topic_labels(context: PageContext, claims: Iterable[Claim]) -> dict[str, str]:
    """Labels of the topics of some claims, in alphabetical order: the labels of a facet."""
    topics = {topic for claim in claims for topic in claim.listing_topics}
    return dict(sorted(((topic, context.format_topic(topic)) for topic in topics), key=itemgetter(1)))


def _get_party_names(dossier: Dossier) -> dict[str, str]:
    """Party names by id, in alphabetical order: the labels of a facet."""
    parties = sorted(dossier.parties.values(), key=lambda party: party.name.casefold())
    return {party.id: party.name for party in parties}


def get_date_sort_key(record: Article | Source) -> tuple[bool, tuple[object, object], str]:
    """Sort key: date of publication, then id. Undated records sort last."""
    key = record.published.sort_key if record.published else (0, 0)
    return (record.published is None, key, record.slug if isinstance(record, Article) else record.id)
