"""A hand-written page divided into its sections."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple


class HtmlSection(NamedTuple):
    """A section as plain text on one line: the id of its heading, its heading and its text; the first has text only."""

    id: str
    title: str
    text: str


def iter_html_sections(html: str) -> Iterator[HtmlSection]:
    """Yield what is above a page's first `<h2 id>`, then each section that one begins."""
    parser = _HtmlSectionParser()
    parser.feed(html)
    parser.close()
    for own_id, title, text in parser.sections:
        yield HtmlSection(own_id, *(" ".join("".join(pieces).split()) for pieces in (title, text)))


class _SectionPieces(NamedTuple):
    """The id of a section's heading, and pieces of its heading's and its own text."""

    id: str
    title: list[str]
    text: list[str]


class _HtmlSectionParser(HTMLParser):
    """Divides a page at `<h2 id>`. The text of `<h1>` is left out: it is the page's title."""

    def __init__(self) -> None:
        super().__init__()
        self.sections = [_SectionPieces("", [], [])]
        self.heading = ""
        """The heading that is being read: `h1`, `h2` or none."""
        self.is_code = False
        """Whether the parser is inside of a style or a script."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        section_id = dict(attrs).get("id")
        self.is_code = tag in self.CDATA_CONTENT_ELEMENTS
        if tag == "h2" and section_id:
            self.sections.append(_SectionPieces(section_id, [], []))
        if tag == "h1" or (tag == "h2" and section_id):
            self.heading = tag
        elif tag in _WORD_BREAKING_TAGS:
            self.sections[-1].text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.heading = "" if tag == self.heading else self.heading
        self.is_code = False

    def handle_data(self, data: str) -> None:
        if self.heading != "h1" and not self.is_code:
            (self.sections[-1].title if self.heading else self.sections[-1].text).append(data)


_WORD_BREAKING_TAGS = frozenset({"p", "li", "h2", "h3", "h4", "td", "th", "dt", "dd", "br", "pre", "blockquote"})
"""Elements at whose beginning a word ends."""
