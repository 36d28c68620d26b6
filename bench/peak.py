"""Run a module as `python -m` does, and tell how large this process itself has been: `python -m bench.peak FILE mkdocs build`.

What a parent is told of a process that has ended is the size of the largest that it has waited for, Pagefind among them.
"""

from __future__ import annotations

import atexit
import resource
import runpy
import sys
from pathlib import Path


def main() -> None:
    """Write the peak, as the system counts it, to a file, whatever the module does."""
    file, module = sys.argv[1:3]
    sys.argv = sys.argv[2:]
    atexit.register(lambda: Path(file).write_text(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss), encoding="utf-8"))
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
