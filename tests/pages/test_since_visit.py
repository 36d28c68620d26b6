"""What pages say for the comparison with a reader's last visit: days and counts, the same for every reader."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from dossier.authoring.starter import STARTER_FOLDER
from dossier.model import Dossier
from dossier.model.site.release import ReleasedRecord
from dossier.pages import build_pages
from dossier.pages.directives import render_directive
from dossier.pages.since_visit import build_since_visit, render_day_attributes
from support.dossiers import read_example
from support.reading_pages import at_address, parse
from support.released import FIRST_DAY, LATER_DAY, change_released, read_released_example

CLAIM = "claims/april-record/"


@pytest.mark.parametrize(
    ("released", "attributes", "days"),
    [
        (ReleasedRecord(FIRST_DAY), ' data-published="2024-06-03"', {"2024-06-03/": 1}),
        (
            ReleasedRecord(FIRST_DAY, LATER_DAY),
            ' data-published="2024-06-03" data-changed="2024-07-01"',
            {"2024-06-03/2024-07-01": 1},
        ),
        (ReleasedRecord(None, LATER_DAY), ' data-changed="2024-07-01"', {"/2024-07-01": 1}),
        (ReleasedRecord(), "", {}),
        (None, "", {}),
    ],
)
def test_a_record_has_the_days_that_are_known(
    example: Path, released: ReleasedRecord | None, attributes: str, days: dict[str, int]
) -> None:
    dossier = change_released(read_released_example(example), CLAIM, released)
    assert render_day_attributes(dossier, dossier.claims["april-record"]) == attributes
    assert counts_of(dossier, "claim") == [{"noun": "claim", "plural": "claims", "url": "", "days": days}]


def test_a_list_says_its_own_kind_and_the_front_page_all_with_their_addresses(example: Path) -> None:
    dossier = read_released_example(example)
    for url, noun in (("claims/", "claim"), ("timeline/", "event"), ("articles/", "article")):
        line = line_of(at_address(build_pages(dossier), url).content_html)
        assert line.get("data-newest") == "2024-06-03"
        [counts] = json.loads(line.get("data-counts", ""))
        assert (counts["noun"], counts["url"]) == (noun, "")
    line = line_of(render_directive("since", dossier, ""))
    found = [(counts["noun"], counts["url"], counts["days"]) for counts in json.loads(line.get("data-counts", ""))]
    assert found == [
        ("claim", "./claims/", {"2024-06-03/": 1}),
        ("event", "./timeline/", {"2024-06-03/": 1}),
        ("article", "./articles/", {"2024-06-03/": 2}),
    ]


def test_the_page_on_privacy_of_a_new_dossier_names_the_lists_that_have_the_button(example: Path) -> None:
    pages = build_pages(read_released_example(example))
    assert {page.url for page in pages if "since-visit" in page.content_html} == {"articles/", "claims/", "timeline/"}
    told = " ".join((STARTER_FOLDER / "docs/privacy.md").read_text(encoding="utf-8").split())
    assert "“Forget”, on the front page and above the lists of articles, claims and events, deletes it" in told


def test_before_the_first_release_and_in_a_preview_there_is_nothing_of_it(example: Path) -> None:
    assert build_since_visit(read_example(example), ["claim"]) is None
    assert build_since_visit(change_all_days(read_released_example(example)), ["claim"]) is None
    assert not render_directive("since", read_example(example), "").strip()
    for page in build_pages(read_released_example(example), preview=True):
        assert "since-visit" not in page.content_html
        assert "data-published" not in page.content_html


def line_of(html: str) -> Element:
    [line] = [element for element in parse(html).iter() if "since-visit" in element.get("class", "").split()]
    return line


def change_all_days(dossier: Dossier) -> Dossier:
    """The dossier as if a program that notes no days had released it."""
    assert dossier.last_release
    for address in dossier.last_release.records:
        dossier = change_released(dossier, address, ReleasedRecord())
    return dossier


def counts_of(dossier: Dossier, *nouns: str) -> Any:
    line = build_since_visit(dossier, nouns)
    assert line
    return json.loads(line.counts)
