"""The five captures, where they are at hand: their shape, their quotations, and that none of their words went astray."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from dossier.captures.convert import convert_capture, validate_conversion
from dossier.captures.decoding import decode_text
from dossier.checks import check_dossier
from dossier.loading import read_dossier
from dossier.loading.lock import format_lock, update_lock
from dossier.loading.settings import read_settings
from dossier.model import LOCK_FILE_NAME, Dossier
from dossier.model.headlines import find_quoted_headline
from dossier.model.quotations.anchoring import Anchor, has_words
from dossier.model.quotations.capture import fold_words
from support.dossiers import ROOT

MOST = 25
"""Longest run of a capture's words that may stand in a file."""

PARAGRAPHS = {
    "telegraph-2021-03-26": 21,
    "truthtalks": 42,
    "knowtechie-2021-03": 21,
    "unattributed-2021-03": 16,
    "unattributed-2020-11": 18,
}


@pytest.fixture(scope="module")
def dossier(captures: Path) -> Dossier:
    """The real dossier, read with the captures."""
    return read_dossier(ROOT, replace(read_settings(ROOT)[0], captures=str(captures)))


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """Every run of words that is one too long, by what a capture's and a file's have in common."""
    words = fold_words(unescape(text))
    yield from (tuple(words[first : first + MOST + 1]) for first in range(len(words) - MOST))


@pytest.mark.parametrize(("slug", "number"), PARAGRAPHS.items())
def test_a_capture_has_its_paragraphs(captures: Path, slug: str, number: int) -> None:
    paragraphs = convert_capture((captures / f"{slug}.txt").read_bytes()).paragraphs
    assert [paragraph.number for paragraph in paragraphs] == list(range(1, number + 1))


@pytest.mark.parametrize("slug", PARAGRAPHS)
def test_no_word_of_a_capture_is_lost(dossier: Dossier, captures: Path, slug: str) -> None:
    text = decode_text((captures / f"{slug}.txt").read_bytes()).text
    validate_conversion(text, dossier.captures[slug].paragraphs)
    assert [word for line in dossier.captures[slug].full_text.splitlines() for word in line.split()] == text.split()


def test_every_article_has_its_capture(dossier: Dossier) -> None:
    assert set(dossier.articles) == set(dossier.captures) == set(PARAGRAPHS)


def test_every_quotation_is_found_exactly(dossier: Dossier) -> None:
    inexact = [key for key, outcome in dossier.anchor_results.items() if not (isinstance(outcome, Anchor) and outcome.is_exact)]
    assert inexact == []
    assert len(dossier.anchor_results) > 80


def test_the_real_dossier_is_clean_with_captures(dossier: Dossier) -> None:
    assert check_dossier(dossier) == []


def test_the_real_dossier_is_clean_without_captures() -> None:
    without = read_dossier(ROOT, replace(read_settings(ROOT)[0], captures="nowhere"))
    assert without.captures == {}
    assert check_dossier(without) == []


def test_the_lock_is_what_the_captures_say(dossier: Dossier) -> None:
    assert dossier.lock == update_lock(dossier)
    assert (ROOT / LOCK_FILE_NAME).read_text(encoding="utf-8") == format_lock(dossier.lock)


def test_the_lock_finds_what_the_captures_hold(dossier: Dossier) -> None:
    without = replace(dossier, captures={})
    spans = {(note.article, note.id): found.span for note in dossier.iter_annotations() if (found := dossier.find_anchor(note))}
    assert {key: outcome.span for key, outcome in without.anchor_results.items() if isinstance(outcome, Anchor)} == spans


def test_no_long_run_of_a_capture_stands_in_a_tracked_file(captures: Path) -> None:
    private = {run for file in captures.glob("*.txt") for run in runs(decode_text(file.read_bytes()).text)}
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    files = [ROOT / name for name in tracked if name and (ROOT / name).is_file()]
    copied = [file.name for file in files if private & set(runs(file.read_text(encoding="utf-8", errors="replace")))]
    assert len(files) > 100
    assert copied == []


def test_a_long_run_would_be_seen(captures: Path) -> None:
    words = fold_words(decode_text(next(iter(sorted(captures.glob("*.txt")))).read_bytes()).text)
    private = set(runs(" ".join(words)))
    assert private & set(runs("> So: “" + ", ".join(words[: MOST + 1]).upper() + "”"))
    assert not private & set(runs(" ".join([*words[:MOST], "ours", *words[MOST : 2 * MOST]])))


def test_no_text_on_the_52_percent_has_a_word_for_the_condition_that_the_front_page_says_none_kept(dossier: Dossier) -> None:
    table = dossier.tables["what-was-kept"]
    searched = [word for word in ("known", "named", "noted", "identified", "means of", "method of") if f"“{word}”" in table.text]
    slugs = {spot.partition("#")[0] for _, spot in table.iter_quotations()}
    assert len(searched) == 6
    assert slugs == {"telegraph-2021-03-26", "truthtalks", "knowtechie-2021-03", "unattributed-2021-03"}
    assert [(slug, word) for slug in slugs for word in searched if has_words(dossier.captures[slug], word)] == []


def test_no_headline_of_the_front_page_names_what_was_counted(dossier: Dossier) -> None:
    named = re.search(r"dossier: headlines (.+) -->", (ROOT / "docs/index.md").read_text(encoding="utf-8"))
    assert named
    notes = [note for spot in named[1].split() if (note := dossier.get_annotation(spot))]
    headlines = [headline.title for note in notes if (headline := find_quoted_headline(dossier, note))]
    assert len(headlines) == len(set(headlines)) == 6
    printed = {paragraph.text for capture in dossier.captures.values() for paragraph in capture.paragraphs}
    assert set(headlines) <= printed
    counted = ("police", "record", "records", "recorded", "report", "reports", "files", "named", "known")
    assert {word for headline in headlines for word in fold_words(headline)} & {*counted} == set()
