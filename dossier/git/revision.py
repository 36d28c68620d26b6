"""Asks git from which commit a site is built."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from dossier.git.commands import run_git
from dossier.model.problems.problem import UnreadableError
from dossier.model.site.revision import Revision

_HASHES_PATTERN = re.compile(rb"([0-9a-f]{40})\n([0-9a-f]{40})\n")
"""Hashes of SHA-1; identifiers of version 1 know no others."""

_UNREAD_NAME_PATTERN = re.compile(rb"(?:.*/)?\.|.*~$", re.DOTALL)
"""Hidden files and backups of editors, which are neither read nor published."""


def read_revision(root: Path, output: Path) -> Revision | None:
    """The commit whose files the dossier below `root` is made of. `output`, what is built from them, is no part of it.

    None where no commit has them all as they are: with changes or new files, before the first commit, outside a repository.
    A shallow clone knows its commit.
    """
    with suppress(UnreadableError):
        hashes = _HASHES_PATTERN.fullmatch(run_git(root, "rev-parse", "HEAD", "HEAD^{tree}"))
        if hashes and not _has_changes(root, output):
            return Revision(hashes[1].decode(), hashes[2].decode())
    return None


def _has_changes(root: Path, output: Path) -> bool:
    """Whether anything in the repository is not as in its last commit, or anything below the root is not in it.

    Files that git ignores count where all files are published: a commit does not have them either.
    """
    place = os.path.relpath(os.path.realpath(output), os.path.realpath(root))
    left_out = () if place.split(os.sep)[0] in (os.curdir, os.pardir) else (f":(exclude,literal){place}",)
    if run_git(root, "diff", "--name-only", "-z", "HEAD", "--"):
        return True
    if run_git(root, "ls-files", "--others", "--exclude-standard", "-z", "--", ".", *left_out):
        return True
    unknown = run_git(root, "ls-files", "--others", "-z", "--", "docs", "annotations").split(b"\0")
    return any(name and not _UNREAD_NAME_PATTERN.match(name) for name in unknown)
