"""Comparison of the articles: for each topic a table of the claims that its texts put differently, texts in order of lineage.

A text is an article without its layers, or one of its layers; a cell has the annotations in which the text makes the claim.
A claim that one text makes, or all in the same sense, has nothing to be compared with: it stands in a folded list.
The rows cost time and memory in proportion to the annotations; a table costs claims times texts, so many texts get none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from dossier.model.dossier import Dossier
from dossier.model.records import Annotation, Claim
from dossier.pages.compare.quotation_table import build_quotation_grid
from dossier.pages.compare.texts import ComparisonColumn, get_lineage_key, group_notes_by_text
from dossier.pages.context import PageContext, find_newest_review
from dossier.pages.filter_labels import get_topic_labels, get_verdict_labels
from dossier.pages.list_filters import FilterForm, ListFilter, build_filter_form
from dossier.pages.list_order import group_claims_by_topic
from dossier.pages.page import Page
from dossier.pages.page_registry import index_page

MAX_COMPARISON_COLUMNS = 40
"""Columns up to which a topic has a table; beyond, each claim has a list of the texts that make it."""

MAX_UNSCROLLED_COLUMNS = 8
"""Columns that fit on a wide screen; a table with more columns scrolls horizontally."""


class ComparisonRow(NamedTuple):
    """A claim and the annotations in which each text makes it, texts in order of lineage; others are left out."""

    claim: Claim
    annotations_by_column: Mapping[ComparisonColumn, list[Annotation]]

    @property
    def is_worded_differently(self) -> bool:
        """Whether two texts or more make the claim, and one of them in another sense than ours."""
        notes = (note for notes in self.annotations_by_column.values() for note in notes)
        return len(self.annotations_by_column) > 1 and any(note.stance not in (None, "as-stated") for note in notes)

    @property
    def weight(self) -> tuple[int, int]:
        """What orders rows, the greatest first: the number of texts, then of quotations."""
        return len(self.annotations_by_column), sum(map(len, self.annotations_by_column.values()))


class ComparedTopic(NamedTuple):
    """The claims of a topic, and the texts that make any of them in order of lineage."""

    topic: str
    rows: Sequence[ComparisonRow]
    columns: Sequence[ComparisonColumn]

    @property
    def has_table(self) -> bool:
        """Whether its texts are few enough for the columns of a table."""
        return len(self.columns) <= MAX_COMPARISON_COLUMNS

    @property
    def scrolls(self) -> bool:
        """Whether its table is wider than a wide screen."""
        return len(self.columns) > MAX_UNSCROLLED_COLUMNS


@index_page("compare/")
def build_compare_page(dossier: Dossier, preview: bool = False) -> Page:
    """The page that compares how the texts make each claim."""
    notes = [note for claim_id in dossier.claims for note in dossier.annotations_by_claim.get(claim_id, ())]
    return Page(
        "compare/",
        "Side by side",
        partial(_render_compare_page, PageContext(dossier, "compare/", preview)),
        "What the articles made of the same claim, each in its own words, the earliest first.",
        search_aliases=("compare", "compare articles", "comparison", "differences"),
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
    compared, others = _group_rows(dossier, columns, rows)
    return context.render_template(
        "compare.html",
        columns=columns,
        column_numbers=_number_similar_columns(columns),
        compared_topics=compared,
        compared_count=sum(len(topic.rows) for topic in compared),
        other_topics=others,
        other_count=sum(len(topic.rows) for topic in others),
        filters=_build_compare_filters(context, rows),
        grids=[build_quotation_grid(dossier, table) for table in dossier.tables.values()],
    )


def _group_rows(
    dossier: Dossier, columns: Sequence[ComparisonColumn], rows: Mapping[str, ComparisonRow]
) -> tuple[list[ComparedTopic], list[ComparedTopic]]:
    """The rows by topic: those that texts word differently, what most texts make first, and all others."""
    compared: list[ComparedTopic] = []
    others: list[ComparedTopic] = []
    places = {column: place for place, column in enumerate(columns)}
    for topic, claims in group_claims_by_topic(dossier).items():
        ordered = sorted((rows[claim.id] for claim in claims), key=lambda row: row.weight, reverse=True)
        for group, differs in ((compared, True), (others, False)):
            if chosen := [row for row in ordered if row.is_worded_differently == differs]:
                used = {column for row in chosen for column in row.annotations_by_column}
                group.append(ComparedTopic(topic, chosen, sorted(used, key=places.__getitem__)))
    compared.sort(key=lambda group: sum(row.weight[0] for row in group.rows), reverse=True)
    return compared, others


def _build_compare_filters(context: PageContext, rows: Mapping[str, ComparisonRow]) -> FilterForm:
    """Filters by topic and by verdict."""
    topic_labels = get_topic_labels(context, (row.claim for row in rows.values()))
    facets = [
        ListFilter[ComparisonRow]("topic", "Topic", lambda row: row.claim.listing_topics, topic_labels),
        ListFilter[ComparisonRow]("verdict", "Verdict", lambda row: (row.claim.verdict,), get_verdict_labels(context.dossier)),
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
