"""The proof that a page's paragraphs have every word that a browser shows: each loss is told, and no harmless split."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.captures import html_page
from dossier.captures.convert import convert_capture
from dossier.captures.html_blocks import HtmlBlock
from dossier.captures.proof import describe_difference

PAGE = """<meta charset=utf-8><h1>The ferry</h1><p>It was <b>late</b> by 12 minutes.</p><ul><li>Late<li>Later</ul>
<table><tr><td>12</td><td>34</td></tr></table><p>Wa\u0308hler<wbr>haus</p></body></html><p>Shown by every browser.</p>"""
WORDS = st.lists(st.text(st.characters(categories=["L", "N", "P", "S"], exclude_characters="\ufffd"), min_size=1), min_size=1)


def test_a_page_is_proved_to_its_very_end() -> None:
    capture = convert_capture(PAGE.encode(), ending=".html")
    assert capture.difference == ""
    assert capture.paragraphs[-1].text == "Shown by every browser."


@pytest.mark.parametrize("number", range(7))
def test_a_paragraph_that_the_first_reading_drops_is_told(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    read = html_page.iter_html_blocks

    def drop_block(tree: html_page.html.HtmlElement) -> list[HtmlBlock]:
        blocks = list(read(tree))
        return blocks[:number] + blocks[number + 1 :]

    monkeypatch.setattr(html_page, "iter_html_blocks", drop_block)
    difference = convert_capture(PAGE.encode(), ending=".html").difference
    assert re.search(r"missing: [1-9]", difference)
    assert f"right before paragraph {min(number + 1, 6)}" in difference


@pytest.mark.parametrize(
    ("shown", "paragraphs"),
    [
        ("One two three", ["One two", "three"]),
        ("One\u00a0two\u200b three", ["One", "two three"]),
        ("in\u00advisible \x07control", ["invisible control"]),
        ("unbelievable", ["un", "believ", "able"]),  # an element that only one reading takes for a block
        ("", []),
    ],
)
def test_splits_spaces_and_what_nobody_sees_make_no_difference(shown: str, paragraphs: list[str]) -> None:
    assert describe_difference(shown, paragraphs) == ""


@pytest.mark.parametrize(
    ("shown", "paragraphs", "difference"),
    [
        ("One two three four", ["One", "two four"], "shows 4 words of the page, its paragraphs have 3 (missing: 1, added: 0); 2"),
        ("One two", ["One", "2", "two"], "shows 2 words of the page, its paragraphs have 3 (missing: 0, added: 1); 2"),
        ("12 34 56", ["1234", "56"], "words that a browser shows apart stand together in its paragraphs (places: 1); 1"),
        ("One two three", ["One", "two"], "shows 3 words of the page, its paragraphs have 2 (missing: 1, added: 0); 2"),
    ],
)
def test_a_difference_is_told_by_numbers_and_without_a_word(shown: str, paragraphs: list[str], difference: str) -> None:
    what, paragraph = difference.split("; ")
    place = f"; the first difference is in or right before paragraph {paragraph}"
    assert describe_difference(shown, paragraphs).endswith(what + place)


@given(WORDS, st.data())
def test_no_word_can_be_lost_added_or_swapped_unseen(words: list[str], data: st.DataObject) -> None:
    assert describe_difference(" ".join(words), words) == ""
    place = data.draw(st.integers(0, len(words) - 1))
    assert describe_difference(" ".join(words), words[:place] + words[place + 1 :])
    assert describe_difference(" ".join(words), [*words[:place], "x", *words[place:]])
    if len(words) > place + 1:
        joined = [*words[:place], words[place] + words[place + 1], *words[place + 2 :]]
        assert describe_difference(" ".join(words), joined)
