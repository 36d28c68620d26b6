"""What a rule is made of: a generator under the name that the table of rules gives it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeVar

from dossier.model.problems.problem import LineEdit, Location, Problem
from dossier.model.problems.rules import RULES


class Violation(NamedTuple):
    """A breach as a generator yields it: where, what is wrong, what to do, and how the line would read."""

    location: Location
    message: str
    help: str = ""
    line_edits: tuple[LineEdit, ...] = ()


CheckSubject = TypeVar("CheckSubject")
CheckFunction = Callable[[CheckSubject], Iterator[Problem]]


def rule(name: str) -> Callable[[Callable[[CheckSubject], Iterator[Violation]]], CheckFunction[CheckSubject]]:
    """Make a generator of faults the check of the rule of that name."""
    if name not in RULES:
        raise KeyError(name)

    def named(faults: Callable[[CheckSubject], Iterator[Violation]]) -> CheckFunction[CheckSubject]:
        def check(subject: CheckSubject) -> Iterator[Problem]:
            for fault in faults(subject):
                yield Problem(fault.location, name, *fault[1:])

        check.__name__, check.__doc__ = name, RULES[name].description
        return check

    return named
