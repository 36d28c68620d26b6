"""The processes that are measured: one interpreter, a clean environment, and an end to each of them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile
from time import perf_counter
from typing import NamedTuple

KIBIBYTES = 1024 if sys.platform == "darwin" else 1
"""What `ru_maxrss` is divided by to be in KiB."""

PATIENCE = 10
"""Seconds that a process has to end after it was asked to."""


class Run(NamedTuple):
    """What one process took: seconds from start to end, and its peak memory in MB."""

    seconds: float
    megabytes: float


def make_environment() -> dict[str, str]:
    """Our environment without what would change a build."""
    settings = {"SITE_URL", "REPO_URL", "CI"}
    kept = {name: value for name, value in os.environ.items() if name not in settings and not name.startswith("DOSSIER_")}
    return kept | {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(Path(__file__).parent.parent)}


def measure_run(folder: Path, *arguments: str) -> Run:
    """Run a module of this interpreter in a folder to its end; raises `SystemExit` with what it said where it fails."""
    with TemporaryFile() as said, NamedTemporaryFile() as peak:
        command = _make_command(("bench.peak", peak.name, *arguments))
        start = perf_counter()
        status = subprocess.run(command, cwd=folder, env=make_environment(), stdout=said, stderr=said, check=False).returncode
        seconds = perf_counter() - start
        if status:
            said.seek(0)
            raise SystemExit(f"{' '.join(arguments)} failed:\n{said.read().decode(errors='replace')}")
        return Run(seconds, int(peak.read()) / KIBIBYTES / 1024)


def capture_output(folder: Path, *arguments: str) -> str:
    """What a module of this interpreter prints."""
    return subprocess.run(
        _make_command(arguments), cwd=folder, env=make_environment(), stdout=subprocess.PIPE, text=True, check=True
    ).stdout


@contextmanager
def run_in_background(folder: Path, temporary: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is always ended; what it writes aside goes to a folder of ours."""
    temporary.mkdir(exist_ok=True)
    variables = make_environment() | {"TMPDIR": str(temporary)}
    nowhere = subprocess.DEVNULL
    process = subprocess.Popen(_make_command(arguments), cwd=folder, env=variables, stdout=nowhere, stderr=nowhere)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _make_command(arguments: tuple[str, ...]) -> list[str]:
    return [sys.executable, "-m", *arguments]
