"""The Atom feed of corrections (RFC 4287, https://www.rfc-editor.org/rfc/rfc4287)."""

from __future__ import annotations

import re
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from markupsafe import Markup

from dossier.model.dossier import Dossier
from dossier.model.site.addresses import FEED, Corrected, all_corrections
from dossier.pages.context import newest
from dossier.pages.corrections import named
from dossier.pages.markdown import prose

ATOM = "http://www.w3.org/2005/Atom"
BEFORE_ALL = "1970-01-01"
"""Day of a feed's last change where no record has been corrected or reviewed; Atom asks for one."""

_NO_XML = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed(dossier: Dossier, site_url: str, site_name: str) -> str:
    """All published corrections as Atom, newest first; `site_url` is the site's absolute address, ending in a slash."""
    shown = dossier.published()
    corrections = all_corrections(shown)
    changed = str(corrections[0].correction.date) if corrections else newest(shown.entries()) or BEFORE_ALL
    root = Element("feed", xmlns=ATOM)
    _add(root, "id", site_url + FEED)
    _add(root, "title", f"Corrections: {site_name}")
    _add(root, "updated", f"{changed}T00:00:00Z")
    _add(SubElement(root, "author"), "name", shown.settings.publisher or site_name)
    _add(root, "link", rel="self", type="application/atom+xml", href=site_url + FEED)
    _add(root, "link", rel="alternate", type="text/html", href=f"{site_url}corrections/")
    for corrected in corrections:
        _add_entry(root, corrected, shown, site_url)
    indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'


def _add_entry(root: Element, corrected: Corrected, shown: Dossier, site_url: str) -> None:
    correction, (page, name) = corrected.correction, corrected.entry.home
    address = f"{site_url}corrections/#{quote(corrected.id)}"
    entry = SubElement(root, "entry")
    _add(entry, "id", address)
    _add(entry, "title", f"{correction.kind.capitalize()}: {named(corrected.entry, shown)}")
    _add(entry, "updated", f"{correction.date}T00:00:00Z")
    _add(entry, "link", rel="alternate", type="text/html", href=address)
    _add(entry, "link", rel="related", type="text/html", href=site_url + page + (f"#{quote(name)}" if name else ""))
    said = (("It said:", correction.was), ("It now says:", correction.now), ("Reason:", correction.reason))
    html = Markup().join(Markup("<p>{}</p>\n{}").format(label, prose(text, site_url)) for label, text in said)
    _add(entry, "content", html, type="html")


def _add(parent: Element, tag: str, text: str = "", **attributes: str) -> None:
    """An element with its text, without the characters that XML cannot hold even escaped."""
    SubElement(parent, tag, attributes).text = _NO_XML.sub("", text) or None
