"""The sitemap (https://www.sitemaps.org/protocol.html): each page with its own day, and never that of the build."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from dossier.loading.files import write_atomically
from dossier.model import Dossier
from dossier.model.site.addresses import BuiltSite
from dossier.pages import build_pages

SITEMAP_PATH = "sitemap.xml"
SITEMAP_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def render_sitemap(day_by_address: Mapping[str, str]) -> str:
    """The sitemap of pages by their absolute addresses, each with the day it last changed (`2026-11-22`), empty if unknown."""
    root = Element("urlset", xmlns=SITEMAP_NAMESPACE)
    for address, day in sorted(day_by_address.items()):
        entry = SubElement(root, "url")
        SubElement(entry, "loc").text = address
        if day:
            SubElement(entry, "lastmod").text = day
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def write_sitemap(dossier: Dossier, folder: Path, site: BuiltSite, commit_days: Mapping[str, str]) -> None:
    """Write the sitemap of a site that any host has built, in place of the host's own; remove one that lists no page.

    `commit_days` has the day of the last commit of hand-written pages, by path from the dossier's root.
    """
    file = folder / SITEMAP_PATH
    released_days = dossier.last_release.day_by_page if dossier.last_release else {}
    days = {page.url: commit_days.get(page.path, "") for page in dossier.handwritten_pages}
    days |= {page.url: max(page.last_reviewed, released_days.get(page.url, "")) for page in build_pages(dossier)}
    listed = {url: day for url, day in days.items() if f"{url}index.html" in site.page_by_path}
    if site_url := dossier.settings.site_url:
        write_atomically(file, render_sitemap({site_url + quote(url): day for url, day in listed.items()}))
    elif file.is_file() and "<loc>" not in file.read_text(encoding="utf-8", errors="replace"):
        file.unlink()
