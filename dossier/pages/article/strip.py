"""The strip at the head of an article page: its map on one line, all paragraphs in a row with the quoted words marked."""

from __future__ import annotations

from typing import NamedTuple

from dossier.model.records import Verdict
from dossier.pages.article.paragraph_map import ArticleMap

GAP_WORDS = 0.004
"""Room between two paragraphs, as a share of all words."""


class StripMark(NamedTuple):
    """Quoted words: start and width in percent of the strip, and the verdict on them."""

    start_percent: float
    width_percent: float
    verdict: Verdict | None


class StripParagraph(NamedTuple):
    """A paragraph: start and width in percent of the strip, and the quoted words in it."""

    start_percent: float
    width_percent: float
    marks: tuple[StripMark, ...]


def build_article_strip(article_map: ArticleMap | None) -> tuple[StripParagraph, ...]:
    """The paragraphs of a map in a row, without menus and adverts; empty without a map or without words."""
    run_bars = [bar for run in article_map.runs for bar in run.bars] if article_map else []
    bars = [bar for bar in run_bars if bar.outline.kind != "furniture" and bar.outline.words]
    word_count = sum(bar.outline.words for bar in bars)
    longest = max((bar.outline.words for bar in run_bars), default=0)
    # Each paragraph takes its words and the gap behind it.
    gap = GAP_WORDS * word_count
    percent_of_word = 100 / (word_count + gap * len(bars)) if bars else 0
    # The quotations of the map are in percent of its longest paragraph.
    scale = longest / 100 * percent_of_word
    strip, words_before = [], 0.0
    for bar in bars:
        start = words_before * percent_of_word
        marks = tuple(
            StripMark(round(start + quoted.start_percent * scale, 2), round(quoted.width_percent * scale, 2), quoted.verdict)
            for quoted in bar.quotations
        )
        strip.append(StripParagraph(round(start, 2), round(bar.outline.words * percent_of_word, 2), marks))
        words_before += bar.outline.words + gap
    return tuple(strip)
