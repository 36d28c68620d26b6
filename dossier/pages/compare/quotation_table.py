"""Tables of words: a row for each text that is quoted, the earliest first, and a column for each part."""

from __future__ import annotations

from dataclasses import dataclass

from dossier.model.dossier import Dossier
from dossier.model.records import Annotation, QuotationTable
from dossier.pages.compare.texts import ComparisonColumn, sort_notes_by_text
from dossier.pages.context import PageContext


@dataclass(frozen=True)
class GridRow:
    """A text, and what it has of each part of the table, in the order of the parts; empty where it has nothing."""

    text: ComparisonColumn
    cells: tuple[tuple[Annotation, ...], ...]


@dataclass(frozen=True)
class QuotationGrid:
    """A table of words, laid out. A column that is empty in every row is in no text."""

    table: QuotationTable
    rows: tuple[GridRow, ...]

    @property
    def empty_columns(self) -> frozenset[int]:
        """Numbers, from 0, of the parts that no text has."""
        return frozenset(number for number in range(len(self.table.parts)) if not any(row.cells[number] for row in self.rows))


def build_quotation_grid(dossier: Dossier, table: QuotationTable) -> QuotationGrid:
    """Lay out a table. Quotations that are not printed are left out."""
    spots = dict.fromkeys(spot for _, spot in table.iter_quotations())
    notes = {spot: note for spot in spots if (note := dossier.get_annotation(spot)) and _is_printed(dossier, note)}
    rows = []
    for text, own in sort_notes_by_text(dossier, notes.values()).items():
        quoted = {f"{note.article}#{note.id}" for note in own}
        cells = (tuple(notes[spot] for spot in part.quotations if spot in quoted) for part in table.parts)
        rows.append(GridRow(text, tuple(cells)))
    return QuotationGrid(table, tuple(rows))


def render_table_part(context: PageContext, table_id: str) -> str:
    """Render one table for a hand-written page; empty for an unknown id."""
    table = context.dossier.tables.get(table_id)
    return context.render_template("parts/tables.html", grids=[build_quotation_grid(context.dossier, table)]) if table else ""


def _is_printed(dossier: Dossier, note: Annotation) -> bool:
    article = dossier.articles.get(note.article)
    return article is not None and article.print != "metadata"
