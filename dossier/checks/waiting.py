"""What may wait for an editor: new quotations and digests, which only who holds the articles and sources can compare."""

from __future__ import annotations

from collections.abc import Iterable

from dossier.checks.digests import find_waiting_digests
from dossier.checks.evidence import find_waiting_evidence
from dossier.checks.quotations import find_waiting_quotations
from dossier.model.dossier import Dossier
from dossier.model.problems.problem import Problem

WAITING_RULES = frozenset({"quote-unlocked", "evidence-unlocked", "digest-unlocked"})
"""Rules whose problems may wait."""


def select_waiting_problems(problems: Iterable[Problem], dossier: Dossier) -> frozenset[Problem]:
    """Those of some problems that are new quotations or digests, so that they may wait for the lock."""
    places = find_waiting_quotations(dossier) | find_waiting_evidence(dossier) | find_waiting_digests(dossier)
    return frozenset(problem for problem in problems if problem.rule in WAITING_RULES and problem.location in places)
