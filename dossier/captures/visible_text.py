"""The text that a browser shows of a page, by a second path: to prove that the paragraphs of a capture lose no word of it.

The first path (`html_blocks.py`) finds blocks in what libxml2 reads. This one has another parser, justhtml, and another walk:
its tokenizer, which follows the HTML standard, and no tree, so that time and memory are linear in the length of the page.
The two share only the decoded text. What is hidden is said here as browsers' own style sheets say it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from justhtml import stream

UNSHOWN_TAGS = frozenset(
    """annotation annotation-xml audio canvas datalist defs desc embed iframe metadata meter noembed noframes noscript object
    progress rp script style symbol template title video""".split()
)
"""Elements whose text a browser does not show, in HTML, MathML and SVG; `dialog` only if it is not open."""

BLOCK_TAGS = frozenset(
    """address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup option p plaintext pre
    search section select summary table tbody td tfoot th thead tr ul xmp""".split()
)
"""Elements that set words apart. A start tag of one also ends an open paragraph, except within a table row."""

VOID_TAGS = frozenset("area base br col embed frame hr img input keygen link meta param source track wbr".split())
"""Elements without content, which no end tag ends."""

# Taken out beforehand, since the tokenizer searches the whole rest of a page at each of them. In what is no mark-up, as a
# script is none, nothing is a comment.
_COMMENT = re.compile(
    r"<(script|style|textarea|title|iframe|noembed|noframes|noscript|xmp)\b.*?(?:</\1|\Z)|<!--(?:-?>|.*?(?:--!?>|\Z))",
    re.DOTALL | re.IGNORECASE,
)
_TABLE_PARTS = ("caption", "tbody", "tfoot", "thead", "tr", "td", "th")
_SCOPES = frozenset((*_TABLE_PARTS, "table", "template", "object", "button", "select"))
_ENDED_BY_START: Mapping[str, tuple[tuple[str, ...], frozenset[str]]] = {
    **dict.fromkeys(BLOCK_TAGS - {"br", "option", "optgroup", *_TABLE_PARTS}, (("p",), _SCOPES)),
    "li": (("p", "li"), frozenset({*_SCOPES, "ul", "ol", "menu", "dir"})),
    **dict.fromkeys(("dd", "dt"), (("p", "dd", "dt"), frozenset({*_SCOPES, "dl"}))),
    **dict.fromkeys(("option", "optgroup"), (("option",), frozenset({"select", "optgroup"}))),
    **dict.fromkeys(("td", "th"), (("td", "th"), frozenset({"table", "tr"}))),
    "tr": (("tr",), frozenset({"table"})),
    **dict.fromkeys(("caption", "tbody", "tfoot", "thead"), (("caption", "tbody", "tfoot", "thead"), frozenset({"table"}))),
    **dict.fromkeys(("rp", "rt"), (("rp", "rt"), frozenset({"ruby"}))),
}
"""Which open elements a start tag ends, and the elements that keep those around them open."""


class _OpenElements:
    """The elements that are open, outermost first: where each stands, and which of them are hidden."""

    def __init__(self) -> None:
        self._tags: list[str] = []
        self._places_by_tag: defaultdict[str, list[int]] = defaultdict(list)
        self._hidden_places: list[int] = []

    @property
    def is_hidden(self) -> bool:
        """Whether one of them is hidden."""
        return bool(self._hidden_places)

    def start_element(self, tag: str, is_hidden: bool) -> None:
        """Open an element, after those that its start tag ends are closed."""
        ended_tags, keepers = _ENDED_BY_START.get(tag, ((), frozenset()))
        for ended in ended_tags:
            self._close_element(ended, keepers)
        if tag in VOID_TAGS:
            return
        if is_hidden:
            self._hidden_places.append(len(self._tags))
        self._places_by_tag[tag].append(len(self._tags))
        self._tags.append(tag)

    def end_element(self, tag: str) -> None:
        """Close the innermost element of a tag, and all in it, unless something keeps it open."""
        if tag == "table" or tag not in BLOCK_TAGS:
            self._close_element(tag, frozenset() if tag == "table" else BLOCK_TAGS)
        else:
            self._close_element(tag, frozenset({"table"}) if tag in _TABLE_PARTS else _SCOPES - {tag})

    def _close_element(self, tag: str, keepers: frozenset[str]) -> None:
        places = self._places_by_tag[tag]
        if not places or any(self._places_by_tag[keeper][-1:] > places[-1:] for keeper in keepers):
            return
        first = places[-1]
        for closed in reversed(self._tags[first:]):
            self._places_by_tag[closed].pop()
        del self._tags[first:]
        while self._hidden_places and self._hidden_places[-1] >= first:
            self._hidden_places.pop()


def read_visible_text(page: str) -> str:
    """The text that a browser shows of a decoded page, in order, with a space at the tags of block elements.

    Style sheets and scripts are not taken into account.
    """
    # A browser unites line ends before it reads; this tokenizer would take a carriage return for a part of a tag's name.
    page = page.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(_iter_shown_text(_COMMENT.sub(lambda match: match[0] if match[1] else "", page)))


def _iter_shown_text(page: str) -> Iterator[str]:
    elements = _OpenElements()
    for event in stream(page):
        is_shown = not elements.is_hidden
        if event[0] == "text" and is_shown:
            yield event[1]
        elif event[0] == "start":
            tag, attributes = event[1]
            elements.start_element(tag, _is_unshown(tag, attributes))
            if tag in BLOCK_TAGS and not elements.is_hidden:
                yield " "
        elif event[0] == "end":
            elements.end_element(event[1])
            if event[1] in BLOCK_TAGS and is_shown:
                yield " "


def _is_unshown(tag: str, attributes: Mapping[str, str | None]) -> bool:
    """Whether an element is hidden by its tag or its own attributes.

    The page as a whole is not: where its style hides it, a script shows it in the end.
    """
    if tag in ("html", "body"):
        return False
    if tag in UNSHOWN_TAGS or attributes.keys() & {"hidden", "popover"} or (tag == "dialog" and "open" not in attributes):
        return True
    declarations = (declaration.partition(":") for declaration in (attributes.get("style") or "").lower().split(";"))
    values = {name.strip(): value.replace("!important", "").strip() for name, _, value in declarations}
    hidden_values = {"display": "none", "visibility": "hidden", "content-visibility": "hidden"}
    return any(values.get(name) == value for name, value in hidden_values.items()) or values.get("visibility") == "collapse"
