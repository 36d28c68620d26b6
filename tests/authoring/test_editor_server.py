"""What a contributor's editor does with the schemas, tried with the real yaml-language-server over its protocol."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from uuid import uuid4

import pytest

from dossier.authoring.schema import format_schema_comment
from dossier.model.vocabulary import STANCE_MEANINGS
from support.dossiers import EXAMPLE, read_example
from support.language_server import Editor, find_underlined_files, open_annotations

CLAIM = "annotations/claims/april-record.yml"
NEW_CLAIM = "annotations/claims/new.yml"
NOTES = "annotations/articles/new.yml"
WHOLE = 'claim: X\nkind: fact\nclaimant: harbour-office\nmade: "2021"\nverdict: unverifiable\n'
WHOLE += "summary: S\nexplanation: E\nwould_change: W\n"
NOTE = '- id: a\n  quote: "x"\n  speaker: text\n'


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """An editor with the example's annotations open, and the schemas as they are committed."""
    yield from open_annotations(EXAMPLE, tmp_path_factory.mktemp("any"), with_ids=False)


@pytest.fixture(scope="module")
def knowing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """The same after `dossier schema --ids`."""
    yield from open_annotations(EXAMPLE, tmp_path_factory.mktemp("ids"), with_ids=True)


def words_of(editor: Editor, path: str) -> str:
    return (editor.root / path).read_text(encoding="utf-8")


def opened_as_new(editor: Editor, path: str, text: str) -> str:
    """Open words as a file of a name that no file had before, in the folder of a path; its own path."""
    name = str(PurePosixPath(path).with_name(f"{uuid4()}.yml"))
    editor.open_file(name, text)
    return name


def offered(editor: Editor, path: str, text: str) -> dict[str, str]:
    """What may be written where `|` stands in a file: label and what is inserted."""
    whole = f"{format_schema_comment(path)}\n{text}"
    before, _, after = whole.partition("|")
    items = editor.get_completions(
        opened_as_new(editor, path, before + after), before.count("\n"), len(before.rpartition("\n")[2])
    )
    return {label: item["insertText"] for label, item in items.items()}


def told(editor: Editor, path: str, text: str) -> list[tuple[int, str]]:
    """What is underlined in a file: line, counted from 1, and message."""
    faults = editor.get_diagnostics(opened_as_new(editor, path, text))
    return [(fault["range"]["start"]["line"] + 1, fault["message"]) for fault in faults]


def test_no_file_of_the_dossier_is_underlined(knowing: Editor) -> None:
    assert find_underlined_files(knowing) == {}


def test_a_verdict_is_completed_with_its_definition(editor: Editor) -> None:
    text = words_of(editor, CLAIM).replace("verdict: supported", "verdict: ")
    line = text.partition("verdict: ")[0].count("\n")
    items = editor.get_completions(opened_as_new(editor, CLAIM, text), line, len("verdict: "))
    verdicts = read_example(EXAMPLE).verdicts
    assert [*items] == [*verdicts]
    for name, item in items.items():
        assert verdicts[name].definition in item["documentation"]["value"]


def test_a_stance_is_completed(editor: Editor) -> None:
    assert offered(editor, NOTES, f"{NOTE}  stance: |\n").keys() == STANCE_MEANINGS.keys()


@pytest.mark.parametrize(
    ("path", "text", "some"),
    [
        (NEW_CLAIM, f"{WHOLE}sources:\n  - id: |\n    bearing: supports\n", "harbour-office-count"),
        (NEW_CLAIM, WHOLE.replace("claimant: harbour-office", "claimant: |"), "harbour-office"),
        (NEW_CLAIM, f"{WHOLE}figures:\n  one:\n    value: 1\n    measure: |\n", "tickets-april-2024"),
        (NEW_CLAIM, f"{WHOLE}topics: [|]\n", "counts"),
        (NOTES, NOTE.replace("speaker: text", "speaker: |"), "ferry-crew"),
        (NOTES, f"{NOTE}  claim: |\n", "april-record"),
        (NOTES, f"{NOTE}  sources: [|]\n", "harbour-office-count"),
        (NOTES, f"{NOTE}  sources:\n    - |\n", "harbour-office-count"),
    ],
)
def test_ids_are_completed_where_they_are_known(editor: Editor, knowing: Editor, path: str, text: str, some: str) -> None:
    assert some in offered(knowing, path, text)
    assert some not in offered(editor, path, text)


