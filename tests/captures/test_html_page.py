"""Pages saved from the web: every visible word is in a paragraph, and what is no part of the article is furniture."""

from __future__ import annotations

import json
import os
import re
import time
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.captures.convert import HTML_CONVERTER, convert_capture
from dossier.captures.hidden_elements import HIDDEN_TAGS
from dossier.captures.html_blocks import INLINE_TAGS
from dossier.captures.page_metadata import extract_page_metadata, format_article_front_matter
from dossier.checks import check_dossier
from dossier.cli import main
from dossier.loading.lock import update_lock, write_lock
from dossier.model import UnreadableError
from dossier.model.problems.problem import FORBIDDEN_CHARACTERS_PATTERN
from dossier.model.quotations.capture import Capture
from support.dossiers import ROOT, read_example

LONG = "The island ferry carried 4,120 passengers in April, more than in any month before, the harbour office said."
MORE = "It counts every ticket, return trips included, and renews the table on its page at the end of each month."
VOID = {"br", "img", "input", "wbr", "hr", "meta", "link", "area", "base", "col", "embed", "source", "track", "param"}
PAGES = os.environ.get("DOSSIER_PAGES") or "tests/whole"


def page(body: str, head: str = "") -> Capture:
    return convert_capture(f"<html><head>{head}</head><body>{body}</body></html>".encode(), {}, ".html")


def read_or_none(content: bytes) -> Capture | None:
    """The capture, or None where it was refused."""
    try:
        return convert_capture(content, {}, ".html")
    except UnreadableError:
        return None


def told(body: str) -> list[tuple[str, str]]:
    return [(paragraph.kind, paragraph.text) for paragraph in page(body).paragraphs]


