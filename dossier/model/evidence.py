"""Evidence weighed: which sources of a claim count for it and against it, and which of them are one source.

Counted is a source that bears on the claim, was read, and is quoted. Sources of one collector are one group, however many
texts report what it counted or said; so are a release and its copies. Nobody is evidence independent of themselves: a group
that the claimant collected, or the organisation that the claimant speaks for, is the claimant's own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from dossier.model.quotations.capture import Lock, LockedClaim, hash_content
from dossier.model.records import Claim, Party, Source
from dossier.model.records.claim import Evidence

Discount = Literal["", "no-bearing", "not-read", "no-words"]
"""Why a piece of evidence counts for nothing; empty where it counts."""


def trace_chains(links: Mapping[str, str]) -> dict[str, str]:
    """The id that each id leads to in the end, where `links` has the next of each; of a circle, the same member for all."""
    ends: dict[str, str] = {}
    for start in links:
        name, chain = start, dict[str, None]()
        while name in links and name not in ends and name not in chain:
            chain[name] = None
            name = links[name]
        ends |= dict.fromkeys(chain, ends.get(name, name))
    return ends


def find_unquoted_hashes(lock: Lock, claims: Iterable[Claim]) -> dict[str, frozenset[str]]:
    """Hashes of words that a lock has of a source and that no claim quotes; sources without any are left out."""
    quoted: defaultdict[str, set[str]] = defaultdict(set)
    for claim in claims:
        for evidence in claim.sources:
            quoted[evidence.id].update(map(hash_content, evidence.words))
    left = {name: frozenset(hashes.keys() - quoted[name]) for name, hashes in lock.sources.items()}
    return {name: hashes for name, hashes in left.items() if hashes}


def create_locked_claim(claim: Claim) -> LockedClaim:
    """The lock's entry for a claim."""
    return LockedClaim(claim.kind, tuple((evidence.id, evidence.bearing) for evidence in claim.sources))


@dataclass(frozen=True)
class WeighedEvidence:
    """A source as a claim uses it, and why it does not count, if so."""

    evidence: Evidence
    source: Source
    discount: Discount


@dataclass(frozen=True)
class EvidenceGroup:
    """Evidence of one collector, or of one origin whose collector is not known: it counts once."""

    collector: str | None
    """Id of the party that counted or said it: the organisation, where the party speaks for one. None if nobody is known."""
    items: tuple[WeighedEvidence, ...]
    is_claimants_own: bool

    @property
    def is_counted(self) -> bool:
        """Whether any of its sources counts."""
        return any(not item.discount for item in self.items)


@dataclass(frozen=True)
class EvidenceBalance:
    """The evidence of a claim by what it does for the claim, one group a collector, in the order of the record."""

    supporting: tuple[EvidenceGroup, ...]
    contradicting: tuple[EvidenceGroup, ...]
    context: tuple[EvidenceGroup, ...]

    @cached_property
    def counted_for(self) -> tuple[EvidenceGroup, ...]:
        """Groups that count for the claim."""
        return tuple(group for group in self.supporting if group.is_counted)

    @cached_property
    def counted_against(self) -> tuple[EvidenceGroup, ...]:
        """Groups that count against the claim."""
        return tuple(group for group in self.contradicting if group.is_counted)


@dataclass(frozen=True)
class EvidenceScale:
    """Weighs the evidence of claims: it needs the sources, the origin that each goes back to in the end, and the parties."""

    sources: Mapping[str, Source]
    root_ids_by_source: Mapping[str, str]
    parties: Mapping[str, Party]

    def weigh_claim(self, claim: Claim) -> EvidenceBalance:
        """The evidence of a claim, grouped and counted; sources that do not exist are left out."""
        claimant = self.find_organisation(claim.claimant)
        weighed = [
            WeighedEvidence(evidence, source, find_discount(evidence, source))
            for evidence in claim.sources
            if (source := self.sources.get(evidence.id))
        ]
        sides = (
            [item for item in weighed if item.evidence.bearing == bearing] for bearing in ("supports", "contradicts", "context")
        )
        return EvidenceBalance(*(self._group_evidence(items, claimant) for items in sides))

    def list_origins(self, claim: Claim) -> list[str]:
        """What the sources of a claim count as, each once, whether or not they count for anything."""
        known = (evidence for evidence in claim.sources if evidence.id in self.sources)
        return [*dict.fromkeys(map(self.identify_origin, known))]

    def identify_origin(self, evidence: Evidence) -> str:
        """What evidence counts as: its collector, or else the source that it goes back to. Equal for evidence that is one."""
        collector = self.find_collector(evidence)
        return f"party {collector}" if collector else f"source {self.root_ids_by_source[evidence.id]}"

    def find_collector(self, evidence: Evidence) -> str | None:
        """Who counted or said it: its own collector, that of its source's origin, or the publisher; None if nobody is known."""
        if evidence.collector:
            return self.find_organisation(evidence.collector)
        root = self.sources.get(self.root_ids_by_source[evidence.id])
        return self.find_organisation(root.collector or root.publisher) if root else None

    def find_organisation(self, party_id: str | None) -> str | None:
        """The organisation that a party speaks for in the end, or the party itself; of a circle, the same member for all."""
        return self.organisation_ids_by_party.get(party_id, party_id) if party_id else None

    @cached_property
    def organisation_ids_by_party(self) -> Mapping[str, str]:
        """Whom each party speaks for in the end: itself, where it speaks for nobody else."""
        return trace_chains({name: party.speaks_for or name for name, party in self.parties.items()})

    def _group_evidence(self, items: Sequence[WeighedEvidence], claimant: str | None) -> tuple[EvidenceGroup, ...]:
        groups: dict[str, list[WeighedEvidence]] = {}
        for item in items:
            groups.setdefault(self.identify_origin(item.evidence), []).append(item)
        collectors = (self.find_collector(group[0].evidence) for group in groups.values())
        return tuple(
            EvidenceGroup(collector, tuple(group), collector is not None and collector == claimant)
            for collector, group in zip(collectors, groups.values(), strict=True)
        )


def find_discount(evidence: Evidence, source: Source) -> Discount:
    """Why a piece of evidence counts for nothing; empty where it counts."""
    if evidence.bearing == "context":
        return "no-bearing"
    if source.checked == "not-read":
        return "not-read"
    return "" if evidence.words else "no-words"
