"""Plays a campaign from the command line, and prints what is wrong with the round that shows it again."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from support.fuzz import __doc__ as about
from support.fuzz.rounds import BUILD_EVERY, Campaign, play_round_in_process, prepare_campaign
from support.fuzz.spoiling import WAYS


def main() -> None:
    """Play rounds and print what is wrong; status 1 where something is."""
    parser = argparse.ArgumentParser(prog="python -m support.fuzz", description=about)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--round", type=int, help="play this one alone")
    parser.add_argument("--way", action="append", choices=WAYS, default=[], help="spoil in this way only; repeat for several")
    parser.add_argument("--build-every", type=int, default=BUILD_EVERY, help="build the site every so many rounds; 0 for never")
    parser.add_argument("--jobs", type=int, default=1, help="rounds that are played at the same time")
    asked = parser.parse_args()
    for name in ("DOSSIER_CAPTURES", "DOSSIER_PENDING", "CI"):
        os.environ.pop(name, None)
    numbers = range(asked.rounds) if asked.round is None else [asked.round]
    with tempfile.TemporaryDirectory() as folder:
        campaign = prepare_campaign(asked.seed, Path(folder), tuple(asked.way), asked.build_every)
        failed = sum(_print_round(campaign, number, *outcome) for number, outcome in _play_rounds(campaign, numbers, asked.jobs))
    print(f"seed {asked.seed}: {failed} of {len(numbers)} rounds failed.")
    sys.exit(bool(failed))


def _play_rounds(campaign: Campaign, numbers: Iterable[int], jobs: int) -> Iterable[tuple[int, tuple[str, list[str]]]]:
    if jobs == 1:
        yield from ((number, play_round_in_process(campaign, number)) for number in numbers)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from zip(numbers, pool.map(play_round_in_process, [campaign] * len(numbers), numbers, chunksize=5), strict=True)


def _print_round(campaign: Campaign, number: int, done: str, faults: list[str]) -> bool:
    for fault in faults:
        print(f"--seed {campaign.seed} --round {number}: {done}\n    {fault}", flush=True)
    return bool(faults)


if __name__ == "__main__":
    main()
