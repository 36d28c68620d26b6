"""Nested boxes: numbers in large, and below each the boxes that say what it is a share of.

Where both numbers are known, the area of a box is to the area of the box around it as their numbers are. A box without a number
has no true size: it is dashed, and stands inside the box around it with a margin, which says "inside" and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import sqrt
from typing import NamedTuple

from dossier.model.numbers.charts import compute_share_of_figure
from dossier.model.records.chart import ChartBox, ChartPanel, iter_boxes_around
from dossier.pages.charts.rows import ChartFigure, find_chart_figure
from dossier.pages.charts.scene import LINE_HEIGHT, MARK_SIZE, Box, LetterStyle, Scene, Tone, Words, measure_words, wrap_words
from dossier.pages.context import PageContext

MIN_PANEL_WIDTH, PANEL_GAP = 270.0, 32.0
BOXES_HEIGHT, LEVEL_HEIGHT = 190.0, 36.0
"""Height of a panel's boxes: of the innermost, and what each level around it adds."""
BOX_PADDING, BOX_MARGIN = 9.0, 11.0
"""Space between a box and its words; between a box and one inside it whose size says nothing."""
PANEL_NUMBER_HEIGHT, WORDS_WIDTH = 44.0, 200.0
"""Height of a number in large; width of what stands beside the boxes of a panel that has a row of its own."""
NOT_READ_LABEL = "number not known"


class Place(NamedTuple):
    """Where a box stands."""

    x: float
    y: float
    width: float
    height: float


@dataclass
class NestedBox:
    """A box with those inside it. `share` is its part of the box around it, None where one of the two numbers is not known."""

    label: str
    figure: ChartFigure | None
    tone: Tone
    share: Fraction | None
    inner: list[NestedBox] = field(default_factory=list)

    @property
    def words(self) -> str:
        """What stands in the box: number and label."""
        return f"{self.figure.lead} {self.label}" if self.figure else f"{self.label}: {NOT_READ_LABEL}"

    @property
    def style(self) -> LetterStyle:
        """The letters of its words."""
        return "plain" if self.figure else "quiet"

    @property
    def lead(self) -> str:
        """What its words begin with in strong letters: its number."""
        return self.figure.lead if self.figure else ""


@dataclass(frozen=True)
class NestedPanel:
    """A number in large, what it is a share of, its outermost boxes, and how many levels they have."""

    figure: ChartFigure
    label: str
    boxes: list[NestedBox]
    depth: int


def build_nested_panel(context: PageContext, panel: ChartPanel) -> NestedPanel | None:
    """The panel with its boxes; None if one of its figures is not known or has no exact number."""
    figure = find_chart_figure(context, panel.figure)
    nested: list[NestedBox] = []
    roots: list[NestedBox] = []
    for number, outer in iter_boxes_around(panel.boxes):
        box = panel.boxes[number]
        found = find_chart_figure(context, box.figure, box.label) if box.figure else None
        if box.figure and not (found and found.point):
            return None
        nested.append(_build_nested_box(box, found, nested[outer] if outer is not None else None))
        (nested[outer].inner if outer is not None else roots).append(nested[-1])
    if not figure or not figure.point or not roots:
        return None
    period = figure.measure.period if figure.measure else None
    label = f"{panel.label}, {period.date_in_words}" if period else panel.label
    return NestedPanel(figure, label, roots, max(box.level for box in panel.boxes))


def _build_nested_box(box: ChartBox, figure: ChartFigure | None, around: NestedBox | None) -> NestedBox:
    point_around = around.figure.point if around and around.figure else None
    share = compute_share_of_figure(figure.point, point_around) if figure and figure.point and around else None
    return NestedBox(box.label, figure, box.tone or ("other" if figure else "open"), share)


