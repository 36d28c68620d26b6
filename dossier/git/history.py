"""The dossier as it stood before, out of git: which files have changed since a commit, and the whole of it at one.

Whatever keeps git from answering is raised as `Unreadable`, with the way out.
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
"""What changes are compared with where nobody says: the branch that is published; in a repository without it, what is here."""


def resolve_commit(root: Path, ref: str) -> str:
    """The full name of the commit that a branch, a tag or a short name means in the repository round a folder."""
    run_git(root, "rev-parse", "--git-dir")
    try:
        return run_git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}").decode().strip()
    except UnreadableError as error:
        help = (
            "name a branch, a tag or a commit that is here, as in `--since main`; "
            "where it is only on the forge, run `git fetch` first"
        )
        if ref == "HEAD":
            help = "commit once; until then, run `dossier check`, which tells everything"
        raise UnreadableError(f"git knows no commit {ref!r} here", help) from error


def choose_base_ref(root: Path) -> str:
    """The first of `BASE_REFS` that exists; raises `UnreadableError` where nothing has been committed."""
    *branches, last = BASE_REFS
    for ref in branches:
        with suppress(UnreadableError):
            resolve_commit(root, ref)
            return ref
    resolve_commit(root, last)
    return last


def find_merge_base(root: Path, ref: str) -> str:
    """The newest commit that a ref and what is checked out have in common: where a branch began."""
    commit = resolve_commit(root, ref)
    try:
        return run_git(root, "merge-base", commit, "HEAD").decode().strip()
    except UnreadableError as error:
        help = "fetch the whole history, with `git fetch --unshallow`"
        raise UnreadableError(f"git finds nothing that {ref!r} and this branch have in common", help) from error


def list_changed_paths(root: Path, commit: str) -> frozenset[str]:
    """Paths below a folder, relative to it, of what is not as it was at a commit: changed, staged, deleted or new."""
    tracked = run_git(root, "diff", "--name-only", "--no-renames", "--relative", "-z", commit, "--")
    untracked = run_git(root, "ls-files", "--others", "--exclude-standard", "-z")
    return frozenset(os.fsdecode(name) for name in (tracked + untracked).split(b"\0") if name)


def list_deleted_paths(root: Path) -> frozenset[str]:
    """Paths below a folder, relative to it, of files that the last commit has and the folder has not."""
    deleted = run_git(root, "diff", "--name-only", "--no-renames", "--diff-filter=D", "--relative", "-z", "HEAD", "--")
    return frozenset(os.fsdecode(name) for name in deleted.split(b"\0") if name)


@contextmanager
def extract_revision(root: Path, ref: str) -> Iterator[Path]:
    """A temporary folder with what stood below `root` at a commit; it is deleted at the end.

    Captures are not in it, since they are in no repository; links are left out, since they may lead anywhere.
    """
    commit = resolve_commit(root, ref)
    with tempfile.TemporaryDirectory(prefix="dossier-") as name:
        if run_git(root, "ls-tree", commit):  # git packs no folder that was not there
            with tarfile.open(fileobj=io.BytesIO(run_git(root, "archive", "--format=tar", commit))) as archive:
                archive.extractall(name, [entry for entry in archive if entry.isfile() or entry.isdir()], filter="data")
        yield Path(name)