def texts(body: str) -> list[str]:
    return [text for _, text in told(body)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>One <b>and</b> the <i>sa</i>me.</p>", ["One and the same."]),
        ("<div>One<div>Two</div>Three</div>", ["One", "Two", "Three"]),
        ("One<br>line", ["One line"]),
        ("One<br><br>Two<br> <br/>Three", ["One", "Two", "Three"]),
        ("<ul><li>One<li>Two<ul><li>Two a</ul>rest</ul>", ["One", "Two", "Two a", "rest"]),
        ("<table><tr><th>Month<th>Tickets<tr><td>April<td>4,120</table>", ["Month Tickets", "April 4,120"]),
        ("<table><tr><td><p>One</p><p>Two</p></td></tr></table>", ["One", "Two"]),
        ("<p>A &amp; B &lt;c&gt; &eacute; &#8220;d&#8221; e&nbsp;f</p>", ["A & B <c> é “d” e\u00a0f"]),
        ("<p>He said <q>come</q> twice<sup>1</sup>.</p>", ["He said come twice1."]),
        ("<dl><dt>Ticket<dd>One crossing</dl>", ["Ticket", "One crossing"]),
        ("<pre>One\nline\n\nTwo</pre>", ["One line", "Two"]),
        ("<p>#One * of_all\n  1. these</p>", ["#One * of_all 1. these"]),
        ("<button>Share</button><select><option>A<option>B</select>", ["Share", "A", "B"]),
    ],
)
def test_visible_blocks_are_paragraphs(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


@pytest.mark.parametrize("tag", sorted(HIDDEN_TAGS - {"head", "title"}))
def test_what_no_reader_sees_is_no_paragraph(tag: str) -> None:
    assert texts(f"<p>Seen</p><{tag}>unseen</{tag}><p>too</p>") == ["Seen", "too"]


@pytest.mark.parametrize("attribute", ["hidden", 'style="display:none"', 'style="color: red; VISIBILITY : hidden"'])
def test_hidden_elements_are_no_paragraphs(attribute: str) -> None:
    assert texts(f"<p>Seen</p><div {attribute}><p>unseen</p></div>tail<!-- note --><input type=hidden value=x>") == [
        "Seen",
        "tail",
    ]


def test_kinds_come_from_the_mark_up() -> None:
    body = f"<h1>Ferry</h1><p>{LONG}</p><blockquote><p>Back to the pier at last, all of them</p></blockquote>"
    assert [kind for kind, _ in told(body + f"<ul><li>{MORE}</ul>")] == ["heading", "paragraph", "quote", "list"]


def test_menus_and_notices_are_furniture_and_captions_are_not() -> None:
    menu, notice = "<nav><ul><li>Home<li>News</ul></nav>", "<div class=cookie>We use cookies on this site</div>"
    figure = "<figure><img alt=ferry><figcaption>The ferry at the pier</figcaption></figure>"
    kinds = dict(
        (text, kind) for kind, text in told(f"{menu}{notice}<main><h1>Ferry</h1><p>{LONG}</p>{figure}<p>{MORE}</p></main>")
    )
    assert [kinds[text] for text in ("Home", "We use cookies on this site", "The ferry at the pier", LONG)] == [
        "furniture",
        "furniture",
        "caption",
        "paragraph",
    ]


@pytest.mark.parametrize(
    "body",
    [
        *(f"<{tag}>{MORE}</{tag}>" for tag in "xmp listing marquee blink object center applet harbour-note p".split()),
        f"<marquee><p>{MORE}</p></marquee>",
        f"<object><embed><p>{MORE}</p></object>",
        f"<svg><title>no</title><g><text>{MORE}</text></g></svg>",
        f"<svg><text><tspan>{MORE}</tspan></text></svg>",
        f"<svg><text><![CDATA[{MORE}]]></text></svg>",
        f"<svg><foreignObject><div><p>{MORE}</p></div></foreignObject></svg>",
        f"<div><template shadowrootmode=open><p>{MORE}</p></template></div>",
    ],
)
def test_old_and_foreign_elements_that_browsers_show_are_paragraphs(body: str) -> None:
    article = page(f"<main><h1>Ferry</h1><p>{LONG}</p>{body}<p>{LONG}</p></main>")
    assert [(paragraph.kind, paragraph.text) for paragraph in article.paragraphs[1:]] == [
        ("paragraph", LONG),
        ("paragraph", MORE),
        ("paragraph", LONG),
    ]
    assert article.difference == ""


def test_all_that_follows_plaintext_is_a_text() -> None:
    article = page(f"<main><p>{LONG}</p><plaintext>{MORE} <b>bold</b>")
    assert [paragraph.kind for paragraph in article.paragraphs] == ["paragraph", "paragraph"]
    assert article.paragraphs[1].text == f"{MORE} <b>bold</b></body></html>"
    assert article.difference == ""


@pytest.mark.parametrize(
    ("body", "difference"),
    [
        ("<iframe srcdoc='<p>One two</p>'></iframe>", "missing: 2"),
        ("<embed src='data:text/html,One%20two'>", "missing: 2"),
        ("<script style=display:block>One two</script>", "missing: 2"),
        ("<style>[hidden]{display:block}</style><p hidden>One two", "may show 2 words of hidden elements"),
        ("<object data=ferry.swf><p>One two</object>", "may show 2 words in <object>"),
        (
            "<object data=x>One</object><style>b{display:block}</style><b hidden>two</b>",
            "may show 1 word of hidden elements and a browser may show 1 word in <object>",
        ),
    ],
)
def test_a_page_is_not_proved_where_a_browser_shows_or_may_show_more(body: str, difference: str) -> None:
    assert difference in page(f"<p>{LONG}</p>{body}").difference


@pytest.mark.parametrize(
    "content",
    [
        "<meta charset=windows-1252><p>Caf\u00e9 \u2013 12".encode("cp1252"),
        "<meta charset=no-such-charset><p>Caf\u00e9 \u2013 12".encode(),
        "<p>Caf\u00e9 \u2013 12".encode("utf-16"),
        "<?xml version='1.0' encoding='iso-8859-1'?><p>Caf\u00e9 \u2013 12".encode(),
        '<meta http-equiv="Content-Type" content="text/html; charset=utf-8"><p>Caf\u00e9 \u2013 12'.encode("utf-8-sig"),
    ],
)
def test_a_page_is_read_whatever_it_says_of_its_charset(content: bytes) -> None:
    assert convert_capture(content, {}, ".html").full_text == "Caf\u00e9 \u2013 12"


@pytest.mark.parametrize("content", [b"", b"<!-- -->", b"<html><head><title>x</title></head><body></body></html>"])
def test_a_page_without_words_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"no text|no words"):
        convert_capture(content, {}, ".html")


def test_a_page_nested_too_deep_to_be_read_whole_is_refused() -> None:
    with pytest.raises(UnreadableError, match="too deep"):
        page("<div>" * 5000 + "deep" + "</div>" * 5000)


