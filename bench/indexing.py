"""Measure the search indexing of one dossier after a build, and print JSON: `python -m bench.indexing FOLDER`."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.processes import KIBIBYTES
from dossier.loading import read_dossier
from dossier.output.pagefind import SearchIndexer
from dossier.pages import iter_search_documents


def measure_indexing(root: Path) -> dict[str, float]:
    """Seconds from records to written index, Pagefind's peak memory in MB, and the number of HTML pages of the built site."""
    published, indexer = read_dossier(root).only_published(), SearchIndexer()
    with TemporaryDirectory(prefix="bench-") as site:
        start = perf_counter()
        indexer.prepare_build(Path(site))
        indexer.start_indexing(iter_search_documents(published), "en")
        indexer.wait_for_index()
        seconds = perf_counter() - start
    # Pagefind is this process's only child, so the children's maximum is Pagefind's.
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / KIBIBYTES / 1024
    return {"seconds": seconds, "megabytes": peak, "pages": sum(1 for _ in (root / "site").rglob("*.html"))}


if __name__ == "__main__":
    print(json.dumps(measure_indexing(Path(sys.argv[1]))))
