"""Build synthetic dossiers and plain sites with the same content, and print a comparison in Markdown.

`python -m bench.run --sizes 100 1000 --repeat 3 --preview`, from the repository's root.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import sys
from collections import defaultdict
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bench.generate import OURS, PLAIN
from bench.preview import measure_previews
from bench.processes import Run, capture_output, measure_run

REST = "MkDocs, templates, index"
"""Label of the part of our build that is in none of the measured stages."""


class SizeMeasurements(NamedTuple):
    """Medians for one number of articles.

    `builds` maps the two sites to their builds, `stages` our stages to seconds; `indexing` has `seconds`, `megabytes` and
    `pages`. Indexing is also a part of our build.
    """

    articles: int
    builds: dict[str, Run]
    stages: dict[str, float]
    indexing: dict[str, float]


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000], help="numbers of articles")
    parser.add_argument("--repeat", type=int, default=3, help="builds of each site; medians are printed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--preview", action="store_true", help="time a preview at the largest size too")
    parser.add_argument("--timeout", type=float, default=600, help="seconds after which a preview is given up")
    options = parser.parse_args()
    with TemporaryDirectory(prefix="bench-") as name:
        folders = {size: _prepare_sites(Path(name) / str(size), size, options.seed) for size in sorted(set(options.sizes))}
        measurements = [_measure_builds(folder, size, options.repeat) for size, folder in folders.items()]
        print(
            _format_builds_table(measurements),
            _format_stages_table(measurements),
            _format_indexing_table(measurements),
            sep="\n\n",
            flush=True,
        )
        if options.preview:
            largest = max(folders)
            print(_format_preview_table(folders[largest], largest, options.timeout), flush=True)


def _prepare_sites(folder: Path, articles: int, seed: int) -> Path:
    """Write both sites into a folder, and lock ours."""
    # In a separate process, because on Linux a child's peak memory begins at the size of the process that forks it.
    _print_progress(f"writing {articles} articles")
    folder.mkdir(parents=True)
    measure_run(folder, "bench.generate", ".", "--articles", str(articles), "--seed", str(seed))
    measure_run(folder / OURS, "dossier", "lock")
    return folder


def _measure_builds(folder: Path, articles: int, repeat: int) -> SizeMeasurements:
    """Build both sites alternately, so that a machine that becomes hot or busy affects both."""
    runs: defaultdict[str, list[Run]] = defaultdict(list)
    stages: defaultdict[str, list[float]] = defaultdict(list)
    indexing: defaultdict[str, list[float]] = defaultdict(list)
    for repetition in range(repeat):
        for name in (OURS, PLAIN):
            _print_progress(f"{articles} articles, {name}, build {repetition + 1} of {repeat}")
            shutil.rmtree(folder / name / "site", ignore_errors=True)
            runs[name].append(measure_run(folder / name, "mkdocs", "build", "--quiet"))
        for lists, module in ((stages, "bench.stages"), (indexing, "bench.indexing")):
            for key, number in json.loads(capture_output(folder, module, OURS)).items():
                lists[key].append(number)
    builds = {name: Run(*(median(column) for column in zip(*rows, strict=True))) for name, rows in runs.items()}
    ours, index = ({name: median(column) for name, column in lists.items()} for lists in (stages, indexing))
    return SizeMeasurements(articles, builds, ours | {REST: builds[OURS].seconds - sum(ours.values())}, index)


def _format_builds_table(measurements: list[SizeMeasurements]) -> str:
    """Build time and peak memory of both sites by size, and the growth exponents."""
    rows = []
    for size in measurements:
        ours, plain = size.builds[OURS], size.builds[PLAIN]
        times = [f"{ours.seconds:.2f} s", f"{plain.seconds:.2f} s", f"{ours.seconds / plain.seconds:.2f}"]
        memory = [f"{ours.megabytes:.0f} MB", f"{plain.megabytes:.0f} MB", f"{ours.megabytes / plain.megabytes:.2f}"]
        rows.append([f"{size.articles:,}", *times, *memory])
    if len(measurements) > 1:
        rows.append(
            [
                "growth exponent",
                *(f"{_compute_growth_exponent(measurements, name):.2f}" for name in (OURS, PLAIN)),
                "",
                "",
                "",
                "",
            ]
        )
    return _format_table(["articles", "ours", "plain", "ratio", "peak, ours", "peak, plain", "ratio"], rows)


def _compute_growth_exponent(measurements: list[SizeMeasurements], name: str) -> float:
    """The power of the number of articles with which a site's build time grows; 1 is linear."""
    first, last = measurements[0], measurements[-1]
    return math.log(last.builds[name].seconds / first.builds[name].seconds) / math.log(last.articles / first.articles)


def _format_stages_table(measurements: list[SizeMeasurements]) -> str:
    """Our seconds by stage and size, with each stage's share of the build."""
    rows = []
    for size in measurements:
        whole = size.builds[OURS].seconds
        cells = [f"{size.stages[stage]:.2f} s ({size.stages[stage] / whole:.0%})" for stage in size.stages]
        rows.append([f"{size.articles:,}", *cells])
    return _format_table(["articles, ours", *measurements[0].stages], rows)


def _format_indexing_table(measurements: list[SizeMeasurements]) -> str:
    """Time and memory of indexing by itself, by size; in a build it runs while the pages are written."""
    rows = []
    for size in measurements:
        seconds, pages = size.indexing["seconds"], size.indexing["pages"]
        page_time = f"{1000 * seconds / pages:.2f} ms"
        rows.append(
            [f"{size.articles:,}", f"{seconds:.2f} s", f"{pages:,.0f}", page_time, f"{size.indexing['megabytes']:.0f} MB"]
        )
    return _format_table(["articles", "indexing, ours", "pages", "a page", "peak, Pagefind"], rows)


def _format_preview_table(folder: Path, articles: int, timeout: float) -> str:
    _print_progress(f"{articles} articles, previews")
    previews = measure_previews(folder, timeout)
    ours, plain = previews[OURS], previews[PLAIN]
    times = ("start to first page", ours.first, plain.first), ("save to new page", ours.again, plain.again)
    rows = [
        [label, f"{our_seconds:.2f} s", f"{plain_seconds:.2f} s", f"{our_seconds / plain_seconds:.2f}"]
        for label, our_seconds, plain_seconds in times
    ]
    return "\n" + _format_table([f"preview, {articles:,} articles", "ours", "plain", "ratio"], rows)


def _format_table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _print_progress(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