@pytest.mark.slow
def test_five_megabytes_of_mark_up_are_read_whole() -> None:
    row = "<div class='row %s'><span>word{}</span></div>" % ("x" * 250)
    body = "".join(map(row.format, range(18_000)))
    assert len(body) > 5_000_000
    assert len(page(body).paragraphs) == 18_000


TAGS = st.sampled_from(
    [*sorted(INLINE_TAGS - VOID), "p", "div", "li", "ul", "td", "tr", "table", "h2", "blockquote", "script", "pre"]
)
BITS = st.one_of(
    st.text(alphabet="ab 1#*_<&\u00a0\n", max_size=8).map(escape),
    st.sampled_from(["<br>", "<hr>", "<img>", "<!-- x -->", "&nbsp;", "</p>", "</div>", "<p>", "<li>"]),
    st.tuples(TAGS, st.text(alphabet="xy z", max_size=5)).map(lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>"),
)


@pytest.mark.slow
@settings(deadline=None, max_examples=300)
@given(st.lists(BITS, max_size=20).map("".join))
def test_a_page_is_read_whole_and_refused_only_where_it_has_no_words(body: str) -> None:
    kept = "" if (capture := read_or_none(f"<html><body>{body}</body></html>".encode())) is None else capture.full_text
    assert "".join(kept.split()) == "".join(visible(f"<body>{body}").split())


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=200))
def test_no_bytes_crash_the_reader(content: bytes) -> None:
    assert (capture := read_or_none(content)) is None or capture.paragraphs


def visible(text: str) -> str:
    """The visible characters of well-behaved mark-up, by another parser than the program's."""
    reader = _Visible()
    reader.feed(text)
    reader.close()
    return "".join(reader.pieces)


class _Visible(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in HIDDEN_TAGS

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in HIDDEN_TAGS and self.hidden > 0

    def handle_data(self, data: str) -> None:
        self.pieces += [] if self.hidden else [data]


# What a page says of itself


LINKED = """<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "x"},
{"@type": "NewsArticle", "headline": "Ferry record", "datePublished": "2024-05-02T10:00:00+01:00",
"author": [{"@type": "Organization",
"name": "Harbour context"}], "publisher": {"name": "Harbour Gazette"}}]}</script>"""
METAS = """<title>Ferry record | Gazette</title><meta property="og:title" content="Ferry record"><meta name=author
content="Harbour context"><meta property="article:published_time" content="2024-05-02"><meta property="og:site_name"
content="Harbour Gazette">"""


@pytest.mark.parametrize("head", [LINKED, METAS, "<script type='application/ld+json'>{broken</script>" + METAS])
def test_a_page_says_its_title_authors_date_and_site(head: str) -> None:
    said = extract_page_metadata(
        f"<html lang=en-GB><head>{head}<link rel=canonical href='https://gazette.example/1'></head><p>{LONG}".encode()
    )
    record = format_article_front_matter(said, page(f"<p>{LONG}"))
    assert 'title: "Ferry record"' in record
    assert 'authors: ["Harbour context"]' in record
    assert 'published: "2024-05-02"' in record
    assert 'the page calls its site "Harbour Gazette"' in record
    assert 'url: "https://gazette.example/1"' in record
    assert "language: en-GB" in record


def say_headline(text: str) -> str:
    """The title that is taken from JSON-LD with this text as its headline."""
    article = json.dumps({"@type": "NewsArticle", "headline": text, "author": text, "publisher": text}).replace("<", r"\u003c")
    said = extract_page_metadata(f"<head><script type='application/ld+json'>{article}</script></head><p>{LONG}".encode())
    assert said["authors"] == said["site"] == said["title"]
    return "".join(said["title"])


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("&#8216;Ferry&#8217; record", "‘Ferry’ record"),
        ("&amp;#8216;Ferry&amp;#8217; record", "‘Ferry’ record"),
        ("Fares &amp; times", "Fares & times"),
        ("Fares &amp;amp;amp; times", "Fares & times"),
        ("Fares&nbsp;up &#150; again", "Fares up – again"),
        ("A <em>ferry</em> of the <span class='x'>isl<b>and</b></span>", "A ferry of the island"),
        ("A &lt;i&gt;ferry&lt;/i&gt;", "A ferry"),
        ("Fares<br/>and times", "Fares and times"),
        ("Why <b> is bold, and 3 < 4 > 2", "Why <b> is bold, and 3 < 4 > 2"),
        ("R&D &copy pays &unknown; &; &#xZ;", "R&D &copy pays &unknown; &; &#xZ;"),
        ("Ferry\x99 re\u202ecord\x00 \ud83d x", "Ferry record x"),
        ("  two\n lines\u2028 ", "two lines"),
        ("&#0;&#x1;", "\ufffd"),
        ("\x99", ""),
        ("a" * 2_001, ""),
    ],
)
def test_a_title_is_what_readers_see(written: str, title: str) -> None:
    assert say_headline(written) == title


