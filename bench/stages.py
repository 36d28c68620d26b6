"""Measure our stages on one dossier, and print seconds as JSON: `python -m bench.stages FOLDER`.

Run it in a new process: a second run in the same one would find filled caches.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter

from dossier.checks import check_dossier
from dossier.loading import read_dossier
from dossier.pages import build_pages


def measure_stages(root: Path) -> dict[str, float]:
    """Seconds by stage. Raises `SystemExit` if the dossier has problems: the numbers would not be comparable."""
    start = perf_counter()
    dossier = read_dossier(root)
    after_read = perf_counter()
    problems = check_dossier(dossier)
    after_check = perf_counter()
    for page in build_pages(dossier):
        page.content_html  # noqa: B018  # a property that renders the page
    after_build = perf_counter()
    if problems:
        raise SystemExit(f"the synthetic dossier has {len(problems)} problems, the first: {problems[0]}")
    return {"read": after_read - start, "check": after_check - after_read, "build pages": after_build - after_check}


if __name__ == "__main__":
    print(json.dumps(measure_stages(Path(sys.argv[1]))))
