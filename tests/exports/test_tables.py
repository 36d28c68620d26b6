"""The records as tables: everything that is published, with its types, and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from dossier.model import Dossier
from dossier.model.introspection import iter_record_models
from dossier.model.kinds import ENTRY_KINDS, RECORD_KINDS
from dossier.model.site.release import ReleasedRecord
from dossier.model.tables import build_data_tables
from dossier.model.tables.columns import list_exported_keys, write_number
from dossier.model.tables.derived import DERIVED_COLUMNS
from dossier.model.value_shapes import get_value_shape
from dossier.pages import build_pages
from dossier.pages.csv_cells import neutralize_formula
from dossier.pages.data import list_unaddressed_tables
from support.asked_example import make_asked_example
from support.corrections import NOTE, correct, correction
from support.data_files import read_table, write_data
from support.dossiers import read_example
from support.exports import SITE, export_files, export_text
from support.reading_pages import CLAIM, GAZETTE, NOTES, ids, parse
from support.released import change_released, read_released_example

Change = Callable[[Path, str, str], None]
MARKER = "zanzibarian"
"""A word that is nowhere in the example."""


def tables(example: Path, tmp_path: Path, **settings: str) -> dict[str, list[dict[str, str]]]:
    folder = write_data(read_example(example), tmp_path / "out", **settings)
    return {file.stem: read_table(folder, file.stem) for file in folder.glob("*.csv")}


def test_every_published_record_is_a_row_with_its_address(example: Path, tmp_path: Path) -> None:
    made = tables(example, tmp_path)
    records = {kind.table_name for kind in ENTRY_KINDS}
    addresses = {row["address"] for name, rows in made.items() for row in rows if name in records}
    assert addresses == {f"{SITE}{entry.page_url}" for entry in read_example(example).only_published().iter_entries()}
    [claim] = made["claims"]
    assert claim["claim"] == "The ferry carried 4,120 passengers in April 2024."
    assert claim["address"] == f"{SITE}claims/april-record/"
    assert (claim["verdict"], claim["topics"], claim["counted_for"]) == ("supported", "counts", "1")


def test_verdicts_calculations_and_corrections_lead_to_their_places(example: Path, tmp_path: Path) -> None:
    correct(example, NOTE, correction("2024-05-25", "update"))
    dossier, made = make_asked_example(example), tables(example, tmp_path)
    places = {page.url: ids(parse(page.content_html)) for page in build_pages(dossier)}
    addresses = [row["address"] for name in ("calculations", "corrections", "verdicts") for row in made[name] if row["address"]]
    assert len(addresses) > 6
    for address in addresses:
        url, _, name = address.removeprefix(SITE).partition("#")
        assert name in places[url] if name else url in places, address
    verdicts = {f"verdicts/{row['id']}/" for row in made["verdicts"] if row["address"]}
    assert verdicts == {url for url in places if url.startswith("verdicts/")}
    assert "" in {row["address"] for row in made["verdicts"]}  # nothing has it, so no page lists what has it
    unaddressed = list_unaddressed_tables(build_data_tables(dossier))
    assert unaddressed == ["voices", "measures"]
    for table in build_data_tables(dossier):
        columns = {column.name: column for column in table.columns}
        assert "address" in columns or table.name in unaddressed or any(column.reference for column in table.columns), table.name


def test_each_record_has_its_days(example: Path, tmp_path: Path) -> None:
    [claim] = tables(example, tmp_path / "before")["claims"]
    assert (claim["first_published"], claim["last_changed"]) == ("", "")
    released = change_released(
        read_released_example(example), "claims/april-record/", ReleasedRecord(date(2024, 6, 3), date(2024, 7, 1))
    )
    folder = write_data(change_released(released, "timeline/#count-published", None), tmp_path / "out")
    [claim], events = read_table(folder, "claims"), {row["id"]: row for row in read_table(folder, "events")}
    assert (claim["first_published"], claim["last_changed"]) == ("2024-06-03", "2024-07-01")
    assert (events["count-published"]["first_published"], events["count-published"]["last_changed"]) == ("", "")
    for kind in ENTRY_KINDS:
        days = {row["first_published"] for row in read_table(folder, kind.table_name)}
        assert days <= {"2024-06-03", ""}, kind.name
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    fields = {
        f"{resource['name']}.{field['name']}": field
        for resource in package["resources"]
        if "schema" in resource
        for field in resource["schema"]["fields"]
    }
    assert fields["claims.first_published"]["type"] == fields["notes.last_changed"]["type"] == "date"
    whole = json.loads((folder / "dossier.json").read_text(encoding="utf-8"))
    assert (whole["claims"][0]["first_published"], whole["claims"][0]["last_changed"]) == ("2024-06-03", "2024-07-01")
    assert "last_changed" not in whole["sources"][0]


def test_columns_are_explained_to_who_reads_them(example: Path, large_dossier: Dossier) -> None:
    told = {
        f"{table.name}.{column.name}": column.meaning for table in build_data_tables(large_dossier) for column in table.columns
    }
    schema = export_text(read_example(example), "data/dossier.schema.json")
    told |= {str(number): text for number, text in enumerate(re.findall(r'"description": "([^"]*)"', schema))}
    assert len(told) > 300
    for_contributors = re.compile(
        r"\b(?:you|yours?|left out where|in brackets|annotations?/|annotation's|by hand|a claim and its figure|with `)", re.I
    )
    assert {name: text for name, text in told.items() if for_contributors.search(text)} == {}


def test_parts_of_records_and_what_they_name_have_tables_of_their_own(example: Path, tmp_path: Path) -> None:
    made = tables(example, tmp_path)
    assert [(row["claim"], row["source"], row["bearing"], row["counted_as"]) for row in made["claim_sources"]] == [
        ("april-record", "harbour-office-count", "supports", "harbour-office")
    ]
    assert [(row["event"], row["claim"]) for row in made["event_claims"]] == [("count-published", "april-record")]
    figures = {row["id"]: row for row in made["figures"]}
    assert figures["april-record.tickets"]["at"] == f"{GAZETTE}#april-record"
    assert figures["april-record.people"]["derived"] == "single + return / 2"
    assert [(row["result"], row["result_number"]) for row in made["calculations"]] == [("4,120", "4120"), ("69.90 %", "0.699")]


def test_each_row_of_links_is_told_with_its_articles(example: Path) -> None:
    meanings = {table.name: table.meaning for table in build_data_tables(read_example(example).only_published())}
    assert meanings["event_articles"] == "an article that an event names under `articles`"
    assert meanings["event_claims"] == "a claim that an event names under `claims`"


def test_the_number_to_compute_with_says_what_it_leaves_out(example: Path) -> None:
    tables = {table.name: table for table in build_data_tables(read_example(example).only_published())}
    [value] = [column for column in tables["figures"].columns if column.name == "value_number"]
    assert "without words such as “more than”" in value.meaning


def test_what_follows_from_several_records_is_a_column(example: Path, tmp_path: Path) -> None:
    notes = {row["id"]: row for row in tables(example, tmp_path)["notes"]}
    said = notes[f"{GAZETTE}#april-record"]
    assert (said["printed_by"], said["said_by"], said["finding"]) == ("harbour-gazette", "harbour-office", "supported")
    assert (said["verdict"], said["printed"], said["article"]) == ("", "2024-05-02", GAZETTE)
    assert notes[f"{GAZETTE}#one-in-five"]["said_by"] == "harbour-gazette"


def test_a_date_has_the_days_that_it_can_mean(example: Path, tmp_path: Path, replace: Change) -> None:
    replace(example / CLAIM, 'made: "2024-05-02"', 'made: "2024-05~/.."')
    [claim] = tables(example, tmp_path)["claims"]
    assert (claim["made"], claim["made_first_day"], claim["made_last_day"]) == ("2024-05~/..", "2024-05-01", "")
    replace(example / CLAIM, 'made: "2024-05~/.."', 'made: "Y12024"')
    [claim] = tables(example, tmp_path)["claims"]
    assert (claim["made"], claim["made_first_day"], claim["made_last_day"]) == ("Y12024", "", "")


def test_a_table_is_csv_as_the_standard_has_it_and_json_with_types(example: Path) -> None:
    files = export_files(make_asked_example(example))
    csv_text = files["data/claims.csv"]
    assert isinstance(csv_text, bytes)
    assert csv_text.startswith(b"id,address,claim,")
    assert csv_text.endswith(b"\r\n")
    csv_text.decode("utf-8")
    claims = json.loads(files["data/claims.json"])
    assert claims[0]["topics"] == ["counts"]
    assert (claims[0]["counted_for"], claims[0]["author"]) == (1, None)
    assert json.loads(files["data/claim_sources.json"])[0]["counted"] is True
    assert [*claims[0]] == csv_text.split(b"\r\n")[0].decode().split(",")
    assert files["data/claim_replies.json"] == b"[]\n"


def test_the_corrections_are_a_table(example: Path, tmp_path: Path) -> None:
    correct(example, NOTE, correction("2024-05-25", "update"))
    [row] = tables(example, tmp_path)["corrections"]
    assert (row["record_table"], row["record"]) == ("notes", f"{GAZETTE}#one-in-five")
    assert (row["kind"], row["date"], row["was"]) == ("update", "2024-05-25", "One.")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_no_cell_is_a_formula(example: Path, tmp_path: Path, replace: Change, sign: str) -> None:
    replace(example / CLAIM, "claim: The ferry", f'claim: "{sign}1+1" #')
    made = tables(example, tmp_path)
    assert made["claims"][0]["claim"] == f"'{sign}1+1"
    assert not [cell for rows in made.values() for row in rows for cell in row.values() if cell.startswith(("=", "+", "@"))]


@pytest.mark.parametrize("written", ["-0044", "-0044-03-15", "-0044~/-0001"])
def test_a_year_before_christ_and_a_negative_number_stay_as_they_are(
    example: Path, tmp_path: Path, replace: Change, written: str
) -> None:
    replace(example / CLAIM, 'made: "2024-05-02"', f'made: "{written}"')
    assert tables(example, tmp_path)["claims"][0]["made"] == written
    assert [neutralize_formula(text) for text in ("-5", "-1,250.5", "+3 %", "-5-3", "-5+A1")] == [
        "-5",
        "-1,250.5",
        "+3 %",
        "'-5-3",
        "'-5+A1",
    ]


# Nothing that is not published


def hunt(example: Path) -> list[str]:
    """The files that have the marker."""
    made = export_files(read_example(example), licence="CC-BY-4.0", publisher="The harbour desk")
    texts = {path: text.encode("utf-8") if isinstance(text, str) else text for path, text in made.items()}
    assert len(texts) > 50
    return [path for path, content in texts.items() if MARKER.encode() in content]


@pytest.mark.parametrize("status", ["draft", "review", "retired"])
def test_nothing_of_what_is_not_published_is_in_any_file(example: Path, replace: Change, status: str) -> None:
    replace(example / CLAIM, "The ferry carried", f"The {MARKER} ferry carried")
    replace(example / CLAIM, "tickets-april-2024, at", f"{MARKER}-tickets, at")
    measures = example / "annotations/measures.yml"
    measures.write_text(
        f"{measures.read_text(encoding='utf-8')}- {{id: {MARKER}-tickets, unit: tickets, population: all, area: the ferry, "
        'period: "2024-04", collector: harbour-office}\n',
        encoding="utf-8",
    )
    assert "data/dossier.json" in hunt(example)
    (example / CLAIM).write_text(f"status: {status}\n" + (example / CLAIM).read_text(encoding="utf-8"), encoding="utf-8")
    assert hunt(example) == []


def test_an_id_that_is_not_published_is_named_nowhere(example: Path, replace: Change) -> None:
    record = example / CLAIM
    record.rename(record.with_name(f"{MARKER}.yml"))
    for file in sorted((example / "annotations").rglob("*.yml")):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("claim: april-record", f"claim: {MARKER}").replace("[april-record]", f"[{MARKER}]"), "utf-8")
    assert "data/event_claims.csv" in hunt(example)
    replace(record.with_name(f"{MARKER}.yml"), "claim: The", "status: draft\nclaim: The")
    assert hunt(example) == []


@pytest.mark.parametrize("status", ["draft", "review", "retired"])
def test_a_digest_links_no_note_that_is_not_published(example: Path, replace: Change, status: str) -> None:
    digests = ("data/dossier.json", "data/articles.json", "data/articles.csv")
    files = export_files(read_example(example))
    assert all("[its timetable](#timetable)" in decode(files[path]) for path in digests)
    replace(example / NOTES, "- id: timetable", f"- id: timetable\n  status: {status}")
    files = export_files(read_example(example))
    assert all("credits its timetable." in decode(files[path]) for path in digests)
    assert all("[“4,120 passengers”](#april-record)" in decode(files[path]) for path in digests)


def decode(content: str | bytes) -> str:
    return content if isinstance(content, str) else content.decode()


def test_nothing_of_a_saved_copy_but_quotations_is_in_any_file(example: Path, replace: Change) -> None:
    copy = example / f"originals/{GAZETTE}.txt"
    copy.write_text(f"{copy.read_text(encoding='utf-8')}\nThe {MARKER} sailed past.\n", encoding="utf-8")
    replace(example / NOTES, "  speaker: text", f"  prefix: {MARKER} said\n  suffix: and {MARKER}\n  speaker: text")
    assert hunt(example) == []


def test_notes_of_an_article_of_which_nothing_may_be_printed_are_in_no_table(example: Path, replace: Change) -> None:
    replace(example / f"docs/articles/{GAZETTE}.md", "print: excerpts", "print: metadata")
    assert "One in five passengers" not in export_text(read_example(example), "data/notes.csv")
    assert "One in five passengers" not in export_text(read_example(example), "data/dossier.json")


# Derived from the declarations


def test_every_key_of_every_kind_has_a_shape() -> None:
    models = {model for kind in RECORD_KINDS for model in iter_record_models(kind.model)}
    shapes = [get_value_shape(model, key) for model in models for key in list_exported_keys(model)]
    assert len(shapes) > 100
    assert {shape.form for shape in shapes} > {"text", "day", "date", "number", "boolean", "record", "address", "expression"}


def test_columns_are_named_once_and_their_references_exist(large_dossier: Dossier) -> None:
    made = build_data_tables(large_dossier)
    names = {table.name: [column.name for column in table.columns] for table in made}
    assert [name for name, columns in names.items() if len(set(columns)) < len(columns)] == []
    references = {column.reference for table in made for column in table.columns if column.reference}
    assert [name for name in references if "id" not in names[name]] == []
    assert all(set(table.primary_key) <= set(names[table.name]) for table in made)
    assert DERIVED_COLUMNS.keys() <= names.keys()
    assert len(names) == len(made)
    assert not {"datapackage", "dossier", "data", "index"} & names.keys()
    assert [table.name for table in made if table.row_count != len(list(table.iter_rows()))] == []


def test_an_id_stands_for_one_row(large_dossier: Dossier) -> None:
    for table in build_data_tables(large_dossier):
        places = [index for index, column in enumerate(table.columns) if column.name in table.primary_key]
        keys = [tuple(row[place] for place in places) for row in table.iter_rows()]
        assert len(set(keys)) == len(keys), table.name


def test_a_number_is_exact_or_has_twelve_digits(example: Path) -> None:
    claim = make_asked_example(example).claims["april-record"]
    assert write_number(claim.figures["tickets"].value) == 4120
    assert write_number(True) is None
    assert write_number(None) is None
