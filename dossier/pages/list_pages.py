"""Index pages: articles, claims, sources, parties, glossary."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from dossier.model.dossier import Dossier
from dossier.model.records import Annotation, Article, Claim, Party, Source
from dossier.model.vocabulary import READING_EXTENT_LABELS, SOURCE_KIND_HEADINGS
from dossier.pages.claim.printed import describe_faulty_printings
from dossier.pages.context import PageContext, find_newest_review
from dossier.pages.filter_labels import get_party_names, get_topic_labels, get_verdict_labels
from dossier.pages.list_filters import ListFilter, ToggleFilter, build_filter_form
from dossier.pages.list_order import get_date_sort_key, group_claims_by_topic, list_topics
from dossier.pages.page import Page, PageHeading
from dossier.pages.page_registry import index_page

PARTY_KIND_HEADINGS = {"person": "People", "organisation": "Organisations"}
"""Headings of the kinds of parties, in the order of the page."""


@index_page("articles/")
def build_articles_page(dossier: Dossier, preview: bool = False) -> Page:
    """The index of articles, by date."""
    context = PageContext(dossier, "articles/", preview)
    return Page(
        "articles/",
        "Articles",
        lambda: context.render_template("articles.html", **collect_articles_context(context)),
        "The articles, with what each says and how much of it holds.",
        search_aliases=("all articles",),
        last_reviewed=find_newest_review(dossier.articles.values()),
    )


def collect_articles_context(context: PageContext) -> dict[str, Any]:
    """Template context: articles by date, the number of their notes with each verdict, and the filters."""
    dossier = context.dossier
    articles = {article.slug: article for article in sorted(dossier.articles.values(), key=get_date_sort_key)}
    tallies = {slug: count_verdicts(dossier, dossier.annotations.get(slug, ())) for slug in articles}
    facets = [
        ListFilter[Article](
            "publisher", "Publisher", lambda article: filter(None, [article.publisher]), get_party_names(dossier), min_items=2
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
        lambda: context.render_template("claims.html", **collect_claims_context(context)),
        "Every claim checked, with its verdict.",
        search_aliases=("all claims", "fact check", "fact checks", "verdicts"),
        headings=headings,
        last_reviewed=find_newest_review(dossier.claims.values()),
    )


def collect_claims_context(context: PageContext) -> dict[str, Any]:
    """Template context: claims by topic, in how many articles each was printed wrongly, and the filters."""
    dossier = context.dossier
    topic_labels = get_topic_labels(context, dossier.claims.values())
    facets = [
        ListFilter[Claim]("topic", "Topic", lambda claim: claim.listing_topics, topic_labels),
        ListFilter[Claim]("verdict", "Verdict", lambda claim: (claim.verdict,), get_verdict_labels(dossier)),
    ]
    filters = build_filter_form(dossier.claims, facets, "claim", has_text_search=True)
    faulty_printings = {claim.id: describe_faulty_printings(dossier, claim) for claim in dossier.claims.values()}
    return {"topics": group_claims_by_topic(dossier), "faulty_printings": faulty_printings, "filters": filters}


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
        search_aliases=("all sources", "references", "evidence", "bibliography"),
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
            "publisher", "Publisher", lambda source: filter(None, [source.publisher]), get_party_names(dossier), min_items=2
        ),
        ListFilter[Source]("checked", "How far read", lambda source: (source.checked,), extent_labels),
        ToggleFilter[Source]("origin", "Based on no other", lambda source: dossier.root_ids_by_source[source.id] == source.id),
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
        search_aliases=("people", "organisations", "who's who"),
        headings=tuple(PageHeading(name.lower(), name) for kind, name in PARTY_KIND_HEADINGS.items() if kind in kinds),
        anchor_ids=frozenset(dossier.parties),
        last_reviewed=find_newest_review(dossier.iter_entries()),
    )


def _collect_parties_context(context: PageContext) -> dict[str, Any]:
    """Template context: parties by kind, then by name; of each the notes that quote it, by article, its claims and the topic
    of its name with the number of records there; and the filters.
    """
    dossier = context.dossier
    claims_by_claimant: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in dossier.claims.values():
        if claim.claimant:
            claims_by_claimant[claim.claimant].append(claim)
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
    return {
        "groups": groups,
        "notes_by_speaker": notes_by_speaker,
        "claims_by_claimant": claims_by_claimant,
        "topics": {topic.value: (topic, count) for topic, count in list_topics(dossier)},
        "filters": filters,
    }


@index_page("glossary/")
def build_glossary_page(dossier: Dossier, preview: bool = False) -> Page:
    """The glossary."""
    context = PageContext(dossier, "glossary/", preview)
    return Page(
        "glossary/",
        "Glossary",
        lambda: context.render_template("glossary.html"),
        "Terms used here.",
        search_aliases=("definitions", "abbreviations", "terms"),
        anchor_ids=frozenset(term.id for term in dossier.glossary),
        last_reviewed=find_newest_review(dossier.iter_entries()),
    )


def count_verdicts(dossier: Dossier, notes: Iterable[Annotation]) -> list[tuple[str, int]]:
    """The number of annotations with each verdict, as (verdict id, number) in the order of the scale; without zeros."""
    counts = Counter(verdict.id for note in notes if (verdict := dossier.get_verdict(note)))
    return [(verdict_id, counts[verdict_id]) for verdict_id in dossier.verdicts if counts[verdict_id]]
