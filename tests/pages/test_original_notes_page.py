"""The page that tells how to read our notes on the publisher's own page, and the links to it and to its files."""

from __future__ import annotations

from pathlib import Path

import pytest

from dossier.model import Dossier
from dossier.pages import build_pages
from support.dossiers import read_example
from support.exports import export_files, page_export_files
from support.reading_pages import GAZETTE, ISLAND, Change, links, parse, words

URL = "on-the-original/"


def test_it_has_four_steps_and_says_what_needs_an_account_and_what_was_not_tried(example: Path) -> None:
    page = parse(render(read_example(example), URL))
    steps = page.find(".//ol[@class='steps']")
    assert steps is not None
    assert [words(step).partition(".")[0] for step in steps] == [
        "Get Hypothesis",
        "Save our file",
        "Open the original",
        "Import",
    ]
    said = words(page)
    assert "an account there: without one it imports nothing" in said
    assert "The import itself was not run from end to end" in said


def test_each_article_with_notes_has_its_number_address_and_files(example: Path) -> None:
    dossier = read_example(example)
    page = parse(render(dossier, URL))
    files = page.find(".//ul[@class='plain original-files']")
    assert files is not None
    gazette, island = files
    assert "4 notes. Original: gazette.example" in words(gazette)
    assert "2 notes. Original: address not established." in words(island)
    root, linked = "../", [link for entry in files for link in links(entry)]
    offered = {link.removeprefix(root) for link in linked if link.endswith(".json")}
    built = {*export_files(dossier), *page_export_files(dossier)}
    assert offered == {path for path in built if path.startswith("articles/") and path.endswith(".json")}
    assert {path.split("/")[1] for path in offered} == {GAZETTE, ISLAND}
    assert "Of 1 article we know no address" in words(page)


@pytest.mark.parametrize("preview", [False, True])
def test_an_article_leads_to_it_and_to_its_files_and_a_preview_which_has_none_does_not(example: Path, preview: bool) -> None:
    dossier = read_example(example)
    shown = links(parse(render(dossier, f"articles/{GAZETTE}/", preview)))
    files = ["annotations.json", "original-annotations.json", "hypothesis.json"]
    assert [link for link in shown if link.endswith(".json")] == ([] if preview else files)
    assert ("../../on-the-original/" in shown) is not preview
    assert not [link for link in links(parse(render(dossier, URL, preview=True))) if link.endswith(".json")]
    assert "../on-the-original/" in links(parse(render(dossier, "data/", preview)))


def test_without_an_address_of_the_original_an_article_has_the_file_of_our_page_only(example: Path) -> None:
    shown = links(parse(render(read_example(example), f"articles/{ISLAND}/")))
    assert [link for link in shown if link.endswith(".json")] == ["annotations.json"]
    assert "../../on-the-original/" not in shown


def test_an_archived_copy_stands_in_for_an_original_and_is_called_one(example: Path, replace: Change) -> None:
    replace(
        example / f"docs/articles/{GAZETTE}.md", "url: https://gazette.example/2024/05/02/ferry-record", "url: not-established"
    )
    assert "Original: archive.example: Ferry carried a record 4,120 passengers in April (archived copy)" in words(
        parse(render(read_example(example), URL))
    )


def test_without_notes_it_says_so() -> None:
    assert "No article has notes yet." in words(parse(render(Dossier(), URL)))


def render(dossier: Dossier, url: str, preview: bool = False) -> str:
    return next(page.content_html for page in build_pages(dossier, preview) if page.url == url)
