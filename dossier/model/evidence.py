"""What claims and articles rest on: sources as a claim uses them, what figures count, and what bounds a date."""

from __future__ import annotations

from typing import Literal

from dossier.model.base import Record
from dossier.model.field_types import Amount, Date, Established, Flag, Formula, Id, Line, Prose, Result, Spot


class Evidence(Record):
    """A source as a claim uses it."""

    noun = "source of a claim"

    id: Id
    bearing: Literal["supports", "contradicts", "context"]
    note: Prose | None = None
    hindsight: Prose | None = None
    """Said to readers where the source became public only after an article that it judges."""


class Figure(Record):
    """A number with what it counts, and where it stands: in a quotation, in a source, or derived from other figures.

    `reason` says why figures of other measures may stand in its expression (`comparable: false`).
    """

    noun = "figure"

    value: Amount
    measure: Id
    at: Spot | None = None
    source: Id | None = None
    derived: Formula | None = None
    comparable: Flag = True
    reason: Prose | None = None


class Calculation(Record):
    """Arithmetic over figures: the result is written by hand and verified at every build.

    `states` is the number as somebody printed it, at a quotation (`at`) or elsewhere; `holds` says whether it covers the
    exact result.
    """

    noun = "calculation"

    id: Id
    expression: Formula
    result: Result
    states: Amount | None = None
    at: Spot | None = None
    holds: Flag | None = None
    comparable: Flag = True
    reason: Prose | None = None


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
