"""CITATION.cff: what it says of a dossier, when it is written and left alone, and that `cffconvert` takes it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from support.command_line import run
from support.dossiers import ROOT
from support.install_cffconvert import VALIDATOR

Change = Callable[[Path, str, str], None]
NAME = "CITATION.cff"
AWKWARD = 'The "ferry": count # 1'


@pytest.fixture
def full(example: Path, replace: Change) -> Path:
    """A dossier with publisher, addresses and a name that means something to YAML."""
    addresses = "site_url: https://ferry.example/count/\nrepo_url: https://forge.example/ferry/count\n"
    replace(example / "mkdocs.yml", "site_name: The ferry count", f"{addresses}site_name: '{AWKWARD}'")
    replace(example / "mkdocs.yml", "captures: originals", "captures: originals\n      publisher: 'Quay: Sons'")
    return example


def read(root: Path) -> dict[str, Any]:
    values: dict[str, Any] = yaml.safe_load((root / NAME).read_text(encoding="utf-8"))
    return values


def test_it_has_what_the_settings_name(full: Path) -> None:
    assert run(full, "release", "--cite").output == "CITATION.cff is written.\n"
    assert read(full) == {
        "cff-version": "1.2.0",
        "message": "If you use this dossier, please cite it as below.",
        "type": "dataset",
        "title": AWKWARD,
        "authors": [{"name": "Quay: Sons"}],
        "url": "https://ferry.example/count/",
        "repository-code": "https://forge.example/ferry/count",
    }


def test_a_site_that_names_nobody_is_its_own_author_and_one_without_a_name_cannot_be_cited(
    example: Path, replace: Change
) -> None:
    assert run(example, "release", "--cite").exit_code == 0
    values = read(example)
    assert (values["title"], values["authors"]) == ("The ferry count", [{"name": "The ferry count"}])
    assert not {"url", "repository-code", "date-released"} & values.keys()
    (example / NAME).unlink()
    replace(example / "mkdocs.yml", "site_name: The ferry count\n", "")
    outcome = run(example, "release", "--cite")
    assert outcome.exit_code == 1
    assert outcome.stderr == "Error: the site has no name to cite it by\n  help: write `site_name:` in mkdocs.yml\n"
    assert not (example / NAME).exists()


def test_a_release_writes_it_with_its_day(example: Path) -> None:
    assert run(example, "release", "--day", "2024-07-01").exit_code == 0
    assert read(example)["date-released"] == "2024-07-01"
    assert run(example, "release", "--check").output == "CITATION.cff says what the settings do.\n"


def test_the_check_says_whether_it_is_current_and_writes_nothing(example: Path, replace: Change) -> None:
    missing = run(example, "release", "--check")
    assert (missing.exit_code, missing.stderr) == (
        1,
        "Error: CITATION.cff does not exist\n  help: run `dossier release --cite` and commit it\n",
    )
    assert not (example / NAME).exists()
    run(example, "release", "--cite")
    written = (example / NAME).read_bytes()
    (example / NAME).write_bytes(written.replace(b"\n", b"\r\n"))  # as git writes it on Windows
    assert run(example, "release", "--check").exit_code == 0
    replace(example / "mkdocs.yml", "The ferry count", "The ferry recount")
    stale = run(example, "release", "--check")
    assert stale.exit_code == 1
    assert "does not say what the settings and the last release do" in stale.stderr
    assert (example / NAME).read_bytes() == written.replace(b"\n", b"\r\n")


def test_one_that_somebody_wrote_by_hand_is_left_alone(example: Path) -> None:
    own = "cff-version: 1.2.0\ntitle: Ours\nauthors: [{family-names: Wren, given-names: Ada}]\nmessage: Cite it.\n"
    (example / NAME).write_text(own, encoding="utf-8")
    for command in (("release", "--cite"), ("release", "--check")):
        outcome = run(example, *command)
        assert (outcome.exit_code, outcome.output) == (0, "CITATION.cff was written by hand, and stays as it is.\n")
    assert run(example, "release").exit_code == 0
    assert (example / NAME).read_text(encoding="utf-8") == own


def test_what_is_no_file_is_reported_in_a_sentence(example: Path, tmp_path: Path) -> None:
    (example / NAME).mkdir()
    for command in (("release", "--cite"), ("release", "--check")):
        outcome = run(example, *command)
        assert outcome.exit_code == 1
        assert outcome.stderr == "Error: CITATION.cff is not a file\n  help: move away what is in its place\n"
    (example / NAME).rmdir()
    (tmp_path / "outside.cff").write_text("title: x\n", encoding="utf-8")
    (example / NAME).symlink_to(tmp_path / "outside.cff")
    assert run(example, "release", "--cite").stderr.startswith("Error: CITATION.cff: ")
    assert (tmp_path / "outside.cff").read_text(encoding="utf-8") == "title: x\n"


def test_that_of_the_real_dossier_is_ours_and_names_it() -> None:
    assert (ROOT / NAME).read_text(encoding="utf-8").startswith("# Written by `dossier release`")
    assert f"site_name: {read(ROOT)['title']}\n" in (ROOT / "mkdocs.yml").read_text(encoding="utf-8")


# cffconvert


def validate(file: Path) -> int:
    """Exit status of the validator, which needs no network."""
    if not VALIDATOR.is_file():
        pytest.skip("cffconvert is not installed; `make test` installs it into .cff/")
    done = subprocess.run([str(VALIDATOR), "--validate", "-i", str(file)], capture_output=True, text=True, check=False)
    return done.returncode


def test_cffconvert_takes_it(full: Path) -> None:
    assert run(full, "release", "--day", "2024-07-01").exit_code == 0
    assert "date-released" in read(full)
    assert [validate(folder / NAME) for folder in (full, ROOT)] == [0, 0]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("authors:\n- name: 'Quay: Sons'\n", ""),
        ("authors:\n- name: 'Quay: Sons'\n", "authors: []\n"),
        ("type: dataset", "type: dossier"),
        ("url: https://ferry", "url: ferry"),
        ("'2024-07-01'", "'in July'"),
    ],
)
def test_cffconvert_refuses_a_poisoned_one(full: Path, replace: Change, old: str, new: str) -> None:
    run(full, "release", "--day", "2024-07-01")
    replace(full / NAME, old, new)
    assert validate(full / NAME) != 0
