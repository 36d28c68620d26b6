"""Claims' pages, and the pages that list records: articles, claims, timeline, sources, parties, glossary."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from dossier.model.dossier import Dossier
from dossier.model.figures import DECLARED
from dossier.model.records import Annotation, Article, Claim, Event, Party, Source, claim_address
from dossier.model.rules import RULES
from dossier.model.site import SOURCE_KINDS
from dossier.model.workings import formulas
from dossier.pages.arithmetic import arithmetic
from dossier.pages.desk import Desk, newest, plain
from dossier.pages.page import Heading, Page


def claim_page(shown: Dossier, claim: Claim, preview: bool = False) -> Page:
    """The page of one claim: verdict, statement, explanation, evidence, every appearance."""
    address = claim_address(claim.id)
    desk = Desk(shown, address, preview)
    appearances = shown.appearances.get(claim.id, ())
    events = shown.events_by_claim.get(claim.id, ())
    verdict = shown.verdicts.get(claim.verdict)
    return Page(
        address=address,
        title=plain(claim.claim),
        draw=partial(_claim_html, desk, claim),
        description=f"{verdict.label}: {plain(claim.summary)}" if verdict else plain(claim.summary),
        source=claim.path,
        section="claims/",
        reviewed=newest([claim, *appearances, *events]),
        made_of=(claim, appearances, events, *_numbers_from(shown, claim)),
    )


def _claim_html(desk: Desk, claim: Claim) -> str:
    shown = desk.dossier
    return desk.render(
        "claim.html",
        claim=claim,
        appearances=list(_by_article(shown, shown.appearances.get(claim.id, ()))),
        events=shown.events_by_claim.get(claim.id, ()),
        numbers=arithmetic(desk, claim),
    )


def _numbers_from(shown: Dossier, claim: Claim) -> Iterator[object]:
    """The annotations in which a claim's numbers stand, and the other claims whose figures it uses."""
    spots = [figure.at for figure in claim.figures.values()] + [calculation.at for calculation in claim.calculations]
    yield from (shown.note(spot) for spot in spots if spot)
    for formula in formulas(claim):
        yield from (one.claim for one in shown.workings.inputs(claim, formula.expression))


def tombstone(retired: Article | Claim, name: str, address: str, section: str) -> Page:
    """What stays at the address of something retired: that it was there, and nothing else of it."""
    draw = partial(Desk(Dossier(), address).render, "retired.html", noun=retired.noun, name=name)
    return Page(address, f"Retired {retired.noun}", draw, source=retired.path, section=section, listed=False)


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
        listed=False,
    )


def article_list(desk: Desk) -> str:
    """The articles as a list, for their index and for hand-written pages."""
    return desk.render("parts/article_list.html", **_listed(desk.dossier))


def _listed(shown: Dossier) -> dict[str, Any]:
    """Articles by date, and how often each verdict falls on their wording."""
    articles = sorted(shown.articles.values(), key=_by_date)
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
        listed=False,
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
    for source in sorted(shown.sources.values(), key=_by_date):
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


def _by_article(shown: Dossier, notes: Iterable[Annotation]) -> Iterator[tuple[Article, list[Annotation]]]:
    """Appearances under their articles, articles by date."""
    groups: defaultdict[str, list[Annotation]] = defaultdict(list)
    for note in notes:
        groups[note.article].append(note)
    for article in sorted((shown.articles[slug] for slug in groups if slug in shown.articles), key=_by_date):
        yield article, groups[article.slug]


def _by_date(record: Article | Source) -> tuple[bool, tuple[object, object], str]:
    """Sorts by date, unknown dates last."""
    key = record.published.sort_key if record.published else (0, 0)
    return (record.published is None, key, record.slug if isinstance(record, Article) else record.id)
