"""The pages that list records: articles, claims, sources, parties, glossary."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from operator import itemgetter
from typing import Any

from dossier.model.dossier import Dossier
from dossier.model.numbers.printed import DECLARED
from dossier.model.problems.rules import RULES
from dossier.model.records import Annotation, Article, Claim, Party, Source
from dossier.model.site.addresses import CHART, DIRECTIVES, SOURCE_KINDS
from dossier.model.vocabulary import CHECKED
from dossier.pages.charts.page import chart_part
from dossier.pages.context import Desk, newest
from dossier.pages.list_facets import Facet, YesNo, filters
from dossier.pages.page import Heading, Page
from dossier.pages.timeline.page import years_of

PARTY_KINDS = {"person": "People", "organisation": "Organisations"}
"""Kinds of parties and the headings they stand under."""


def tombstone(retired: Article | Claim, name: str, address: str, section: str) -> Page:
    """What stays at the address of something retired: that it was there, and nothing else of it."""
    draw = partial(Desk(Dossier(), address).render, "retired.html", noun=retired.noun, name=name)
    return Page(address, f"Retired {retired.noun}", draw, source=retired.path, section=section)


def articles_page(shown: Dossier, preview: bool = False) -> Page:
    """The list of articles, in the order of their dates."""
    draw = partial(_listing, Desk(shown, "articles/", preview), "articles.html", _articles_listed)
    return Page(
        "articles/",
        "Articles",
        draw,
        "The articles, with what each says and how much of it holds.",
        reviewed=newest(shown.articles.values()),
    )


def article_list(desk: Desk) -> str:
    """The articles as a list, for their index and for hand-written pages."""
    return _listing(desk, "parts/article_list.html", _articles_listed)


def _articles_listed(desk: Desk) -> dict[str, Any]:
    """Articles by date, and how often each verdict falls on their wording."""
    shown = desk.dossier
    articles = {article.slug: article for article in sorted(shown.articles.values(), key=by_date)}
    tallies = {slug: verdict_tally(shown, shown.annotations.get(slug, ())) for slug in articles}
    facets = [
        Facet[Article]("publisher", "Publisher", lambda article: filter(None, [article.publisher]), _by_name(shown), least=2),
        Facet[Article]("verdict", "Verdict in it", lambda article: dict(tallies[article.slug]), verdict_words(shown)),
    ]
    offered = filters(articles, facets, "article", find=True)
    return {"articles": articles.values(), "tallies": tallies, "filters": offered}


def claims_page(shown: Dossier, preview: bool = False) -> Page:
    """The list of claims, by topic."""
    desk = Desk(shown, "claims/", preview)
    draw = partial(_listing, desk, "claims.html", _claims_listed)
    headings = tuple(Heading(topic, desk.topic(topic)) for topic in claims_by_topic(shown))
    return Page(
        "claims/",
        "Claims",
        draw,
        "Every claim checked, with its verdict.",
        headings=headings,
        reviewed=newest(shown.claims.values()),
    )


def claims_by_topic(shown: Dossier) -> Mapping[str, list[Claim]]:
    """Claims under their first topic, topics by how many claims they have."""
    topics: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in shown.claims.values():
        topics[claim.listed_under[0]].append(claim)
    return dict(sorted(topics.items(), key=lambda topic: (-len(topic[1]), topic[0])))


def _claims_listed(desk: Desk) -> dict[str, Any]:
    """Claims by topic, and what they can be filtered by."""
    shown = desk.dossier
    facets = [
        Facet[Claim]("topic", "Topic", lambda claim: claim.listed_under, topic_words(desk, shown.claims.values())),
        Facet[Claim]("verdict", "Verdict", lambda claim: (claim.verdict,), verdict_words(shown)),
    ]
    return {"topics": claims_by_topic(shown), "filters": filters(shown.claims, facets, "claim", find=True)}


def sources_page(shown: Dossier, preview: bool = False) -> Page:
    """The bibliography, by kind and then by date."""
    draw = partial(_listing, Desk(shown, "sources/", preview), "sources.html", _sources_listed)
    kinds = {source.kind for source in shown.sources.values()}
    headings = tuple(Heading(kind, words) for kind, words in SOURCE_KINDS.items() if kind in kinds)
    reviewed = newest(shown.sources.values())
    return Page(
        "sources/", "Sources", draw, "Every source used.", headings=headings, ids=frozenset(shown.sources), reviewed=reviewed
    )


def _sources_listed(desk: Desk) -> dict[str, Any]:
    """Sources by kind and date, and what they can be filtered by."""
    shown = desk.dossier
    groups: dict[str, list[Source]] = {kind: [] for kind in SOURCE_KINDS}
    for source in sorted(shown.sources.values(), key=by_date):
        groups[source.kind].append(source)
    read = {kind: kind.replace("-", " ").capitalize() for kind in CHECKED}
    facets = [
        Facet[Source]("kind", "Kind", lambda source: (source.kind,), SOURCE_KINDS),
        Facet[Source]("publisher", "Publisher", lambda source: filter(None, [source.publisher]), _by_name(shown), least=2),
        Facet[Source]("checked", "How far read", lambda source: (source.checked,), read),
        YesNo[Source]("origin", "Goes back to no other", lambda source: shown.roots[source.id] == source.id),
    ]
    groups = {kind: sources for kind, sources in groups.items() if sources}
    return {"groups": groups, "filters": filters(shown.sources, facets, "source", find=True)}


def parties_page(shown: Dossier, preview: bool = False) -> Page:
    """People and organisations, in their role at the time."""
    draw = partial(_listing, Desk(shown, "parties/", preview), "parties.html", _parties_listed)
    kinds = {party.kind for party in shown.parties.values()}
    headings = tuple(Heading(name.lower(), name) for kind, name in PARTY_KINDS.items() if kind in kinds)
    return Page(
        "parties/",
        "Who is who",
        draw,
        "People and organisations.",
        headings=headings,
        ids=frozenset(shown.parties),
        reviewed=newest(shown.entries()),
    )


def _parties_listed(desk: Desk) -> dict[str, Any]:
    """Parties by kind and name, the notes in which each speaks by article, and what they can be filtered by."""
    shown = desk.dossier
    said: defaultdict[str, defaultdict[str, list[Annotation]]] = defaultdict(lambda: defaultdict(list))
    for note in shown.all_annotations():
        said[note.speaker][note.article].append(note)
    groups: dict[str, list[Party]] = {name: [] for name in PARTY_KINDS.values()}
    for party in sorted(shown.parties.values(), key=lambda party: party.name.casefold()):
        groups[PARTY_KINDS[party.kind]].append(party)
    facets = [
        Facet[Party]("kind", "Kind", lambda party: (party.kind,), PARTY_KINDS),
        YesNo[Party]("speaks", "Speaks in a note", lambda party: party.id in said),
    ]
    return {"groups": groups, "said": said, "filters": filters(shown.parties, facets, "party", "parties", find=True)}


def glossary_page(shown: Dossier, preview: bool = False) -> Page:
    """Terms and what they mean."""
    draw = partial(Desk(shown, "glossary/", preview).render, "glossary.html")
    return Page(
        "glossary/",
        "Glossary",
        draw,
        "Terms used here.",
        ids=frozenset(term.id for term in shown.glossary),
        reviewed=newest(shown.entries()),
    )


def part(name: str, shown: Dossier, at: str, preview: bool = False) -> str:
    """The HTML of a part that a hand-written page calls in with `<!-- dossier: name -->`; nothing for an unknown name."""
    desk = Desk(shown, at, preview)
    if chart := CHART.fullmatch(name):
        return chart_part(desk, chart[1])
    if name == "articles":
        return article_list(desk)
    if name == "claims":
        return _listing(desk, "parts/claim_list.html", _claims_listed)
    if name == "ways":
        return ways(desk)
    if name == "rules":
        return desk.render("parts/rules.html", rules=RULES)
    if name == "numbers":
        return desk.render("parts/numbers.html", declared=DECLARED)
    if name == "measures":
        return desk.render("parts/measures.html", measures=shown.measures.values())
    return desk.render(f"parts/{name}.html") if name in DIRECTIVES else ""


def ways(desk: Desk) -> str:
    """The ways into a dossier, for its front page: articles by date, claims by topic, events by year."""
    shown = desk.dossier
    topics = [(topic, len(claims)) for topic, claims in claims_by_topic(shown).items()]
    years = years_of(shown)
    return desk.render("parts/ways.html", articles=sorted(shown.articles.values(), key=by_date), topics=topics, years=years)


def _listing(desk: Desk, template: str, listed: Callable[[Desk], dict[str, Any]]) -> str:
    """The HTML of a list; what goes into it is gathered only when it is drawn."""
    return desk.render(template, **listed(desk))


def verdict_tally(shown: Dossier, notes: Iterable[Annotation]) -> list[tuple[str, int]]:
    """How often each verdict falls on some annotations: verdict id and number, in the scale's order."""
    counts = Counter(verdict.id for note in notes if (verdict := shown.verdict_of(note)))
    return [(verdict, counts[verdict]) for verdict in shown.verdicts if counts[verdict]]


def verdict_words(shown: Dossier) -> dict[str, str]:
    """The verdicts in the scale's order, as a facet offers them."""
    return {verdict.id: verdict.label for verdict in shown.verdicts.values()}


def topic_words(desk: Desk, claims: Iterable[Claim]) -> dict[str, str]:
    """The topics of some claims in the order of their words, as a facet offers them."""
    topics = {topic for claim in claims for topic in claim.listed_under}
    return dict(sorted(((topic, desk.topic(topic)) for topic in topics), key=itemgetter(1)))


def _by_name(shown: Dossier) -> dict[str, str]:
    """The parties by name, as a facet offers them."""
    return dict(sorted(((party.id, party.name) for party in shown.parties.values()), key=lambda named: named[1].casefold()))


def by_date(record: Article | Source) -> tuple[bool, tuple[object, object], str]:
    """Sorts by date, unknown dates last."""
    key = record.published.sort_key if record.published else (0, 0)
    return (record.published is None, key, record.slug if isinstance(record, Article) else record.id)
