"""Charts: exact numbers in, lengths and areas out; what is open is drawn open, and what nobody read is dashed."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from fractions import Fraction
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from dossier.checks import check_dossier
from dossier.loading.lock import update_lock, write_lock
from dossier.loading.svg_picture import find_svg_fault
from dossier.model import LOCK_FILE_NAME, Dossier
from dossier.model.dates.edtf import parse_edtf
from dossier.model.numbers.charts import (
    find_measure_differences,
    find_plotted_figure,
    is_exact_number,
    is_share_of_one,
)
from dossier.model.numbers.printed import parse_printed_number
from dossier.model.records.figures import Measure
from dossier.pages import build_pages, iter_chart_files
from dossier.pages.charts.drawing import ChartDrawing, build_chart_drawing
from dossier.pages.charts.period_bars import compute_scale_end
from dossier.pages.charts.scene import MARK_SIZE, SCENE_WIDTHS, Box, Scene, Tone, measure_words, wrap_words
from dossier.pages.charts.table import format_csv_cell
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


def scene(dossier: Dossier, name: str, width: str = "wide") -> Scene:
    picture = drawn(dossier, name).picture
    assert picture
    return picture.scenes[width]


def boxes(scene: Scene, *tones: Tone) -> list[Box]:
    return [box for box in scene.boxes if box.tone in tones]


def area(box: Box) -> float:
    return box.width * box.height


def rows(dossier: Dossier, name: str) -> list[list[str]]:
    return list(csv.reader(drawn(dossier, name).table.to_csv().splitlines()))


each_width = pytest.mark.parametrize("width", SCENE_WIDTHS)


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


@each_width
def test_parts_fill_the_whole_to_the_last_and_the_rest_is_hatched(dossier: Dossier, width: str) -> None:
    made = scene(dossier, "boats-by-colour", width)
    [red], [blue], [green], [rest] = (boxes(made, tone) for tone in ("subject", "apart", "other", "missing"))
    assert [round(box.width / made.width * 2500) for box in (red, blue, green, rest)] == [1200, 700, 589, 11]
    assert red.x == 0
    for before, after in ((red, blue), (blue, green), (green, rest)):
        assert after.x == pytest.approx(before.x + before.width)
    assert rest.x + rest.width == pytest.approx(made.width)


@each_width
def test_the_bracket_spans_the_parts_with_a_tone(dossier: Dossier, width: str) -> None:
    made = scene(dossier, "boats-by-colour", width)
    [bracket] = [line.path for line in made.lines if line.kind == "axis"]
    start, end = map(float, re.findall(r"M([0-9.]+) .*H([0-9.]+)v", bracket)[0])
    assert (start, end) == pytest.approx((0, 0.76 * made.width), abs=1.1)
    assert [words.text for words in made.words if words.lead == "1,900"] == [" Red or blue"]


def test_the_table_has_each_part_with_its_share_and_the_rest_as_a_sum(dossier: Dossier) -> None:
    assert [(row[0], *row[2:]) for row in rows(dossier, "boats-by-colour")[1:]] == [
        ("Red", "1,200", "48 %"),
        ("Blue", "700", "28 %"),
        ("Green", "589", "24 %"),
        ("In none of them", "11", "under 1 %"),
        ("Red or blue", "1,900", ""),
        ("All", "2,500", ""),
    ]
    assert rows(dossier, "boats-by-colour")[4][1] == "2,500 − 1,200 − 700 − 589"


def test_where_the_parts_are_all_of_it_nothing_is_left_to_draw(example: Path) -> None:
    assert boxes(scene(read_example(example), "april-tickets"), "missing") == []
    assert "In none of them" not in chart_on(example, "charts/")


def test_the_table_below_a_chart_has_each_number_with_its_place_and_share(example: Path) -> None:
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
    assert [path for path, _ in iter_chart_files(dossier) if "april-tickets" in path] == ["charts/april-tickets.csv"]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("of-whom", "april-record.return", "april-record.lost"),
        ("of-whom", "figure: april-record.tickets\n", "figure: lost.tickets\n"),
        (
            "when-printed",
            "event: count-published}\n  - {figure: april-record.return",
            "event: lost}\n  - {figure: april-record.return",
        ),
        ("way-of-the-count", "[harbour-office-count]", "[lost]"),
        ("what-was-kept", "#april-record", "#lost"),
    ],
)
def test_a_picture_that_lacks_something_is_an_error_and_no_page_fails(
    example: Path, replace: Change, name: str, old: str, new: str
) -> None:
    replace(example / f"annotations/charts/{name}.yml", old, new)
    dossier = read_example(example)
    assert f"annotations/charts/{name}.yml" in {problem.location.path for problem in check_dossier(dossier)}
    assert not drawn(dossier, name).picture
    assert "This cannot be drawn" in chart_on(example, "charts/")


def test_a_series_with_a_figure_that_is_not_there_has_no_breaks_and_no_page_fails(example: Path, replace: Change) -> None:
    replace(example / CHART, "form: parts\nwhole: april-record.tickets", "form: series")
    replace(example / CHART, "april-record.single", "april-record.lost")
    replace(example / CHART, "text: |", 'breaks: [{before: april-record.return, because: "They count otherwise."}]\ntext: |')
    dossier = read_example(example)
    assert dossier.charts["april-tickets"].break_reasons_by_figure
    assert drawn(dossier, "april-tickets").series_breaks == []
    assert "This cannot be drawn" in chart_on(example, "charts/")


# Boxes


@each_width
def test_the_area_of_a_box_is_true_to_the_number_around_it(dossier: Dossier, width: str) -> None:
    made = scene(dossier, "boats-in-boxes", width)
    grounds = [box for box in boxes(made, "other") if box.width != MARK_SIZE]  # a mark of the key has no true size
    red, windy = boxes(made, "subject")
    few, *_ = boxes(made, "apart")  # then its mark in the key
    first, blue, second, green = grounds
    assert area(red) / area(first) == pytest.approx(1200 / 2500)
    assert area(blue) / area(first) == pytest.approx(700 / 2500)
    assert area(green) / area(second) == pytest.approx(589 / 2500)
    assert area(few) / area(green) == pytest.approx(9 / 589)
    days = min((box for box in boxes(made, "open") if is_inside(windy, box)), key=area)
    assert area(windy) / area(days) == pytest.approx(0.94)


@each_width
def test_boxes_stand_inside_the_one_around_them_or_apart(dossier: Dossier, width: str) -> None:
    made = scene(dossier, "boats-in-boxes", width)
    for one, other in combinations(made.boxes, 2):
        assert is_inside(other, one) or is_apart(one, other)
    assert all(is_inside(box, Box(0, 0, made.width, made.height, "frame")) for box in made.boxes)


def is_inside(inner: Box, outer: Box) -> bool:
    return (
        inner.x >= outer.x - 0.01
        and inner.y >= outer.y - 0.01
        and inner.x + inner.width <= outer.x + outer.width + 0.01
        and inner.y + inner.height <= outer.y + outer.height + 0.01
    )


def is_apart(one: Box, other: Box) -> bool:
    return (
        one.x + one.width <= other.x + 0.01
        or other.x + other.width <= one.x + 0.01
        or one.y + one.height <= other.y + 0.01
        or other.y + other.height <= one.y + 0.01
    )


def test_a_box_without_a_number_is_dashed_and_says_so(example: Path) -> None:
    made = scene(read_example(example), "of-whom")
    assert len(boxes(made, "open")) == 1
    assert any("not known" in words.text for words in made.words)
    assert ["4,120", "All who crossed in April", "", "number not known", ""] in rows(read_example(example), "of-whom")


# Apart


@each_width
def test_figures_apart_have_bars_of_one_length_on_a_scale_each(dossier: Dossier, width: str) -> None:
    made = scene(dossier, "three-shares", width)
    frames, bars = boxes(made, "frame"), boxes(made, "other")
    assert len({round(frame.width, 6) for frame in frames}) == 1
    assert [round(bar.width / frame.width, 6) for bar, frame in zip(bars, frames, strict=True)] == [0.52, 0.51, 0.94]
    assert [words.text for words in made.words if words.anchor == "end"] == ["100 %"] * 3


@pytest.mark.parametrize(
    ("value", "drawn_as"),
    [
        ("over 400", (0.8, 0.2, "500")),
        ("nearly 60", (0.95, 0.05, "60")),
        ("at most 8", (0, 1, "8")),
        ("2,500", (5 / 6, 0, "3,000")),
    ],
)
def test_an_inexact_figure_is_drawn_open(example: Path, replace: Change, value: str, drawn_as: tuple[float, float, str]) -> None:
    figure = f'guess: {{value: "{value}", measure: people-april-2024, source: harbour-office-count}}'
    replace(example / CLAIM, "  return: {value", f"  {figure}\n  return: {{value")
    replace(example / CLAIM, "'2,880 return tickets'", f"'2,880 return tickets', '{value}'")
    replace(example / CHART, "form: parts\nwhole: april-record.tickets", "form: apart")
    replace(example / CHART, "april-record.return, label: Return tickets", "april-record.guess")
    write_lock(example / LOCK_FILE_NAME, update_lock(read_example(example)))
    assert check_dossier(read_example(example)) == []
    made = scene(read_example(example), "april-tickets")
    frame, bar = boxes(made, "frame")[1], boxes(made, "other")[1]
    unsure = sum(box.width for box in boxes(made, "open"))
    ends = [words.text for words in made.words if words.anchor == "end"]
    assert (bar.width / frame.width, unsure / frame.width) == pytest.approx(drawn_as[:2])
    assert ends[1] == drawn_as[2]


# Series and lags


@each_width
def test_shares_of_periods_that_overlap_stand_in_lanes_as_long_as_their_months(dossier: Dossier, width: str) -> None:
    made = scene(dossier, "share-over-time", width)
    frames, bars = boxes(made, "frame"), boxes(made, "other")
    assert [round(bar.height / frame.height, 6) for bar, frame in zip(bars, frames, strict=True)] == [0.52, 0.55, 0.51, 0.475]
    assert [round(frame.width / made.width * 48) for frame in frames] == [9, 31, 3, 12]
    assert [round(frame.x / made.width * 48) for frame in frames] == [0, 0, 36, 36]
    assert all(one.y + one.height < other.y for one, other in pairwise(frames))
    assert not [line for line in made.lines if "L" in line.path]  # nothing joins them


@each_width
def test_counts_of_periods_that_lie_apart_stand_on_one_ground(dossier: Dossier, width: str) -> None:
    made = scene(dossier, "trips-by-year", width)
    bars = boxes(made, "other")
    assert len({round(bar.y + bar.height, 6) for bar in bars}) == 1
    assert [round(bar.height / bars[0].height * 3100) for bar in bars] == [3100, 4300, 5400]
    [unsure] = boxes(made, "open")
    assert (unsure.x, unsure.y + unsure.height) == pytest.approx((bars[1].x, bars[1].y))


def test_a_number_below_half_is_unsure_between_its_ends(dossier: Dossier) -> None:
    made = scene(dossier, "share-over-time")
    [unsure] = boxes(made, "open")
    assert unsure.height / boxes(made, "frame")[-1].height == pytest.approx(0.025)


def test_each_break_of_a_series_says_between_what_and_why(dossier: Dossier) -> None:
    assert drawn(dossier, "trips-by-year").series_breaks == [("Second", "Fourth", "Nobody counted in the year between.")]
    assert len(drawn(dossier, "share-over-time").series_breaks) == 3


@each_width
def test_a_lag_is_as_long_as_from_the_period_to_the_day_of_printing(example: Path, width: str) -> None:
    made = scene(read_example(example), "when-printed", width)
    [all_tickets], [return_tickets] = boxes(made, "other"), boxes(made, "subject")
    assert (all_tickets.x, all_tickets.width) == (return_tickets.x, return_tickets.width)
    assert all_tickets.x + all_tickets.width < made.width
    assert len([line for line in made.lines if line.kind == "arrow"]) == 4
    assert [row[3] for row in rows(read_example(example), "when-printed")] == ["Age", "0 to 1 month old", "0 to 1 month old"]


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


# Texts


def test_a_lineage_has_each_text_under_the_one_it_comes_from(example: Path) -> None:
    source = (example / "annotations/sources/harbour-office-count.yml").read_text(encoding="utf-8")
    copy = source.replace("origin: harbour-office-count", "origin: harbour-office-count").replace(
        "harbour.example/ferry", "copy.example"
    )
    copy = copy.replace("https://copy.example/2024-04", "https://gazette.example/2024/05/02/ferry-record")
    (example / "annotations/sources/gazette-copy.yml").write_text(copy.replace("read-in-full", "not-read"), encoding="utf-8")
    table = rows(read_example(example), "way-of-the-count")
    assert [(row[1], row[3], row[4]) for row in table[1:]] == [
        ("Harbour office, 2 May 2024 (b)", "nothing else that we know of", "read in full"),
        ("Ferry carried a record 4,120 passengers in April", "Harbour office, 2 May 2024 (b)", "article of this dossier"),
        ("Harbour office, 2 May 2024 (a)", "Harbour office, 2 May 2024 (b)", "not read by us"),
        ("Page on how islanders travel", "Harbour office, 2 May 2024 (a)", "article of this dossier"),
    ]
    made = scene(read_example(example), "way-of-the-count")
    assert len(boxes(made, "subject")) == 2 + 1  # with the key
    assert len(boxes(made, "open")) == 1 + 1


def test_a_circle_of_origins_ends(example: Path, replace: Change) -> None:
    source = example / "annotations/sources/harbour-office-count.yml"
    (example / "annotations/sources/other.yml").write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    replace(source, "origin: harbour-office-count", "origin: other")
    assert len(rows(read_example(example), "way-of-the-count")) > 2


@each_width
def test_what_a_text_has_not_is_hatched_and_what_it_garbled_dashed(example: Path, replace: Change, width: str) -> None:
    made = scene(read_example(example), "what-was-kept", width)
    assert (len(boxes(made, "other")), len(boxes(made, "missing")), len(boxes(made, "open"))) == (1, 1, 0)
    replace(example / "annotations/articles/harbour-gazette-2024-05-02.yml", "stance: as-stated", "stance: garbled")
    assert len(boxes(scene(read_example(example), "what-was-kept", width), "open")) == 1


def test_a_text_that_has_none_of_it_says_what_it_says_instead(example: Path, replace: Change) -> None:
    chart = example / "annotations/charts/what-was-kept.yml"
    replace(chart, "text: |", "instead: [island-digest#main-way]\ntext: |")
    assert rows(read_example(example), "what-was-kept")[-1] == ["Island Digest", "none of it", "“the main way to town”", ""]


# Words in a drawing


@pytest.mark.parametrize("text", ["of 52 % of all", "printed 26 March 2021 and later", "a number of words without any end"])
def test_words_are_broken_between_words_and_not_inside_a_share_or_a_date(text: str) -> None:
    lines = wrap_words(text, 90)
    assert " ".join(lines).replace("\u00a0", " ") == text
    assert all(measure_words(line) <= 90 or " " not in line for line in lines)
    assert not [line for line in lines if re.search(r"\d$", line) and line.endswith(("52", "26"))]


@each_width
@pytest.mark.parametrize(
    "name",
    [
        "boats-by-colour",
        "boats-in-boxes",
        "three-shares",
        "share-over-time",
        "trips-by-year",
        "when-printed",
        "way-of-the-count",
        "what-was-kept",
    ],
)
def test_words_stand_inside_the_drawing_and_run_into_no_others(dossier: Dossier, name: str, width: str) -> None:
    made = scene(dossier, name, width)
    places = []
    for written in made.words:
        length = measure_words(written.text, written.style) + measure_words(written.lead, "strong")
        left = written.x - length * {"start": 0, "middle": 0.5, "end": 1}[written.anchor]
        assert left >= -0.5, written
        assert left + length <= made.width + 0.5, written
        assert 0 < written.y <= made.height + 1, written
        places.append(Box(left, written.y - 11, length, 12, "frame"))
    assert all(is_apart(one, other) for one, other in combinations(places, 2))


def test_hatching_stays_in_its_box() -> None:
    box = Box(10, 20, 7, 30, "missing")
    ends = [(float(x), float(y)) for x, y in re.findall(r"([0-9.]+) ([0-9.]+)", box.hatching)]
    assert ends
    assert all(10 <= x <= 17 and 20 <= y <= 50 for x, y in ends)


# Files to take away


def test_each_chart_has_its_numbers_and_its_picture_to_take_away(dossier: Dossier) -> None:
    files = dict(iter_chart_files(dossier))
    assert set(files) == {f"charts/{name}.{ending}" for name in dossier.charts for ending in ("csv", "svg")}
    for path, text in files.items():
        if path.endswith(".svg"):
            root = ElementTree.fromstring(text)
            assert find_svg_fault(text.encode()) is None
            assert [element.tag.partition("}")[2] for element in root][:2] == ["title", "desc"]
            assert not [element for element in root.iter() if element.get("style") or element.get("id")]
        else:
            lengths = {len(row) for row in csv.reader(text.splitlines())}
            assert len(lengths) == 1
    assert files == dict(iter_chart_files(dossier))


def test_the_page_leads_to_the_files_and_shows_the_same_numbers(dossier: Dossier) -> None:
    page = parse(next(page.content_html for page in build_pages(dossier) if page.url == "charts/"))
    assert {f"../{path}" for path, _ in iter_chart_files(dossier)} <= set(links(page))
    for name in dossier.charts:
        for row in rows(dossier, name)[1:]:
            assert " ".join(row[-1].split()) in words(page)


def test_files_of_drafts_are_in_a_preview_only(example: Path, replace: Change) -> None:
    replace(example / CHART, "reviewed:", "status: draft\nreviewed:")
    dossier = read_example(example)
    assert "charts/april-tickets.svg" not in dict(iter_chart_files(dossier))
    assert "charts/april-tickets.svg" in dict(iter_chart_files(dossier, preview=True))


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("= 3 + 4", "3 + 4"),
        ("=SUM(A1)", "'=SUM(A1)"),
        ("+1+1", "'+1+1"),
        ("@a", "'@a"),
        ("<b>“A &amp; B”</b>", "“A & B”"),
        ("-5", "-5"),
        ("+12.5 %", "+12.5 %"),
        ("-5|x", "'-5|x"),
    ],
)
def test_no_cell_is_a_formula_for_a_spreadsheet(cell: str, text: str) -> None:
    assert format_csv_cell(Markup(cell)) == text


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
    images = [element for element in page.iter("svg") if element.get("role") == "img"]
    assert len(images) == len(dossier.charts) * len(SCENE_WIDTHS) == 10 * 3
    assert all(image.findtext("title") and image.findtext("desc") and not list(image.iter("a")) for image in images)
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
