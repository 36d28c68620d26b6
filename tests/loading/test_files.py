"""Files are written whole or not at all, and what a killed program has left beside them is removed."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from dossier.authoring.starter import STARTER_FOLDER
from dossier.loading.files import LEFT_OVER_SECONDS, TEMPORARY_SUFFIX, describe_os_error, remove_left_overs, write_atomically
from dossier.model import UnreadableError
from support.dossiers import ROOT


def test_old_left_overs_of_the_same_file_are_removed(tmp_path: Path) -> None:
    file = tmp_path / "a[1].yml"
    left_over = {name: tmp_path / f".{name}{TEMPORARY_SUFFIX}" for name in ("a[1].yml.00", "a[1].yml.11", "b.yml.22")}
    for path in left_over.values():
        path.touch()
    for name in ("a[1].yml.00", "b.yml.22"):
        long_ago = left_over[name].stat().st_mtime - LEFT_OVER_SECONDS - 60
        os.utime(left_over[name], (long_ago, long_ago))
    write_atomically(file, "new")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".a[1].yml.11.tmp", ".b.yml.22.tmp", "a[1].yml"]
    assert file.read_text(encoding="utf-8") == "new"


def test_old_left_over_folders_are_removed_and_no_link_is_followed(tmp_path: Path) -> None:
    folder, link, own = (tmp_path / name for name in (".site.00.tmp", ".site.11.tmp", "own"))
    for path in (folder / "old", own):
        path.mkdir(parents=True)
        (path / "index.html").touch()
    link.symlink_to(own)
    for path in (folder, link):
        os.utime(path, (0, 0), follow_symlinks=False)
    remove_left_overs(tmp_path / "site")
    assert [file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*")] == ["own", "own/index.html"]


@pytest.mark.parametrize("ignored", [ROOT / ".gitignore", STARTER_FOLDER / ".gitignore"], ids=["here", "new dossier"])
def test_git_ignores_what_a_kill_leaves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ignored: Path) -> None:
    def interrupt(file: Path, target: Path) -> None:
        raise KeyboardInterrupt

    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    (tmp_path / ".gitignore").write_text(ignored.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(Path, "replace", interrupt)
    monkeypatch.setattr(Path, "unlink", lambda file, missing_ok=False: None)  # a kill would not come so far
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "dossier.lock", "{}")
    assert list(tmp_path.glob(".dossier.lock.*"))
    status = subprocess.run(["git", "-C", str(tmp_path), "status", "--short"], capture_output=True, text=True, check=True)
    assert status.stdout == "?? .gitignore\n"


def test_a_full_disk_is_told_and_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(handle: int) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "dossier.lock").write_text("old", encoding="utf-8")
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(UnreadableError, match="No space left on device"):
        write_atomically(tmp_path / "dossier.lock", "new")
    assert [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()] == [("dossier.lock", "old")]


def test_an_error_without_a_reason_of_the_system_is_told_in_its_own_words() -> None:
    assert describe_os_error(OSError("two names, one file")) == "two names, one file"
    assert describe_os_error(OSError(28, "No space left on device", "x")) == "No space left on device"
