"""Which words of an article its digest has outside quotation marks."""

from __future__ import annotations

import pytest

from dossier.model.quotations.capture import Capture, Paragraph
from dossier.model.quotations.copied_words import find_copied_runs
from dossier.model.quotations.digest import Digest

ARTICLE = (
    "The boat’s crew keeps a log of its own, and counts.",
    "It has every crossing since the new boat came to the pier.",
)


def list_copied_runs(digest: str) -> list[str]:
    capture = Capture("", "", tuple(Paragraph(number, "paragraph", text) for number, text in enumerate(ARTICLE, 1)))
    runs = find_copied_runs(Digest("docs/articles/boat.md", digest, 10), capture)
    return [f"{run.location.line}:{run.location.column} {len(run.words)}" for run in runs]


@pytest.mark.parametrize(
    ("digest", "runs"),
    [
        ("They say that the crew keeps a log of its own.", ["10:19 7"]),
        ("They say that the crew keeps a log of its records.", []),
        ("It has\nEVERY **crossing** since\nthe new boat.", ["10:1 8"]),
        ("A log of its own, and counts. It has", ["10:1 9"]),
        ("every crossing [since the new](#boat) boat came", ["10:1 7"]),
        ("every crossing since – the\u00ad new bo\u00adat came", ["10:1 7"]),
        ("every cross\u200bing since the new boat came", ["10:1 7"]),
        ("every crossing “since the new boat” came to the pier", []),
        ("We tell: “every crossing since the new boat came to the pier”.", []),
        ("“A [quotation](#a) begins. Every crossing since the new boat came", ["10:28 7"]),
        ('"A [quotation](#a) every crossing since the new boat came to"', ["10:20 8"]),
        ("The boats crew keeps a log of it.\n\nEvery crossing since the new boat came", ["10:1 7", "12:1 7"]),
        ("- every crossing since\n- the new boat came", ["10:3 7"]),
        ("    every crossing since the new boat came", ["10:5 7"]),
        ("every crossing &#115;ince the new boat came", ["10:1 7"]),
    ],
)
def test_runs_of_the_article_are_found_where_they_begin(digest: str, runs: list[str]) -> None:
    assert list_copied_runs(digest) == runs
