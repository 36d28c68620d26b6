"""Our notes as W3C annotations: over our page with both selectors, over the original by its words, nothing private in either."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dossier.exports.registry import iter_page_export_files, page_export
from dossier.exports.web_annotations import locate_notes
from dossier.model import Dossier
from dossier.pages import build_pages
from support.dossiers import FULL_PRINT_EXAMPLE, read_example
from support.exports import SITE, export_files
from support.exports import page_export_files as built_files
from support.reading_pages import GAZETTE, HOSTILE, ISLAND, NOTE_IDS, NOTES, Change, harmless, links, parse, words

HERE, ORIGINAL = f"articles/{GAZETTE}/annotations.json", f"articles/{GAZETTE}/original-annotations.json"


def test_a_note_over_our_page_says_who_what_and_where(example: Path) -> None:
    page = read_file(built_files(read_example(example)), HERE)
    assert (page["@context"], page["type"], page["id"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage", SITE + HERE)
    note = by_name(page)["april-record"]
    assert note["id"] == f"{SITE}{HERE}#april-record"
    assert note["motivation"] == ["commenting", "classifying"]
    assert note["creator"] == {"name": "The ferry count"}
    assert [(body["purpose"], body.get("value")) for body in note["body"]] == [
        ("commenting", "<p>The office counts tickets, so a return trip counts twice.</p>\n"),
        ("classifying", "Supported"),
        *[("linking", None)] * 3,
    ]
    assert {body["source"]["id"] for body in note["body"] if "source" in body} == {
        f"{SITE}articles/{GAZETTE}/#april-record",
        f"{SITE}claims/april-record/",
        f"{SITE}sources/#harbour-office-count",
    }
    assert note["target"]["source"] == f"{SITE}articles/{GAZETTE}/"
    quoted, place = note["target"]["selector"]
    assert (quoted["type"], quoted["exact"]) == ("TextQuoteSelector", "carried 4,120 passengers in April")
    assert place["type"] == "TextPositionSelector"
    assert place["end"] - place["start"] == len(quoted["exact"])


def test_positions_count_the_text_of_the_page_as_a_parser_reads_it(example: Path) -> None:
    dossier = read_example(example)
    content = next(page.content_html for page in build_pages(dossier) if page.url == f"articles/{GAZETTE}/")
    (element,) = [part for part in parse(content) if part.get("id") == "page"]
    text = "".join(element.itertext())
    for note in read_file(built_files(dossier), HERE)["items"]:
        quoted, place = note["target"]["selector"]
        assert text[place["start"] : place["end"]] == quoted["exact"]
        assert text[: place["start"]].endswith(quoted["prefix"])
        assert text[place["end"] :].startswith(quoted["suffix"])


def test_every_printed_note_is_there_once_in_the_order_of_its_words(example: Path) -> None:
    files = built_files(read_example(example)) | export_files(read_example(example))
    for path in (HERE, ORIGINAL):
        notes = by_name(read_file(files, path))
        assert [*notes] == ["april-record", "timetable", "one-in-five", "crew-dispute"]
        assert {*notes} == {*NOTE_IDS}


def test_where_an_article_is_printed_whole_a_note_is_on_its_printed_words() -> None:
    dossier = read_example(FULL_PRINT_EXAMPLE, captures="")
    content = next(page.content_html for page in build_pages(dossier) if page.url == "articles/baker-letter/")
    text = "".join(parse(content)[0].itertext())
    notes = by_name(read_file(built_files(dossier), "articles/baker-letter/annotations.json"))
    assert notes
    for name, note in notes.items():
        quoted, place = note["target"]["selector"]
        anchor = dossier.find_anchor(dossier.annotations_by_id["baker-letter"][name])
        assert anchor is not None
        paragraph = dossier.captures["baker-letter"].paragraphs[anchor.span.paragraph - 1].text
        assert text[place["start"] : place["end"]] == quoted["exact"] == anchor.matched_text
        assert (text[: place["start"]] + quoted["exact"]).endswith(paragraph[: anchor.span.end])


def test_the_original_is_found_by_its_words_only_and_says_on_which_day_it_was_archived(example: Path) -> None:
    note = by_name(read_file(export_files(read_example(example)), ORIGINAL))["april-record"]
    assert note["target"] == {
        "source": "https://gazette.example/2024/05/02/ferry-record",
        "selector": {"type": "TextQuoteSelector", "exact": "carried 4,120 passengers in April"},
        "state": {
            "type": "TimeState",
            "cached": "https://archive.example/20240503/ferry-record",
            "sourceDateStart": "2024-05-03T00:00:00Z",
            "sourceDateEnd": "2024-05-03T23:59:59Z",
        },
    }


@pytest.mark.parametrize(
    ("archived", "expected"),
    [
        ('date: "2024-05"', ("2024-05-01T00:00:00Z", "2024-05-31T23:59:59Z")),
        ("date: not-established", None),
        ('date: "2024-05-03/.."', None),
    ],
)
def test_a_day_of_archiving_that_is_not_known_is_not_made_up(
    example: Path, replace: Change, archived: str, expected: tuple[str, str] | None
) -> None:
    replace(example / f"docs/articles/{GAZETTE}.md", 'date: "2024-05-03"', archived)
    state = by_name(read_file(export_files(read_example(example)), ORIGINAL))["april-record"]["target"]["state"]
    assert state["cached"] == "https://archive.example/20240503/ferry-record"
    assert (state.get("sourceDateStart"), state.get("sourceDateEnd")) == (expected or (None, None))


def test_an_archived_copy_is_named_for_the_paragraphs_that_it_has_only(example: Path, replace: Change) -> None:
    replace(example / f"docs/articles/{GAZETTE}.md", 'date: "2024-05-03"', 'date: "2024-05-03", covers: "1-3"')
    dossier = read_example(example)
    for name, note in by_name(read_file(export_files(dossier), ORIGINAL)).items():
        anchor = dossier.find_anchor(dossier.annotations_by_id[GAZETTE][name])
        assert anchor is not None
        assert ("state" in note["target"]) == (anchor.span.paragraph <= 3)


def test_of_an_article_without_an_address_there_is_the_file_of_our_page_only(example: Path) -> None:
    dossier = read_example(example)
    assert f"articles/{ISLAND}/annotations.json" in built_files(dossier)
    assert not [path for path in export_files(dossier) if path.startswith(f"articles/{ISLAND}/") and path.endswith(".json")]


def test_an_article_of_which_only_the_record_is_shown_has_no_notes_to_take_away(example: Path, replace: Change) -> None:
    article = example / f"docs/articles/{GAZETTE}.md"
    replace(article, "print: excerpts", "print: metadata")
    dossier = read_example(example)
    made = (*export_files(dossier), *built_files(dossier))
    assert not [path for path in made if path.startswith(f"articles/{GAZETTE}/") and path.endswith(".json")]


def test_nothing_of_a_draft_and_nothing_that_stands_around_the_words_is_published(example: Path, replace: Change) -> None:
    replace(example / NOTES, "  note: The office gives no number for it.", "  status: draft\n  note: Secret.")
    replace(example / NOTES, 'quote: "4,300 people crossed"', 'quote: "4,300 people crossed"\n  prefix: zebra\n  suffix: quagga')
    dossier = read_example(example)
    files = {path: file for path, file in (export_files(dossier) | built_files(dossier)).items() if GAZETTE in path}
    assert len(files) == 3
    for file in files.values():
        assert not [word for word in ("Secret", "One in five", "zebra", "quagga") if word in str(file)]
    around = [selector for note in read_file(files, ORIGINAL)["items"] for selector in [note["target"]["selector"]]]
    assert all({*selector} == {"type", "exact"} for selector in around)


def test_a_site_that_does_not_know_its_address_says_where_things_are_from_the_file(example: Path) -> None:
    note = by_name(read_file(built_files(read_example(example), site_url=""), HERE))["april-record"]
    assert note["id"] == f"../../{HERE}#april-record"
    assert note["target"]["source"] == f"../../articles/{GAZETTE}/"


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_note_is_harmless_whatever_was_written(example: Path, replace: Change, hostile: str) -> None:
    replace(example / NOTES, "note: The office gives no number for it.", f"note: {json.dumps(hostile)}")
    dossier = read_example(example)
    for file in (read_file(built_files(dossier), HERE), read_file(export_files(dossier), ORIGINAL)):
        (body,) = [part for part in by_name(file)["one-in-five"]["body"] if part["purpose"] == "commenting"]
        harmless(parse(body["value"]))
    quoted, place = by_name(read_file(built_files(dossier), HERE))["crew-dispute"]["target"]["selector"]
    content = next(page.content_html for page in build_pages(dossier) if page.url == f"articles/{GAZETTE}/")
    assert "".join(parse(content)[0].itertext())[place["start"] : place["end"]] == quoted["exact"]


def test_links_in_a_note_lead_to_the_site_from_anywhere(example: Path) -> None:
    (body, *_) = by_name(read_file(export_files(read_example(example)), ORIGINAL))["timetable"]["body"]
    assert links(parse(body["value"])) == [f"{SITE}sources/#harbour-office-count"]
    assert words(parse(body["value"])) == "An opinion of the office; see the count."


def test_a_page_without_notes_has_no_places() -> None:
    assert locate_notes("<p>None &amp; nothing</p>", {}) == ("None & nothing", {})


def test_a_file_of_a_page_that_is_not_listed_or_has_a_builder_is_refused() -> None:
    with pytest.raises(KeyError, match="add it to EXPORT_FILES"):
        page_export("corrections.xml")
    with pytest.raises(KeyError, match="is built twice"):
        page_export("articles/{id}/annotations.json")
    assert [*iter_page_export_files(Dossier(), "articles/nowhere/", "")] == []


def read_file(files: dict[str, str | bytes], path: str) -> dict[str, Any]:
    page: dict[str, Any] = json.loads(files[path])
    return page


def by_name(page: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {note["id"].partition("#")[2]: note for note in page["items"]}
