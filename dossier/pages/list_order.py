"""Orders in which pages list articles, sources and claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from dossier.model.dossier import Dossier
from dossier.model.records import Article, Claim, Source


def get_date_sort_key(record: Article | Source) -> tuple[bool, tuple[object, object], str]:
    """Sort key: date of publication, then id. Undated records sort last."""
    key = record.published.sort_key if record.published else (0, 0)
    return (record.published is None, key, record.slug if isinstance(record, Article) else record.id)


def group_claims_by_topic(dossier: Dossier) -> Mapping[str, list[Claim]]:
    """Claims by their first topic, in the order of their files; topics by falling number of claims."""
    topics: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in dossier.claims.values():
        topics[claim.listing_topics[0]].append(claim)
    return dict(sorted(topics.items(), key=lambda topic: (-len(topic[1]), topic[0])))
