"""Scenes: what a drawing consists of, as boxes, lines and words at their places, for one template to write as SVG.

Lengths are units of the SVG viewBox, origin at the top left, at the size at which the drawing is shown: letters of 14 units are
letters of 14 pixels. A drawing has a scene for each of `SCENE_WIDTHS`, and the page shows the one that fits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal

SCENE_WIDTHS = {"narrow": 320, "middle": 600, "wide": 960}
"""Widths for which drawings are laid out: of a phone, of a tablet or a column of text, and of a whole page."""

Tone = Literal["subject", "apart", "other", "open", "missing", "frame"]
"""What a box means: the subject, what is apart in it, all else, a number that nobody read, what is in no part, an outline."""
LetterStyle = Literal["plain", "strong", "quiet", "number"]
LETTER_SIZES: dict[LetterStyle, float] = {"plain": 14, "strong": 14, "quiet": 14, "number": 34}
LINE_HEIGHT = 18.0
"""Distance of two lines of words."""

# Widths of letters in parts of their size: those of a wide font, so that words fit in any. Digits are all of one width.
_NARROW_LETTERS, _WIDE_LETTERS = frozenset("iljft.,:;'’|!()[] \u00a0\u202f“”-/"), frozenset("mwMWOQGDNH%@—&")
_NARROW_WIDTH, _WIDE_WIDTH, _COMMON_WIDTH, _STRONG_FACTOR = 0.36, 0.84, 0.59, 1.07


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
    """A line of words; `y` is its baseline. `on` is the tone of the box behind it, which decides its colour."""

    x: float
    y: float
    text: str
    style: LetterStyle = "plain"
    anchor: Literal["start", "middle", "end"] = "start"
    on: Tone | None = None

    @property
    def size(self) -> float:
        """Height of its letters."""
        return LETTER_SIZES[self.style]


@dataclass
class Scene:
    """A drawing of one width; its parts are drawn in their order."""

    width: float
    height: float = 0
    boxes: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)

    def add_paragraph(
        self, x: float, y: float, lines: Iterable[str], style: LetterStyle = "plain", on: Tone | None = None
    ) -> float:
        """Write lines below each other, the first with its top at `y`; returns the y below the last."""
        for text in lines:
            self.words.append(Words(x, y + LETTER_SIZES[style], text, style, on=on))
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
    parts = sum(
        _NARROW_WIDTH if letter in _NARROW_LETTERS else _WIDE_WIDTH if letter in _WIDE_LETTERS else _COMMON_WIDTH for letter in text
    )
    return parts * LETTER_SIZES[style] * (1 if style in ("plain", "quiet") else _STRONG_FACTOR)


def wrap_words(text: str, width: float, style: LetterStyle = "plain") -> list[str]:
    """Break a text into lines of at most a width, between words; a word that is wider has a line of its own."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and measure_words(f"{lines[-1]} {word}", style) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
