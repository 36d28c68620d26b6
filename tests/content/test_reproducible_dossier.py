"""The real dossier: its site is the same bytes on two machines, from a clean commit, and its sitemap is valid."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from dossier.model.site.build_manifest import BUILD_MANIFEST_PATH
from support.command_line import run
from support.dossiers import CAPTURES, ROOT, commit_all
from support.machines import ELSEWHERE, HERE, age_files, list_differences, read_all, run_on
from support.sitemaps import list_sitemap_faults

FILES = ("docs", "annotations", "mkdocs.yml", "dossier.lock", "published.json")


@pytest.mark.site
def test_the_dossier_becomes_the_same_bytes_on_two_machines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    one, other = tmp_path / "a", tmp_path / "ein anderer Ort"
    one.mkdir()
    for name in FILES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, one / name)
        elif (ROOT / name).exists():
            shutil.copy(ROOT / name, one)
    commit_all(one)
    shutil.copytree(one, other)
    age_files(other)
    captures = (ROOT / CAPTURES).resolve()
    at_hand = {"DOSSIER_CAPTURES": str(captures)} if captures.is_dir() else {}  # only one of them is an editor's
    for machine, root, private in ((HERE, one, at_hand), (ELSEWHERE, other, {})):
        run_on(machine, root, "-m", "mkdocs", "build", SITE_URL="https://dossier.example/", DOSSIER_PENDING="true", **private)
    made = read_all(one / "site")
    assert list_differences(made, read_all(other / "site")) == []
    manifest = json.loads(made[BUILD_MANIFEST_PATH])
    assert len(manifest["files"]) == len(made) - 1 > 500
    assert manifest["swhids"][0].removeprefix("swh:1:rev:") in made["about/index.html"].decode()
    assert run(other, "verify", "site", "--manifest").exit_code == 0
    assert list_sitemap_faults(made["sitemap.xml"]) == []
