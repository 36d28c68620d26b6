"""The commands of `docs/editors.md`, typed as they stand there, in scratch repositories with a forge and a fork of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from dossier.authoring.record_template import DIGEST_PLACEHOLDER
from support.dossiers import ROOT, commit_all, make_example

GUIDE = (ROOT / "docs/editors.md").read_text(encoding="utf-8")
TYPED = re.compile(r"^```\n(.*?)^```$|`((?:git|dossier|make|\.venv/bin/python) [^`\n]+)`", re.MULTILINE | re.DOTALL)
GAZETTE = "harbour-gazette-2024-05-02"
NOTES = f"annotations/articles/{GAZETTE}.yml"
NOTE = "- {id: crew, quote: {words}, speaker: text, note: They do.}\n"
PAGE = """<html lang="en"><head><title>The ferry stops</title><meta property="article:published_time" content="2024-06-01">
</head><body><article><h1>The ferry stops</h1>
<p>The island ferry stops in winter, said the harbour office, and these are words to quote in a note on what it said.</p>
<p>The crew of the ferry was not asked, and neither were those who live on the island all the year round.</p>
</article></body></html>"""


def read_section(heading: str) -> list[str]:
    """What a section of the guide has people type, in order: lines of blocks, and commands between backticks."""
    _, _, rest = GUIDE.partition(f"\n## {heading}\n")
    assert rest, f"the guide has no section {heading!r}"
    found = TYPED.findall(rest.partition("\n## ")[0])
    return [line for block, span in found for line in (block.splitlines() if block else [span])]


@dataclass
class Desk:
    """An editor's clone beside the forge's repository, a contributor's fork, and the captures."""

    folder: Path
    names: Mapping[str, str]
    """What stands in the guide for something of this machine, and what it is here."""

    @property
    def clone(self) -> Path:
        return self.folder / "clone"

    def type(self, command: str) -> subprocess.CompletedProcess[str]:
        """Type a command of the guide in the clone."""
        for name, here in self.names.items():
            command = command.replace(name, here)
        return subprocess.run(
            ["bash", "-c", command], cwd=self.clone, env=self.environment(), capture_output=True, text=True, check=False
        )

    def run(self, *commands: str) -> str:
        """Type commands that all succeed; what the last one printed."""
        printed = ""
        for command in commands:
            outcome = self.type(command)
            assert outcome.returncode == 0, f"{command}\n{outcome.stdout}{outcome.stderr}"
            printed = outcome.stdout
        return printed

    def environment(self) -> dict[str, str]:
        return {
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "HOME": str(self.folder),
            "DOSSIER_CAPTURES": str(self.folder / "captures"),
            "PIP_NO_INDEX": "1",
            **{f"GIT_{who}_{what}": "editor" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
        }


def fill(file: Path, old: str, new: str) -> None:
    """Write behind a key that is open, or in place of what is to be replaced."""
    text = file.read_text(encoding="utf-8")
    assert len(re.findall(rf"^ *{re.escape(old)}$", text, re.MULTILINE)) == 1, text
    file.write_text(re.sub(rf"^( *){re.escape(old)}$", rf"\g<1>{new}", text, flags=re.MULTILINE), encoding="utf-8")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A forge with `main` and proposal 12, which quotes the article wrongly; the fork it comes from; a clone of the forge."""
    source = make_example(tmp_path / "source")
    (source / "originals").rename(tmp_path / "captures")
    (source / "Makefile").write_text("check:\n\tdossier check\n", encoding="utf-8")
    commit_all(source)
    names = {
        "telegraph-2021-03-26": GAZETTE,
        "one in ten instances": "crew disputes the record",
        "https://github.com/their-name/dossier": str(tmp_path / "fork.git"),
        "/media/backup/captures": str(tmp_path / "captures"),
        ".venv/bin/python": sys.executable,
    }
    desk = Desk(tmp_path, names)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/dossier").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m dossier "$@"\n', encoding="utf-8")
    (tmp_path / "bin/dossier").chmod(0o755)
    shutil.copytree(source, tmp_path / "clone")
    desk.run("git init --quiet --bare ../forge.git", "git init --quiet --bare ../fork.git")
    desk.run("git remote add origin ../forge.git", "git push --quiet origin main", "git checkout --quiet -b theirs")
    with (desk.clone / NOTES).open("a", encoding="utf-8") as file:
        file.write(NOTE.replace("{words}", "crew doubts the record"))
    desk.run('git commit --quiet --all -m "A note"', "git push --quiet ../fork.git theirs:their-branch")
    desk.run("git push --quiet origin theirs:refs/pull/12/head", "git checkout --quiet main", "git branch --quiet -D theirs")
    return desk


def test_a_proposal_is_shown_by_the_editor_s_own_program(desk: Desk) -> None:
    assert "**1 note new.**" in desk.run(*read_section("Review a proposal"))


@pytest.mark.slow
def test_a_quotation_is_corrected_and_locked_on_the_contributor_s_branch(desk: Desk) -> None:
    typed = read_section("Lock quotations on a contributor's branch")
    lock = next(number for number, command in enumerate(typed) if command.split()[-2:-1] == ["lock"])
    end = next(number for number, command in enumerate(typed) if "worktree remove" in command)
    desk.run(*typed[:lock])
    assert "quote-absent" in desk.type(typed[lock]).stdout
    notes = desk.folder / "proposal-12" / NOTES
    notes.write_text(notes.read_text(encoding="utf-8").replace("crew doubts", "crew disputes"), encoding="utf-8")
    ours, look_up, lock_sources = typed[end + 1 :]
    desk.run(*typed[lock:end], ours, typed[end])
    for repository, branch in (("fork", "their-branch"), ("forge", "proposal-12")):
        files = {
            path: desk.run(f"git -C ../{repository}.git show refs/heads/{branch}:{path}") for path in (NOTES, "dossier.lock")
        }
        assert "crew disputes the record" in files[NOTES]
        assert '"crew"' in files["dossier.lock"]
    assert "id: crew-disputes-the-record" in desk.run(look_up)
    assert "dossier.lock" in desk.run(lock_sources)


@pytest.mark.slow
def test_a_new_article_is_taken_in(desk: Desk) -> None:
    page = desk.folder / "Downloads/page.html"
    page.parent.mkdir()
    page.write_text(PAGE, encoding="utf-8")
    install, begin, party, convert, note, lock, check = read_section("Take in a new article")
    assert "2  paragraph  The island ferry stops" in desk.run(install, begin, convert)
    desk.run(note, party)
    record, notes = (
        desk.clone / folder / f"gazette-2024-05-02.{end}"
        for folder, end in (("docs/articles", "md"), ("annotations/articles", "yml"))
    )
    fill(record, DIGEST_PLACEHOLDER, "The office speaks of [“words to quote”](#words-to-quote).")
    parties = desk.clone / "annotations/parties.yml"
    fill(record, "publisher: not-established", "publisher: gazette")
    fill(parties, "role:", "role: Local newspaper")
    fill(notes, "speaker:", "speaker: text")
    fill(notes, "note:", "note: The office said so in June.")
    for file in (record, notes, parties):
        fill(file, "status: draft", "status: published")
    desk.run(lock)
    assert desk.run(check).endswith("0 errors, 0 notices\n")
    assert (desk.folder / "captures/gazette-2024-05-02.html").read_text(encoding="utf-8") == PAGE


def test_a_copy_of_the_captures_is_compared(desk: Desk) -> None:
    first, replaced = read_section("Keep the saved copies")[0], read_section("Keep the saved copies")[-1]
    assert "absent   0   cannot check   0" in desk.run(first)
    desk.run(replaced)


def test_the_first_release_is_committed_like_any_other(desk: Desk) -> None:
    desk.run(*read_section("Release"))
    assert desk.run("git status --porcelain") == ""
    assert '"claims/' in desk.run("git show HEAD:published.json")