def test_meta_tags_that_are_escaped_twice_are_what_readers_see() -> None:
    head = '<meta property="og:title" content="&amp;#8216;Ferry&amp;#8217; record"><meta name=author content="A &amp;amp; B">'
    said = extract_page_metadata(f"<head>{head}</head><p>{LONG}".encode())
    assert (said["title"], said["authors"]) == (["‘Ferry’ record"], ["A & B"])


@given(st.text(max_size=60), st.lists(st.sampled_from(["&amp;", "&lt;i&gt;", "<i>", "</i>", "&#8216;", "<br>", "\x85", "x"])))
def test_whatever_a_page_says_can_stand_in_a_record(text: str, parts: list[str]) -> None:
    title = say_headline(text + "".join(parts))
    assert not FORBIDDEN_CHARACTERS_PATTERN.search(title)
    assert title == " ".join(title.encode("utf-8").decode("utf-8").split())


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("datePublished", "2024-02-30"),
        ("datePublished", "٢٠٢٤-05-02"),
        ("url", "https://gazette.example/a b"),
        ("url", "https://"),
    ],
)
def test_what_no_record_could_hold_is_not_established(key: str, value: str) -> None:
    article = json.dumps({"@type": "NewsArticle", key: value})
    said = extract_page_metadata(f"<head><script type='application/ld+json'>{article}</script></head><p>{LONG}".encode())
    record = format_article_front_matter(said, page(f"<p>{LONG}"))
    assert re.findall(r"(\w+): not-established", record) == ["title", "publisher", "authors", "published", "url"]


@pytest.mark.parametrize("text", ["<i>" * 600, "<a " * 600, "<a" + " " * 1900, "&amp;" * 390, "<i><b>" * 150 + "</b></i>" * 150])
def test_a_hostile_headline_takes_no_time(text: str) -> None:
    begun = time.process_time()
    say_headline(text)
    assert time.process_time() - begun < 1


def test_what_a_page_does_not_say_is_not_established() -> None:
    record = format_article_front_matter(extract_page_metadata(b"<p>Words."), page("<p>Words."))
    assert re.findall(r"(\w+): not-established", record) == ["title", "publisher", "authors", "published", "url"]


def test_a_record_printed_from_a_page_is_read_and_its_quotations_found(example: Path) -> None:
    body = f"<nav>Home</nav><main><h1>Ferry record</h1><p>{LONG}</p><p>{MORE}</p></main>"
    (example / "originals/bulletin.html").write_text(
        f"<html lang=en><head>{METAS}</head><body>{body}</body></html>", encoding="utf-8"
    )
    printed = CliRunner().invoke(main, ["--root", str(example), "convert", "--record", str(example / "originals/bulletin.html")])
    (example / "docs/articles/bulletin.md").write_text(printed.stdout, encoding="utf-8")
    notes = '- {id: return-trips, quote: "return trips included", speaker: text, note: "Twice, then."}\n'
    (example / "annotations/articles/bulletin.yml").write_text(notes, encoding="utf-8")
    write_lock(example / "dossier.lock", update_lock(read_example(example)))
    assert check_dossier(read_example(example)) == []
    assert check_dossier(read_example(example, captures="")) == []
    assert read_example(example).lock.articles["bulletin"].converter == HTML_CONVERTER


def test_every_saved_page_is_read_whole() -> None:
    files = sorted(file for file in (ROOT / PAGES).rglob("*.htm*") if file.is_file())
    assert files
    for file in files:
        content = file.read_bytes()
        assert format_article_front_matter(extract_page_metadata(content), convert_capture(content, {}, ".html")).startswith(
            "---"
        )
