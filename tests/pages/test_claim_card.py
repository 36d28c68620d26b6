"""The picture of a claim: its words, its lines, and the font that they are set in."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import replace as changed
from pathlib import Path
from xml.etree import ElementTree

import pytest

import dossier
from dossier.model import Settings
from dossier.pages import build_pages
from dossier.pages.claim import card
from dossier.pages.page import Page
from support.dossiers import read_example
from support.reading_pages import CLAIM, at_address

Change = Callable[[Path, str, str], None]
PAGE = "claims/april-record/"
PUBLISHED = Settings(site_name="The ferry count", site_url="https://ferry.example/count/")
PACKAGE = Path(dossier.__file__).parent
TEXT = "{http://www.w3.org/2000/svg}text"


def test_a_card_has_verdict_number_statement_finding_and_site(example: Path) -> None:
    assert list(texts(example)) == [
        "Supported",
        "4,120",
        "Claim: The ferry carried 4,120 passengers in April 2024.",
        "4,120 tickets were counted.",
        "The ferry count",
    ]


def test_a_claim_without_a_number_in_digits_has_none_beside_its_verdict(example: Path, replace: Change) -> None:
    replace(example / CLAIM, "carried 4,120 passengers in April 2024", "carried more than one in ten islanders")
    assert list(texts(example))[:2] == ["Supported", "Claim: The ferry carried more than one in ten islanders."]


@pytest.mark.parametrize("preview", [True, False])
@pytest.mark.parametrize("site_url", ["", PUBLISHED.site_url])
def test_only_a_site_with_an_address_has_cards_and_no_preview(example: Path, site_url: str, preview: bool) -> None:
    made = page_of(example, changed(PUBLISHED, site_url=site_url), preview)
    assert (made.render_card is not None) == bool(site_url and not preview)


@pytest.mark.parametrize("words", ["Паром перевёз людей", "渡し船", "a ferry ⛴"])
def test_letters_that_the_font_lacks_leave_the_picture_that_all_pages_share(example: Path, replace: Change, words: str) -> None:
    replace(example / CLAIM, "4,120 tickets were counted.", words)
    assert page_of(example).render_card is None


def test_no_words_become_markup(example: Path, replace: Change) -> None:
    replace(example / CLAIM, "4,120 tickets were counted.", "'</text><script>x</script> & \"so\"'")
    assert "</text><script>x</script> & “so”" in " ".join(texts(example)).replace('"so"', "“so”")


def test_long_texts_are_set_smaller_and_stay_within_the_picture(example: Path, replace: Change) -> None:
    replace(example / CLAIM, "The ferry carried 4,120 passengers in April 2024.", "WWW " * 40)
    replace(example / CLAIM, "4,120 tickets were counted.", "mm mmm " * 10)
    lines = [line for line in drawn(example) if line.get("x") == str(card.CARD_MARGIN) and line.get("font-weight")]
    sizes = {int(line.get("font-size") or 0) for line in lines}
    assert max(sizes) < 38
    assert all(card.estimate_width(line.text or "", int(line.get("font-size") or 0)) <= 704 for line in lines)


def test_lines_are_broken_at_spaces_and_no_word_is_lost() -> None:
    text = "Of the records that name a platform 52\u00a0% name one of four services"
    lines = card.break_lines(text, 300, 30)
    assert len(lines) > 2
    assert " ".join(lines) == text
    assert [line for line in lines if card.estimate_width(line, 30) > 300] == []


def test_its_colours_are_those_of_the_light_scheme() -> None:
    palette = (PACKAGE / "assets/style/palette.css").read_text(encoding="utf-8")
    light = palette[palette.index('[data-md-color-scheme="default"]') :]
    assert {name: re.findall(rf"--{name}: (#\w+)", light)[0] for name in card.COLOURS} == card.COLOURS


@pytest.mark.parametrize("face", ["regular", "bold"])
def test_the_font_has_every_letter_that_is_drawn_and_none_is_wider_than_thought(face: str) -> None:
    widths = dict(iter_advances((PACKAGE / f"assets/cards/{face}.ttf").read_bytes()))
    drawn = [chr(code) for code in range(0x20, 0x3000) if card.DRAWN_PATTERN.fullmatch(chr(code)) and chr(code).isprintable()]
    assert len(drawn) > 200
    assert [letter for letter in drawn if letter not in widths] == []
    assert [letter for letter in drawn if widths[letter] > card.estimate_width(letter, 1)] == []


# What the tests above ask with


def page_of(example: Path, settings: Settings = PUBLISHED, preview: bool = False) -> Page:
    return at_address(build_pages(changed(read_example(example), settings=settings), preview), PAGE)


def drawn(example: Path) -> list[ElementTree.Element]:
    render = page_of(example).render_card
    assert render
    return ElementTree.fromstring(render()).findall(f".//{TEXT}")


def texts(example: Path) -> Iterator[str]:
    """The texts of the card, the lines of one joined."""
    paragraph, look = "", None
    for line in drawn(example):
        if line.get("font-size") != look and paragraph:
            yield paragraph
            paragraph = ""
        look = line.get("font-size")
        paragraph = f"{paragraph} {line.text}".strip()
    yield paragraph


def iter_advances(font: bytes) -> Iterator[tuple[str, float]]:
    """The width of each character in units of the font size, from the tables `cmap` (format 4), `head`, `hhea` and `hmtx`."""
    count = struct.unpack_from(">H", font, 4)[0]
    places = {font[at : at + 4]: struct.unpack_from(">I", font, at + 8)[0] for at in range(12, 12 + 16 * count, 16)}
    units = struct.unpack_from(">H", font, places[b"head"] + 18)[0]
    metrics = struct.unpack_from(">H", font, places[b"hhea"] + 34)[0]
    cmap = places[b"cmap"]
    subtables = [
        cmap + struct.unpack_from(">I", font, cmap + 8 + 8 * n)[0] for n in range(struct.unpack_from(">H", font, cmap + 2)[0])
    ]
    table = next(place for place in subtables if struct.unpack_from(">H", font, place)[0] == 4)
    segments = struct.unpack_from(">H", font, table + 6)[0] // 2
    ends, starts, deltas, offsets = (table + 14 + 2 * segments * n + (2 if n else 0) for n in range(4))
    for segment in range(segments):
        first, last, delta, offset = (
            struct.unpack_from(">H", font, place + 2 * segment)[0] for place in (starts, ends, deltas, offsets)
        )
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code + delta
            if offset:
                glyph = struct.unpack_from(">H", font, offsets + 2 * segment + offset + 2 * (code - first))[0]
                glyph += delta if glyph else 0
            if glyph & 0xFFFF:
                advance = struct.unpack_from(">H", font, places[b"hmtx"] + 4 * min(glyph & 0xFFFF, metrics - 1))[0]
                yield chr(code), advance / units
