"""A page becomes one tree, to its very end, or is refused by name before much work is done."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.captures import html_tree
from dossier.captures.convert import convert_capture
from dossier.captures.html_tree import parse_html
from dossier.model.problems.problem import UnreadableError


def read_texts(page: str) -> list[str]:
    return [paragraph.text for paragraph in convert_capture(page.encode(), {}, ".html").paragraphs]


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><p>One two.</p></body></html><p>Shown by every browser.</p>",
        "<html><body><p>One two.</p></body><p>Shown by every browser.</p></html>",
        "<body><p>One two.</html>Shown by every browser.",
        "<p>One two.</p></body></html></body></html><div><body>Shown <html><b>by</b> every browser.</div>",
        "<html><body><p>One two.</p></body></html><!-- end --><html><head></head><body>Shown by every browser.</body></html>",
    ],
)
def test_what_stands_behind_the_end_is_read(page: str) -> None:
    assert read_texts(page) == ["One two.", "Shown by every browser."]


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("<p>a</p>" * 40_000, "more than 40,000 elements"),
        ("<p>a" + "</b>" * 200_001, "200,002 tags, more than 200,000"),
        ("<div>" * 257 + "deep", "nested too deep to be read whole"),
        ("<template>" * 5000, "nested too deep"),
        ("<p>" + "word " * 800_001, "more than 4,000,000 characters of text"),
        ("<script type='application/ld+json'>" + " " * 4_000_001, "more than 4,000,000 characters of text"),
    ],
)
def test_a_page_beyond_the_bounds_is_refused_by_name(page: str, message: str) -> None:
    with pytest.raises(UnreadableError, match=message) as refused:
        parse_html(page)
    assert refused.value.rule == "unreadable-file"
    assert refused.value.help == "save its article part alone"


def test_reading_ends_where_the_bounds_are_left(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []
    start = html_tree._BoundedTreeBuilder.start

    def count_start(builder: html_tree._BoundedTreeBuilder, tag: str, attributes: Mapping[str, str]) -> None:
        started.append(tag)
        start(builder, tag, attributes)

    monkeypatch.setattr(html_tree._BoundedTreeBuilder, "start", count_start)
    with pytest.raises(UnreadableError, match="too deep"):
        parse_html("<div>" * 100_000)
    assert len(started) < 300


@pytest.mark.parametrize(
    "page",
    [
        "<p>" + "<b><i>w</i></b> " * 12_000,
        "<p>" + "<a href=x>w</a> " * 12_000,
        "<p></p>w " * 12_000,
        "w</p>" * 12_000,
        "<table><tr>" + "<td>w" * 12_000,
        "<div style=visibility:hidden>" * 200
        + "<i style=visibility:hidden>x</i> " * 12_000
        + "<i style=visibility:visible>"
        + "w " * 12_000,
        "<p " + " ".join(f"a{number}=x" for number in range(90_000)) + ">w" + " w" * 11_999,
        "<p>" + "w " * 12_000 + "<img src='data:image/png;base64," + "A" * 10_000_000 + "'>",
    ],
    ids=["formatting", "links", "empty paragraphs", "stray ends", "cells", "invisible", "attributes", "image"],
)
def test_large_pages_within_the_bounds_are_read_whole(page: str) -> None:
    assert " ".join(read_texts(f"<article>{page}</article>")).split() == ["w"] * 12_000


def test_code_is_not_kept_and_of_sheets_and_data_no_more_than_is_looked_at() -> None:
    code = f"<script>{'b' * 5_000_000}</script><script type=module>b</script><script type='text/javascript;v=1'>b</script>"
    data = f"<style>{'a' * 900_000}</style><script type=x/y>{'d' * 5_000_000}</script>"
    text = "".join(parse_html(f"{code}{data}c<script type='application/ld+json'>e").itertext())
    assert {letter: text.count(letter) for letter in "abcde"} == {"a": 900_000, "b": 0, "c": 1, "d": 100_000, "e": 1}


def test_only_attributes_that_tell_something_are_kept_and_no_longer_than_needed() -> None:
    tree = parse_html(f"<p onclick=x @click=y x:y=z class='{'c' * 3000}' hidden>a</p>")
    assert dict(tree[0][0].attrib) == {"class": "c" * html_tree.MAX_ATTRIBUTE_CHARACTERS, "hidden": ""}


def test_names_of_word_processors_are_inline() -> None:
    assert read_texts("<p>in <st1:City>Harbour</st1:City> town<o:p></o:p></p>") == ["in Harbour town"]


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("<>/=&;#x\x00\x01\x0b\x0c\x1f\ufffe\ud800 pbA"), max_size=40))
def test_no_characters_crash_the_parser(text: str) -> None:
    with suppress(UnreadableError):
        assert parse_html(text) is not None