def test_a_known_id_says_what_it_stands_for(knowing: Editor) -> None:
    source = read_example(EXAMPLE).sources["harbour-office-count"]
    whole = f"{format_schema_comment(NOTES)}\n{NOTE}  sources: [{source.id}]\n"
    assert source.title in knowing.get_hover_text(opened_as_new(knowing, NOTES, whole), 4, 14)


def test_an_id_that_is_not_known_yet_is_no_fault(knowing: Editor) -> None:
    assert told(knowing, NOTES, f"{format_schema_comment(NOTES)}\n{NOTE}  sources: [made-today]\n") == []


def test_a_key_says_what_belongs_there(editor: Editor) -> None:
    line = words_of(editor, CLAIM).partition("verdict: ")[0].count("\n")
    said = editor.get_hover_text(opened_as_new(editor, CLAIM, words_of(editor, CLAIM)), line, 2)
    assert "our finding" in said
    for verdict in read_example(EXAMPLE).verdicts.values():
        assert verdict.definition in said
    whole = f"{format_schema_comment(NOTES)}\n{NOTE}  stance: garbled\n"
    assert STANCE_MEANINGS["garbled"].meaning in editor.get_hover_text(opened_as_new(editor, NOTES, whole), 4, 4)


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("claimant: harbour-office", "claiment: harbour-office", "Property claiment is not allowed"),
        ("claimant: harbour-office\n", "", 'Missing property "claimant"'),
        ("claimant: harbour-office", "claimant: Harbour office", "use lower-case letters"),
        ('made: "2024-05-02"', "made: 2 May 2024", "write a date as far as it is known"),
        ('reviewed: "2024-06-01"', 'reviewed: "2024"', "write a day in full"),
        ("verdict: supported", "verdict: suported", "Value is not accepted"),
        ("bearing: supports", "bearing: for", "Value is not accepted"),
        ("holds: true", "holds: nope", 'Expected "boolean"'),
        ("topics: [counts]", "topics: counts", 'Expected "array"'),
    ],
)
def test_what_is_wrong_is_underlined(editor: Editor, right: str, wrong: str, message: str) -> None:
    text = words_of(editor, CLAIM)
    line = text.count("\n", 0, text.index(right if wrong else "claim: ")) + 1  # what is missing is told at the head
    found = told(editor, CLAIM, text.replace(right, wrong, 1))
    assert [said for at, said in found if message in said and at == line]


@pytest.mark.parametrize(
    ("path", "text", "label"),
    [
        (NEW_CLAIM, "|", "a whole claim"),
        (NEW_CLAIM, f"{WHOLE}corrections:\n  - |\n", "a whole correction"),
        (NEW_CLAIM, f"{WHOLE}corrections:\n  |\n", "a whole correction"),
        (NEW_CLAIM, f"{WHOLE}figures:\n  |\n", "a whole figure"),
        (NEW_CLAIM, f"{WHOLE}figures:\n  one:\n    |\n", "a whole figure"),
        (NEW_CLAIM, f"{WHOLE}calculations:\n  - |\n", "a whole calculation"),
        (NEW_CLAIM, f"{WHOLE}sources:\n  - |\n", "a whole source of a claim"),
        (NOTES, "|", "a whole annotation"),
        (NOTES, f"{NOTE}- |\n", "a whole annotation"),
        ("annotations/events/new.yml", "|", "a whole event"),
        ("annotations/sources/new.yml", "|", "a whole source"),
        ("annotations/charts/new.yml", "|", "a whole chart"),
    ],
)
def test_a_whole_record_can_be_begun_from(editor: Editor, path: str, text: str, label: str) -> None:
    inserted = re.sub(r"\$\{\d+:(.*?)\}(?=:|$)", r"\1", offered(editor, path, text)[label], flags=re.MULTILINE)
    before, _, after = text.partition("|")
    # An editor indents what it inserts like the line in which it is put, but for what the server has indented itself.
    margin = re.match(r" *", before.rpartition("\n")[2])
    indented = inserted.replace("\n", "\n" + (margin[0] if margin else ""))
    assert told(editor, path, f"{format_schema_comment(path)}\n{before}{indented}{after}") == []
