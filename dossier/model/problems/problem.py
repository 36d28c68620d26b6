"""Problems with the content of a dossier, as values: location, rule, message, help and suggested edits.

Loading and checks return `Problem`s. `UnreadableError` is raised by parsers, which do not know the location; its caller
turns it into a `Problem`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from dossier.model.problems.rules import RULES

Severity = Literal["error", "notice"]

FORBIDDEN_CHARACTERS_PATTERN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""Control characters, line separators, bidirectional overrides and isolates, halves of surrogate pairs, and noncharacters.

They are invisible, and may make a line look different from what it says (CVE-2021-42574, "Trojan Source"). Line feeds,
tabs, and the joiners that some scripts need are allowed.
"""

_UNPRINTABLE_PATTERN = re.compile(rf"{FORBIDDEN_CHARACTERS_PATTERN.pattern}|[\t\n]")


def describe_control_escape(text: str) -> str:
    """What is wrong with a text in which an escape made a forbidden character; empty if there is none."""
    control = FORBIDDEN_CHARACTERS_PATTERN.search(text)
    return f"this escape is an invisible control character (U+{ord(control[0]):04X})" if control else ""


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A position in a file: path relative to the dossier's root; line and column (in code points) from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class LineEdit(NamedTuple):
    """A suggested edit: replace `old_text`, at a problem's location or after it on the same line, by `new_text`.

    If `old_text` is empty, `new_text` is a line to insert. `edit_kind` says how certain the suggestion is: `write` (certain),
    `maybe` (likely, the editor decides), `or` (an alternative to the one before), `add` (a missing line), `e.g.` (an
    example of what belongs there).
    """

    edit_kind: Literal["write", "maybe", "or", "add", "e.g."]
    old_text: str
    new_text: str


def get_record_indentation(line: str) -> str:
    """Indentation, in spaces, of the keys of a record, taken from one of its YAML lines. A list's `- ` counts as two spaces."""
    return " " * (len(line) - len(re.sub(r"^ *(?:- +)*", "", line)))


def suggest_line_edits(old: str, candidates: Sequence[str]) -> tuple[LineEdit, ...]:
    """Edits that replace a word by candidates, the likeliest first: the first is `maybe`, the others are `or`."""
    return tuple(LineEdit("or" if number else "maybe", old, new) for number, new in enumerate(candidates))


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One problem: its location, the id of the rule that is broken, what is wrong, how to correct it, suggested edits.

    Message and help are one line each: characters that would break or turn it, as a quoted key may have them, are escaped.
    """

    location: Location
    rule: str
    message: str
    help: str = ""
    line_edits: tuple[LineEdit, ...] = ()

    def __post_init__(self) -> None:
        for name in ("message", "help"):
            text = getattr(self, name)
            if _UNPRINTABLE_PATTERN.search(text):
                object.__setattr__(self, name, _UNPRINTABLE_PATTERN.sub(lambda found: ascii(found[0])[1:-1], text))

    @property
    def severity(self) -> Severity:
        """The rule's severity: an `error` makes a check fail, a `notice` is only printed."""
        return RULES[self.rule].severity


class UnreadableError(ValueError):
    """A file, a value or an argument that cannot be parsed. `message` and `help` are shown to users.

    `help` says what to write instead, `rule` is the id of the broken rule, and `values` are suggested values as YAML: one
    if it is certain, several if the user has to choose.
    """

    def __init__(self, message: str, help: str = "", rule: str = "wrong-value", values: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message, self.help, self.rule, self.values = message, help, rule, tuple(values)
