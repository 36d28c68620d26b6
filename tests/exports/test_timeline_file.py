"""The events as TimelineJS reads them: dates as far as they are known, all of them in words, and nothing made up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dossier.exports.timelinejs import convert_edtf
from dossier.model import Dossier
from dossier.model.dates.edtf import parse_edtf
from support.dossiers import read_example
from support.exports import SITE, export_text
from support.reading_pages import EVENT, HOSTILE, Change, harmless, links, parse, words

PATH = "data/timeline.timelinejs.json"


def test_an_event_has_its_date_title_text_sources_and_voice(example: Path) -> None:
    data = json.loads(export_text(read_example(example), PATH))
    assert data["title"] == {"unique_id": "title", "text": {"headline": "The ferry count"}}
    (slide,) = data["events"]
    assert slide | {"text": None} == {
        "unique_id": "count-published",
        "start_date": {"year": 2024, "month": 5, "day": 2},
        "display_date": "2 May 2024",
        "group": "Government",
        "text": None,
    }
    assert slide["text"]["headline"] == "The harbour office publishes its count"
    text = parse(slide["text"]["text"])
    assert words(text).endswith("for April. Source: Harbour office, 2 May 2024. On the timeline")
    assert links(text) == [f"{SITE}sources/#harbour-office-count", f"{SITE}timeline/#count-published"]


@pytest.mark.parametrize(
    ("edtf", "start", "end", "shown"),
    [
        ("2021-03-26", (2021, 3, 26), None, "26 March 2021"),
        ("2021-03~", (2021, 3), None, "about March 2021"),
        ("2021", (2021,), None, "2021"),
        ("2021-03-XX", (2021, 3), None, "a day in March 2021"),
        ("2021-XX", (2021,), None, "a month in 2021"),
        ("202X", (2020,), (2029,), "the 2020s"),
        ("2021-21", (2021, 3), (2021, 5), "spring 2021"),
        ("2021-24", (2021, 12), (2022, 2), "winter 2021"),
        ("2019-10/2020-09", (2019, 10), (2020, 9), "October 2019 to September 2020"),
        ("2021-03-26/2021-04", (2021, 3, 26), (2021, 4), "26 March 2021 to April 2021"),
        ("2021-10-28/..", (2021, 10, 28), None, "28 October 2021 or later"),
        ("../2020", (2020,), None, "2020 or earlier"),
        ("2021-03-28T12:52:03Z", (2021, 3, 28), None, "28 March 2021"),
        ("-0043", (-43,), None, "44 BC"),
    ],
)
def test_a_date_is_as_long_as_it_is_known_and_stands_in_words(
    edtf: str, start: tuple[int, ...], end: tuple[int, ...] | None, shown: str
) -> None:
    expected: dict[str, Any] = {"start_date": name_parts(start), "display_date": shown}
    assert convert_edtf(parse_edtf(edtf)) == expected | ({"end_date": name_parts(end)} if end else {})


def test_a_draft_is_not_in_the_file_and_without_events_it_is_empty(example: Path, replace: Change) -> None:
    replace(example / EVENT, "kind: release", "kind: release\nstatus: draft")
    assert json.loads(export_text(read_example(example), PATH))["events"] == []
    assert json.loads(export_text(Dossier(), PATH, site_name="")) == {"events": []}


def test_a_site_that_does_not_know_its_address_links_from_the_file(example: Path) -> None:
    (slide,) = json.loads(export_text(read_example(example), PATH, site_url=""))["events"]
    assert links(parse(slide["text"]["text"]))[-1] == "../timeline/#count-published"


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_it_shows_is_harmless_whatever_was_written(example: Path, replace: Change, hostile: str) -> None:
    replace(example / EVENT, "title: The harbour office publishes its count", f"title: {json.dumps(hostile)}")
    replace(example / EVENT, "text: |\n", f"text: |\n  {hostile}\n\n")
    replace(example / "annotations/voices.yml", "label: Government", f"label: {json.dumps(hostile)}")
    data = json.loads(export_text(read_example(example), PATH, site_name=hostile))
    harmless(parse(data["events"][0]["group"]))  # the name of a group is shown as HTML too
    for part in (data["title"], *data["events"]):
        for html in part["text"].values():
            harmless(parse(html))


def name_parts(date: tuple[int, ...]) -> dict[str, int]:
    return dict(zip(("year", "month", "day"), date, strict=False))
