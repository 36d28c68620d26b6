"""Builds the site of a spoilt dossier with MkDocs in a process of its own, and looks at what became of the site."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from dossier.cli import main
from dossier.loading import read_dossier
from support.dossiers import make_clean_environment
from support.fuzz.file_ways import SECRET
from support.fuzz.outputs import PrivateWords, SiteSearch, list_file_states
from support.fuzz.steps import Steps

BUILD_SECONDS = 12.0
"""Seconds of work that a build may take: one of the dossier as it is takes one, and each of its steps may take five."""
BUILD_PATIENCE = 60
"""Seconds after which a build hangs, however little it works."""
_MOST_WORK = 20
"""Seconds of work after which a build is ended."""
_MOST_WRITTEN = 60_000_000
"""Bytes of a file that a build may write, so that no disk is filled."""


def build_base_site(base: Path, site: Path) -> None:
    """The site of the dossier before it is spoilt."""
    said, status = _run_build(base, site, strict=True)
    assert status == 0, said


def run_build(rng: random.Random, root: Path, search: SiteSearch, steps: Steps) -> None:
    """Build the dossier over a site that is there already. What is wrong is told to `steps`."""
    site = root / "site"
    shutil.copytree(search.base, site)
    before, private = list_file_states(site), PrivateWords(root)
    start = _measure_children()
    with steps.watch("build"):
        said, status = _run_build(root, site, strict=rng.random() < 0.5)
        if (took := _measure_children() - start) > BUILD_SECONDS:
            steps.tell(f"the build took {took:.1f} s")
        if status not in (0, 1) or ("Traceback (most recent call last)" in said and not _is_told_of_settings(root, said)):
            steps.tell(f"the build ended with {status}: {said[-700:]}")
        if SECRET in said:
            steps.tell(f"the build says what stands outside the dossier: {said[said.index(SECRET) - 200 :][:400]}")
        may_show = not os.environ.get("CI")
        for fault in private.find_faults("the log of the build", said.encode(), may_show):
            steps.tell(fault)
        if status and list_file_states(site) != before:
            steps.tell("the build failed, and the site that was there is another one")
        for fault in search.find_faults(site, private) if status == 0 else ():
            steps.tell(fault)
    with steps.watch("verify"):
        outcome = CliRunner().invoke(main, ["--root", str(root), "verify", str(site)])
        if outcome.exception and not isinstance(outcome.exception, SystemExit):
            raise outcome.exception


def _is_told_of_settings(root: Path, said: str) -> bool:
    """Whether a traceback comes from MkDocs' reading of its settings, before the plugin is there, and the check knows why."""
    return "in load_config" in said and any(problem.location.path == "mkdocs.yml" for problem in read_dossier(root).problems)


def _run_build(root: Path, site: Path, strict: bool) -> tuple[str, int]:
    """What MkDocs says, and its exit status. The site's folder is given: that of a spoilt `mkdocs.yml` may be anywhere."""
    process = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(site), *(["--strict"] if strict else [])],
        cwd=root,
        env={**make_clean_environment(), "DOSSIER_FUZZ_SECRET": SECRET, **({"CI": "1"} if os.environ.get("CI") else {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (_MOST_WRITTEN, _MOST_WRITTEN))
    resource.prlimit(process.pid, resource.RLIMIT_CPU, (_MOST_WORK, _MOST_WORK))
    try:
        said, _ = process.communicate(timeout=BUILD_PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        said, _ = process.communicate()
        return f"{said}\nhangs for more than {BUILD_PATIENCE} s", -signal.SIGKILL
    return said, process.returncode


def _measure_children() -> float:
    """Seconds of work of the processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
