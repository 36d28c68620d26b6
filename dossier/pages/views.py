"""The pages that list records: articles, claims, timeline, sources, parties, glossary."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from dossier.model.dossier import Dossier
from dossier.model.figures import DECLARED
from dossier.model.records import Annotation, Article, Claim, Event, Party, Source
from dossier.model.rules import RULES
from dossier.model.site import SOURCE_KINDS
from dossier.pages.desk import Desk, newest
from dossier.pages.page import Heading, Page


def tombstone(retired: Article | Claim, name: str, address: str, section: str) -> Page:
    """What stays at the address of something retired: that it was there, and nothing else of it."""
    draw = partial(Desk(Dossier(), address).render, "retired.html", noun=retired.noun, name=name)
    return Page(address, f"Retired {retired.noun}", draw, source=retired.path, section=section)


def articles_page(shown: Dossier, preview: bool = False) -> Page:
    """The list of articles, in the order of their dates."""
    desk = Desk(shown, "articles/", preview)
    draw = partial(desk.render, "articles.html", **_listed(desk.dossier))
    return Page(
        "articles/",
        "Articles",
        draw,
        "The articles, with what each says and how much of it holds.",
        reviewed=newest(shown.articles.values()),
    )


def article_list(desk: Desk) -> str:
    """The articles as a list, for their index and for hand-written pages."""
    return desk.render("parts/article_list.html", **_listed(desk.dossier))


def _listed(shown: Dossier) -> dict[str, Any]:
    """Articles by date, and how often each verdict falls on their wording."""
    articles = sorted(shown.articles.values(), key=by_date)
    return {
        "articles": articles,
        "tallies": {article.slug: verdict_tally(shown, shown.annotations.get(article.slug, ())) for article in articles},
    }


def claims_page(shown: Dossier, preview: bool = False) -> Page:
    """The list of claims, by topic."""
    desk = Desk(shown, "claims/", preview)
    topics = claims_by_topic(shown)
    draw = partial(desk.render, "claims.html", topics=topics)
    headings = tuple(Heading(topic, desk.topic(topic)) for topic in topics)
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
        topics[claim.topics[0] if claim.topics else "other"].append(claim)
    return dict(sorted(topics.items(), key=lambda topic: (-len(topic[1]), topic[0])))


def timeline_page(shown: Dossier, preview: bool = False) -> Page:
    """Events in order of time, under the years in which they begin."""
    desk = Desk(shown, "timeline/", preview)
    years: defaultdict[int, list[Event]] = defaultdict(list)
    for event in shown.chronology:
        years[event.date.earliest[0]].append(event)
    draw = partial(desk.render, "timeline.html", years=dict(years))
    headings = tuple(Heading(str(year), str(year)) for year in years)
    ids = frozenset(shown.events)
    reviewed = newest(shown.events.values())
    return Page(
        "timeline/", "Timeline", draw, "What happened when, and who said so.", headings=headings, ids=ids, reviewed=reviewed
    )


def sources_page(shown: Dossier, preview: bool = False) -> Page:
    """The bibliography, by kind and then by date."""
    desk = Desk(shown, "sources/", preview)
    groups: dict[str, list[Source]] = {kind: [] for kind in SOURCE_KINDS}
    for source in sorted(shown.sources.values(), key=by_date):
        groups[source.kind].append(source)
    groups = {kind: sources for kind, sources in groups.items() if sources}
    draw = partial(desk.render, "sources.html", groups=groups)
    headings = tuple(Heading(kind, SOURCE_KINDS[kind]) for kind in groups)
    reviewed = newest(shown.sources.values())
    return Page(
        "sources/", "Sources", draw, "Every source used.", headings=headings, ids=frozenset(shown.sources), reviewed=reviewed
    )


def parties_page(shown: Dossier, preview: bool = False) -> Page:
    """People and organisations, in their role at the time."""
    desk = Desk(shown, "parties/", preview)
    parties = sorted(shown.parties.values(), key=lambda party: party.name.casefold())
    said = Counter(note.speaker for note in shown.all_annotations())
    groups: dict[str, list[Party]] = {
        "People": [party for party in parties if party.kind == "person"],
        "Organisations": [party for party in parties if party.kind == "organisation"],
    }
    draw = partial(desk.render, "parties.html", groups=groups, said=said)
    headings = tuple(Heading(name.lower(), name) for name, members in groups.items() if members)
    return Page(
        "parties/",
        "Who is who",
        draw,
        "People and organisations.",
        headings=headings,
        ids=frozenset(shown.parties),
        reviewed=newest(shown.entries()),
    )


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
    """The HTML of a part that a hand-written page calls in with `<!-- dossier: name -->`."""
    desk = Desk(shown, at, preview)
    if name == "articles":
        return article_list(desk)
    if name == "claims":
        return desk.render("parts/claim_list.html", topics=claims_by_topic(shown))
    if name == "rules":
        return desk.render("parts/rules.html", rules=RULES)
    if name == "numbers":
        return desk.render("parts/numbers.html", declared=DECLARED)
    if name == "measures":
        return desk.render("parts/measures.html", measures=shown.measures.values())
    return desk.render(f"parts/{name}.html")


def verdict_tally(shown: Dossier, notes: Iterable[Annotation]) -> list[tuple[str, int]]:
    """How often each verdict falls on some annotations: verdict id and number, in the scale's order."""
    counts = Counter(verdict.id for note in notes if (verdict := shown.verdict_of(note)))
    return [(verdict, counts[verdict]) for verdict in shown.verdicts if counts[verdict]]


def by_date(record: Article | Source) -> tuple[bool, tuple[object, object], str]:
    """Sorts by date, unknown dates last."""
    key = record.published.sort_key if record.published else (0, 0)
    return (record.published is None, key, record.slug if isinstance(record, Article) else record.id)
