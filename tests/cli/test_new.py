"""New records: what is said is written, what is not said is asked, and nothing that is there is touched."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from dossier.authoring.questions import get_question
from dossier.authoring.record_template import (
    DIGEST_PLACEHOLDER,
    MAX_RECORD_LINE_CHARACTERS,
    format_yaml_list,
    format_yaml_value,
    suggest_record_id,
)
from dossier.authoring.schema import format_schema_comment
from dossier.cli import asking, main, new_annotation
from dossier.cli import new as new_record
from dossier.loading.yaml_loader import load_yaml
from dossier.model.base import Entry, Record, iter_record_keys
from dossier.model.kinds import RECORD_KINDS
from dossier.model.records import Annotation, Article, Claim, Event, Source
from dossier.model.yaml_node import YamlNode
from support.command_line import run as run_command
from support.dossiers import read_example

GAZETTE, DIGEST = "harbour-gazette-2024-05-02", "island-digest"
LEFT_OPEN = [""] * 40
"""Enter at every question."""
BEGUN_MODELS: list[type[Record]] = [kind.model for kind in RECORD_KINDS if kind.is_begun_by_command]
NOTES = f"annotations/articles/{GAZETTE}.yml"
Replace = Callable[[Path, str, str], None]

CLAIM = [
    *("claim", "--claim", "The ferry was full.", "--kind", "fact", "--claimant", "harbour-office", "--date", "2024-05-02"),
    *("--topic", "counts", "--topic", "crew", "--verdict", "imprecise", "--summary", "Nobody counted seats."),
    *("--explanation", "The office counts tickets.", "--source", "harbour-office-count", "contradicts"),
    *("--would-change", "A count of seats."),
]
EVENT = [
    *("event", "--date", "2024-06-01", "--title", "The ferry stops", "--text", "It stops.", "--kind", "announcement"),
    *("--voice", "government", "--source", "harbour-office-count", "--article", DIGEST, "--claim", "april-record"),
]
SOURCE = [
    *("source", "--title", "Timetable", "--publisher", "harbour-office", "--author", "Ada Wren", "--date", "2024-04"),
    *("--url", "https://harbour.example/timetable", "--kind", "primary", "--origin", "itself", "--known-from", "2024-04"),
    *("--checked", "read-in-full", "--note", "One sheet."),
]
PAGE = """<html lang="en-GB"><head><title>The boat</title><meta property="og:title" content="The boat leaves early">
<meta property="og:site_name" content="Harbour Gazette"><meta property="article:published_time" content="2024-05-07T08:00:00Z">
<meta name="author" content="Ada Wren"><link rel="canonical" href="https://gazette.example/boat"></head><body><article>
<h1>The boat leaves early</h1>
<p>The boat left the harbour twenty minutes before its time on Monday, and eleven people who had come for it stayed behind.</p>
<p>The harbour office said that the clock on the quay had been wrong, and that it would be put right before the week was out.</p>
</article></body></html>"""


def new(root: Path, *arguments: str | Path, captures: str | None = None, answers: Sequence[str] = ()) -> Result:
    """`dossier new …` in a folder; an exception other than the exit fails the test."""
    said = "".join(f"{answer}\n" for answer in answers)
    command = ["--root", str(root), "new", *map(str, arguments)]
    result = CliRunner().invoke(main, command, input=said, env={"DOSSIER_CAPTURES": captures})
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def problems(root: Path, captures: str | None = None) -> list[tuple[str, str, str]]:
    """Path, rule and the line at fault of all errors that `check` tells."""
    command = ["--root", str(root), "check", "--format", "json"]
    said = json.loads(CliRunner().invoke(main, command, env={"DOSSIER_CAPTURES": captures}).stdout)
    lines = {entry["path"]: (root / entry["path"]).read_text(encoding="utf-8").splitlines() for entry in said}
    errors = [entry for entry in said if entry["severity"] == "error"]
    return [(entry["path"], entry["rule"], lines[entry["path"]][entry["line"] - 1].strip()) for entry in errors]


def lock(root: Path, *names: str) -> Result:
    """`dossier lock` in a folder."""
    return CliRunner().invoke(main, ["--root", str(root), "lock", *names], env={"DOSSIER_CAPTURES": None})


def files(root: Path) -> dict[str, bytes]:
    """Everything below a folder."""
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in root.rglob("*") if file.is_file()}


def record(file: Path) -> dict[str, object]:
    """What a file says, without keys that are empty."""
    content = yaml.safe_load(file.read_text(encoding="utf-8").split("\n---\n")[0].removeprefix("---\n"))
    return {key: value for key, value in content.items() if value is not None}


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sits there."""
    for module in (asking, new_record, new_annotation):
        monkeypatch.setattr(module, "is_interactive", lambda: True)


