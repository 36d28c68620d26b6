"""What the forge runs and shows: actions pinned, least permissions, no way in for strangers, forms that can be filled in."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml

from dossier.cli import main
from dossier.model import Dossier
from dossier.model.records import Annotation
from dossier.model.settings import Settings
from dossier.model.site.build_manifest import BUILD_MANIFEST_PATH
from dossier.model.site.revision import Revision
from dossier.output.build_manifest import write_build_manifest
from dossier.pages.forge_links import ERROR_FORM_TEMPLATE, build_report_url
from support.dossiers import ROOT, make_example, run_mkdocs
from support.steps import KEYS, WORKFLOWS, Job, UnsupportedStepError, Workflow, read_workflow

Replace = Callable[[Path, str, str], None]
FILES = sorted(WORKFLOWS.iterdir())
ALL = {file.stem: read_workflow(file) for file in FILES}
FORMS = sorted(file for file in (ROOT / ".github/ISSUE_TEMPLATE").iterdir() if file.name != "config.yml")
each_form = pytest.mark.parametrize("file", FORMS, ids=lambda file: file.stem)


def jobs() -> Iterator[tuple[str, Workflow]]:
    for name, workflow in ALL.items():
        for job, content in workflow["jobs"].items():
            yield f"{name}/{job}", content


def steps() -> Iterator[tuple[str, Workflow]]:
    for name, job in jobs():
        for step in job.get("steps", []):
            yield f"{name}: {step.get('name', step.get('uses'))}", step


def test_an_action_is_at_one_commit_everywhere() -> None:
    """That it is at a commit at all, and no expression stands in a script, is zizmor's to say."""
    texts = [file.read_text(encoding="utf-8") for file in FILES]
    used = {use for text in texts for use in re.findall(r"uses: (?!\./)(.+)", text)}
    assert len(used) == len({use.partition("@")[0] for use in used}) > 5
    assert [use for use in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v[\d.]+", use)] == []


def test_permissions_are_the_least() -> None:
    assert ALL["check"]["permissions"] == {"contents": "read"}
    assert (
        ALL["publish"]["permissions"]
        == ALL["links"]["permissions"]
        == ALL["audit"]["permissions"]
        == ALL["renew"]["permissions"]
        == {}
    )
    assert {name: job["permissions"] for name, job in jobs() if "permissions" in job} == {
        "publish/check": {"contents": "read"},
        "publish/build": {"contents": "read", "pages": "read"},
        "publish/attest": {"id-token": "write", "attestations": "write"},
        "publish/deploy": {"pages": "write", "id-token": "write"},
        "links/links": {"contents": "read", "issues": "write"},
        "audit/audit": {"contents": "read", "issues": "write"},
        "renew/renew": {"contents": "read", "issues": "write"},
    }


def test_a_pull_request_meets_no_secret_and_no_right_of_its_base() -> None:
    assert set(ALL["check"]["on"]) == {"pull_request", "workflow_call"}
    for file in FILES:
        text = file.read_text(encoding="utf-8")
        assert "secrets" not in text
    assert "token" not in (WORKFLOWS / "check.yml").read_text(encoding="utf-8")


def test_no_checkout_leaves_its_token_behind() -> None:
    found = [step for _, step in steps() if step.get("uses", "").startswith("actions/checkout@")]
    assert found
    assert all(step["with"]["persist-credentials"] == "false" for step in found)


def test_every_job_ends_in_time_and_no_workflow_waits_for_itself() -> None:
    assert [name for name, job in jobs() if "steps" in job and "timeout-minutes" not in job] == []
    assert len({workflow["concurrency"]["group"] for workflow in ALL.values()}) == len(ALL)


def test_main_is_published_only_after_every_check() -> None:
    publish = ALL["publish"]
    assert publish["on"]["push"] == {"branches": ["main"]}
    made = publish["jobs"]
    assert made["check"]["uses"].split(" ")[0] == "./.github/workflows/check.yml"
    assert (made["build"]["needs"], made["deploy"]["needs"]) == ("check", "build")
    assert made["build"]["if"] == "${{ github.ref == 'refs/heads/main' }}"
    site = next(step for step in made["build"]["steps"] if step.get("run") == "make site")
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert [name for name in site["env"] if f"[{name}, " not in config] == []
    assert "DOSSIER_PENDING" not in json.dumps(publish)
    [checkout] = [step["with"] for step in made["build"]["steps"] if step.get("uses", "").startswith("actions/checkout@")]
    assert checkout["fetch-depth"] == "0"
    assert set(ALL["check"]["jobs"]) == {"content", "quotations", "program", "site", "properdocs", "zensical"}


def test_what_is_published_is_signed_by_a_job_that_runs_nothing_else(tmp_path: Path) -> None:
    made = ALL["publish"]["jobs"]
    [signed] = made["attest"]["steps"]
    assert (made["attest"]["needs"], signed["with"]["subject-name"]) == ("build", BUILD_MANIFEST_PATH)
    assert signed["with"]["subject-digest"] == "${{ needs.build.outputs.manifest }}"
    assert made["build"]["outputs"] == {"manifest": "${{ steps.manifest.outputs.digest }}"}
    names = [step.get("id") or step.get("run") or step["uses"].partition("@")[0] for step in made["build"]["steps"]]
    assert names.index("make site") < names.index("manifest") < names.index("actions/upload-pages-artifact")
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    (tmp_path / "site").mkdir()
    (tmp_path / "a.txt").rename(tmp_path / "site/a.txt")
    step = {"jobs": {"build": {"steps": [step for step in made["build"]["steps"] if step.get("id") == "manifest"]}}}
    for revision, has_failed in ((Revision("1" * 40, "2" * 40), False), (Revision("3" * 40, "2" * 40), True), (None, True)):
        write_build_manifest(Dossier(revision=revision), tmp_path / "site")
        job = Job(tmp_path, "push", {"GITHUB_SHA": "1" * 40}).run_steps(step, "build")
        assert job.has_failed == has_failed
        digest = sha256((tmp_path / "site" / BUILD_MANIFEST_PATH).read_bytes()).hexdigest()
        assert job.outputs == ({} if has_failed else {"steps.manifest.outputs.digest": f"sha256:{digest}"})


def test_no_check_can_be_passed_over() -> None:
    """The forge takes a job that is skipped for one that has succeeded."""
    assert [name for name, job in jobs() if {"continue-on-error", "strategy"} & job.keys()] == []
    assert [name for name, job in jobs() if "if" in job] == ["publish/build"]
    assert [name for name, step in steps() if not step.keys() <= KEYS] == []
    assert {name: step["if"] for name, step in steps() if "if" in step} == {
        "check/content: List all problems in the summary": "${{ failure() }}",
        "check/content: Show in the summary what readers saw and will see": (
            "${{ !cancelled() && github.event_name == 'pull_request' }}"
        ),
        "check/quotations: Say in the summary what happens next": "${{ failure() }}",
    }


def test_no_run_leaves_anything_for_the_next() -> None:
    assert {job.get("runs-on", "ubuntu-24.04") for _, job in jobs()} == {"ubuntu-24.04"}
    assert [name for name, step in steps() if any("cache" in key for key in (step.get("uses", ""), *step.get("with", {})))] == []


def test_content_and_quotations_hold_every_rule_between_them() -> None:
    said = {job: json.dumps(ALL["check"]["jobs"][job]["steps"]) for job in ("content", "quotations")}
    assert "dossier check --except quote-unlocked --format github" in said["content"]
    assert "dossier check --only quote-unlocked --format github" in said["quotations"]


@pytest.fixture(scope="session")
def zizmor() -> str:
    found = shutil.which("zizmor", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    assert found, "zizmor is a dependency of development"
    return found


def audited(zizmor: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [zizmor, "--offline", "--no-progress", "--strict-collection", "--persona=pedantic", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_zizmor_finds_nothing(zizmor: str) -> None:
    outcome = audited(zizmor, ROOT / ".github")
    assert outcome.returncode == 0, outcome.stdout
    assert "No findings to report" in outcome.stdout


def test_zizmor_would_find_something(zizmor: str, tmp_path: Path, replace: Replace) -> None:
    shutil.copytree(ROOT / ".github", tmp_path / ".github")
    checked = tmp_path / ".github/workflows/check.yml"
    [pinned, *_] = re.findall(r"actions/checkout@\w{40}", checked.read_text(encoding="utf-8"))
    replace(checked, pinned, "actions/checkout@v7")
    outcome = audited(zizmor, tmp_path / ".github")
    assert outcome.returncode != 0
    assert "unpinned-uses" in outcome.stdout


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """The example as a repository of two commits, where `.venv/bin/dossier` is this program."""
    root = make_example(tmp_path / "repository")
    shutil.rmtree(root / "originals")
    set_up(root, f'exec "{sys.executable}" -m dossier "$@"')
    git(root, "init", "-q")
    commit(root)
    return root


def set_up(root: Path, script: str) -> None:
    """Have a script stand for the program, so that setting up takes no time."""
    (root / "Makefile").write_text(".venv/.ready .audit/.ready:\n\ttrue\n", encoding="utf-8")
    runnable(root / ".venv/bin/dossier", f"#!/bin/sh\n{script}\n")


def runnable(file: Path, script: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(script, encoding="utf-8")
    file.chmod(0o755)


def git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments], cwd=root, check=True)


def commit(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "A change")


def done(root: Path, job: str) -> Job:
    return Job(root, variables={"PYTHONPATH": str(ROOT)}).run_steps(ALL["check"], job)


EVENT, NOTES = "annotations/events/count-published.yml", "annotations/articles/harbour-gazette-2024-05-02.yml"


@pytest.mark.slow
def test_a_sound_change_is_shown_before_and_after(repository: Path) -> None:
    text = (repository / EVENT).read_text(encoding="utf-8")
    (repository / EVENT).write_text(re.sub("(?m)^title: .*", "title: Another title", text), encoding="utf-8")
    commit(repository)
    job = done(repository, "content")
    assert not job.has_failed
    assert "**1 event changed.**" in job.summary
    assert "<ins>Another title</ins>" in job.summary
    assert "What is wrong" not in job.summary
    assert Job(repository, "push", job.variables).run_steps(ALL["check"], "content").summary == ""


@pytest.mark.slow
def test_a_quotation_that_waits_fails_its_own_job_only(repository: Path) -> None:
    with (repository / NOTES).open("a", encoding="utf-8") as file:
        file.write("- {id: crew, quote: crew disputes the count, speaker: text, note: They do.}\n")
    commit(repository)
    content, quotations = done(repository, "content"), done(repository, "quotations")
    assert not content.has_failed
    assert "**1 note new.**" in content.summary
    assert quotations.has_failed
    assert "A new quotation is no fault" in quotations.summary
    assert quotations.summary.count("`quote-unlocked` |") == 1


@pytest.mark.site
def test_a_site_can_be_looked_at_while_a_quotation_waits(
    repository: Path, replace: Replace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DOSSIER_PENDING", raising=False)
    with (repository / NOTES).open("a", encoding="utf-8") as file:
        file.write("- {id: crew, quote: crew disputes the count, speaker: text, note: They do.}\n")
    replace(repository / "mkdocs.yml", "captures: originals", "captures: originals\n      pending: !ENV [DOSSIER_PENDING, false]")
    with pytest.raises(AssertionError, match="quote-unlocked"):
        run_mkdocs(repository, "build", "--strict")
    run_mkdocs(repository, "build", "--strict", DOSSIER_PENDING="true")
    assert "crew disputes the count" in (repository / "site/articles/harbour-gazette-2024-05-02/index.html").read_text("utf-8")
    replace(repository / NOTES, "speaker: text, note: They do.", "speaker: nobody, note: They do.")
    with pytest.raises(AssertionError, match="unknown-reference"):
        run_mkdocs(repository, "build", "--strict", DOSSIER_PENDING="true")


@pytest.mark.slow
def test_a_fault_stands_in_the_summary_and_what_changed_still_does(repository: Path) -> None:
    text = (repository / EVENT).read_text(encoding="utf-8")
    (repository / EVENT).write_text(re.sub("(?m)^kind: .*", "kind: nonsense", text), encoding="utf-8")
    commit(repository)
    job = done(repository, "content")
    assert job.has_failed
    assert "**1 error" in job.summary
    assert f"`{EVENT}:" in job.summary
    assert f"`{EVENT}` cannot be read now" in job.summary


def test_what_only_the_forge_can_do_is_not_passed_over(tmp_path: Path) -> None:
    for step in (
        {"uses": "actions/unheard-of@v1"},
        {"name": "x", "run": "true", "if": "github.actor == 'x'"},
        {"name": "x", "run": "echo ${{ github.actor }}"},
        {"name": "x", "run": "true", "env": {"A": "${{ github.actor }}"}},
        {"name": "x", "run": "false", "continue-on-error": "true"},
    ):
        with pytest.raises(UnsupportedStepError):
            Job(tmp_path).run_steps({"jobs": {"x": {"steps": [step]}}}, "x")


GH = """#!/bin/sh
printf '%s\\n' "$*" >> calls
case "$2" in list) cat issue ;; esac
"""


def set_up_issue(root: Path) -> None:
    """What keeps an issue; whatever it asks the forge is written to `calls`."""
    runnable(root / "bin/gh", GH)
    (root / ".github").mkdir()
    shutil.copy(ROOT / ".github/keep-issue.sh", root / ".github")


LYCHEE_REPORT = """# Summary

| Status | Count |
|---|---|
| 🚫 Errors | 1 |

## Errors per input

### Errors in cited.md

* [404] <https://gone.example/> | Rejected status code

## Redirects per input

### Redirects in cited.md

* [200] <https://moved.example/a> | OK
"""
CITED = "https://gone.example\tannotations/sources/é.yml:3\nhttps://moved.example/a\tannotations/parties.yml:9\n"


def run_links_job(root: Path, status: int, listed: str = CITED, report: str = LYCHEE_REPORT, **variables: str) -> Job:
    """The job that asks addresses, after lychee has ended with a status and a report."""
    set_up_issue(root)
    (root / "listed").write_text(listed, encoding="utf-8")
    (root / "report.md").write_text(report, encoding="utf-8")
    set_up(root, "cat listed")
    job = Job(root, "schedule", {"PATH": f"{root}/bin:{os.environ['PATH']}", **variables})
    job.outputs["steps.asked.outputs.exit_code"] = str(status)
    return job.run_steps(ALL["links"], "links")


@pytest.mark.parametrize(
    ("issue", "status", "calls"),
    [
        ("", 2, ["create"]),
        ("", 0, []),
        ("7 OPEN", 2, ["edit 7"]),
        ("7 CLOSED", 2, ["edit 7", "reopen 7"]),
        ("7 OPEN", 0, ["edit 7", "close 7"]),
        ("7 CLOSED", 0, ["edit 7"]),
    ],
)
def test_addresses_that_are_gone_have_one_issue(tmp_path: Path, issue: str, status: int, calls: list[str]) -> None:
    (tmp_path / "issue").write_text(issue, encoding="utf-8")
    job = run_links_job(tmp_path, status)
    assert not job.has_failed, job.steps
    assert job.steps["Ask every address"] == "2 addresses would be asked"
    made = [line.split(" ", 1)[1] for line in (tmp_path / "calls").read_text(encoding="utf-8").splitlines()]
    assert made[0].startswith("list --app github-actions --state all")
    assert [re.split(" --", call)[0] for call in made[1:]] == calls


def test_the_issue_says_where_each_address_that_is_gone_is_written(tmp_path: Path) -> None:
    (tmp_path / "issue").write_text("7 OPEN", encoding="utf-8")
    assert not run_links_job(tmp_path, 2).has_failed
    body = (tmp_path / "body.md").read_text(encoding="utf-8")
    assert "* [404] <https://gone.example/>" in body
    assert "- `annotations/sources/é.yml:3`: <https://gone.example>" in body
    assert "moved.example" not in body


def test_private_networks_and_our_token_are_kept_out_of_the_asking() -> None:
    [asked] = [step["with"] for step in ALL["links"]["jobs"]["links"]["steps"] if step.get("id") == "asked"]
    assert "--exclude-all-private" in asked["args"].split()
    assert (asked["token"], asked["fail"]) == ("", "false")


def test_a_long_report_is_cut_between_lines_for_the_issue(tmp_path: Path) -> None:
    line = "é" * 70
    for locale in ("C", "C.UTF-8"):
        folder = tmp_path / locale
        folder.mkdir()
        (folder / "issue").write_text("7 OPEN", encoding="utf-8")
        job = run_links_job(folder, 2, report=f"{line}\n" * 1000, LC_ALL=locale)
        assert not job.has_failed, job.steps
        body = (folder / "body.md").read_text(encoding="utf-8")
        assert set(body.splitlines()) == {line}
        assert 25_000 < len(body) < 65_536


PIP_AUDIT = """#!/bin/sh
printf '%s\\n' "$*" >> asked
case "$*" in *--strict*requirements-dev.lock*) cat answer; exit $(cat status) ;; esac
"""
VULNERABLE = "Name | Version | ID | Fix Versions\n--- | --- | --- | ---\nferry | 1.0 | PYSEC-0000-1 | 1.1\n"
NPM_REPORT = "# npm audit report\n\nferry  <1.1\nSeverity: high\n"


def run_audit_job(
    root: Path, answer: str = "", status: int = 0, npm: str = "found 0 vulnerabilities", npm_status: int = 0
) -> Job:
    """The job that asks about pins, where pip-audit answers for one lock, and npm, with a text and a status."""
    set_up_issue(root)
    set_up(root, "true")
    runnable(root / ".audit/bin/pip-audit", PIP_AUDIT)
    for name, text in {"answer": answer, "status": str(status), "npm": npm}.items():
        (root / name).write_text(text, encoding="utf-8")
    for lock in ("requirements.lock", "requirements-dev.lock"):
        (root / lock).touch()
    (root / "tests/editor").mkdir(parents=True)
    asked = '[ "$*" = "audit --package-lock-only" ] || exit 9'
    runnable(root / "bin/npm", f"#!/bin/sh\n{asked}\ncat ../../npm; exit {npm_status}\n")
    return Job(root, "schedule", {"PATH": f"{root}/bin:{os.environ['PATH']}"}).run_steps(ALL["audit"], "audit")


@pytest.mark.parametrize(
    ("issue", "answer", "npm", "calls"),
    [
        ("", "", "found 0 vulnerabilities", []),
        ("", VULNERABLE, "found 0 vulnerabilities", ["create"]),
        ("", "", NPM_REPORT, ["create"]),
        ("7 OPEN", VULNERABLE, NPM_REPORT, ["edit 7"]),
        ("7 CLOSED", "", NPM_REPORT, ["edit 7", "reopen 7"]),
        ("7 OPEN", "", "found 0 vulnerabilities", ["edit 7", "close 7"]),
    ],
)
def test_vulnerable_packages_have_one_issue(tmp_path: Path, issue: str, answer: str, npm: str, calls: list[str]) -> None:
    (tmp_path / "issue").write_text(issue, encoding="utf-8")
    job = run_audit_job(tmp_path, answer, int(bool(answer)), npm, int(npm == NPM_REPORT))
    assert not job.has_failed, job.steps
    made = [line.split(" ", 1)[1] for line in (tmp_path / "calls").read_text(encoding="utf-8").splitlines()]
    assert [re.split(" --", call)[0] for call in made[1:]] == calls
    body = (tmp_path / "body.md").read_text(encoding="utf-8")
    assert ("## requirements-dev.lock\n\nName | Version" in body) == bool(answer)
    assert ("## tests/editor/package-lock.json\n\n```\n# npm" in body) == (npm == NPM_REPORT)
    assert len((tmp_path / "asked").read_text(encoding="utf-8").splitlines()) == 2


@pytest.mark.parametrize(
    "broken", [{"status": 1}, {"npm": "npm error audit endpoint returned an error", "npm_status": 1}], ids=["pip-audit", "npm"]
)
def test_a_database_that_does_not_answer_closes_no_issue(tmp_path: Path, broken: dict[str, Any]) -> None:
    (tmp_path / "issue").write_text("7 OPEN", encoding="utf-8")
    assert run_audit_job(tmp_path, **broken).has_failed
    assert not (tmp_path / "calls").exists()


PINS = "ferry==1.0 \\\n    --hash=sha256:{}\n    # via quay\n"


@pytest.mark.parametrize(
    ("issue", "is_newer", "calls"), [("", True, ["create"]), ("", False, []), ("7 OPEN", False, ["edit 7", "close 7"])]
)
def test_newer_releases_have_one_issue(tmp_path: Path, issue: str, is_newer: bool, calls: list[str]) -> None:
    set_up_issue(tmp_path)
    (tmp_path / "issue").write_text(issue, encoding="utf-8")
    lock, renewed = tmp_path / "requirements.lock", tmp_path / "renewed"
    lock.write_text(PINS.format("0a"), encoding="utf-8")
    # Another hash of the same release is no newer release.
    renewed.write_text(PINS.format("0b").replace("1.0", "1.1" if is_newer else "1.0"), encoding="utf-8")
    (tmp_path / "Makefile").write_text("lock:\n\tcp renewed requirements.lock\n", encoding="utf-8")
    git(tmp_path, "init", "-q")
    commit(tmp_path)
    job = Job(tmp_path, "schedule", {"PATH": f"{tmp_path}/bin:{os.environ['PATH']}"}).run_steps(ALL["renew"], "renew")
    assert not job.has_failed, job.steps
    made = [line.split(" ", 1)[1] for line in (tmp_path / "calls").read_text(encoding="utf-8").splitlines()]
    assert [re.split(" --", call)[0] for call in made[1:]] == calls
    body = (tmp_path / "body.md").read_text(encoding="utf-8")
    assert ("-ferry==1.0 \\\n+ferry==1.1 \\\n" in body) == is_newer
    assert "sha256" not in body


def test_locks_that_cannot_be_made_close_no_issue(tmp_path: Path) -> None:
    set_up_issue(tmp_path)
    (tmp_path / "issue").write_text("7 OPEN", encoding="utf-8")
    (tmp_path / "Makefile").write_text("lock:\n\tfalse\n", encoding="utf-8")
    git(tmp_path, "init", "-q")
    commit(tmp_path)
    assert Job(tmp_path, "schedule", {"PATH": f"{tmp_path}/bin:{os.environ['PATH']}"}).run_steps(ALL["renew"], "renew").has_failed
    assert not (tmp_path / "calls").exists()


def test_dependabot_watches_actions_packages_of_python_and_each_lock_of_npm() -> None:
    content = yaml.safe_load((ROOT / ".github/dependabot.yml").read_text(encoding="utf-8"))
    watched = {(entry["package-ecosystem"], entry["directory"]) for entry in content["updates"]}
    locks = {f"/{file.parent.relative_to(ROOT).as_posix()}" for file in (ROOT / "tests").glob("*/package-lock.json")}
    assert watched == {("github-actions", "/"), ("pip", "/"), *(("npm", folder) for folder in locks)}
    for entry in content["updates"]:
        assert entry["schedule"] == {"interval": "weekly"}
        assert [group["patterns"] for group in entry["groups"].values()] == [["*"]]


@pytest.mark.parametrize(("status", "listed"), [(1, CITED), (3, CITED), (0, "")])
def test_a_program_that_breaks_closes_no_issue(tmp_path: Path, status: int, listed: str) -> None:
    (tmp_path / "issue").write_text("7 OPEN", encoding="utf-8")
    assert run_links_job(tmp_path, status, listed).has_failed
    assert not (tmp_path / "calls").exists()


# Forms: https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema

WANTED = {
    "markdown": {"value"},
    "input": {"label"},
    "textarea": {"label"},
    "dropdown": {"label", "options"},
    "checkboxes": {"label", "options"},
}
ALLOWED = {
    "markdown": {"value"},
    "input": {"label", "description", "placeholder", "value"},
    "textarea": {"label", "description", "placeholder", "value", "render"},
    "dropdown": {"label", "description", "multiple", "options", "default"},
    "checkboxes": {"label", "description", "options"},
}


def form(file: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return content


@each_form
def test_a_form_says_what_it_is_for_and_asks_something(file: Path) -> None:
    content = form(file)
    assert {"name", "description", "body"} <= content.keys() <= {"name", "description", "body", "title", "labels", "assignees"}
    assert any(element["type"] != "markdown" for element in content["body"])
    assert len({form(other)["name"] for other in FORMS}) == len(FORMS)


@each_form
def test_each_element_of_a_form_has_what_its_kind_needs(file: Path) -> None:
    for element in form(file)["body"]:
        kind, given = element["type"], element["attributes"]
        assert element.keys() <= {"type", "id", "attributes", "validations"}
        assert WANTED[kind] <= given.keys() <= ALLOWED[kind]
        assert all(isinstance(value, str) and value.strip() for name, value in given.items() if name in ("label", "value"))
        assert ("id" in element) == (kind != "markdown")
        assert element.get("validations", {}).keys() <= {"required"}
        if kind == "dropdown":
            assert len(set(given["options"])) == len(given["options"]) > 1
            assert all(isinstance(option, str) and option != "None" for option in given["options"])
        if kind == "checkboxes":
            assert all(option.keys() <= {"label", "required"} for option in given["options"])


@each_form
def test_ids_and_labels_of_a_form_are_its_own(file: Path) -> None:
    elements = [element for element in form(file)["body"] if element["type"] != "markdown"]
    ids, labels = [element["id"] for element in elements], [element["attributes"]["label"] for element in elements]
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", name) for name in ids)
    assert len(set(ids)) == len(ids)
    assert len(set(labels)) == len(labels)


def test_the_form_for_errors_has_the_fields_that_pages_fill_in() -> None:
    note = Annotation(article="a", id="b", quote="c", speaker="text")
    address = build_report_url(Settings(repo_url="https://github.com/o/n"), note)
    filled = set(re.findall(r"[?&](\w+)=", address)) - {"template", "title"}
    fields = {element.get("id"): element for element in form(ROOT / ".github/ISSUE_TEMPLATE" / ERROR_FORM_TEMPLATE)["body"]}
    assert filled == {"page", "id", "quotation"}
    assert all(fields[name]["type"] in ("input", "textarea") and "render" not in fields[name]["attributes"] for name in filled)


def test_hooks_before_a_commit_are_the_commands_of_the_check() -> None:
    [repo] = form(ROOT / ".pre-commit-config.yaml")["repos"]
    assert repo["repo"] == "local"
    assert {hook["language"] for hook in repo["hooks"]} == {"system"}
    [checked] = [hook["entry"].split()[1:] for hook in repo["hooks"] if hook["id"] == "dossier"]
    assert main.commands[checked[0]].make_context("check", checked[1:]).params["changed"]
    called = {hook["entry"].split()[0] for hook in repo["hooks"]}
    assert called == {f".venv/bin/{name}" for name in ("dossier", "ruff", "mypy")}
