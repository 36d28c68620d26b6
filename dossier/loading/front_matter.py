"""The records that stand between two lines of hyphens at the head of a Markdown file: what is wrong with their frame."""

from __future__ import annotations

import re

from dossier.model.problems.problem import LineEdit, Location, Problem

_FRONT_MATTER_LINE = re.compile(r"[a-z_]+:(?:\s|$)|\s+\S|[-#\]}]")
"""A line as records have them: a key, or what belongs to the key above."""


def describe_unclosed_front_matter(text: str, path: str, noun: str, rest: str) -> Problem:
    """The problem of a file whose first line is of hyphens, and no later one is; `noun` and `rest` name what they should part."""
    lines = text.split("\n")[1:]
    ends = (number for number, line in enumerate(lines, 2) if not _FRONT_MATTER_LINE.match(line))
    help = f"write a line of three hyphens between the {noun} and the {rest}"
    place = Location(path, next(ends, len(lines) + 1))
    return Problem(place, "yaml-syntax", f"the {noun} above is never closed", help, (LineEdit("add", "", "---"),))
