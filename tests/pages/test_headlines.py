"""Headlines on a page written by hand: which, with which words marked, and what is said of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from dossier.checks import check_dossier
from dossier.model.headlines import MAX_CHOSEN_HEADLINES, iter_headline_notes
from dossier.pages.directives import render_directive
from support.dossiers import read_example
from support.reading_pages import GAZETTE, ISLAND, NOTES, links, parse, words

Change = Callable[[Path, str, str], None]
NAMED = f"headlines {ISLAND}#headline-record"
ISLAND_NOTES = f"annotations/articles/{ISLAND}.yml"
INSIDE = """- id: headline-record
  quote: "record"
  speaker: text
  verdict: unverifiable
  note: No count of earlier months was found. The office counts tickets, so a return trip counts twice.
"""
OWN = """- id: headline-number
  quote: "4,120 passengers in April"
  paragraph: 1
  speaker: text
  claim: april-record
  stance: as-stated
  note: Tickets, not people. A return trip counts *twice*.
"""


@pytest.fixture
def example(example: Path) -> Path:
    """The example with a note on the headline of the Gazette's text inside the Digest."""
    with (example / ISLAND_NOTES).open("a", encoding="utf-8") as notes:
        notes.write(INSIDE)
    return example


def shown(example: Path, name: str = "headlines", preview: bool = False) -> Element:
    dossier = read_example(example)
    return parse(render_directive(name, dossier if preview else dossier.only_published(), "", preview))


def with_own_headline(example: Path) -> None:
    """Put a note on the headline of the Gazette's article itself."""
    with (example / NOTES).open("a", encoding="utf-8") as notes:
        notes.write(OWN)


def test_a_headline_stands_with_its_text_its_verdict_and_the_first_sentence_of_its_note(example: Path) -> None:
    assert words(shown(example, NAMED)) == (
        "Harbour Gazette in Island Digest 2 May 2024 Ferry carried a record (Unverifiable) 4,120 passengers in April "
        "Unverifiable No count of earlier months was found."
    )


def test_the_words_that_do_not_hold_lead_to_their_note_in_the_style_of_their_verdict(example: Path) -> None:
    (link,) = shown(example, NAMED).iter("a")
    assert link.get("href") == f"./articles/{ISLAND}/#headline-record"
    assert link.get("class") == "ref tone-open"
    assert words(link) == "record (Unverifiable)"


def test_an_articles_own_headline_is_its_title(example: Path) -> None:
    with_own_headline(example)
    text = words(shown(example, f"headlines {GAZETTE}#headline-number"))
    assert text.startswith("Harbour Gazette 2 May 2024 Ferry carried a record 4,120 passengers in April (Supported)")
    assert text.endswith("Tickets, not people.")


def test_headlines_stand_in_the_order_in_which_they_are_named(example: Path) -> None:
    with_own_headline(example)
    forth, back = (shown(example, f"headlines {first} {second}") for first, second in pairs())
    assert [words(item) for item in forth.iter("li")] == [words(item) for item in back.iter("li")][::-1]


def pairs() -> tuple[tuple[str, str], tuple[str, str]]:
    own, inside = f"{GAZETTE}#headline-number", f"{ISLAND}#headline-record"
    return (own, inside), (inside, own)


def test_two_notes_on_one_headline_share_it(example: Path) -> None:
    with (example / ISLAND_NOTES).open("a", encoding="utf-8") as notes:
        notes.write(OWN.replace("paragraph: 1", "paragraph: 3"))
    page = shown(example, f"{NAMED} {ISLAND}#headline-number")
    assert len(list(page.iter("li"))) == 1
    assert len(list(page.iter("a"))) == 2
    assert "Tickets, not people." in words(page)


def test_without_names_the_headlines_are_those_that_have_a_note_with_a_verdict(example: Path) -> None:
    with_own_headline(example)
    assert [f"{note.article}#{note.id}" for note in iter_headline_notes(read_example(example))] == [*pairs()[0]]
    assert len(list(shown(example).iter("li"))) == 2


def test_without_names_only_so_many_headlines_are_chosen(example: Path) -> None:
    dossier = read_example(example)
    copies = {f"copy-{number:02}": number for number in range(MAX_CHOSEN_HEADLINES + 3)}
    for name in copies:
        for folder, ending in (("docs/articles", "md"), ("annotations/articles", "yml"), ("originals", "txt")):
            text = (example / folder / f"{ISLAND}.{ending}").read_text(encoding="utf-8")
            (example / folder / f"{name}.{ending}").write_text(text, encoding="utf-8")
    many = read_example(example)
    assert len(many.articles) == len(dossier.articles) + len(copies)
    assert len({note.article for note in iter_headline_notes(many)}) == MAX_CHOSEN_HEADLINES


def test_a_dossier_without_such_notes_has_no_empty_list(example: Path, replace: Change) -> None:
    replace(example / ISLAND_NOTES, "  note: No count of earlier", "  status: draft\n  note: No count of earlier")
    assert list(shown(example).iter("ol")) == []


def test_a_draft_is_shown_in_a_preview_and_called_one(example: Path, replace: Change) -> None:
    replace(example / ISLAND_NOTES, "  note: No count of earlier", "  status: draft\n  note: No count of earlier")
    assert "draft, not in the published site" in words(shown(example, NAMED, preview=True))
    assert words(shown(example, NAMED)) == ""


def test_an_article_of_which_nothing_may_be_printed_has_no_headline_here(example: Path, replace: Change) -> None:
    replace(example / f"docs/articles/{ISLAND}.md", "print: excerpts", "print: metadata")
    assert words(shown(example, NAMED)) == ""


@pytest.mark.parametrize("hostile", ["<img src=x onerror=alert(1)>", '"><script>alert(1)</script>'])
def test_no_part_of_a_headline_becomes_markup(example: Path, replace: Change, hostile: str) -> None:
    replace(example / f"docs/articles/{GAZETTE}.md", "Ferry carried", hostile.replace('"', '\\"') + " Ferry carried")
    page = shown(example, NAMED)
    assert {element.tag for element in page.iter()} & {"img", "script"} == set()
    assert "alert(1)" in words(page)


def test_the_front_page_of_the_example_is_without_problems(example: Path) -> None:
    named = (example / "docs/index.md").read_text(encoding="utf-8").replace("dossier: headlines", f"dossier: {NAMED}")
    (example / "docs/index.md").write_text(named, encoding="utf-8")
    assert [problem for problem in check_dossier(read_example(example)) if problem.rule == "unknown-directive"] == []


def test_a_link_of_a_headline_is_seen_from_the_page_that_has_it(example: Path) -> None:
    page = parse(render_directive(NAMED, read_example(example), "about/"))
    assert links(page) == [f"../articles/{ISLAND}/#headline-record"]
