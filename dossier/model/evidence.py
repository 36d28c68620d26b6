"""What claims and articles rest on: sources as a claim uses them, what figures count, and what bounds a date."""

from __future__ import annotations

from typing import Literal

from dossier.model.record import Record
from dossier.model.values import Date, Established, Id, Line, Prose


class Evidence(Record):
    """A source as a claim uses it."""

    noun = "source of a claim"

    id: Id
    bearing: Literal["supports", "contradicts", "context"]
    note: Prose | None = None


class Bound(Record):
    """What an article mentions, and the day before or after which it therefore cannot have been published."""

    noun = "bound"

    not_before: Date | None = None
    not_after: Date | None = None
    because: Prose


class Measure(Record):
    """What a figure counts: unit, population, area, period, and who collected it."""

    noun = "measure"

    id: Id
    unit: Line
    population: Line
    area: Line
    period: Established[Date]
    collector: Established[Id]
    note: Prose | None = None