def draw_nested_panels(panels: Sequence[NestedPanel], width: float) -> Scene:
    """Draw panels side by side, as many as fit and so that none is left alone; with one in a row, its words stand beside it."""
    scene = Scene(width)
    columns = max(1, min(len(panels), int((width + PANEL_GAP) // (MIN_PANEL_WIDTH + PANEL_GAP))))
    while columns > 1 and len(panels) % columns == 1:
        columns -= 1
    column_width = (width - PANEL_GAP * (columns - 1)) / columns
    has_words_beside = columns == 1 and width - WORDS_WIDTH - PANEL_GAP >= MIN_PANEL_WIDTH
    words_width = WORDS_WIDTH if has_words_beside else column_width
    top = 0.0
    for start in range(0, len(panels), columns):
        row = panels[start : start + columns]
        labels = [wrap_words(panel.label, words_width, "quiet") for panel in row]
        height = BOXES_HEIGHT + LEVEL_HEIGHT * (max(panel.depth for panel in row) - 1)
        boxes_top = top if has_words_beside else top + PANEL_NUMBER_HEIGHT + LINE_HEIGHT * max(map(len, labels)) + 10
        bottom = boxes_top + height
        for place, (panel, lines) in enumerate(zip(row, labels, strict=True)):
            x = (column_width + PANEL_GAP) * place
            scene.words.append(Words(x, top + 30, panel.figure.lead, "number"))
            scene.add_paragraph((x, top + PANEL_NUMBER_HEIGHT - 2), lines, "quiet")
            left = WORDS_WIDTH + PANEL_GAP if has_words_beside else 0
            inside = Place(x + left, boxes_top, column_width - left, height)
            unlabelled = _draw_siblings(scene, panel.boxes, inside)
            bottom = max(bottom, _write_key(scene, unlabelled, x + left, boxes_top + height + 8, column_width - left))
        top = bottom + PANEL_GAP
    scene.height = top - PANEL_GAP + 4
    return scene


def _write_key(scene: Scene, boxes: Sequence[NestedBox], x: float, y: float, width: float) -> float:
    """Write the words of boxes that are too small for them, each after a mark in the colour of its box; returns the y below."""
    for box in boxes:
        scene.boxes.append(Box(x, y + 4, MARK_SIZE, MARK_SIZE, box.tone))
        lines = wrap_words(box.words, width - MARK_SIZE - BOX_PADDING, "strong")
        y = scene.add_paragraph((x + MARK_SIZE + BOX_PADDING, y), lines, "plain", lead=box.lead) + 4
    return y


def _draw_siblings(scene: Scene, boxes: Sequence[NestedBox], place: Place) -> list[NestedBox]:
    """Draw boxes whose sizes do not compare, side by side and equally wide; returns those whose words found no room."""
    unlabelled: list[NestedBox] = []
    each = (place.width - BOX_MARGIN * (len(boxes) - 1)) / len(boxes)
    line_count = max(len(wrap_words(box.words, each - 2 * BOX_PADDING, "strong")) for box in boxes)
    for number, box in enumerate(boxes):
        unlabelled += _draw_box(
            scene, box, Place(place.x + (each + BOX_MARGIN) * number, place.y, each, place.height), line_count
        )
    return unlabelled


def _draw_box(scene: Scene, box: NestedBox, place: Place, line_count: int = 0) -> list[NestedBox]:
    """Draw a box with its words, and what is in it; returns the boxes whose words found no room.

    Its words stand in it, or above it where what is in it leaves no room.

    `line_count`: how many lines its words take at least, so that boxes side by side begin at one height.
    """
    x, y, width, height = place
    lines = wrap_words(box.words, width - 2 * BOX_PADDING, "strong")
    words_height = LINE_HEIGHT * max(len(lines), line_count) + BOX_PADDING
    sized = [inner for inner in box.inner if inner.share is not None]
    loose = [inner for inner in box.inner if inner.share is None]
    filled = float(sum((inner.share for inner in sized if inner.share), Fraction(0)))
    if filled * height > height - words_height:
        scene.add_paragraph((x, y + words_height - BOX_PADDING - LINE_HEIGHT * len(lines)), lines, box.style, lead=box.lead)
        y, height, words_height = y + words_height, height - words_height, 0
        scene.boxes.append(Box(x, y, width, height, box.tone))
    else:
        scene.boxes.append(Box(x, y, width, height, box.tone))
        scene.add_paragraph((x + BOX_PADDING, y + 4), lines, box.style, box.tone, box.lead)
    inside = Place(x + BOX_MARGIN, y + words_height, width - 2 * BOX_MARGIN, height - words_height - BOX_MARGIN)
    unlabelled = _draw_siblings(scene, loose, inside) if loose else []
    return unlabelled + _draw_shares(scene, box, sized, Place(x, y, width, height), words_height)


def _draw_shares(
    scene: Scene, outer: NestedBox, boxes: Sequence[NestedBox], place: Place, words_height: float
) -> list[NestedBox]:
    """Draw boxes of true area along the foot of the box around them, below its words; returns those whose words found no room.

    One box alone has the shape of the box around it, as far as the words leave room; several are of one height.
    """
    x, y, width, height = place
    unlabelled: list[NestedBox] = []
    for box in boxes:
        share = float(box.share or 0)
        room = height - words_height
        inner_height = min(height * sqrt(share), room) if len(boxes) == 1 else room
        inner_width = share * width * height / inner_height if inner_height else 0
        inner = Place(x, y + height - inner_height, inner_width, inner_height)
        x += inner_width
        beside = Place(x, y + words_height, place.x + width - x, room - BOX_PADDING)
        if _has_room_for_words(box, inner):
            unlabelled += _draw_box(scene, box, inner)
        elif not box.inner and len(boxes) == 1 and _has_room_for_words(box, beside):
            scene.boxes.append(Box(*inner, box.tone))
            lines = wrap_words(box.words, beside.width - 2 * BOX_PADDING, "strong")
            scene.add_paragraph(
                (x + BOX_PADDING, y + height - LINE_HEIGHT * len(lines) - 7), lines, "plain", outer.tone, box.lead
            )
        else:
            scene.boxes.append(Box(*inner, box.tone))
            unlabelled += [box, *_draw_shares(scene, box, [each for each in box.inner if each.share is not None], inner, 0)]
    return unlabelled


def _has_room_for_words(box: NestedBox, place: Place) -> bool:
    lines = wrap_words(box.words, place.width - 2 * BOX_PADDING, "strong")
    is_wide_enough = all(measure_words(line, "strong") <= place.width - 2 * BOX_PADDING for line in lines)
    return is_wide_enough and LINE_HEIGHT * len(lines) + BOX_PADDING <= place.height
