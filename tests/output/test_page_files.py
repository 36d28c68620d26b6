"""Files beside a page: drawn where the package for it is installed, named in the page's metadata only then."""

from __future__ import annotations

import struct
from dataclasses import replace as changed
from pathlib import Path

import pytest

from dossier.model import Settings
from dossier.output import page_files
from dossier.output.page_files import iter_page_files
from dossier.output.page_metadata import build_page_metadata
from dossier.pages import build_pages
from dossier.pages.page import Page
from support.dossiers import read_example
from support.reading_pages import at_address

PAGE = "claims/april-record/"
CARD, DATA = f"{PAGE}card.png", f"{PAGE}data.json"
SITE = Settings(site_name="The ferry count", site_url="https://ferry.example/count/")


def test_a_card_is_named_where_it_is_drawn(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_of(example)
    for is_installed, paths in ((False, [DATA]), (True, [DATA, CARD])):
        monkeypatch.setattr(page_files, "can_draw_cards", lambda is_installed=is_installed: is_installed)
        monkeypatch.setattr(page_files, "draw_card", str.encode)
        assert [path for path, _ in iter_page_files(page)] == paths
        assert build_page_metadata(page).get("card", "") == (CARD if is_installed else "")


def test_pages_of_other_kinds_have_no_files_beside_them(example: Path) -> None:
    dossier = changed(read_example(example), settings=SITE)
    assert [page.url for page in build_pages(dossier) if not page.url.startswith("claims/") and [*iter_page_files(page)]] == []


def test_a_card_is_a_png_of_its_size_and_of_the_same_bytes_each_time(example: Path) -> None:
    pytest.importorskip("resvg_py", reason="the extra `cards` is not installed")
    cards = [dict(iter_page_files(page_of(example)))[CARD] for _ in range(2)]
    assert cards[0] == cards[1]
    assert isinstance(cards[0], bytes)
    assert cards[0].startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", cards[0][16:24]) == (800, 420)
    assert len(cards[0]) > 10_000  # words are drawn; a blank one has 3,000 bytes


def page_of(example: Path) -> Page:
    return at_address(build_pages(changed(read_example(example), settings=SITE)), PAGE)