@pytest.mark.parametrize("model", BEGUN_MODELS)
def test_every_key_of_a_record_has_a_question(model: type[Record]) -> None:
    assert all(get_question(model, key).prompt.endswith("?") for key in iter_record_keys(model))


@pytest.mark.parametrize("model", BEGUN_MODELS)
def test_questions_lead_to_keys_and_options_are_told_apart(model: type[Record]) -> None:
    questions = [get_question(model, key) for key in iter_record_keys(model)]
    options = [question.option for question in questions if question.option]
    assert len(options) == len(set(options))
    keys_named = {key for question in questions for key in (question.skip_if, question.requires) if key}
    assert keys_named <= set(iter_record_keys(model))


@pytest.mark.parametrize(
    ("arguments", "path", "empty"),
    [
        (
            ["claim", "--claim", "The ferry was full."],
            "annotations/claims/the-ferry-was-full.yml",
            ["kind", "verdict", "summary", "explanation", "would_change"],
        ),
        (
            ["event", "--title", "The ferry stops", "--date", "2024-06~"],
            "annotations/events/the-ferry-stops-2024.yml",
            ["text", "kind"],
        ),
        (["source", "--title", "A sheet"], "annotations/sources/a-sheet.yml", ["kind", "origin", "checked"]),
        (["article", "--label", "A leaflet", "--language", "en"], "docs/articles/a-leaflet.md", []),
    ],
)
def test_check_tells_exactly_what_is_still_to_be_written(
    example: Path, arguments: list[str], path: str, empty: list[str]
) -> None:
    before = files(example)
    result = new(example, *arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    assert f"{path} was written" in result.stdout
    after = files(example)
    assert {name: content for name, content in after.items() if name != path} == before
    expected = [(path, "missing-key", f"{key}:") for key in empty]
    assert problems(example) == (expected or [(path, "digest-link", DIGEST_PLACEHOLDER.strip())])


@pytest.mark.parametrize("arguments", [CLAIM, EVENT, SOURCE], ids=lambda words: words[0])
def test_a_record_that_is_said_whole_passes_the_check(example: Path, arguments: list[str]) -> None:
    assert new(example, *arguments).exit_code == 0
    assert problems(example) == []


def test_a_source_may_name_itself_as_its_origin(example: Path) -> None:
    words = ["source", "--title", "Timetable", "--kind", "primary", "--checked", "read-in-full"]
    result = new(example, *words, "--id", "timetable-2024", "--origin", "timetable-2024")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "\norigin: timetable-2024\n" in (example / "annotations/sources/timetable-2024.yml").read_text(encoding="utf-8")
    assert problems(example) == []
    other = new(example, *words, "--id", "timetable-2025", "--origin", "timetable-2023")
    assert (other.exit_code, "there is no source timetable-2023" in other.stderr) == (1, True)


@pytest.mark.parametrize("arguments", [CLAIM, EVENT, SOURCE], ids=lambda words: words[0])
def test_a_new_record_is_a_draft_that_no_reader_sees(example: Path, arguments: list[str]) -> None:
    before = read_example(example).only_published()
    new(example, *arguments)
    assert len([*read_example(example).iter_entries()]) == len([*before.iter_entries()]) + 1
    assert len([*read_example(example).only_published().iter_entries()]) == len([*before.iter_entries()])


def test_what_is_said_is_what_is_written(example: Path) -> None:
    new(example, *CLAIM)
    new(example, *SOURCE)
    assert record(example / "annotations/claims/the-ferry-was-full.yml") == {
        "claim": "The ferry was full.",
        "kind": "fact",
        "claimant": "harbour-office",
        "made": "2024-05-02",
        "topics": ["counts", "crew"],
        "verdict": "imprecise",
        "summary": "Nobody counted seats.",
        "explanation": "The office counts tickets.",
        "sources": [{"id": "harbour-office-count", "bearing": "contradicts"}],
        "would_change": "A count of seats.",
        "status": "draft",
    }
    assert record(example / "annotations/sources/harbour-office-2024-04.yml")["origin"] == "harbour-office-2024-04"


@pytest.mark.parametrize(
    ("arguments", "model"), [(CLAIM, Claim), (EVENT, Event), (SOURCE, Source)], ids=["claim", "event", "source"]
)
def test_keys_stand_in_their_order_with_questions_above_those_that_are_open(
    example: Path, arguments: list[str], model: type[Entry]
) -> None:
    before = files(example)
    new(example, arguments[0], "--id", "one")
    (path,) = files(example).keys() - before.keys()
    lines = (example / path).read_text(encoding="utf-8").splitlines()
    assert lines[0] == f"# yaml-language-server: $schema=../../schema/{arguments[0]}.json"
    assert [line.partition(":")[0] for line in lines if line[0] != "#"] == list(iter_record_keys(model))
    assert max(map(len, lines)) <= MAX_RECORD_LINE_CHARACTERS
    for key in iter_record_keys(model):
        question = get_question(model, key)
        at = next(number for number, line in enumerate(lines) if line.startswith(f"{key}:"))
        above = next(line for line in reversed(lines[:at]) if line[0] == "#" and line[2] != " ")
        assert above.startswith(f"# {question.prompt}")


@pytest.mark.parametrize(
    ("arguments", "cure"),
    [
        (["claim", "--claim", "A b.", "--date", "02.05.2024"], "write 2024-05-02"),
        (["claim", "--claim", "A b.", "--verdict", "imprecice"], "did you mean imprecise?"),
        (["claim", "--claim", "A b.", "--claimant", "harbour-ofice"], "did you mean harbour-office"),
        (["claim", "--claim", "A b.", "--claimant", "moon-office-of-the-sea"], "{id: moon-office-of-the-sea, name: …"),
        (["claim", "--claim", "A b.", "--claimant", "Moon Office"], "- {id: moon-office, name: …"),
        (["claim", "--claim", "A b.", "--claimant", "Moon Office"], "`dossier new party --id moon-office`"),
        (["claim", "--claim", "A b.", "--claimant", "harbor gazette"], "did you mean harbour-gazette? Else begin it with"),
        (["claim", "--claim", "A b.", "--source", "harbour-office-count", "backs"], "supports, contradicts, context"),
        (["claim", "--claim", "A b.", "--source", "harbour-ofice-count", "supports"], "did you mean harbour-office-count"),
        (["claim", "--claim", "A b.", "--id", "A b"], "lower-case letters"),
        (["claim", "--claim", "A b.", "--id", "a # b"], "lower-case letters"),
        (["claim", "--claim", "A b.", "--id", '"a"'], "lower-case letters"),
        (["claim"], "give the id with --id"),
        (["event", "--title", "船"], "give the id with --id"),
        (["event", "--title", "A", "--kind", "anouncement"], "did you mean announcement?"),
        (["event", "--title", "A", "--article", "nowhere-at-all"], "dossier new article"),
        (["source", "--title", "A", "--url", "example.org"], "write the whole address"),
        (["annotation", DIGEST, "the main way", "--stance", "as-statd"], "did you mean as-stated?"),
        (["annotation", DIGEST, "the main way", "--id", "april-record"], "choose another id"),
        (["annotation", DIGEST, "the main way", "--id", "record"], "an article's page uses the id record itself"),
        (["annotation", DIGEST, "the main way", "--id", "p3"], "an article's page uses the id p3 itself"),
        (["annotation", "nowhere", "the main way"], f"the articles are {GAZETTE}, {DIGEST}"),
        (["annotation", DIGEST, " ".join(["word"] * 21)], "are not in"),
        (["article", "--title", "A", "--language", "English"], "write a language tag"),
    ],
)
def test_a_wrong_answer_is_told_with_its_cure_and_nothing_is_written(example: Path, arguments: list[str], cure: str) -> None:
    before = files(example)
    result = new(example, *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert cure in result.stderr
    assert files(example) == before


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ([*CLAIM, "--id", "april-record"], "april-record"),
        ([*EVENT, "--id", "count-published"], "count-published"),
        ([*SOURCE, "--id", "harbour-office-count"], "harbour-office-count"),
        (["article", "--label", "A", "--language", "en", "--id", DIGEST], DIGEST),
    ],
    ids=["claim", "event", "source", "article"],
)
def test_nothing_is_written_over(example: Path, arguments: list[str], name: str) -> None:
    before = files(example)
    result = new(example, *arguments)
    assert result.exit_code == 1
    assert f"{name} already" in result.stderr
    assert files(example) == before


