"""A claim's page: verdict, statement, explanation, arithmetic, evidence, every appearance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import NamedTuple

from dossier.model.dossier import Dossier
from dossier.model.numbers.charts import plotted
from dossier.model.numbers.evaluation import formulas
from dossier.model.records import Claim, claim_address
from dossier.pages.charts.page import drawing
from dossier.pages.claim.calculations import arithmetic
from dossier.pages.compare.page import in_lineage
from dossier.pages.compare.word_diff import wordings
from dossier.pages.context import Desk, newest, plain
from dossier.pages.list_pages import claims_by_topic
from dossier.pages.page import Page


class Place(NamedTuple):
    """Where a claim stands among those of its first topic, in the order of the list of claims."""

    topic: str
    before: Claim | None
    after: Claim | None
    among: int
    """Number of claims of the topic."""


def claim_pages(shown: Dossier, preview: bool = False) -> Iterator[Page]:
    """The pages of all claims."""
    places = _places(shown)
    for claim in shown.claims.values():
        yield _claim_page(shown, claim, places[claim.id], preview)


def _claim_page(shown: Dossier, claim: Claim, place: Place, preview: bool) -> Page:
    """The page of one claim: verdict, statement, explanation, evidence, every appearance."""
    address = claim_address(claim.id)
    desk = Desk(shown, address, preview)
    appearances = shown.appearances.get(claim.id, ())
    events = shown.events_by_claim.get(claim.id, ())
    verdict = shown.verdicts.get(claim.verdict)
    return Page(
        address=address,
        title=plain(claim.claim),
        draw=partial(_claim_html, desk, claim, place),
        description=f"{verdict.label}: {plain(claim.summary)}" if verdict else plain(claim.summary),
        source=claim.path,
        section="claims/",
        reviewed=newest([claim, *appearances, *events]),
        made_of=(claim, place, appearances, events, *_numbers_from(shown, claim), *_drawn_from(shown, claim)),
    )


def _claim_html(desk: Desk, claim: Claim, place: Place) -> str:
    shown = desk.dossier
    texts = in_lineage(shown, claim)
    worded = wordings(texts.values())
    return desk.render(
        "claim.html",
        claim=claim,
        place=place,
        appearances=list(zip(texts, worded, strict=True)),
        articles=len({text.article.slug for text in texts}),
        likened=any(wording.against for text in worded for wording in text),
        events=shown.events_by_claim.get(claim.id, ()),
        numbers=arithmetic(desk, claim),
        drawings=[drawing(desk, chart) for chart in shown.charts_by_claim.get(claim.id, ())],
    )


def _places(shown: Dossier) -> Mapping[str, Place]:
    """The place of each claim among its neighbours."""
    return {
        claim.id: Place(topic, before, after, len(claims))
        for topic, claims in claims_by_topic(shown).items()
        for before, claim, after in zip([None, *claims], claims, [*claims[1:], None], strict=False)
    }


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
