"""`dossier check --changed` and `--since`: only what a change brings is told, in real git repositories."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dossier.cli import main
from dossier.git.history import extract_revision, list_changed_paths, read_commit_days, resolve_commit
from dossier.model import UnreadableError
from support.dossiers import make_example

Replace = Callable[[Path, str, str], None]
CLAIM = "annotations/claims/april-record.yml"
PARTIES = "annotations/parties.yml"
SOURCE = "annotations/sources/harbour-office-count.yml"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example dossier with a notice of its own (a party that nothing names), committed."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)  # a hook that runs the tests has its own repository in them
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("DOSSIER_CAPTURES", "originals")
    root = make_example(tmp_path / "example")
    with (root / PARTIES).open("a", encoding="utf-8") as file:
        file.write("- id: pier-shop\n  name: Pier shop\n  kind: organisation\n  role: A shop.\n")
    git(root, "init", "--quiet", "--initial-branch=main")
    commit(root)
    return root


def git(root: Path, *arguments: str) -> str:
    names = ["-c", "user.name=Tests", "-c", "user.email=tests@harbour.example", "-c", "commit.gpgsign=false"]
    return subprocess.run(["git", *names, *arguments], cwd=root, check=True, capture_output=True, text=True).stdout.strip()


def commit(root: Path, message: str = "A change") -> None:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", message)


def run(root: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["--root", str(root), "check", *options])


def told(root: Path, *options: str) -> list[str]:
    """Places and rules of what is told."""
    lines = run(root, *options).stdout.splitlines()
    return [f"{line.split(': ')[0]} {line.rsplit('[', 1)[1][:-1]}" for line in lines if line.endswith("]") and line[0] != " "]


def test_nothing_changed_is_nothing_told(repository: Path) -> None:
    assert told(repository) == [f"{PARTIES}:17:3 unused-record"]
    result = run(repository, "--changed")
    assert (result.exit_code, result.stdout) == (0, "0 errors, 0 notices\n")
    assert "1 existing problem hidden; `dossier check` shows all." in result.stderr


def test_a_deleted_record_that_git_has_is_brought_back(repository: Path) -> None:
    (repository / "annotations/sources/copy.yml").write_text((repository / SOURCE).read_text("utf-8"), encoding="utf-8")
    (repository / SOURCE).unlink()
    result = run(repository)
    assert f"help: {SOURCE} was deleted, but git has it: `git checkout HEAD -- {SOURCE}` brings it back" in result.stdout
    (repository / "annotations/sources/copy.yml").unlink()
    assert "help: annotations/sources was deleted, but git has it" in run(repository).stdout
    git(repository, "checkout", "HEAD", "--", SOURCE)
    git(repository, "rm", "--quiet", PARTIES)
    assert f"help: {PARTIES} was deleted, but git has it" in run(repository).stdout


def test_a_record_that_git_never_had_is_not_looked_for_there(repository: Path, replace: Replace) -> None:
    replace(repository / CLAIM, "id: harbour-office-count,", "id: harbour-office-list,")
    assert "did you mean harbour-office-count? Else write its record" in run(repository).stdout


@pytest.mark.parametrize("staged", [False, True])
def test_problems_of_a_changed_file_are_told_staged_or_not(repository: Path, replace: Replace, staged: bool) -> None:
    replace(repository / CLAIM, "verdict: supported", "verdict: suported")
    if staged:
        git(repository, "add", CLAIM)
    assert told(repository, "--changed") == [f"{CLAIM}:6:10 unknown-reference"]
    assert run(repository, "--changed").exit_code == 1


def test_old_problems_of_a_changed_file_are_told_too(repository: Path, replace: Replace) -> None:
    replace(repository / PARTIES, "role: A shop.", "role: A shop on the pier.")
    assert told(repository, "--changed") == [f"{PARTIES}:17:3 unused-record"]


def test_a_file_that_git_does_not_know_yet_is_a_change(repository: Path) -> None:
    (repository / "annotations/events/märz.yml").write_text("date: 2024\n", encoding="utf-8")
    (repository / "annotations/events/april.yml").write_text("date: soon\n", encoding="utf-8")
    assert [line.split(":")[0] for line in told(repository, "--changed")] == [
        "annotations/events/april.yml",
        "annotations/events/april.yml",
        "annotations/events/april.yml",
        "annotations/events/april.yml",
        "annotations/events/märz.yml",
    ]


def test_what_a_change_breaks_elsewhere_is_told(repository: Path) -> None:
    (repository / SOURCE).unlink()
    broken = told(repository, "--changed")
    assert f"{CLAIM}:11:10 unknown-reference" in broken or "annotations/sources:1:1 unknown-reference" in broken
    assert f"{PARTIES}:17:3 unused-record" not in broken


def test_what_stood_elsewhere_before_is_not_told_for_its_cure_alone(repository: Path, replace: Replace) -> None:
    """A new id near an unknown one changes the cure of an old problem, not the problem."""
    replace(repository / CLAIM, "verdict: supported", "verdict: partly")
    commit(repository)
    partial = "{id: partial, label: Partial, definition: Some of it., shape: wave, tone: open, kinds: [fact]}"
    replace(repository / "annotations/verdicts.yml", "- {id: incorrect", f"- {partial}\n- {{id: incorrect")
    assert f"{CLAIM}:6:10 unknown-reference" not in told(repository, "--changed")


def test_since_tells_what_a_branch_brings_and_not_what_others_brought(repository: Path, replace: Replace) -> None:
    git(repository, "checkout", "--quiet", "-b", "mine")
    replace(repository / CLAIM, "verdict: supported", "verdict: suported")
    commit(repository)
    git(repository, "checkout", "--quiet", "main")
    replace(repository / SOURCE, "kind: primary", "kind: first-hand")
    commit(repository)
    git(repository, "checkout", "--quiet", "mine")
    assert told(repository, "--changed") == []
    assert told(repository, "--since", "main") == [f"{CLAIM}:6:10 unknown-reference"]


def test_a_dossier_below_the_root_of_its_repository(tmp_path: Path, repository: Path, replace: Replace) -> None:
    (repository / ".git").rename(tmp_path / ".git")
    commit(tmp_path)
    replace(repository / CLAIM, "verdict: supported", "verdict: suported")
    (tmp_path / "elsewhere.txt").write_text("", encoding="utf-8")
    assert list_changed_paths(repository, resolve_commit(repository, "HEAD")) == {CLAIM}
    assert told(repository, "--changed") == [f"{CLAIM}:6:10 unknown-reference"]


def test_the_first_commit_had_no_dossier(tmp_path: Path, repository: Path, replace: Replace) -> None:
    git(repository, "checkout", "--quiet", "--orphan", "other")
    git(repository, "rm", "-r", "--quiet", "--cached", ".")
    git(repository, "commit", "--quiet", "--allow-empty", "--message", "Nothing yet")
    replace(repository / CLAIM, "verdict: supported", "verdict: suported")
    assert set(told(repository, "--changed")) == set(told(repository))


def test_a_folder_that_was_not_there_at_a_commit_is_empty(tmp_path: Path, repository: Path) -> None:
    folder = make_example(repository / "second")
    with extract_revision(folder, "HEAD") as past:
        assert list(past.iterdir()) == []


def test_the_past_is_what_was_committed_and_goes_away(repository: Path, replace: Replace) -> None:
    replace(repository / CLAIM, "verdict: supported", "verdict: suported")
    (repository / "link.yml").symlink_to(repository / CLAIM)
    commit(repository)
    with extract_revision(repository, "HEAD~1") as past:
        assert "verdict: supported" in (past / CLAIM).read_text(encoding="utf-8")
    with extract_revision(repository, "HEAD") as now:
        assert "verdict: suported" in (now / CLAIM).read_text(encoding="utf-8")
        assert not (now / "link.yml").exists()
    assert not past.exists()


@pytest.mark.parametrize("ref", ["nowhere", "--all", "", "HEAD:docs", "a b"])
def test_a_ref_that_git_does_not_know_is_said_with_the_cure(repository: Path, ref: str) -> None:
    result = run(repository, "--since", ref)
    assert result.exit_code == 1
    assert "there is no commit" in result.stderr
    assert "git fetch" in result.stderr


def test_without_a_commit_everything_is_to_be_checked(tmp_path: Path, repository: Path) -> None:
    root = make_example(tmp_path / "new")
    git(root, "init", "--quiet")
    result = run(root, "--changed")
    assert result.exit_code == 1
    assert "run `dossier check`, which reports everything" in result.stderr


def test_two_histories_without_a_common_commit(repository: Path) -> None:
    git(repository, "checkout", "--quiet", "--orphan", "other")
    commit(repository, "Another beginning")
    result = run(repository, "--since", "main")
    assert result.exit_code == 1
    assert "git fetch --unshallow" in result.stderr


def test_outside_a_repository_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    result = run(make_example(tmp_path / "example"), "--changed")
    assert result.exit_code == 1
    assert "example is not in a git repository" in result.stderr
    assert "help: " in result.stderr


def test_without_git_that_is_said(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UnreadableError, match="git is not installed"):
        resolve_commit(repository, "HEAD")


def test_changed_and_since_are_two_questions(repository: Path) -> None:
    assert run(repository, "--changed", "--since", "main").exit_code == 2


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
def test_git_is_asked_in_english_whatever_the_reader_speaks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in = tmp_path / "bin/git"
    stand_in.parent.mkdir()
    english, german = "fatal: not a git repository", "Schwerwiegend: Kein Git-Repository"
    stand_in.write_text(f'#!/bin/sh\n[ "$LC_ALL" = C ] && echo "{english}" >&2 || echo "{german}" >&2\nexit 128\n')
    stand_in.chmod(0o755)
    monkeypatch.setenv("PATH", str(stand_in.parent), prepend=os.pathsep)
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    with pytest.raises(UnreadableError, match="is not in a git repository"):
        resolve_commit(tmp_path, "HEAD")


def commit_on(root: Path, monkeypatch: pytest.MonkeyPatch, day: str, *names: str) -> None:
    """Change some files below `docs/` and commit them on a day, late in the evening of a zone far to the west."""
    for name in names:
        (root / "docs" / name).parent.mkdir(exist_ok=True)
        (root / "docs" / name).write_text(f"Changed on {day}.\n", encoding="utf-8")
    monkeypatch.setenv("GIT_COMMITTER_DATE", f"{day}T23:30:00-1000")
    commit(root)


def test_a_file_has_the_day_of_its_last_commit(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(repository, "config", "log.showSignature", "true")
    commit_on(repository, monkeypatch, "2024-06-03", "a.md", "two words.md", "deep/über.md")
    commit_on(repository, monkeypatch, "2024-06-04", "a.md")
    git(repository, "mv", "docs/two words.md", "docs/moved.md")
    commit_on(repository, monkeypatch, "2024-06-05", "gone.md")
    (repository / "docs/new.md").write_text("Not committed.\n", encoding="utf-8")
    days = read_commit_days(repository, "docs")
    assert {name: days[f"docs/{name}"] for name in ("a.md", "deep/über.md", "moved.md")} == {
        "a.md": "2024-06-04",
        "deep/über.md": "2024-06-03",
        "moved.md": "2024-06-05",
    }
    assert "docs/new.md" not in days
    assert all(name.startswith("docs/") for name in days)


def test_a_day_is_that_of_the_branch_and_not_of_its_merge(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(repository, "switch", "--quiet", "--create", "branch")
    commit_on(repository, monkeypatch, "2024-06-03", "a.md")
    git(repository, "switch", "--quiet", "main")
    commit_on(repository, monkeypatch, "2024-06-04", "b.md")
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2024-06-09T12:00:00Z")
    git(repository, "merge", "--quiet", "--no-edit", "branch")
    days = read_commit_days(repository, "docs")
    assert (days["docs/a.md"], days["docs/b.md"]) == ("2024-06-03", "2024-06-04")


def test_a_dossier_in_a_folder_of_a_repository_has_its_days_too(
    repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    commit_on(repository, monkeypatch, "2024-06-03", "a.md")
    assert read_commit_days(repository / "docs", ".")["a.md"] == "2024-06-03"


def test_where_git_does_not_know_days_there_are_none(repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    commit_on(repository, monkeypatch, "2024-06-03", "a.md")
    commit_on(repository, monkeypatch, "2024-06-04", "b.md")
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{repository}", "shallow")
    (tmp_path / "empty").mkdir()
    assert read_commit_days(tmp_path / "empty", "docs") == {}
    git(tmp_path / "empty", "init", "--quiet")
    assert read_commit_days(tmp_path / "empty", "docs") == {}
    assert read_commit_days(tmp_path / "shallow", "docs") == {}
    monkeypatch.setenv("PATH", str(tmp_path))
    assert read_commit_days(repository, "docs") == {}
