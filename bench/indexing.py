"""What indexing one dossier for the search takes, as JSON: `python -m bench.indexing FOLDER`, after a build."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.processes import KIBIBYTES
from dossier.loading import read
from dossier.output.pagefind import Indexing
from dossier.pages import found


def indexing(root: Path) -> dict[str, float]:
    """Seconds from the records to the written index, Pagefind's peak memory in MB, and the pages of the finished site."""
    shown, index = read(root).published(), Indexing()
    with TemporaryDirectory(prefix="bench-") as site:
        start = perf_counter()
        index.begin(Path(site))
        index.start(found(shown), "en")
        index.finish()
        seconds = perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / KIBIBYTES / 1024
    return {"seconds": seconds, "megabytes": peak, "pages": sum(1 for _ in (root / "site").rglob("*.html"))}


if __name__ == "__main__":
    print(json.dumps(indexing(Path(sys.argv[1]))))
