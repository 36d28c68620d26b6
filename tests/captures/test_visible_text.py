"""The second reading of a page: what browsers show of it, by another parser than the paragraphs', and in linear time."""

from __future__ import annotations

from time import process_time

import pytest

from dossier.captures.visible_text import read_visible_text

N = 20_000
BOMBS = {
    "frames": "<iframe srcdoc='&lt;p>w'></iframe>" * N,
    "frames in frames": '<iframe srcdoc="' + "<iframe srcdoc='" * N,
    "inline": "<b><i>w</i></b> " * N,
    "attributes": "<p " + " ".join(f"a{number}=x" for number in range(N)) + ">w",
    "nested": "<div>" * N + "w",
    "list": "<ul><li><p>" * N,
    "formatting": "<p>" + "".join(f"<b x{number}>" for number in range(300)) + "<p>x</p>" * N,
    "cells": "<table><tr>" + "<td>w" * N,
    "hidden": "<p hidden>" * N + "</div>" * N,
    "stray ends": "<div><b>" * N + "</p></i>" * N,
    "comments": "<!---->" * N * 2,
    "scripts": "<script><!--</script>" * N,
    "open comment": "<!--<p" * N,
    "drawing": "<svg><g>" * N + "</p>",
}


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<p>One <b>two</b>three</p>four", "One twothree four"),
        ("<p>One</p></body></html><p>two", "One two"),
        ("<title>no</title><script>no</script><style>no</style><p>One", "One"),
        ("<head><p>One<title>no</title>", "One"),
        ("<noscript><div>no</noscript><p>One", "One"),
        ("<textarea>One</textarea><iframe>no</iframe>", "One"),
        ("<script\r\n type=x>no</script>One<br\r>two", "One two"),
        ("<script src=x />no<p>no</script>One", "One"),
        ("<p hidden>no<p>One", "One"),
        ("<ul><li hidden>no<ul><li>no</ul>no<li>One</ul>", "One"),
        ("<div><p hidden>no</div>One", "One"),
        ("<table><tr hidden><td>no<td>no<tr><td>12<td>34</table>", "12 34"),
        ("<dl><dt hidden>no<dd>One</dl>", "One"),
        ("<div hidden><span>no</div>One", "One"),
        ("<span hidden><b>no</b>no</span>One", "One"),
        ("<p>One<div hidden>no</div>two", "Onetwo"),
        (
            '<p style="display : NONE !important">no<p style="*display:none">One<p style="background:url(display:none)">two',
            "One two",
        ),
        ('<i style="visibility:hidden">no</i><i style="content-visibility:hidden">One</i>', "One"),
        ('<body style="display:none">One', "One"),
        ("<dialog>no</dialog><dialog open>One</dialog><p popover>no", "One"),
        ("<progress>no</progress><video>no</video><ruby>a<rp>no</rp><rt>b</ruby>", "ab"),
        ("<svg><title>no</title><text>One</text></svg><math><mi>x</mi><annotation>no</annotation></math>", "Onex"),
        ("<div hidden style='display:block'>One</div><dialog style='display:block'>two</dialog>", "One two"),
        ("<div style='visibility:hidden'>no<p style='visibility:visible'>One</p>no</div>two", "One two"),
        ("<h1 hidden>no<h2>One</h1>two", "One two"),
        ("<a hidden>no<a>One</a><nobr hidden>no<nobr> two</nobr><button hidden>no<button> three", "One two three"),
        ("<div hidden><td>no</div>One", "One"),
        ("<table hidden>One<tr><p>two</p><td>no<p>no</table>three", "One two three"),
        ("<table><caption hidden>no<tr><td>One</table>", "One"),
        ("<svg hidden><desc>no<g>no</svg><svg hidden><g>no<p>One", "One"),
        ("<svg hidden><mi>no<p>One</svg><math hidden><desc>no<b> two", "One two"),
        ("<math><mi><p>One</p></mi></math><desc>two</desc>", "One two"),
        ("<object data=x>no</object><object>One</object>", "One"),
        ("One<!-- no --> two<!--> three<!-- no --!> four<!-- no", "One two three four"),
        ("<script>'<!--'</script>One<title><!--</title> two", "One two"),
        ("&lt;b&gt; &#150; &nbsp;&eacute", "<b> – é"),
        ("1 < 2 <3 </> </ x>4", "1 < 2 <3 4"),
        ("One<iframe srcdoc='<p>two</p><b hidden>no</b>' src=x>no</iframe>three", "One two three"),
        ("<iframe srcdoc='&lt;iframe srcdoc=&quot;One&quot;>'></iframe>", "One"),
        ("<div hidden><iframe srcdoc=no></iframe></div><iframe hidden srcdoc=no></iframe><iframe srcdoc>no</iframe>One", "One"),
        ("<iframe srcdoc=no style=visibility:hidden></iframe><template><iframe srcdoc=no></iframe></template>One", "One"),
        ("<iframe src='data:text/html,<p>One%20two'></iframe><iframe src='data:,three'></iframe>", "One two three"),
        ("<object data='DATA:text/html;charset=utf-8;base64,PHA+T25l'>no</object>", "One"),
        ("<embed src='data:image/svg+xml,%3Csvg>two'>", "two"),
        ("<iframe src='data:image/png;base64,AAAA'></iframe><iframe src='data:text/html;base64,A'></iframe>One", "One"),
        ("<script style=display:block>One</script><style style=display:block> two</style>", "One two"),
        ("One<plaintext><b>&amp;</plaintext>", "One <b>&amp;</plaintext>"),
    ],
)
def test_the_text_is_what_a_browser_shows(page: str, words: str) -> None:
    assert read_visible_text(page).split() == words.split()


@pytest.mark.parametrize("name", BOMBS)
def test_time_grows_with_the_length_of_the_page(name: str) -> None:
    start = process_time()
    read_visible_text(BOMBS[name])
    assert process_time() - start < 4  # what is quadratic takes a minute
