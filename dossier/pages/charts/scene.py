"""Scenes: what a drawing consists of, as boxes, lines and words at their places, for one template to write as SVG.

Lengths are units of the SVG viewBox, origin at the top left, at the size at which the drawing is shown: letters of 14 units are
letters of 14 pixels. A drawing has a scene for each of `SCENE_WIDTHS`, and the page shows the one that fits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal

from dossier.model.dates.calendar_names import MONTH_NAMES
from dossier.model.numbers.printed import join_alternatives

SCENE_WIDTHS = {"narrow": 320, "middle": 600, "wide": 960}
"""Widths for which drawings are laid out: of a phone, of a tablet or a column of text, and of a whole page."""

Tone = Literal["subject", "apart", "other", "open", "missing", "frame", "paper"]
"""What a box means: the subject, what is apart in it, all else, what nobody read, what is in no part, an outline, nothing."""
LetterStyle = Literal["plain", "strong", "quiet", "number"]
LETTER_SIZES: dict[LetterStyle, float] = {"plain": 14, "strong": 14, "quiet": 14, "number": 34}
LINE_HEIGHT, MARK_SIZE = 18.0, 11.0
"""Distance of two lines of words; size of a mark in a key."""

# Widths of letters in parts of their size: those of a wide font (DejaVu Sans), so that words fit in any.
_NARROW_LETTERS, _WIDE_LETTERS = frozenset("iljft.,:;'’|!()[] \u00a0\u202f-/"), frozenset("mMW%@—…")
_NARROW_WIDTH, _COMMON_WIDTH, _CAPITAL_WIDTH, _WIDE_WIDTH, _STRONG_FACTOR = 0.36, 0.62, 0.76, 0.97, 1.12


# In "52 %", "12 October", "October 2020".
_KEPT_SPACE_PATTERN = re.compile(
    rf" (?=%)|(?<=\d) (?={join_alternatives(MONTH_NAMES)})|{join_alternatives([f'(?<={month})' for month in MONTH_NAMES])} (?=\d)"
)


@dataclass(frozen=True)
class Box:
    """A rectangle. `tone` says what it means; one that is `open` or `missing` is dashed or hatched and has no filling."""

    x: float
    y: float
    width: float
    height: float
    tone: Tone

    @property
    def hatching(self) -> str:
        """Path of slanted lines across the box, cut off at its edges."""
        lines, step = [], 6.0
        offset = step
        while offset < self.width + self.height:
            start = (self.x + min(offset, self.width), self.y + max(0.0, offset - self.width))
            end = (self.x + max(0.0, offset - self.height), self.y + min(offset, self.height))
            lines.append(f"M{start[0]:.1f} {start[1]:.1f}L{end[0]:.1f} {end[1]:.1f}")
            offset += step
        return "".join(lines)


@dataclass(frozen=True)
class Line:
    """A line: the data of an SVG path, and what it is: an `axis`, a `guide` to read along, or an `arrow`."""

    path: str
    kind: Literal["axis", "guide", "arrow"] = "axis"


@dataclass(frozen=True)
class Words:
    """A line of words; `y` is its baseline. `on` is the tone of the box behind it, which decides its colour.

    `lead` is what it begins with in strong letters: the number.
    """

    x: float
    y: float
    text: str
    style: LetterStyle = "plain"
    anchor: Literal["start", "middle", "end"] = "start"
    on: Tone | None = None
    lead: str = ""


@dataclass
class Scene:
    """A drawing of one width; its parts are drawn in their order."""

    width: float
    height: float = 0
    boxes: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)

    def add_paragraph(
        self,
        start: tuple[float, float],
        lines: Iterable[str],
        style: LetterStyle = "plain",
        on: Tone | None = None,
        lead: str = "",
    ) -> float:
        """Write lines below each other, the first with its top left corner at `start`; returns the y below the last.

        What they begin with is written in strong letters as far as it is `lead`.
        """
        x, y = start
        for text in lines:
            strong = lead if text.startswith(lead) else text if lead.startswith(text) else ""
            lead = lead.removeprefix(strong).lstrip(" ") if strong else ""
            self.words.append(Words(x, y + LETTER_SIZES[style], text.removeprefix(strong), style, on=on, lead=strong))
            y += LINE_HEIGHT
        return y


@dataclass(frozen=True)
class Picture:
    """A drawing: what it shows in a sentence, for those who do not see it, and a scene for each width."""

    description: str
    scenes: dict[str, Scene]


def draw_picture(description: str, draw_scene: Callable[[float], Scene]) -> Picture:
    """Draw a scene for each width."""
    return Picture(description, {name: draw_scene(width) for name, width in SCENE_WIDTHS.items()})


def measure_words(text: str, style: LetterStyle = "plain") -> float:
    """Upper bound of the width of a line of words."""
    return sum(map(_measure_letter, text)) * LETTER_SIZES[style] * (1 if style in ("plain", "quiet") else _STRONG_FACTOR)


def _measure_letter(letter: str) -> float:
    if letter in _NARROW_LETTERS:
        return _NARROW_WIDTH
    return _WIDE_WIDTH if letter in _WIDE_LETTERS else _CAPITAL_WIDTH if letter.isupper() or letter in "w&" else _COMMON_WIDTH


def keep_together(text: str) -> str:
    """A text with the parts of its percentages and dates kept together."""
    return _KEPT_SPACE_PATTERN.sub("\u00a0", text)


def wrap_words(text: str, width: float, style: LetterStyle = "plain") -> list[str]:
    """Break a text into lines of at most a width, between words; a word that is wider has a line of its own.

    The parts of a percentage and of a date are kept together.
    """
    lines: list[str] = []
    for word in keep_together(text).split(" "):
        if lines and measure_words(f"{lines[-1]} {word}", style) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
