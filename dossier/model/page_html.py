"""The HTML that people may write into a page: what is harmless by name, where the rest stands, and the text without it.

What is not known to be harmless is refused: elements and attributes are those that the lists below name. A browser makes an
element only of its literal `<name`, whatever stands around it, so every `<` is judged by itself. What `clean_html` returns has
no `<` but those of comments and of harmless tags that it has written itself: no browser can read anything else into it.
https://html.spec.whatwg.org/multipage/parsing.html#tokenization
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from dossier.model.markdown import is_allowed_url

HARMLESS_TAGS = frozenset(
    """
    a abbr aside audio b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure
    footer h1 h2 h3 h4 h5 h6 header hr i img input ins kbd label li mark nav ol p picture pre q rp rt ruby s samp section small
    source span strong sub summary sup table tbody td tfoot th thead time tr track u ul var video wbr
    svg g path circle ellipse line polygon polyline rect
    """.split()
)
"""Elements that run nothing, load nothing but pictures and sound, and hold no text that is read by other rules than a page's."""

_HARMLESS_ATTRIBUTES = frozenset(
    """
    align alt checked class colspan controls cite datetime default dir disabled for headers height hidden href hreflang id kind
    label lang loading loop markdown muted name open poster preload rel reversed role rowspan scope sizes span src srclang start
    tabindex title type value width
    d cx cy r rx ry x x1 x2 y y1 y2 points fill stroke stroke-width transform viewbox xmlns
    """.split()
)
_HARMLESS_VALUES = {
    "style": re.compile(r"(?:\s*(?:text-align|vertical-align|(?:min-|max-)?(?:width|height))\s*:[\w\s.%-]*;?)*\s*"),
    "id": re.compile(r"(?!__(?:config|consent|drawer|palette|search|skip)).*", re.DOTALL),  # of these the theme makes use
    "type": re.compile(r"checkbox|radio|[1aAiI]|(?:audio|image|video)/[\w.+-]+"),
}
"""What the values of some attributes must be; an input that takes text could ask readers for a password."""
_URL_ATTRIBUTES = frozenset({"href", "src", "cite", "poster"})
_LOADED_ATTRIBUTES = frozenset({"src", "poster"})
"""Of these, what browsers load with the page; from another site, its owner would know of every reader."""
_PICTURE_DATA_PATTERN = re.compile(r"data:image/(?:avif|gif|jpeg|png|webp)[;,]", re.IGNORECASE)
_IGNORED_IN_URLS = re.compile(r"^[\x00-\x20]+|[\t\n\r]")
"""Characters that browsers take out of an address before they read it."""
_RUNNING_URL_PATTERN = re.compile(r"(?:javascript|vbscript|data(?=:[\w/+.-]*[;,])):", re.IGNORECASE)
_SCHEME_PATTERN = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|[/\\]{2}")

