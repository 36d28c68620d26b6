"""Measure how whole foreign pages are read: `python -m bench.foreign_pages FOLDER… --cache DIR`, from the repository's root.

A folder is searched for pages (`*.html`, `*.htm`). A `source.html` with an `expected.html` beside it, as readability has them,
is compared with that; every page is compared with trafilatura and with what Chromium shows. Exits with 1 if a goal is missed.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from bench.browser_text import BrowserText
from bench.conversion import Conversion, convert_pages
from bench.overlap import Overlap, compare_bags, count_folded_words, sum_up_shares

GOAL_RECALL, GOAL_PRECISION = 0.995, 0.97
"""The least of the medians against readability's expected texts."""

GOAL_SHOWN = 0.98
"""The least recall against Chromium of every page that could be printed whole, that is, of which the proof holds."""

FEWEST_WORDS = 20
"""A page of which Chromium shows fewer is not compared with it: it needs its scripts, and its shares say nothing."""

WORST = 10
EXPECTED = "expected.html"


class MeasuredPage(NamedTuple):
    """A page, its conversion, and what its words are compared with; None where there is nothing to compare with."""

    name: str
    conversion: Conversion
    expected: Overlap | None
    extracted: Overlap | None
    shown: Overlap | None


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+", help="folders with saved pages")
    parser.add_argument("--cache", type=Path, required=True, help="a folder outside of the repository, for what Chromium shows")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    files = list(_iter_page_files(options.folders))
    if not files:
        sys.exit("there are no pages in these folders")
    pages = list(measure_pages(files, options.cache, options.processes))
    print(format_report(pages))
    sys.exit("\n".join(find_missed_goals(pages)) or 0)


def _iter_page_files(folders: Sequence[Path]) -> Iterator[Path]:
    """The pages below some folders, in the order of their paths."""
    for file in sorted(chain.from_iterable(folder.rglob("*.htm*") for folder in folders)):
        if file.suffix in (".html", ".htm") and file.name != EXPECTED:
            yield file


def measure_pages(files: Sequence[Path], cache: Path, processes: int) -> Iterator[MeasuredPage]:
    """Convert pages, and compare each with what others read in it."""
    with BrowserText.open_browser(cache) as browser:
        for number, (file, conversion) in enumerate(zip(files, convert_pages(files, processes), strict=True), 1):
            if number % 100 == 0:
                print(f"{number} of {len(files)} pages", file=sys.stderr, flush=True)
            yield _compare_page(file, conversion, browser)


def _compare_page(file: Path, conversion: Conversion, browser: BrowserText) -> MeasuredPage:
    name = file.parent.name if file.name == "source.html" else file.name
    if conversion.refusal:
        return MeasuredPage(name, conversion, None, None, None)
    shown = count_folded_words(browser.read_shown_text(file.read_bytes()) or "")
    expected = None
    if (expected_file := file.with_name(EXPECTED)).exists() and file.name == "source.html":
        # These files are UTF-8 without saying so; the mark says it to the browser.
        text = browser.read_shown_text(b"\xef\xbb\xbf" + expected_file.read_bytes())
        expected = compare_bags(conversion.body, count_folded_words(text or ""))
    return MeasuredPage(
        name,
        conversion,
        expected,
        compare_bags(conversion.body, conversion.extracted) if conversion.extracted else None,
        compare_bags(conversion.words, shown) if shown.total() >= FEWEST_WORDS else None,
    )


def find_missed_goals(pages: Sequence[MeasuredPage]) -> list[str]:
    """A sentence for each goal that is missed; pages under the goal against Chromium by name."""
    missed = []
    if expected := [page.expected for page in pages if page.expected]:
        recall = sum_up_shares([overlap.recall for overlap in expected]).middle
        precision = sum_up_shares([overlap.precision for overlap in expected]).middle
        if recall < GOAL_RECALL:
            missed.append(f"the median recall against {EXPECTED} is {recall:.4f}, under {GOAL_RECALL}")
        if precision < GOAL_PRECISION:
            missed.append(f"the median precision against {EXPECTED} is {precision:.4f}, under {GOAL_PRECISION}")
    proved = [(page.name, page.shown) for page in pages if page.shown and not page.conversion.difference]
    if short := [name for name, shown in proved if shown.recall < GOAL_SHOWN]:
        missed.append(
            f"{len(short)} pages could be printed whole, and are under {GOAL_SHOWN} of what Chromium shows: {', '.join(short)}"
        )
    return missed


def format_report(pages: Sequence[MeasuredPage]) -> str:
    """Tables of shares, time, memory and refusals in Markdown, and the worst pages of each comparison by name."""
    references = {
        EXPECTED: [(page.name, page.expected) for page in pages if page.expected],
        "trafilatura": [(page.name, page.extracted) for page in pages if page.extracted],
        "Chromium, all paragraphs": [(page.name, page.shown) for page in pages if page.shown],
    }
    lines = ["| compared with | pages | median | mean | 5 % below | worst |", "| --- | ---: | ---: | ---: | ---: | ---: |"]
    worst = []
    for label, overlaps in references.items():
        for measure in Overlap._fields:
            shares = sorted((getattr(overlap, measure), name) for name, overlap in overlaps)
            if shares:
                numbers = " | ".join(f"{number:.3f}" for number in sum_up_shares([share for share, _ in shares]))
                lines.append(f"| {label}, {measure} | {len(shares)} | {numbers} |")
                worst.append(f"{label}, {measure}: " + ", ".join(f"{name} {share:.3f}" for share, name in shares[:WORST]))
    return "\n".join((*lines, "", *worst, "", *_iter_cost_lines(pages)))


def _iter_cost_lines(pages: Sequence[MeasuredPage]) -> Iterator[str]:
    """Time and memory, which pages are refused, and which are not to be printed whole."""
    for unit in ("seconds", "megabytes"):
        costs = sorted(((getattr(page.conversion, unit), page.name) for page in pages), reverse=True)
        most = ", ".join(f"{name} {cost:.2f}" for cost, name in costs[:3])
        yield f"{unit}: median {costs[len(costs) // 2][0]:.2f}, 95 % below {costs[len(costs) // 20][0]:.2f}, most {most}"
    refused = [page for page in pages if page.conversion.refusal]
    yield f"refused: {len(refused)} of {len(pages)}"
    yield from (f"- {page.name}: {page.conversion.refusal}" for page in refused)
    differing = [page for page in pages if page.conversion.difference]
    yield f"not proved: {len(differing)} of {len(pages)}"
    yield from (f"- {page.name}: {page.conversion.difference}" for page in differing)


if __name__ == "__main__":
    main()
