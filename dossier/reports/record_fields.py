"""What readers see of a record, as rows of plain words: `{"Verdict": "Imprecise", "Figures: passengers": "value: 568; …"}`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from dossier.model.base import Record
from dossier.model.dates.edtf import Edtf
from dossier.model.dossier import Dossier
from dossier.model.field_types import may_be_unknown
from dossier.model.numbers.expression import Expression
from dossier.model.numbers.printed import Printed
from dossier.model.quotations.digest import Digest
from dossier.model.records import TEXT, Annotation
from dossier.model.vocabulary import CHECKED, STANCES
from dossier.pages.context import UNKNOWN

UNSEEN = frozenset({"id", "slug", "article", "corrections", "reviewed"})
"""Fields that are no part of what is said: names of the record, and what is told apart from it."""

LABELS = {"url": "Address", "would_change": "What would change it", "about": "About this article"}
"""Fields that their key does not name well."""

PLAIN = frozenset({"value", "figure", "bearing", "expression"})
"""Fields that say what a figure, a calculation or a source of a claim is, and need no label there."""


class Words:
    """How ids and values are said; ids by the names that records have now, else by those that they had before."""

    def __init__(self, before: Dossier, now: Dossier) -> None:
        self.before, self.now = before, now

    @cached_property
    def _names(self) -> Mapping[str, Mapping[str, str]]:
        """By field, what the ids in it stand for."""
        parties = self._both("parties", "name") | {TEXT: "the text itself"}
        sources, claims = self._both("sources", "title"), self._both("claims", "claim")
        return {
            **dict.fromkeys(("claimant", "publisher", "speaker", "writer", "collector"), parties),
            **dict.fromkeys(("sources", "origin"), sources),
            **dict.fromkeys(("claim", "claims"), claims),
            "articles": self._both("articles", "name"),
            "verdict": self._both("verdicts", "label"),
            "stance": {stance: manner.said for stance, manner in STANCES.items()},
            "voices": self._both("voices", "label"),
            "checked": CHECKED,
        }

    def _both(self, records: str, field: str) -> dict[str, str]:
        both = {**getattr(self.before, records), **getattr(self.now, records)}
        return {name: getattr(record, field) for name, record in both.items()}

    def said(self, field: str, value: Any) -> str:
        """A single value of a field."""
        match value:
            case str():
                return self._names.get(field, {}).get(value, value)
            case bool():
                return "yes" if value else "no"
            case Edtf():
                return value.words
            case Digest() | Printed() | Expression():
                return value.text
            case Record():
                return "; ".join(
                    words if label.lower() in PLAIN else f"{label.lower()}: {words}" for label, words in self.rows(value)
                )
            case tuple():
                return ", ".join(self.said(field, one) for one in value)
            case dict():
                return "; ".join(f"{name}: {self.said(field, one)}" for name, one in value.items())
        return str(value)

    def rows(self, record: Record) -> Iterator[tuple[str, str]]:
        """Label and words of each field, in the order in which they are written; what goes without saying is left out."""
        fields = type(record).model_fields
        for field, value in record:
            if field in UNSEEN or (
                not fields[field].is_required() and value == fields[field].get_default(call_default_factory=True)
            ):
                continue
            label = LABELS.get(field, field.replace("_", " ").capitalize())
            if value is None and may_be_unknown(fields[field]):
                yield label, UNKNOWN
            elif isinstance(value, dict):
                yield from ((f"{label}: {name}", self.said(field, one)) for name, one in value.items())
            elif isinstance(value, tuple) and value and isinstance(value[0], Record):
                for place, one in enumerate(value, 1):
                    yield f"{label}: {self._called(field, one, place)}", self.said(field, one)
            else:
                yield label, self.said(field, value)

    def _called(self, field: str, record: Record, place: int) -> str:
        """What one of several records in a field is called: by its id, else by its place."""
        name = getattr(record, "id", None)
        return self.said(field, name) if name else str(place)


def seen(record: Record, dossier: Dossier, words: Words) -> dict[str, str]:
    """The rows of a record in its dossier; a note has its claim's verdict where it has none of its own."""
    rows: dict[str, str] = {}
    for label, said in words.rows(record):
        rows[label if label not in rows else f"{label} ({len(rows) + 1})"] = said
    verdict = dossier.verdict_of(record) if isinstance(record, Annotation) else None
    return rows | {"Verdict": words.said("verdict", verdict.id)} if verdict else rows
