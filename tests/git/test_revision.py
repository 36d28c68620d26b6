"""From which commit a site is built: said only where the commit has every file as it is."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier.git.revision import read_revision
from dossier.model.site.revision import Revision

CLAIM = "annotations/claims/april-record.yml"


def git(root: Path, *arguments: str) -> str:
    names = ["-c", "user.name=Tests", "-c", "user.email=tests@harbour.example", "-c", "commit.gpgsign=false"]
    return subprocess.run(["git", *names, *arguments], cwd=root, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def repository(example: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example, committed but for its captures."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    (example / ".gitignore").write_text("originals/\n*.private.md\n*~\n", encoding="utf-8")
    git(example, "init", "--quiet", "--initial-branch=main")
    git(example, "add", "--all")
    git(example, "commit", "--quiet", "--message", "Now")
    return example


def read(root: Path) -> Revision | None:
    return read_revision(root, root / "site")


def test_commit_and_tree_are_gits_and_so_are_their_identifiers(repository: Path) -> None:
    revision = read(repository)
    assert revision
    assert [revision.commit, revision.tree] == git(repository, "rev-parse", "HEAD", "HEAD^{tree}").split()
    assert git(repository, "cat-file", "-t", revision.commit_swhid.removeprefix("swh:1:rev:")) == "commit"
    assert git(repository, "cat-file", "-t", revision.tree_swhid.removeprefix("swh:1:dir:")) == "tree"


def write(root: Path, path: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    with (root / path).open("a", encoding="utf-8") as file:
        file.write("\n")


def stage(root: Path) -> None:
    write(root, CLAIM)
    git(root, "add", CLAIM)


CHANGES: dict[str, Callable[[Path], None]] = {
    "changed": lambda root: write(root, CLAIM),
    "staged": stage,
    "deleted": lambda root: (root / CLAIM).unlink(),
    "new": lambda root: write(root, "annotations/claims/new.yml"),
    "new template": lambda root: write(root, "own/main.html"),
    "ignored, but published": lambda root: write(root, "docs/a.private.md"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_no_commit_has_is_of_no_commit(repository: Path, change: str) -> None:
    CHANGES[change](repository)
    assert read(repository) is None


@pytest.mark.parametrize("path", ["site/index.html", "originals/b.txt", "docs/.a.private.md", "docs/a.md~"])
def test_what_is_built_or_is_never_published_is_no_change(repository: Path, path: str) -> None:
    before = read(repository)
    write(repository, path)
    assert before == read(repository) is not None


def test_a_file_that_was_only_touched_is_no_change(repository: Path) -> None:
    os.utime(repository / CLAIM, (0, 0))
    assert read(repository)


def test_a_shallow_clone_knows_its_commit(repository: Path, tmp_path: Path) -> None:
    write(repository, CLAIM)
    git(repository, "commit", "--quiet", "--all", "--message", "Later")
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{repository}", "clone")
    assert git(tmp_path / "clone", "rev-parse", "--is-shallow-repository") == "true"
    assert read(tmp_path / "clone") == read(repository) is not None


def test_a_dossier_in_a_folder_of_a_repository_has_the_whole_repositorys_commit(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "outer").mkdir()
    git(tmp_path / "outer", "init", "--quiet")
    write(tmp_path / "outer", "README.md")
    repository.rename(tmp_path / "outer/dossier")
    (tmp_path / "outer/dossier/.git").rename(tmp_path / "gone")
    git(tmp_path / "outer", "add", "--all")
    git(tmp_path / "outer", "commit", "--quiet", "--message", "Now")
    assert read(tmp_path / "outer/dossier") == read_revision(tmp_path / "outer", tmp_path / "elsewhere") is not None
    write(tmp_path / "outer", "README.md")
    assert read(tmp_path / "outer/dossier") is None


def test_a_dossier_that_the_repository_around_it_ignores_is_not_of_its_commit(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "outer").mkdir()
    git(tmp_path / "outer", "init", "--quiet")
    (tmp_path / "outer/.gitignore").write_text("dossier/\n", encoding="utf-8")
    git(tmp_path / "outer", "add", "--all")
    git(tmp_path / "outer", "commit", "--quiet", "--message", "Now")
    repository.rename(tmp_path / "outer/dossier")
    (tmp_path / "outer/dossier/.git").rename(tmp_path / "gone")
    assert read(tmp_path / "outer/dossier") is None


def test_there_is_none_outside_a_repository_before_the_first_commit_and_with_hashes_of_another_kind(
    repository: Path, tmp_path: Path
) -> None:
    (repository / ".git").rename(tmp_path / "gone")
    assert read(repository) is None
    git(repository, "init", "--quiet")
    assert read(repository) is None
    (repository / ".git").rename(tmp_path / "gone too")
    git(repository, "init", "--quiet", "--object-format=sha256")
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "--message", "Now")
    assert read(repository) is None
