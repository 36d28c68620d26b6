"""From a page to the line that is wrong: every record says where it is written, and how an error in it is reported."""

from __future__ import annotations

import re
from dataclasses import replace as changed
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element

import pytest

from dossier.loading import ReadCache, read_dossier
from dossier.model import Settings
from dossier.model.base import Entry
from dossier.model.problems.problem import Location
from dossier.model.records import Annotation, Article, Party, Term
from dossier.pages import RenderCache, build_pages
from dossier.pages.forge_links import build_edit_url, build_report_url
from support.dossiers import read_example
from support.reading_pages import ISLAND, at, parse, words

PLACE = Location("annotations/claims/x.yml", 7)
SAID = re.compile(r"\b[Ll]ine (\d+) of (\S+)")


# On each kind of forge


@pytest.mark.parametrize(
    ("repository", "edited"),
    [
        ("https://github.com/ferry/count", "https://github.com/ferry/count/edit/main/annotations/claims/x.yml#L7"),
        ("https://github.com/ferry/count/", "https://github.com/ferry/count/edit/main/annotations/claims/x.yml#L7"),
        ("https://gitlab.com/ferry/sub/count", "https://gitlab.com/ferry/sub/count/-/edit/main/annotations/claims/x.yml#L7"),
        ("https://codeberg.org/ferry/count", "https://codeberg.org/ferry/count/src/branch/main/annotations/claims/x.yml#L7"),
        (
            "https://forgejo.example/ferry/count",
            "https://forgejo.example/ferry/count/src/branch/main/annotations/claims/x.yml#L7",
        ),
        ("https://forge.example/ferry/github", ""),
        ("", ""),
    ],
)
def test_the_line_is_found_from_the_repository_alone(repository: str, edited: str) -> None:
    assert build_edit_url(Settings(repo_url=repository), PLACE) == edited


def test_an_address_that_was_set_wins() -> None:
    settings = Settings(repo_url="https://github.com/ferry/count", repo_edit="https://github.com/ferry/count/edit/next/")
    assert build_edit_url(settings, PLACE) == "https://github.com/ferry/count/edit/next/annotations/claims/x.yml#L7"


@pytest.mark.parametrize(
    ("repository", "path", "fields"),
    [
        ("https://github.com/ferry/count", "/ferry/count/issues/new", {"template", "title", "page", "id", "quotation"}),
        ("https://gitlab.com/ferry/count/", "/ferry/count/-/issues/new", {"issue[title]", "issue[description]"}),
        ("https://codeberg.org/ferry/count", "/ferry/count/issues/new", {"title", "body"}),
        ("https://forge.example/ferry/count", "/ferry/count/issues/new", {"title", "body"}),
    ],
)
def test_each_forge_gets_page_id_and_words_as_it_takes_them(example: Path, repository: str, path: str, fields: set[str]) -> None:
    note = next(iter(read_example(example).annotations[ISLAND]))
    settings = Settings(repo_url=repository, site_url="https://ferry.example/")
    form = urlsplit(build_report_url(settings, note))
    filled = parse_qs(form.query, strict_parsing=True)
    assert (form.path, filled.keys()) == (path, fields)
    told = "\n".join(value for (value,) in filled.values())
    assert f"Error in {note.page_url}" in told
    for what in (f"https://ferry.example/{note.page_url}", note.id, note.quote):
        assert what in told


# On the pages


def test_names_tell_the_links_of_a_page_apart(example: Path) -> None:
    forge = Settings(repo_url="https://github.com/ferry/count")
    for page in build_pages(changed(read_example(example), settings=forge)):
        tree = parse(page.content_html)
        summaries = [words(details.find("summary")) for details in tree.iter("details") if details.get("class") == "correct"]
        reports = [words(link) for link in tree.iter("a") if words(link).startswith("Report an error")]
        for names in (summaries, reports):
            assert len(set(names)) == len(names), page.url


def test_a_preview_tells_the_line_anew_where_only_lines_have_moved(example: Path) -> None:
    memory: ReadCache = {}
    drawn = RenderCache()

    def previewed() -> dict[str, str]:
        dossier = read_dossier(example, Settings(captures="originals"), memory)
        return {page.url: page.content_html for page in build_pages(dossier, preview=True, render_cache=drawn)}

    previewed()
    for file in [*(example / "annotations").rglob("*.yml")]:
        file.write_text("# One more line.\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    anew = build_pages(read_dossier(example, Settings(captures="originals")), preview=True)
    assert previewed() == {page.url: page.content_html for page in anew}


def test_every_published_record_leads_to_the_file_and_line_that_it_is_written_in(example: Path) -> None:
    dossier = changed(read_example(example), settings=Settings(repo_url="https://github.com/ferry/count")).only_published()
    tree_by_url = {page.url: parse(page.content_html) for page in build_pages(dossier)}
    wrong = []
    for record in dossier.iter_entries():
        page, _ = record.url_parts
        said = SAID.findall(words(correcting(tree_by_url[page], record)))
        if said != [(str(line_of(example, record)), record.path)]:
            wrong.append((record.page_url, said, line_of(example, record)))
    assert wrong == []
    assert {type(record).__name__ for record in dossier.iter_entries()} == {
        "Article",
        "Party",
        "Claim",
        "Annotation",
        "Event",
        "Source",
        "Chart",
        "QuotationTable",
        "Term",
    }


def correcting(tree: Element, record: Entry) -> Element:
    """What says on its page where a record can be corrected."""
    _, name = record.url_parts
    if not name:
        (foot,) = [element for element in tree.iter("p") if element.get("class") == "correct"]
        return foot
    around = at(tree, name)
    if around.tag == "h2":
        around = next(part for part in (*tree.iter("figure"), *tree.iter("section")) if around in list(part.iter()))
    (found,) = [element for element in around.iter("details") if element.get("class") == "correct"]
    return found


def line_of(root: Path, record: Entry) -> int:
    """The line of a record as its file reads: its own item of a list, or the first key of a file that is its own."""
    lines = (root / record.path).read_text(encoding="utf-8").splitlines()
    if isinstance(record, Annotation | Party):
        begins = f"- id: {record.id}"
    elif isinstance(record, Term):
        begins = f"- term: {record.term}"
    else:
        begins = ""
    if begins:
        return next(number for number, line in enumerate(lines, 1) if line == begins)
    first = 1 if isinstance(record, Article) else 0
    return next(number for number, line in enumerate(lines[first:], 1 + first) if re.match(r"\w+:", line))
