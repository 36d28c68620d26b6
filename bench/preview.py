"""Measure previews: the time from saving one annotation under `mkdocs serve` until the new page is served."""

from __future__ import annotations

import http.client
import socket
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

from bench.annotated import get_annotations_path
from bench.generate import OURS, PLAIN
from bench.plain import get_article_path
from bench.processes import run_in_background

ARTICLE = "article-1"
POLL_SECONDS = 0.05
"""Pause between two requests for the page."""

SETTLE_SECONDS = 2
"""Pause before the annotation is saved, so that the file watcher has started."""


class Preview(NamedTuple):
    """Seconds from start to the first page (`first`), and from saving an annotation to the new page (`again`)."""

    first: float
    again: float


def measure_previews(folder: Path, timeout: float) -> dict[str, Preview]:
    """Measure both sites' previews, one after the other. Raises `SystemExit` if one exceeds `timeout`, in seconds."""
    files = {OURS: get_annotations_path(folder / OURS, ARTICLE), PLAIN: get_article_path(folder / PLAIN, ARTICLE)}
    return {name: _measure_preview(folder / name, file, folder / "temporary", timeout) for name, file in files.items()}


def _measure_preview(site: Path, file: Path, temporary: Path, timeout: float) -> Preview:
    """Measure one preview: change the note in `file` while the server runs, then restore the file."""
    port = _find_free_port()
    original = file.read_text(encoding="utf-8")
    old = _extract_note_start(original)
    with run_in_background(site, temporary, "mkdocs", "serve", "--quiet", "--dev-addr", f"127.0.0.1:{port}") as process:
        try:
            first = _wait_for_words(process, port, old, timeout)
            time.sleep(SETTLE_SECONDS)
            file.write_text(original.replace(old, "Changed " + old, 1), encoding="utf-8")
            return Preview(first, _wait_for_words(process, port, "Changed " + old, timeout))
        finally:
            file.write_text(original, encoding="utf-8")


def _extract_note_start(text: str) -> str:
    """The first words of the first note, from the file of either site."""
    head = "  note: " if "  note: " in text else "{: #note-1 }"
    return " ".join(text.partition(head)[2].strip(' "\n').split()[:6])


def _wait_for_words(process: subprocess.Popen[bytes], port: int, words: str, timeout: float) -> float:
    """Seconds until the article's page contains some words. Raises `SystemExit` if the server ends, or after `timeout`."""
    start = time.perf_counter()
    while (waited := time.perf_counter() - start) < timeout:
        if process.poll() is not None:
            raise SystemExit(f"mkdocs serve ended with status {process.returncode}")
        if words in _fetch_page(port, timeout - waited):
            return time.perf_counter() - start
        time.sleep(POLL_SECONDS)
    raise SystemExit(f"mkdocs serve did not serve the page within {timeout:.0f} s")


def _fetch_page(port: int, timeout: float) -> str:
    """The article's page as served now; empty if there is none yet. MkDocs answers only after a running build."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=max(timeout, 1))
    try:
        connection.request("GET", f"/articles/{ARTICLE}/")
        return connection.getresponse().read().decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        return ""
    finally:
        connection.close()


def _find_free_port() -> int:
    # Port 0 makes the system choose a free one. It is released before MkDocs binds it, so it could be taken meanwhile.
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
