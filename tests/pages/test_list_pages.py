"""The list pages as they are built: facets with counts, links to each entry, and the overview of the timeline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.model import Dossier
from dossier.model.dates.edtf import parse_edtf
from dossier.model.records import Event
from dossier.pages import build_pages
from dossier.pages.context import PageContext, get_template_environment
from dossier.pages.list_filters import MIN_FILTERED_ITEMS, FilterForm, ListFilter, ToggleFilter, build_filter_form
from dossier.pages.timeline.lane import build_lane
from dossier.pages.timeline.named_events import MAX_NAMED_EVENTS, choose_named_events, place_names
from dossier.pages.timeline.overview import EventMark, TimelineOverview, build_timeline_overview
from dossier.pages.timeline.page import build_timeline_page
from dossier.pages.timeline.time_scale import MAX_TIME_SCALE_COLUMNS, build_time_scale
from support.reading_pages import EVENT, at, at_address, event, harmless, ids, pages, parse, words
from support.timelines import SHAPES, VOICES, dated, of_events
from support.work import count_calls

Change = Callable[[Path, str, str], None]
DARK = '"><script>alert(1)</script>'


class Boat(NamedTuple):
    """Something to list."""

    colours: tuple[str, ...]
    sails: bool = False


COLOURS = {"red": "Red", "blue": "Blue", "green": "Green"}
COLOUR = ListFilter[Boat]("colour", "Colour", lambda boat: boat.colours, COLOURS)
SAILS = ToggleFilter[Boat]("sails", "Under sail", lambda boat: boat.sails)


# Facets


def test_a_facet_offers_its_values_in_order_with_the_number_of_items_that_have_each() -> None:
    assert offered(COLOUR, "blue", "red", "red blue", "red red", "") == [("red", "Red", 3), ("blue", "Blue", 2)]


def test_a_value_that_has_no_words_or_too_few_items_is_not_offered() -> None:
    rare = replace(COLOUR, min_items=2)
    assert offered(COLOUR, "red", "blue", "mauve") == [("red", "Red", 1), ("blue", "Blue", 1)]
    assert offered(rare, "red", "red", "blue", "green green", "blue") == [("red", "Red", 2), ("blue", "Blue", 2)]


@pytest.mark.parametrize("colours", [(), ("red",), ("red", "red"), ("", "red")])
def test_a_facet_of_fewer_than_two_values_is_left_out(colours: tuple[str, ...]) -> None:
    made = fleet(COLOUR, *colours)
    assert made.controls == ()
    assert set(made.item_attributes.values()) == {f'data-item="b{number}"' for number in range(len(colours))}


@pytest.mark.parametrize(("sails", "choices"), [("", []), ("-", []), ("s", []), ("ss", []), ("s-s", [("1", "Under sail", 2)])])
def test_a_yes_or_no_that_is_true_of_all_or_none_is_left_out(sails: str, choices: list[tuple[str, str, int]]) -> None:
    made = build_filter_form({f"b{place}": Boat((), sail == "s") for place, sail in enumerate(sails)}, [SAILS], "boat")
    assert [tuple(choice) for facet in made.controls for choice in facet.options] == choices


def test_an_item_is_marked_with_its_values() -> None:
    boats = {"a": Boat(("red", "blue"), True), "b": Boat(("green",)), "c": Boat(())}
    marks = build_filter_form(boats, [COLOUR, SAILS], "boat").item_attributes
    assert marks == {
        "a": 'data-item="a" data-colour="red blue" data-sails="1"',
        "b": 'data-item="b" data-colour="green"',
        "c": 'data-item="c"',
    }


@pytest.mark.parametrize("hostile", [DARK, "' onmouseover='x"])
def test_whatever_a_value_is_called_the_form_stays_a_form(hostile: str) -> None:
    named = ListFilter[Boat](COLOUR.name, hostile, COLOUR.get_values, {"red": hostile, "blue": hostile})
    form = form_of(fleet(named, *["red", "blue"] * MIN_FILTERED_ITEMS))
    assert [option.text for option in form.iter("option")] == [
        "All",
        f"{hostile} ({MIN_FILTERED_ITEMS})",
        f"{hostile} ({MIN_FILTERED_ITEMS})",
    ]
    [script] = form.iter("script")
    assert (script.attrib, script.text) == ({"type": "module", "src": "../assets/filters.js"}, None)
    assert {element.tag for element in form.iter()} == {
        *("document", "section", "form", "label", "select", "option", "p", "span", "button", "script")
    }
    assert not [name for element in form.iter() for name in element.attrib if name.startswith("on")]


def test_few_items_are_offered_no_filters() -> None:
    for number in (MIN_FILTERED_ITEMS - 1, MIN_FILTERED_ITEMS):
        made = fleet(COLOUR, *["red", *["blue"] * (number - 1)])
        assert made.is_offered == (number >= MIN_FILTERED_ITEMS)
        assert len(form_of(made).findall("section")) == (number >= MIN_FILTERED_ITEMS)


def test_a_form_is_hidden_until_a_script_shows_it_and_says_how_many_there_are() -> None:
    section = form_of(fleet(COLOUR, *["red", "blue"] * MIN_FILTERED_ITEMS))[0]
    assert "hidden" in section.attrib
    status = section.find(".//*[@role='status']")
    assert words(status) == "16 boats"
    assert [words(label).partition(" ")[0] for label in section.iter("label")] == ["Colour"]


# The lists


@pytest.mark.parametrize(
    ("address", "facet", "counted"),
    [
        ("timeline/", "kind", lambda it: Counter(event.kind for event in it.events.values())),
        ("timeline/", "voice", lambda it: Counter(voice for event in it.events.values() for voice in event.voices)),
        ("sources/", "kind", lambda it: Counter(source.kind for source in it.sources.values())),
        ("sources/", "checked", lambda it: Counter(source.checked for source in it.sources.values())),
        ("sources/", "origin", lambda it: {"1": len(set(it.root_ids_by_source.values()))}),
        ("parties/", "kind", lambda it: Counter(party.kind for party in it.parties.values())),
        ("parties/", "speaks", lambda it: {"1": len({note.speaker for note in it.iter_annotations()} - {"text"})}),
        ("claims/", "topic", lambda it: Counter(topic for claim in it.claims.values() for topic in claim.topics)),
        ("claims/", "verdict", lambda it: Counter(claim.verdict for claim in it.claims.values())),
        ("compare/", "topic", lambda it: Counter(topic for claim in it.claims.values() for topic in claim.topics)),
        ("compare/", "verdict", lambda it: Counter(claim.verdict for claim in it.claims.values())),
    ],
)
def test_the_choices_of_a_list_count_its_records(
    large_dossier: Dossier, address: str, facet: str, counted: Callable[[Dossier], Mapping[str, int]]
) -> None:
    page = parse(at_address(build_pages(large_dossier), address).content_html)
    assert choices(page, facet) == counted(large_dossier)
    marked = {
        name: value
        for item in page.iter()
        if (name := item.get("data-item"))
        for value in [item.get(f"data-{facet}", "").split()]
    }
    assert Counter(value for values in marked.values() for value in values) == counted(large_dossier)


def test_publishers_of_one_source_only_are_not_offered(large_dossier: Dossier) -> None:
    page = parse(at_address(build_pages(large_dossier), "sources/").content_html)
    counts = Counter(source.publisher for source in large_dossier.sources.values() if source.publisher)
    assert choices(page, "publisher") == {name: number for name, number in counts.items() if number > 1}


@pytest.mark.parametrize("address", ["timeline/", "sources/", "parties/", "claims/", "compare/", "articles/"])
def test_every_item_of_a_list_is_marked_and_under_a_heading_that_can_go(large_dossier: Dossier, address: str) -> None:
    page = parse(at_address(build_pages(large_dossier), address).content_html)
    records = {"timeline/": large_dossier.events, "compare/": large_dossier.claims}.get(address) or getattr(
        large_dossier, address.strip("/")
    )
    items = {item.get("data-item"): item for item in page.iter() if "data-item" in item.attrib}
    assert items.keys() == records.keys()
    if address != "articles/":
        grouped = {item.get("data-item") for group in page.iter() if "data-group" in group.attrib for item in group.iter()}
        assert grouped - {None} == records.keys()


def test_the_example_is_too_small_for_filters(example: Path) -> None:
    assert [address for address, page in pages(example).items() if any("data-filters" in e.attrib for e in page.iter())] == []


def test_each_entry_of_a_list_leads_to_itself(example: Path) -> None:
    made = pages(example)
    for address, names in {
        "timeline/": ["count-published"],
        "sources/": ["harbour-office-count"],
        "parties/": ["harbour-gazette", "harbour-office", "island-digest"],
        "glossary/": ["ticket"],
    }.items():
        found = {link.get("href"): words(link) for link in made[address].iter("a") if link.get("class") == "permalink"}
        assert {f"#{name}" for name in names} <= found.keys() == {f"#{name}" for name in ids(made[address])} & found.keys()
        assert len(set(found.values())) == len(found)


def test_an_events_voices_are_told_by_word_and_shape(example: Path) -> None:
    made = at(pages(example)["timeline/"], "count-published")
    voice = made.find(".//span[@class='voice']")
    assert words(voice) == "Government"
    drawn = {str(voices().voice(VOICES["press"].model_copy(update={"shape": shape}))) for shape in SHAPES}  # type: ignore[attr-defined]
    assert len({shape.partition("</svg>")[0] for shape in (*drawn, str(voices().voice(None)))}) == 8  # type: ignore[attr-defined]


def test_the_timeline_says_who_its_voices_are_and_leaves_out_one_that_is_not_there(example: Path, replace: Change) -> None:
    assert "The harbour office and those above it." in words(pages(example)["timeline/"])
    replace(example / EVENT, "voices: [government]", "voices: [goverment]")
    made = at(pages(example)["timeline/"], "count-published")
    assert made.find(".//span[@class='voice']") is None


def test_what_has_no_beginning_stands_first_under_a_heading_of_its_own(example: Path) -> None:
    event(example, "old", "../2019")
    page = pages(example)["timeline/"]
    assert [words(heading) for heading in page.iter("h2")] == ["Beginning unknown", "2024"]
    assert "old" in ids(at(page, "beginning-unknown", up=True))
    years = {link.get("href"): words(link) for link in page.findall(".//p[@class='lane-head']/a")}
    assert years == {"#beginning-unknown": "Beginning unknown", "#2024": "2024"}


def test_a_year_before_1000_says_its_era_wherever_it_stands(example: Path) -> None:
    event(example, "old", "-0005-03-02")
    event(example, "less-old", "0044")
    drawn = pages(example)
    assert [words(heading) for heading in drawn["timeline/"].iter("h2")] == ["6 BC", "AD 44", "2024"]
    assert "2 March 6 BC" in words(at(drawn["timeline/"], "old"))
    assert words(drawn["years/-5/"].find(".//h1")) == "6 BC"
    years = [words(link) for link in drawn["search/"].iter("a") if "/years/" in (link.get("href") or "")]
    assert years[:2] == ["6 BC", "AD 44"]


# The axis


def test_a_month_is_a_column_and_a_day_lies_in_it() -> None:
    axis = build_time_scale([parse_edtf("2019-03-06"), parse_edtf("2019-12-31")])
    assert (axis.months_per_column, axis.column_count) == (1, 10)
    assert (axis.compute_column_percent(axis.first_column), axis.compute_day_percent((2019, 3, 1))) == (0, 0)
    assert axis.compute_day_percent((2019, 12, 31), over=True) == 100
    assert (
        axis.compute_day_percent((2019, 4, 1))
        == 10
        < axis.compute_day_percent((2019, 4, 15))
        < 20
        == axis.compute_day_percent((2019, 5, 1))
    )


def test_time_without_events_has_its_width() -> None:
    axis = build_time_scale(parse_edtf(date) for date in ["1998-01-01", "2019-01", "2021-12-31"])
    assert axis.compute_day_percent((2019, 1, 1)) == 87.5  # 21 of 24 years


@pytest.mark.parametrize(("last", "months"), [("2009-12", 1), ("2010-01", 3), ("2029-12", 3), ("2030-01", 12)])
def test_a_scale_has_at_most_so_many_columns(last: str, months: int) -> None:
    axis = build_time_scale([parse_edtf("2000-01"), parse_edtf(last)])
    assert axis.months_per_column == months
    assert (axis.column_count == MAX_TIME_SCALE_COLUMNS) == (last.endswith("-12"))


@pytest.mark.parametrize(
    ("years", "months"),
    [(9, 1), (25, 3), (100, 12), (900, 120)],
)
def test_many_years_are_told_in_wider_columns(years: int, months: int) -> None:
    axis = build_time_scale(parse_edtf(str(2000 + year)) for year in range(years))
    assert axis.months_per_column == months
    assert (axis.get_year(axis.first_column), axis.compute_day_percent((2000, 1, 1))) == (2000, 0)


DATES = st.one_of(
    st.dates().map(str),
    st.sampled_from(["2020", "2020-04", "202X", "2020-04-01~", "2021?", "19XX", "2021-22", "Y100000000", "Y-100000000"]),
    st.sampled_from(["2021-10-28/..", "../2019", "2020/", "/2021-02", "2019-10/2020-09", "1990/2020", "2020~/2021-02"]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(DATES, min_size=1, max_size=40))
def test_whatever_the_dates_every_event_has_a_mark_on_the_strip(dates: list[str]) -> None:
    made = overview(*dates)
    assert made.scale.column_count <= MAX_TIME_SCALE_COLUMNS
    for mark in marks(made):
        assert 0 <= mark.left <= mark.right <= 100.01, mark
        assert all(mark.left <= end <= mark.right for end in mark.exact_ends)
    assert len(marks(made)) == len(dates) == made.event_count
    for row in made.rows:
        assert all(0 < row.compute_middle(mark) < row.height for mark in row.marks)
    assert [label.left for label in made.year_labels] == sorted({label.left for label in made.year_labels})
    assert made.year_labels


@settings(max_examples=100, deadline=None)
@given(st.lists(st.dates(), min_size=2, max_size=30))
def test_what_is_later_stands_further_right(days: list[object]) -> None:
    axis = build_time_scale(parse_edtf(str(day)) for day in days)
    bounds = [(day.year, day.month, day.day) for day in sorted(days)]  # type: ignore[attr-defined]
    places = [axis.compute_day_percent(day) for day in bounds]
    assert places == sorted(places)


# Sources


def test_a_title_in_another_language_says_which(example: Path) -> None:
    cite = at(pages(example)["sources/"], "harbour-office-count").find(".//cite")
    assert cite is not None
    assert cite.get("lang") is None
    file = example / "annotations/sources/harbour-office-count.yml"
    file.write_text(file.read_text(encoding="utf-8") + "language: id\n", encoding="utf-8")
    cite = at(pages(example)["sources/"], "harbour-office-count").find(".//cite")
    assert cite is not None
    assert cite.get("lang") == "id"


def test_many_sources_that_are_based_on_one_are_folded(example: Path) -> None:
    file = example / "annotations/sources/harbour-office-count.yml"
    text = file.read_text(encoding="utf-8")
    for number in range(4):
        entry = at(pages(example)["sources/"], "harbour-office-count")
        assert [fold for fold in entry.iter("summary") if "based on this" in words(fold)] == []
        file.with_name(f"copy-{number}.yml").write_text(text.replace('title: "', f'title: "Copy {number}, '), encoding="utf-8")
    entry = at(pages(example)["sources/"], "harbour-office-count")
    [fold] = [fold for fold in entry.iter("details") if "based on this" in words(fold)]
    assert {link.get("href") for link in fold.iter("a")} >= {f"#copy-{number}" for number in range(4)}


# The strip


def test_without_events_there_is_no_strip(example: Path) -> None:
    assert build_timeline_overview([], VOICES) is None
    (example / "annotations/events/count-published.yml").unlink()
    page = pages(example)["timeline/"]
    assert words(page).startswith("Timeline No event has been written yet.")


def test_one_event_is_drawn_and_said(example: Path) -> None:
    made = overview("2024-05-02")
    (mark,) = marks(made)
    assert mark.kind == "day"
    assert 30 < mark.left < mark.right < 70
    assert [label.text for label in made.year_labels] == ["2024"]
    page = pages(example)["timeline/"]
    assert words(page.find(".//section[@class='strip']/p")).startswith("1 event in 2024, chosen by us")


@pytest.mark.parametrize(
    ("date", "kind", "first", "last", "ends"),
    [
        ("2020-02-10", "day", (2020, 2, 10), (2020, 2, 10), 0),
        ("2020-02-10/2020-02-12", "day", (2020, 2, 10), (2020, 2, 12), 0),
        ("2020-02-10~", "about", (2020, 2, 10), (2020, 2, 10), 0),
        ("2020-04", "about", (2020, 4, 1), (2020, 4, 30), 0),
        ("2020", "about", (2020, 1, 1), (2020, 12, 31), 0),
        ("2019-10/2020-09", "span", (2019, 10, 1), (2020, 9, 30), 2),
        ("2019-10~/2020-09", "span", (2019, 10, 1), (2020, 9, 30), 1),
        ("2019-10/2020-09?", "span", (2019, 10, 1), (2020, 9, 30), 1),
    ],
)
def test_a_date_is_drawn_as_well_as_it_is_known(
    date: str, kind: str, first: tuple[int, int, int], last: tuple[int, int, int], ends: int
) -> None:
    made = overview("2019-01-01", "2021-12-31", date)
    (mark,) = (mark for mark in marks(made) if mark.event.id == "e2")
    assert (mark.kind, mark.left, mark.right) == (
        kind,
        made.scale.compute_day_percent(first),
        made.scale.compute_day_percent(last, over=True),
    )
    assert len(mark.exact_ends) == ends
    assert not mark.is_open_ended


@pytest.mark.parametrize(
    ("date", "left", "right", "end"),
    [("2020-06-01/..", None, 100, "left"), ("2020-06-01/", None, 100, "left"), ("../2020-06-30", 0, None, "right")],
)
def test_an_open_end_reaches_the_end_of_the_strip_without_a_stroke(
    date: str, left: float | None, right: float | None, end: str
) -> None:
    made = overview("2019-01-01", "2021-12-31", date)
    (mark,) = (mark for mark in marks(made) if mark.kind == "span")
    assert mark.is_open_ended
    assert mark.exact_ends == (getattr(mark, end),)
    assert left is None or mark.left == left
    assert right is None or mark.right == right
    assert made.mark_kinds == {"day", "span", "open"}


def test_spans_that_overlap_lie_below_each_other() -> None:
    made = overview("2019-01/2019-12", "2019-03/2019-06", "2019-09/2019-11", "2020-03/2020-08", *["2021-01/2021-06"] * 5)
    levels = [mark.level for mark in marks(made)]
    assert levels[:4] == [1, 2, 2, 1]
    assert levels[4:] == [1, 2, 3, 4, 5]


def test_each_voice_has_a_row_and_so_has_what_names_none() -> None:
    events = [dated(0, "2020-01-01", "press", "police"), dated(1, "2020-02-01", "press"), dated(2, "2020-03-01", "nobody")]
    made = build_timeline_overview(events, VOICES)
    assert made
    assert [(row.voice, len(row.marks)) for row in made.rows] == [(VOICES["police"], 1), (VOICES["press"], 2), (None, 1)]


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        (["2020-01-01", "2020-01-09", "2020-03"], "3 events in 2020"),
        (["2020", "2021"], "2 events from 2020 to 2021"),
        (["2019-12-01/2020-03-09"], "1 event from 2019 to 2020"),
        (["-0005-03-02", "0044"], "2 events from 6 BC to AD 44"),
    ],
)
def test_the_strip_says_when_and_that_editors_chose(dates: list[str], said: str) -> None:
    page = timeline_of(*(dated(place, date) for place, date in enumerate(dates)))
    told = words(page.find(".//section[@class='strip']/p"))
    assert told == f"{said}, chosen by us: where marks stand close, we looked closely. Each leads to its event in the list."
    assert "month" not in told


def test_each_event_is_linked_once_by_its_name_and_the_pointer_finds_it_in_each_row() -> None:
    page = timeline_of(dated(0, "2020-01-01", "press", "police"), dated(1, "2020-02-01", "press"))
    rows = at_class(page, "strip-rows")
    for event_id, marks_of_it, said in (("e0", 2, "1 January 2020: Event 0"), ("e1", 1, "1 February 2020: Event 1")):
        drawn = [link for link in rows.iter() if link.get("data-shown-with") == event_id]
        assert len(drawn) == marks_of_it
        assert {link.get("href") for link in drawn} == {f"#{event_id}"}
        named, *repeated = sorted(drawn, key=lambda link: link.get("aria-hidden") is not None)
        assert named.get("aria-label") == said
        assert {(link.get("tabindex"), link.get("aria-hidden")) for link in repeated} <= {("-1", "true")}
        assert [
            link.get("href") for item in page.iter("li") if item.get("data-shown-with") == event_id for link in item.iter("a")
        ] == [f"#{event_id}"]


def test_what_has_a_short_title_is_named_and_else_what_has_most_claims() -> None:
    def name(*events: Event) -> list[str]:
        return [name for _, name in choose_named_events(events)]

    plain = [dated(place, f"2020-{1 + place:02}-01") for place in range(12)]
    assert name(*plain) == []
    claimed = [event.model_copy(update={"claims": ("a",) * (place + 1)}) for place, event in enumerate(plain)]
    assert name(*claimed) == [f"Event {place}" for place in range(12 - MAX_NAMED_EVENTS, 12)]
    titled = [*claimed[:3], claimed[3].model_copy(update={"short_title": "The fourth"}), *claimed[4:]]
    assert name(*titled) == ["The fourth"]
    [long] = name(claimed[0].model_copy(update={"title": "A ferry that sails at night " * 5}))
    assert long.startswith("A ferry that sails at night")
    assert long.endswith(" …")
    assert len(long) < 50


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 100), st.integers(3, 30)), max_size=MAX_NAMED_EVENTS))
def test_no_name_covers_another_and_all_stand_in_the_drawing(named: list[tuple[float, int]]) -> None:
    placed = place_names((left, dated(0, "2020-01-01"), "n" * letters) for left, letters in named)
    assert [label.left for label in placed] == sorted(left for left, _ in named)
    assert all(label.span[0] >= 0 and label.span[1] < 102 for label in placed)
    for first, second in combinations(placed, 2):
        apart = first.span[1] <= second.span[0] or second.span[1] <= first.span[0]
        assert apart or first.level != second.level


def test_lines_lead_from_names_to_the_first_mark_and_cross_no_name_in_order_of_time() -> None:
    events = [
        dated(place, f"{2015 + place}-05-01", voice).model_copy(update={"short_title": f"Name {place}"})
        for place, voice in enumerate(("press", "police", "press", "privacy"))
    ]
    made = build_timeline_overview(events, VOICES)
    assert made
    assert [label.event.id for label in made.names] == ["e0", "e1", "e2", "e3"]
    lefts = {label.event.id: label.left for label in made.names}
    rows = [{guide.event.id: guide.end is not None for guide in row.guides} for row in made.rows]
    assert [row.voice.id for row in made.rows if row.voice] == ["police", "press", "privacy"]
    assert rows == [{"e0": False, "e1": True, "e2": False, "e3": False}, {"e0": True, "e2": True, "e3": False}, {"e3": True}]
    assert all(guide.left == lefts[guide.event.id] for row in made.rows for guide in row.guides)
    assert all(mark.is_repeated for mark in marks(made))


def test_marks_of_the_same_days_stand_below_each_other() -> None:
    assert [mark.level for mark in marks(overview("2015-01-01", *["2020-05-01"] * 3, "2020-05-02", "2023-01-01"))] == [
        0,
        0,
        1,
        2,
        0,
        0,
    ]


def test_the_lane_goes_year_by_year_with_articles_between_events(example: Path) -> None:
    lane = at_class(pages(example)["timeline/"], "lane")
    [year] = [item for item in lane.iter("li") if item.get("class") == "lane-year"]
    assert next(link.get("href") for link in year.iter("a")) == "#2024"
    assert "#count-published" in [link.get("href") for link in year.iter("a")]
    assert [item for item in year.iter("li") if "lane-article" in (item.get("class") or "")]
    lane_years = build_lane([dated(0, "../2019-06"), dated(1, "2020-01-01", "press", "police", "nobody")], VOICES)
    assert [(year.id, year.heading) for year in lane_years] == [("beginning-unknown", "Beginning unknown"), ("2020", "2020")]
    assert [[entry.voices for entry in year.entries] for year in lane_years] == [[(None,)], [(VOICES["press"], VOICES["police"])]]


def test_a_year_is_written_where_there_is_room() -> None:
    made = overview("2019-12-15", "2020-06-01", "2021-06-01", "2021-12-31", "2024-01-07")
    assert [label.text for label in made.year_labels] == ["2020", "2021", "2022", "2023", "2024"]
    assert [label.is_last for label in made.year_labels] == [False, False, False, False, True]
    lefts = [label.left for label in made.year_labels]
    assert min(right - left for left, right in pairwise(lefts)) > 11


def test_the_work_of_the_overview_grows_with_its_events_only() -> None:
    def measure(number: int) -> int:
        days = [f"{2018 + place % 4}-{1 + place % 12:02}-{1 + place % 28:02}" for place in range(number)]
        shown = of_events(*(dated(place, day, "police", "press") for place, day in enumerate(sorted(days))))
        made = build_timeline_overview(shown.sorted_events, shown.voices)
        assert made
        assert len(marks(made)) == 2 * number
        return count_calls(lambda: build_timeline_overview(shown.sorted_events, shown.voices))

    assert measure(5_000) < 11 * measure(500)


def test_hostile_words_stay_words_in_the_strip() -> None:
    dark = {"title": DARK, "short_title": DARK}
    harmless(
        timeline_of(
            dated(0, "2020-01-01", "press").model_copy(update=dark), dated(1, "2020-01-01").model_copy(update={"title": DARK})
        )
    )


# What the tests above ask with


def fleet(facet: ListFilter[Boat], *colours: str) -> FilterForm:
    """The filters of boats of these colours."""
    return build_filter_form({f"b{place}": Boat(tuple(words.split())) for place, words in enumerate(colours)}, [facet], "boat")


def offered(facet: ListFilter[Boat], *colours: str) -> list[tuple[str, str, int]]:
    return [tuple(choice) for made in fleet(facet, *colours).controls for choice in made.options]  # type: ignore[misc]


def form_of(made: FilterForm) -> Element:
    module = get_template_environment().get_template("filters.html").make_module({})
    return parse(str(module.filter_form(PageContext(Dossier(), "claims/"), made)))  # type: ignore[attr-defined]


def voices() -> object:
    return get_template_environment().get_template("voices.html").make_module({})


def choices(page: Element, name: str) -> dict[str, int]:
    """The values that a facet offers, each with the number that is said beside it."""
    made = {}
    for control in page.iter():
        if control.get("name") == name and control.tag == "select":
            made = {option.get("value", ""): _number(words(option)) for option in control.iter("option") if option.get("value")}
        elif control.get("name") == name and control.tag == "input":
            label = next(label for label in page.iter("label") if control in list(label))
            made = {control.get("value", ""): _number(words(label))}
    return made


def _number(label: str) -> int:
    return int(label.rpartition("(")[2].rstrip(")").replace(",", ""))


def overview(*dates: str) -> TimelineOverview:
    """The strip of events without voices, `e0` and so on."""
    made = build_timeline_overview(of_events(*(dated(place, date) for place, date in enumerate(dates))).sorted_events, VOICES)
    assert made
    return made


def timeline_of(*events: Event) -> Element:
    """The page of a timeline of these events."""
    return parse(build_timeline_page(of_events(*events)).content_html)


def at_class(page: Element, name: str) -> Element:
    return next(element for element in page.iter() if name in (element.get("class") or "").split())


def marks(made: TimelineOverview) -> list[EventMark]:
    return [mark for row in made.rows for mark in row.marks]
