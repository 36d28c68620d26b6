"""HTML of pages: what is harmless stays as it is, nothing else is left as markup, and no text takes long."""

from __future__ import annotations

import re

import pytest
from lxml import html as lxml_html

from dossier.model.page_html import (
    clean_html,
    find_unsafe_attribute_lists,
    find_unsafe_markup,
    is_allowed_page_url,
    is_running_url,
)
from support.hostile_pages import BODIES
from support.work import count_calls

HARMLESS = [
    "<b>a</b> 3 < 4 <3 a<",
    '<a href="claims/x.md#a" title="a > b">a</a>',
    '<td style="text-align: right;">1</td>',
    "<!-- dossier: claims -->",
    "<!-- <script> -->",
    '<img src="data:image/png;base64,AA==" alt="">',
    '<details class="used" open><summary>a</summary></details><br />',
    "<input type=checkbox disabled>",
    '<p data-n="1" aria-label="a" id="a-b">a</p>',
    '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>',
]


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_html_stays_as_it_is(text: str) -> None:
    assert list(find_unsafe_markup(text)) == []
    assert clean_html(text) == text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("<SCRIPT src=x>a</script>", "&lt;SCRIPT src=x&gt;a&lt;/script&gt;"),
        ('<img src=x onerror="a">', "<img src=x>"),
        ('<a href="java\nscript:a" title=b>', "<a title=b>"),
        ('<a href="&#106;avascript&colon;a">', "<a>"),
        ("<a href=//elsewhere.example>", "<a>"),
        ("<a href=\\\\elsewhere.example>", "<a>"),
        ('<p style="position: fixed">', "<p>"),
        ('<p title="<script>">', '&lt;p title="&lt;script&gt;">'),
        ("<svg/onload=a>", "<svg>"),
        ('<img src="https://elsewhere.example/a.png" alt="a">', '<img alt="a">'),
        ("<audio src=//elsewhere.example/a.mp3 controls>", "<audio controls>"),
        ('<video poster="/\\elsewhere.example/a.png" src=a.mp4>', "<video src=a.mp4>"),
        ("<source src='http:elsewhere.example'>", "<source>"),
        ("<b\x0conclick=a>", "<b>"),
        ("<!--><b onclick=a>-->", "&lt;!--><b>-->"),
        ("<!-- a --!><b onclick=a> -->", "<!-- a --!><b> -->"),
        ("<![CDATA[<b>]]>", "&lt;![CDATA[<b>]]>"),
        ("<?php", "&lt;?php"),
        ("<script", "&lt;script"),
        ('<input type="password">', "<input>"),
        ('<div id="__config">', "<div>"),
    ],
)
def test_what_is_not_known_to_be_harmless_is_found_and_taken_out(text: str, cleaned: str) -> None:
    assert next(find_unsafe_markup(text)).fault
    assert clean_html(text) == cleaned


@pytest.mark.parametrize("name", BODIES)
def test_what_is_left_of_an_attempt_is_harmless_to_another_parser_and_stays_so(name: str) -> None:
    cleaned = clean_html(BODIES[name])
    assert clean_html(cleaned) == cleaned
    elements = [*lxml_html.fragment_fromstring(cleaned, create_parent="div").iter("*")]
    assert not [
        element.tag for element in elements if element.tag in ("script", "iframe", "object", "embed", "base", "meta", "link")
    ]
    assert not [key for element in elements for key in element.attrib if key.startswith("on")]
    assert not re.search(r"<\s*(?:script|iframe)", cleaned, re.IGNORECASE)


@pytest.mark.parametrize(
    ("url", "is_allowed", "is_running"),
    [
        ("https://ferry.example/", True, False),
        ("mailto:a@ferry.example", True, False),
        ("claims/x.md", True, False),
        ("#below", True, False),
        ("/claims/x/", True, False),
        ("javascript:a", False, True),
        ("\x01 JavaScript\t:a", False, True),
        ("vbscript:a", False, True),
        ("data:text/html,a", False, True),
        ("data:image/png;base64,AA", False, False),
        ("//elsewhere.example", False, False),
        ("/\\elsewhere.example", False, False),
        ("ftp://ferry.example/", False, False),
        ("http://[::1", False, False),
        ("http://[::1]:8000/", True, False),
        ("https:ferry.example", False, False),
        ("https:/ferry.example", False, False),
        ("https:\\\\ferry.example", False, False),
        ("https://harbour.example\\ferry.example", False, False),
        ("https://user:word@ferry.example/", False, False),
        ("https://ferry.example/@office?to=a@b", True, False),
        ("ht\ttps://ferry.example/", True, False),
    ],
)
def test_addresses_are_read_as_browsers_read_them(url: str, is_allowed: bool, is_running: bool) -> None:
    assert is_allowed_page_url(url) == is_allowed
    assert is_running_url(url) == is_running


@pytest.mark.parametrize(
    "text",
    [
        '{: onclick="a" }',
        "{ href='javascript:a' }",
        "{: #a style=position:fixed }",
        '{ title="}" onclick="a" }',
        '{a="b"onclick="a"}',
        "{} {: onclick=a }",
        "{: src=//a.example/b }",
    ],
)
def test_attribute_lists_are_held_to_the_same(text: str) -> None:
    assert [piece.fault for piece in find_unsafe_attribute_lists(f"A word.\n{text}\n")] != []


@pytest.mark.parametrize("text", ["{: #a .b title=c }", "{x=1}", "{{ a=b }}", "{: target=_blank }"])
def test_other_text_in_braces_is_left_alone(text: str) -> None:
    assert list(find_unsafe_attribute_lists(text)) == []


@pytest.mark.parametrize("piece", ["<!--", "<a ", '<a x="', "<a b='\"", "<b", "<!-->", "<p onclick=a>", "&lt;"])
def test_work_grows_as_the_text_does(piece: str) -> None:
    short, long = (count_calls(lambda times=times: clean_html(piece * times)) for times in (200, 2000))  # type: ignore[misc]
    assert long < 12 * short + 100
