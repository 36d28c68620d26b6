"""Defines rules: a decorated generator of violations becomes the check of a rule in the table `RULES`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeVar

from dossier.model.problems.problem import LineEdit, Location, Problem
from dossier.model.problems.rules import RULES


class Violation(NamedTuple):
    """What a rule yields: location, message, cure, and edits of the line. `Problem` adds the rule's name."""

    location: Location
    message: str
    help: str = ""
    line_edits: tuple[LineEdit, ...] = ()


CheckSubject = TypeVar("CheckSubject")
CheckFunction = Callable[[CheckSubject], Iterator[Problem]]


def rule(name: str) -> Callable[[Callable[[CheckSubject], Iterator[Violation]]], CheckFunction[CheckSubject]]:
    """Decorator: turn a generator of violations into the check of the rule of that name; raises KeyError for an unknown name."""
    if name not in RULES:
        raise KeyError(name)

    def create_check(find_violations: Callable[[CheckSubject], Iterator[Violation]]) -> CheckFunction[CheckSubject]:
        def check(subject: CheckSubject) -> Iterator[Problem]:
            for violation in find_violations(subject):
                yield Problem(violation.location, name, *violation[1:])

        check.__name__, check.__doc__ = name, RULES[name].description
        return check

    return create_check