def test_a_record_that_cannot_be_read_yet_is_not_written_over_either(example: Path) -> None:
    new(example, "claim", "--claim", "The ferry was full.")
    new(example, "claim", "--claim", "The ferry was full.")
    assert (example / "annotations/claims/the-ferry-was-full-2.yml").exists()
    assert new(example, "claim", "--id", "the-ferry-was-full").exit_code == 1


def test_no_record_leaves_the_dossier_by_a_link(example: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    events = example / "annotations/events"
    (events / "count-published.yml").unlink()
    events.rmdir()
    events.symlink_to(tmp_path / "elsewhere")
    result = new(example, "event", "--id", "one")
    assert result.exit_code == 1
    assert "outside the dossier" in result.stderr
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_claim_that_cannot_be_read_yet_may_be_named(example: Path) -> None:
    new(example, "claim", "--claim", "The ferry was full.")
    assert new(example, "annotation", DIGEST, "the main way", "--claim", "the-ferry-was-full").exit_code == 0


def test_what_is_unfinished_elsewhere_does_not_keep_an_article_from_being_locked(example: Path) -> None:
    new(example, "claim", "--claim", "The ferry was full.")
    assert lock(example).exit_code == 0
    new(example, "annotation", GAZETTE, "One in five", "--id", "five")
    new(example, "annotation", DIGEST, "the main way", "--speaker", "text")
    assert lock(example, DIGEST).exit_code == 0
    assert lock(example).exit_code == 1
    assert {rule for _, rule, _ in problems(example)} == {"missing-key"}


# Annotations


def test_an_annotation_is_found_locked_and_passes(example: Path) -> None:
    before = (example / NOTES).read_bytes()
    words = ["annotation", GAZETTE, "The ferry's crew", "--speaker", "text", "--note", "It says: who."]
    result = new(example, *words)
    assert f"`dossier lock {GAZETTE}`" in result.stdout
    assert (example / NOTES).read_bytes().startswith(before)
    assert problems(example) == [(NOTES, "quote-unlocked", 'quote: "The ferry’s crew"')]
    assert lock(example).exit_code == 0
    assert problems(example) == []
    entry = yaml.safe_load((example / NOTES).read_text(encoding="utf-8"))[-1]
    assert {key: value for key, value in entry.items() if value is not None} == {
        "id": "the-ferry-s-crew",
        "quote": "The ferry’s crew",
        "speaker": "text",
        "note": "It says: who.",
        "status": "draft",
    }


@pytest.mark.parametrize("change", ["crlf", "no-final-newline", "open-block", "indented", "bom", "comments"])
def test_what_stands_in_a_list_stays_byte_by_byte(example: Path, change: str) -> None:
    file = example / NOTES
    text = file.read_text(encoding="utf-8")
    form = {
        "crlf": text.replace("\n", "\r\n"),
        "no-final-newline": text.rstrip("\n"),
        "open-block": text.replace("  note: No count", "  note: |\n    No count").rstrip("\n"),
        "indented": "".join(f"  {line}\n" for line in text.splitlines()),
        "bom": "\ufeff" + text,
        "comments": f"# A remark\n\n{text.replace('speaker: text', 'speaker:   text   # who?')}# the end\n",
    }[change]
    file.write_bytes(form.encode("utf-8"))
    assert new(example, "annotation", GAZETTE, "twenty minutes", "--speaker", "text", captures="nowhere").exit_code == 0
    after = file.read_bytes()
    assert after.startswith(form.encode("utf-8"))
    assert after.count(b"\n") == after.count(b"\r\n") or change != "crlf"
    assert [note.id for note in read_example(example).annotations[GAZETTE]][-1] == "twenty-minutes"
    assert len(read_example(example).annotations[GAZETTE]) == 5


@pytest.mark.parametrize("content", ["[]\n", "[{id: a, quote: b, speaker: text}]\n", "- id: [\n", "id: a\n", "- id: \xff"])
def test_a_list_that_nothing_can_be_put_behind_is_left_alone(example: Path, content: str) -> None:
    (example / NOTES).write_bytes(content.encode("latin-1"))
    result = new(example, "annotation", GAZETTE, "One in five", "--speaker", "text")
    assert result.exit_code == 1
    assert "nothing was written" in result.stderr
    assert (example / NOTES).read_bytes() == content.encode("latin-1")


def test_the_first_annotation_of_an_article_makes_its_file(example: Path) -> None:
    (example / NOTES).unlink()
    assert new(example, "annotation", GAZETTE, "One in five", "--speaker", "text").exit_code == 0
    assert (example / NOTES).read_text(encoding="utf-8").startswith(f"{format_schema_comment(NOTES)}\n- id: one-in-five\n")
    assert [note.id for note in read_example(example).annotations[GAZETTE]] == ["one-in-five"]


def test_absent_words_are_told_with_the_nearest_and_nothing_is_written(example: Path) -> None:
    before = files(example)
    result = new(example, "annotation", GAZETTE, "One in six passengers")
    assert result.exit_code == 1
    assert "One in [five] passengers" in result.stderr
    assert files(example) == before


def test_words_of_several_places_need_their_paragraph(example: Path) -> None:
    words = ["annotation", GAZETTE, "4,120 passengers in April", "--speaker", "text"]
    assert "Say which one with --paragraph" in new(example, *words).stderr
    assert new(example, *words, "--paragraph", "3").exit_code == 0
    assert read_example(example).annotations[GAZETTE][-1].paragraph == 3


@pytest.mark.usefixtures("terminal")
def test_on_a_terminal_the_place_is_asked(example: Path) -> None:
    result = new(example, "annotation", GAZETTE, "4,120 passengers in April", answers=["2", "five-word-name", *LEFT_OPEN])
    assert result.exit_code == 0, result.stderr
    note = (example / NOTES).read_text(encoding="utf-8").partition("- id: five-word-name\n")[2]
    assert '  quote: "4,120 passengers in April"\n  paragraph: 3\n' in note


@pytest.mark.usefixtures("terminal")
def test_two_places_of_one_paragraph_are_told_apart_by_the_words_before(example: Path) -> None:
    with (example / f"originals/{DIGEST}.txt").open("a", encoding="utf-8") as file:
        file.write("An old boat and a new boat lay there.\n")
    result = new(example, "annotation", DIGEST, "boat", "--id", "boat", answers=["2", "text", *LEFT_OPEN])
    assert result.exit_code == 0, result.stderr
    note = read_example(example).annotations[DIGEST][-1]
    assert (note.quote, note.prefix, note.suffix) == ("boat", "new", None)
    assert read_example(example).find_anchor(note)


def test_without_a_capture_an_editor_locks(example: Path) -> None:
    result = new(example, "annotation", GAZETTE, "words that nobody looked up", "--speaker", "text", captures="nowhere")
    assert result.exit_code == 0
    assert f"an editor runs `dossier lock {GAZETTE}` on your branch" in result.stdout
    assert [rule for _, rule, _ in problems(example, captures="nowhere")] == ["quote-unlocked"]


def test_too_many_words_are_refused_before_they_are_written(example: Path) -> None:
    before = files(example)
    result = new(example, "annotation", GAZETTE, " ".join(["word"] * 21), captures="nowhere")
    assert result.exit_code == 1
    assert "21 words; at most 20" in result.stderr
    assert files(example) == before


def test_an_annotation_that_cannot_be_read_yet_keeps_its_id(example: Path) -> None:
    for _ in range(2):
        assert new(example, "annotation", GAZETTE, "One in five").exit_code == 0
    entries = yaml.safe_load((example / NOTES).read_text(encoding="utf-8"))
    assert [entry["id"] for entry in entries][-3:] == ["crew-dispute", "one-in-five-2", "one-in-five-3"]
    assert "choose another id" in new(example, "annotation", GAZETTE, "One in five", "--id", "one-in-five-2").stderr


def test_a_paragraph_is_a_number(example: Path) -> None:
    for wrong in ("two", "0", "1.0"):
        assert new(example, "annotation", DIGEST, "the main way", "--paragraph", wrong).exit_code == 2


# Articles


def test_a_page_says_of_itself_what_it_can(example: Path, tmp_path: Path) -> None:
    (tmp_path / "The boat - Harbour Gazette.html").write_text(PAGE, encoding="utf-8")
    result = new(example, "article", tmp_path / "The boat - Harbour Gazette.html")
    assert (result.exit_code, result.stderr) == (0, "")
    assert (example / "originals/harbour-gazette-2024-05-07.html").read_text(encoding="utf-8") == PAGE
    file = example / "docs/articles/harbour-gazette-2024-05-07.md"
    assert record(file) == {
        "title": "The boat leaves early",
        "publisher": "harbour-gazette",
        "authors": ["Ada Wren"],
        "published": "2024-05-07",
        "url": "https://gazette.example/boat",
        "language": "en-GB",
        "print": "excerpts",
        "kinds": {"heading": [1]},
        "status": "draft",
    }
    assert problems(example) == [(file.relative_to(example).as_posix(), "digest-link", DIGEST_PLACEHOLDER.strip())]
    assert "label:" not in file.read_text(encoding="utf-8")


def test_an_option_goes_before_what_the_page_says(example: Path, tmp_path: Path) -> None:
    (tmp_path / "boat.htm").write_text(PAGE, encoding="utf-8")
    new(example, "article", tmp_path / "boat.htm", "--date", "2024-05-08", "--id", "boat")
    assert record(example / "docs/articles/boat.md")["published"] == "2024-05-08"
    assert (example / "originals/boat.htm").exists()


def test_a_site_that_is_no_party_is_told(example: Path, tmp_path: Path) -> None:
    (tmp_path / "boat.html").write_text(PAGE.replace("Harbour Gazette", "The Quay"), encoding="utf-8")
    result = new(example, "article", tmp_path / "boat.html")
    assert "The page calls its site The Quay" in result.stderr
    assert record(example / "docs/articles/the-boat-leaves-early-2024-05-07.md")["publisher"] == "not-established"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("boat.pdf", b"%PDF", "neither a text nor a page"),
        ("boat.txt", b"", "there are no words in it"),
        ("boat.txt", b"\0\1", ""),
        ("boat.html", b"<html></html>", ""),
    ],
)
def test_what_is_no_capture_makes_no_article(example: Path, tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    before = files(example)
    result = new(example, "article", tmp_path / name, "--id", "boat")
    assert result.exit_code == 1
    assert said in result.stderr
    assert files(example) == before


def test_a_capture_is_never_written_over(example: Path, tmp_path: Path) -> None:
    (tmp_path / "boat.txt").write_text("Other words.\n", encoding="utf-8")
    (example / "originals/boat.txt").write_text("Words.\n", encoding="utf-8")
    before = files(example)
    result = new(example, "article", tmp_path / "boat.txt", "--id", "boat", "--language", "en")
    assert result.exit_code == 1
    assert "originals/boat.txt is there already" in result.stderr
    assert files(example) == before
    assert new(example, "article", example / "originals/boat.txt", "--id", "boat", "--language", "en").exit_code == 0


def test_a_capture_that_lies_among_the_others_keeps_its_name(example: Path) -> None:
    for name, slug in (("boat-2024", "boat-2024"), ("The Boat", "harbour-gazette-2024-05-07")):
        (example / f"originals/{name}.html").write_text(PAGE, encoding="utf-8")
        assert f"docs/articles/{slug}.md was written" in new(example, "article", example / f"originals/{name}.html").stdout
    assert {file.name for file in (example / "originals").glob("*.html")} >= {"boat-2024.html", "The Boat.html"}
    assert len([*(example / "originals").glob("*.html")]) == 3  # only the second was copied, to a name that an article can have


def test_captures_may_lie_beside_the_dossier(example: Path, tmp_path: Path) -> None:
    (tmp_path / "boat.txt").write_text("Words.\n", encoding="utf-8")
    new(example, "article", tmp_path / "boat.txt", "--id", "boat", "--language", "en", captures="../beside")
    assert (example.parent / "beside/boat.txt").exists()
    assert (example / "docs/articles/boat.md").exists()


def test_a_folder_in_the_place_of_a_capture_is_told(example: Path, tmp_path: Path) -> None:
    (tmp_path / "boat.txt").write_text("Words.\n", encoding="utf-8")
    (example / "originals/boat.txt").mkdir()
    result = new(example, "article", tmp_path / "boat.txt", "--id", "boat", "--language", "en")
    assert "originals/boat.txt is there already" in result.stderr
    assert not (example / "docs/articles/boat.md").exists()


def test_an_article_that_may_be_printed_whole_has_its_capture_beside_it(example: Path, tmp_path: Path) -> None:
    (tmp_path / "boat.html").write_text(PAGE, encoding="utf-8")
    new(example, "article", tmp_path / "boat.html", "--print", "full", "--licence", "CC BY 4.0", "--id", "boat")
    assert (example / "docs/articles/boat.html").exists()
    assert [rule for _, rule, _ in problems(example)] == ["digest-link"]


def test_an_article_of_which_only_the_record_is_printed_has_no_digest(example: Path) -> None:
    new(example, "article", "--label", "A leaflet", "--language", "en", "--print", "metadata")
    assert problems(example) == []


def test_a_capture_that_git_would_take_is_told(example: Path, tmp_path: Path) -> None:
    (tmp_path / "boat.html").write_text(PAGE, encoding="utf-8")
    subprocess.run(["git", "init", "--quiet", str(example)], check=True)
    result = new(example, "article", tmp_path / "boat.html", "--id", "one")
    assert "git does not ignore originals/one.html" in result.stderr
    (example / ".gitignore").write_text("originals/\n", encoding="utf-8")
    assert new(example, "article", tmp_path / "boat.html", "--id", "two").stderr == ""


def test_an_article_whose_record_cannot_be_read_yet_is_not_annotated(example: Path) -> None:
    new(example, "article", "--label", "A leaflet")
    result = new(example, "annotation", "a-leaflet", "words")
    assert result.exit_code == 1
    assert "the record of a-leaflet cannot be read yet" in result.stderr


# On a terminal


@pytest.mark.usefixtures("terminal")
def test_on_a_terminal_wrong_answers_are_told_and_asked_again(example: Path) -> None:
    by_key = {
        "kind": ["fict", "fact"],
        "claimant": ["harbour-ofice", "harbour-office", "Harbour Offise", "harbour office"],
        "made": ["2024/05/02", '"2024-05-02"'],
        "topics": ["a topic", "counts, crew"],
        "verdict": ["suported", "imprecise"],
        "sources": ["harbour-office-count", "harbour-office-count supports"],
    }
    asked = [key for key in iter_record_keys(Claim) if key != "claim" and get_question(Claim, key).option]
    answers = [answer for key in asked for answer in by_key.get(key, [""])] + ["Full Ferry", "full-ferry"]
    result = new(example, "claim", "--claim", "The ferry was full.", answers=answers)
    assert result.exit_code == 0, result.stderr
    for said in (
        "did you mean harbour-office",
        "is not an id",
        "did you mean a-topic? Else use lower-case letters",
        "did you mean supported?",
        "it can be supports",
        "(Enter for the-f",
    ):
        assert said in result.stderr
    assert record(example / "annotations/claims/full-ferry.yml") == {
        "claim": "The ferry was full.",
        "kind": "fact",
        "claimant": "harbour-office",
        "made": "2024-05-02",
        "topics": ["counts", "crew"],
        "verdict": "imprecise",
        "sources": [{"id": "harbour-office-count", "bearing": "supports"}],
        "status": "draft",
    }


def test_a_party_may_be_called_by_its_name(example: Path) -> None:
    new(example, "claim", "--claim", "The ferry was full.", "--kind", "fact", "--claimant", "harbour Gazette")
    assert record(example / "annotations/claims/the-ferry-was-full.yml")["claimant"] == "harbour-gazette"


def test_topics_of_other_claims_are_offered(example: Path) -> None:
    new(example, "claim", "--claim", "The ferry was full.", "--topic", "crew", "--id", "first")
    new(example, "claim", "--claim", "The ferry was late.", "--id", "second")
    topics = sorted({topic for claim in read_example(example).claims.values() for topic in claim.topics})
    assert f"{' | '.join(topics)}." in (example / "annotations/claims/second.yml").read_text(encoding="utf-8")


def test_a_file_among_the_captures_names_its_article(example: Path) -> None:
    kept = example / "originals/boat-leaves.html"
    kept.write_text(PAGE, encoding="utf-8")
    before = {*files(example)}
    assert new(example, "article", kept).exit_code == 0
    assert {*files(example)} - before == {"docs/articles/boat-leaves.md"}


@pytest.mark.usefixtures("terminal")
def test_an_answer_may_name_what_is_still_to_come(example: Path) -> None:
    new(example, *SOURCE[:3], answers=["quay-office", "y", *LEFT_OPEN])
    assert record(example / "annotations/sources/quay-office.yml")["publisher"] == "quay-office"


@pytest.mark.usefixtures("terminal")
def test_what_options_say_or_other_answers_settle_is_not_asked(example: Path) -> None:
    said = new(example, "annotation", DIGEST, "the main way", "--speaker", "text", answers=LEFT_OPEN).stderr
    assert "Who says the words?" not in said
    assert "How do they put that claim?" not in said
    assert "Which claim do they make?" in said


def test_nothing_is_asked_where_nobody_is(example: Path) -> None:
    assert "?" not in new(example, "source", "--title", "A sheet").output


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_a_real_terminal_is_seen(example: Path) -> None:
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "dossier", "--root", str(example), "new", "event", "--title", "The ferry stops"]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.write(ours, b"2024-06-01\n" + b"\n" * 8)
        assert process.wait(30) == 0
    os.close(ours)
    os.close(theirs)
    assert (example / "annotations/events/the-ferry-stops-2024.yml").exists()


