"""Asks git about the repository that a dossier lies in. The only module of the program that runs git."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from dossier.model.problems.problem import UnreadableError


def run_git(root: Path, *words: str | Path) -> bytes:
    """What git answers in a folder; raises `Unreadable` with the way out where it does not."""
    # What git says is looked into, so it must say it in English.
    environment = os.environ | {"LC_ALL": "C"}
    try:
        return subprocess.run(["git", *words], cwd=root, env=environment, capture_output=True, check=True).stdout
    except OSError as error:
        raise UnreadableError("git is not on this computer, and only git knows what has changed", "install git") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
        if "not a git repository" in said:
            help = "work in a clone of the dossier's repository; `dossier check` alone needs none"
            raise UnreadableError(f"{root.name} is in no git repository, so nothing tells what has changed", help) from error
        raise UnreadableError(f"git does not answer: {said}", "run `git status` in this folder; it says more") from error


def is_trackable(root: Path, file: Path) -> bool:
    """Whether git has a file in the repository or would take it there; not where there is no repository."""
    try:
        return bool(run_git(root, "ls-files", "--cached", "--others", "--exclude-standard", "--", file))
    except UnreadableError:
        return False


def set_skip_worktree(root: Path, path: str, *, left_out: bool) -> bool:
    """Have git leave a file that it knows as it is committed, whatever stands in it here, or no longer; False where it cannot."""
    try:
        run_git(root, "update-index", "--skip-worktree" if left_out else "--no-skip-worktree", path)
    except UnreadableError:
        return False
    return True


def has_skip_worktree(root: Path, path: str) -> bool:
    """Whether git leaves what stands in a file here out of what is committed."""
    try:
        return run_git(root, "ls-files", "-v", path).startswith(b"S")
    except UnreadableError:
        return False
