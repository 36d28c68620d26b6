"""Install what validates CITATION.cff into .cff/, as requirements-cff.lock pins it. Where that cannot be, say why; no failure.

It has an environment of its own, since it wants a jsonschema that is older than what others need.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "requirements-cff.lock"
ENVIRONMENT = ROOT / ".cff"
PROGRAMS = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
VALIDATOR = PROGRAMS / ("cffconvert.exe" if os.name == "nt" else "cffconvert")


def install_validator() -> str | None:
    """Install what is pinned; why it could not be, or None."""
    if not LOCK.is_file():
        return f"there is no {LOCK.name}; `make lock` writes it"
    pip = [str(PROGRAMS / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries=1"]
    for command in ([sys.executable, "-m", "venv", str(ENVIRONMENT)], [*pip, "--require-hashes", "-r", str(LOCK)]):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            said = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
            return said[-1] if said else f"{command[2]} ended with status {done.returncode}"
    (ENVIRONMENT / ".ready").touch()
    return None


if __name__ == "__main__":
    hindrance = install_validator()
    if hindrance:
        print(f"cffconvert is not installed, so a part of tests/loading/test_citation_file.py is skipped: {hindrance}")
