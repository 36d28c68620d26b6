"""Atom documents (RFC 4287, https://www.rfc-editor.org/rfc/rfc4287): the parts that all feeds of a site have."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from dossier.model.dossier import Dossier
from dossier.model.site.export_files import ATOM_TYPE
from dossier.pages.context import find_newest_review

ATOM_NAMESPACE = "http://www.w3.org/2005/Atom"
FALLBACK_FEED_DATE = "1970-01-01"
"""`<updated>` of a feed without entries and reviews. RFC 4287, section 4.1.1 requires the element."""

# Characters outside the `Char` production of XML 1.0; not even a character reference may denote them.
_INVALID_XML_CHARACTERS = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def begin_feed(published: Dossier, path: str, title: str, page_url: str, entry_days: Iterable[str]) -> Element:
    """A feed without entries; `page_url` is the page that it follows, and `entry_days` are the days of its entries."""
    site_url, site_name = published.settings.site_url, published.settings.site_name
    updated = max(entry_days, default="") or find_newest_review(published.iter_entries()) or FALLBACK_FEED_DATE
    root = Element("feed", xmlns=ATOM_NAMESPACE)
    add_xml_element(root, "id", site_url + path)
    add_xml_element(root, "title", f"{title}: {site_name}")
    add_feed_day(root, "updated", updated)
    add_xml_element(SubElement(root, "author"), "name", published.settings.publisher or site_name)
    add_xml_element(root, "link", rel="self", type=ATOM_TYPE, href=site_url + path)
    add_xml_element(root, "link", rel="alternate", type="text/html", href=site_url + page_url)
    return root


def add_feed_day(parent: Element, tag: str, day: str) -> None:
    """Append a day. RFC 4287 wants a time of day; records have dates only, so it is always midnight UTC."""
    add_xml_element(parent, tag, f"{day}T00:00:00Z")


def add_xml_element(parent: Element, tag: str, text: str = "", **attributes: str) -> None:
    """Append an element with text and attributes. Characters that are not allowed in XML are removed from the text."""
    SubElement(parent, tag, attributes).text = _INVALID_XML_CHARACTERS.sub("", text) or None


def format_feed(root: Element) -> str:
    """A feed as the text of its file."""
    indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'
