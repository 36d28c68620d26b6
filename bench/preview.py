"""How long a preview takes: from saving one annotation under `mkdocs serve` to the new page being served."""

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
PAUSE = 0.05
"""Seconds between two looks at the page."""

SETTLE = 2
"""Seconds of rest before the annotation is saved, so that the watcher is at work."""


class Preview(NamedTuple):
    """Seconds until the first page was served, and from saving an annotation to its being served."""

    first: float
    again: float


def measure_previews(folder: Path, timeout: float) -> dict[str, Preview]:
    """Both sites' previews, one after the other; raises `SystemExit` where one takes longer than the timeout."""
    files = {OURS: get_annotations_path(folder / OURS, ARTICLE), PLAIN: get_article_path(folder / PLAIN, ARTICLE)}
    return {name: _measure_preview(folder / name, file, folder / "temporary", timeout) for name, file in files.items()}


def _measure_preview(site: Path, file: Path, temporary: Path, timeout: float) -> Preview:
    """One preview; the annotation is as it was afterwards."""
    port = _find_free_port()
    before = file.read_text(encoding="utf-8")
    old = _extract_note_start(before)
    with run_in_background(site, temporary, "mkdocs", "serve", "--quiet", "--dev-addr", f"127.0.0.1:{port}") as process:
        try:
            first = _wait_for_words(process, port, old, timeout)
            time.sleep(SETTLE)
            file.write_text(before.replace(old, "Changed " + old, 1), encoding="utf-8")
            return Preview(first, _wait_for_words(process, port, "Changed " + old, timeout))
        finally:
            file.write_text(before, encoding="utf-8")


def _extract_note_start(text: str) -> str:
    """The beginning of the first note, which stands behind its quotation in both sites' files."""
    head = "  note: " if "  note: " in text else "{: #note-1 }"
    return " ".join(text.partition(head)[2].strip(' "\n').split()[:6])


def _wait_for_words(process: subprocess.Popen[bytes], port: int, words: str, timeout: float) -> float:
    """Seconds until the article's page holds some words."""
    start = time.perf_counter()
    while (waited := time.perf_counter() - start) < timeout:
        if process.poll() is not None:
            raise SystemExit(f"mkdocs serve ended with status {process.returncode}")
        if words in _fetch_page(port, timeout - waited):
            return time.perf_counter() - start
        time.sleep(PAUSE)
    raise SystemExit(f"mkdocs serve did not serve the page within {timeout:.0f} s")


def _fetch_page(port: int, patience: float) -> str:
    """The article's page as it is served now; empty where there is none yet. While MkDocs builds, it waits."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=max(patience, 1))
    try:
        connection.request("GET", f"/articles/{ARTICLE}/")
        return connection.getresponse().read().decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        return ""
    finally:
        connection.close()


def _find_free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
