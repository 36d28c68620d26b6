"""Convert foreign pages as `dossier convert` does, each in a process of its own that tells its time and memory."""

from __future__ import annotations

import resource
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import trafilatura

from bench.overlap import count_folded_words
from bench.processes import KIBIBYTES
from dossier.captures.convert import convert_capture
from dossier.model.problems.problem import UnreadableError
from dossier.model.quotations.capture import Paragraph

PRELOADED = ["bench.conversion", "dossier.captures.html_page"]
"""Imported before the first process starts, so that the libraries' start is in nobody's time."""


class Conversion(NamedTuple):
    """One page converted: the words of all paragraphs, those of the body, and those that trafilatura extracts by itself.

    `refusal` is the message if the page is refused, `difference` what keeps it from being printed whole; else both are empty.
    `megabytes` is the peak of the process, libraries included.
    """

    seconds: float
    megabytes: float
    refusal: str
    difference: str
    words: Counter[str]
    body: Counter[str]
    extracted: Counter[str]


def convert_pages(files: Sequence[Path], processes: int) -> Iterator[Conversion]:
    """Convert pages, and yield the results in their order."""
    context = get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    # One task for each process: the peak memory of a process never falls.
    with ProcessPoolExecutor(processes, context, max_tasks_per_child=1) as pool:
        yield from pool.map(convert_page, files)


def convert_page(file: Path) -> Conversion:
    """Convert one page in this process."""
    content = file.read_bytes()
    paragraphs: tuple[Paragraph, ...] = ()
    refusal = difference = ""
    start = perf_counter()
    try:
        capture = convert_capture(content, ending=".html")
        paragraphs, difference = capture.paragraphs, capture.difference
    except UnreadableError as error:
        refusal = str(error)
    seconds = perf_counter() - start
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIBIBYTES / 1024
    words = count_folded_words("\n".join(paragraph.text for paragraph in paragraphs))
    body = count_folded_words("\n".join(paragraph.text for paragraph in paragraphs if paragraph.kind != "furniture"))
    return Conversion(
        seconds, megabytes, refusal, difference, words, body, count_folded_words(trafilatura.extract(content) or "")
    )
