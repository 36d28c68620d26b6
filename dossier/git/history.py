"""Reads the history of a dossier from git: changed and deleted files, and the whole folder at a commit.

Every function but `read_commit_days` raises `UnreadableError` with a cure if git fails.
"""

from __future__ import annotations

import io
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dossier.git.commands import run_git
from dossier.model.problems.problem import UnreadableError

BASE_REFS = ("origin/main", "main", "HEAD")
"""Default base of a comparison, the first that exists: the published branch, the local main, the last commit."""

_COMMIT_DAY_OPTIONS = ("--no-show-signature", "--format=%x01%cs", "--name-only", "-c", "--no-renames", "--relative", "-z")
"""Have git list each commit, newest first, as its day and the names of the files that it changed."""


def resolve_commit(root: Path, ref: str) -> str:
    """The full hash of the commit that a branch, a tag or an abbreviated hash names, in the repository of a folder."""
    run_git(root, "rev-parse", "--git-dir")
    try:
        return run_git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}").decode().strip()
    except UnreadableError as error:
        help = "name a branch, a tag or a commit that is here, as in `--since main`"
        help += "; if it is only on the forge, run `git fetch` first"
        if ref == "HEAD":
            help = "commit once; until then, run `dossier check`, which reports everything"
        raise UnreadableError(f"there is no commit {ref!r} in this repository", help) from error


def choose_base_ref(root: Path) -> str:
    """The first of `BASE_REFS` that exists; raises `UnreadableError` before the first commit."""
    *branches, last = BASE_REFS
    for ref in branches:
        with suppress(UnreadableError):
            resolve_commit(root, ref)
            return ref
    resolve_commit(root, last)
    return last


def find_merge_base(root: Path, ref: str) -> str:
    """The merge base of a ref and HEAD: the commit at which a branch began."""
    commit = resolve_commit(root, ref)
    try:
        return run_git(root, "merge-base", commit, "HEAD").decode().strip()
    except UnreadableError as error:
        help = "fetch the whole history, with `git fetch --unshallow`"
        raise UnreadableError(f"{ref!r} and this branch have no commit in common", help) from error


def list_changed_paths(root: Path, commit: str) -> frozenset[str]:
    """Paths below a folder, relative to it, that differ from a commit: changed, staged, deleted or untracked."""
    tracked = run_git(root, "diff", "--name-only", "--no-renames", "--relative", "-z", commit, "--")
    untracked = run_git(root, "ls-files", "--others", "--exclude-standard", "-z")
    return frozenset(os.fsdecode(name) for name in (tracked + untracked).split(b"\0") if name)


def list_deleted_paths(root: Path) -> frozenset[str]:
    """Paths below a folder, relative to it, of files that are in the last commit but not in the folder."""
    deleted = run_git(root, "diff", "--name-only", "--no-renames", "--diff-filter=D", "--relative", "-z", "HEAD", "--")
    return frozenset(os.fsdecode(name) for name in deleted.split(b"\0") if name)


def read_commit_days(root: Path, folder: str) -> dict[str, str]:
    """The day (`2026-11-22`) of the last commit of each file in a folder, by path from `root`.

    Empty where git does not know: outside a repository, before the first commit, and in a shallow clone, whose oldest commit
    would seem to have changed every file.
    """
    with suppress(UnreadableError):
        if run_git(root, "rev-parse", "--is-shallow-repository").strip() == b"false":
            return _parse_commit_days(run_git(root, "log", *_COMMIT_DAY_OPTIONS, "--", folder))
    return {}


def _parse_commit_days(log: bytes) -> dict[str, str]:
    days: dict[str, str] = {}
    for commit in log.split(b"\1")[1:]:
        day, *names = commit.split(b"\0")
        for name in filter(None, names):
            days.setdefault(os.fsdecode(name.removeprefix(b"\n")), day.decode())
    return days


@contextmanager
def extract_revision(root: Path, ref: str) -> Iterator[Path]:
    """A temporary folder with the content of `root` at a commit; it is deleted when the context ends.

    It has no captures, which are never committed, and no symbolic links, which may lead anywhere.
    """
    commit = resolve_commit(root, ref)
    with tempfile.TemporaryDirectory(prefix="dossier-") as name:
        if run_git(root, "ls-tree", commit):  # git archive fails for a folder that did not exist
            with tarfile.open(fileobj=io.BytesIO(run_git(root, "archive", "--format=tar", commit))) as archive:
                archive.extractall(name, [entry for entry in archive if entry.isfile() or entry.isdir()], filter="data")
        yield Path(name)
