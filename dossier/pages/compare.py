"""The page that holds the articles against each other: claims as rows, texts in order of lineage as columns.

A column is an article's own words or one of its layers; a cell holds the annotations in which that text puts the claim.
Work and memory grow with claims and appearances; the full table, which grows with their product, is kept to small dossiers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from dossier.model.dates import Edtf
from dossier.model.dossier import Dossier
from dossier.model.records import Annotation, Article, Claim, Layer
from dossier.pages.desk import Desk, newest
from dossier.pages.page import Page
from dossier.pages.views import claims_by_topic

MOST_COLUMNS = 40
MOST_CELLS = 20_000
"""Columns and cells up to which there is a table; beyond, each claim has a list of the texts that mention it."""

FITTING = 8
"""Columns that fit on a wide screen; a table with more scrolls in a box of its own."""


@dataclass(frozen=True, eq=False)
class Column:
    """A text that puts claims: an article's own words, or a layer of it."""

    article: Article
    layer: Layer | None

    @property
    def writer(self) -> str | None:
        """Id of the party that wrote it; None where it is not established."""
        return self.layer.writer if self.layer else self.article.publisher

    @property
    def published(self) -> Edtf | None:
        """When it was published, as well as that is known."""
        return self.layer.published if self.layer else self.article.published


class Row(NamedTuple):
    """A claim and its appearances, by the text they stand in, texts in order of lineage."""

    claim: Claim
    cells: Mapping[Column, list[Annotation]]

    @property
    def topics(self) -> tuple[str, ...]:
        """The claim's topics; `other` where it has none, as in the list of claims."""
        return self.claim.topics or ("other",)

    @property
    def differs(self) -> bool:
        """Whether some text departs from the claim; only then can two texts differ from each other."""
        return any(note.stance not in (None, "as-stated") for notes in self.cells.values() for note in notes)


def compare_page(shown: Dossier, preview: bool = False) -> Page:
    """Which text puts which claim, and how."""
    desk = Desk(shown, "compare/", preview)
    reviewed = newest([*shown.claims.values(), *(note for note in shown.all_annotations() if note.claim)])
    description = "How each article puts each claim, side by side in order of lineage."
    return Page("compare/", "Compare", partial(_drawn, desk), description, reviewed=reviewed)


def comparison(shown: Dossier) -> tuple[tuple[Column, ...], Mapping[str, list[Row]]]:
    """The columns in order of lineage, and the rows under the first topic of their claim."""
    made: dict[tuple[str, str], Column] = {}
    cells: defaultdict[str, defaultdict[Column, list[Annotation]]] = defaultdict(lambda: defaultdict(list))
    for name in shown.claims:
        for note in shown.appearances.get(name, ()):
            if article := shown.articles.get(note.article):
                layer = _layer(shown, article, note)
                column = made.setdefault((article.slug, layer.id if layer else ""), Column(article, layer))
                cells[name][column].append(note)
    columns = tuple(sorted(made.values(), key=partial(_lineage, shown)))
    rank = {column: place for place, column in enumerate(columns)}

    def row(claim: Claim) -> Row:
        of_claim = cells[claim.id]
        return Row(claim, {column: of_claim[column] for column in sorted(of_claim, key=rank.__getitem__)})

    return columns, {topic: [row(claim) for claim in claims] for topic, claims in claims_by_topic(shown).items()}


def _drawn(desk: Desk) -> str:
    """The HTML of the page."""
    shown = desk.dossier
    columns, rows = comparison(shown)
    named = {topic for group in rows.values() for row in group for topic in row.topics}
    judged = {claim.verdict for claim in shown.claims.values()} | {note.verdict for note in shown.all_annotations() if note.claim}
    return desk.render(
        "compare.html",
        columns=columns,
        numbers=_numbers(columns),
        rows=rows,
        tabular=len(columns) <= MOST_COLUMNS and len(columns) * len(shown.claims) <= MOST_CELLS,
        scrolls=len(columns) > FITTING,
        topics=sorted(named, key=desk.topic),
        verdicts=[verdict for verdict in shown.verdicts.values() if verdict.id in judged],
    )


def _layer(shown: Dossier, article: Article, note: Annotation) -> Layer | None:
    """The layer that a quotation stands in; none where its place is not known."""
    found = shown.found(note)
    return article.layer_of(found.span.paragraph) if found else None


def _lineage(shown: Dossier, column: Column) -> tuple[object, ...]:
    """Sorts by the first day a text can date from, which is not before what it goes back to was public; undated texts last.

    On the same day the more exactly dated comes first, then what stands on its own before what is printed in another.
    """
    article, layer, date = column.article, column.layer, column.published
    sources = [shown.sources[name] for name in article.origin if name in shown.sources] if not layer else []
    public = [known.earliest for source in sources if (known := source.known_from or source.published)]
    days = (max([date.earliest, *public]), date.latest) if date else ()
    return (date is None, days, layer is not None, bool(sources), article.slug, layer.id if layer else "")


def _numbers(columns: Iterable[Column]) -> Mapping[Column, int]:
    """Numbers that tell apart texts of the same writer and date, from 1; 0 where none is needed."""
    alike: defaultdict[tuple[object, ...], list[Column]] = defaultdict(list)
    for column in columns:
        alike[column.writer, str(column.published), column.article.publisher if column.layer else ""].append(column)
    return {column: place if len(group) > 1 else 0 for group in alike.values() for place, column in enumerate(group, 1)}
