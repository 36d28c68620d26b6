"""Runs commands of the command line in this process, on a folder."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from dossier.cli import main


def run(root: Path, *arguments: str | Path, captures: str | None = None) -> Result:
    """A command on a folder. An exception other than the exit fails the test with its traceback.

    `captures="nowhere"` is a machine whose folder of captures is empty.
    """
    if captures == "nowhere":
        (root / captures).mkdir(exist_ok=True)
    environment = {"DOSSIER_CAPTURES": captures}
    result = CliRunner().invoke(main, ["--root", str(root), *map(str, arguments)], env=environment)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def problems(root: Path, captures: str | None = None) -> list[tuple[str, str]]:
    """Place and rule of all that `check` says."""
    said = json.loads(run(root, "check", "--format", "json", captures=captures).stdout)
    return [(f"{entry['path']}:{entry['line']}:{entry['column']}", entry["rule"]) for entry in said]
