"""Two machines on which the same commit must become the same bytes: another day, place, order of names, language, umask."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from support.dossiers import ROOT, make_clean_environment

SITE_CUSTOMIZE_FOLDER = ROOT / "tests/support/other_machine"


class Machine(NamedTuple):
    """What differs; the environment may have what `other_machine/sitecustomize.py` reads."""

    umask: int
    environment: Mapping[str, str]


HERE = Machine(0o022, {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "FOLDER_ORDER": "names"})
ELSEWHERE = Machine(
    0o077,
    {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "LC_ALL": "C", "CLOCK_DAYS": "400", "FOLDER_ORDER": "reverse"},
)


def run_on(machine: Machine, root: Path, *arguments: str, **environment: str) -> str:
    """Run Python with arguments in a folder on a machine; what it printed. A failure fails the test with what it said."""
    kept = make_clean_environment()
    paths = [str(SITE_CUSTOMIZE_FOLDER), str(ROOT), *filter(None, [kept.get("PYTHONPATH")])]
    outcome = subprocess.run(
        [sys.executable, *arguments],
        cwd=root,
        env={**kept, "PYTHONPATH": os.pathsep.join(paths), **machine.environment, **environment},
        umask=machine.umask,
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    return outcome.stdout


def read_all(folder: Path) -> dict[str, bytes]:
    """The bytes of every file below a folder, by path."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def list_differences(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """Paths of what only one of two folders has, or what has other bytes in each."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def age_files(root: Path) -> None:
    """Give every file a day long ago, as a checkout gives it the day of the checkout."""
    for file in root.rglob("*"):
        if file.is_file() and ".git" not in file.parts:
            os.utime(file, (981_173_106, 981_173_106))
