"""The hostile-input campaign: a small dossier is spoilt at random, and whatever comes of it must be a problem with a place.

`PYTHONPATH=tests python -m support.fuzz --seed S --rounds N` plays N rounds, each in a process of its own with
little memory, in which it spoils one to three files, then reads, checks, reports, builds, previews and locks.
`--seed S --round R` plays one again.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import re
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from html.parser import HTMLParser
from multiprocessing.connection import Connection
from pathlib import Path, PurePosixPath

from dossier.captures.page_metadata import extract_page_metadata, format_article_front_matter
from dossier.checks import check_dossier
from dossier.loading import read_dossier
from dossier.loading.lock import read_lock, update_lock, write_lock
from dossier.loading.release import build_release, write_release
from dossier.model import LOCK_FILE_NAME, RULES, Problem, UnreadableError
from dossier.model.site.release import RELEASE_FILE_NAME
from dossier.pages import build_pages
from dossier.reports.problems import REPORT_FORMATTERS
from support.dossiers import EXAMPLE
from support.spoiling import SECRET, spoil_file

MEMORY, RESIDENT, SECONDS, PATIENCE = 1_500_000_000, 1_000_000, 15, 40
"""Bytes a round may ask for, kilobytes it may use, seconds it should take, seconds after which it hangs."""
MOST_PARSED = 300_000
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
SLUG = "tide-page"
LIES = '{"@type": "NewsArticle", "headline": "Tides", "author": [{"name": "A"}], "datePublished": "2024-05-01"}'
PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Tides</title>
<script type="application/ld+json">{LIES}</script><meta property="og:site_name" content="Island"></head><body>
<nav><ul><li><a href="/">Home</a></li></ul></nav><article><h1>Tides keep the ferry in port</h1>
<p>High water kept the ferry in port on three days of April, the harbour office said in its report.</p>
<blockquote><p>We wait for the water, and so does everybody else on the island.</p></blockquote>
<table><tr><th>Day</th><td>Hours &amp; minutes</td></tr></table><figure><img alt="A quay"><figcaption>The quay.</figcaption>
</figure><p>One<br><br>two</p></article><footer>Share this page</footer></body></html>
"""
RECORD = """---
title: Tides keep the ferry in port
publisher: harbour-gazette
authors: [A]
published: "2024-05-01"
url: https://gazette.example/tides
language: en
print: excerpts
reviewed: "2024-06-01"
---
The page says that the ferry stayed [“in port”](#three-days) and links [elsewhere](https://x.example/).
"""
NOTES = '- {id: three-days, quote: "kept the ferry in port", speaker: text, note: "See [it](/claims/april-record/)."}\n'

FORBIDDEN = "script iframe object embed base form link meta img".split()


OURS = ("search-form", "../assets/search.js")
"""What tells the form and the script of the page of the search, which nobody typed."""


class Injected(HTMLParser):
    """What no page may hold: scripts, handlers and links that run something."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = [re.sub(r"[\x00-\x20]", "", value or "").lower() for _, value in attrs]
        runs = any(value.startswith(("javascript:", "vbscript:", "data:")) for value in values)
        handlers = any(name.startswith("on") or name in ("srcdoc", "formaction") for name, _ in attrs)
        ours = any(value in OURS for _, value in attrs)
        if (tag in FORBIDDEN and not ours) or runs or handlers:
            self.found.append(f"<{tag} {attrs}>")


def find_problem_faults(problem: Problem) -> Iterator[str]:
    """What a problem lacks that every problem has."""
    path, place = PurePosixPath(problem.location.path), problem.location
    if not place.path or path.is_absolute() or ".." in path.parts or place.line < 1 or place.column < 1:
        yield f"has no place: {problem}"
    if problem.rule not in RULES or not problem.message or (problem.severity == "error" and not problem.help):
        yield f"has no rule, message or help: {problem}"
    if UNSEEN.search(f"{place}{problem.message}{problem.help}"):
        yield f"holds control characters: {problem}"


def find_dossier_faults(root: Path) -> Iterator[str]:
    """All that a dossier goes through, and what is wrong with what comes out."""
    try:
        dossier = read_dossier(root)
        problems = check_dossier(dossier)
        yield from (fault for problem in problems for fault in find_problem_faults(problem))
        told = "\n".join(form(problems, root) for form in REPORT_FORMATTERS.values())
        yield from find_output_faults("a report", told, "")
        for page in [page for preview in (False, True) for page in build_pages(dossier, preview)]:
            yield from find_output_faults(page.url, f"{page.title}\n{page.description}\n{page.content_html}", page.content_html)
        renewed = update_lock(dossier)
        write_lock(root / LOCK_FILE_NAME, renewed)
        if read_lock(root / LOCK_FILE_NAME) != (renewed, []):
            yield f"the lock that was written is not read again: {read_lock(root / LOCK_FILE_NAME)[1]}"
        if SLUG in dossier.captures and not (page_file := root / "originals" / f"{SLUG}.html").is_symlink():
            format_article_front_matter(extract_page_metadata(page_file.read_bytes()), dossier.captures[SLUG]).encode()
    except UnreadableError as error:
        yield from () if error.help else [f"no help: {error}"]


def find_output_faults(name: str, text: str, html: str) -> Iterator[str]:
    """What is wrong with a page or a report. A capture's own control characters are its publisher's."""
    text.encode()
    if not html and (unseen := UNSEEN.search(text.replace("\n", "").replace("\t", ""))):
        yield f"{name} holds control characters: {unseen[0]!r}"
    if SECRET in text:
        yield f"LINK {name} shows what a link out of the project leads to"
    if len(html) < MOST_PARSED:
        yield from (f"{name} holds {tag}" for tag in Injected(html).found)


def list_file_states(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Every file below a folder with what changes when it is written to."""
    found = {}
    for place, folders, files in os.walk(folder):
        for name in (*folders, *files):
            status = os.lstat(os.path.join(place, name))
            found[os.path.relpath(os.path.join(place, name), folder)] = (status.st_mtime_ns, status.st_size, status.st_mode)
    return found


