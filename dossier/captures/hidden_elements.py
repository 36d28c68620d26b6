"""Which elements of a page's tree a browser does not show, by their tags and their own attributes."""

from __future__ import annotations

from lxml import html

from dossier.captures.own_style import read_own_style

HIDDEN_TAGS = frozenset(
    """head title script noscript style template iframe audio video canvas datalist noframes noembed rp progress
    meter""".split()
)
"""Elements whose text a browser with scripts does not show on the page."""

RESTYLED_TAGS = frozenset("datalist noframes rp title".split())
"""Those of them that a style can show."""

HIDDEN_PARTS = {**dict.fromkeys(("defs", "desc", "metadata", "symbol"), "svg"), "annotation": "math", "annotation-xml": "math"}
"""Parts of drawings and of formulas that are not shown, and the element around them."""

HAS_VISIBLE_PART = "has-visible-part"
"""Attribute that the tree has, and no page: something in the element is said to be visible."""


def is_hidden_element(element: html.HtmlElement) -> bool:
    """Whether an element is hidden with all that is in it; style sheets are not taken into account.

    The page as a whole is not: where its style hides it, scripts show it once the page is there.
    """
    return element.tag not in ("html", "body") and (is_never_shown(element) or _is_hidden_by_style(element))


def is_never_shown(element: html.HtmlElement) -> bool:
    """Whether an element is one that no style can show."""
    tag, attributes = element.tag, element.attrib
    # What an object stands for is shown instead of what is in it, if it is said at all.
    if tag in HIDDEN_TAGS - RESTYLED_TAGS or (tag == "object" and bool(attributes.get("data"))):
        return True
    if (around := HIDDEN_PARTS.get(tag)) and next(element.iterancestors(around), None) is not None:
        return True
    return tag == "input" and str(attributes.get("type", "")).lower() == "hidden"


def _is_hidden_by_style(element: html.HtmlElement) -> bool:
    """Whether a browser's own style sheet, or else the element's own style, hides an element."""
    tag, attributes = element.tag, element.attrib
    style = read_own_style(attributes.get("style", ""))
    is_displayed = style.is_displayed
    if is_displayed is None:
        is_closed_dialog = tag == "dialog" and "open" not in attributes
        is_displayed = not (is_closed_dialog or "hidden" in attributes or "popover" in attributes or tag in RESTYLED_TAGS)
    # Where something in an invisible element is made visible again, all of it is read, rather than too little.
    return not is_displayed or (style.is_visible is False and HAS_VISIBLE_PART not in attributes)
