"""Without the extra `captures` everything works but saved web pages, and each command says how to read those too."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from dossier.captures.html_extra import CAPTURES_REQUIREMENT
from support.dossiers import ROOT

EXTRA = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]["captures"]
LIBRARIES = [requirement.partition(">")[0] for requirement in EXTRA]
BLOCKED = f"""
import sys
for library in {LIBRARIES}:
    sys.modules[library] = None
from dossier.cli import main
main(prog_name="dossier")
"""
"""The program where no library of the extra can be imported."""

INSTALL = f"-m pip install '{CAPTURES_REQUIREMENT}'"
GAZETTE = "harbour-gazette-2024-05-02"
PAGE = "<html><head><title>The ferry</title></head><body><p>The ferry carried 4,120 passengers in April.</p></body></html>"


def run_without_extra(root: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", BLOCKED, *map(str, arguments)],
        cwd=root,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "ferry-2024-06-01.html"
    file.write_text(PAGE, encoding="utf-8")
    return file


def test_the_extra_holds_what_reads_pages() -> None:
    assert LIBRARIES == ["justhtml", "lxml", "lxml_html_clean", "trafilatura", "webencodings"]


@pytest.mark.parametrize("arguments", [["convert"], ["convert", "--record"], ["new", "article"]], ids=" ".join)
def test_a_saved_page_is_answered_with_the_command_that_installs_what_reads_it(
    example: Path, page: Path, arguments: list[str]
) -> None:
    files = sorted(example.rglob("*"))
    outcome = run_without_extra(example, *arguments, page)
    assert (outcome.returncode, outcome.stdout) == (1, "")
    assert outcome.stderr.startswith("Error: reading saved web pages needs libraries that are not installed (")
    assert f"help: install them with `{sys.executable} {INSTALL}`\n" in outcome.stderr
    assert len(outcome.stderr.splitlines()) == 2
    assert sorted(example.rglob("*")) == files


def test_a_page_among_the_captures_is_a_problem_of_its_article(example: Path) -> None:
    (example / f"originals/{GAZETTE}.txt").rename(example / f"originals/{GAZETTE}.html")
    outcome = run_without_extra(example, "check")
    assert outcome.returncode == 1
    assert f"docs/articles/{GAZETTE}.md:2:1: the capture of {GAZETTE} cannot be read: reading saved web pages" in outcome.stdout
    assert INSTALL in outcome.stdout
    assert outcome.stderr == ""


def test_texts_are_read_without_the_extra(example: Path, tmp_path: Path) -> None:
    text = tmp_path / "ferry-2024-06-01.txt"
    text.write_text("The ferry carried 4,120 passengers in April.\n", encoding="utf-8")
    for arguments, printed in [
        (["check"], "0 errors, 0 notices\n"),
        (["lock", "--check"], f"{GAZETTE}"),
        (["convert", str(text)], "   1  paragraph  The ferry carried"),
        (["convert", str(text), "--record"], "---\ntitle: not-established\n"),
        (["new", "article", str(text), "--id", "ferry"], "docs/articles/ferry.md was written.\n"),
    ]:
        outcome = run_without_extra(example, *arguments)
        assert (outcome.returncode, outcome.stderr.count("Error")) == (0, 0), outcome.stderr
        assert outcome.stdout.startswith(printed)
