"""Run a module like `python -m`, and write this process's own peak memory to a file: `python -m bench.peak FILE mkdocs build`.

The parent cannot measure it: its `RUSAGE_CHILDREN` is the maximum over the process and all descendants, Pagefind included.
"""

from __future__ import annotations

import atexit
import resource
import runpy
import sys
from pathlib import Path


def main() -> None:
    """Run the module, and write `ru_maxrss` (KiB, on macOS bytes) to the file when the process exits, even after an error."""
    file, module = sys.argv[1:3]
    sys.argv = sys.argv[2:]
    atexit.register(lambda: Path(file).write_text(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss), encoding="utf-8"))
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
