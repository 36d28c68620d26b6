"""What a dossier exports, for tests."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dossier.exports import iter_export_files, iter_page_export_files
from dossier.model import Dossier
from dossier.pages import build_pages

SITE = "https://ferry.example/count/"


def export_files(dossier: Dossier, **settings: Any) -> dict[str, str | bytes]:
    """Every exported file by its path, of a site at `SITE` unless `settings` says otherwise."""
    changed = replace(dossier.settings, **{"site_url": SITE, "site_name": "The ferry count"} | settings)
    return dict(iter_export_files(replace(dossier, settings=changed)))


def export_text(dossier: Dossier, path: str, **settings: Any) -> str:
    """One exported file that is a text."""
    content = export_files(dossier, **settings)[path]
    return content if isinstance(content, str) else content.decode("utf-8")


def page_export_files(dossier: Dossier, **settings: Any) -> dict[str, str | bytes]:
    """Every file that is made of a page, by its path, of a site as `export_files` has it."""
    changed = replace(
        dossier, settings=replace(dossier.settings, **{"site_url": SITE, "site_name": "The ferry count"} | settings)
    )
    return {
        path: file for page in build_pages(changed) for path, file in iter_page_export_files(changed, page.url, page.content_html)
    }