_ATTRIBUTE = r"""[\s/]++[^\s"'<>/=]++(?:\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+'|[^\s"'=<>`]++))?+"""
_TAG_PATTERN = re.compile(rf"<(/?)([a-zA-Z][a-zA-Z0-9:-]*+)((?:{_ATTRIBUTE})*+)[\s/]*+>")
_ATTRIBUTE_PATTERN = re.compile(r"""[\s/]+([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")
_ATTRIBUTE_LIST_PATTERN = re.compile(r"\{([^\n]*)\}")
"""As hosts read it, which take such a list to end at the last brace of its line."""
_LISTED_ATTRIBUTE_PATTERN = re.compile(r"""([^\s"'<>/={}:]++)=("[^"]*"|'[^']*'|[^\s}]+)""")
_COMMENT_END_PATTERN = re.compile(r"--!?>")
_MARKUP_START_PATTERN = re.compile(r"<(?=[a-zA-Z/!?])")


class MarkupPiece(NamedTuple):
    """A tag, a comment or a `<` that begins neither, where it begins and ends in a text (offsets), and what is wrong with it."""

    start: int
    end: int
    fault: str
    """A sentence about it; empty if it is harmless."""
    harmless_html: str
    """What is left of it without its faults; what is no tag becomes text."""


def is_allowed_page_url(url: str) -> bool:
    """Whether a page may link to a URL: as records may, and by a path as it is seen from the page's file."""
    cleaned = _IGNORED_IN_URLS.sub("", url)
    return is_allowed_url(cleaned) if _SCHEME_PATTERN.match(cleaned) else True


def is_own_page_url(url: str) -> bool:
    """Whether what is loaded from a URL is the site's own: a file of it, or a picture in the address itself."""
    cleaned = _IGNORED_IN_URLS.sub("", url)
    return bool(_PICTURE_DATA_PATTERN.match(cleaned)) or not _SCHEME_PATTERN.match(cleaned)


def split_url(url: str) -> SplitResult:
    """An address as `urlsplit` splits it; of what no browser follows, such as `//[x`, all is the path."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", url, "", "")


def is_running_url(url: str) -> bool:
    """Whether a browser that follows an address runs what stands in it."""
    cleaned = _IGNORED_IN_URLS.sub("", unescape(url))
    return bool(_RUNNING_URL_PATTERN.match(cleaned)) and not _PICTURE_DATA_PATTERN.match(cleaned)


def find_unsafe_markup(text: str) -> Iterator[MarkupPiece]:
    """Yield what in a text is HTML, or looks like it to a browser, and not known to be harmless; from first to last."""
    return (piece for piece in _iter_markup_pieces(text) if piece.fault)


def find_unsafe_attribute_lists(text: str) -> Iterator[MarkupPiece]:
    """Yield the lists such as `{: #id .class key=value }`, which hosts make attributes of, that have something unsafe."""
    for found in _ATTRIBUTE_LIST_PATTERN.finditer(text):
        for attribute in _LISTED_ATTRIBUTE_PATTERN.finditer(found[1]):
            name, value = attribute[1].lower(), unescape((attribute[2] or "").strip("\"'"))
            is_of_page = name in _URL_ATTRIBUTES | _HARMLESS_VALUES.keys() or name.startswith("on") or name == "srcdoc"
            if is_of_page and (fault := _describe_attribute_fault(name, value)):
                yield MarkupPiece(found.start(), found.end(), fault, "")


def clean_html(html: str) -> str:
    """HTML without what is not known to be harmless: elements become text, attributes vanish. Harmless HTML stays as it is."""
    parts, end = [], 0
    for piece in _iter_markup_pieces(html):
        if piece.fault:
            parts += [html[end : piece.start], piece.harmless_html]
            end = piece.end
    return "".join([*parts, html[end:]])


def _iter_markup_pieces(text: str) -> Iterator[MarkupPiece]:
    position, last_end = 0, max(text.rfind("-->"), text.rfind("--!>"))
    while found := _MARKUP_START_PATTERN.search(text, position):
        read = _read_comment if text.startswith("<!", found.start()) else _read_tag
        yield (piece := read(text, found.start(), last_end))
        position = piece.end


def _read_comment(text: str, start: int, last_end: int) -> MarkupPiece:
    """A comment; anything else that begins with `<!` is text, and so is a comment that browsers end elsewhere or never.

    `last_end` is where the last comment of the text ends: a search for each `<!--` behind it would take its square in time.
    """
    may_end = text.startswith("<!--", start) and start < last_end
    end = _COMMENT_END_PATTERN.search(text, start + 4) if may_end else None
    if end and not text.startswith((">", "->"), start + 4):
        return MarkupPiece(start, end.end(), "", text[start : end.end()])
    return MarkupPiece(start, start + 1, f"`{text[start : start + 4].split(maxsplit=1)[0]}` begins no comment that ends", "&lt;")


def _read_tag(text: str, start: int, last_end: int) -> MarkupPiece:
    match = _TAG_PATTERN.match(text, start)
    if not match:
        shown = text[start : start + 20].split(maxsplit=1)[0]
        return MarkupPiece(start, start + 1, f"`{shown}` begins a tag that is not written as HTML asks", "&lt;")
    slash, name, attributes = match.groups()
    if name.lower() not in HARMLESS_TAGS:
        return MarkupPiece(start, match.end(), f"`<{slash}{name}>` is no HTML that a page may have", escape(match[0]))
    faults: list[str] = []
    kept: list[str] = []
    for attribute in _ATTRIBUTE_PATTERN.finditer(attributes):
        fault = _describe_attribute_fault(attribute[1].lower(), unescape((attribute[2] or "").strip("\"'")))
        (faults if fault else kept).append(fault or attribute[0])
    rest = f"<{slash}{name}{''.join(kept)}{' /' if match[0].endswith('/>') else ''}>"
    return MarkupPiece(start, match.end(), faults[0] if faults else "", rest)


def _describe_attribute_fault(name: str, value: str) -> str:
    """What is wrong with an attribute; empty if nothing is."""
    if name in _LOADED_ATTRIBUTES:
        return (
            "" if is_own_page_url(value) else f"`{name}={value!r}` is not a file of this site, and browsers do not load it here"
        )
    if name in _URL_ATTRIBUTES and not is_allowed_page_url(value):
        return f"`{name}={value!r}` is not an address that a page can have"
    if pattern := _HARMLESS_VALUES.get(name):
        return "" if pattern.fullmatch(value) else f"`{name}={value!r}` is not a value that a page may give"
    is_harmless = name in _HARMLESS_ATTRIBUTES or name.startswith(("aria-", "data-"))
    return "" if is_harmless else f"`{name}=` is no attribute that a page may have"
