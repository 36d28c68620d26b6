"""New parties, measures, terms and charts: a list gets an entry, and what stands in it stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from dossier.cli import asking, main
from dossier.cli import new as new_record
from dossier.model.base import Record, iter_record_keys
from dossier.model.kinds import RECORD_KINDS
from dossier.model.records import Party, Term
from dossier.model.records.figures import Measure
from support.dossiers import read_example

PARTIES, MEASURES, TERMS = "annotations/parties.yml", "annotations/measures.yml", "annotations/glossary.yml"
LISTS = [PARTIES, MEASURES, TERMS]
PARTY = [
    *("party", "--name", "Pier shop: tea", "--kind", "organisation", "--role", "Sells tea", "--url", "https://pier.example"),
    *("--alias", "The Shop", "--alias", "Tea, and more"),
]
MEASURE = [
    *("measure", "--unit", "cups", "--population", "all sold", "--area", "the pier", "--period", "2024-05/2024-06"),
    *("--collector", "Harbour Office", "--note", "Only tea."),
]
TERM = ["term", "--term", "Élan: 5 %", "--means", "How it is sold."]
ENTRIES = [(PARTY, PARTIES), (MEASURE, MEASURES), (TERM, TERMS)]
each_entry = pytest.mark.parametrize(("arguments", "path"), ENTRIES, ids=[words[0] for words, _ in ENTRIES])


def new(root: Path, *arguments: str, answers: Sequence[str] = ()) -> Result:
    """`dossier new …` in a folder; an exception other than the exit fails the test."""
    command = ["--root", str(root), "new", *arguments]
    result = CliRunner().invoke(main, command, input="".join(f"{answer}\n" for answer in answers), catch_exceptions=False)
    assert result.exit_code in (0, 1), result.stderr
    return result


def check(root: Path, *options: str) -> Result:
    """`dossier check` in a folder."""
    return CliRunner().invoke(main, ["--root", str(root), "check", *options])


def files(root: Path) -> dict[str, bytes]:
    """Everything below a folder."""
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in root.rglob("*") if file.is_file()}


def last_entry(root: Path, path: str) -> dict[str, object]:
    """What the last entry of a list says, without keys that are empty."""
    entries = yaml.safe_load((root / path).read_text(encoding="utf-8"))
    return {key: value for key, value in entries[-1].items() if value is not None}


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sits there."""
    for module in (asking, new_record):
        monkeypatch.setattr(module, "is_interactive", lambda: True)


def test_what_options_answer_is_what_is_written(example: Path) -> None:
    for arguments, _ in ENTRIES:
        assert new(example, *arguments).exit_code == 0
    assert last_entry(example, PARTIES) == {
        "id": "pier-shop-tea",
        "name": "Pier shop: tea",
        "kind": "organisation",
        "role": "Sells tea",
        "url": "https://pier.example",
        "aliases": ["The Shop", "Tea, and more"],
        "status": "draft",
    }
    assert last_entry(example, MEASURES) == {
        "id": "cups-2024",
        "unit": "cups",
        "population": "all sold",
        "area": "the pier",
        "period": "2024-05/2024-06",
        "collector": "harbour-office",
        "note": "Only tea.",
    }
    assert last_entry(example, TERMS) == {"term": "Élan: 5 %", "means": "How it is sold.", "status": "draft"}
    dossier = read_example(example)
    assert not dossier.unread_paths
    assert {"pier-shop-tea"} <= {*dossier.parties}
    assert {"cups-2024"} <= {*dossier.measures}
    assert [term.id for term in dossier.iter_entries() if isinstance(term, Term)][-1] == "élan-5"
    assert check(example).exit_code == 0


