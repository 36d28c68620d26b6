"""Charts: which figures of claims are drawn, in which form, and which may share a scale.

A chart holds no number of its own. It names figures, `claim.figure`, and draws what they come to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Annotated, Literal, NamedTuple

from dossier.model.base import Entry, Record
from dossier.model.dates.edtf import Edtf
from dossier.model.evidence import Measure
from dossier.model.field_types import FigureReference, ProseText, RecordId, SingleLineText, WrittenNumber
from dossier.model.fields import InReports, Key, Markdown, PlainText, Question, Ref, Vocabulary
from dossier.model.numbers.evaluation import Evaluator, FigureInput
from dossier.model.numbers.printed import PrintedNumber
from dossier.model.vocabulary import CHART_FORM_MEANINGS
from dossier.model.yaml_node import YamlPathPart

COMPARED_MEASURE_KEYS = ("unit", "population", "area", "collector")
"""Keys in which two measures must be equal if one continues the other."""


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


class PlottedFigure(NamedTuple):
    """A sound figure of a chart: its name and claim, its exact number, and its measure."""

    input: FigureInput
    exact_number: Fraction
    measure: Measure

    @property
    def printed_number(self) -> PrintedNumber:
        """The number as it is printed."""
        return self.input.figure.value


def find_plotted_figure(name: str, evaluator: Evaluator, measures: Mapping[str, Measure]) -> PlottedFigure | None:
    """A figure by its name in a chart; None if it does not exist or is not sound."""
    figure_input = evaluator.find_input(name)
    if figure_input is None:
        return None
    number = evaluator.get_exact_number(figure_input.claim, figure_input.figure_key)
    measure = measures.get(figure_input.figure.measure)
    return PlottedFigure(figure_input, number, measure) if measure and number is not None else None


def is_exact_number(printed: PrintedNumber) -> bool:
    """Whether a number is printed as itself, not as "over 4,000", "almost half" or "one in ten"."""
    return printed.low is not None and printed.high is not None and printed.value < printed.high and not printed.includes_high


def is_share_of_one(printed: PrintedNumber) -> bool:
    """Whether a number is a part of one: 52 %, almost half."""
    return "%" in printed.text or "cent" in printed.text.lower() or 0 < printed.value < 1


def get_closed_period(measure: Measure) -> Edtf | None:
    """The period of a measure if it has a start and an end; otherwise it has no place on an axis of time."""
    return measure.period if measure.period and measure.period.start and measure.period.end else None


def to_decimal_years(period: Edtf) -> tuple[float, float]:
    """Start and end of a period in years; all months count as 31 days, so they may be some days off."""
    (first, month, day), (last, final, until) = period.earliest_day, period.latest_day
    return first + (month - 1 + (day - 1) / 31) / 12, last + (final - 1 + until / 31) / 12


def find_measure_differences(first: Measure, second: Measure) -> list[str]:
    """Why figures of two measures cannot follow each other in a series; empty if they can."""
    pairs = ((key, getattr(first, key), getattr(second, key)) for key in COMPARED_MEASURE_KEYS)
    differences = [key for key, value, other in pairs if value is None or value != other]
    before, after = get_closed_period(first), get_closed_period(second)
    if before and after:
        (first_start, first_end), (second_start, second_end) = to_decimal_years(before), to_decimal_years(after)
        length = first_end - first_start
        if second_start < first_end - 0.01:
            differences.append("periods that overlap")
        if abs(length - (second_end - second_start)) > 0.1 * length:
            differences.append("length of the period")
    return differences
