"""The picture that other sites show beside a link to a claim: verdict, number and sentence, as SVG for `output/social_cards.py`.

The lines are broken here, by widths of letters that are never less than those of the font; a text that this font cannot draw
gets no picture.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from dossier.model.dossier import Dossier
from dossier.model.normalization import normalize_text
from dossier.model.numbers.number_search import find_printed_numbers
from dossier.model.records import Claim, Verdict
from dossier.pages.context import PageContext, render_plain_line

WIDTH, HEIGHT, CARD_MARGIN = 800, 420, 48
"""Pixels. Networks show it at half of that or less, and it takes half the time of the 1,200 pixels that they allow."""
_LAST_LINE = 350
"""The lowest place of a line of text, in pixels."""

COLOURS = {
    **{"paper": "#fffdf9", "ink": "#1d1c1a", "quiet": "#5a5751", "rule": "#d9d4ca"},
    **{"holds": "#0a58a0", "caution": "#855300", "fails": "#ae2012", "open": "#5b4b7a", "none": "#5a5751"},
}
"""Those of the light scheme in `assets/style/palette.css`, by name."""

DRAWN_PATTERN = re.compile(
    "[ -~\u00a0-\u00ffŒœ\u2009\u2013\u2014\u2018-\u201a\u201c-\u201e\u2022\u2026\u2032\u2033\u2039\u203a\u2044€™\u2212]*"
)
"""The characters that the font has."""

_EM_WIDTHS = {
    **dict.fromkeys(" ',.:;·‘’", 0.3),
    **dict.fromkeys("!-[]ijlt|ìíîï", 0.36),
    **dict.fromkeys("()*/fIJ“”", 0.44),
    **dict.fromkeys("rsz?", 0.5),
    **dict.fromkeys("acegvxy0123456789–€£$", 0.56),
    **dict.fromkeys("bdhknopquEFLPZ", 0.62),
    **dict.fromkeys("ABCGTVXYDKNOQRU&", 0.74),
    **dict.fromkeys("Hw—…", 0.86),
}
"""Widths of characters in units of the font size, at least those of the bold face."""
_MAX_EM_WIDTH = 1.1
"""Of every other character."""

_NUMBER_SIZE, _LABEL_SIZE = 64, 30
_NUMBER_PATTERN = re.compile(r"[\d.,]+(?:\s?%)?")


class CardLine(NamedTuple):
    """A line of text: its place and size in pixels, its weight, and the name of its colour."""

    text: str
    x: int
    y: int
    size: int
    weight: int
    colour: str


@dataclass(frozen=True)
class ClaimCard:
    """What the picture of a claim shows; `number` is empty where the claim has none that is short enough."""

    verdict: Verdict
    number: str
    lines: tuple[CardLine, ...]
    site_name: str
    width, height, margin = WIDTH, HEIGHT, CARD_MARGIN
    number_size, label_size = _NUMBER_SIZE, _LABEL_SIZE

    @property
    def colours(self) -> Mapping[str, str]:
        """Colours by name."""
        return COLOURS

    @property
    def tone(self) -> str:
        """The colour of its verdict."""
        return COLOURS[self.verdict.tone]


def has_claim_card(dossier: Dossier, claim: Claim) -> bool:
    """Whether a claim has a picture: it has a verdict, and the font has all its letters."""
    verdict = dossier.verdicts.get(claim.verdict)
    texts = (verdict.label, claim.claim, claim.summary, dossier.settings.site_name) if verdict else ()
    return bool(verdict) and all(map(DRAWN_PATTERN.fullmatch, map(render_plain_line, texts)))


def render_claim_card(context: PageContext, claim: Claim) -> str:
    """The picture of a claim as SVG."""
    verdict, site_name = context.dossier.verdicts[claim.verdict], context.dossier.settings.site_name
    lines = _lay_out(f"Claim: {render_plain_line(claim.claim)}", render_plain_line(claim.summary))
    card = ClaimCard(verdict, _find_number(claim.claim, verdict.label), lines, site_name)
    return context.render_template("card.svg", card=card)


def _lay_out(statement: str, finding: str) -> tuple[CardLine, ...]:
    """The statement as it was made, and below it, stronger, what we found; what is long is set smaller."""
    for scale in (1.0, 0.9, 0.8, 0.7):
        lines, y = [], 100
        for text, size, weight, colour, gap in ((statement, 28, 400, "quiet", 12), (finding, 38, 700, "ink", 22)):
            y += gap
            for line in break_lines(text, WIDTH - 2 * CARD_MARGIN, round(size * scale)):
                y += round(size * scale * 1.28)
                lines.append(CardLine(line, CARD_MARGIN, y, round(size * scale), weight, colour))
        if y <= _LAST_LINE:
            break
    return tuple(lines)


def _find_number(claim: str, label: str) -> str:
    """The first number of a statement in digits, if there is room for it beside the verdict: "52 %"."""
    numbers = (number.text for _, _, number in find_printed_numbers(claim))
    number = next((text for text in numbers if _NUMBER_PATTERN.fullmatch(text)), "")
    room = WIDTH - 2 * CARD_MARGIN - 64 - estimate_width(label, _LABEL_SIZE)  # 64: the shape, and a gap
    return number if estimate_width(number, _NUMBER_SIZE) <= room else ""


def break_lines(text: str, width: int, size: int) -> list[str]:
    """Break a text at its spaces into lines of at most so many pixels; a longer word has a line of its own."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and estimate_width(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def estimate_width(text: str, size: int) -> float:
    """The width of a line in pixels, or somewhat more."""
    return size * sum(map(_get_em_width, text))


@lru_cache(maxsize=512)
def _get_em_width(character: str) -> float:
    # Of an accented letter, the width of the letter.
    return _EM_WIDTHS.get(normalize_text("NFD", character)[0], _MAX_EM_WIDTH)