def make_base(folder: Path) -> Path:
    """The dossier that is spoilt: the example and an article whose capture is a page, locked and released."""
    shutil.copytree(EXAMPLE, folder)
    for name, text in (
        (f"docs/articles/{SLUG}.md", RECORD),
        (f"annotations/articles/{SLUG}.yml", NOTES),
        (f"originals/{SLUG}.html", PAGE),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    write_lock(folder / LOCK_FILE_NAME, update_lock(read_dossier(folder)))
    write_release(folder / RELEASE_FILE_NAME, build_release(read_dossier(folder)))
    return folder


def play_round(seed: int, number: int, base: Path, parent: Path) -> Iterator[str]:
    """One round in an empty folder: first what was done, then what is wrong."""
    rng = random.Random(f"{seed} {number}")
    root, outside = parent / "dossier", parent / "outside"
    shutil.copytree(base, root)
    outside.mkdir()
    (outside / "secret.yml").write_text(f"{SECRET}: [", encoding="utf-8")
    done = []
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        done.append(spoil_file(rng, root))
    yield "; ".join(done)
    before, start = list_file_states(parent), time.perf_counter()
    try:
        yield from find_dossier_faults(root)
    except BaseException as error:
        ours = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
        yield f"{type(error).__name__}: {str(error)[:300]} at {' < '.join(ours[:-8:-1])}"
    if (took := time.perf_counter() - start) > SECONDS:
        yield f"took {took:.1f} s"
    if (used := resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) > RESIDENT:
        yield f"used {used // 1000} MB"
    after = list_file_states(parent)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)} - {
        f"dossier/{LOCK_FILE_NAME}",
        "dossier",
    }
    yield from [f"changed {sorted(changed)}"] if changed else []


def _run_child(seed: int, number: int, base: Path, parent: Path, pipe: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for said in play_round(seed, number, base, parent):
        pipe.send(said)
    pipe.close()


def play_round_in_process(seed: int, number: int, base: Path) -> list[str]:
    """A round in a process of its own; what was done, and what is wrong."""
    with tempfile.TemporaryDirectory(dir=base.parent) as folder:
        ours, theirs = multiprocessing.Pipe(duplex=False)
        child = multiprocessing.get_context("fork").Process(target=_run_child, args=(seed, number, base, Path(folder), theirs))
        child.start()
        theirs.close()
        said: list[str] = []
        until = time.monotonic() + PATIENCE
        try:
            while ours.poll(max(0, until - time.monotonic())):
                said.append(ours.recv())
            child.kill()
            said.append(f"hangs for more than {PATIENCE} s")
        except EOFError:
            pass
        child.join()
        if child.exitcode not in (0, -signal.SIGKILL):
            said += [*([] if said else ["nothing was done"]), f"the process ended with {child.exitcode}"]
        return said


def main() -> None:
    """Play rounds and print what is wrong; status 1 where something is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--round", type=int, help="play this one alone")
    parser.add_argument("--links", action="store_true", help="words read through links out of the project are failures too")
    asked = parser.parse_args()
    os.environ.pop("DOSSIER_CAPTURES", None)
    failed = linked = 0
    with tempfile.TemporaryDirectory() as folder:
        base = make_base(Path(folder) / "base")
        assert not list(find_dossier_faults(base))  # also loads and compiles, once, what every round needs
        for number in range(asked.rounds) if asked.round is None else [asked.round]:
            done, *wrong = play_round_in_process(asked.seed, number, base)
            shown = [fault for fault in wrong if asked.links or not fault.startswith("LINK ")]
            linked += len(shown) < len(wrong)
            failed += bool(shown)
            for fault in shown:
                print(f"--seed {asked.seed} --round {number}: {done}\n    {fault}", flush=True)
    print(f"seed {asked.seed}: {failed} rounds failed; {linked} read through a link out of the project.")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
