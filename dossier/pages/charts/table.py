"""The numbers of a chart as a table: for readers below the drawing, and as CSV to take away."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from io import StringIO
from typing import ClassVar, NamedTuple

from markupsafe import Markup, escape

from dossier.model.records import Article
from dossier.model.vocabulary import READING_EXTENT_LABELS
from dossier.pages.charts.lag_bars import LagBar
from dossier.pages.charts.lineage import LineageNode
from dossier.pages.charts.nested_boxes import NOT_READ_LABEL, NestedBox, NestedPanel
from dossier.pages.charts.rows import ChartFigure, format_share
from dossier.pages.charts.whole_bar import PartsOfWhole
from dossier.pages.charts.word_strips import WordStrip
from dossier.pages.context import PageContext, get_template_environment
from dossier.pages.csv_cells import neutralize_formula


class TableGroup(NamedTuple):
    """Rows that belong together, under a heading (empty: none); the first cell of a row is its name."""

    heading: str
    rows: Sequence[tuple[Markup, ...]]


@dataclass(frozen=True)
class ChartTable:
    """A table: the heads of its columns, and its rows in groups."""

    headers: tuple[str, ...]
    groups: list[TableGroup]

    number_headers: ClassVar[frozenset[str]] = frozenset({"Number", "Share", "Share of the box around it"})
    """Columns of numbers, which are set flush."""

    def to_csv(self) -> str:
        """The table as CSV (RFC 4180), the headings of the groups in a column of their own where there are any."""
        has_headings = any(group.heading for group in self.groups)
        text = StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow(["Part", *self.headers] if has_headings else self.headers)
        for group in self.groups:
            for row in group.rows:
                cells = [format_csv_cell(cell) for cell in row]
                writer.writerow([format_csv_cell(escape(group.heading)), *cells] if has_headings else cells)
        return text.getvalue()


def format_csv_cell(cell: Markup) -> str:
    """A cell as plain text that no spreadsheet takes for a formula."""
    return neutralize_formula(" ".join(unescape(cell.striptags()).split()).removeprefix("= "))


def build_figures_table(context: PageContext, figures: Sequence[ChartFigure]) -> ChartTable:
    """Figures with their periods."""
    rows = [
        (escape(figure.label), _render_period(context, figure), _render_origin(context, figure), escape(figure.text))
        for figure in figures
    ]
    return ChartTable(("Figure", "Period", "Where it stands", "Number"), [TableGroup("", rows)])


def build_parts_table(context: PageContext, parts: PartsOfWhole) -> ChartTable:
    """The parts with their shares, what is in none of them, the bracket and the whole."""
    rows = []
    for part in parts.parts:
        origin = _render_origin(context, part.figure) if part.figure else escape(f"= {parts.operation_text}")
        rows.append(
            (
                escape(part.label.capitalize() if not part.figure else part.label),
                origin,
                escape(part.text),
                escape(part.share_text),
            )
        )
    for figure in (parts.bracket, parts.whole):
        if figure:
            rows.append((escape(figure.label), _render_origin(context, figure), escape(figure.text), Markup()))
    return ChartTable(("Part", "Where it stands", "Number", "Share"), [TableGroup("", rows)])


def build_nested_table(context: PageContext, panels: Sequence[NestedPanel]) -> ChartTable:
    """The boxes of each panel, with the share that each takes of the box around it."""
    groups = []
    for panel in panels:
        rows: list[tuple[Markup, ...]] = [
            (escape(panel.label), _render_origin(context, panel.figure), escape(panel.figure.text), Markup())
        ]
        for root in panel.boxes:
            rows += _list_box_rows(context, root)
        groups.append(TableGroup(panel.figure.text, rows))
    return ChartTable(("Box", "Where it stands", "Number", "Share of the box around it"), groups)


def _list_box_rows(context: PageContext, box: NestedBox) -> list[tuple[Markup, ...]]:
    share = escape(format_share(box.share)) if box.share is not None else Markup()
    if box.figure:
        row = (escape(box.label), _render_origin(context, box.figure), escape(box.figure.text), share)
    else:
        row = (escape(box.label), Markup(), escape(NOT_READ_LABEL), Markup())
    return [row, *(inner for child in box.inner for inner in _list_box_rows(context, child))]


def build_lag_table(context: PageContext, bars: Sequence[LagBar]) -> ChartTable:
    """Each figure with its period, the event of its printing, and how old what it counts was then."""
    rows = []
    for bar in bars:
        printed = context.render_date(bar.printed)
        rows.append(
            (
                escape(bar.figure.label),
                context.render_date(bar.period),
                printed,
                escape(bar.lag_text),
                _render_origin(context, bar.figure),
                escape(bar.figure.text),
            )
        )
    return ChartTable(("Figure", "Period", "Printed", "Age", "Where it stands", "Number"), [TableGroup("", rows)])


def build_lineage_table(context: PageContext, trees: Sequence[LineageNode]) -> ChartTable:
    """Each text with its day, the text that it comes from, and how far it was read."""
    groups = []
    for tree in trees:
        rows: list[tuple[Markup, ...]] = []
        path: list[LineageNode] = []
        for depth, node in tree.iter_rows():
            del path[depth:]
            rows.append(
                (
                    _render_text_link(context, node),
                    context.render_date(node.published),
                    escape(path[-1].label) if path else Markup("nothing else that we know of"),
                    Markup("article of this dossier")
                    if isinstance(node.record, Article)
                    else escape(READING_EXTENT_LABELS[node.record.checked].lower()),
                )
            )
            path.append(node)
        groups.append(TableGroup(tree.label, rows))
    return ChartTable(("Text", "Published", "Goes back to", "How far read"), groups)


def build_strips_table(context: PageContext, strips: Sequence[WordStrip]) -> ChartTable:
    """Each piece of each text, in its words, linked to the quotation."""
    groups = []
    for strip in strips:
        rows: list[tuple[Markup, ...]] = []
        for piece in strip.pieces:
            words = context.render_quotation_link(piece.quotation) if piece.quotation else escape(piece.words)
            rows.append((escape(piece.label), words, escape(piece.verdict)))
        groups.append(TableGroup(strip.label, rows))
    return ChartTable(("Piece", "In its words", "Verdict on them"), groups)


def _render_text_link(context: PageContext, node: LineageNode) -> Markup:
    record = node.record
    return context.render_article_link(record.slug) if isinstance(record, Article) else context.render_source_link(record.id)


def _render_period(context: PageContext, figure: ChartFigure) -> Markup:
    return context.render_date(figure.measure.period) if figure.measure and figure.measure.period else Markup("not established")


def _render_origin(context: PageContext, figure: ChartFigure) -> Markup:
    """Where a figure stands: a quotation, a source, or the arithmetic that it comes from."""
    macro = getattr(get_template_environment().get_template("tables.html").module, "figure_origin")  # noqa: B009 (not in its type)
    return Markup(macro(context, figure.row))
