"""What a spoilt dossier goes through within the program, step by step, and what is wrong with what comes out."""

from __future__ import annotations

import os
import random
import resource
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from click.testing import CliRunner

from dossier.captures.page_metadata import extract_page_metadata, format_article_front_matter
from dossier.checks import check_dossier
from dossier.cli import main
from dossier.loading import read_dossier
from dossier.loading.lock import read_lock, update_lock, write_lock
from dossier.model import LOCK_FILE_NAME, Dossier, UnreadableError
from dossier.pages import build_pages
from dossier.reports.problems import REPORT_FORMATTERS
from support.fuzz.base import FULL_SLUG, SLUG
from support.fuzz.outputs import PrivateWords, find_output_faults, find_problem_faults

STEP_SECONDS = 5.0
"""Seconds of work that a step may take."""
STEP_MEGABYTES = 300
"""Megabytes that a round may use above what the process began with."""
Tell = Callable[[str], None]

COMMANDS: tuple[tuple[str, ...], ...] = (
    ("check", "--format", "github"),
    ("check", "--format", "summary"),
    ("check", "--pending"),
    ("lock", "--check"),
    ("pages", "../written"),
    ("links",),
    ("schema", "--ids"),
    ("changes",),
    ("release",),
    ("convert", f"originals/{SLUG}.html"),
    ("convert", "--record", f"originals/{SLUG}.html"),
    ("convert", "--markdown", f"docs/articles/{FULL_SLUG}.html"),
    ("verify", "docs"),
    ("quote", SLUG, "kept the ferry in port"),
)


class Steps:
    """Runs steps one by one; `tell` hears each fault, and before each step its name, so that a hang is known by it."""

    def __init__(self, tell: Tell, tell_step: Tell) -> None:
        self.tell, self.tell_step = tell, tell_step
        self.memory = _measure_memory()

    @contextmanager
    def watch(self, name: str) -> Iterator[None]:
        """A step: an exception is a fault, and so is too much time or memory."""
        self.tell_step(name)
        start = time.process_time()
        try:
            yield
        except UnreadableError as error:
            if not error.help:
                self.tell(f"{name}: no help: {error}")
            raise StoppedError from error
        except StoppedError:
            raise
        except BaseException as error:
            self.tell(f"{name}: {_describe_exception(error)}")
            raise StoppedError from error
        finally:
            took, used = time.process_time() - start, _measure_memory() - self.memory
            if took > STEP_SECONDS:
                self.tell(f"{name} took {took:.1f} s")
            if used > STEP_MEGABYTES:
                self.tell(f"{name} used {used} MB")
                self.memory += used


class StoppedError(Exception):
    """A step ended before its end, and those that need it cannot follow."""


def run_steps(rng: random.Random, root: Path, steps: Steps) -> None:
    """Everything but a build. What is wrong is told to `steps`."""
    private = PrivateWords(root)
    with steps.watch("read"):
        dossier = read_dossier(root)
    with steps.watch("check"):
        problems = check_dossier(dossier)
    with steps.watch("report"):
        for fault in (fault for problem in problems for fault in find_problem_faults(problem)):
            steps.tell(fault)
        told = "\n".join(form(problems, root) for form in REPORT_FORMATTERS.values())
        for fault in (
            *find_output_faults("a report", told),
            *private.find_faults("a report", told.encode(), may_show=not os.environ.get("CI")),
        ):
            steps.tell(fault)
    _draw_pages(dossier, private, steps)
    with steps.watch("lock"):
        _lock_dossier(dossier, root, steps)
    with steps.watch("metadata"):
        page_file = root / "originals" / f"{SLUG}.html"
        if SLUG in dossier.captures and page_file.is_file() and not page_file.is_symlink():
            format_article_front_matter(extract_page_metadata(page_file.read_bytes()), dossier.captures[SLUG]).encode()
    _run_command(rng.choice(COMMANDS), root, private, steps)


def _draw_pages(dossier: Dossier, private: PrivateWords, steps: Steps) -> None:
    for preview in (False, True):
        with steps.watch(f"pages{' of a preview' if preview else ''}"):
            for page in build_pages(dossier, preview):
                text = f"{page.title}\n{page.description}\n{page.content_html}"
                for fault in find_output_faults(page.url, text, page.content_html):
                    steps.tell(fault)
                if not preview:
                    for fault in private.find_faults(page.url, text.encode()):
                        steps.tell(fault)


def _lock_dossier(dossier: Dossier, root: Path, steps: Steps) -> None:
    renewed = update_lock(dossier)
    write_lock(root / LOCK_FILE_NAME, renewed)
    if read_lock(root / LOCK_FILE_NAME) != (renewed, []):
        steps.tell(f"the lock that was written is not read again: {read_lock(root / LOCK_FILE_NAME)[1]}")


def _run_command(command: tuple[str, ...], root: Path, private: PrivateWords, steps: Steps) -> None:
    """One command of the program; what it prints of a capture is bounded where it is not asked for the capture itself."""
    name = f"dossier {' '.join(command)}"
    with steps.watch(name):
        arguments = [str(root / word) if "/" in word and not word.startswith("..") else word for word in command]
        outcome = CliRunner().invoke(main, ["--root", str(root), *arguments])
        if outcome.exception and not isinstance(outcome.exception, SystemExit):
            raise outcome.exception
        if outcome.exit_code not in (0, 1, 2):
            steps.tell(f"{name} ended with {outcome.exit_code}")
        if command[0] not in ("convert", "quote"):
            for fault in private.find_faults(name, outcome.output.encode(), may_show=not os.environ.get("CI")):
                steps.tell(fault)


def _describe_exception(error: BaseException) -> str:
    """An exception and where it came from, the innermost function first."""
    frames = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    return f"{type(error).__name__}: {str(error)[:300]} at {' < '.join(frames[:-8:-1])}"


def _measure_memory() -> int:
    """Megabytes that the process has held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
