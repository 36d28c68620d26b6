"""What is wrong with a dossier, and where: a `Problem` is one fault in the content, as a value."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from dossier.model.problems.rules import RULES

Severity = Literal["error", "notice"]

FORBIDDEN_CHARACTERS_PATTERN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
"""Control, line-separating and bidirectional-override characters; line ends, tabs and joiners are none of them."""


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A spot in a file: path relative to the dossier's root, line and column counted from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class LineEdit(NamedTuple):
    """One way to set a line right: `new` for `old`, which stands at a problem's place or behind it; with no `old`, a line more.

    `how` says how sure that is: `write` (certain), `maybe` (likely, for people to decide), `or` (another way), `add` (a
    line that is missing), `e.g.` (an example of what belongs there).
    """

    edit_kind: Literal["write", "maybe", "or", "add", "e.g."]
    old_text: str
    new_text: str


def get_record_indentation(line: str) -> str:
    """The spaces before the keys of the record that a line of YAML belongs to; the hyphen of a list counts as one."""
    return " " * (len(line) - len(re.sub(r"^ *(?:- +)*", "", line)))


def suggest_line_edits(old: str, candidates: Sequence[str]) -> tuple[LineEdit, ...]:
    """What may be meant by a word, the likeliest first."""
    return tuple(LineEdit("or" if number else "maybe", old, new) for number, new in enumerate(candidates))


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault: where it stands, which rule it breaks, what is wrong, what to do, and how the line would read."""

    location: Location
    rule: str
    message: str
    help: str = ""
    line_edits: tuple[LineEdit, ...] = ()

    @property
    def severity(self) -> Severity:
        """`error` fails a check; `notice` is only printed."""
        return RULES[self.rule].severity


class UnreadableError(ValueError):
    """A file, a value or an argument that cannot be read as what it should be; the text is for people.

    `help` says what to write instead; `rule` names the rule that it breaks; `values` may be what was meant, as it is
    written in a file: one where that is certain, several where people must decide.
    """

    def __init__(self, message: str, help: str = "", rule: str = "wrong-value", values: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message, self.help, self.rule, self.values = message, help, rule, tuple(values)
