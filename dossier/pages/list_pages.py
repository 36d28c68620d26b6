"""The pages that list records: articles, claims, sources, parties, glossary."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from operator import itemgetter
from typing import Any

from dossier.model.dossier import Dossier
from dossier.model.numbers.printed import INTERVAL_DESCRIPTIONS_BY_FORM
from dossier.model.problems.rules import RULES
from dossier.model.records import Annotation, Article, Claim, Party, Source
from dossier.model.site.addresses import CHART_DIRECTIVE_PATTERN, DIRECTIVE_DESCRIPTIONS, SOURCE_KIND_HEADINGS
from dossier.model.vocabulary import READING_EXTENT_LABELS
from dossier.pages.charts.page import render_chart_part
from dossier.pages.context import PageContext, find_newest_review
from dossier.pages.list_facets import ListFilter, ToggleFilter, build_filter_form
from dossier.pages.page import Page, PageHeading
from dossier.pages.timeline.page import group_events_by_year

PARTY_KIND_HEADINGS = {"person": "People", "organisation": "Organisations"}
"""Kinds of parties and the headings they stand under."""


def build_retired_page(retired: Article | Claim, name: str, address: str, section: str) -> Page:
    """What stays at the address of something retired: that it was there, and nothing else of it."""
    draw = partial(PageContext(Dossier(), address).render_template, "retired.html", noun=retired.noun, name=name)
    return Page(address, f"Retired {retired.noun}", draw, source_path=retired.path, parent_url=section)


def build_articles_page(shown: Dossier, preview: bool = False) -> Page:
    """The list of articles, in the order of their dates."""
    draw = partial(_render_record_list, PageContext(shown, "articles/", preview), "articles.html", _collect_articles_context)
    return Page(
        "articles/",
        "Articles",
        draw,
        "The articles, with what each says and how much of it holds.",
        last_reviewed=find_newest_review(shown.articles.values()),
    )


def render_article_list(context: PageContext) -> str:
    """The articles as a list, for their index and for hand-written pages."""
    return _render_record_list(context, "parts/article_list.html", _collect_articles_context)


def _collect_articles_context(context: PageContext) -> dict[str, Any]:
    """Articles by date, and how often each verdict falls on their wording."""
    shown = context.dossier
    articles = {article.slug: article for article in sorted(shown.articles.values(), key=get_date_sort_key)}
    tallies = {slug: count_verdicts(shown, shown.annotations.get(slug, ())) for slug in articles}
    facets = [
        ListFilter[Article](
            "publisher", "Publisher", lambda article: filter(None, [article.publisher]), _get_party_names(shown), min_items=2
        ),
        ListFilter[Article]("verdict", "Verdict in it", lambda article: dict(tallies[article.slug]), get_verdict_labels(shown)),
    ]
    offered = build_filter_form(articles, facets, "article", find=True)
    return {"articles": articles.values(), "tallies": tallies, "filters": offered}


def build_claims_page(shown: Dossier, preview: bool = False) -> Page:
    """The list of claims, by topic."""
    context = PageContext(shown, "claims/", preview)
    draw = partial(_render_record_list, context, "claims.html", _collect_claims_context)
    headings = tuple(PageHeading(topic, context.format_topic(topic)) for topic in group_claims_by_topic(shown))
    return Page(
        "claims/",
        "Claims",
        draw,
        "Every claim checked, with its verdict.",
        headings=headings,
        last_reviewed=find_newest_review(shown.claims.values()),
    )


def group_claims_by_topic(shown: Dossier) -> Mapping[str, list[Claim]]:
    """Claims under their first topic, topics by how many claims they have."""
    topics: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in shown.claims.values():
        topics[claim.listing_topics[0]].append(claim)
    return dict(sorted(topics.items(), key=lambda topic: (-len(topic[1]), topic[0])))


def _collect_claims_context(context: PageContext) -> dict[str, Any]:
    """Claims by topic, and what they can be filtered by."""
    shown = context.dossier
    facets = [
        ListFilter[Claim]("topic", "Topic", lambda claim: claim.listing_topics, get_topic_labels(context, shown.claims.values())),
        ListFilter[Claim]("verdict", "Verdict", lambda claim: (claim.verdict,), get_verdict_labels(shown)),
    ]
    return {"topics": group_claims_by_topic(shown), "filters": build_filter_form(shown.claims, facets, "claim", find=True)}


def build_sources_page(shown: Dossier, preview: bool = False) -> Page:
    """The bibliography, by kind and then by date."""
    draw = partial(_render_record_list, PageContext(shown, "sources/", preview), "sources.html", _collect_sources_context)
    kinds = {source.kind for source in shown.sources.values()}
    headings = tuple(PageHeading(kind, words) for kind, words in SOURCE_KIND_HEADINGS.items() if kind in kinds)
    reviewed = find_newest_review(shown.sources.values())
    return Page(
        "sources/",
        "Sources",
        draw,
        "Every source used.",
        headings=headings,
        anchor_ids=frozenset(shown.sources),
        last_reviewed=reviewed,
    )


def _collect_sources_context(context: PageContext) -> dict[str, Any]:
    """Sources by kind and date, and what they can be filtered by."""
    shown = context.dossier
    groups: dict[str, list[Source]] = {kind: [] for kind in SOURCE_KIND_HEADINGS}
    for source in sorted(shown.sources.values(), key=get_date_sort_key):
        groups[source.kind].append(source)
    read = {kind: kind.replace("-", " ").capitalize() for kind in READING_EXTENT_LABELS}
    facets = [
        ListFilter[Source]("kind", "Kind", lambda source: (source.kind,), SOURCE_KIND_HEADINGS),
        ListFilter[Source](
            "publisher", "Publisher", lambda source: filter(None, [source.publisher]), _get_party_names(shown), min_items=2
        ),
        ListFilter[Source]("checked", "How far read", lambda source: (source.checked,), read),
        ToggleFilter[Source]("origin", "Goes back to no other", lambda source: shown.root_ids_by_source[source.id] == source.id),
    ]
    groups = {kind: sources for kind, sources in groups.items() if sources}
    return {"groups": groups, "filters": build_filter_form(shown.sources, facets, "source", find=True)}


def build_parties_page(shown: Dossier, preview: bool = False) -> Page:
    """People and organisations, in their role at the time."""
    draw = partial(_render_record_list, PageContext(shown, "parties/", preview), "parties.html", _collect_parties_context)
    kinds = {party.kind for party in shown.parties.values()}
    headings = tuple(PageHeading(name.lower(), name) for kind, name in PARTY_KIND_HEADINGS.items() if kind in kinds)
    return Page(
        "parties/",
        "Who is who",
        draw,
        "People and organisations.",
        headings=headings,
        anchor_ids=frozenset(shown.parties),
        last_reviewed=find_newest_review(shown.iter_entries()),
    )


def _collect_parties_context(context: PageContext) -> dict[str, Any]:
    """Parties by kind and name, the notes in which each speaks by article, and what they can be filtered by."""
    shown = context.dossier
    said: defaultdict[str, defaultdict[str, list[Annotation]]] = defaultdict(lambda: defaultdict(list))
    for note in shown.iter_annotations():
        said[note.speaker][note.article].append(note)
    groups: dict[str, list[Party]] = {name: [] for name in PARTY_KIND_HEADINGS.values()}
    for party in sorted(shown.parties.values(), key=lambda party: party.name.casefold()):
        groups[PARTY_KIND_HEADINGS[party.kind]].append(party)
    facets = [
        ListFilter[Party]("kind", "Kind", lambda party: (party.kind,), PARTY_KIND_HEADINGS),
        ToggleFilter[Party]("speaks", "Speaks in a note", lambda party: party.id in said),
    ]
    return {"groups": groups, "said": said, "filters": build_filter_form(shown.parties, facets, "party", "parties", find=True)}


def build_glossary_page(shown: Dossier, preview: bool = False) -> Page:
    """Terms and what they mean."""
    draw = partial(PageContext(shown, "glossary/", preview).render_template, "glossary.html")
    return Page(
        "glossary/",
        "Glossary",
        draw,
        "Terms used here.",
        anchor_ids=frozenset(term.id for term in shown.glossary),
        last_reviewed=find_newest_review(shown.iter_entries()),
    )


def render_directive(name: str, shown: Dossier, at: str, preview: bool = False) -> str:
    """The HTML of a part that a hand-written page calls in with `<!-- dossier: name -->`; nothing for an unknown name."""
    context = PageContext(shown, at, preview)
    if chart := CHART_DIRECTIVE_PATTERN.fullmatch(name):
        return render_chart_part(context, chart[1])
    if name == "articles":
        return render_article_list(context)
    if name == "claims":
        return _render_record_list(context, "parts/claim_list.html", _collect_claims_context)
    if name == "ways":
        return render_entry_links(context)
    if name == "rules":
        return context.render_template("parts/rules.html", rules=RULES)
    if name == "numbers":
        return context.render_template("parts/numbers.html", declared=INTERVAL_DESCRIPTIONS_BY_FORM)
    if name == "measures":
        return context.render_template("parts/measures.html", measures=shown.measures.values())
    return context.render_template(f"parts/{name}.html") if name in DIRECTIVE_DESCRIPTIONS else ""


def render_entry_links(context: PageContext) -> str:
    """The ways into a dossier, for its front page: articles by date, claims by topic, events by year."""
    shown = context.dossier
    topics = [(topic, len(claims)) for topic, claims in group_claims_by_topic(shown).items()]
    years = group_events_by_year(shown)
    return context.render_template(
        "parts/ways.html", articles=sorted(shown.articles.values(), key=get_date_sort_key), topics=topics, years=years
    )


def _render_record_list(context: PageContext, template: str, listed: Callable[[PageContext], dict[str, Any]]) -> str:
    """The HTML of a list; what goes into it is gathered only when it is drawn."""
    return context.render_template(template, **listed(context))


def count_verdicts(shown: Dossier, notes: Iterable[Annotation]) -> list[tuple[str, int]]:
    """How often each verdict falls on some annotations: verdict id and number, in the scale's order."""
    counts = Counter(verdict.id for note in notes if (verdict := shown.get_verdict(note)))
    return [(verdict, counts[verdict]) for verdict in shown.verdicts if counts[verdict]]


def get_verdict_labels(shown: Dossier) -> dict[str, str]:
    """The verdicts in the scale's order, as a facet offers them."""
    return {verdict.id: verdict.label for verdict in shown.verdicts.values()}


def get_topic_labels(context: PageContext, claims: Iterable[Claim]) -> dict[str, str]:
    """The topics of some claims in the order of their words, as a facet offers them."""
    topics = {topic for claim in claims for topic in claim.listing_topics}
    return dict(sorted(((topic, context.format_topic(topic)) for topic in topics), key=itemgetter(1)))


def _get_party_names(shown: Dossier) -> dict[str, str]:
    """The parties by name, as a facet offers them."""
    return dict(sorted(((party.id, party.name) for party in shown.parties.values()), key=lambda named: named[1].casefold()))


def get_date_sort_key(record: Article | Source) -> tuple[bool, tuple[object, object], str]:
    """Sorts by date, unknown dates last."""
    key = record.published.sort_key if record.published else (0, 0)
    return (record.published is None, key, record.slug if isinstance(record, Article) else record.id)
