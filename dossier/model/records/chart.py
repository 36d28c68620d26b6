"""Charts: which figures, sources or wordings are drawn, and in which form. A chart holds no number of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from pydantic import Field

from dossier.model.base import Entry, Record
from dossier.model.field_types import AnnotationReference, FigureReference, ProseText, RecordId, SingleLineText, WrittenNumber
from dossier.model.fields import InReports, Key, Markdown, NotExported, PlainText, Question, Ref, Vocabulary
from dossier.model.vocabulary import CHART_FORM_MEANINGS, CHART_TONE_MEANINGS
from dossier.model.yaml_node import YamlPathPart

MAX_BOX_LEVEL = 8
"""Deepest level of a box: deeper ones are too small for words."""

ChartTone = Annotated[
    Literal["subject", "apart"] | None,
    Vocabulary(CHART_TONE_MEANINGS),
    Key(
        "subject for what the dossier is about, apart for what differs in it",
        "subject",
        in_snippet=True,
        to_readers="how it is coloured: subject, what the dossier is about, or apart, what differs in it",
    ),
]


class ChartedFigure(Record):
    """A figure as a chart draws it; without a label, the figure's name says what it is."""

    noun = "figure of a chart"

    figure: Annotated[
        FigureReference,
        Ref("figure"),
        Key(
            "a claim and its figure",
            "ferry.at_night",
            to_readers="the figure that is drawn: the claim, a dot and the short name of its figure",
        ),
        InReports(is_label_omitted=True),
    ]
    label: Annotated[SingleLineText | None, PlainText(), Key("what it is called in the chart", "At night", in_snippet=True)] = (
        None
    )
    tone: ChartTone = None
    event: Annotated[
        RecordId | None,
        Ref("event"),
        Key(
            "with lag: the event on whose day it was printed",
            "count-is-published",
            to_readers="the event on whose day it was printed, in a chart of the form lag",
        ),
    ] = None


class ChartBox(Record):
    """A box of a nested chart: it stands in the nearest box before it that has a lower level.

    A box without a figure is one whose number nobody has read. A figure that is a share is one of the box around it.
    """

    noun = "box of a chart"

    level: Annotated[
        int, Field(ge=1, le=MAX_BOX_LEVEL), Key("how deep it stands: 1 for the outermost", "1"), InReports(is_hidden=True)
    ]
    label: Annotated[SingleLineText, PlainText(), Key("what is in it", "All who crossed")]
    figure: Annotated[
        FigureReference | None,
        Ref("figure"),
        Key(
            "a claim and its figure; none if no number was read",
            "ferry.all_day",
            to_readers="the figure that is drawn: the claim, a dot and the short name of its figure",
        ),
    ] = None
    tone: ChartTone = None


def iter_boxes_around(boxes: Sequence[ChartBox]) -> Iterator[tuple[int, int | None]]:
    """The number of each box, and of the one around it: the nearest before it with a lower level; None for an outermost one."""
    path: list[int] = []
    for number, box in enumerate(boxes):
        while path and boxes[path[-1]].level >= box.level:
            path.pop()
        yield number, path[-1] if path else None
        path.append(number)


class ChartPanel(Record):
    """A number of a nested chart, in large, and the boxes that say what it is a share of."""

    noun = "panel of a chart"

    figure: Annotated[FigureReference, Ref("figure"), Key("the claim and figure in large", "ferry.at_night")]
    label: Annotated[SingleLineText, PlainText(), Key("what it is a share of", "of the passengers who were counted")]
    boxes: Annotated[tuple[ChartBox, ...], Key("its boxes, each before those inside it", "[{level: 1, label: All who crossed}]")]


class ChartPiece(Record):
    """A piece of what several texts have taken from elsewhere, and the quotations that have it; a text may have none."""

    noun = "piece of a chart"

    label: Annotated[SingleLineText, PlainText(), Key("what the piece is, in a few words", "the first sentence")]
    quotations: Annotated[
        tuple[AnnotationReference, ...],
        Ref("annotation"),
        Key(
            "the quotations that have it: the article, # and the annotation's id",
            "[gazette-2019#stops-at-night]",
            to_readers="the notes on the words that have it",
        ),
    ]


class SeriesBreak(Record):
    """Where a series is cut: before which of its figures, and why the one before cannot be compared with it."""

    noun = "break of a chart"

    before: Annotated[FigureReference, Ref("figure"), Key("the figure before which the series is cut", "ferry.all_day")]
    because: Annotated[ProseText, Markdown(), Key("why the two cannot be compared", "From 2019 on, bicycles are counted too.")]


