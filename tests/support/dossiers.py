"""The dossiers that tests read, where they are, and how a copy is made, read, built and committed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from dossier.loading import read_dossier
from dossier.loading.lock import update_lock, write_lock
from dossier.model import LOCK_FILE_NAME, Dossier, Settings
from support.loaded_mkdocs import run_loaded_mkdocs

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "tests/example"
FULL_PRINT_EXAMPLE = ROOT / "tests/whole"
"""A dossier whose articles may be printed in full."""
CAPTURES = Path(os.environ.get("DOSSIER_CAPTURES") or ROOT / "captures")
PENDING = {name: value for name, value in os.environ.items() if name == "DOSSIER_PENDING"}
"""Whether quotations of the real dossier may wait for a lock, as on a pull request."""


def make_example(folder: Path, lock: bool = True) -> Path:
    """Copy the example dossier into a folder and lock its quotations."""
    shutil.copytree(EXAMPLE, folder)
    if lock:
        write_lock(folder / LOCK_FILE_NAME, update_lock(read_example(folder)))
    return folder


def read_example(root: Path, captures: str = "originals", **settings: Any) -> Dossier:
    """Read a copy of the example, with some settings; `captures=""` is a machine without them."""
    return read_dossier(root, Settings(captures=captures or "nowhere", **settings))


def run_mkdocs(root: Path, *arguments: str, **environment: str) -> str:
    """Run MkDocs in a folder; what it said. A failure fails the test with it."""
    outcome = run_loaded_mkdocs(root, arguments, {**make_clean_environment(), **environment})
    assert outcome.returncode == 0, outcome.stderr
    return outcome.stderr


def start_mkdocs(root: Path, *arguments: str, **environment: str) -> str:
    """Run MkDocs as people do, in a process that loads all of it, otherwise as `run_mkdocs`."""
    outcome = subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments],
        cwd=root,
        env={**make_clean_environment(), **(PENDING if root == ROOT else {}), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 0, outcome.stderr
    return outcome.stderr


def try_build(root: Path, *arguments: str, **environment: str) -> tuple[int, str]:
    """Exit status of a build that may fail, and what it said; one that hangs fails the test."""
    outcome = run_loaded_mkdocs(root, ["build", *arguments], {**make_clean_environment(), **environment}, timeout=120)
    return outcome.returncode, outcome.stdout + outcome.stderr


def commit_all(root: Path) -> None:
    """Make a folder a git repository, or take it as it is, and commit everything in it."""
    git = [
        "git",
        "-C",
        str(root),
        "-c",
        "user.name=Tests",
        "-c",
        "user.email=tests@harbour.example",
        "-c",
        "commit.gpgsign=false",
    ]
    for command in (["init", "--quiet", "--initial-branch=main"], ["add", "--all"], ["commit", "--quiet", "-m", "Now"]):
        subprocess.run([*git, *command], check=True)


def make_clean_environment() -> dict[str, str]:
    """The environment of this process without what would change a build."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DOSSIER_CAPTURES", "CI")}
    return {**kept, "NO_MKDOCS_2_WARNING": "1"}


def make_socket(path: Path) -> None:
    """Make a socket, a file that no program can open."""
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(path.parent)  # the name of a socket is short
        try:
            server.bind(path.name)
        finally:
            os.chdir(here)
