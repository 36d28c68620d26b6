"""CHECKS: a dossier in, problems out. `check_dossier` runs the rules of content, `check_site` those of a finished site.

The modules of this package enter their checks into `CHECKS_BY_RULE` with `@rule`; they run in the order of `RULES`.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from dossier.checks.rule import CHECKS_BY_RULE, CheckFunction
from dossier.checks.site import SiteCheckInput
from dossier.model.dossier import Dossier
from dossier.model.problems.problem import Problem
from dossier.model.problems.rules import RULES
from dossier.model.site.addresses import BuiltSite

SITE_RULE_PREFIX = "site-"
"""How the rules on a finished site begin; their checks take a `SiteCheckInput`, all others a `Dossier`."""

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

_CHECKED_RULES = [name for name in RULES if name in CHECKS_BY_RULE]

DOSSIER_CHECKS: tuple[CheckFunction[Dossier], ...] = tuple(
    CHECKS_BY_RULE[name] for name in _CHECKED_RULES if not name.startswith(SITE_RULE_PREFIX)
)

SITE_CHECKS: tuple[CheckFunction[SiteCheckInput], ...] = tuple(
    CHECKS_BY_RULE[name] for name in _CHECKED_RULES if name.startswith(SITE_RULE_PREFIX)
)

__all__ = ["DOSSIER_CHECKS", "SITE_CHECKS", "check_dossier", "check_site"]


def check_dossier(dossier: Dossier) -> list[Problem]:
    """All problems of a dossier, including those found while reading it, sorted by location; each one once."""
    return sorted({*dossier.problems, *(problem for rule in DOSSIER_CHECKS for problem in rule(dossier))})


def check_site(dossier: Dossier, finished: BuiltSite, root: str) -> list[Problem]:
    """All problems of a finished site, sorted by location; `root` is its folder as messages name it."""
    subject = SiteCheckInput(dossier, finished, root)
    return sorted({problem for rule in SITE_CHECKS for problem in rule(subject)})
