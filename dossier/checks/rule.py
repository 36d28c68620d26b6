"""What a rule is made of: a generator under the name that the table of rules gives it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeVar

from dossier.model.problems.problem import Instead, Place, Problem
from dossier.model.problems.rules import RULES


class Fault(NamedTuple):
    """A breach as a generator yields it: where, what is wrong, what to do, and how the line would read."""

    place: Place
    message: str
    help: str = ""
    instead: tuple[Instead, ...] = ()


Subject = TypeVar("Subject")
Check = Callable[[Subject], Iterator[Problem]]


def rule(name: str) -> Callable[[Callable[[Subject], Iterator[Fault]]], Check[Subject]]:
    """Make a generator of faults the check of the rule of that name."""
    if name not in RULES:
        raise KeyError(name)

    def named(faults: Callable[[Subject], Iterator[Fault]]) -> Check[Subject]:
        def check(subject: Subject) -> Iterator[Problem]:
            for fault in faults(subject):
                yield Problem(fault.place, name, *fault[1:])

        check.__name__, check.__doc__ = name, RULES[name].line
        return check

    return named