class Chart(Entry):
    """Figures of claims, the way of a text, or what texts kept of it as a drawing, with a table below it.

    `parts` cuts one whole into its parts, `nested` shows what shares are shares of, `apart` gives figures that must not be pooled
    a scale each, `series` draws figures over their periods, `lag` their periods beside the day they were printed, `lineage` who
    repeated a source, and `strips` which pieces of something each text kept, in its own words.
    """

    noun = "chart"
    is_arrangement = True
    fields_from_file = frozenset({"id"})

    id: RecordId
    title: Annotated[
        SingleLineText,
        Markdown(),
        Key("its message, in a line", "Most passengers cross by day"),
        Question("What does it show, in a line?", option="--title"),
    ]
    form: Annotated[
        Literal["parts", "nested", "apart", "series", "lag", "lineage", "strips"],
        Vocabulary(CHART_FORM_MEANINGS),
        Key("parts, nested, apart, series, lag, lineage or strips", "apart", to_readers="how it is drawn"),
        Question("Which form does it have?", option="--form"),
    ]
    whole: Annotated[
        FigureReference | None,
        Ref("figure"),
        Key("the figure that the parts belong to", "ferry.total"),
        Question("To which figure do the parts belong?", "Only with parts: a claim and its figure, as in a-claim.total."),
    ] = None
    bracket: Annotated[
        ChartedFigure | None,
        Key("with parts: the figure that the parts with a tone come to", "{figure: ferry.at_night, label: At night}"),
        Question("Which figure do the parts with a tone come to?", "Only with parts: as in {figure: a-claim.share}."),
    ] = None
    figures: Annotated[
        tuple[ChartedFigure, ...],
        Key("the figures it draws", "[{figure: ferry.at_night}, {figure: ferry.all_day}]", in_snippet=True),
        Question("Which figures does it draw, two or more?", "As in [{figure: a-claim.total, label: All}]."),
    ] = ()
    panels: Annotated[
        tuple[ChartPanel, ...],
        Key(
            "with nested: the numbers in large, each with its boxes",
            "[{figure: ferry.at_night, label: of all who crossed, boxes: [{level: 1, label: All, figure: ferry.all_day}]}]",
        ),
        Question("Which numbers does it show in large, and in which boxes?", "Only with nested; see the page on records."),
    ] = ()
    origins: Annotated[
        tuple[RecordId, ...],
        Ref("source"),
        Key(
            "with lineage: the sources whose way it draws",
            "[ferry-count]",
            to_readers="the sources whose way it draws, in a chart of the form lineage",
        ),
        Question("Whose way does it draw?", "Only with lineage: names of files in annotations/sources/."),
    ] = ()
    claim: Annotated[
        RecordId | None,
        Ref("claim"),
        Key(
            "with lineage and strips: the claim on whose page it stands",
            "ferry",
            to_readers="the claim on whose page it stands, for a chart of the form lineage or strips",
        ),
        Question(
            "On the page of which claim does it stand?",
            "Only with lineage and strips: the name of a file in annotations/claims/.",
        ),
    ] = None
    pieces: Annotated[
        tuple[ChartPiece, ...],
        Key(
            "with strips: the pieces, and the quotations that have them",
            "[{label: the first sentence, quotations: [gazette-2019#stops-at-night]}]",
        ),
        Question("Which pieces does it draw, and in which quotations?", "Only with strips; see the page on records."),
    ] = ()
    instead: Annotated[
        tuple[AnnotationReference, ...],
        Ref("annotation"),
        Key(
            "with strips: quotations of texts that have none of the pieces, and what they say",
            "[gazette-2019#no-reply]",
            to_readers="quotations of texts that have none of the pieces, and what they say, in a chart of the form strips",
        ),
        Question("What do texts say that have none of the pieces?", "Only with strips: as in [an-article#a-note]."),
    ] = ()
    breaks: Annotated[
        tuple[SeriesBreak, ...],
        Key("where a series is cut, and why", "[{before: ferry.all_day, because: Bicycles count from here on.}]"),
        Question(
            "Where is a series cut, and why?",
            "Only with series, as in [{before: a-claim.second, because: They cannot be compared.}].",
        ),
    ] = ()
    text: Annotated[
        ProseText,
        Markdown(),
        Key("what it tells, in a sentence or more", "Most passengers cross by day."),
        Question("What does it tell, in a sentence or more?", option="--text"),
    ]
    context: Annotated[
        tuple[WrittenNumber, ...],
        NotExported(),
        Key("numbers of the text that are no figure and no result", '["35"]'),
        Question("Which numbers of the text are no figure and no result?", 'As in ["35"].'),
    ] = ()

    @property
    def url_parts(self) -> tuple[str, str]:
        """Its page, and its id there."""
        return "charts/", self.id

    @property
    def claim_ids(self) -> dict[str, None]:
        """Ids of the claims whose figures it draws or on whose page it stands, each once, in order."""
        named = [self.claim] if self.claim else []
        return dict.fromkeys([*named, *(name.partition(".")[0] for _, name in self.iter_figure_names())])

    @property
    def break_reasons_by_figure(self) -> dict[str, str]:
        """Why the series is cut before a figure, by that figure, in the order of the figures."""
        because = {cut.before: cut.because for cut in self.breaks}
        return {mark.figure: because[mark.figure] for mark in self.figures if mark.figure in because}

    def iter_figure_names(self) -> Iterator[tuple[tuple[YamlPathPart, ...], str]]:
        """Every figure that it draws, with the keys under which it is named."""
        if self.whole:
            yield ("whole",), self.whole
        for number, mark in enumerate(self.figures):
            yield ("figures", number, "figure"), mark.figure
        if self.bracket:
            yield ("bracket", "figure"), self.bracket.figure
        for number, panel in enumerate(self.panels):
            yield ("panels", number, "figure"), panel.figure
            for place, box in enumerate(panel.boxes):
                if box.figure:
                    yield ("panels", number, "boxes", place, "figure"), box.figure
