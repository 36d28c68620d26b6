"""Tables of words: what several texts have of each part of something, in their own words. A table holds no words of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from dossier.model.base import Entry, Record
from dossier.model.field_types import AnnotationReference, ProseText, RecordId, SingleLineText
from dossier.model.fields import Key, Markdown, PlainText, Question, Ref
from dossier.model.yaml_node import YamlPathPart


class TablePart(Record):
    """A part, and the quotations in which texts have it; without any, no text has it."""

    noun = "part of a table"

    label: Annotated[SingleLineText, PlainText(), Key("what the part is, in a few words", "the number of passengers")]
    quotations: Annotated[
        tuple[AnnotationReference, ...],
        Ref("annotation"),
        Key(
            "the quotations that have it: the article, # and the annotation's id; none where no text has it",
            "[gazette-2019#stops-at-night]",
            in_snippet=True,
            to_readers="the notes on the words that have it; none where no text has it",
        ),
    ] = ()


class QuotationTable(Entry):
    """Quotations of several texts, those of a text in a row and those of a part in a column."""

    noun = "table"
    is_arrangement = True
    fields_from_file = frozenset({"id"})

    id: RecordId
    title: Annotated[
        SingleLineText,
        Markdown(),
        Key("what it shows, in a sentence", "No report kept the reason"),
        Question("What does it show, in a sentence?", option="--title"),
    ]
    text: Annotated[
        ProseText,
        Markdown(),
        Key("what was looked for, and where", "What each report has of the notice on the quay. All three were read."),
        Question("What was looked for, and where?", option="--text"),
    ]
    parts: Annotated[
        tuple[TablePart, ...],
        Key("its columns, two or more", "[{label: the day, quotations: [gazette-2019#from-may]}, {label: the reason}]"),
        Question(
            "Which parts does it have, two or more?",
            "As in [{label: the day, quotations: [an-article#a-note]}, {label: the reason}].",
        ),
    ]

    @property
    def url_parts(self) -> tuple[str, str]:
        """Its page, and its id there."""
        return "compare/", self.id

    def iter_quotations(self) -> Iterator[tuple[tuple[YamlPathPart, ...], str]]:
        """Every quotation, `article#id`, with the keys that lead to it; one of two parts comes twice."""
        for number, part in enumerate(self.parts):
            for index, spot in enumerate(part.quotations):
                yield ("parts", number, "quotations", index), spot
