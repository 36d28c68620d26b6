"""Version and origin of the running program, whether or not it is installed."""

from __future__ import annotations

import json
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from dossier.captures.html_extra import CAPTURES_REQUIREMENT

DISTRIBUTION_NAME = "mkdocs-dossier"

CHECKOUT_FOLDER = Path(__file__).parents[2]
"""The folder of the package; in a checkout it has `pyproject.toml`."""


def get_program_version() -> str:
    """The version as installed, else of the checkout, else `unknown`, as in a zip file."""
    installed = _find_distribution()
    return installed.version if installed else _read_checkout_version() or "unknown"


def get_pip_requirement() -> str:
    """The requirement with which pip installs the running program: its commit or folder, else its release.

    It includes the extra that reads saved web pages. A release is named only if it was installed as one: on an index, the
    name may belong to somebody else. If nothing is known, it is a comment that says so.
    """
    installed = _find_distribution()
    if installed is None:
        is_checkout = bool(_read_checkout_version())
        missing = "# Name here where pip finds the program; it was not installed where this dossier was begun."
        return f"{CAPTURES_REQUIREMENT} @ {CHECKOUT_FOLDER.as_uri()}" if is_checkout else missing
    origin = json.loads(installed.read_text("direct_url.json") or "{}")  # written by installers, as PEP 610 has it
    if repository := origin.get("vcs_info"):
        return f"{CAPTURES_REQUIREMENT} @ {repository['vcs']}+{origin['url']}@{repository['commit_id']}"
    return f"{CAPTURES_REQUIREMENT} @ {origin['url']}" if "url" in origin else f"{CAPTURES_REQUIREMENT}=={installed.version}"


def _find_distribution() -> Distribution | None:
    try:
        return distribution(DISTRIBUTION_NAME)
    except PackageNotFoundError:
        return None


def _read_checkout_version() -> str:
    """The version in our own `pyproject.toml`; empty if the package is not in its checkout."""
    try:
        project = tomllib.loads((CHECKOUT_FOLDER / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    except (OSError, ValueError, KeyError):
        return ""
    return str(project.get("version", "")) if project.get("name") == DISTRIBUTION_NAME else ""
