"""Charts: which figures of claims are drawn, and in which form. A chart holds no number of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from dossier.model.base import Entry, Record
from dossier.model.field_types import FigureReference, ProseText, RecordId, SingleLineText, WrittenNumber
from dossier.model.fields import InReports, Key, Markdown, PlainText, Question, Ref, Vocabulary
from dossier.model.vocabulary import CHART_FORM_MEANINGS
from dossier.model.yaml_node import YamlPathPart


class ChartedFigure(Record):
    """A figure as a chart draws it; without a label, the figure's name says what it is."""

    noun = "figure of a chart"

    figure: Annotated[
        FigureReference, Ref("figure"), Key("a claim and its figure", "ferry.at_night"), InReports(is_label_omitted=True)
    ]
    label: Annotated[SingleLineText | None, PlainText(), Key("what it is called in the chart", "At night", in_snippet=True)] = (
        None
    )


class SeriesBreak(Record):
    """Where a series is cut: before which of its figures, and why the one before cannot be compared with it."""

    noun = "break of a chart"

    before: Annotated[FigureReference, Ref("figure"), Key("the figure before which the series is cut", "ferry.all_day")]
    because: Annotated[ProseText, Markdown(), Key("why the two cannot be compared", "From 2019 on, bicycles are counted too.")]


class Chart(Entry):
    """Figures of claims as a drawing, with a table beside it.

    `parts` cuts one whole into its parts, `apart` gives figures that must not be pooled a scale each, `series` follows a
    figure through time.
    """

    noun = "chart"
    fields_from_file = frozenset({"id"})

    id: RecordId
    title: Annotated[
        SingleLineText,
        Markdown(),
        Key("what it shows, in a line", "Passengers by time of day"),
        Question("What does it show, in a line?", option="--title"),
    ]
    form: Annotated[
        Literal["parts", "apart", "series"],
        Vocabulary(CHART_FORM_MEANINGS),
        Key("parts, apart or series", "apart"),
        Question("Which form does it have?", option="--form"),
    ]
    whole: Annotated[
        FigureReference | None,
        Ref("figure"),
        Key("the figure that the parts belong to", "ferry.total"),
        Question("To which figure do the parts belong?", "Only with parts: a claim and its figure, as in a-claim.total."),
    ] = None
    figures: Annotated[
        tuple[ChartedFigure, ...],
        Key("the figures it draws, two or more", "[{figure: ferry.at_night}, {figure: ferry.all_day}]"),
        Question("Which figures does it draw, two or more?", "As in [{figure: a-claim.total, label: All}]."),
    ]
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
        Key("numbers of the text that are no figure and no result", '["35"]'),
        Question("Which numbers of the text are no figure and no result?", 'As in ["35"].'),
    ] = ()

    @property
    def url_parts(self) -> tuple[str, str]:
        """Its page, and its id there."""
        return "charts/", self.id

    @property
    def claim_ids(self) -> dict[str, None]:
        """Ids of the claims whose figures it draws, each once, in order."""
        return dict.fromkeys(name.partition(".")[0] for _, name in self.iter_figure_names())

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
