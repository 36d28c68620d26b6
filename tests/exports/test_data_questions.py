"""The questions of the data page, answered by SQLite with nothing but the CSV files."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from dossier.loading.release import build_release
from dossier.model import Dossier
from dossier.model.site.export_files import DATA_URL
from dossier.model.site.release import ReleasedRecord
from dossier.pages import build_pages
from dossier.pages.data import list_data_questions
from support.asked_example import make_asked_example
from support.data_files import ask, open_database, write_data
from support.reading_pages import parse
from support.released import FIRST_DAY, LATER_DAY, change_released

QUESTIONS = {question.id: question for question in list_data_questions()}
ANSWERS: dict[str, list[dict[str, str]]] = {
    "one-origin": [{"claim": "The ferry stops at night.", "release": "quay-notice", "texts": "2"}],
    "changed": [
        {
            "claim": "The ferry carried 4,120 passengers in April 2024.",
            "verdict_now": "Supported",
            "first_published": "2024-06-03",
            "last_changed": "2024-07-01",
            "corrected": "2024-05-20",
            "was": "One.",
            "now": "4,120 tickets, not people.",
            "reason": "A recount.",
        }
    ],
    "overstated": [
        {
            "quote": "more than in any month before",
            "said_by": "Harbour Gazette",
            "printed": "2024-05-02",
            "claim": "The ferry carried 4,120 passengers in April 2024.",
            "note": "The office speaks of months with a timetable of its own.",
        }
    ],
    "by-claimant": [
        {"claimant": "Ferry crew", "verdict": "Imprecise", "claims": "1"},
        {"claimant": "Harbour office", "verdict": "Supported", "claims": "1"},
    ],
    "unread": [{"title": "No ferry", "checked": "not-read", "claims": "1"}],
    "refuted": [
        {
            "claim": "The ferry stops at night.",
            "stated": "7",
            "computed": "6",
            "expression": "nights + nights",
            "quote": "None",
        }
    ],
    "own-evidence": [
        {"claim": "The ferry carried 4,120 passengers in April 2024.", "claimant": "Harbour office", "verdict": "Supported"},
        {"claim": "The ferry stops at night.", "claimant": "Ferry crew", "verdict": "Imprecise"},
    ],
    "copied": [{"origin": "Notice on the quay", "publisher": "Ferry crew", "texts": "1"}],
    "hindsight": [
        {
            "quote": "The new timetable brought people back",
            "printed": "2024-05-02",
            "source": "No ferry",
            "known_from": "2024-05-20",
        }
    ],
}


@pytest.fixture
def data(example: Path, tmp_path: Path) -> Path:
    """The data of the example with something to find for each question."""
    asked = make_asked_example(example)
    released = replace(asked, last_release=build_release(asked, FIRST_DAY))
    return write_data(change_released(released, "claims/april-record/", ReleasedRecord(FIRST_DAY, LATER_DAY)), tmp_path / "out")


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_tables_answer_a_question_of_the_page(data: Path, name: str) -> None:
    with open_database(data) as database:
        answers = [{key: str(value) for key, value in row.items()} for row in ask(database, QUESTIONS[name])]
    if name in ANSWERS:
        assert sorted(answers, key=str) == sorted(ANSWERS[name], key=str)
    else:
        assert name == "printed"
        assert [(row["printed_by"], row["quote"], row["finding"]) for row in answers] == [
            ("Harbour Gazette", "carried 4,120 passengers in April", "Supported"),
            ("Harbour Gazette", "4,300 people crossed", "Unverifiable"),
            ("Harbour Gazette", "more than in any month before", "Imprecise"),
            ("Harbour Gazette", "The new timetable brought people back", "Imprecise"),
        ]


def test_words_count_as_printed_where_nobody_knows_who_printed_them(example: Path, tmp_path: Path) -> None:
    article = example / "docs/articles/harbour-gazette-2024-05-02.md"
    article.write_text(article.read_text(encoding="utf-8").replace("publisher: harbour-gazette", "publisher: not-established"))
    with open_database(write_data(make_asked_example(example), tmp_path / "out")) as database:
        answers = ask(database, QUESTIONS["printed"])
        [told] = database.execute("SELECT count(*) FROM notes WHERE claim <> ''").fetchone()
    assert len(answers) == told == 4
    assert None in {row["printed_by"] for row in answers}


def test_the_commands_of_the_page_load_the_tables(data: Path) -> None:
    if not shutil.which("sqlite3"):
        pytest.skip("there is no sqlite3 shell here")
    [page] = [page for page in build_pages(Dossier()) if page.url == DATA_URL]
    shown = ["".join(code.itertext()) for code in parse(page.content_html).iter("code")]
    [load] = [code.splitlines()[0] for code in shown if "; do sqlite3" in code]
    for _ in range(2):  # newer data are loaded into the same folder, and no row may count twice
        subprocess.run(["sh", "-c", load], cwd=data, check=True)
    asked = subprocess.run(
        ["sqlite3", "dossier.db", QUESTIONS["by-claimant"].sql], cwd=data, check=True, capture_output=True, text=True
    )
    assert asked.stdout == "Ferry crew|Imprecise|1\nHarbour office|Supported|1\n"