@each_entry
@pytest.mark.parametrize("change", ["crlf", "no-final-newline", "indented", "bom", "comments"])
def test_what_stands_in_the_list_stays_byte_by_byte(example: Path, arguments: list[str], path: str, change: str) -> None:
    text = (example / path).read_text(encoding="utf-8")
    form = {
        "crlf": text.replace("\n", "\r\n"),
        "no-final-newline": text.rstrip("\n"),
        "indented": "".join(f"  {line}\n" for line in text.splitlines()),
        "bom": "\ufeff" + text,
        "comments": f"# A remark\n\n{text}# the end\n",
    }[change].encode("utf-8")
    (example / path).write_bytes(form)
    before = files(example)
    result = new(example, *arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"{path}: the {arguments[0]} ")
    after = files(example)
    assert after[path].startswith(form)
    assert after[path].count(b"\n") == after[path].count(b"\r\n") or change != "crlf"
    assert {name for name in after if after[name] != before.get(name)} == {path}
    assert check(example).exit_code == 0


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("content", [None, "# Copy these lines:\n# - id: a\n"])
def test_the_first_entry_makes_the_list(example: Path, path: str, content: str | None) -> None:
    arguments = next(words for words, of in ENTRIES if of == path)
    (example / path).unlink()
    if content:
        (example / path).write_text(content, encoding="utf-8")
    words = [word if word != "Harbour Office" else "not-established" for word in arguments]
    assert new(example, *words).exit_code == 0
    text = (example / path).read_text(encoding="utf-8")
    assert text.startswith(content or f"# yaml-language-server: $schema=../schema/{Path(path).stem}.json\n- ")
    assert len(yaml.safe_load(text)) == 1


