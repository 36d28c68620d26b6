"""Charts: exact numbers in, lengths and places out; what is not comparable is not joined, what is open is drawn open."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest

from dossier.checks import check_dossier
from dossier.loading.lock import update_lock, write_lock
from dossier.model import LOCK_FILE_NAME, Dossier
from dossier.model.dates.edtf import parse_edtf
from dossier.model.numbers.charts import (
    PlottedFigure,
    find_measure_differences,
    find_plotted_figure,
    is_exact_number,
    is_share_of_one,
)
from dossier.model.numbers.printed import parse_printed_number
from dossier.model.records.figures import Measure
from dossier.pages import build_pages
from dossier.pages.charts.line_chart import (
    CHART_WIDTH,
    LETTER_WIDTH,
    PLOT_BASE,
    PLOT_LEFT,
    PLOT_RIGHT,
    PLOT_TOP,
    SeriesLayout,
    lay_out_series,
)
from dossier.pages.charts.page import ChartDrawing, build_chart_drawing, compute_scale_end
from dossier.pages.context import PageContext
from dossier.pages.directives import render_directive
from support.charted_example import make_charted_example
from support.dossiers import read_example
from support.reading_pages import at, links, parse, words

Change = Callable[[Path, str, str], None]
CHART = "annotations/charts/april-tickets.yml"
CLAIM = "annotations/claims/april-record.yml"


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    """The example with a chart of each form."""
    made = make_charted_example(tmp_path_factory.mktemp("charts") / "example")
    assert {problem.rule for problem in check_dossier(made)} == {"unused-record"}
    return made


def drawn(dossier: Dossier, name: str) -> ChartDrawing:
    return build_chart_drawing(PageContext(dossier, "charts/"), dossier.charts[name])


def over_time(dossier: Dossier, name: str) -> SeriesLayout:
    made = drawn(dossier, name).line_chart
    assert made
    return made


# What may stand on one scale


@pytest.mark.parametrize(
    ("text", "is_exact", "share"),
    [
        ("9,477", True, False),
        ("52 %", True, True),
        ("69.1 million", True, False),
        ("over 4,000", False, False),
        ("at least 4,373", False, False),
        ("nearly 60 million", False, False),
        ("up to 7", False, False),
        ("about half", False, True),
        ("almost half", False, True),
        ("one in ten", False, True),
        ("100 per cent", True, True),
        ("0", True, False),
    ],
)
def test_a_number_is_exact_or_open_a_share_or_a_count(text: str, is_exact: bool, share: bool) -> None:
    assert (is_exact_number(parse_printed_number(text)), is_share_of_one(parse_printed_number(text))) == (is_exact, share)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, []),
        ({"area": "the island"}, ["area"]),
        ({"unit": "people", "population": "two crossings"}, ["unit", "population"]),
        ({"collector": None}, ["collector"]),
        ({"period": "2024-03"}, ["periods that overlap"]),
        ({"period": "2024-04/2024-06"}, ["length of the period"]),
        ({"period": "2024-04-01/2024-05-03"}, []),
        ({"period": "2024-04-01/2024-05-04"}, ["length of the period"]),
        ({"period": "2024-02"}, ["periods that overlap"]),
        ({"period": "2024-06"}, []),
    ],
)
def test_a_measure_continues_another_or_it_is_said_why_not(change: dict[str, str], said: list[str]) -> None:
    assert find_measure_differences(measure(), measure(**{"period": "2024-04", **change})) == said


def measure(**change: str | None) -> Measure:
    """Tickets in March, but for what is changed."""
    facts = {"unit": "tickets", "population": "all", "area": "the ferry", "period": "2024-03", "collector": "harbour-office"}
    return Measure.model_validate(
        {"id": "tickets", **facts, **{name: value or "not-established" for name, value in change.items()}}
    )


def test_years_with_and_without_a_leap_day_are_equally_long() -> None:
    assert find_measure_differences(measure(period="2019"), measure(period="2020")) == []
    assert parse_edtf("2020").latest_day == (2020, 12, 31)


# Parts


def test_parts_fill_the_whole_to_the_last_and_the_rest_is_worked_out(dossier: Dossier) -> None:
    parts = drawn(dossier, "boats-by-colour").parts
    assert parts
    assert (parts.remainder, parts.remainder_share, parts.operation_text) == (
        "11",
        "under 1 %",
        "2,500 − 1,200 − 700 − 589",
    )
    lengths = [float(bar.length) for _, bar in parts.pieces]
    assert [round(length * 25) for length in lengths] == [1200, 700, 589]
    starts = [float(bar.start) for _, bar in parts.pieces] + [float(parts.remainder_bar.start)]
    assert starts == pytest.approx([sum(lengths[:number]) for number in range(4)], abs=0.01)
    assert float(parts.remainder_bar.length) == pytest.approx(100 * 11 / 2500, abs=0.001)
    assert parts.remainder_bar.is_thin


def test_where_the_parts_are_all_of_it_nothing_is_left_to_draw(example: Path) -> None:
    parts = drawn(read_example(example), "april-tickets").parts
    assert parts
    assert parts.remainder == "0"
    assert "In none of them" not in chart_on(example, "charts/")


def test_the_table_beside_a_chart_has_each_number_with_its_place_and_share(example: Path) -> None:
    said = chart_on(example, "charts/")
    assert re.search(r"The numbers.*Single tickets Harbour office[^.]* 1,240 30\s%.*Return tickets .* 2,880 70\s%", said)
    assert re.search(r"Tickets “[^”]*4,120[^”]*” 4,120", said)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("whole: april-record.tickets", "whole: april-record.single"),
        ("whole: april-record.tickets", "whole: april-record.lost"),
        ("whole: april-record.tickets\n", ""),
        ("april-record.single", "april-record.lost"),
        ("april-record.single", "lost.single"),
    ],
)
def test_what_cannot_be_drawn_is_an_error_and_no_page_fails(example: Path, replace: Change, old: str, new: str) -> None:
    replace(example / CHART, old, new)
    dossier = read_example(example)
    assert {problem.location.path for problem in check_dossier(dossier)} == {CHART}
    assert "This cannot be drawn" in chart_on(example, "charts/")


def test_a_series_with_a_figure_that_is_not_there_has_no_breaks_and_no_page_fails(example: Path, replace: Change) -> None:
    replace(example / CHART, "form: parts\nwhole: april-record.tickets", "form: series")
    replace(example / CHART, "april-record.single", "april-record.lost")
    replace(example / CHART, "text: |", 'breaks: [{before: april-record.return, because: "They count otherwise."}]\ntext: |')
    dossier = read_example(example)
    assert dossier.charts["april-tickets"].break_reasons_by_figure
    assert drawn(dossier, "april-tickets").series_breaks == []
    assert "This cannot be drawn" in chart_on(example, "charts/")


# Apart


def test_figures_apart_have_a_scale_each_and_say_what_they_count(dossier: Dossier) -> None:
    panels = drawn(dossier, "three-shares").panels
    assert panels
    assert [(panel.figure.figure_row.figure.value.text, panel.bar.length, panel.scale_end) for panel in panels] == [
        ("52 %", "52", "100 %"),
        ("51 %", "51", "100 %"),
        ("94 %", "94", "100 %"),
    ]
    assert len({panel.figure.measure for panel in panels}) == 3


@pytest.mark.parametrize(
    ("value", "drawn_as"),
    [
        ("over 400", ("80", "20", True, "500")),
        ("nearly 60", ("95", "5", False, "60")),
        ("at most 8", ("0", "100", False, "8")),
        ("2,500", ("83.333", "", False, "3,000")),
    ],
)
def test_an_inexact_figure_is_drawn_open(
    example: Path, replace: Change, value: str, drawn_as: tuple[str, str, bool, str]
) -> None:
    figure = f'guess: {{value: "{value}", measure: people-april-2024, source: harbour-office-count}}'
    replace(example / CLAIM, "  return: {value", f"  {figure}\n  return: {{value")
    replace(example / CLAIM, "'2,880 return tickets'", f"'2,880 return tickets', '{value}'")
    replace(example / CHART, "form: parts\nwhole: april-record.tickets", "form: apart")
    replace(example / CHART, "april-record.return, label: Return tickets", "april-record.guess")
    write_lock(example / LOCK_FILE_NAME, update_lock(read_example(example)))
    assert check_dossier(read_example(example)) == []
    panels = drawn(read_example(example), "april-tickets").panels
    assert panels
    bar = panels[1].bar
    assert (bar.length, bar.open_length, bar.is_open_ended, panels[1].scale_end) == drawn_as


# Series


def test_only_what_continues_is_joined_and_each_break_has_its_number(dossier: Dossier) -> None:
    shares, counts = (over_time(dossier, name) for name in ("share-over-time", "trips-by-year"))
    assert [(step.break_number, step.is_broken) for step in shares.connectors] == [(1, True), (2, True), (3, True)]
    assert [(step.break_number, step.is_broken) for step in counts.connectors] == [(0, False), (1, True)]
    assert len(drawn(dossier, "share-over-time").series_breaks) == 3


def test_what_cannot_be_compared_is_not_joined_even_without_a_reason(dossier: Dossier) -> None:
    chart = dossier.charts["share-over-time"].model_copy(update={"breaks": ()})
    made = build_chart_drawing(PageContext(dossier, "charts/"), chart).line_chart
    assert made
    assert all(step.is_broken and not step.break_number for step in made.connectors)


def test_points_stand_at_their_value_and_lanes_at_their_period(dossier: Dossier) -> None:
    made = over_time(dossier, "share-over-time")
    heights = [(PLOT_BASE - point.y) / (PLOT_BASE - PLOT_TOP) * 60 for point in made.points]
    assert heights == pytest.approx([52, 55, 51, 50], abs=0.01)
    begin, end = zip(*((point.lane_left, point.lane_right) for point in made.points), strict=True)
    assert begin[0] == begin[1] == PLOT_LEFT
    assert end[0] < end[1] < begin[2] == begin[3] < end[2] < end[3] == PLOT_RIGHT
    assert [point.x for point in made.points] == pytest.approx([(one + other) / 2 for one, other in zip(begin, end, strict=True)])


def test_a_number_without_an_end_has_an_open_box_and_almost_half_a_closed_one(dossier: Dossier) -> None:
    counts, shares = (over_time(dossier, name) for name in ("trips-by-year", "share-over-time"))
    assert [point.box and point.box.is_open_ended for point in counts.points] == [None, True, None]
    last = shares.points[-1].box
    assert last
    assert not last.is_open_ended
    assert (PLOT_BASE - last.bottom) / (PLOT_BASE - PLOT_TOP) * 60 == pytest.approx(47.5)
    assert (PLOT_BASE - last.top) / (PLOT_BASE - PLOT_TOP) * 60 == pytest.approx(50)


def test_each_number_has_a_line_of_its_own_on_the_sheet() -> None:
    periods = [f"{year}-{month:02}" for year in (2022, 2023) for month in range(1, 13)]
    points = [plot_figure(f"over {10 * number:,},000", period) for number, period in enumerate(periods, 1)]
    made = lay_out_series(points, {}, Fraction(500_000))
    assert made
    heights = [point.lane_y for point in made.points]
    assert min(later - earlier for earlier, later in pairwise(heights)) >= 14  # of a line of words
    assert PLOT_BASE + 14 <= heights[0] < heights[-1] <= made.axis_y - 5
    for point in made.points:
        assert point.label_x + len(point.text) * LETTER_WIDTH <= CHART_WIDTH + 0.1
        assert point.label_x <= point.lane_left


def test_a_series_inside_one_year_names_that_year_at_its_left_edge() -> None:
    made = lay_out_series([plot_figure("5", "2024-03"), plot_figure("5", "2024-04")], {}, Fraction(10))
    assert made
    assert made.year_ticks == [(PLOT_LEFT, "2024")]


def plot_figure(text: str, period: str) -> PlottedFigure:
    number = parse_printed_number(text)
    named = SimpleNamespace(name="", figure=SimpleNamespace(value=number))
    return PlottedFigure(named, number.value, measure(period=period))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "end"),
    [("1", 1), ("0", 1), ("52 %", Fraction(6, 10)), ("5,441", 6000), ("999", 1000), ("0.003", Fraction(3, 1000))],
)
def test_a_scale_ends_at_a_round_number(example: Path, replace: Change, value: str, end: Fraction) -> None:
    figure = f'new: {{value: "{value}", measure: people-april-2024, source: harbour-office-count}}'
    replace(example / CLAIM, "  return: {value", f"  {figure}\n  return: {{value")
    replace(example / CLAIM, "'2,880 return tickets'", f"'2,880 return tickets', '{value}'")
    dossier = read_example(example)
    one = find_plotted_figure("april-record.new", dossier.evaluator, dossier.measures)
    assert one
    assert compute_scale_end([one]) == end


# Pages


def test_a_chart_is_at_home_on_the_page_of_charts_and_stands_on_its_claims_pages(example: Path) -> None:
    made = {page.url: parse(page.content_html) for page in build_pages(read_example(example))}
    assert at(made["charts/"], "april-tickets").tag == "h2"
    assert "#april-tickets" in links(made["charts/"])
    assert "../../charts/#april-tickets" in links(made["claims/april-record/"])
    assert "april-tickets" not in {element.get("id") for element in made["claims/april-record/"].iter()}


def test_a_hand_written_page_calls_a_chart_in_from_wherever_it_is(example: Path) -> None:
    for address, root in (("", "./"), ("method/", "../")):
        assert f"{root}charts/#april-tickets" in links(
            parse(render_directive("chart april-tickets", read_example(example), address))
        )
    assert render_directive("chart lost", read_example(example), "") == render_directive("lost", read_example(example), "") == ""


def test_the_drawing_is_one_image_with_a_name_and_nothing_in_it_can_be_focused(dossier: Dossier) -> None:
    page = parse(next(page.content_html for page in build_pages(dossier) if page.url == "charts/"))
    images = [element for element in page.iter("div") if element.get("role") == "img"]
    assert len(images) == len(dossier.charts) == 5
    assert all(image.get("aria-label") and not list(image.iter("a")) for image in images)
    assert [element.get("style") for element in page.iter() if element.get("style")] == []


def test_a_draft_chart_is_on_no_published_page(example: Path, replace: Change) -> None:
    replace(example / CHART, "reviewed:", "status: draft\nreviewed:")
    published, preview = (
        "".join(page.content_html for page in build_pages(read_example(example), shown)) for shown in (False, True)
    )
    assert "The tickets of April by kind" not in published
    assert "The tickets of April by kind" in preview


def chart_on(root: Path, address: str) -> str:
    """The words of the charts on a page."""
    page = next(page for page in build_pages(read_example(root)) if page.url == address)
    return words(parse(page.content_html))
