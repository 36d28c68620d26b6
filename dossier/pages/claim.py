"""A claim's page: verdict, statement, explanation, arithmetic, evidence, every appearance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial

from dossier.model.charts import plotted
from dossier.model.dossier import Dossier
from dossier.model.records import Annotation, Article, Claim, claim_address
from dossier.model.workings import formulas
from dossier.pages.arithmetic import arithmetic
from dossier.pages.charts import drawing
from dossier.pages.desk import Desk, newest, plain
from dossier.pages.page import Page
from dossier.pages.views import by_date


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
        made_of=(claim, appearances, events, *_numbers_from(shown, claim), *_drawn_from(shown, claim)),
    )


def _claim_html(desk: Desk, claim: Claim) -> str:
    shown = desk.dossier
    return desk.render(
        "claim.html",
        claim=claim,
        appearances=list(_by_article(shown, shown.appearances.get(claim.id, ()))),
        events=shown.events_by_claim.get(claim.id, ()),
        numbers=arithmetic(desk, claim),
        drawings=[drawing(desk, chart) for chart in shown.charts_by_claim.get(claim.id, ())],
    )


def _numbers_from(shown: Dossier, claim: Claim) -> Iterator[object]:
    """The annotations in which a claim's numbers stand, and the other claims whose figures it uses."""
    spots = [figure.at for figure in claim.figures.values()] + [calculation.at for calculation in claim.calculations]
    yield from (shown.note(spot) for spot in spots if spot)
    for formula in formulas(claim):
        yield from (one.claim for one in shown.workings.inputs(claim, formula.expression))


def _drawn_from(shown: Dossier, claim: Claim) -> Iterator[object]:
    """The charts that draw a figure of a claim, and all that their numbers come from."""
    for chart in shown.charts_by_claim.get(claim.id, ()):
        yield chart
        yield from (plotted(name, shown.workings, shown.measures) for _, name in chart.named())
        for other in (shown.claims[name] for name in chart.claims if name in shown.claims):
            yield other
            yield from _numbers_from(shown, other)


def _by_article(shown: Dossier, notes: Iterable[Annotation]) -> Iterator[tuple[Article, list[Annotation]]]:
    """Appearances under their articles, articles by date."""
    groups: defaultdict[str, list[Annotation]] = defaultdict(list)
    for note in notes:
        groups[note.article].append(note)
    for article in sorted((shown.articles[slug] for slug in groups if slug in shown.articles), key=by_date):
        yield article, groups[article.slug]
