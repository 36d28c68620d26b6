"""Figures of a claim, calculations over them, and the measures that say what they count."""

from __future__ import annotations

from typing import Annotated

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
from dossier.model.fields import DATE_HINT, PARTY_HINT, InReports, Key, Markdown, Question, Ref

NumberQuotation = Annotated[
    AnnotationReference | None,
    Ref("annotation"),
    Key(
        "the quotation in which the number stands: the article, # and the annotation's id",
        "gazette-2019#stops-at-night",
        in_snippet=True,
        to_readers="the note on the words in which the number stands",
    ),
]
FigureLabel = Annotated[
    SingleLineText | None,
    Key("what it is, as readers see it; without one, its name", "passengers at night", in_snippet=True),
]
IsComparable = Annotated[YamlBoolean, Key("false where figures of different measures are compared all the same", "false")]
ComparabilityReason = Annotated[
    ProseText | None,
    Markdown(are_numbers_backed=False),
    Key(
        "with `comparable: false`: why the figures do not compare",
        "One counts crossings, the other passengers.",
        to_readers="why the figures do not compare, where they are put together all the same",
    ),
]


class Figure(Record):
    """A number with its measure and its origin: in a quotation, in a source, or derived from other figures.

    `reason` says why figures of other measures may stand in its expression (`comparable: false`).
    """

    noun = "figure"
    table_name = "figures"

    value: Annotated[WrittenNumber, Key("the number as it is printed", '"1,250"'), InReports(is_label_omitted=True)]
    label: FigureLabel = None
    measure: Annotated[
        RecordId, Ref("measure"), Key("the id of what it counts, from annotations/measures.yml", "passengers-2019")
    ]
    at: NumberQuotation = None
    source: Annotated[
        RecordId | None,
        Ref("source"),
        Key("the source in which the number stands: the name of a file in annotations/sources/", "timetable-2019"),
    ] = None
    derived: Annotated[
        WrittenExpression | None, Ref("figure"), Key("the arithmetic over other figures that it comes from", "at_night + all_day")
    ] = None
    comparable: IsComparable = True
    reason: ComparabilityReason = None


class Calculation(Record):
    """Arithmetic over figures: the result is written by hand and verified at every build.

    `states` is the number as somebody printed it, at a quotation (`at`) or elsewhere; `holds` says whether it covers the
    exact result.
    """

    noun = "calculation"
    table_name = "calculations"

    id: Annotated[RecordId, Key("a short name, which stays", "share"), InReports(is_hidden=True)]
    expression: Annotated[
        WrittenExpression,
        Ref("figure"),
        Key("the sum, over this claim's figures", "at_night / all_day"),
        InReports(is_label_omitted=True),
    ]
    label: FigureLabel = None
    result: Annotated[
        WrittenResult,
        Key(
            "what it comes to, worked out by hand",
            "12.5 %",
            to_readers="what it comes to, as an editor worked it out; each build of the site computes it again",
        ),
    ]
    states: Annotated[WrittenNumber | None, Key("the number as somebody printed it", "one in eight", in_snippet=True)] = None
    at: NumberQuotation = None
    holds: Annotated[
        YamlBoolean | None, Key("whether the number as stated covers the exact result: true or false", "true", in_snippet=True)
    ] = None
    comparable: IsComparable = True
    reason: ComparabilityReason = None


class Measure(Record):
    """What a figure counts: unit, population, area, period, and who collected it."""

    noun = "measure"

    id: Annotated[
        RecordId,
        Key("a short name, which stays", "passengers-2019"),
        Question("What is its short name?", "Figures name it, so that it stays.", "--id"),
        InReports(is_hidden=True),
    ]
    unit: Annotated[SingleLineText, Key("what is counted", "passengers"), Question("What is counted?", option="--unit")]
    population: Annotated[
        SingleLineText,
        Key("among what", "crossings of the ferry", to_readers="among what it is counted"),
        Question("Among what is it counted?", option="--population"),
    ]
    area: Annotated[
        SingleLineText,
        Key("where", "the harbour", to_readers="where it is counted"),
        Question("Where is it counted?", option="--area"),
    ]
    period: Annotated[
        OrNotEstablished[EdtfDate],
        Key("from when to when", '"2019-01/2019-12"', to_readers="from when to when it is counted"),
        Question("From when to when is it counted?", DATE_HINT, "--period"),
    ]
    collector: Annotated[
        OrNotEstablished[RecordId],
        Ref("party"),
        Key("the id of the party that counted, from annotations/parties.yml", "harbour-board"),
        Question("Who counted?", PARTY_HINT, "--collector"),
    ]
    note: Annotated[
        ProseText | None,
        Markdown(),
        Key("what a reader has to know about it", "Bicycles are not counted."),
        Question("What has a reader to know about it?", option="--note"),
    ] = None
