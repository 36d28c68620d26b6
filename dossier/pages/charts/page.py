"""The page of all charts, charts inside other pages, and their files to take away: the numbers as CSV, the picture as SVG."""

from __future__ import annotations

from collections.abc import Iterator

from dossier.model.dossier import Dossier
from dossier.pages.charts.drawing import ChartDrawing, build_chart_drawing
from dossier.pages.charts.scene import LINE_HEIGHT, Words, wrap_words
from dossier.pages.context import PageContext, find_newest_review
from dossier.pages.page import Page, PageHeading
from dossier.pages.page_registry import index_page

FILE_MARGIN = 24.0
"""Space round the drawing in a picture to take away."""


@index_page("charts/")
def build_charts_page(dossier: Dossier, preview: bool = False) -> Page:
    """The page of all charts. Claim pages show those that use their figures and link here."""
    context, charts = PageContext(dossier, "charts/", preview), dossier.charts.values()
    return Page(
        "charts/",
        "Charts",
        lambda: context.render_template("charts.html", drawings=[build_chart_drawing(context, chart) for chart in charts]),
        "Figures of the dossier as drawings, each with its numbers and where they stand.",
        search_aliases=("graphs", "diagrams", "pictures"),
        headings=tuple(PageHeading(chart.id, chart.title) for chart in charts),
        anchor_ids=frozenset(dossier.charts),
        last_reviewed=find_newest_review(charts),
    )


def render_chart_part(context: PageContext, chart_id: str) -> str:
    """Render one chart for a hand-written page; empty for an unknown id."""
    chart = context.dossier.charts.get(chart_id)
    return context.render_template("parts/charts.html", drawings=[build_chart_drawing(context, chart)]) if chart else ""


def iter_chart_files(dossier: Dossier, preview: bool = False) -> Iterator[tuple[str, str]]:
    """Path in the site and text of each file to take away: of every chart its table as CSV, and its picture as SVG."""
    context = PageContext(dossier if preview else dossier.only_published(), "charts/", preview)
    for chart in context.dossier.charts.values():
        drawing = build_chart_drawing(context, chart)
        yield f"charts/{chart.id}.csv", drawing.table.to_csv()
        if drawing.picture:
            yield f"charts/{chart.id}.svg", _render_chart_picture(context, drawing)


def _render_chart_picture(context: PageContext, drawing: ChartDrawing) -> str:
    """The widest scene of a chart as a picture of its own, with the title above."""
    assert drawing.picture  # the caller has looked
    scene = drawing.picture.scenes["wide"]
    title = [
        Words(FILE_MARGIN, FILE_MARGIN + 20 + 28 * number, line, "strong")
        for number, line in enumerate(wrap_words(drawing.title, scene.width / 1.6, "strong"))
    ]
    top = FILE_MARGIN + 28 * len(title) + LINE_HEIGHT
    return context.render_template(
        "parts/chart.svg",
        drawing=drawing,
        scene=scene,
        title_words=title,
        margin=FILE_MARGIN,
        top=top,
        width=scene.width + 2 * FILE_MARGIN,
        height=scene.height + top + FILE_MARGIN,
    )
