"""Words of an article that its digest has outside quotation marks: runs that would make it a copy instead of a digest."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from dossier.model.problems.problem import Location
from dossier.model.quotations.capture import Capture, fold_words
from dossier.model.quotations.digest import Digest
from dossier.model.quotations.typography import fold_typography

MIN_COPIED_WORDS = 7
"""Words in a row that are a copy; fewer are what any report of the same thing may have."""


class CopiedRun(NamedTuple):
    """A longest run of copied words, in lower case, and where it begins in the digest."""

    words: list[str]
    location: Location


def find_copied_runs(digest: Digest, capture: Capture) -> list[CopiedRun]:
    """The runs of `MIN_COPIED_WORDS` words or more that a digest shares with a capture, in order.

    Case, punctuation and the borders of paragraphs and links do not count. Words in quotation marks end a run.
    """
    article = list(chain.from_iterable(fold_words(fold_typography(paragraph.text)) for paragraph in capture.paragraphs))
    grams = {tuple(article[start : start + MIN_COPIED_WORDS]) for start in range(len(article) - MIN_COPIED_WORDS + 1)}
    return [run for words in _iter_own_words(digest) for run in _find_runs(words, grams, digest)]


def _find_runs(words: list[tuple[str, Location]], grams: set[tuple[str, ...]], digest: Digest) -> Iterator[CopiedRun]:
    """The runs in words of which each has its passage's location; overlapping grams make one run."""
    start = end = 0
    for index in range(len(words) + 1):
        if end and index == end:
            yield CopiedRun([word for word, _ in words[start:end]], _locate_run(words[start:end], digest))
            start = end = 0
        if tuple(word for word, _ in words[index : index + MIN_COPIED_WORDS]) in grams:
            start, end = (start if end else index), index + MIN_COPIED_WORDS


def _locate_run(run: list[tuple[str, Location]], digest: Digest) -> Location:
    """Where a run begins in the Markdown, which may divide it by a link: its first three words are searched."""
    return digest.locate_words([word for word, _ in run[:3]], run[0][1])


def _iter_own_words(digest: Digest) -> Iterator[list[tuple[str, Location]]]:
    """The words between quotations, each with the location of its passage."""
    words: list[tuple[str, Location]] = []
    for passage in digest.passages:
        first, *others = passage.split_at_quoted_words()
        words += ((word, passage.location) for word in fold_words(fold_typography(first)))
        for piece in others:
            yield words
            words = [(word, passage.location) for word in fold_words(fold_typography(piece))]
    yield words
