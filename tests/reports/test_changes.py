"""What a change does to what readers see: each record before and after, in Markdown that nothing in it can break out of."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from dossier.model import markdown
from dossier.reports import changes as module
from dossier.reports.changes import _render_diff_cells, render_change_report
from support.command_line import run
from support.dossiers import read_example

Replace = Callable[[Path, str, str], None]
CLAIM, EVENT = "annotations/claims/april-record.yml", "annotations/events/count-published.yml"
NOTES = "annotations/articles/harbour-gazette-2024-05-02.yml"
SOURCE = "annotations/sources/harbour-office-count.yml"


@pytest.fixture
def before(example: Path, tmp_path: Path) -> Path:
    """A copy of the example as it stood before."""
    return shutil.copytree(example, tmp_path / "before")


def told(before: Path, now: Path) -> str:
    return render_change_report(read_example(before), read_example(now))


def cells(report: str, label: str) -> list[str]:
    """The cells of the row with a label."""
    [row] = [line for line in report.splitlines() if line.startswith(f"| {label} |")]
    return [cell.strip() for cell in row.split("|")[2:-1]]


def test_nothing_changed_is_said(example: Path, before: Path) -> None:
    assert told(before, example) == "## What readers will see\n\nNothing that readers see is changed.\n"


def test_a_voice_that_readers_see_is_compared(example: Path, before: Path, replace: Replace) -> None:
    replace(example / "annotations/voices.yml", "label: Press", "label: Papers")
    report = told(before, example)
    assert "### Voice “press”: changed" in report
    assert cells(report, "Label") == ["<del>Press</del>", "<ins>Papers</ins>"]


def test_lines_broken_elsewhere_and_a_review_change_nothing(example: Path, before: Path, replace: Replace) -> None:
    replace(example / CLAIM, "explanation: |\n", "explanation: >\n")
    replace(example / CLAIM, 'reviewed: "', 'reviewed: "2024-06-01" # "')
    assert "Nothing that readers see" in told(before, example)


def test_a_verdict_is_shown_in_readers_words_before_and_now(example: Path, before: Path, replace: Replace) -> None:
    was = read_example(before).claims["april-record"].verdict
    labels = {name: verdict.label for name, verdict in read_example(before).verdicts.items()}
    now = next(name for name in labels if name != was)
    replace(example / CLAIM, f"verdict: {was}", f"verdict: {now}")
    report = told(before, example)
    claim = read_example(before).claims["april-record"].claim
    assert f"### Claim “{claim}”: changed" in report
    assert f"`{CLAIM}`, line 1" in report
    section = report.partition("### Claim")[2]
    assert f"| Verdict | <del>{labels[was]}</del> | <ins>{labels[now]}</ins> |" in section
    assert "_No correction is given with this change._" in section


def test_notes_that_put_the_claim_as_stated_change_with_it(example: Path, before: Path, replace: Replace) -> None:
    dossier = read_example(before)
    was = dossier.claims["april-record"].verdict
    inheriting = [note for note in dossier.annotations_by_claim["april-record"] if note.stance == "as-stated"]
    assert inheriting
    replace(example / CLAIM, f"verdict: {was}", f"verdict: {next(name for name in dossier.verdicts if name != was)}")
    report = told(before, example)
    assert report.count("### Note on") == len(inheriting)
    assert f"1 claim changed, {len(inheriting)} note" in report
    assert report.count("it takes over its claim's verdict") == len(inheriting)
    assert report.count("_No correction is given with this change._") == 1


def test_a_correction_stands_below_what_it_corrects(example: Path, before: Path, replace: Replace) -> None:
    summary = read_example(before).claims["april-record"].summary
    text = (example / CLAIM).read_text(encoding="utf-8")
    assert "corrections:" not in text
    text = text.replace(f"summary: {summary}", "summary: The office counted otherwise.")
    text += 'corrections: [{date: "2024-06-01", kind: correction, was: A *b*, now: C, reason: We | misread.}]\n'
    (example / CLAIM).write_text(text, encoding="utf-8")
    report = told(before, example)
    assert "**Correction of 1 June 2024**\n\n- It said: A \\*b\\*\n- It now says: C\n- Reason: We \\| misread." in report
    assert "No correction" not in report


CORRECTION = 'corrections: [{date: "2024-06-01", kind: correction, was: A, now: B, reason: "C. @x"}]\n'


@pytest.mark.parametrize("gone", [True, False])
def test_a_correction_that_comes_or_goes_alone_is_a_change(example: Path, before: Path, gone: bool) -> None:
    root = before if gone else example
    (root / CLAIM).write_text((root / CLAIM).read_text(encoding="utf-8") + CORRECTION, encoding="utf-8")
    report = told(before, example)
    assert "**1 claim changed.**" in report
    manner = ", which readers will no longer see" if gone else ""
    assert f"line 1\n\n\n**Correction of 1 June 2024{manner}**\n\n- It said: A\n- It now says: B\n- Reason: C. @x\n" in report
    assert "No correction" not in report
    assert "| |" not in report


def test_a_voice_is_a_thing_that_readers_see(example: Path, before: Path, replace: Replace) -> None:
    voice = next(iter(read_example(before).voices.values()))
    replace(example / "annotations/voices.yml", f"label: {voice.label}", "label: Another voice")
    assert f"### Voice “{voice.id}”: changed" in told(before, example)


def test_what_is_new_and_what_is_gone_is_shown_whole(example: Path, before: Path) -> None:
    (before / EVENT).unlink()
    (example / SOURCE).rename(example / "annotations/sources/other-count.yml")
    report = told(before, example)
    event, source = read_example(example).events["count-published"], read_example(before).sources["harbour-office-count"]
    assert f"### Event “{event.title}”: new" in report
    assert f"### Source “{source.title}”: removed" in report
    assert f"It stood in `{SOURCE}`." in report
    assert f"### Source “{source.title}”: new" in report
    assert "1 event new, 1 source new, 1 source removed" in report


def test_a_draft_is_said_to_be_unseen(example: Path, before: Path) -> None:
    with (example / EVENT).open("a", encoding="utf-8") as file:
        file.write("status: draft\n")
    report = told(before, example)
    assert "· **draft**: readers do not see it" in report
    assert cells(report, "Status") == ["–", "draft"]


def test_what_cannot_be_read_is_not_called_removed(example: Path, before: Path) -> None:
    (example / CLAIM).write_text("claim: [", encoding="utf-8")
    report = told(before, example)
    assert f"- `{CLAIM}` cannot be read now" in report
    assert "removed" not in report


def test_pages_written_by_hand_are_named(example: Path, before: Path) -> None:
    (example / "docs/new.md").write_text("# New\n", encoding="utf-8")
    (example / "docs/index.md").write_text("# Other\n", encoding="utf-8")
    report = told(before, example)
    assert "- The page `docs/index.md` is changed.\n- The page `docs/new.md` is new." in report


def test_a_name_changes_only_where_it_is_given(example: Path, before: Path, replace: Replace) -> None:
    parties = read_example(before).parties
    name = next(iter(parties.values())).name
    replace(example / "annotations/parties.yml", f"name: {name}", "name: Another Name")
    assert told(before, example).count("### ") == 1


def test_many_changes_are_listed_when_they_are_not_shown(
    example: Path, before: Path, replace: Replace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_DETAILED_CHANGES", 1)
    (before / EVENT).unlink()
    (before / SOURCE).unlink()
    report = told(before, example)
    assert "### And 1 more\n\n- Source “" in report
    assert report.count("| Title |") == 1


def test_a_report_that_the_forge_would_refuse_is_cut(example: Path, before: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "MAX_SUMMARY_BYTES", 300)
    (before / SOURCE).unlink()
    report = told(before, example)
    assert "**1 source new.**" in report
    assert report.endswith("\n\n**The rest is left out**, since it is longer than the forge shows.\n")
    assert len(report.encode()) < 400


def test_words_that_differ_are_marked_and_the_rest_is_cut() -> None:
    words = " ".join(f"w{number}" for number in range(100))
    left, right = _render_diff_cells(f"{words} old {words}", f"{words} new {words}")
    assert left.split()[0] == "…"
    assert "w99 <del>old</del> w0" in left
    assert "w99 <ins>new</ins> w0" in right
    assert len(right.split()) < 40


@settings(deadline=None)
@given(st.text(), st.text())
def test_nothing_that_is_written_breaks_out_of_its_cell(was: str, now: str) -> None:
    left, right = _render_diff_cells(was, now)
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(f"| | a | b |\n|-|-|-|\n| x | {left} | {right} |\n")
    assert html.count("<tr>") == 2
    assert html.count("<td>") == 3
    assert not {"<a ", "<img", "<script", "<code", "<em", "<strong"} & set(html.replace('<a href="http', "").split())


@pytest.fixture
def repository(example: Path) -> Path:
    """The example in a git repository, with one commit."""
    for command in (["init", "-q"], ["add", "-A"], ["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "a"]):
        subprocess.run(["git", *command], cwd=example, check=True)
    return example


def test_the_command_compares_with_a_commit(repository: Path, replace: Replace) -> None:
    title = read_example(repository).events["count-published"].title
    replace(repository / EVENT, f"title: {title}", "title: Another title")
    result = run(repository, "changes", "--since", "HEAD")
    assert result.exit_code == 0
    assert "**1 event changed.**" in result.stdout


def test_no_file_is_changed_unseen(repository: Path) -> None:
    files = [file for file in sorted(repository.rglob("*")) if file.suffix in (".yml", ".md", ".lock", ".json")]
    for file in files:
        with file.open("a", encoding="utf-8") as stream:
            stream.write("\n# A change\n" if file.suffix == ".yml" else "\nA change.\n")
    (repository / "docs/new.js").write_text("alert(1)", encoding="utf-8")
    report = run(repository, "changes", "--since", "HEAD").stdout
    names = [file.relative_to(repository).as_posix() for file in files] + ["docs/new.js"]
    assert "mkdocs.yml" in names
    assert [name for name in names if f"`{name}`" not in report] == []
    assert "- Changed too, in what is not compared here: `annotations/articles/" in report


def test_many_files_are_counted(example: Path) -> None:
    dossier = read_example(example)
    report = render_change_report(dossier, dossier, [f"`{number:02}.js" for number in range(52)])
    assert "`'00.js`, `'01.js`" in report
    assert report.endswith("`'49.js` and 2 more.\n")


def test_what_others_have_changed_meanwhile_is_not_told(repository: Path) -> None:
    subprocess.run(["git", "checkout", "-q", "-b", "theirs"], cwd=repository, check=True)
    (repository / EVENT).unlink()
    subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qam", "b"], cwd=repository, check=True
    )
    subprocess.run(["git", "checkout", "-q", "-"], cwd=repository, check=True)
    assert "Nothing that readers see is changed." in run(repository, "changes", "--since", "theirs").stdout


def test_without_a_branch_on_a_forge_the_branch_here_is_compared(repository: Path, replace: Replace) -> None:
    subprocess.run(["git", "branch", "-q", "-M", "main"], cwd=repository, check=True)
    replace(repository / EVENT, "kind: release", "kind: report")
    result = run(repository, "changes")
    assert (result.exit_code, "**1 event changed.**" in result.stdout) == (0, True)
    assert result.stderr == "There is no origin/main here: compared with main. `--since` names another branch or commit.\n"
    subprocess.run(["git", "update-ref", "refs/remotes/origin/main", "HEAD"], cwd=repository, check=True)
    assert run(repository, "changes").stderr == ""
    subprocess.run(["git", "update-ref", "-d", "refs/remotes/origin/main"], cwd=repository, check=True)
    subprocess.run(["git", "branch", "-q", "-M", "trunk"], cwd=repository, check=True)
    assert "compared with HEAD." in run(repository, "changes").stderr


def test_before_the_first_commit_that_is_said(example: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=example, check=True)
    result = run(example, "changes")
    assert (result.exit_code, "help: commit once" in result.stderr) == (1, True)


def test_an_unknown_commit_is_told(repository: Path) -> None:
    result = run(repository, "changes", "--since", "nowhere")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "there is no commit 'nowhere' in this repository" in result.stderr
    assert "`--since main`" in result.stderr
