"""The ids that exist in a dossier, each with what it stands for, as an editor completes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from dossier.model import Dossier
from dossier.model.records import TEXT
from dossier.model.values import FigureName, Id, Spot

FORMS: Mapping[str, Any] = {
    **dict.fromkeys(("party", "speaker", "source", "claim", "article", "measure", "topic"), Id),
    "annotation": Spot,
    "figure": FigureName,
}
"""What may be named, and the form of its id."""


def names_in(dossier: Dossier | None) -> dict[str, Any]:
    """A schema for each kind of thing that may be named: of any dossier, or with the ids of this one before all others."""
    known = _known(dossier) if dossier else {}
    made = {}
    for kind, form in FORMS.items():
        free = TypeAdapter(form).json_schema()
        ids = known.get(kind, {})
        listed = {"type": "string", "enum": [*ids], "markdownEnumDescriptions": [*ids.values()]}
        made[kind] = {"anyOf": [listed, free]} if ids else free
    return made


def _known(dossier: Dossier) -> dict[str, dict[str, str]]:
    parties = {party.id: f"{party.name}: {party.role}" for party in dossier.parties.values()}
    topics: dict[str, int] = {}
    for claim in dossier.claims.values():
        for topic in claim.topics:
            topics[topic] = topics.get(topic, 0) + 1
    return {
        "party": parties,
        "speaker": {TEXT: "the writer of the words", **parties},
        "source": {source.id: source.title for source in dossier.sources.values()},
        "claim": {claim.id: claim.claim for claim in dossier.claims.values()},
        "article": {article.slug: article.name for article in dossier.articles.values()},
        "measure": {measure.id: measure.unit for measure in dossier.measures.values()},
        "topic": {topic: f"{number} claims" for topic, number in sorted(topics.items())},
        "annotation": {f"{note.article}#{note.id}": f"“{note.quote}”" for note in dossier.all_annotations()},
        "figure": {
            f"{claim.id}.{key}": figure.value.text for claim in dossier.claims.values() for key, figure in claim.figures.items()
        },
    }
