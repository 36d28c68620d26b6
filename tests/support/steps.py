"""Runs the steps of a workflow on this machine, as the forge would: `python tests/support/steps.py [JOB]…`.

Each job runs in a clean clone.
Made for our own workflows: `run` steps are run by bash with the environment that they are given, and conditions, outputs
and the summary are as on the forge. An action is not run; what it would do here is said instead (`ACTIONS`). An
expression, a condition or an action that is not known here ends the run, so that nothing is passed over unseen.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = ROOT / ".github" / "workflows"
KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "SSL_CERT_FILE", "http_proxy", "https_proxy", "no_proxy")
"""What a step sees of this machine's environment, settings of pip aside."""
KEYS = frozenset({"name", "id", "if", "uses", "with", "run", "env"})
"""What a step may say; `continue-on-error`, for one, would have it fail unseen."""

Workflow = Mapping[str, Any]


class UnsupportedStepError(ValueError):
    """Something that only the forge can do, or that is not known here."""


def read_workflow(file: Path) -> Workflow:
    """A workflow as it is written, every value a text: `on` is no truth value."""
    content: Workflow = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)
    return content


def _describe_checkout(step: Workflow, folder: Path) -> str:
    return "the clone is here already"


def _check_python_version(step: Workflow, folder: Path) -> str:
    found = subprocess.run(["python3", "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
    if found.split(".") < step["with"]["python-version"].split("."):
        raise UnsupportedStepError(f"the step asks for Python {step['with']['python-version']}, and this machine has {found}")
    return f"Python {found} is used, where the forge has {step['with']['python-version']}"


def _describe_upload(step: Workflow, folder: Path) -> str:
    files = sum(path.is_file() for path in (folder / step["with"]["path"]).rglob("*"))
    if not files:
        raise UnsupportedStepError(f"there is nothing to keep in {step['with']['path']}")
    return f"{files} files would be kept"


def _describe_link_check(step: Workflow, folder: Path) -> str:
    file = step["with"]["args"].split()[-1]
    addresses = (folder / file).read_text(encoding="utf-8").splitlines()
    return f"{len(addresses)} addresses would be asked"


ACTIONS: Mapping[str, Callable[[Workflow, Path], str]] = {
    "actions/checkout": _describe_checkout,
    "actions/setup-python": _check_python_version,
    "actions/upload-artifact": _describe_upload,
    "lycheeverse/lychee-action": _describe_link_check,
}


@dataclass
class Job:
    """A job that is run in a folder: what became of each step, and what the summary says."""

    folder: Path
    event: str = "pull_request"
    variables: Mapping[str, str] = field(default_factory=dict)
    """More of the environment."""
    steps: dict[str, str] = field(default_factory=dict)
    """By name: `ok`, `failed` or `skipped`, or what an action would do."""
    summary: str = ""
    outputs: dict[str, str] = field(default_factory=dict)

    @property
    def has_failed(self) -> bool:
        """Whether a step has failed."""
        return "failed" in self.steps.values()

    def run_steps(self, workflow: Workflow, job: str, say: Callable[[str], None] = lambda text: None) -> Job:
        """Run all steps of a job, as far as their conditions let them."""
        given = {**workflow.get("env", {}), **workflow["jobs"][job].get("env", {})}
        for step in workflow["jobs"][job]["steps"]:
            name = step.get("name") or step["uses"].partition("@")[0]
            if unknown := step.keys() - KEYS:
                raise UnsupportedStepError(f"what {', '.join(unknown)} does in a step is not known here")
            if not self._is_condition_true(step.get("if", "success()")):
                self.steps[name] = "skipped"
            elif "uses" in step:
                self.steps[name] = self._describe_action(step)
            else:
                self.steps[name] = "ok" if self._run_script(step, given, say) else "failed"
            say(f"[{job}] {name}: {self.steps[name]}")
        return self

    def _describe_action(self, step: Workflow) -> str:
        action = step["uses"].partition("@")[0]
        if action not in ACTIONS:
            raise UnsupportedStepError(f"what {action} does is not known here")
        return ACTIONS[action](step, self.folder)

    def _run_script(self, step: Workflow, given: Mapping[str, str], say: Callable[[str], None]) -> bool:
        if "${{" in step["run"]:
            raise UnsupportedStepError("an expression in a script is open to injection; give it through `env`")
        wanted = {name: self._expand_expressions(value) for name, value in {**given, **step.get("env", {})}.items()}
        with tempfile.TemporaryDirectory() as name:
            files = {variable: Path(name) / variable for variable in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")}
            for file in files.values():
                file.touch()
            script = Path(name) / "script.sh"
            script.write_text(step["run"], encoding="utf-8")
            environment = {**_select_environment(), "CI": "true", "GITHUB_ACTIONS": "true", **self.variables, **wanted}
            environment |= {variable: str(file) for variable, file in files.items()}
            outcome = subprocess.run(
                ["bash", "-e", script], cwd=self.folder, env=environment, capture_output=True, text=True, check=False
            )
            say(outcome.stdout + outcome.stderr)
            self.summary += files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
            said = files["GITHUB_OUTPUT"].read_text(encoding="utf-8")
        for line in said.splitlines():
            key, _, value = line.partition("=")
            self.outputs[f"steps.{step['id']}.outputs.{key}"] = value
        return outcome.returncode == 0

    def _is_condition_true(self, condition: str) -> bool:
        text = condition.removeprefix("${{").removesuffix("}}")
        known = {
            "success()": not self.has_failed,
            "failure()": self.has_failed,
            "!cancelled()": True,
            "github.event_name == 'pull_request'": self.event == "pull_request",
        }
        parts = [part.strip() for part in text.split("&&")]
        if unknown := [part for part in parts if part not in known]:
            raise UnsupportedStepError(f"the condition {unknown[0]} is not known here")
        return all(known[part] for part in parts)

    def _expand_expressions(self, value: str) -> str:
        """A value of the environment with its expressions filled in: outputs of steps, and little of the forge."""
        before, found, rest = value.partition("${{")
        if not found:
            return value
        expression, _, after = rest.partition("}}")
        known = {"github.token": "", "github.repository": "owner/name", "github.event_name": self.event, **self.outputs}
        if expression.strip() not in known:
            raise UnsupportedStepError(f"the expression {expression.strip()} is not known here")
        return before + known[expression.strip()] + self._expand_expressions(after)


def _select_environment() -> dict[str, str]:
    """Of this machine's environment what a bare one has too; of the PATH, no virtual environment."""
    kept = {name: value for name, value in os.environ.items() if name in KEPT or name.startswith("PIP_")}
    folders = kept.get("PATH", os.defpath).split(os.pathsep)
    return kept | {"PATH": os.pathsep.join(folder for folder in folders if not (Path(folder).parent / "pyvenv.cfg").exists())}


def run_in_clean_clones(workflow: Workflow, jobs: list[str]) -> Iterator[tuple[str, Job]]:
    """Run jobs, each in a clone of what is committed."""
    for name in jobs:
        with tempfile.TemporaryDirectory(prefix=f"clone-{name}-") as folder:
            subprocess.run(["git", "clone", "--quiet", str(ROOT), folder], check=True)
            yield name, Job(Path(folder)).run_steps(workflow, name, lambda text: print(text, flush=True))


def main() -> None:
    """Run the jobs of a pull request; status 1 where one fails."""
    workflow = read_workflow(WORKFLOWS / "check.yml")
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("jobs", nargs="*", metavar="JOB", help=f"of {', '.join(workflow['jobs'])}; none named: all")
    named = parser.parse_args().jobs or list(workflow["jobs"])
    if unknown := set(named) - set(workflow["jobs"]):
        parser.error(f"no such job: {', '.join(unknown)}")
    failed = []
    for name, job in run_in_clean_clones(workflow, named):
        print(f"[{name}] summary:\n{job.summary}", flush=True)
        failed += [name] if job.has_failed else []
    print(f"failed: {', '.join(failed)}" if failed else f"green: {', '.join(named)}")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
