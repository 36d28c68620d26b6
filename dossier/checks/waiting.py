"""What may wait for an editor: problems with new quotations, which only who holds the articles and sources can compare."""

from __future__ import annotations

from collections.abc import Iterable

from dossier.checks.evidence import find_waiting_evidence
from dossier.checks.quotations import find_waiting_quotations
from dossier.model.dossier import Dossier
from dossier.model.problems.problem import Problem

WAITING_RULES = frozenset({"quote-unlocked", "evidence-unlocked"})
"""Rules whose problems may wait."""


def select_waiting_problems(problems: Iterable[Problem], dossier: Dossier) -> frozenset[Problem]:
    """Those of some problems that are new quotations, so that they may wait for the lock."""
    places = find_waiting_quotations(dossier) | find_waiting_evidence(dossier)
    return frozenset(problem for problem in problems if problem.rule in WAITING_RULES and problem.location in places)
