"""The command works where the program was never installed: in a checkout, and out of a zip file."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from dossier.authoring.installed_program import DISTRIBUTION_NAME, get_pip_requirement
from support.dossiers import ROOT


@pytest.fixture
def libraries(tmp_path: Path) -> Path:
    """Everything that is installed, but for our own package and its metadata."""
    folder = tmp_path / "libraries"
    folder.mkdir()
    for name in (name for name in sys.path if name.endswith("site-packages")):
        for found in Path(name).iterdir():
            is_ours = DISTRIBUTION_NAME.replace("-", "_") in found.name
            if not is_ours and not (folder / found.name).exists():
                (folder / found.name).symlink_to(found)
    return folder


def run_from(package: Path, libraries: Path, *arguments: str) -> str:
    """What the command prints when it is run from there, without the site packages of this Python."""
    outcome = subprocess.run(
        [sys.executable, "-S", "-m", "dossier", *arguments],
        env={"PYTHONPATH": f"{package}:{libraries}", "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=libraries.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 0, outcome.stderr
    return outcome.stdout


def test_a_checkout_that_was_never_installed_checks_and_knows_its_version(libraries: Path, example: Path) -> None:
    assert run_from(ROOT, libraries, "--root", str(example), "check") == "0 errors, 0 notices\n"
    assert run_from(ROOT, libraries, "--version") == f"dossier, version {declared_version()}\n"


def test_a_dossier_begun_from_a_checkout_asks_for_the_checkout(libraries: Path, tmp_path: Path) -> None:
    run_from(ROOT, libraries, "init", str(tmp_path / "new"), "--title", "The quay")
    assert (tmp_path / "new/requirements.txt").read_text(encoding="utf-8") == f"mkdocs-dossier[captures] @ {ROOT.as_uri()}\n"


def test_the_program_checks_out_of_a_zip_file(libraries: Path, example: Path, tmp_path: Path) -> None:
    packed = tmp_path / "dossier.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for file in sorted((ROOT / "dossier").rglob("*")):
            if "__pycache__" not in file.parts:
                archive.write(file, file.relative_to(ROOT))
    assert run_from(packed, libraries, "--root", str(example), "check") == "0 errors, 0 notices\n"
    assert run_from(packed, libraries, "--version") == "dossier, version unknown\n"


def test_where_nothing_is_known_of_the_program_no_name_is_guessed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("dossier.authoring.installed_program.DISTRIBUTION_NAME", "no-such-program")
    monkeypatch.setattr("dossier.authoring.installed_program.CHECKOUT_FOLDER", tmp_path)
    assert get_pip_requirement().startswith("# Name here where pip finds the program")


def declared_version() -> str:
    line = next(line for line in (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines() if line.startswith("version"))
    return line.split('"')[1]
