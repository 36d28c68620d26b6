"""The feeds as feedparser reads them, which is what most feed readers in Python do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from support.corrections import CLAIMED, correct, correction
from support.exports import SITE, export_text
from support.released import read_released_example

feedparser: Any = pytest.importorskip("feedparser", reason="feedparser is not installed (`make test` does it)")

FEEDS = ("claims.xml", "events.xml", "corrections.xml")


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_reader_finds_no_fault_and_every_entry(example: Path, path: str) -> None:
    correct(example, CLAIMED, correction("2024-06-01"))
    text = export_text(read_released_example(example), path)
    read = feedparser.parse(text.encode())
    assert (read.bozo, read.version) == (False, "atom10")
    assert read.feed.id == f"{SITE}{path}"
    (entry,) = read.entries
    assert entry.link.startswith(SITE)
    assert entry.updated_parsed[:3] in ((2024, 6, 3), (2024, 6, 1))
    assert path == "corrections.xml" or entry.published_parsed[:3] == (2024, 6, 3)
    assert entry.content[0].type == "text/html"


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_reader_tells_of_a_poisoned_feed(example: Path, path: str) -> None:
    correct(example, CLAIMED, correction("2024-06-01"))
    text = export_text(read_released_example(example), path)
    assert feedparser.parse(text.replace("</title>", " & more</title>", 1).encode()).bozo
    assert feedparser.parse(text[: len(text) // 2].encode()).bozo


@pytest.mark.site
def test_a_feed_reader_reads_the_feeds_of_a_built_site(released_site: Path) -> None:
    for path in FEEDS:
        assert not feedparser.parse((released_site / path).read_bytes()).bozo
    assert feedparser.parse((released_site / "claims.xml").read_bytes()).entries
