"""What claims and articles rest on: sources as a claim uses them, what figures count, and what bounds a date."""

from __future__ import annotations

from typing import Literal

from dossier.model.base import Record
from dossier.model.field_types import (
    AnnotationReference,
    EdtfDate,
    OrNotEstablished,
    ProseText,
    RecordId,
    SingleLineText,
    WrittenExpression,
    WrittenNumber,
    WrittenResult,
    YamlBoolean,
)


class Evidence(Record):
    """A source as a claim uses it."""

    noun = "source of a claim"

    id: RecordId
    bearing: Literal["supports", "contradicts", "context"]
    note: ProseText | None = None
    hindsight: ProseText | None = None
    """Said to readers where the source became public only after an article that it judges."""


class Figure(Record):
    """A number with what it counts, and where it stands: in a quotation, in a source, or derived from other figures.

    `reason` says why figures of other measures may stand in its expression (`comparable: false`).
    """

    noun = "figure"

    value: WrittenNumber
    measure: RecordId
    at: AnnotationReference | None = None
    source: RecordId | None = None
    derived: WrittenExpression | None = None
    comparable: YamlBoolean = True
    reason: ProseText | None = None


class Calculation(Record):
    """Arithmetic over figures: the result is written by hand and verified at every build.

    `states` is the number as somebody printed it, at a quotation (`at`) or elsewhere; `holds` says whether it covers the
    exact result.
    """

    noun = "calculation"

    id: RecordId
    expression: WrittenExpression
    result: WrittenResult
    states: WrittenNumber | None = None
    at: AnnotationReference | None = None
    holds: YamlBoolean | None = None
    comparable: YamlBoolean = True
    reason: ProseText | None = None


class PublicationBound(Record):
    """What an article mentions, and the day before or after which it therefore cannot have been published."""

    noun = "bound"

    not_before: EdtfDate | None = None
    not_after: EdtfDate | None = None
    because: ProseText


class Measure(Record):
    """What a figure counts: unit, population, area, period, and who collected it."""

    noun = "measure"

    id: RecordId
    unit: SingleLineText
    population: SingleLineText
    area: SingleLineText
    period: OrNotEstablished[EdtfDate]
    collector: OrNotEstablished[RecordId]
    note: ProseText | None = None
