"""Labels of the values that lists are filtered by, in the order of the options."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter

from dossier.model.dossier import Dossier
from dossier.model.records import Claim
from dossier.pages.context import PageContext


def get_verdict_labels(dossier: Dossier) -> dict[str, str]:
    """Verdict labels by id, in the order of the scale."""
    return {verdict.id: verdict.label for verdict in dossier.verdicts.values()}


def get_topic_labels(context: PageContext, claims: Iterable[Claim]) -> dict[str, str]:
    """Labels of the topics of some claims, in alphabetical order."""
    topics = {topic for claim in claims for topic in claim.listing_topics}
    return dict(sorted(((topic, context.format_topic(topic)) for topic in topics), key=itemgetter(1)))


def get_party_names(dossier: Dossier) -> dict[str, str]:
    """Party names by id, in alphabetical order."""
    parties = sorted(dossier.parties.values(), key=lambda party: party.name.casefold())
    return {party.id: party.name for party in parties}
