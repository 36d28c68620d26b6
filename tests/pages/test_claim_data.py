"""A claim as JSON: what its page says, and nothing that the page does not say."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace as changed
from pathlib import Path
from typing import Any

from dossier.model import Settings
from dossier.pages import build_pages
from support.dossiers import read_example
from support.reading_pages import GAZETTE, ISLAND, NOTES, at_address, links, pages

Change = Callable[[Path, str, str], None]
PAGE = "claims/april-record/"
SITE = Settings(site_name="The ferry count", site_url="https://ferry.example/count/", publisher="The Ferry Dossier")


def test_it_names_the_claim_its_verdict_and_where_it_stands(example: Path) -> None:
    data = data_of(example)
    assert {name: data[name] for name in ("address", "claim", "claimant", "made", "verdict", "finding", "author")} == {
        "address": "https://ferry.example/count/claims/april-record/",
        "claim": "The ferry carried 4,120 passengers in April 2024.",
        "claimant": "Harbour office",
        "made": "2024-05-02",
        "verdict": "Supported",
        "finding": "4,120 tickets were counted.",
        "author": "The Ferry Dossier",
    }


def test_words_evidence_figures_and_calculations_are_those_of_the_page(example: Path) -> None:
    data = data_of(example)
    assert [(wording["writer"], wording["words"], wording["relation"]) for wording in data["as_printed"]] == [
        ("Harbour Gazette", "carried 4,120 passengers in April", "says the same"),
        ("Harbour Gazette", "4,300 people crossed", "disputes it"),
        ("Harbour Gazette", "more than in any month before", "overstates it"),
    ]
    assert data["as_printed"][-1]["address"] == f"https://ferry.example/count/articles/{ISLAND}/#april-record"
    (source,) = data["evidence"]
    assert (source["bearing"], source["is_claimants_own"], source["is_counted"]) == ("For", True, True)
    assert source["words"] == ["1,240 single tickets", "2,880 return tickets"]
    figures = {figure["name"]: figure for figure in data["figures"]}
    assert figures["Single"]["value"] == "1,240"
    assert figures["Tickets"]["stands_in"] == f"{GAZETTE}#april-record"
    assert data["calculations"][0]["formula"] == "1,240 + 2,880"
    assert data["calculations"][0]["holds_as_stated"] is True


def test_no_draft_is_in_it_and_no_preview_has_it(example: Path, replace: Change) -> None:
    replace(example / NOTES, "note: No count of 2019", "status: draft\n  note: No count of 2019")
    assert "4,300 people crossed" not in json.dumps(data_of(example))
    assert at_address(build_pages(read_example(example), preview=True), PAGE).render_data is None
    assert "data.json" in links(pages(example)[PAGE])
    assert "data.json" not in links(pages(example, preview=True)[PAGE])


def data_of(example: Path) -> dict[str, Any]:
    render = at_address(build_pages(changed(read_example(example), settings=SITE)), PAGE).render_data
    assert render
    data: dict[str, Any] = json.loads(render())
    return data
