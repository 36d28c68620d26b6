"""Run the measured processes: the same interpreter and a clean environment for each, and none left running."""

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
"""Divisor that makes `ru_maxrss` KiB: it is bytes on macOS, and KiB elsewhere."""

EXIT_TIMEOUT_SECONDS = 10
"""Time that a process has to exit after SIGTERM, before it is killed."""


class Run(NamedTuple):
    """Measurement of one process: seconds from start to end, and peak memory in MB (of 1,024 KiB)."""

    seconds: float
    megabytes: float


def make_environment() -> dict[str, str]:
    """This process's environment without variables that would change a build."""
    settings = {"SITE_URL", "REPO_URL", "CI"}
    kept = {name: value for name, value in os.environ.items() if name not in settings and not name.startswith("DOSSIER_")}
    return kept | {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(Path(__file__).parent.parent)}


def measure_run(folder: Path, *arguments: str) -> Run:
    """Run a module with its arguments in a folder, and measure it. Raises `SystemExit` with its output if it fails."""
    with TemporaryFile() as output, NamedTemporaryFile() as peak:
        command = _make_command(("bench.peak", peak.name, *arguments))
        start = perf_counter()
        status = subprocess.run(command, cwd=folder, env=make_environment(), stdout=output, stderr=output, check=False).returncode
        seconds = perf_counter() - start
        if status:
            output.seek(0)
            raise SystemExit(f"{' '.join(arguments)} failed:\n{output.read().decode(errors='replace')}")
        return Run(seconds, int(peak.read()) / KIBIBYTES / 1024)


def capture_output(folder: Path, *arguments: str) -> str:
    """Run a module in a folder, and return what it prints. Raises `CalledProcessError` if it fails."""
    return subprocess.run(
        _make_command(arguments), cwd=folder, env=make_environment(), stdout=subprocess.PIPE, text=True, check=True
    ).stdout


@contextmanager
def run_in_background(folder: Path, temporary: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a module in a folder until the `with` block ends; its temporary files go to `temporary`."""
    temporary.mkdir(exist_ok=True)
    variables = make_environment() | {"TMPDIR": str(temporary)}
    # A pipe that nobody reads would fill up and block the server.
    process = subprocess.Popen(
        _make_command(arguments), cwd=folder, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(EXIT_TIMEOUT_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _make_command(arguments: tuple[str, ...]) -> list[str]:
    return [sys.executable, "-m", *arguments]
