"""Orders in which pages list articles, sources and claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from dossier.model.dossier import Dossier
from dossier.model.records import Article, Claim, Source
from dossier.model.site.facets import FacetValue, group_by_facet
from dossier.pages.claim.printed import FAULT_WORDS_BY_TONE


def get_date_sort_key(record: Article | Source) -> tuple[bool, tuple[object, object], str]:
    """Sort key: date of publication, then id. Undated records sort last."""
    key = record.published.sort_key if record.published else (0, 0)
    return (record.published is None, key, record.slug if isinstance(record, Article) else record.id)


def group_claims_by_topic(dossier: Dossier) -> Mapping[str, list[Claim]]:
    """Claims by their first topic, in both what weighs most first: what most articles print inexactly or wrongly, then what
    most print; that somebody said something, last.

    Claims of the same weight are in the order of their files, topics of the same weight in that of their names.
    """
    topics: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in dossier.claims.values():
        topics[claim.listing_topics[0]].append(claim)
    weights = {claim.id: _weigh_claim(dossier, claim) for claim in dossier.claims.values()}
    for claims in topics.values():
        claims.sort(key=lambda claim: weights[claim.id], reverse=True)

    def get_sort_key(topic: str) -> tuple[bool, bool, int, int, str]:
        is_judged, faulty, printed = weights[topics[topic][0].id]
        statements = sum(claim.kind == "statement" for claim in topics[topic])
        return 2 * statements > len(topics[topic]), not is_judged, -faulty, -printed, topic

    return {topic: topics[topic] for topic in sorted(topics, key=get_sort_key)}


def list_topics(dossier: Dossier) -> list[tuple[FacetValue, int]]:
    """The topics that have a page, with the number of records there, by falling number."""
    topics = [(value, len(group)) for value, group in group_by_facet(dossier).items() if value.facet == "topic"]
    return sorted(topics, key=lambda topic: (-topic[1], topic[0].value))


def _weigh_claim(dossier: Dossier, claim: Claim) -> tuple[bool, int, int]:
    """Whether more is claimed than that somebody said something; how many articles print it with a fault; how many at all."""
    notes = dossier.annotations_by_claim.get(claim.id, ())
    faulty = {note.article for note in notes if (verdict := dossier.get_verdict(note)) and verdict.tone in FAULT_WORDS_BY_TONE}
    return claim.kind != "statement", len(faulty), len({note.article for note in notes})
