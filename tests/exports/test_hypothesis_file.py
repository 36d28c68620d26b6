"""The file that the client of Hypothesis imports: what the client keeps of an entry, and by what it lists entries."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from support.dossiers import read_example
from support.exports import SITE, export_files, export_text
from support.reading_pages import GAZETTE, ISLAND, NOTE_IDS, NOTES, Change

PATH = f"articles/{GAZETTE}/hypothesis.json"
KEPT = ("target", "tags", "text", "uri", "document")
"""What the client keeps of an entry."""


def test_an_entry_has_all_that_the_client_keeps_and_lists_by(example: Path) -> None:
    entries = read_entries(example)
    assert len(entries) == len(NOTE_IDS)
    assert len({entry["user"] for entry in entries}) == 1
    assert len({(entry["text"], *entry["tags"], read_quotation(entry)) for entry in entries}) == len(entries)  # else a duplicate
    entry = next(entry for entry in entries if entry["id"].endswith(".april-record"))
    assert entry["user"] == "acct:notes@dossier.invalid"
    assert entry["user_info"] == {"display_name": "The ferry count"}
    assert {key: entry[key] for key in KEPT} == {
        "uri": "https://gazette.example/2024/05/02/ferry-record",
        "document": {"title": ["Ferry carried a record 4,120 passengers in April"]},
        "tags": ["Supported", "The ferry count"],
        "text": "**Supported.** The office counts tickets, so a return trip counts twice.\n\n"
        f"The claim: [The ferry carried 4,120 passengers in April 2024.]({SITE}claims/april-record/)\n\n"
        f"Source: [Harbour office, 2 May 2024]({SITE}sources/#harbour-office-count)\n\n"
        f"[This note where it was published]({SITE}articles/{GAZETTE}/#april-record)",
        "target": [
            {
                "source": "https://gazette.example/2024/05/02/ferry-record",
                "selector": [{"type": "TextQuoteSelector", "exact": "carried 4,120 passengers in April"}],
            }
        ],
    }


def test_links_in_a_note_lead_to_the_site_and_a_site_without_an_address_links_nothing(example: Path) -> None:
    assert f"see [the count]({SITE}sources/#harbour-office-count)." in read_text(example, "timetable")
    assert read_text(example, "timetable", site_url="") == "An opinion of the office; see the count."
    assert read_text(example, "april-record", site_url="").endswith("\n\nSource: Harbour office, 2 May 2024")


def test_a_note_of_a_verdict_alone_and_brackets_in_a_name(example: Path, replace: Change) -> None:
    replace(example / NOTES, "  note: No count of 2019 was found.\n", "")
    replace(example / "annotations/claims/april-record.yml", "claim: The ferry", "claim: The [big] ferry")
    text = read_text(example, "crew-dispute")
    assert text.startswith("**Unverifiable.**\n\nThe claim: [The &#91;big&#93; ferry carried")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<img src=https://afar.example/x.png>", "<p>&lt;img src=https://afar.example/x.png&gt;</p>"),
        ("![c](https://afar.example/c.png)", '<p>!<a href="https://afar.example/c.png" rel="external noopener">c</a></p>'),
        ("It cost $$5$$ \\(then\\)", "<p>It cost &#36;&#36;5&#36;&#36; (then)</p>"),
        ("Read https://afar.example/x.mp3", "<p>Read https://afar.example/x.mp3</p>"),
        ("See [it][a].\n\n[a]: /claims/april-record/", f'<p>See <a href="{SITE}claims/april-record/">it</a>.</p>'),
        (
            "See [https://youtu.be/ferry](https://youtu.be/ferry)",
            '<p>See <a href="https://youtu.be/ferry" rel="external noopener">youtu.be/ferry</a></p>',
        ),
        (
            "See [h*tt*ps://afar.example/&.mp3](https://afar.example/&.mp3)",
            '<p>See <a href="https://afar.example/&amp;.mp3" rel="external noopener">afar.example/&amp;.mp3</a></p>',
        ),
        ("~~All~~ *of* it", "<p>~~All~~ <em>of</em> it</p>"),
        ("*All* of [it](https://afar.example/)", "*All* of [it](https://afar.example/)"),
    ],
)
def test_what_the_client_would_read_differently_is_html(example: Path, replace: Change, written: str, shown: str) -> None:
    replace(example / NOTES, "note: The office gives no number for it.", f"note: {json.dumps(written)}")
    replace(example / NOTES, "note: No count of 2019 was found.", f"note: {json.dumps(written)}")
    assert read_text(example, "one-in-five").startswith(f"{shown}\n\n")
    separator = "\n\n" if shown.startswith("<") else " "  # the client reads tags as HTML where they begin a paragraph
    assert read_text(example, "crew-dispute").startswith(f"**Unverifiable.**{separator}{shown}\n\n")


@pytest.mark.parametrize(
    "name",
    [
        "x\\](https://afar.example/)",
        "<img src=x>",
        "$$x$$ \\(y\\)",
        "`<b>` **b** ~~s~~",
        "www.afar.example https://afar.example a@b.example",
    ],
)
@pytest.mark.parametrize("site_url", ["", SITE])
def test_no_sign_in_a_name_is_read_as_markdown(example: Path, replace: Change, name: str, site_url: str) -> None:
    replace(example / "annotations/parties.yml", "name: Harbour office", f"name: {json.dumps(name)}")
    replace(example / "annotations/verdicts.yml", "label: Supported", f"label: {json.dumps(name)}")
    text = read_text(example, "april-record", site_url=site_url)
    verdict, source = re.fullmatch(r"\*\*(.*?)\.\*\* The office .*\nSource: \[?(.*?), 2 May 2024.*", text, re.DOTALL).groups()
    for written in (verdict, source):
        assert unescape(written) == name
        assert not re.search(r"[][<>$`*~\\@]|://|www\.", written)


def test_an_article_without_an_address_has_no_file_and_an_archived_copy_is_one(example: Path, replace: Change) -> None:
    assert f"articles/{ISLAND}/hypothesis.json" not in export_files(read_example(example))
    replace(
        example / f"docs/articles/{GAZETTE}.md", "url: https://gazette.example/2024/05/02/ferry-record", "url: not-established"
    )
    assert {entry["uri"] for entry in read_entries(example)} == {"https://archive.example/20240503/ferry-record"}


@pytest.mark.parametrize("publisher", ["", "Harbour & Co"])
def test_a_site_without_a_name_is_listed_under_its_publisher(example: Path, publisher: str) -> None:
    (entry, *_) = read_entries(example, site_name="", publisher=publisher)
    assert entry["user_info"]["display_name"] == (publisher or "Notes")
    assert entry["tags"] == ["Supported", *([publisher] if publisher else [])]


def read_entries(example: Path, **settings: Any) -> list[dict[str, Any]]:
    read = json.loads(export_text(read_example(example), PATH, **settings))
    entries: list[dict[str, Any]] = read["annotations"]
    return entries


def read_text(example: Path, name: str, **settings: Any) -> str:
    return next(str(entry["text"]) for entry in read_entries(example, **settings) if entry["id"] == f"{GAZETTE}.{name}")


def read_quotation(entry: dict[str, Any]) -> str:
    """The words of an entry, as the client looks for them."""
    (selector,) = [one for one in entry["target"][0]["selector"] if one["type"] == "TextQuoteSelector"]
    return str(selector["exact"])
