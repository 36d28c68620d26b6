"""What a dossier exports, for tests."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dossier.exports import iter_export_files
from dossier.model import Dossier

SITE = "https://ferry.example/count/"


def export_files(dossier: Dossier, **settings: Any) -> dict[str, str | bytes]:
    """Every exported file by its path, of a site at `SITE` unless `settings` says otherwise."""
    changed = replace(dossier.settings, **{"site_url": SITE, "site_name": "The ferry count"} | settings)
    return dict(iter_export_files(replace(dossier, settings=changed)))


def export_text(dossier: Dossier, path: str, **settings: Any) -> str:
    """One exported file that is a text."""
    content = export_files(dossier, **settings)[path]
    return content if isinstance(content, str) else content.decode("utf-8")
