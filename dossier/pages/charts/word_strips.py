"""Strips of words: what each text kept of something, piece by piece and in its own words; what it has not is hatched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dossier.model.dossier import Dossier
from dossier.model.records import Annotation
from dossier.model.records.chart import Chart
from dossier.pages.charts.scene import LINE_HEIGHT, Box, Scene, Tone, Words, measure_words, wrap_words
from dossier.pages.context import PageContext

TEXT_WIDTH, PIECE_GAP, PIECE_PADDING, STRIP_GAP = 130.0, 6.0, 8.0, 12.0
MIN_PIECE_WIDTH = 150.0
MAX_NAME_LINES = 2
MISSING_LABEL = "not in it"


@dataclass(frozen=True)
class StripPiece:
    """A piece in a text: its words and the verdict on them. `quotation` is empty where the text has not got it."""

    label: str
    words: str
    quotation: str
    verdict: str
    tone: Tone


@dataclass(frozen=True)
class WordStrip:
    """A text, and its pieces; a text that has none of them has one piece instead, of what it says."""

    label: str
    pieces: list[StripPiece]
    is_instead: bool


def build_word_strips(context: PageContext, chart: Chart) -> list[WordStrip]:
    """A strip for each text, in the order in which the record names them; empty if a quotation is not known."""
    dossier = context.dossier
    named = [name for piece in chart.pieces for name in piece.quotations]
    if not named or not all(map(dossier.get_annotation, (*named, *chart.instead))):
        return []
    texts = dict.fromkeys(_find_text(context, name) for name in named)
    strips = []
    for text in texts:
        pieces = []
        for piece in chart.pieces:
            name = next((name for name in piece.quotations if _find_text(context, name) == text), "")
            pieces.append(_build_strip_piece(dossier, piece.label, name))
        strips.append(WordStrip(text, pieces, False))
    for name in chart.instead:
        strips.append(WordStrip(_find_text(context, name), [_build_strip_piece(dossier, "none of it", name, "missing")], True))
    return strips


def _build_strip_piece(dossier: Dossier, label: str, name: str, tone: Tone | None = None) -> StripPiece:
    note = dossier.get_annotation(name) if name else None
    if not note:
        return StripPiece(label, MISSING_LABEL, "", "", "missing")
    verdict = dossier.get_verdict(note)
    kept: Tone = "open" if note.stance == "garbled" else "other"  # other stances are about the claim, not about what was kept
    return StripPiece(label, f"“{note.quote}”", name, verdict.label if verdict else "", tone or kept)


def _find_text(context: PageContext, name: str) -> str:
    """The text that a quotation is in, as readers know it: who wrote it, or else its title."""
    note: Annotation | None = context.dossier.get_annotation(name)
    article = context.dossier.articles.get(note.article) if note else None
    if not note or not article:
        return ""
    anchor = context.dossier.find_anchor(note)
    writer = article.get_writer_id(anchor.span.paragraph) if anchor else article.publisher
    party = context.dossier.parties.get(writer or "")
    return party.name if party else article.name


def draw_word_strips(strips: Sequence[WordStrip], width: float) -> Scene:
    """Draw a row for each text with its pieces side by side under common heads, or where that is too narrow below each other."""
    count = max(len(strip.pieces) for strip in strips)
    piece_width = (width - TEXT_WIDTH) / count - PIECE_GAP
    return _draw_rows(strips, width, piece_width) if piece_width >= MIN_PIECE_WIDTH else _draw_stacks(strips, width)


def _draw_rows(strips: Sequence[WordStrip], width: float, piece_width: float) -> Scene:
    scene = Scene(width)
    heads = [wrap_words(piece.label, piece_width, "quiet") for piece in strips[0].pieces]
    y = 0.0
    for place, lines in enumerate(heads):
        y = max(y, scene.add_paragraph((TEXT_WIDTH + (piece_width + PIECE_GAP) * place, 0), lines, "quiet"))
    y += 8
    for strip in strips:
        names = _shorten_lines(wrap_words(strip.label, TEXT_WIDTH - 12, "strong"))
        widths = [width - TEXT_WIDTH if strip.is_instead else piece_width] * len(strip.pieces)
        texts = [wrap_words(piece.words, each - 2 * PIECE_PADDING) for piece, each in zip(strip.pieces, widths, strict=True)]
        height = LINE_HEIGHT * max(len(names), *map(len, texts)) + PIECE_PADDING + 4
        scene.add_paragraph((0, y + 4), names, "strong")
        x = TEXT_WIDTH
        for piece, lines, each in zip(strip.pieces, texts, widths, strict=True):
            _draw_piece(scene, piece, lines, Box(x, y, each, height, piece.tone))
            x += each + PIECE_GAP
        y += height + STRIP_GAP
    scene.height = y - STRIP_GAP + 2
    return scene


def _shorten_lines(lines: list[str]) -> list[str]:
    """The first lines of a name, with dots if that is not all of them."""
    return lines if len(lines) <= MAX_NAME_LINES else [*lines[: MAX_NAME_LINES - 1], f"{lines[MAX_NAME_LINES - 1]} …"]


def _draw_stacks(strips: Sequence[WordStrip], width: float) -> Scene:
    scene = Scene(width)
    y = 0.0
    for strip in strips:
        y = scene.add_paragraph((0, y), wrap_words(strip.label, width, "strong"), "strong") + 4
        for piece in strip.pieces:
            lines = wrap_words(f"{piece.label}: {piece.words}", width - 2 * PIECE_PADDING)
            box = Box(0, y, width, LINE_HEIGHT * len(lines) + PIECE_PADDING, piece.tone)
            _draw_piece(scene, piece, lines, box)
            y += box.height + PIECE_GAP
        y += STRIP_GAP
    scene.height = y - STRIP_GAP
    return scene


def _draw_piece(scene: Scene, piece: StripPiece, lines: Sequence[str], box: Box) -> None:
    scene.boxes.append(box)
    if piece.tone == "missing":  # words on hatching stand on a ground of their own
        longest = max(map(measure_words, lines))
        scene.boxes.append(Box(box.x + 4, box.y + 3, longest + 8, LINE_HEIGHT * len(lines) + 4, "paper"))
    for number, line in enumerate(lines):
        scene.words.append(Words(box.x + PIECE_PADDING, box.y + 16 + LINE_HEIGHT * number, line, on=piece.tone))
