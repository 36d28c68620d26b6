"""The page that holds the articles against each other: claims as rows, texts in order of lineage as columns.

A column is an article's own words or one of its layers; a cell holds the annotations in which that text puts the claim.
Work and memory grow with claims and appearances; the table, which grows with their product, is left out for many texts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from dossier.model.dates.edtf import Edtf
from dossier.model.dossier import Dossier
from dossier.model.records import Annotation, Article, Claim, Layer
from dossier.pages.context import PageContext, find_newest_review
from dossier.pages.list_facets import FilterForm, ListFilter, ToggleFilter, build_filter_form
from dossier.pages.list_pages import get_topic_labels, get_verdict_labels, group_claims_by_topic
from dossier.pages.page import Page

MAX_COMPARISON_COLUMNS = 40
"""Columns up to which there is a table; beyond, each claim has a list of the texts that mention it."""

MAX_UNSCROLLED_COLUMNS = 8
"""Columns that fit on a wide screen; a table with more scrolls in a box of its own."""


@dataclass(frozen=True, eq=False)
class ComparisonColumn:
    """A text that puts claims: an article's own words, or a layer of it."""

    article: Article
    layer: Layer | None

    @property
    def writer_id(self) -> str | None:
        """Id of the party that wrote it; None where it is not established."""
        return self.layer.writer if self.layer else self.article.publisher

    @property
    def publication_date(self) -> Edtf | None:
        """When it was published, as well as that is known."""
        return self.layer.published if self.layer else self.article.published


class ComparisonRow(NamedTuple):
    """A claim and its appearances, by the text they stand in, texts in order of lineage."""

    claim: Claim
    annotations_by_column: Mapping[ComparisonColumn, list[Annotation]]

    @property
    def has_departures(self) -> bool:
        """Whether some text departs from the claim; only then can two texts differ from each other."""
        return any(note.stance not in (None, "as-stated") for notes in self.annotations_by_column.values() for note in notes)


def build_compare_page(shown: Dossier, preview: bool = False) -> Page:
    """Which text puts which claim, and how."""
    notes = [note for claim in shown.claims for note in shown.annotations_by_claim.get(claim, ())]
    return Page(
        "compare/",
        "Compare",
        partial(_render_compare_page, PageContext(shown, "compare/", preview)),
        "How each article puts each claim, side by side in order of lineage.",
        last_reviewed=find_newest_review([*shown.claims.values(), *notes]),
    )


def build_comparison(shown: Dossier, claims: Iterable[Claim]) -> tuple[tuple[ComparisonColumn, ...], Mapping[str, ComparisonRow]]:
    """Of some claims, the columns in order of lineage, and the rows by the claim's id."""
    made: dict[tuple[str, str], ComparisonColumn] = {}
    rows = {claim.id: claim for claim in claims}
    cells = {name: _group_annotations_by_column(shown, shown.annotations_by_claim.get(name, ()), made) for name in rows}
    columns = tuple(sorted(made.values(), key=partial(_get_lineage_key, shown)))
    rank = {column: place for place, column in enumerate(columns)}

    def row(claim: Claim) -> ComparisonRow:
        of_claim = cells[claim.id]
        return ComparisonRow(claim, {column: of_claim[column] for column in sorted(of_claim, key=rank.__getitem__)})

    return columns, {name: row(claim) for name, claim in rows.items()}


def sort_appearances_by_lineage(shown: Dossier, claim: Claim) -> Mapping[ComparisonColumn, list[Annotation]]:
    """The appearances of one claim by the text they stand in, texts in order of lineage."""
    texts = _group_annotations_by_column(shown, shown.annotations_by_claim.get(claim.id, ()), {})
    return {column: texts[column] for column in sorted(texts, key=partial(_get_lineage_key, shown))}


def _group_annotations_by_column(
    shown: Dossier, notes: Iterable[Annotation], made: dict[tuple[str, str], ComparisonColumn]
) -> Mapping[ComparisonColumn, list[Annotation]]:
    """Annotations by the text they stand in; columns that have been made serve again."""
    texts: defaultdict[ComparisonColumn, list[Annotation]] = defaultdict(list)
    for note in notes:
        if article := shown.articles.get(note.article):
            layer = _find_annotation_layer(shown, article, note)
            texts[made.setdefault((article.slug, layer.id if layer else ""), ComparisonColumn(article, layer))].append(note)
    return texts


def _render_compare_page(context: PageContext) -> str:
    """The HTML of the page: each claim under its first topic."""
    shown = context.dossier
    columns, rows = build_comparison(shown, shown.claims.values())
    judged = {row.claim.verdict for row in rows.values()}
    judged |= {
        note.verdict for row in rows.values() for notes in row.annotations_by_column.values() for note in notes if note.verdict
    }
    return context.render_template(
        "compare.html",
        columns=columns,
        numbers=_number_similar_columns(columns),
        rows={topic: [rows[claim.id] for claim in claims] for topic, claims in group_claims_by_topic(shown).items()},
        number=len(rows),
        tabular=len(columns) <= MAX_COMPARISON_COLUMNS,
        scrolls=len(columns) > MAX_UNSCROLLED_COLUMNS,
        filters=_build_compare_filters(context, rows),
        verdicts=[verdict for verdict in shown.verdicts.values() if verdict.id in judged],
    )


def _build_compare_filters(context: PageContext, rows: Mapping[str, ComparisonRow]) -> FilterForm:
    facets = [
        ListFilter[ComparisonRow](
            "topic",
            "Topic",
            lambda row: row.claim.listing_topics,
            get_topic_labels(context, (row.claim for row in rows.values())),
        ),
        ListFilter[ComparisonRow]("verdict", "Verdict", lambda row: (row.claim.verdict,), get_verdict_labels(context.dossier)),
        ToggleFilter[ComparisonRow]("differ", "Only where they differ", lambda row: row.has_departures),
    ]
    return build_filter_form(rows, facets, "claim", "claims")


def _find_annotation_layer(shown: Dossier, article: Article, note: Annotation) -> Layer | None:
    """The layer that a quotation stands in; none where its place is not known."""
    found = shown.find_anchor(note)
    return article.get_layer(found.span.paragraph) if found else None


def _get_lineage_key(shown: Dossier, column: ComparisonColumn) -> tuple[object, ...]:
    """Sorts by the first day a text can date from, which is not before what it goes back to was public; undated texts last.

    On the same day the more exactly dated comes first, then what stands on its own before what is printed in another.
    """
    article, layer, date = column.article, column.layer, column.publication_date
    sources = [shown.sources[name] for name in article.origin if name in shown.sources] if not layer else []
    public = [known.earliest_day for source in sources if (known := source.known_from or source.published)]
    days = (max([date.earliest_day, *public]), date.latest_day) if date else ()
    return (date is None, days, layer is not None, bool(sources), article.slug, layer.id if layer else "")


def _number_similar_columns(columns: Iterable[ComparisonColumn]) -> Mapping[ComparisonColumn, int]:
    """Numbers that tell apart texts of the same writer and date, from 1; 0 where none is needed."""
    alike: defaultdict[tuple[object, ...], list[ComparisonColumn]] = defaultdict(list)
    for column in columns:
        alike[
            column.writer_id or column.article.name,
            str(column.publication_date),
            column.article.publisher if column.layer else "",
        ].append(column)
    return {column: place if len(group) > 1 else 0 for group in alike.values() for place, column in enumerate(group, 1)}
