"""The evidence of a claim page: what counts for the claim and against it, in words for its head and by collector below."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from dossier.model.dossier import Dossier
from dossier.model.evidence import EvidenceGroup
from dossier.model.records import Claim, Party
from dossier.model.vocabulary import BEARING_LABELS
from dossier.model.wording import format_count
from dossier.pages.claim.calculations import ClaimArithmetic
from dossier.pages.context import PageContext

NOTHING_FOUND = "nothing that we read"


class EvidenceSide(NamedTuple):
    """The evidence of one bearing: element id, heading, what counts of it in words, and its sources by collector."""

    id: str
    title: str
    summary: str
    groups: Sequence[EvidenceGroup]


def list_evidence_sides(context: PageContext, claim: Claim) -> list[EvidenceSide]:
    """For, Against and, if there is any, Context: sources of one collector count once, the claimant's own apart."""
    balance = context.dossier.balances_by_claim[claim.id]
    own = "the claimant's own figures" if claim.kind == "figure" else "the claimant's own words"
    sides = [
        EvidenceSide(
            "evidence-for",
            BEARING_LABELS["supports"],
            _describe_side(balance.supporting, own),
            balance.supporting,
        ),
        EvidenceSide(
            "evidence-against",
            BEARING_LABELS["contradicts"],
            _describe_side(balance.contradicting, own),
            balance.contradicting,
        ),
    ]
    if balance.context:
        summary = f"{format_count(len(balance.context), 'source')}, for neither side"
        sides.append(EvidenceSide("evidence-context", BEARING_LABELS["context"], summary, balance.context))
    return sides


def describe_tested_statements(arithmetic: ClaimArithmetic) -> str:
    """What calculations say of what somebody stated: "1 statement contradicted, 2 confirmed"; empty where they test none.

    It stands apart from what counts for the claim and against it: what a calculation tests may be another statement than the
    claim, as the share of another whole.
    """
    outcomes = ((arithmetic.refuted_count, "contradicted"), (arithmetic.confirmed_count, "confirmed"))
    said = [(count, word) for count, word in outcomes if count]
    return ", ".join(f"{count if place else format_count(count, 'statement')} {word}" for place, (count, word) in enumerate(said))


def find_interested_party(dossier: Dossier, party_id: str | None) -> Party | None:
    """A party whose interest readers should know of: the party itself, or the organisation that it speaks for."""
    parties = (dossier.parties.get(name or "") for name in (party_id, dossier.evidence_scale.find_organisation(party_id)))
    return next((party for party in parties if party and party.interest), None)


def _describe_side(groups: Collection[EvidenceGroup], own: str) -> str:
    """What counts on a side: "2 separate sources and the claimant's own figures; 1 that does not count"."""
    summary = " and ".join(_iter_counted_parts(groups, own)) or NOTHING_FOUND
    summary = summary[0].upper() + summary[1:]
    discounted = sum(not group.is_counted for group in groups)
    if not discounted:
        return summary
    return f"{summary}; {discounted} that {'does' if discounted == 1 else 'do'} not count"


def _iter_counted_parts(groups: Collection[EvidenceGroup], own: str) -> Iterator[str]:
    separate = sum(group.is_counted and not group.is_claimants_own for group in groups)
    if separate:
        yield "1 source" if separate == 1 else f"{separate} separate sources"
    if any(group.is_counted and group.is_claimants_own for group in groups):
        yield own
