"""The tally of verdicts by claimant: how often the claims of each got which verdict, so that readers see whom it falls on."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import NamedTuple

from dossier.model.dossier import Dossier
from dossier.model.records import Claim, Verdict
from dossier.model.vocabulary import ClaimKind

JUDGED_KINDS: tuple[ClaimKind, ...] = ("fact", "figure")
"""Kinds of claims whose verdicts are compared; forecasts, judgements and somebody's words are counted apart."""


class ClaimantTally(NamedTuple):
    """The claims of one party and of those who speak for it."""

    claimant: str | None
    """Id of the party; None for claims whose claimant is not established."""
    claim_count: int
    verdicts: tuple[tuple[Verdict, int], ...]
    """The number of facts and figures with each verdict, in the order of the scale."""
    unjudged_count: int
    """Number of forecasts, judgements and somebody's words."""


def count_verdicts_by_claimant(dossier: Dossier) -> list[ClaimantTally]:
    """A tally for each organisation or person that made claims, those with most claims first."""
    claims_by_claimant: defaultdict[str | None, list[Claim]] = defaultdict(list)
    for claim in dossier.claims.values():
        claims_by_claimant[dossier.evidence_scale.find_organisation(claim.claimant)].append(claim)
    tallies = [_count_claims(dossier, claimant, claims) for claimant, claims in claims_by_claimant.items()]
    return sorted(tallies, key=lambda tally: (-tally.claim_count, tally.claimant or ""))


def _count_claims(dossier: Dossier, claimant: str | None, claims: list[Claim]) -> ClaimantTally:
    counts = Counter(claim.verdict for claim in claims if claim.kind in JUDGED_KINDS)
    verdicts = tuple((verdict, counts[verdict.id]) for verdict in dossier.verdicts.values() if counts[verdict.id])
    return ClaimantTally(claimant, len(claims), verdicts, sum(claim.kind not in JUDGED_KINDS for claim in claims))
