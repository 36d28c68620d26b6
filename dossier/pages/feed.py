"""The Atom feed of corrections (RFC 4287, https://www.rfc-editor.org/rfc/rfc4287)."""

from __future__ import annotations

import re
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from markupsafe import Markup

from dossier.model.dossier import Dossier
from dossier.model.site.addresses import CORRECTIONS_FEED_PATH, CorrectedEntry, list_all_corrections
from dossier.pages.context import find_newest_review
from dossier.pages.corrections import describe_entry
from dossier.pages.markdown import render_markdown_html

ATOM_NAMESPACE = "http://www.w3.org/2005/Atom"
FALLBACK_FEED_DATE = "1970-01-01"
"""Day of a feed's last change where no record has been corrected or reviewed; Atom asks for one."""

_INVALID_XML_CHARACTERS = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_corrections_feed(dossier: Dossier, site_url: str, site_name: str) -> str:
    """All published corrections as Atom, newest first; `site_url` is the site's absolute address, ending in a slash."""
    shown = dossier.only_published()
    corrections = list_all_corrections(shown)
    changed = (
        str(corrections[0].correction.date) if corrections else find_newest_review(shown.iter_entries()) or FALLBACK_FEED_DATE
    )
    root = Element("feed", xmlns=ATOM_NAMESPACE)
    _add_xml_element(root, "id", site_url + CORRECTIONS_FEED_PATH)
    _add_xml_element(root, "title", f"Corrections: {site_name}")
    _add_xml_element(root, "updated", f"{changed}T00:00:00Z")
    _add_xml_element(SubElement(root, "author"), "name", shown.settings.publisher or site_name)
    _add_xml_element(root, "link", rel="self", type="application/atom+xml", href=site_url + CORRECTIONS_FEED_PATH)
    _add_xml_element(root, "link", rel="alternate", type="text/html", href=f"{site_url}corrections/")
    for corrected in corrections:
        _add_feed_entry(root, corrected, shown, site_url)
    indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'


def _add_feed_entry(root: Element, corrected: CorrectedEntry, shown: Dossier, site_url: str) -> None:
    correction, (page, name) = corrected.correction, corrected.entry.url_parts
    address = f"{site_url}corrections/#{quote(corrected.id)}"
    entry = SubElement(root, "entry")
    _add_xml_element(entry, "id", address)
    _add_xml_element(entry, "title", f"{correction.kind.capitalize()}: {describe_entry(corrected.entry, shown)}")
    _add_xml_element(entry, "updated", f"{correction.date}T00:00:00Z")
    _add_xml_element(entry, "link", rel="alternate", type="text/html", href=address)
    _add_xml_element(entry, "link", rel="related", type="text/html", href=site_url + page + (f"#{quote(name)}" if name else ""))
    said = (("It said:", correction.was), ("It now says:", correction.now), ("Reason:", correction.reason))
    html = Markup().join(Markup("<p>{}</p>\n{}").format(label, render_markdown_html(text, site_url)) for label, text in said)
    _add_xml_element(entry, "content", html, type="html")


def _add_xml_element(parent: Element, tag: str, text: str = "", **attributes: str) -> None:
    """An element with its text, without the characters that XML cannot hold even escaped."""
    SubElement(parent, tag, attributes).text = _INVALID_XML_CHARACTERS.sub("", text) or None
