"""Tables of words: what each text has of each part, and what none has."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element

from dossier.pages.compare.quotation_table import build_quotation_grid
from dossier.pages.directives import render_directive
from support.dossiers import read_example
from support.reading_pages import GAZETTE, ISLAND, at, pages, parse, words

Change = Callable[[Path, str, str], None]
TABLE = "annotations/tables/the-record.yml"


def shown(example: Path) -> Element:
    return parse(render_directive("table the-record", read_example(example).only_published(), ""))


def cells(example: Path) -> list[list[str]]:
    """The words of each row, cell by cell."""
    return [[words(cell) for cell in row] for row in shown(example).findall(".//tbody/tr")]


def test_a_row_is_a_text_and_a_cell_has_its_words_with_who_said_them_and_the_verdict(example: Path) -> None:
    (row,) = cells(example)
    assert row[0] == "Harbour Gazette 2 May 2024"
    assert row[1] == (
        "The number carried 4,120 passengers in April Harbour office Supported 4,300 people crossed Ferry crew Unverifiable"
    )


def test_a_part_that_no_text_has_is_marked_in_head_and_cells(example: Path) -> None:
    grid = build_quotation_grid(dossier := read_example(example), dossier.tables["the-record"])
    assert grid.empty_columns == {2}
    marked = [element for element in shown(example).iter() if "kept-none" in (element.get("class") or "")]
    assert [words(element) for element in marked] == ["The price of a ticket", "The price of a ticket·not in it"]


def test_what_only_this_text_lacks_is_not_marked_as_in_none(example: Path, replace: Change) -> None:
    replace(
        example / TABLE, "  - label: The price", f"  - label: Cars\n    quotations: [{ISLAND}#main-way]\n  - label: The price"
    )
    gazette, digest = cells(example)
    assert digest[0] == "Island Digest 2 May 2024 or later"
    assert [cell.endswith("not in it") for cell in gazette[1:]] == [False, False, True, True]
    assert [cell.endswith("not in it") for cell in digest[1:]] == [True, True, False, True]
    assert len([cell for cell in shown(example).iter("td") if cell.get("class") == "kept-none"]) == 2


def test_a_layer_has_a_row_of_its_own(example: Path, replace: Change) -> None:
    replace(example / TABLE, "#timetable]", f"#timetable, {ISLAND}#april-record]")
    assert [row[0] for row in cells(example)] == ["Harbour Gazette 2 May 2024", "Harbour Gazette in Island Digest 2 May 2024"]


def test_words_of_an_article_of_which_nothing_may_be_printed_are_left_out(example: Path, replace: Change) -> None:
    replace(example / f"docs/articles/{GAZETTE}.md", "print: excerpts", "print: metadata")
    assert cells(example) == []


def test_each_quotation_leads_to_its_note_and_the_title_to_the_table_itself(example: Path) -> None:
    targets = [link.get("href") for link in shown(example).iter("a")]
    assert targets[0] == "./compare/#the-record"
    assert f"./articles/{GAZETTE}/#crew-dispute" in targets


def test_a_table_stands_on_the_page_that_compares_at_its_own_address(example: Path) -> None:
    heading = at(pages(example)["compare/"], "the-record")
    assert (heading.tag, words(heading)) == ("h2", "No text has the price of a ticket")


def test_an_unknown_table_shows_nothing(example: Path) -> None:
    assert render_directive("table no-such", read_example(example), "") == ""
