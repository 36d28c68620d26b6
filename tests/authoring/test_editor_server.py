"""What a contributor's editor does with the schemas, tried with the real yaml-language-server over its protocol."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from uuid import uuid4

import pytest

from dossier.authoring.schema import IDS_SCHEMA_PATH, build_ids_schema, build_schemas, format_schema_comment
from dossier.loading import read_dossier
from dossier.model.vocabulary import STANCE_MEANINGS
from support.dossiers import ROOT
from support.install_server import SERVER, find_node
from support.language_server import Editor

CLAIM = "annotations/claims/whatsapp-one-in-ten.yml"
NEW_CLAIM = "annotations/claims/new.yml"
NOTES = "annotations/articles/new.yml"
WHOLE = 'claim: X\nclaimant: nspcc\nmade: "2021"\nverdict: opinion\nsummary: S\nexplanation: E\nwould_change: W\n'
NOTE = '- id: a\n  quote: "x"\n  speaker: text\n'


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """An editor with the real annotations open, and the schemas as they are committed."""
    yield from opened(tmp_path_factory.mktemp("any"), with_ids=False)


@pytest.fixture(scope="module")
def knowing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """The same after `dossier schema --ids`."""
    yield from opened(tmp_path_factory.mktemp("ids"), with_ids=True)


def opened(root: Path, with_ids: bool) -> Iterator[Editor]:
    program = find_node()
    if not program or not SERVER.is_file():
        pytest.skip("yaml-language-server is not installed; `make test` does it where npm packages can be had")
    shutil.copytree(ROOT / "annotations", root / "annotations")
    dossier = read_dossier(ROOT)
    (root / "schema").mkdir()
    for path, text in (build_schemas(dossier) | ({IDS_SCHEMA_PATH: build_ids_schema(dossier)} if with_ids else {})).items():
        (root / path).write_text(text, encoding="utf-8")
    with Editor(program, root) as editor:
        yield editor


def words_of(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


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
    files = sorted(file.relative_to(ROOT).as_posix() for file in (ROOT / "annotations").rglob("*.yml"))
    for path in files:
        knowing.open_file(path)
    assert {path: faults for path in files if (faults := knowing.get_diagnostics(path))} == {}


def test_a_verdict_is_completed_with_its_definition(editor: Editor) -> None:
    text = words_of(CLAIM).replace("verdict: imprecise", "verdict: ")
    line = text.partition("verdict: ")[0].count("\n")
    items = editor.get_completions(opened_as_new(editor, CLAIM, text), line, len("verdict: "))
    verdicts = read_dossier(ROOT).verdicts
    assert [*items] == [*verdicts]
    for name, item in items.items():
        assert verdicts[name].definition in item["documentation"]["value"]


def test_a_stance_is_completed(editor: Editor) -> None:
    assert offered(editor, NOTES, f"{NOTE}  stance: |\n").keys() == STANCE_MEANINGS.keys()


@pytest.mark.parametrize(
    ("path", "text", "some"),
    [
        (NEW_CLAIM, f"{WHOLE}sources:\n  - id: |\n    bearing: supports\n", "hello-rayo-suffolk-2021-03-26"),
        (NEW_CLAIM, WHOLE.replace("claimant: nspcc", "claimant: |"), "nspcc"),
        (NEW_CLAIM, f"{WHOLE}figures:\n  one:\n    value: 1\n    measure: |\n", "nspcc-2021-instances"),
        (NEW_CLAIM, f"{WHOLE}topics: [|]\n", "police-records"),
        (NOTES, NOTE.replace("speaker: text", "speaker: |"), "nspcc"),
        (NOTES, f"{NOTE}  claim: |\n", "whatsapp-one-in-ten"),
        (NOTES, f"{NOTE}  sources: [|]\n", "national-world-2021-03"),
        (NOTES, f"{NOTE}  sources:\n    - |\n", "national-world-2021-03"),
    ],
)
def test_ids_are_completed_where_they_are_known(editor: Editor, knowing: Editor, path: str, text: str, some: str) -> None:
    assert some in offered(knowing, path, text)
    assert some not in offered(editor, path, text)


def test_a_known_id_says_what_it_stands_for(knowing: Editor) -> None:
    source = read_dossier(ROOT).sources["national-world-2021-03"]
    whole = f"{format_schema_comment(NOTES)}\n{NOTE}  sources: [{source.id}]\n"
    assert source.title in knowing.get_hover_text(opened_as_new(knowing, NOTES, whole), 4, 14)


def test_an_id_that_is_not_known_yet_is_no_fault(knowing: Editor) -> None:
    assert told(knowing, NOTES, f"{format_schema_comment(NOTES)}\n{NOTE}  sources: [made-today]\n") == []


def test_a_key_says_what_belongs_there(editor: Editor) -> None:
    line = words_of(CLAIM).partition("verdict: ")[0].count("\n")
    said = editor.get_hover_text(opened_as_new(editor, CLAIM, words_of(CLAIM)), line, 2)
    assert "our finding" in said
    for verdict in read_dossier(ROOT).verdicts.values():
        assert verdict.definition in said
    whole = f"{format_schema_comment(NOTES)}\n{NOTE}  stance: garbled\n"
    assert STANCE_MEANINGS["garbled"].meaning in editor.get_hover_text(opened_as_new(editor, NOTES, whole), 4, 4)


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("claimant: nspcc", "claiment: nspcc", "Property claiment is not allowed"),
        ("claimant: nspcc\n", "", 'Missing property "claimant"'),
        ("claimant: nspcc", "claimant: NSPCC", "use lower-case letters"),
        ('made: "2021-03-26"', "made: 26 March 2021", "write a date as far as it is known"),
        ('reviewed: "2026-11-22"', 'reviewed: "2026"', "write a day in full"),
        ("verdict: imprecise", "verdict: imprecse", "Value is not accepted"),
        ("bearing: supports", "bearing: for", "Value is not accepted"),
        ("holds: false", "holds: nope", 'Expected "boolean"'),
        ("topics: [police-records, whatsapp]", "topics: police-records", 'Expected "array"'),
    ],
)
def test_what_is_wrong_is_underlined(editor: Editor, right: str, wrong: str, message: str) -> None:
    text = words_of(CLAIM)
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
