"""Contributors' Markdown is read once: for links, for HTML and for the search, and nothing that is shared is changed."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from dossier.model.markdown import MARKDOWN_PARSER, MAX_TYPOGRAPHIC_MARKS, list_link_urls, parse_markdown
from dossier.pages.markdown import render_inline_markdown, render_markdown_html
from dossier.pages.search.documents import extract_markdown_text

HOSTILE = "[x](javascript:a) ![y](/y.png)"
LINKS = ("[x](/a/)", "![y](/y.png)", "[z](javascript:b)", "[r]", "<ftp://e.example>", "<https://f.example>")
DEFINITIONS = ("\n\n[r]: data:c\n\n", "\n\n[r]: /d/\n\n")
SIGNS = ("a", " ", "\n", "\n\n", "*", "**", "`", "# ", "- ", "1. ", "> ", '"', "3 %", "\\", "&amp;", "    ")
FRAGMENTS = st.sampled_from((*LINKS, *DEFINITIONS, *SIGNS))


def render_strictly(text: str, inline: bool) -> str:
    """HTML straight from the parser that allows least, its links as they are written."""
    tokens = MARKDOWN_PARSER.parseInline(text) if inline else MARKDOWN_PARSER.parse(text)
    return str(MARKDOWN_PARSER.renderer.render(tokens, MARKDOWN_PARSER.options, {}))


@settings(max_examples=500, deadline=None)
@given(st.lists(FRAGMENTS, max_size=8).map("".join))
def test_what_is_shared_comes_out_as_if_it_were_read_for_each(text: str) -> None:
    tokens = list(parse_markdown(text).tokens)
    assert MARKDOWN_PARSER.renderer.render(tokens, MARKDOWN_PARSER.options, {}) == render_strictly(text, inline=False)


@settings(max_examples=500, deadline=None)
@given(st.lists(FRAGMENTS, max_size=6).map("".join))
def test_a_line_comes_out_as_if_it_were_read_by_itself(text: str) -> None:
    html = render_strictly(text, inline=True).replace(' href="https', ' rel="external noopener" href="https')
    ours = render_inline_markdown(text, "/").replace("\u00a0%", " %").replace('href="//', 'href="/')
    assert ours.replace(' rel="external noopener"', "") == html.replace(' rel="external noopener"', "")


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        (HOSTILE, ("javascript:a", "/y.png")),
        ("[x][r]\n\n[r]: data:b", ("data:b",)),
        ("<https://c.example> [x](#d)", ("https://c.example", "#d")),
        ("no link", ()),
    ],
)
def test_links_are_found_whether_or_not_they_are_allowed(text: str, urls: tuple[str, ...]) -> None:
    assert list_link_urls(text) == urls


def test_drawing_a_text_changes_nothing_for_whoever_draws_it_next() -> None:
    text = "[x](/claims/x/) grew by 3 % in [y](/claims/y/)"
    before = [token.as_dict() for token in parse_markdown(text).tokens]
    unlinked = render_inline_markdown(text, "../", linked=False)
    assert render_inline_markdown(text, "../") != unlinked == "x grew by 3\u00a0% in y"
    assert 'href="../../claims/x/"' in render_markdown_html(text, "../../")
    assert [token.as_dict() for token in parse_markdown(text).tokens] == before


def test_a_text_is_read_once_for_links_html_and_search(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "A *text* with [a link](/claims/once/), read once."
    read: list[str] = []
    parse = MarkdownIt.parse

    def parse_and_count(parser: MarkdownIt, source: str, env: Any = None) -> list[Token]:
        read.append(source)
        return parse(parser, source, env)

    monkeypatch.setattr(MarkdownIt, "parse", parse_and_count)
    assert list_link_urls(text) == ("/claims/once/",)
    assert "<em>" in render_markdown_html(text, "")
    assert "<em>" in render_inline_markdown(text, "")
    assert extract_markdown_text(text) == "A text with a link, read once."
    assert read == [text]


@pytest.mark.parametrize(
    "text",
    ["\"a' " * 12_000, "|a" * 700 + "\n" + "|-" * 700 + "\n" + "|\n" * 20_000, "[" * 50_000, "*a " * 16_000, "`" * 50_000],
    ids=["quotation marks", "empty rows of a table", "brackets", "emphasis", "backticks"],
)
def test_a_text_of_the_most_characters_is_parsed_in_a_second(text: str) -> None:
    start = time.process_time()
    parse_markdown(text)
    assert time.process_time() - start < 1.5  # the first two took four and two


def test_straight_quotation_marks_become_typographic_ones_unless_they_are_very_many() -> None:
    assert parse_markdown('"a"').tokens[1].children[0].content == "“a”"
    many = '"a" ' * (MAX_TYPOGRAPHIC_MARKS // 2) + '"'
    assert parse_markdown(many).tokens[1].children[0].content == many


def test_a_table_is_filled_up_to_a_limit() -> None:
    rows = [token for token in parse_markdown("|a|b|c|\n|-|-|-|\n" + "|d|\n" * 3_000).tokens if token.type == "tr_open"]
    assert len(rows) == 1 + 1_000
