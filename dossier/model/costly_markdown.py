"""What makes hosts take minutes over a page: signs that a parser follows to the end of a text, again for each one.

Python-Markdown looks for the end of every `[` and `](` in its block, and of every `<` in its page, character by character;
a table is filled up to the cells of its head in every row; and the accents of a heading's letter are put in order, each
compared with each. So the work is known before it is done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from dossier.model.normalization import iter_mark_runs

MAX_SCANNED_CHARACTERS = 1_000_000
"""Characters that are read in search of ends, and cells of tables. Python-Markdown takes a second or two for as many."""

_MARK_SQUARES_PER_SIGN = 2500
"""Comparisons of two accents in the time in which Python-Markdown reads a character."""

_BLANK_LINE_PATTERN = re.compile(r"^[^\S\n]*+$", re.MULTILINE)
_BRACKET_PATTERN = re.compile(r"\\.|(?<=\])\(|[\[\])]", re.DOTALL)
_ANGLE_PATTERN = re.compile(r"<(?=[a-zA-Z/!?])|>")
_DELIMITER_ROW_PATTERN = re.compile(r"^[ \t|:-]++$", re.MULTILINE)


class CostlyPlace(NamedTuple):
    """A sign that a parser follows far: its offset in the text, how far, and what to do about it."""

    offset: int
    cost: int
    message: str
    help: str


def find_costly_markdown(text: str) -> CostlyPlace | None:
    """The costliest sign of a text that costs too much altogether; None if it does not."""
    places = [*_iter_tag_costs(text), *_iter_mark_costs(text)]
    start = 0
    for end in (*(line.start() for line in _BLANK_LINE_PATTERN.finditer(text)), len(text)):
        places += [*_iter_bracket_costs(text[start:end], start), *_iter_table_costs(text[start:end], start)]
        start = end
    total = sum(place.cost for place in places)
    return max(places, key=lambda place: place.cost) if total > MAX_SCANNED_CHARACTERS else None


def _iter_bracket_costs(block: str, offset: int) -> Iterator[CostlyPlace]:
    """Yield the brackets of a block, which begins at `offset`, with the distance to their end, or to the block's."""
    message = "so many brackets are closed late or never, from here on, that the page would take minutes to draw"
    help = r"close each bracket of a link; write \[ for one that is text"
    opened: dict[str, list[int]] = {"]": [], ")": []}
    for sign in _BRACKET_PATTERN.finditer(block):
        if sign[0] in "[(":
            opened["]" if sign[0] == "[" else ")"].append(sign.start())
        elif sign[0] in opened and opened[sign[0]]:
            start = opened[sign[0]].pop()
            yield CostlyPlace(offset + start, sign.start() - start, message, help)
    for start in (*opened["]"], *opened[")"]):
        yield CostlyPlace(offset + start, len(block) - start, message, help)


def _iter_tag_costs(text: str) -> Iterator[CostlyPlace]:
    """Yield each `<` that may begin a tag with the distance to the next `>`, or to the end of the text."""
    message = "so many tags are never closed, from here on, that the page would take minutes to draw"
    opened: list[int] = []
    for sign in (*_ANGLE_PATTERN.finditer(text), None):
        if sign and sign[0] == "<":
            opened.append(sign.start())
        else:
            end = sign.start() if sign else len(text)
            yield from (CostlyPlace(start, end - start, message, "write &lt; for a < that is text") for start in opened)
            opened = []


def _iter_mark_costs(text: str) -> Iterator[CostlyPlace]:
    """Yield each long run of accents; where a run is as long as the bound, its square takes a second or two."""
    message = "so many accents stand on one letter, from here on, that the page would take minutes to draw"
    for start, end in iter_mark_runs(text):
        yield CostlyPlace(start, (end - start) ** 2 // _MARK_SQUARES_PER_SIGN, message, "keep those that the word has")


def _iter_table_costs(block: str, offset: int) -> Iterator[CostlyPlace]:
    """Yield each row of hyphens that may be below a table's head with the cells of its table."""
    for row in _DELIMITER_ROW_PATTERN.finditer(block):
        cells = row[0].count("|") * block.count("\n", row.end()) if "-" in row[0] else 0
        message = f"the table from here on has some {cells:,} cells, and the page would take minutes to draw"
        yield CostlyPlace(offset + row.start(), cells, message, "make it smaller, or several of it")
