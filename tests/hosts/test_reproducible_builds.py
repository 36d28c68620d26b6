"""The same commit is the same site, byte for byte, on two paths, days, time zones, hash seeds, umasks and orders of folders."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier.model.site.build_manifest import BUILD_MANIFEST_PATH
from support.dossiers import commit_all, make_example
from support.machines import ELSEWHERE, HERE, age_files, list_differences, read_all, run_on
from support.previewing import Preview

Replace = Callable[[Path, str, str], None]
MKDOCS = ("-m", "mkdocs", "build", "--strict")


@pytest.fixture
def two_clones(example: Path, replace: Replace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> tuple[Path, Path]:
    """The example with an address, at one commit in two folders; only the first has captures, which no repository has."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    replace(example / "mkdocs.yml", "site_name", "site_url: https://ferry.example/\nsite_name")
    (example / "docs/über.md").write_text("# About\n\n<!-- dossier: responsible -->\n", encoding="utf-8")
    replace(example / "mkdocs.yml", "nav:", "nav:\n  - über.md")
    (example / ".gitignore").write_text("originals/\n", encoding="utf-8")
    commit_all(example)
    one, other = tmp_path / "a", tmp_path / "auf dem Weg" / "über B"
    for folder in (one, other):
        shutil.copytree(example, folder)
    shutil.rmtree(other / "originals")
    age_files(other)
    return one, other


def head_of(root: Path) -> str:
    return subprocess.run(["git", "rev-parse", "HEAD"], cwd=root, check=True, capture_output=True, text=True).stdout.strip()


@pytest.mark.site
def test_a_commit_becomes_the_same_bytes_on_two_machines(two_clones: tuple[Path, Path]) -> None:
    one, other = two_clones
    run_on(HERE, one, *MKDOCS)
    run_on(ELSEWHERE, other, *MKDOCS)
    made = read_all(one / "site")
    assert list_differences(made, read_all(other / "site")) == []
    assert sum("pagefind/" in path for path in made) > 20
    assert {"sitemap.xml.gz", BUILD_MANIFEST_PATH, "corrections.xml"} <= made.keys()
    manifest = json.loads(made[BUILD_MANIFEST_PATH])
    assert manifest["commit"] == head_of(one)
    assert manifest["files"].keys() == made.keys() - {BUILD_MANIFEST_PATH}
    assert f"swh:1:rev:{manifest['commit']}" in made["über/index.html"].decode()


@pytest.mark.site
def test_a_build_over_an_older_site_is_the_same_as_a_first_one(two_clones: tuple[Path, Path], tmp_path: Path) -> None:
    one, _ = two_clones
    run_on(HERE, one, *MKDOCS)
    first = read_all(one / "site")
    run_on(ELSEWHERE, one, *MKDOCS)
    assert list_differences(first, read_all(one / "site")) == []
    shutil.rmtree(one / "site")
    run_on(HERE, one, *MKDOCS, "--site-dir", str(tmp_path / "apart"), SOURCE_DATE_EPOCH="0")
    assert list_differences(first, read_all(tmp_path / "apart")) == []


@pytest.mark.site
def test_a_page_that_says_the_hour_of_the_build_would_be_found(two_clones: tuple[Path, Path]) -> None:
    for machine, root in zip((HERE, ELSEWHERE), two_clones, strict=True):
        config = (root / "mkdocs.yml").read_text(encoding="utf-8")
        (root / "mkdocs.yml").write_text(config.replace("font: false", "font: false, custom_dir: own"), encoding="utf-8")
        (root / "own").mkdir()
        (root / "own/main.html").write_text(
            '{% extends "base.html" %}{% block footer %}{{ build_date_utc }}{% endblock %}', encoding="utf-8"
        )
        run_on(machine, root, "-m", "mkdocs", "build")
    differing = list_differences(*(read_all(root / "site") for root in two_clones))
    assert {"claims/april-record/index.html", BUILD_MANIFEST_PATH} <= set(differing)


@pytest.mark.site
def test_a_preview_is_of_no_commit_and_has_no_manifest(two_clones: tuple[Path, Path]) -> None:
    """It shows drafts and captures, and the files as they are being changed."""
    running = Preview(two_clones[0])
    try:
        page = running.wait("%C3%BCber/", "Nobody is named.")
        assert "swh:" not in page
        assert head_of(two_clones[0])[:12] not in page
        assert running.get(BUILD_MANIFEST_PATH) == ""
        assert [file for folder in running.list_folders() for file in folder.rglob(BUILD_MANIFEST_PATH)] == []
    finally:
        running.end()


@pytest.mark.slow
def test_the_pages_of_a_commit_are_the_same_on_two_machines(two_clones: tuple[Path, Path]) -> None:
    one, other = two_clones
    run_on(HERE, one, "-m", "dossier", "pages", "built")
    run_on(ELSEWHERE, other, "-m", "dossier", "pages", "built")
    made = read_all(one / "built")
    assert list_differences(made, read_all(other / "built")) == []
    assert head_of(one) in made["docs/über/index.md"].decode()


@pytest.mark.slow
def test_the_lock_of_a_dossier_is_the_same_on_two_machines(tmp_path: Path) -> None:
    locks = []
    for number, machine in enumerate((HERE, ELSEWHERE)):
        root = make_example(tmp_path / f"{number}", lock=False)
        run_on(machine, root, "-m", "dossier", "lock")
        locks.append((root / "dossier.lock").read_bytes())
    assert locks[0] == locks[1]


@pytest.mark.slow
def test_the_machines_differ(tmp_path: Path) -> None:
    """What makes the second one another takes effect, or the tests above prove nothing."""
    for name in ("a", "b"):
        (tmp_path / name).touch()
    script = (
        "import datetime, json, os, time; "
        "print(json.dumps([datetime.date.today().year, datetime.datetime.now(datetime.UTC).year, time.gmtime().tm_year, "
        "time.tzname, os.listdir('.'), [entry.name for entry in os.scandir('.')], hash('a'), os.umask(0)]))"
    )
    here, elsewhere = (json.loads(run_on(machine, tmp_path, "-c", script)) for machine in (HERE, ELSEWHERE))
    assert [place for place, (one, other) in enumerate(zip(here, elsewhere, strict=True)) if one == other] == []
    assert elsewhere[4] == elsewhere[5] == ["b", "a"]
