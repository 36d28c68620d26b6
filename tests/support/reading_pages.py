"""Builds the pages of the example and reads them: HTML as a tree, its words, links, ids and notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from html.parser import HTMLParser
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

from dossier.model import Dossier
from dossier.pages import Page, build_pages
from support.dossiers import read_example

Change = Callable[[Path, str, str], None]
GAZETTE, ISLAND = "harbour-gazette-2024-05-02", "island-digest"
DIGEST = f"docs/articles/{GAZETTE}.md"
NOTES = f"annotations/articles/{GAZETTE}.yml"
CLAIM = "annotations/claims/april-record.yml"
SOURCE = "annotations/sources/harbour-office-count.yml"
EVENT = "annotations/events/count-published.yml"
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)' x='",
    "[alert(1)](javascript:alert(1)) [b](/javascript:alert(1)) ![c](https://afar.example/c.png)",
    "</title></p></div></section>&lt;script&gt;alert(1)&lt;/script&gt;{{ alert(1) }}{% raw %}",
]
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
INLINE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "cite",
        "code",
        "em",
        "i",
        "mark",
        "q",
        "s",
        "span",
        "strong",
        "sub",
        "sup",
        "svg",
        "time",
        "path",
        "circle",
    }
)
NOTE_IDS = ["april-record", "timetable", "one-in-five", "crew-dispute"]


class _Tree(HTMLParser):
    """HTML to a tree of elements; an end tag that closes nothing or the wrong thing is an error."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("document")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = SubElement(self.open[-1], tag, {name: value or "" for name, value in attrs})
        self.open += [made] if tag not in VOID else []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        SubElement(self.open[-1], tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        inside = list(self.open[-1])
        if inside:
            inside[-1].tail = (inside[-1].tail or "") + data
        else:
            self.open[-1].text = (self.open[-1].text or "") + data


def parse(html: str) -> Element:
    """Well-nested HTML as a tree."""
    tree = _Tree()
    tree.feed(re.sub(r"(<title>)(.*?)(?=</title>)", lambda title: title[1] + escape(unescape(title[2])), html, flags=re.DOTALL))
    tree.close()
    assert [element.tag for element in tree.open] == ["document"]
    return tree.open[0]


def words(element: Element | None) -> str:
    """What an element says, white space folded."""
    assert element is not None
    return re.sub(r"[ \t\r\n]+", " ", "".join(_spoken(element))).strip(" ")


def _spoken(element: Element) -> Iterator[str]:
    if element.tag not in ("script", "style", "template"):
        apart = "" if element.tag in INLINE else " "
        yield apart + (element.text or "")
        for child in element:
            yield from _spoken(child)
            yield child.tail or ""
        yield apart


def links(element: Element) -> list[str]:
    return [link.get("href", "") for link in element.iter("a")]


def ids(element: Element) -> list[str]:
    return [inner.get("id", "") for inner in element.iter() if "id" in inner.attrib]


def at(page: Element, name: str, up: bool = False) -> Element:
    """The element of an id, or with `up` the one round it."""
    found = page.find(f".//*[@id='{name}']" + ("/.." if up else ""))
    assert found is not None, f"there is no #{name}"
    return found


def notes_in(element: Element) -> list[str]:
    return [inner.get("id", "") for inner in element.iter() if inner.get("role") == "note"]


def leads_astray(link: str) -> bool:
    """Whether a browser would run a link, open a file with it, or take it for another host's although it is written as ours."""
    scheme = re.match(r"[\x00-\x20]*([a-z][a-z0-9+.\t\n\r-]*):", link, re.IGNORECASE)
    return re.match(r"[\\/]{2}", link) is not None or (scheme is not None and not WEB.match(link))


WEB = re.compile(r"https?://|mailto:", re.IGNORECASE)
OUR_SCRIPT = re.compile(r"(?:\.\./)+assets/(?:search|filters)\.js")
"""The scripts that stand in the content of pages."""
ACTIVE = ("script", "img", "iframe", "object", "embed", "form", "style", "title")


def harmless(page: Element) -> None:
    """Nothing of what was typed has become an element, an attribute or an address that does something."""
    ours = {title for svg in page.iter("svg") for title in svg.iter("title")}
    ours |= {form for form in page.iter("form") if form.get("role") == "search"}
    ours |= {script for script in page.iter("script") if OUR_SCRIPT.fullmatch(script.get("src", "")) and not script.text}
    for element in page.iter():
        assert element in ours or element.tag not in ACTIVE
        assert not [name for name in element.attrib if name.startswith("on")]
        assert not leads_astray(element.get("href", "")), element.get("href")


def pages(root: Path, preview: bool = False) -> dict[str, Element]:
    return {page.url: parse(page.content_html) for page in build_pages(read_example(root), preview)}


def drawn(dossier: Dossier, preview: bool = False) -> list[tuple[Page, str]]:
    """Every page with its HTML."""
    return [(page, page.content_html) for page in build_pages(dossier, preview)]


def all_html(root: Path, preview: bool) -> str:
    return "".join(page.content_html for page in build_pages(read_example(root), preview))


def article(root: Path, slug: str = GAZETTE, preview: bool = False) -> Element:
    return pages(root, preview)[f"articles/{slug}/"]


def at_address(made: list[Page], address: str) -> Page:
    return next(page for page in made if page.url == address)


def event(root: Path, name: str, date: str) -> None:
    """Write an event of that date."""
    text = f'date: "{date}"\ntitle: Something is said\ntext: It is said.\nkind: statement\n'
    (root / f"annotations/events/{name}.yml").write_text(text, encoding="utf-8")
