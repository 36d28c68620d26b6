"""Runs git in the repository of a dossier. No other module runs it."""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress
from pathlib import Path

from dossier.model.problems.problem import UnreadableError


def run_git(root: Path, *arguments: str | Path) -> bytes:
    """The output of a git command in a folder; raises `UnreadableError` with a cure if it fails."""
    # Its error text is searched below, so it must be in English.
    environment = os.environ | {"LC_ALL": "C"}
    try:
        return subprocess.run(["git", *arguments], cwd=root, env=environment, capture_output=True, check=True).stdout
    except OSError as error:
        raise UnreadableError("git is not installed, and only git knows what has changed", "install git") from error
    except subprocess.CalledProcessError as error:
        answer = error.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
        if "not a git repository" in answer:
            message = f"{root} is not in a git repository, so there is no record of what has changed"
            help = "work in a clone of the dossier's repository; `dossier check` alone needs none"
            raise UnreadableError(message, help) from error
        raise UnreadableError(f"git failed: {answer}", "run `git status` in this folder to see more") from error


def is_trackable(root: Path, file: Path) -> bool:
    """Whether git tracks a file or would add it (it is not ignored); False outside a repository."""
    with suppress(UnreadableError):
        return bool(run_git(root, "ls-files", "--cached", "--others", "--exclude-standard", "--", file))
    return False


def set_skip_worktree(root: Path, path: str, *, left_out: bool) -> bool:
    """Set or clear git's skip-worktree flag on a tracked file. Returns False if git refuses."""
    with suppress(UnreadableError):
        run_git(root, "update-index", "--skip-worktree" if left_out else "--no-skip-worktree", path)
        return True
    return False


def has_skip_worktree(root: Path, path: str) -> bool:
    """Whether git's skip-worktree flag is set on a file, so that its changes are not committed."""
    with suppress(UnreadableError):
        return run_git(root, "ls-files", "-v", path).startswith(b"S")
    return False
