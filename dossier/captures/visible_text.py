"""The text that a browser shows of a page, by a second path: to prove that the paragraphs of a capture lose no word of it.

The first path (`html_blocks.py`) finds blocks in what libxml2 reads. This one has another parser, justhtml, and another walk:
its tokenizer, which follows the HTML standard, and no tree, so that time and memory are linear in the length of the page.
The two share only the decoded text and the reading of `style` attributes. What is hidden is said here as browsers' own style
sheets say it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from justhtml import stream

from dossier.captures.framed_pages import find_framed_page
from dossier.captures.own_style import read_own_style

UNSHOWN_TAGS = frozenset(
    """audio canvas datalist embed iframe meter noembed noframes noscript progress rp script style template title
    video""".split()
)
"""Elements whose text a browser does not show."""

STYLED_TAGS = frozenset("datalist noframes rp script style title".split())
"""Those of them that are shown if their own style says so."""

UNSHOWN_TAGS_BY_ROOT = {
    "svg": frozenset("defs desc metadata symbol".split()),
    "math": frozenset(("annotation", "annotation-xml")),
}
"""Those that are parts of drawings and formulas, by the element around them; elsewhere they are as any other."""

BLOCK_TAGS = frozenset(
    """address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup option p plaintext pre
    search section select summary table tbody td tfoot th thead tr ul xmp""".split()
)
"""Elements that set words apart. A start tag of one also ends an open paragraph, except within a table row."""

VOID_TAGS = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split()
)
"""Elements without content, which no end tag ends."""

ROOT_TAGS = frozenset(("html", "body"))

_MAX_FRAME_DEPTH = 3
"""Frames in one another whose mark-up is read; that of others is taken for text, so that it is told."""

# Taken out beforehand, since the tokenizer searches the whole rest of a page at each of them. In what is no mark-up, as a
# script is none, nothing is a comment.
_COMMENT = re.compile(
    r"(?P<code><(?P<tag>script|style|textarea|title|iframe|noembed|noframes|noscript|xmp)\b.*?(?:</(?P=tag)|\Z)"
    r"|<plaintext\b.*\Z)"
    r"|<!--(?:-?>|.*?(?:--!?>|\Z))",
    re.DOTALL | re.IGNORECASE,
)
_BREAKING_TAGS = frozenset(
    """b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta nobr ol p
    pre ruby s small span strike strong sub sup table tt u ul var""".split()
)
_PARTS_WITH_HTML_BY_ROOT = {
    "svg": frozenset("desc foreignobject title".split()),
    "math": frozenset("annotation-xml mi mn mo ms mtext".split()),
}
"""A start tag of the former ends an open drawing or formula, unless it stands in one of these parts of it."""

_SPECIAL_TAGS = BLOCK_TAGS - {"dialog", "legend", "optgroup", "option"}
"""Elements that the end tag of one that sets no words apart does not close."""

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TABLE_PARTS = ("caption", "tbody", "tfoot", "thead", "tr", "td", "th")
_TABLE_FRAMES = frozenset(("table", "tbody", "tfoot", "thead", "tr"))
"""Elements that have no words of their own: what stands in one, and in none of its cells, is shown before the table."""

_SCOPES = frozenset((*_TABLE_PARTS, "table", "template", "object", "button", "select"))
_ENDED_BY_START: Mapping[str, tuple[tuple[str, ...], frozenset[str]]] = {
    **dict.fromkeys(BLOCK_TAGS - {"br", "option", "optgroup", *_TABLE_PARTS}, (("p",), _SCOPES)),
    **{tag: ((tag,), _SCOPES - {tag}) for tag in ("a", "button", "nobr")},
    "li": (("p", "li"), frozenset({*_SCOPES, "ul", "ol", "menu", "dir"})),
    **dict.fromkeys(("dd", "dt"), (("p", "dd", "dt"), frozenset({*_SCOPES, "dl"}))),
    **dict.fromkeys(("option", "optgroup"), (("option",), frozenset({"select", "optgroup"}))),
    **dict.fromkeys(("td", "th"), (("td", "th", "caption"), frozenset({"table", "tr"}))),
    "tr": (("tr", "caption"), frozenset({"table"})),
    **dict.fromkeys(("caption", "tbody", "tfoot", "thead"), (("caption", "tbody", "tfoot", "thead"), frozenset({"table"}))),
    **dict.fromkeys(("rp", "rt"), (("rp", "rt"), frozenset({"ruby"}))),
}
"""Which open elements a start tag ends, and the elements that keep those around them open."""


class _OpenElement(NamedTuple):
    """An open element: whether it is displayed, and whether what stands in it is visible where nothing in it says otherwise."""

    tag: str
    is_displayed: bool
    is_visible: bool


class _OpenElements:
    """The elements that are open, outermost first, and where each stands."""

    def __init__(self) -> None:
        self._elements = [_OpenElement("", is_displayed=True, is_visible=True)]
        self._places_by_tag: defaultdict[str, list[int]] = defaultdict(list)

    @property
    def is_shown(self) -> bool:
        """Whether a text that stands here is shown."""
        around = self._find_parent()
        return around.is_displayed and around.is_visible

    def start_element(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        """Open an element, after those that its start tag ends are closed."""
        if tag in _TABLE_PARTS and not self._places_by_tag["table"]:
            return
        for root, parts in _PARTS_WITH_HTML_BY_ROOT.items() if tag in _BREAKING_TAGS else ():
            self._close_element(root, parts)
        ended_tags, keepers = _ENDED_BY_START.get(tag, ((), frozenset()))
        for ended in ended_tags:
            self._close_element(ended, keepers)
        if tag in _HEADINGS and self._elements[-1].tag in _HEADINGS:
            self._close_element(self._elements[-1].tag, frozenset())
        if tag in VOID_TAGS:
            return
        style = read_own_style(attributes.get("style") or "")
        parent = self._elements[-1] if tag in _TABLE_PARTS else self._find_parent()
        is_part = any(self._places_by_tag[root] and tag in tags for root, tags in UNSHOWN_TAGS_BY_ROOT.items())
        is_displayed = parent.is_displayed and not is_part and _is_displayed(tag, attributes, style.is_displayed)
        is_visible = parent.is_visible if style.is_visible is None or tag in ROOT_TAGS else style.is_visible
        self._places_by_tag[tag].append(len(self._elements))
        self._elements.append(_OpenElement(tag, is_displayed, is_visible))

    def end_element(self, tag: str) -> None:
        """Close the innermost element of a tag, and all in it, unless something keeps it open."""
        if tag in _HEADINGS:
            # The end tag of any heading ends any other.
            tag = max(_HEADINGS, key=lambda heading: (*self._places_by_tag[heading][-1:], 0)[0])
        if tag == "table" or tag not in BLOCK_TAGS:
            self._close_element(tag, frozenset() if tag == "table" else _SPECIAL_TAGS)
        else:
            self._close_element(tag, frozenset({"table"}) if tag in _TABLE_PARTS else _SCOPES - {tag})

    def _find_parent(self) -> _OpenElement:
        """The element that what stands here belongs to: that around the table if it is in no cell of it."""
        if self._elements[-1].tag in _TABLE_FRAMES:
            return self._elements[self._places_by_tag["table"][-1] - 1]
        return self._elements[-1]

    def _close_element(self, tag: str, keepers: frozenset[str]) -> None:
        places = self._places_by_tag[tag]
        if not places or any(self._places_by_tag[keeper][-1:] > places[-1:] for keeper in keepers):
            return
        first = places[-1]
        for closed in reversed(self._elements[first:]):
            self._places_by_tag[closed.tag].pop()
        del self._elements[first:]


def read_visible_text(page: str) -> str:
    """The text that a browser shows of a decoded page, in order, with a space at the tags of block elements.

    Style sheets and scripts are not taken into account.
    """
    return "".join(_iter_shown_text(page, 0))


def _iter_shown_text(page: str, depth: int) -> Iterator[str]:
    """The pieces of text that are shown, those of frames included. `depth` says in how many frames the page stands."""
    elements = _OpenElements()
    # A browser unites line ends before it reads; this tokenizer would take a carriage return for a part of a tag's name.
    page = page.replace("\r\n", "\n").replace("\r", "\n")
    page = _COMMENT.sub(lambda match: match["code"] or "", page)
    for event in stream(page):
        is_shown = elements.is_shown
        if event[0] == "text" and is_shown:
            yield event[1]
        elif event[0] == "start":
            tag, attributes = event[1]
            if (framed := find_framed_page(tag, attributes)) and is_shown and _is_shown_frame(attributes):
                yield from (" ", *(_iter_shown_text(framed, depth + 1) if depth < _MAX_FRAME_DEPTH else (framed,)), " ")
            elements.start_element(tag, attributes)
            if tag in BLOCK_TAGS and elements.is_shown:
                yield " "
        elif event[0] == "end":
            elements.end_element(event[1])
            if event[1] in BLOCK_TAGS and is_shown:
                yield " "


def _is_shown_frame(attributes: Mapping[str, str | None]) -> bool:
    style = read_own_style(attributes.get("style") or "")
    return _is_displayed("", attributes, style.is_displayed) and style.is_visible is not False


def _is_displayed(tag: str, attributes: Mapping[str, str | None], said_by_style: bool | None) -> bool:
    """Whether an element is displayed by its tag and its own attributes, if the one around it is.

    The page as a whole is: where its style hides it, a script shows it in the end.
    """
    if tag in ROOT_TAGS:
        return True
    if tag == "template" and (attributes.get("shadowrootmode") or "").lower() in ("open", "closed"):
        return True
    if tag in UNSHOWN_TAGS - STYLED_TAGS or (tag == "object" and attributes.get("data")):
        return False
    is_hidden = tag in STYLED_TAGS or bool(attributes.keys() & {"hidden", "popover"})
    is_hidden = is_hidden or (tag == "dialog" and "open" not in attributes)
    return not is_hidden if said_by_style is None else said_by_style
