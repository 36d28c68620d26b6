"""The feed of corrections."""

from __future__ import annotations

from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement

from markupsafe import Markup

from dossier.exports.atom import add_feed_day, add_xml_element, begin_feed, format_feed
from dossier.exports.registry import export
from dossier.model.dossier import Dossier
from dossier.model.site.addresses import CorrectedEntry, list_all_corrections
from dossier.model.site.export_files import CORRECTIONS_FEED_PATH
from dossier.pages.corrections import describe_entry
from dossier.pages.markdown import render_markdown_html


@export(CORRECTIONS_FEED_PATH)
def build_corrections_feed(published: Dossier) -> str:
    """The corrections as an Atom document, newest first; addresses begin with the settings' `site_url`."""
    corrections = list_all_corrections(published)
    days = (str(corrected.correction.date) for corrected in corrections)
    root = begin_feed(published, CORRECTIONS_FEED_PATH, "Corrections", "corrections/", days)
    for corrected in corrections:
        _add_correction(root, corrected, published, published.settings.site_url)
    return format_feed(root)


def _add_correction(root: Element, corrected: CorrectedEntry, published: Dossier, site_url: str) -> None:
    """Append one correction as an `<entry>`: old text, new text and reason as escaped HTML."""
    correction, (page_url, record_id) = corrected.correction, corrected.entry.url_parts
    # The id must never change (RFC 4287, section 4.2.6); the permalink of a correction does not.
    address = f"{site_url}corrections/#{quote(corrected.id)}"
    entry = SubElement(root, "entry")
    add_xml_element(entry, "id", address)
    add_xml_element(entry, "title", f"{correction.kind.capitalize()}: {describe_entry(corrected.entry, published)}")
    add_feed_day(entry, "updated", str(correction.date))
    add_xml_element(entry, "link", rel="alternate", type="text/html", href=address)
    add_xml_element(
        entry, "link", rel="related", type="text/html", href=site_url + page_url + (f"#{quote(record_id)}" if record_id else "")
    )
    texts_by_label = (("It said:", correction.was), ("It now says:", correction.now), ("Reason:", correction.reason))
    html = Markup().join(
        Markup("<p>{}</p>\n{}").format(label, render_markdown_html(text, site_url)) for label, text in texts_by_label
    )
    add_xml_element(entry, "content", html, type="html")
