"""The program as it runs here: its version and where it came from, whether or not it was installed."""

from __future__ import annotations

import json
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from dossier.captures.html_extra import CAPTURES_REQUIREMENT

DISTRIBUTION_NAME = "mkdocs-dossier"

CHECKOUT_FOLDER = Path(__file__).parents[2]
"""What the package lies in: of a checkout the folder that holds `pyproject.toml`."""


def get_program_version() -> str:
    """The version, as installed, or as the checkout says it; `unknown` where neither is to be had, as in a zip file."""
    installed = _find_distribution()
    return installed.version if installed else _read_checkout_version() or "unknown"


def get_pip_requirement() -> str:
    """What pip is to install for the program as it runs here: the commit or the folder that it came from, else its release.

    With the extra that reads saved web pages. A release is named only where it was installed as one: the name may belong
    to nobody, or to somebody else. Where nothing is known, it is a comment that says so.
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
    """The version that our own `pyproject.toml` says; empty where the package does not lie in its checkout."""
    try:
        project = tomllib.loads((CHECKOUT_FOLDER / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    except (OSError, ValueError, KeyError):
        return ""
    return str(project.get("version", "")) if project.get("name") == DISTRIBUTION_NAME else ""
