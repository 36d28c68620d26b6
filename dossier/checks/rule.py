"""Defines rules: a decorated generator of violations becomes the check of a rule in `RULES`, and is entered for every run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeVar

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

CHECKS_BY_RULE: dict[str, CheckFunction[Any]] = {}
"""Every check by the rule that it holds; `@rule` enters it."""


def rule(name: str) -> Callable[[Callable[[CheckSubject], Iterator[Violation]]], CheckFunction[CheckSubject]]:
    """Decorator: turn a generator of violations into the check of the rule of that name, and enter it for every run.

    Raises `KeyError` for a name that `RULES` does not have, and for one that has a check already.
    """
    if name not in RULES:
        raise KeyError(f'@rule("{name}"): add a line for {name} to RULES in dossier/model/problems/rules.py, or correct the name')
    if name in CHECKS_BY_RULE:
        raise KeyError(f'@rule("{name}") stands twice below dossier/checks/: make both generators one, or give one another name')

    def create_check(find_violations: Callable[[CheckSubject], Iterator[Violation]]) -> CheckFunction[CheckSubject]:
        def check(subject: CheckSubject) -> Iterator[Problem]:
            for violation in find_violations(subject):
                yield Problem(violation.location, name, *violation[1:])

        check.__name__, check.__doc__ = name, RULES[name].description
        CHECKS_BY_RULE[name] = check
        return check

    return create_check
