"""Plays rounds: each in a process of its own with little memory and no power over permissions, killed where it hangs."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import random
import resource
import shutil
import signal
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from dossier.loading.citation_file import CITATION_FILE_NAME
from dossier.model import LOCK_FILE_NAME
from dossier.model.site.release import RELEASE_FILE_NAME
from support.fuzz.base import make_base
from support.fuzz.builds import build_base_site, run_build
from support.fuzz.file_ways import SECRET
from support.fuzz.outputs import SiteSearch, list_file_states
from support.fuzz.spoiling import spoil_dossier
from support.fuzz.steps import Steps, StoppedError, run_steps

BUILD_EVERY = 20
"""Every so many rounds one builds the site, which takes as long as twenty others."""
_MEMORY, _WORK, _PATIENCE = 1_500_000_000, 30, 120
"""Bytes of address space and seconds of work for a round, seconds after which it hangs, however little it works."""
_WRITTEN_FILES = (LOCK_FILE_NAME, RELEASE_FILE_NAME, CITATION_FILE_NAME)
_WRITTEN = {*(f"dossier/{name}" for name in _WRITTEN_FILES), "dossier", "written", "dossier/schema", "dossier/site"}
"""What a round may change: what its commands are for."""


class Campaign(NamedTuple):
    """What the rounds of a campaign share: the dossier that is spoilt, and the site built of it."""

    seed: int
    base: Path
    site: Path
    ways: tuple[str, ...] = ()
    build_every: int = BUILD_EVERY


def prepare_campaign(seed: int, folder: Path, ways: tuple[str, ...] = (), build_every: int = BUILD_EVERY) -> Campaign:
    """Make base and site in a folder, and play what every round needs once, so that it is loaded and compiled."""
    campaign = Campaign(seed, make_base(folder / "base"), folder / "base-site", ways, build_every)
    if build_every:
        build_base_site(campaign.base, campaign.site)
    root = folder / "first"
    shutil.copytree(campaign.base, root)
    faults: list[str] = []
    run_steps(random.Random(0), root, Steps(faults.append, lambda name: None))
    assert not faults, faults
    return campaign


def play_round(campaign: Campaign, number: int, parent: Path, tell: Callable[[str, str], None]) -> None:
    """One round in an empty folder; `tell` hears what was done, each step and each fault."""
    rng = random.Random(f"{campaign.seed} {number}")
    root, outside, builds = parent / "dossier", parent / "outside", _is_built(campaign, number)
    shutil.copytree(campaign.base, root)
    outside.mkdir()
    (outside / "secret.yml").write_text(f"{SECRET}: [", encoding="utf-8")
    (outside / "secret.md").write_text(f"# {SECRET}\n", encoding="utf-8")
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        try:
            tell("done", spoil_dossier(rng, root, builds, campaign.ways))
        except PermissionError:
            tell("done", "in vain")  # the way before has made something unreadable
    if rng.random() < 0.5:
        os.environ["CI"] = "true"
        tell("done", "in CI")
    before = list_file_states(parent)
    steps = Steps(lambda fault: tell("fault", fault), lambda name: tell("step", name))
    for run in (
        lambda: run_build(rng, root, SiteSearch(campaign.site), steps) if builds else None,
        lambda: run_steps(rng, root, steps),
    ):
        with suppress(StoppedError):
            run()
    after = list_file_states(parent)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    if strange := sorted(name for name in changed if not _is_written_by_command(name)):
        tell("fault", f"changed {strange[:9]}")


def play_round_in_process(campaign: Campaign, number: int) -> tuple[str, list[str]]:
    """A round in a process of its own; what was done, and what is wrong."""
    with tempfile.TemporaryDirectory(dir=campaign.base.parent) as folder:
        ours, theirs = multiprocessing.Pipe(duplex=False)
        child = multiprocessing.get_context("fork").Process(target=_run_child, args=(campaign, number, Path(folder), theirs))
        child.start()
        theirs.close()
        told: dict[str, list[str]] = {"done": [], "step": ["spoiling"], "fault": []}
        until = time.monotonic() + _PATIENCE
        try:
            while ours.poll(max(0, until - time.monotonic())):
                kind, text = ours.recv()
                told[kind].append(text)
            child.kill()
            told["fault"].append(f"{told['step'][-1]} hangs for more than {_PATIENCE} s")
        except EOFError:
            pass
        child.join()
        if child.exitcode not in (0, -signal.SIGKILL):
            told["fault"].append(f"{told['step'][-1]}: the process ended with {child.exitcode}")
        return "; ".join(told["done"]), told["fault"]


def _is_built(campaign: Campaign, number: int) -> bool:
    return bool(campaign.build_every) and number % campaign.build_every == 0


def _is_written_by_command(name: str) -> bool:
    return name in _WRITTEN or name.startswith(("dossier/site/", "dossier/schema/", "written/"))


def _run_child(campaign: Campaign, number: int, parent: Path, pipe: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_WORK, _WORK))
    _drop_power_over_permissions()
    play_round(campaign, number, parent, lambda kind, text: pipe.send((kind, text)))
    pipe.close()


def _drop_power_over_permissions() -> None:
    """Take from root, for this process and those that it starts, the right to read and write what its permissions forbid."""
    if os.geteuid() == 0 and hasattr(ctypes.CDLL(None), "capset"):
        libc, may_override, bounding_drop = ctypes.CDLL(None), (1, 2), 24
        for capability in may_override:
            libc.prctl(bounding_drop, capability, 0, 0, 0)
        header, data = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
        libc.capget(header, data)
        for place in range(3):
            data[place] &= ~sum(1 << capability for capability in may_override)
        libc.capset(header, data)
