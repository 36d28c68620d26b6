"""The Atom feed of corrections (RFC 4287, https://www.rfc-editor.org/rfc/rfc4287)."""

from __future__ import annotations

import re
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from markupsafe import Markup

from dossier.exports.registry import export
from dossier.model.dossier import Dossier
from dossier.model.site.addresses import CorrectedEntry, list_all_corrections
from dossier.model.site.export_files import CORRECTIONS_FEED_PATH
from dossier.pages.context import find_newest_review
from dossier.pages.corrections import describe_entry
from dossier.pages.markdown import render_markdown_html

ATOM_NAMESPACE = "http://www.w3.org/2005/Atom"
FALLBACK_FEED_DATE = "1970-01-01"
"""`<updated>` of a feed without corrections and reviews. RFC 4287, section 4.1.1 requires the element."""

# Characters outside the `Char` production of XML 1.0; not even a character reference may denote them.
_INVALID_XML_CHARACTERS = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@export(CORRECTIONS_FEED_PATH)
def build_corrections_feed(published: Dossier) -> str:
    """The corrections as an Atom document, newest first; addresses begin with the settings' `site_url`."""
    site_url, site_name = published.settings.site_url, published.settings.site_name
    corrections = list_all_corrections(published)
    last_changed = (
        str(corrections[0].correction.date) if corrections else find_newest_review(published.iter_entries()) or FALLBACK_FEED_DATE
    )
    root = Element("feed", xmlns=ATOM_NAMESPACE)
    _add_xml_element(root, "id", site_url + CORRECTIONS_FEED_PATH)
    _add_xml_element(root, "title", f"Corrections: {site_name}")
    # RFC 4287 wants a time of day; records have dates only, so it is always midnight UTC.
    _add_xml_element(root, "updated", f"{last_changed}T00:00:00Z")
    _add_xml_element(SubElement(root, "author"), "name", published.settings.publisher or site_name)
    _add_xml_element(root, "link", rel="self", type="application/atom+xml", href=site_url + CORRECTIONS_FEED_PATH)
    _add_xml_element(root, "link", rel="alternate", type="text/html", href=f"{site_url}corrections/")
    for corrected in corrections:
        _add_feed_entry(root, corrected, published, site_url)
    indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'


def _add_feed_entry(root: Element, corrected: CorrectedEntry, published: Dossier, site_url: str) -> None:
    """Append one correction as an `<entry>`: old text, new text and reason as escaped HTML."""
    correction, (page_url, record_id) = corrected.correction, corrected.entry.url_parts
    # The id must never change (RFC 4287, section 4.2.6); the permalink of a correction does not.
    address = f"{site_url}corrections/#{quote(corrected.id)}"
    entry = SubElement(root, "entry")
    _add_xml_element(entry, "id", address)
    _add_xml_element(entry, "title", f"{correction.kind.capitalize()}: {describe_entry(corrected.entry, published)}")
    _add_xml_element(entry, "updated", f"{correction.date}T00:00:00Z")
    _add_xml_element(entry, "link", rel="alternate", type="text/html", href=address)
    _add_xml_element(
        entry, "link", rel="related", type="text/html", href=site_url + page_url + (f"#{quote(record_id)}" if record_id else "")
    )
    texts_by_label = (("It said:", correction.was), ("It now says:", correction.now), ("Reason:", correction.reason))
    html = Markup().join(
        Markup("<p>{}</p>\n{}").format(label, render_markdown_html(text, site_url)) for label, text in texts_by_label
    )
    _add_xml_element(entry, "content", html, type="html")


def _add_xml_element(parent: Element, tag: str, text: str = "", **attributes: str) -> None:
    """Append an element with text and attributes. Characters that are not allowed in XML are removed from the text."""
    SubElement(parent, tag, attributes).text = _INVALID_XML_CHARACTERS.sub("", text) or None