@pytest.mark.parametrize(
    ("arguments", "cure"),
    [
        (
            ["party", "--name", "Harbour office", "--id", "harbour-office"],
            "a party harbour-office already (annotations/parties.yml)",
        ),
        (["party", "--name", "People"], "/parties/ uses the id people itself\n  help: choose another id"),
        (["party", "--kind", "person"], "give the id with --id"),
        (["party", "--name", "A", "--kind", "persn"], "did you mean person?"),
        (["party", "--name", "A", "--url", "pier.example"], "write the whole address"),
        (["party", "--name", "A", "--id", "A b"], "lower-case letters"),
        (["measure", "--unit", "tickets", "--id", "tickets-april-2024"], "a measure tickets-april-2024 already"),
        (["measure", "--unit", "cups", "--collector", "harbour-ofice"], "did you mean harbour-office"),
        (["measure", "--unit", "cups", "--period", "05.2024"], "--period"),
        (["term", "--term", "ticket"], "a term ticket already (annotations/glossary.yml)\n  help: choose another term"),
        (["term", "--term", "%"], "--term"),
        (["term"], "give it with --term"),
        (["chart", "--title", "A b", "--id", "april-tickets"], "already"),
        (["chart", "--title", "A b", "--form", "partz"], "did you mean parts?"),
        (["chart"], "give the id with --id"),
    ],
)
def test_a_wrong_answer_is_told_with_its_cure_and_nothing_is_written(example: Path, arguments: list[str], cure: str) -> None:
    (example / "annotations/charts/april-tickets.yml").touch()
    before = files(example)
    result = new(example, *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert cure in result.stderr
    assert files(example) == before


@each_entry
@pytest.mark.parametrize("content", ["[]\n", "- id: [\n", "id: a\n", "- id: \xff"])
def test_a_list_that_nothing_can_be_put_behind_is_left_alone(
    example: Path, arguments: list[str], path: str, content: str
) -> None:
    (example / path).write_bytes(content.encode("latin-1"))
    words = [word if word != "Harbour Office" else "not-established" for word in arguments]
    result = new(example, *words)
    assert result.exit_code == 1
    assert "nothing was written" in result.stderr
    assert (example / path).read_bytes() == content.encode("latin-1")


def test_a_suggested_id_is_one_that_is_free_also_of_entries_that_cannot_be_read_yet(example: Path) -> None:
    for _ in range(2):
        assert new(example, "party", "--name", "Harbour office").exit_code == 0
    ids = [entry["id"] for entry in yaml.safe_load((example / PARTIES).read_text(encoding="utf-8"))]
    assert ids[-2:] == ["harbour-office-2", "harbour-office-3"]
    assert "already" in new(example, "party", "--name", "A", "--id", "harbour-office-3").stderr


@pytest.mark.parametrize(
    ("arguments", "model", "open_keys"),
    [
        (["party", "--name", "Pier shop"], Party, ["kind", "role"]),
        (["measure", "--unit", "cups"], Measure, ["population", "area"]),
        (["term", "--term", "Cup"], Term, ["means"]),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_check_tells_exactly_what_is_still_to_be_written(
    example: Path, arguments: list[str], model: type[Record], open_keys: list[str]
) -> None:
    path = next(kind.path_template for kind in RECORD_KINDS if kind.model is model)
    before = (example / path).read_text(encoding="utf-8")
    assert new(example, *arguments).exit_code == 0
    added = (example / path).read_text(encoding="utf-8").removeprefix(before).splitlines()
    assert [line[2:].partition(":")[0] for line in added if line[2] != "#"] == list(iter_record_keys(model))
    assert sum("?" in line for line in added) >= len(open_keys)
    told = [line for line in check(example).stdout.splitlines() if line.endswith("[missing-key]")]
    assert len(told) == len(open_keys)
    assert all(f"`{key}`" in line and line.startswith(path) for key, line in zip(open_keys, told, strict=True))


def test_a_chart_is_begun_and_asks_for_its_figures(example: Path) -> None:
    result = new(example, "chart", "--title", "Tickets: by kind", "--form", "parts", "--text", "Most are returns.")
    assert (result.exit_code, result.stderr) == (0, "")
    path = "annotations/charts/tickets-by-kind.yml"
    assert f"{path} was written" in result.stdout
    text = (example / path).read_text(encoding="utf-8")
    assert 'title: "Tickets: by kind"\nform: parts\n' in text
    assert "# Which figures does it draw, two or more? As in [{figure: a-claim.total, label: All}].\nfigures:\n" in text
    told = [line for line in check(example).stdout.splitlines() if line.startswith(path) and line.endswith("[chart-form]")]
    assert [line.partition(": ")[2] for line in told] == [
        "a chart of the form parts needs `whole:` [chart-form]",
        "a chart draws 2 to 24 figures, this one 0 [chart-form]",
    ]
    figures = "figures: [{figure: april-record.single}, {figure: april-record.return}]"
    text = text.replace("figures:\n", f"{figures}\n").replace("whole:\n", "whole: april-record.tickets\n")
    (example / path).write_text(text, encoding="utf-8")
    assert check(example).exit_code == 0
    assert not read_example(example).charts["tickets-by-kind"].is_published


@pytest.mark.usefixtures("terminal")
def test_a_party_is_begun_on_a_terminal(example: Path) -> None:
    answers = [
        "Pier shop",
        "shop",
        "organisation",
        "Sells tea",
        "",
        "The Shop, Tea house",
        "",
        "It sells tea.",
        "harbour-office",
        "shop",
    ]
    result = new(example, "party", answers=answers)
    assert result.exit_code == 0, result.stderr
    assert "it can be person, organisation" in result.stderr
    assert "there is a party harbour-office already" in result.stderr
    assert result.stderr.count("What is its short name?") == 2
    expected = {
        "id": "shop",
        "name": "Pier shop",
        "kind": "organisation",
        "role": "Sells tea",
        "aliases": ["The Shop", "Tea house"],
        "interest": "It sells tea.",
    }
    assert last_entry(example, PARTIES) == expected | {"status": "draft"}


@pytest.mark.usefixtures("terminal")
def test_a_measure_is_begun_on_a_terminal(example: Path) -> None:
    result = new(example, "measure", "--unit", "cups", answers=["all sold", "the pier", "", "Harbour office", "", ""])
    assert result.exit_code == 0, result.stderr
    assert "(Enter for cups)" in result.stderr
    assert "What is counted?" not in result.stderr
    written = last_entry(example, MEASURES)
    assert (written["id"], written["period"], written["collector"]) == ("cups", "not-established", "harbour-office")


@pytest.mark.usefixtures("terminal")
def test_a_term_is_begun_on_a_terminal_and_has_no_id_to_ask_for(example: Path) -> None:
    result = new(example, "term", answers=["Cup of tea", "A drink.", ""])
    assert result.exit_code == 0, result.stderr
    assert "short name" not in result.stderr
    assert last_entry(example, TERMS) == {"term": "Cup of tea", "means": "A drink.", "status": "draft"}


@pytest.mark.usefixtures("terminal")
def test_a_chart_is_begun_on_a_terminal(example: Path) -> None:
    result = new(example, "chart", answers=["Tickets by kind", "parts", "Most are returns.", "kinds"])
    assert result.exit_code == 0, result.stderr
    assert "annotations/charts/kinds.yml was written" in result.stdout
