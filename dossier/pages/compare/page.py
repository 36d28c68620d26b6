"""Comparison of the articles: a table with claims as rows and texts as columns, texts in order of lineage (origins first).

A text is an article without its layers, or one of its layers; a cell has the annotations in which the text makes the claim.
The rows cost time and memory in proportion to the annotations; the table costs claims times texts, so many texts get none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import partial
from typing import NamedTuple

from dossier.model.dossier import Dossier
from dossier.model.records import Annotation, Claim
from dossier.pages.compare.quotation_table import build_quotation_grid
from dossier.pages.compare.texts import ComparisonColumn, get_lineage_key, group_notes_by_text
from dossier.pages.context import PageContext, find_newest_review
from dossier.pages.filter_labels import get_topic_labels, get_verdict_labels
from dossier.pages.list_filters import FilterForm, ListFilter, ToggleFilter, build_filter_form
from dossier.pages.list_order import group_claims_by_topic
from dossier.pages.page import Page
from dossier.pages.page_registry import index_page

MAX_COMPARISON_COLUMNS = 40
"""Columns up to which there is a table; beyond, each claim has a list of the texts that mention it."""

MAX_UNSCROLLED_COLUMNS = 8
"""Columns that fit on a wide screen; a table with more columns scrolls horizontally."""


class ComparisonRow(NamedTuple):
    """A claim and the annotations in which each text makes it, texts in order of lineage; others are left out."""

    claim: Claim
    annotations_by_column: Mapping[ComparisonColumn, list[Annotation]]

    @property
    def has_departures(self) -> bool:
        """Whether an annotation has another stance than `as-stated`; otherwise the texts cannot differ in this claim."""
        return any(note.stance not in (None, "as-stated") for notes in self.annotations_by_column.values() for note in notes)


@index_page("compare/")
def build_compare_page(dossier: Dossier, preview: bool = False) -> Page:
    """The page that compares how the texts make each claim."""
    notes = [note for claim_id in dossier.claims for note in dossier.annotations_by_claim.get(claim_id, ())]
    return Page(
        "compare/",
        "Compare",
        partial(_render_compare_page, PageContext(dossier, "compare/", preview)),
        "How each article words each claim, side by side, the earliest first.",
        anchor_ids=frozenset(dossier.tables),
        last_reviewed=find_newest_review([*dossier.claims.values(), *notes, *dossier.tables.values()]),
    )


def build_comparison(dossier: Dossier) -> tuple[list[ComparisonColumn], Mapping[str, ComparisonRow]]:
    """The columns of all claims in order of lineage, and their rows by claim id."""
    rows = {claim.id: ComparisonRow(claim, group_notes_by_text(dossier, claim)) for claim in dossier.claims.values()}
    columns = {column for row in rows.values() for column in row.annotations_by_column}
    return sorted(columns, key=partial(get_lineage_key, dossier)), rows


def _render_compare_page(context: PageContext) -> str:
    """Render the page, each claim under its first topic."""
    dossier = context.dossier
    columns, rows = build_comparison(dossier)
    verdict_ids = {row.claim.verdict for row in rows.values()}
    verdict_ids |= {
        note.verdict for row in rows.values() for notes in row.annotations_by_column.values() for note in notes if note.verdict
    }
    return context.render_template(
        "compare.html",
        columns=columns,
        column_numbers=_number_similar_columns(columns),
        rows_by_topic={topic: [rows[claim.id] for claim in claims] for topic, claims in group_claims_by_topic(dossier).items()},
        claim_count=len(rows),
        has_table=len(columns) <= MAX_COMPARISON_COLUMNS,
        scrolls=len(columns) > MAX_UNSCROLLED_COLUMNS,
        filters=_build_compare_filters(context, rows),
        grids=[build_quotation_grid(dossier, table) for table in dossier.tables.values()],
        verdicts=[verdict for verdict in dossier.verdicts.values() if verdict.id in verdict_ids],
    )


def _build_compare_filters(context: PageContext, rows: Mapping[str, ComparisonRow]) -> FilterForm:
    """Filters by topic, by verdict, and for claims in which a text departs from the claim."""
    topic_labels = get_topic_labels(context, (row.claim for row in rows.values()))
    facets = [
        ListFilter[ComparisonRow]("topic", "Topic", lambda row: row.claim.listing_topics, topic_labels),
        ListFilter[ComparisonRow]("verdict", "Verdict", lambda row: (row.claim.verdict,), get_verdict_labels(context.dossier)),
        ToggleFilter[ComparisonRow]("differ", "Only where they differ", lambda row: row.has_departures),
    ]
    return build_filter_form(rows, facets, "claim")


def _number_similar_columns(columns: Iterable[ComparisonColumn]) -> Mapping[ComparisonColumn, int]:
    """Numbers from 1 for texts whose headings would be the same (writer, date, publisher); 0 for all others."""
    similar: defaultdict[tuple[object, ...], list[ComparisonColumn]] = defaultdict(list)
    for column in columns:
        similar[
            column.writer_id or column.article.name,
            str(column.publication_date),
            column.article.publisher if column.layer else "",
        ].append(column)
    return {column: number if len(group) > 1 else 0 for group in similar.values() for number, column in enumerate(group, 1)}
