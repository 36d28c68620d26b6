"""Setting up: two locks that agree, the small one for readers and writers, and no step without a word on what it brings."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from support.dossiers import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock")
AUDIT_LOCK = "requirements-audit.lock"
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)(.*?) \\$", re.MULTILINE)
FILES = ["Makefile", "pyproject.toml", *LOCKS, AUDIT_LOCK, "tests/editor/package-lock.json"]


def pins(lock: str) -> dict[tuple[str, str], str]:
    """The version of each package, by its name and the machines that it is for."""
    return {(name, marker): version for name, version, marker in PIN.findall((ROOT / lock).read_text(encoding="utf-8"))}


@pytest.mark.parametrize("lock", sorted(path.name for path in ROOT.glob("requirements*.lock")))
def test_each_package_of_a_lock_has_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    entries = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:]
    assert len(entries) == len(pins(lock)) > 10
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_what_the_site_needs_is_in_both_locks_in_one_version() -> None:
    small, large = map(pins, LOCKS)
    assert {key: large.get(key) for key in small} == small


def test_what_only_the_program_s_tests_need_is_not_in_the_small_lock() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    tools = [entry for entry in declared["dependency-groups"]["dev"] if isinstance(entry, str)]
    optional = [*tools, *declared["project"]["optional-dependencies"]["captures"]]
    names = {re.split("[>=<]", entry)[0].lower().replace("_", "-") for entry in optional}
    small, large = ({name for name, _ in pins(lock)} for lock in LOCKS)
    assert names & small == set()
    assert names <= large


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What `make` reads of a repository that nobody has set up yet."""
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def commands(checkout: Path, target: str) -> list[str]:
    """What `make` would run for a target, line by line."""
    # `make quick` runs these tests, and what it hands down would make another make speak of its folder.
    environment = {name: value for name, value in os.environ.items() if name not in ("MAKELEVEL", "MAKEFLAGS", "MFLAGS")}
    outcome = subprocess.run(
        ["make", "--dry-run", target], cwd=checkout, env=environment, capture_output=True, text=True, check=True
    )
    return outcome.stdout.splitlines()


@pytest.mark.parametrize(
    ("target", "locks"),
    [
        *((target, LOCKS[:1]) for target in ("serve", "site", "check")),
        *((target, LOCKS) for target in ("test", "lint", "bench", "fuzz")),
    ],
)
def test_a_command_installs_what_it_needs_and_says_how_much_that_is(checkout: Path, target: str, locks: tuple[str, ...]) -> None:
    run = commands(checkout, target)
    installs = [number for number, command in enumerate(run) if "pip install" in command and "-r " in command]
    assert [run[number].split("-r ")[1] for number in installs] == list(locks)
    for number in installs:
        assert "--require-hashes" in run[number]
        assert re.search(r"echo \".* about \d+ MB to fetch, \d+ MB on disk, .*(?:seconds|minute) …\"", run[number - 1])


def test_what_is_set_up_is_not_set_up_again(checkout: Path) -> None:
    (checkout / ".venv").mkdir()
    for stamp in (".ready", ".tools"):
        (checkout / ".venv" / stamp).touch()
        assert not [command for command in commands(checkout, "check") if "pip install" in command]
    assert not [command for command in commands(checkout, "lint") if "pip install" in command]


@pytest.mark.parametrize("target", ["site", "properdocs", "zensical"])
def test_whichever_host_builds_a_site_its_files_are_held_against_the_manifest(checkout: Path, target: str) -> None:
    verified = [command for command in commands(checkout, target) if "dossier verify" in command]
    assert len(verified) == 2
    assert verified[1] == f"{verified[0]} --manifest"


def test_what_looks_up_vulnerabilities_comes_from_a_lock_of_its_own(checkout: Path) -> None:
    run = commands(checkout, "audit")
    [install] = [command for command in run if "pip install" in command]
    assert install.startswith(".audit/bin/python -m pip install ")
    assert install.endswith(f"--require-hashes -r {AUDIT_LOCK}")
    assert "pip-audit --strict --require-hashes" in run[-1]


def test_all_locks_are_renewed_together(checkout: Path) -> None:
    (checkout / ".audit").mkdir()
    (checkout / ".audit/.ready").touch()
    small, large, audit, cff = commands(checkout, "lock")
    assert cff.endswith("--group cff -o requirements-cff.lock")
    assert audit.endswith(f"--group audit -o {AUDIT_LOCK}")
    assert small.endswith("--extra cards --group setup -o requirements.lock")
    assert "--group dev --extra captures --extra cards --constraints requirements.lock -o requirements-dev.lock" in large
    assert all("--universal --generate-hashes" in command for command in (small, large, audit, cff))