# Values


TEXTS = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=300).filter(str.strip)


@given(TEXTS)
def test_a_text_is_read_as_it_was_said(text: str) -> None:
    node = load_yaml(f"key: {format_yaml_value(text)}\n", "")
    value = node.to_plain_value() if isinstance(node, YamlNode) else node
    assert isinstance(value, dict)
    assert str(value["key"]).split() == text.split()


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_several_texts_are_read_as_they_were_said(texts: list[str]) -> None:
    node = load_yaml(f"key: {format_yaml_list(texts)}\n", "")
    assert isinstance(node, YamlNode)
    assert node.to_plain_value() == {"key": [text.strip() for text in texts]}


def test_lines_stay_lines() -> None:
    node = load_yaml(f"key: {format_yaml_value('One: a' + chr(10) + chr(10) + '# two')}\n", "")
    assert isinstance(node, YamlNode)
    assert node.to_plain_value() == {"key": "One: a\n\n# two\n"}


def names() -> Iterator[tuple[type[Entry], dict[str, str], str]]:
    yield Claim, {"claim": "Élan's “ferry” is 5 % full, and so it was on every day of May."}, "elan-ferry-is-5-full-and-so"
    yield Claim, {"claim": "5 boats"}, ""
    yield Event, {"title": "The count", "date": '"2024-05/2024-06"'}, "the-count-2024"
    yield Source, {"title": "The count", "publisher": "not-established", "published": '"2024-05-02"'}, "the-count-2024-05-02"
    yield Source, {"title": "The count", "publisher": "quay", "published": '"2024-05/.."'}, "quay-2024-05"
    yield Article, {"label": "A " + "very" * 30, "title": "not-established"}, "a"
    yield Annotation, {}, ""


@pytest.mark.parametrize(("model", "answers", "name"), [*names()])
def test_an_id_is_made_of_what_is_said(model: type[Entry], answers: dict[str, str], name: str) -> None:
    assert suggest_record_id(model, answers, ()) == name
    assert not name or suggest_record_id(model, answers, {name, f"{name}-2"}) == f"{name}-3"


@pytest.mark.parametrize(
    ("kind", "option"), [("claim", "--claim"), ("event", "--title"), ("source", "--title"), ("article", "--title")]
)
def test_a_record_without_words_for_an_id_is_told_which_option_gives_them(example: Path, kind: str, option: str) -> None:
    result = run_command(example, "new", kind)
    assert result.exit_code == 1
    assert f'needs an id, and nothing here gives it one\n  help: give `{option} "…"`, from whose words' in result.stderr


def test_an_id_that_is_taken_is_named_with_its_whole_path(example: Path) -> None:
    assert "(annotations/claims/april-record.yml)" in run_command(example, "new", "claim", "--id", "april-record").stderr
    assert "(docs/articles/island-digest.md)" in run_command(example, "new", "article", "--id", "island-digest").stderr
