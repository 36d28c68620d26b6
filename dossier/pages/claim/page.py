"""A claim's page: verdict, statement, explanation, arithmetic, evidence, every appearance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import NamedTuple

from dossier.model.dossier import Dossier
from dossier.model.numbers.charts import find_plotted_figure
from dossier.model.numbers.evaluation import iter_claim_expressions
from dossier.model.records import Claim, get_claim_url
from dossier.pages.charts.page import build_chart_drawing
from dossier.pages.claim.calculations import build_claim_arithmetic
from dossier.pages.compare.page import sort_appearances_by_lineage
from dossier.pages.compare.word_diff import compare_wordings
from dossier.pages.context import PageContext, find_newest_review, render_plain_line
from dossier.pages.list_pages import group_claims_by_topic
from dossier.pages.page import Page


class ClaimNeighbours(NamedTuple):
    """Where a claim stands among those of its first topic, in the order of the list of claims."""

    topic: str
    previous: Claim | None
    following: Claim | None
    topic_claim_count: int
    """Number of claims of the topic."""


def build_claim_pages(shown: Dossier, preview: bool = False) -> Iterator[Page]:
    """The pages of all claims."""
    places = _find_claim_neighbours(shown)
    for claim in shown.claims.values():
        yield _build_claim_page(shown, claim, places[claim.id], preview)


def _build_claim_page(shown: Dossier, claim: Claim, place: ClaimNeighbours, preview: bool) -> Page:
    """The page of one claim: verdict, statement, explanation, evidence, every appearance."""
    address = get_claim_url(claim.id)
    context = PageContext(shown, address, preview)
    appearances = shown.annotations_by_claim.get(claim.id, ())
    events = shown.events_by_claim.get(claim.id, ())
    verdict = shown.verdicts.get(claim.verdict)
    return Page(
        url=address,
        title=render_plain_line(claim.claim),
        render_html=partial(_render_claim_page, context, claim, place),
        description=f"{verdict.label}: {render_plain_line(claim.summary)}" if verdict else render_plain_line(claim.summary),
        source_path=claim.path,
        parent_url="claims/",
        last_reviewed=find_newest_review([claim, *appearances, *events]),
        dependencies=(
            claim,
            place,
            appearances,
            events,
            *_iter_figure_dependencies(shown, claim),
            *_iter_chart_dependencies(shown, claim),
        ),
    )


def _render_claim_page(context: PageContext, claim: Claim, place: ClaimNeighbours) -> str:
    shown = context.dossier
    texts = sort_appearances_by_lineage(shown, claim)
    worded = compare_wordings(texts.values())
    return context.render_template(
        "claim.html",
        claim=claim,
        place=place,
        appearances=list(zip(texts, worded, strict=True)),
        articles=len({text.article.slug for text in texts}),
        likened=any(wording.earlier_annotation for text in worded for wording in text),
        events=shown.events_by_claim.get(claim.id, ()),
        numbers=build_claim_arithmetic(context, claim),
        drawings=[build_chart_drawing(context, chart) for chart in shown.charts_by_claim.get(claim.id, ())],
    )


def _find_claim_neighbours(shown: Dossier) -> Mapping[str, ClaimNeighbours]:
    """The place of each claim among its neighbours."""
    return {
        claim.id: ClaimNeighbours(topic, before, after, len(claims))
        for topic, claims in group_claims_by_topic(shown).items()
        for before, claim, after in zip([None, *claims], claims, [*claims[1:], None], strict=False)
    }


def _iter_figure_dependencies(shown: Dossier, claim: Claim) -> Iterator[object]:
    """The annotations in which a claim's numbers stand, and the other claims whose figures it uses."""
    spots = [figure.at for figure in claim.figures.values()] + [calculation.at for calculation in claim.calculations]
    yield from (shown.get_annotation(spot) for spot in spots if spot)
    for formula in iter_claim_expressions(claim):
        yield from (one.claim for one in shown.evaluator.list_inputs(claim, formula.expression))


def _iter_chart_dependencies(shown: Dossier, claim: Claim) -> Iterator[object]:
    """The charts that draw a figure of a claim, and all that their numbers come from."""
    for chart in shown.charts_by_claim.get(claim.id, ()):
        yield chart
        yield from (find_plotted_figure(name, shown.evaluator, shown.measures) for _, name in chart.iter_figure_names())
        for other in (shown.claims[name] for name in chart.claim_ids if name in shown.claims):
            yield other
            yield from _iter_figure_dependencies(shown, other)
