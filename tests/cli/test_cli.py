"""The command line: every command good and bad, exit statuses 0, 1 and 2, and never a traceback."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest
import yaml
from click.testing import CliRunner, Result

from dossier.cli import main
from dossier.loading.files import write_atomically
from dossier.loading.lock import write_lock
from dossier.model import LOCK_FILE_NAME, RULES, UnreadableError
from dossier.model.quotations.capture import Lock
from support.command_line import problems, run
from support.dossiers import ROOT, commit_all, make_example, make_socket

GAZETTE, DIGEST = "harbour-gazette-2024-05-02", "island-digest"
NOTES = f"annotations/articles/{GAZETTE}.yml"
Replace = Callable[[Path, str, str], None]


def place_of(file: Path, words: str, root: Path) -> str:
    """Where words stand in a file, as a problem names it."""
    before = file.read_text(encoding="utf-8").partition(words)[0]
    return f"{file.relative_to(root).as_posix()}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGQUIT, signal.SIGUSR1])
@pytest.mark.parametrize("command", ["lock", "release", "init"])
def test_a_signal_leaves_nothing_half_written(
    example: Path, monkeypatch: pytest.MonkeyPatch, command: str, number: signal.Signals
) -> None:
    def end_midway(file: Path, target: Path) -> Path:
        assert signal.getsignal(number) != signal.SIG_DFL  # else the tests themselves would end here
        os.kill(os.getpid(), number)
        raise AssertionError("nothing runs after a signal")

    def read_all() -> dict[Path, bytes]:
        return {file: file.read_bytes() for file in example.parent.rglob("*") if file.is_file()}

    if command == "lock":
        (example / LOCK_FILE_NAME).write_text("{}", encoding="utf-8")
    before = read_all()
    for method in ("rename", "replace"):
        monkeypatch.setattr(Path, method, end_midway)
    arguments = [example.parent / "new"] if command == "init" else []
    assert run(example, command, *arguments).exit_code == 128 + number
    assert read_all() == before
    assert signal.getsignal(number) == signal.SIG_DFL


def test_convert_says_by_numbers_where_a_page_is_not_proved(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<dl><dt>All quiet<dd hidden>Closed<dd>Nobody fishes</dl>", encoding="utf-8")
    result = run(tmp_path, "convert", tmp_path / "page.html")
    assert result.exit_code == 1
    assert "All quiet" in result.stdout
    assert "a browser shows 4 words of the page, its paragraphs have 2 (missing: 2, added: 0)" in result.stderr
    assert "fishes" not in result.stderr


def test_convert_lists_numbered_paragraphs_and_proves_them(example: Path) -> None:
    result = run(example, "convert", example / f"originals/{GAZETTE}.txt")
    lines = result.stdout.splitlines()
    assert (result.exit_code, len(lines)) == (0, 8)
    assert lines[0] == "   1  heading    Ferry carried a record 4,120 passengers in April"
    assert lines[7].split() == ["8", "furniture", "Share", "this", "article"]
    assert "8 paragraphs, 171 words in, 171 words out" in result.stderr


def test_convert_prints_markdown(example: Path) -> None:
    result = run(example, "convert", "--markdown", example / f"originals/{DIGEST}.txt")
    assert result.exit_code == 0
    assert result.stdout.startswith("## Islanders leave the car at home\n\nThe ferry is now")
    assert result.stdout.endswith("Read more about the ferry\n")


def test_convert_takes_a_file_of_no_article(example: Path) -> None:
    (example / "other.txt").write_text("#One\n\nTwo\n", encoding="utf-8")
    result = run(example, "convert", "--markdown", example / "other.txt")
    assert (result.exit_code, result.stdout) == (0, "\\#One\n\nTwo\n")
    assert result.stderr.endswith(
        f"\nNo article here is called other. `dossier new article {example / 'other.txt'}` begins one.\n"
    )


def test_convert_quotes_a_name_with_spaces_where_it_is_to_be_typed(example: Path) -> None:
    (example / "Council budget row.txt").write_text("One.\n", encoding="utf-8")
    result = run(example, "convert", example / "Council budget row.txt")
    assert f"`dossier new article '{example / 'Council budget row.txt'}'`" in result.stderr


def test_convert_outside_a_dossier_names_no_record(tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("One.\n", encoding="utf-8")
    result = run(tmp_path, "convert", tmp_path / "other.txt")
    assert result.stderr == "1 paragraphs, 1 words in, 1 words out, also in the Markdown.\n"


def test_convert_says_that_the_record_of_its_article_cannot_be_read_yet(example: Path) -> None:
    (example / "docs/articles/leaflet.md").write_text("---\nlanguage:\n---\n", encoding="utf-8")
    (example / "originals/leaflet.txt").write_text("One\n\nTwo\n", encoding="utf-8")
    result = run(example, "convert", example / "originals/leaflet.txt")
    assert result.exit_code == 0
    assert "docs/articles/leaflet.md cannot be read yet" in result.stderr
    assert "No article leaflet" not in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="there are no named pipes in a folder")
@pytest.mark.parametrize("make", [os.mkfifo, make_socket])
def test_convert_does_not_wait_for_a_pipe(example: Path, make: Callable[[Path], None]) -> None:
    make(example / "other.txt")
    result = run(example, "convert", example / "other.txt")
    assert (result.exit_code, "this is not a file" in result.stderr) == (1, True)


def test_what_may_not_be_read_is_told_in_a_sentence(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(root: Path) -> None:
        raise PermissionError(13, "Permission denied", str(root / "annotations/claims"))

    monkeypatch.setattr("dossier.cli.checking.read_dossier", locked)
    result = run(example, "check")
    assert (result.exit_code, "annotations/claims cannot be read or changed: Permission denied" in result.stderr) == (1, True)


def test_what_was_typed_and_is_no_text_is_refused(example: Path) -> None:
    for command in (["new", "claim", "--claim", "A \udcff"], ["init", example / "other", "--title", "A \udcff"], ["rules\udcff"]):
        result = run(example, *command)
        assert (result.exit_code, "is not UTF-8 text" in result.stderr) == (2, True)
    assert not (example / "other").exists()


def test_convert_refuses_a_binary_file(example: Path) -> None:
    (example / "other.txt").write_bytes(b"PK\x03\x04\0\0")
    result = run(example, "convert", example / "other.txt")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "zero bytes" in result.stderr
    assert "help: save the article as text" in result.stderr


def test_quote_prints_an_annotation_to_paste(example: Path) -> None:
    result = run(example, "quote", GAZETTE, "4,300 people crossed. The crew keeps")
    assert result.exit_code == 0
    [entry] = yaml.safe_load(result.stdout)
    assert entry["id"] == "note-4-300-people-crossed-the"
    assert (entry["quote"], entry["speaker"]) == ("4,300 people crossed. The crew keeps", "text")
    assert "# paragraph 6 of" in result.stdout


def test_a_pasted_annotation_is_right_once_it_is_locked_and_says_something(example: Path) -> None:
    pasted = run(example, "quote", GAZETTE, "ferry's crew disputes").stdout
    with (example / NOTES).open("a", encoding="utf-8") as file:
        file.write(pasted)
    assert [rule for _, rule in problems(example)] == ["quote-unlocked", "placeholder-left"]
    assert run(example, "lock").exit_code == 0
    assert [rule for _, rule in problems(example)] == ["placeholder-left"]
    text = (example / NOTES).read_text(encoding="utf-8").replace("What is to be said about this wording.", "No log was found.")
    (example / NOTES).write_text(text, encoding="utf-8")
    assert problems(example) == []


def test_quote_gives_an_id_that_is_free(example: Path) -> None:
    run_on = run(example, "quote", GAZETTE, "One in five")
    assert yaml.safe_load(run_on.stdout)[0]["id"] == "one-in-five-2"


def test_quote_uses_the_articles_own_typography(example: Path) -> None:
    result = run(example, "quote", GAZETTE, "The ferry's crew")
    assert yaml.safe_load(result.stdout)[0]["quote"] == "The ferry’s crew"
    assert "the article's own quotation marks" in result.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("One in six passengers", "Nearest, paragraph 5, with what differs in brackets:\n  One in [five] passengers"),
        ("120 passengers", "only as a part of a longer word or number"),
        ("wholly other things altogether", "nor anything like them"),
        ("Share this article", "only in paragraph 8, which is page furniture"),
        ("", "are not in"),
    ],
)
def test_quote_says_what_stands_there_instead(example: Path, words: str, said: str) -> None:
    result = run(example, "quote", GAZETTE, words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr


def test_quote_shows_every_place_of_ambiguous_words(example: Path) -> None:
    result = run(example, "quote", GAZETTE, "4,120 passengers in April")
    assert result.exit_code == 1
    assert "2 places" in result.stderr
    assert "paragraph 1: …" in result.stderr
    assert "paragraph 3: …The island ferry carried [4,120 passengers in April], more" in result.stderr


def test_quote_takes_the_paragraph_that_is_named(example: Path) -> None:
    result = run(example, "quote", GAZETTE, "4,120 passengers in April", "--paragraph", "3")
    assert result.exit_code == 0
    assert yaml.safe_load(result.stdout)[0]["paragraph"] == 3


@pytest.mark.parametrize("command", [["quote", "nowhere", "words"], ["lock", "nowhere"], ["lock", "--check", "nowhere"]])
def test_an_unknown_article_is_told_with_those_there_are(example: Path, command: list[str]) -> None:
    result = run(example, *command)
    assert result.exit_code == 1
    assert "there is no article nowhere" in result.stderr
    assert f"the articles are {GAZETTE}, {DIGEST}" in result.stderr


@pytest.mark.parametrize("command", [["quote", "nowhere", "words"], ["lock", "nowhere"]])
def test_in_a_dossier_without_articles_the_first_one_is_named(tmp_path: Path, command: list[str]) -> None:
    assert run(tmp_path, "init", tmp_path / "new").exit_code == 0
    result = run(tmp_path / "new", *command)
    assert (result.exit_code, "help: there is none yet; `dossier new article FILE` begins one" in result.stderr) == (1, True)


@pytest.mark.parametrize("command", [["quote", DIGEST, "words"], ["lock", DIGEST], ["lock", "--check", DIGEST]])
def test_a_missing_capture_is_told_with_the_setting(example: Path, command: list[str]) -> None:
    result = run(example, *command, captures="nowhere")
    assert result.exit_code == 1
    assert f"there is no capture of {DIGEST} in nowhere" in result.stderr
    assert "DOSSIER_CAPTURES" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing"],
        ["check", "--format", "xml"],
        ["quote", DIGEST],
        ["convert", "nowhere.txt"],
        ["quote", DIGEST, "a", "--paragraph", "0"],
    ],
)
def test_wrong_usage_ends_with_two(example: Path, arguments: list[str]) -> None:
    result = run(example, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Error:" in result.stderr


def test_a_root_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    assert run(tmp_path / "nowhere", "check").exit_code == 2


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], *([name, "--help"] for name in main.commands)])
def test_help_ends_with_nought(example: Path, arguments: list[str]) -> None:
    result = run(example, *arguments)
    assert result.exit_code == 0
    assert len(result.stdout) > 10


def test_check_holds_the_dossier_against_the_rules_that_are_named(tmp_path: Path) -> None:
    root = make_example(tmp_path / "example", lock=False)
    assert run(root, "check", "--only", "quote-unlocked").exit_code == 1
    assert run(root, "check", "--except", "quote-unlocked").stdout == "0 errors, 0 notices\n"
    assert run(root, "check", "--only", "wrong-date", "--only", "quote-unlocked").exit_code == 1
    assert run(root, "check", "--only", "wrong-date").exit_code == 0
    assert run(root, "check", "--only", "nothing").exit_code == 2


@pytest.mark.parametrize(("options", "pending"), [(["--pending"], ""), ([], "true")])
def test_quotations_without_a_capture_may_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], pending: str
) -> None:
    root = make_example(tmp_path / "example", lock=False)
    write_lock(root / LOCK_FILE_NAME, Lock())
    monkeypatch.setenv("DOSSIER_PENDING", pending)
    assert run(root, "check", *options).exit_code == 1  # the captures are here, so that they can be locked
    result = run(root, "check", *options, captures="nowhere")
    assert (result.exit_code, result.stdout) == (0, "0 errors, 0 notices\n")
    assert "10 places waiting for an editor's lock: annotations/articles/" in result.stderr
    assert run(root, "check", *options, "--only", "quote-unlocked", captures="nowhere").exit_code == 1


def test_lock_writes_what_is_not_locked_yet(tmp_path: Path) -> None:
    root = make_example(tmp_path / "example", lock=False)
    assert {rule for _, rule in problems(root)} == {"quote-unlocked"}
    assert (
        run(root, "lock").stdout == "dossier.lock: 2 articles, 6 quotations; 2 quotations of sources, 0 compared with a copy.\n"
    )
    assert problems(root) == []


def test_lock_changes_nothing_where_all_is_locked(example: Path) -> None:
    before = (example / LOCK_FILE_NAME).read_bytes()
    assert run(example, "lock").exit_code == 0
    assert (example / LOCK_FILE_NAME).read_bytes() == before


def test_lock_without_captures_leaves_the_lock_as_it_was(example: Path) -> None:
    before = (example / LOCK_FILE_NAME).read_bytes()
    result = run(example, "lock", captures="nowhere")
    assert result.exit_code == 0
    assert f"left unchanged: {GAZETTE}, {DIGEST}" in result.stderr
    assert (example / LOCK_FILE_NAME).read_bytes() == before


@pytest.mark.parametrize(
    ("file", "old", "new", "rule"),
    [
        (NOTES, "4,300 people", "4,301 people", "quote-absent"),
        (NOTES, "4,300 people crossed", "crew", "quote-ambiguous"),
        (NOTES, "4,300 people crossed", "Share this", "quote-furniture"),
        (NOTES, "4,300 people crossed", "it says … sure of it", "quote-ellipsis"),
        (NOTES, "id: crew-dispute", "id: Crew", "wrong-id"),
        (f"originals/{GAZETTE}.txt", "Share this article", "Share it", "capture-changed"),
    ],
)
def test_lock_writes_nothing_while_a_quotation_or_capture_is_wrong(
    example: Path, replace: Replace, *, file: str, old: str, new: str, rule: str
) -> None:
    before = (example / LOCK_FILE_NAME).read_bytes()
    replace(example / file, old, new)
    result = run(example, "lock")
    assert result.exit_code == 1
    assert f"[{rule}]" in result.stdout
    assert "dossier.lock was not written." in result.stderr
    assert (example / LOCK_FILE_NAME).read_bytes() == before


def test_lock_of_one_article_is_not_kept_up_by_another(example: Path, replace: Replace) -> None:
    replace(example / NOTES, "4,300 people", "4,301 people")
    assert run(example, "lock", DIGEST).exit_code == 0


@pytest.mark.parametrize("path", [f"docs/articles/{GAZETTE}.md", NOTES, "annotations/parties.yml", "docs/about.md"])
def test_a_file_that_cannot_be_read_does_not_keep_up_the_lock_of_another_article(example: Path, path: str) -> None:
    before = (example / LOCK_FILE_NAME).read_bytes()
    (example / path).write_bytes(b"\xff")
    result = run(example, "lock", DIGEST)
    assert (result.exit_code, result.stderr) == (0, "")
    assert (example / LOCK_FILE_NAME).read_bytes() == before


def test_an_article_without_a_key_keeps_up_its_own_lock(example: Path, replace: Replace) -> None:
    replace(example / f"docs/articles/{GAZETTE}.md", "\ntitle:", "\ntitel:")
    assert run(example, "lock", GAZETTE).exit_code == 1
    assert run(example, "lock").exit_code == 1
    assert run(example, "lock", DIGEST).exit_code == 0


def test_lock_takes_a_changed_capture_that_is_named(example: Path, replace: Replace) -> None:
    replace(example / f"originals/{DIGEST}.txt", "Read more", "Read no more")
    assert run(example, "lock").exit_code == 1
    assert run(example, "lock", DIGEST).exit_code == 0
    assert problems(example) == []


def test_lock_mends_a_broken_lock_where_all_captures_are(example: Path) -> None:
    before = (example / LOCK_FILE_NAME).read_bytes()
    (example / LOCK_FILE_NAME).write_text("<<<<<<< ours\n", encoding="utf-8")
    assert run(example, "lock").exit_code == 0
    assert (example / LOCK_FILE_NAME).read_bytes() == before


@pytest.mark.parametrize("named", [[], [GAZETTE]])
def test_lock_does_not_write_over_a_broken_lock_what_it_cannot_know(example: Path, named: list[str]) -> None:
    (example / LOCK_FILE_NAME).write_text("<<<<<<< ours\n", encoding="utf-8")
    (example / f"originals/{DIGEST}.txt").unlink()
    result = run(example, "lock", *named)
    assert result.exit_code == 1
    assert (example / LOCK_FILE_NAME).read_text(encoding="utf-8") == "<<<<<<< ours\n"


def test_lock_of_one_article_keeps_the_others_of_a_broken_lock(example: Path) -> None:
    (example / LOCK_FILE_NAME).write_text("<<<<<<< ours\n", encoding="utf-8")
    run(example, "lock", DIGEST)
    text = (example / LOCK_FILE_NAME).read_text(encoding="utf-8")
    assert text.startswith("<<<<<<<") or f'"{GAZETTE}"' in text


def counted(result: Result) -> dict[str, list[int]]:
    """What `lock --check` counts by article: found, absent, cannot check."""
    lines = [line.split() for line in result.stdout.splitlines() if "cannot check" in line and "found" in line]
    return {words[0]: [int(word) for word in words[1:] if word.isdigit()] for words in lines}


def test_lock_check_finds_every_quotation(example: Path) -> None:
    result = run(example, "lock", "--check")
    assert (result.exit_code, counted(result)) == (0, {GAZETTE: [4, 0, 0], DIGEST: [2, 0, 0]})


def test_lock_check_tells_found_absent_and_cannot_check_apart(example: Path, replace: Replace) -> None:
    replace(example / NOTES, "4,300 people", "4,301 people")
    (example / f"originals/{DIGEST}.txt").unlink()
    before = (example / LOCK_FILE_NAME).read_bytes()
    result = run(example, "lock", "--check")
    assert (result.exit_code, counted(result)) == (1, {GAZETTE: [3, 1, 0], DIGEST: [0, 0, 2]})
    assert "[quote-absent]" in result.stdout
    assert "without a capture were not compared" in result.stderr
    assert (example / LOCK_FILE_NAME).read_bytes() == before


def test_lock_check_of_one_article_leaves_the_others_out(example: Path) -> None:
    (example / f"originals/{GAZETTE}.txt").unlink()
    result = run(example, "lock", "--check", DIGEST)
    assert (result.exit_code, counted(result)) == (0, {DIGEST: [2, 0, 0]})


@pytest.mark.parametrize(("old", "new"), [('"words": 9', '"words": 8'), ('"start": 17', '"start": 16')])
def test_lock_check_refuses_a_lock_that_was_changed_by_hand(example: Path, replace: Replace, old: str, new: str) -> None:
    replace(example / LOCK_FILE_NAME, old, new)
    result = run(example, "lock", "--check")
    assert result.exit_code == 1
    assert "dossier.lock" in result.stdout


def test_lock_check_names_a_broken_lock(example: Path) -> None:
    (example / LOCK_FILE_NAME).write_text("{", encoding="utf-8")
    result = run(example, "lock", "--check")
    assert result.exit_code == 1
    assert "[lock-unreadable]" in result.stdout


def test_check_is_silent_where_nothing_is_wrong(example: Path) -> None:
    assert run(example, "check").stdout == "0 errors, 0 notices\n"
    assert run(example, "check", captures="nowhere").stdout == "0 errors, 0 notices\n"


def test_a_notice_alone_ends_with_nought(example: Path) -> None:
    with (example / "annotations/parties.yml").open("a", encoding="utf-8") as file:
        file.write("- {id: nobody, name: Nobody, kind: person, role: Unnamed}\n")
    result = run(example, "check")
    assert result.exit_code == 0
    assert result.stdout.endswith("0 errors, 1 notice\n")


def test_one_changed_digit_is_one_problem_with_the_true_words(example: Path, replace: Replace) -> None:
    replace(example / NOTES, "4,300 people", "4,310 people")
    place = place_of(example / NOTES, '"4,310', example)
    assert problems(example) == [(place, "quote-absent")]
    result = run(example, "check")
    assert result.exit_code == 1
    assert result.stdout.startswith(f"{place}: “4,310 people crossed” is not in {GAZETTE} [quote-absent]\n")
    assert "“[4,300] people crossed” (paragraph 6)" in result.stdout


def test_one_changed_digit_without_captures_is_exactly_one_unlocked_quotation(example: Path, replace: Replace) -> None:
    replace(example / NOTES, "4,300 people", "4,310 people")
    place = place_of(example / NOTES, '"4,310', example)
    assert problems(example, captures="nowhere") == [(place, "quote-unlocked")]
    result = run(example, "check", captures="nowhere")
    assert result.exit_code == 1
    assert f"`dossier lock {GAZETTE}`" in result.stdout


def test_ambiguous_words_are_one_problem_with_their_paragraphs(example: Path, replace: Replace) -> None:
    replace(example / NOTES, "carried 4,120 passengers in April", "4,120 passengers in April")
    result = run(example, "check")
    assert result.exit_code == 1
    assert "is in 2 places" in result.stdout
    assert "paragraphs 1, 3" in result.stdout
    assert "  add |   paragraph: 1\n   or |   paragraph: 3\n" in result.stdout


def test_check_reports_a_binary_capture(example: Path) -> None:
    (example / f"originals/{DIGEST}.txt").write_bytes(b"\0\1\2")
    assert problems(example) == [(f"docs/articles/{DIGEST}.md:2:1", "unreadable-file")]


def test_check_reports_broken_yaml_and_nothing_that_follows_from_it(example: Path) -> None:
    (example / "annotations/claims/april-record.yml").write_text("claim: one: two\n", encoding="utf-8")
    assert problems(example) == [("annotations/claims/april-record.yml:1:11", "yaml-syntax")]


@pytest.mark.parametrize("captures", [None, "nowhere"])
def test_check_reports_a_broken_lock_once(example: Path, captures: str | None) -> None:
    (example / LOCK_FILE_NAME).write_text('{\n"version": 1,\n=======\n', encoding="utf-8")
    assert problems(example, captures) == [("dossier.lock:3:1", "lock-unreadable")]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("text", "annotations/articles/island-digest.yml:2:10: “the main route” is not in island-digest"),
        ("github", "::error file=annotations/articles/island-digest.yml,line=2,col=10,title=quote-absent::"),
    ],
)
def test_check_speaks_to_people_and_to_github(example: Path, replace: Replace, form: str, said: str) -> None:
    replace(example / f"annotations/articles/{DIGEST}.yml", "the main way to town", "the main route")
    result = run(example, "check", "--format", form)
    assert result.exit_code == 1
    assert said in result.stdout


def test_no_control_character_of_a_record_reaches_the_terminal(example: Path, replace: Replace) -> None:
    replace(example / NOTES, '"4,300 people crossed"', r'"4,301 \u202Epeople"')
    assert "\u202e" not in run(example, "check").stdout


def test_verify_without_a_site_says_how_to_build_it(example: Path) -> None:
    result = run(example, "verify")
    assert result.exit_code == 1
    assert "there is no finished site" in result.stderr
    assert "mkdocs build --strict" in result.stderr


def test_verify_misses_what_is_not_in_the_site(example: Path) -> None:
    (example / "site").mkdir()
    (example / "site/index.html").write_text("<p>Nothing</p>", encoding="utf-8")
    result = run(example, "verify", "site", "--format", "json")
    assert result.exit_code == 1
    assert {entry["rule"] for entry in json.loads(result.stdout)} == {"site-missing", "site-script"}


def test_rules_prints_every_rule(example: Path) -> None:
    lines = run(example, "rules").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(RULES)
    assert all(RULES[line.split()[0]].description in line for line in lines)


def test_the_module_is_the_command(example: Path) -> None:
    command = [sys.executable, "-m", "dossier", "--root", str(example), "check"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout, result.stderr) == (0, "0 errors, 0 notices\n", "")


@pytest.mark.parametrize("command", [["check"], ["lock"], ["lock", "--check"], ["verify"], ["quote", "a", "b"], ["rules"]])
@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("mkdocs.yml", b"plugins: ["),
        ("mkdocs.yml", b"plugins: [{dossier: {quote_words: ten}}]"),
        ("mkdocs.yml", b"plugins: [{dossier: {captures: [a]}}]"),
        (LOCK_FILE_NAME, b"\0"),
        (NOTES, b"[" * 100_000),
        (NOTES, b"- {id: a, quote: \xff}"),
        (f"docs/articles/{DIGEST}.md", b"---\n"),
        (f"originals/{DIGEST}.txt", b"\xff\xfe\0"),
        ("docs/index.md", b"\xff"),
        ("annotations/parties.yml", b"- 1\n- [\n"),
    ],
)
def test_no_spoilt_file_makes_a_traceback(example: Path, command: list[str], file: str, content: bytes) -> None:
    (example / file).write_bytes(content)
    result = run(example, *command)
    assert result.exit_code in (0, 1)
    assert "Traceback" not in result.output


def test_a_capture_is_converted_where_no_dossier_is(tmp_path: Path) -> None:
    (tmp_path / "some.txt").write_text("One line.\n\nAnother line.\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["--root", str(tmp_path), "convert", str(tmp_path / "some.txt")])
    assert (result.exit_code, result.stdout.count("paragraph")) == (0, 2)


def test_a_misspelt_rule_is_answered_with_the_nearest_and_not_with_all(example: Path) -> None:
    result = run(example, "check", "--only", "quote-unlockd")
    assert result.exit_code == 2
    assert "there is no rule 'quote-unlockd'; did you mean quote-unlocked? `dossier rules` lists all." in result.stderr
    assert "yaml-syntax" not in result.stderr
    assert "did you mean" not in run(example, "check", "--except", "zzz").stderr


@pytest.mark.parametrize("arguments", [["rules"], ["check"]])
def test_what_an_encoding_cannot_hold_is_one_sentence(example: Path, arguments: list[str]) -> None:
    (example / "annotations/claims/x…y.yml").touch()
    outcome = _run_process(example, arguments, PYTHONIOENCODING="latin-1")
    assert outcome.returncode == 1
    assert outcome.stderr.endswith("cannot be printed in the encoding latin-1\n  help: set PYTHONIOENCODING=utf-8\n")
    assert len(outcome.stderr.splitlines()) == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("arguments", [["rules"], ["--help"]])
def test_an_output_without_room_is_one_sentence(example: Path, arguments: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        outcome = _run_process(example, arguments, stdout=full)
    assert outcome.returncode == 1
    assert outcome.stderr.startswith("Error: the output cannot be written: No space left on device\n  help: ")
    assert len(outcome.stderr.splitlines()) == 2


def _run_process(
    root: Path, arguments: list[str], stdout: int | IO[str] = subprocess.PIPE, **environment: str
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dossier", "--root", str(root), *arguments]
    variables = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(
        command, env=variables, stdout=stdout, stderr=subprocess.PIPE, encoding="utf-8", errors="replace", check=False
    )


def test_a_folder_that_is_no_dossier_is_named_in_full(tmp_path: Path) -> None:
    folder = tmp_path / "some" / "folder"
    folder.mkdir(parents=True)
    assert f"there is no dossier in {folder.resolve()}\n" in run(folder, "check").stderr


def test_a_file_that_cannot_be_written_is_named_in_full(tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "a.yml"
    with pytest.raises(UnreadableError, match=f"^{re.escape(str(file))} cannot be written"):
        write_atomically(file, "")


@pytest.mark.parametrize("options", [[], ["--pending"]])
@pytest.mark.parametrize("captures", ["nowhere", "originals"])
def test_a_missing_lock_is_one_error_that_git_can_mend(example: Path, options: list[str], captures: str) -> None:
    commit_all(example)
    (example / LOCK_FILE_NAME).unlink()
    result = run(example, "check", *options, captures=captures)
    assert result.exit_code == 1
    assert "dossier.lock:1:1: dossier.lock is missing, so 8 quotations are not verified [quote-unlocked]" in result.stdout
    assert "`git checkout HEAD -- dossier.lock` brings it back" in result.stdout
    assert result.stdout.endswith("\n\n1 error, 0 notices\n")


def test_a_missing_lock_that_git_has_not_is_to_be_written(example: Path) -> None:
    (example / LOCK_FILE_NAME).unlink()
    assert "help: run `dossier lock` where the captures are" in run(example, "check").stdout
    assert run(example, "lock").exit_code == 0
    assert problems(example) == []


def test_missing_settings_are_a_notice_that_git_can_mend(example: Path) -> None:
    commit_all(example)
    (example / "mkdocs.yml").unlink()
    result = run(example, "check", captures="originals")
    assert result.exit_code == 0
    assert "mkdocs.yml:1:1: notice: mkdocs.yml is missing" in result.stdout
    assert "`git checkout HEAD -- mkdocs.yml` brings it back" in result.stdout


@pytest.mark.parametrize("captures", ["/nonexistent", "mkdocs.yml"])
def test_a_folder_of_captures_that_is_named_but_not_there_is_a_notice(example: Path, captures: str) -> None:
    result = run(example, "check", captures=captures)
    assert (result.exit_code, result.stdout.count("[settings-missing]")) == (0, 1)
    assert f"notice: {captures} is to be the folder of captures, but there is no such folder" in result.stdout


def test_the_usual_folder_of_captures_need_not_be_there(example: Path, replace: Replace) -> None:
    replace(example / "mkdocs.yml", "captures: originals", "captures: captures")
    assert run(example, "check").stdout == "0 errors, 0 notices\n"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('quote: "4,300 people crossed"', "quote: “4,300 people crossed”", "the curly quotation marks are a part of"),
        ("4,300 people crossed", "4,300 people cross", "this quotation was changed: dossier.lock has other words"),
    ],
)
def test_a_slip_in_a_quotation_does_not_wait(example: Path, replace: Replace, *, old: str, new: str, words: str) -> None:
    text = (example / NOTES).read_text(encoding="utf-8")
    replace(example / NOTES, old if old in text else "4,300 people crossed", new)
    result = run(example, "check", "--pending", captures="nowhere")
    assert (result.exit_code, words in result.stdout) == (1, True)
    assert "waiting for an editor's lock" not in result.stderr
