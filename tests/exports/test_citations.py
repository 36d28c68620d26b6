"""The files of citations, as text: which there are, what stands in them, and that nothing in a record breaks their form."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path

import pytest

from support.cited_sources import AWKWARD_TITLE, add_cited_sources
from support.dossiers import read_example
from support.exports import export_files, export_text
from support.reading_pages import GAZETTE, SOURCE

Change = Callable[[Path, str, str], None]
FORMATS = ("ris", "csl.json", "bib")


def test_there_is_a_file_of_all_sources_and_articles_in_each_format(example: Path) -> None:
    files = export_files(read_example(example))
    assert {path for path in files if path.endswith((".ris", ".csl.json", ".bib"))} == {
        "data/pages.ris",
        *(f"data/sources.{ending}" for ending in FORMATS),
    }


def test_what_is_not_published_is_in_no_file(example: Path, replace: Change) -> None:
    replace(example / SOURCE, "title: ", "status: draft\ntitle: ")
    replace(example / f"docs/articles/{GAZETTE}.md", "title: ", "status: review\ntitle: ")
    files = export_files(read_example(example))
    assert f"article-page:{GAZETTE}" not in str(files["data/pages.ris"])
    for ending in FORMATS:
        assert "Ferry passengers" not in str(files[f"data/sources.{ending}"])
        assert "Ferry carried" not in str(files[f"data/sources.{ending}"])


def test_ris_has_a_tag_a_line_and_nothing_in_a_record_begins_another(example: Path) -> None:
    add_cited_sources(example)
    text = export_text(read_example(example), "data/sources.ris")
    assert text.count("\r\n") == text.count("\n")
    records = text.split("\r\n\r\n")
    assert all(record.startswith("TY  - ") and record.rstrip().endswith("ER  -") for record in records)
    assert records[0].splitlines() == [
        "TY  - NEWS",
        "ID  - awkward",
        "AU  - de la Quay, Ada",
        "AU  - Brown and Sons,",
        "AU  - The compiler,",
        "AU  - Zoë,",
        f"TI  - {' '.join(AWKWARD_TITLE.split())}",
        "T2  - Harbour office",
        "PY  - 2024",
        "DA  - 2024/05//about",
        "LA  - en",
        "UR  - https://harbour.example/awkward?a=1&b={x}",
        "Y2  - 2024/06/01/",
        "DB  - archive.example",
        "AV  - https://archive.example/awkward",
        "N1  - News report, only its opening read. Archived 3 May 2024.",
        "ER  - ",
    ]


@pytest.mark.parametrize(
    ("source", "ris", "biblatex"),
    [
        ("decade", "DA  - the 2020s", "note = {Published the 2020s. "),
        ("doubtful", "DA  - possibly May 2024", "note = {Published possibly May 2024. "),
        ("interval", "DA  - 2 May 2024 to 4 May 2024", "date = {2024-05-02/2024-05-04}"),
        ("month", "DA  - 2024/05//", "date = {2024-05}"),
        ("open", "DA  - 2 May 2024 or later", "note = {Published 2 May 2024 or later. "),
        ("season", "DA  - 2024///about summer 2024", "date = {2024-22~}"),
    ],
)
def test_a_date_is_as_exact_as_the_record_and_no_more(example: Path, source: str, ris: str, biblatex: str) -> None:
    add_cited_sources(example)
    dossier = read_example(example)
    (record,) = [part for part in export_text(dossier, "data/sources.ris").split("\r\n\r\n") if f"ID  - {source}\r" in part]
    (entry,) = [part for part in export_text(dossier, "data/sources.bib").split("\n\n") if f"{{{source},\n" in part]
    assert ris in record.split("\r\n")
    assert f"  {biblatex}" in entry
    assert ("DA" in record, "\n  date =" in entry) == (True, biblatex.startswith("date"))


def test_an_undated_source_has_no_date_anywhere(example: Path) -> None:
    add_cited_sources(example)
    dossier = read_example(example)
    (record,) = [part for part in export_text(dossier, "data/sources.ris").split("\r\n\r\n") if "ID  - undated\r" in part]
    assert not [line for line in record.splitlines() if line.startswith(("PY", "DA", "UR"))]
    (entry,) = [part for part in export_text(dossier, "data/sources.bib").split("\n\n") if "{undated," in part]
    assert "  date" not in entry
    assert entry.startswith("@misc{")


def test_latex_signs_are_escaped_and_an_address_has_no_braces(example: Path) -> None:
    add_cited_sources(example)
    entry = export_text(read_example(example), "data/sources.bib").partition("\n\n")[0]
    assert r"100 \% \& " in entry
    assert (
        r"\textbraceleft{}ferries\textbraceright{} cost \$5\_000 \#1 \textasciitilde{} \textasciicircum{} \textbackslash{}today"
        in entry
    )
    assert "author = {de la Quay, Ada and {Brown and Sons} and {The compiler} and {Zoë}}," in entry
    assert "url = {https://harbour.example/awkward?a=1&b=%7Bx%7D}," in entry


@pytest.mark.parametrize("title", ["}", "{", "Ferry \\}}, note = {x} } @misc{evil, title = {Evil", "}{", "\\", "{\\", "%}"])
def test_no_brace_in_a_title_ends_its_entry(example: Path, replace: Change, title: str) -> None:
    # Readers count the braces of a value, and a backslash before one means nothing to them.
    replace(example / SOURCE, 'title: "Ferry passengers: April 2024"', f"title: {json.dumps(title)}")
    entry = export_text(read_example(example), "data/sources.bib").partition("\n\n")[0]
    depths = [*accumulate({"{": 1, "}": -1}.get(character, 0) for character in entry)]
    assert depths[-1] == 0
    assert all(depths[entry.index("{") : entry.rindex("}")])


def test_an_article_is_in_the_file_of_all_pages_behind_its_page(example: Path) -> None:
    records = export_text(read_example(example), "data/pages.ris").split("\r\n\r\n")
    assert [record.splitlines()[:2] for record in records][:3] == [
        ["TY  - ELEC", "ID  - claim-page:april-record"],
        ["TY  - ELEC", f"ID  - article-page:{GAZETTE}"],
        ["TY  - NEWS", f"ID  - article:{GAZETTE}"],
    ]
