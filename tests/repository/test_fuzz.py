"""Hostile input, in small: some rounds of the campaign, a lock that is killed while it is written, and links that lead out."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from dossier.checks import check_dossier
from dossier.loading import read_dossier
from dossier.loading.lock import update_lock, write_lock
from dossier.model import LOCK_FILE_NAME
from dossier.model.quotations.capture import Lock
from dossier.pages import build_pages
from support.dossiers import ROOT, read_example
from support.fuzz.base import make_base
from support.fuzz.file_ways import SECRET

ROUNDS, BUILDS = 40, 6
NOTES = "annotations/articles/harbour-gazette-2024-05-02.yml"
KINDS = ["annotations/claims/april-record.yml", "annotations/parties.yml", "docs/articles/island-digest.md", NOTES]
KILLER = """
import os, random, signal, sys, time
from pathlib import Path
from dossier.loading.lock import read_lock, write_lock
old, new, lock = (Path(name) for name in sys.argv[1:])
locks, whole, rng = [read_lock(old)[0], read_lock(new)[0]], {old.read_bytes(), new.read_bytes()}, random.Random(20)
for kill in range(20):
    if not (writer := os.fork()):
        while True:
            for articles in locks:
                write_lock(lock, articles)
    time.sleep(rng.uniform(0.001, 0.03))
    os.kill(writer, signal.SIGKILL)
    os.waitpid(writer, 0)
    assert lock.read_bytes() in whole, lock.read_bytes()
    assert read_lock(lock)[1] == []
"""


def test_what_is_spoilt_is_a_dossier_without_problems(tmp_path: Path) -> None:
    assert check_dossier(read_dossier(make_base(tmp_path / "base"))) == []


@pytest.mark.slow
def test_a_small_campaign_finds_nothing() -> None:
    outcome = run_campaign("--rounds", str(ROUNDS), "--build-every", "0")
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


@pytest.mark.slow
@pytest.mark.site
def test_a_small_campaign_of_builds_finds_nothing() -> None:
    outcome = run_campaign("--rounds", str(BUILDS), "--build-every", "1")
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


@pytest.mark.slow
def test_a_round_is_played_again_alone() -> None:
    alone = run_campaign("--round", "1", "--build-every", "0")
    assert "0 of 1 rounds failed" in alone.stdout, alone.stdout + alone.stderr


@pytest.mark.slow
def test_a_killed_lock_is_the_old_one_or_the_new_one(example: Path, tmp_path: Path) -> None:
    old, new, lock = tmp_path / "old", tmp_path / "new", example / LOCK_FILE_NAME
    dossier = read_example(example)
    write_lock(old, update_lock(dossier))
    renewed = update_lock(dossier)
    write_lock(new, replace(renewed, articles={"island-digest": renewed.articles["island-digest"]}))
    assert old.read_bytes() != new.read_bytes()
    outcome = subprocess.run([sys.executable, "-c", KILLER, old, new, lock], capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stderr
    assert lock.read_bytes() in (old.read_bytes(), new.read_bytes())


def test_what_a_kill_leaves_beside_the_lock_is_no_record_and_no_problem(example: Path) -> None:
    (example / f".{LOCK_FILE_NAME}.abcd").write_text("{", encoding="utf-8")
    assert check_dossier(read_example(example)) == []


def test_a_lock_that_is_a_link_is_not_written_through(example: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.lock"
    (example / LOCK_FILE_NAME).rename(outside)
    (example / LOCK_FILE_NAME).symlink_to(outside)
    before = (outside.read_bytes(), outside.stat().st_mtime_ns)
    write_lock(example / LOCK_FILE_NAME, Lock())
    assert (outside.read_bytes(), outside.stat().st_mtime_ns) == before
    assert not (example / LOCK_FILE_NAME).is_symlink()


@pytest.mark.parametrize("name", ["../x", "/etc/x", "..", "a/../../x", "%2e%2e", "a\\..\\x"])
@pytest.mark.parametrize("key", ["speaker", "claim", "id"])
def test_an_id_that_leads_out_is_refused(example: Path, key: str, name: str) -> None:
    text = (example / NOTES).read_text(encoding="utf-8")
    (example / NOTES).write_text(
        re.sub(rf"(?m)({key}: ).*$", lambda found: f"{found[1]}'{name}'", text, count=1), encoding="utf-8"
    )
    dossier = read_example(example)
    assert {problem.rule for problem in dossier.problems} == {"wrong-id"}
    assert not [page.url for page in build_pages(dossier, preview=True) if ".." in page.url or page.url.startswith("/")]


@pytest.mark.parametrize("file", KINDS)
def test_a_record_that_is_a_link_out_of_the_project_is_not_read(example: Path, tmp_path: Path, file: str) -> None:
    outside = tmp_path / "outside"
    outside.write_text((example / file).read_text(encoding="utf-8").replace(" the ", f" {SECRET} "), encoding="utf-8")
    (example / file).unlink()
    (example / file).symlink_to(outside)
    dossier = read_example(example)
    assert SECRET not in "".join(page.content_html for page in build_pages(dossier, preview=True))
    assert file in {problem.location.path for problem in dossier.problems}


def run_campaign(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the campaign as `make fuzz` does."""
    command = [sys.executable, "-m", "support.fuzz", "--seed", "20240502", *arguments]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
