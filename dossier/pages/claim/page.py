"""Claim pages: verdict, statement, explanation, arithmetic, charts, every appearance in the articles, evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from dossier.model.dossier import Dossier
from dossier.model.numbers.charts import find_plotted_figure
from dossier.model.numbers.evaluation import iter_claim_expressions
from dossier.model.records import Chart, Claim, get_claim_url
from dossier.model.site.export_files import OEMBED_PATH
from dossier.pages.charts.drawing import build_chart_drawing
from dossier.pages.citing.page_citation import build_citation_metadata, build_page_citation
from dossier.pages.claim.calculations import build_claim_arithmetic
from dossier.pages.claim.card import has_claim_card, render_claim_card
from dossier.pages.claim.data import render_claim_data
from dossier.pages.claim.evidence import describe_tested_statements, find_interested_party, list_evidence_sides
from dossier.pages.claim.printed import list_printed_tallies
from dossier.pages.claim.review import has_claim_review, render_claim_review
from dossier.pages.compare.texts import group_notes_by_text
from dossier.pages.compare.word_diff import compare_wordings
from dossier.pages.context import PageContext, find_newest_review, render_plain_line
from dossier.pages.embed import build_embed_code
from dossier.pages.list_order import group_claims_by_topic
from dossier.pages.page import Page

MAX_CARDS = 500
"""Claims of a dossier that have a picture of their own; drawing one takes as long as building several pages."""


class ClaimNeighbours(NamedTuple):
    """The claims before and after a claim within its first topic, in the order of the list of claims."""

    topic: str
    previous: Claim | None
    following: Claim | None
    topic_claim_count: int
    """Number of claims of the topic."""


def build_claim_pages(dossier: Dossier, preview: bool = False) -> Iterator[Page]:
    """A page for each claim."""
    neighbours = _find_claim_neighbours(dossier)
    for number, claim in enumerate(dossier.claims.values()):
        page = _build_claim_page(dossier, claim, neighbours[claim.id], preview)
        context = PageContext(dossier, page.url)
        has_card = dossier.settings.site_url and number < MAX_CARDS and has_claim_card(dossier, claim)
        yield (
            page
            if preview
            else replace(
                page,
                render_data=partial(render_claim_data, context, claim),
                oembed_path=OEMBED_PATH.replace("{id}", claim.id) if dossier.settings.site_url else "",
                render_card=partial(render_claim_card, context, claim) if has_card else None,
                render_linked_data=partial(render_claim_review, dossier, claim) if has_claim_review(dossier, claim) else None,
            )
        )


def _build_claim_page(dossier: Dossier, claim: Claim, neighbours: ClaimNeighbours, preview: bool) -> Page:
    """The page of one claim. Its dependencies are all records that the page quotes or computes with."""
    url = get_claim_url(claim.id)
    context = PageContext(dossier, url, preview)
    appearances = dossier.annotations_by_claim.get(claim.id, ())
    events = dossier.events_by_claim.get(claim.id, ())
    verdict = dossier.verdicts.get(claim.verdict)
    return Page(
        url=url,
        title=render_plain_line(claim.claim),
        render_html=partial(_render_claim_page, context, claim, neighbours),
        description=f"{verdict.label}: {render_plain_line(claim.summary)}" if verdict else render_plain_line(claim.summary),
        source_path=claim.path,
        parent_url="claims/",
        last_reviewed=find_newest_review([claim, *appearances, *events]),
        citation_metadata=build_citation_metadata(dossier, claim),
        dependencies=(
            claim,
            neighbours,
            appearances,
            events,
            *_iter_figure_dependencies(dossier, claim),
            *_iter_chart_dependencies(dossier, claim),
        ),
    )


def _render_claim_page(context: PageContext, claim: Claim, neighbours: ClaimNeighbours) -> str:
    """Compare the wordings, lay out arithmetic and charts, and render the page."""
    dossier = context.dossier
    texts = group_notes_by_text(dossier, claim)
    compared_texts = compare_wordings(texts.values())
    arithmetic = build_claim_arithmetic(context, claim)
    balance, charts = dossier.balances_by_claim[claim.id], dossier.charts_by_claim.get(claim.id, ())
    return context.render_template(
        "claim.html",
        claim=claim,
        citation=build_page_citation(dossier, claim),
        embed_code=None if context.is_preview else build_embed_code(claim, dossier.settings.site_url),
        neighbours=neighbours,
        appearances=list(zip(texts, compared_texts, strict=True)),
        article_count=len({text.article.slug for text in texts}),
        has_compared_wordings=any(wording.earlier_annotation for wordings in compared_texts for wording in wordings),
        events=dossier.events_by_claim.get(claim.id, ()),
        arithmetic=arithmetic,
        evidence_sides=list_evidence_sides(context, claim),
        tested_statements=describe_tested_statements(arithmetic),
        has_counted_evidence=bool(balance.counted_for or balance.counted_against),
        interested=find_interested_party(dossier, claim.claimant),
        printed_tallies=list_printed_tallies(dossier, claim),
        drawings=[build_chart_drawing(context, chart) for chart in charts if _find_home_claim_id(dossier, chart) == claim.id],
        charts_elsewhere=[chart for chart in charts if _find_home_claim_id(dossier, chart) != claim.id],
    )


def _find_claim_neighbours(dossier: Dossier) -> Mapping[str, ClaimNeighbours]:
    """Neighbours of each claim, by claim id."""
    return {
        claim.id: ClaimNeighbours(topic, before, after, len(claims))
        for topic, claims in group_claims_by_topic(dossier).items()
        # strict=False: the first list has one element more, a predecessor for nobody.
        for before, claim, after in zip([None, *claims], claims, [*claims[1:], None], strict=False)
    }


def _find_home_claim_id(dossier: Dossier, chart: Chart) -> str | None:
    """The claim whose page draws a chart, the first that it takes a figure from; other pages lead to it in a line."""
    return next((claim_id for claim_id in chart.claim_ids if claim_id in dossier.claims), None)


def _iter_figure_dependencies(dossier: Dossier, claim: Claim) -> Iterator[object]:
    """Yield the annotations that a claim's numbers are quoted from, and the claims whose figures it computes with."""
    annotation_refs = [figure.at for figure in claim.figures.values()] + [calculation.at for calculation in claim.calculations]
    yield from (dossier.get_annotation(ref) for ref in annotation_refs if ref)
    for formula in iter_claim_expressions(claim):
        yield from (input_figure.claim for input_figure in dossier.evaluator.list_inputs(claim, formula.expression))


def _iter_chart_dependencies(dossier: Dossier, claim: Claim) -> Iterator[object]:
    """Yield the charts of a claim, and the figures, claims and annotations that their numbers come from."""
    for chart in dossier.charts_by_claim.get(claim.id, ()):
        yield chart
        yield from (find_plotted_figure(name, dossier.evaluator, dossier.measures) for _, name in chart.iter_figure_names())
        for other in (dossier.claims[claim_id] for claim_id in chart.claim_ids if claim_id in dossier.claims):
            yield other
            yield from _iter_figure_dependencies(dossier, other)
        yield from (dossier.events.get(mark.event or "") for mark in chart.figures)
        yield from (dossier.get_annotation(name) for piece in chart.pieces for name in piece.quotations)
        yield from map(dossier.get_annotation, chart.instead)
        if chart.origins:
            yield from (dossier.sources, dossier.articles)
