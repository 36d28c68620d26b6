"""Runs MkDocs in processes forked from one that has loaded it and our templates, which is most of the work of a small build.

A process runs what `python -m mkdocs` would: in a folder and an environment of its own, until it ends. Only what Python and
MkDocs have read when they begin is that of the loaded process; where that would differ, a process is started as usual.
"""

from __future__ import annotations

import atexit
import json
import os
import runpy
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NoReturn

_READ_AT_THE_START = ("PYTHON", "LC_", "LANG", "TZ", "TMPDIR", "NO_MKDOCS")
"""How the variables begin that are read once."""


def run_loaded_mkdocs(
    root: Path, arguments: Sequence[str], environment: Mapping[str, str], timeout: float | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `mkdocs` in a folder; a build that takes longer than some seconds is killed, and raises `TimeoutExpired`."""
    read_first = tuple(sorted(item for item in environment.items() if item[0].startswith(_READ_AT_THE_START)))
    return _start_loaded_mkdocs(read_first).run(root, arguments, environment, timeout)


@lru_cache(maxsize=1)
def _start_loaded_mkdocs(read_first: tuple[tuple[str, str], ...]) -> _LoadedMkDocs:
    return _LoadedMkDocs(dict(read_first))


class _LoadedMkDocs:
    """The process that has loaded MkDocs, asked by a line of JSON, which answers with the exit status."""

    def __init__(self, read_first: Mapping[str, str]) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_READ_AT_THE_START)}
        self.process = subprocess.Popen(
            [sys.executable, "-P", __file__],
            env={**kept, **read_first},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        atexit.register(self.end)

    def run(
        self, root: Path, arguments: Sequence[str], environment: Mapping[str, str], timeout: float | None
    ) -> subprocess.CompletedProcess[str]:
        assert self.process.stdin
        assert self.process.stdout
        with tempfile.TemporaryDirectory() as folder:
            said = [str(Path(folder) / name) for name in ("stdout", "stderr")]
            request = {"root": str(root), "arguments": arguments, "environment": dict(environment), "said": said}
            print(json.dumps(request), file=self.process.stdin, flush=True)
            if not select.select([self.process.stdout], [], [], timeout)[0]:
                self.end()
                _start_loaded_mkdocs.cache_clear()
                raise subprocess.TimeoutExpired(["mkdocs", *arguments], timeout or 0)
            status = int(self.process.stdout.readline())
            return subprocess.CompletedProcess(
                ["mkdocs", *arguments], status, *(Path(name).read_text(encoding="utf-8") for name in said)
            )

    def end(self) -> None:
        """Kill it and what it runs."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate()


def _load() -> None:
    """Import what a build imports, and compile our templates."""
    import mkdocs.commands.build  # noqa: F401, PLC0415

    import dossier.hosts.mkdocs.plugin  # noqa: F401, PLC0415
    from dossier.pages.context import get_template_environment  # noqa: PLC0415

    templates = get_template_environment()
    for name in templates.list_templates():
        templates.get_template(name)


def _answer_requests() -> None:
    """Fork for each line, and wait for the end; the forked process leaves by the end of its own run."""
    _load()
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _run_request(json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _run_request(request: dict[str, object]) -> NoReturn:
    said, environment, arguments = request["said"], request["environment"], request["arguments"]
    assert isinstance(said, list)
    assert isinstance(environment, dict)
    assert isinstance(arguments, list)
    os.chdir(str(request["root"]))
    os.environ.clear()
    os.environ.update(environment)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, name in enumerate(said, 1):
        os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT), number)
    sys.path.insert(0, os.getcwd())
    sys.argv = ["mkdocs", *arguments]
    runpy.run_module("mkdocs", run_name="__main__", alter_sys=True)
    sys.exit()


if __name__ == "__main__":
    _answer_requests()
