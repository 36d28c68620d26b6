"""What the theme's footer says of a MkDocs build."""

from __future__ import annotations

from typing import Any

from mkdocs.structure.files import Files

from dossier.model import Dossier
from dossier.model.site.addresses import EDITOR_URL
from dossier.output.footer import FOOTER_PAGE_URLS, build_site_facts


def build_footer_values(files: Files, dossier: Dossier, *, is_preview: bool) -> dict[str, Any]:
    """The values that the footer reads from `config.extra.dossier`: facts about the site, and pages to link to."""
    file_by_url = {file.url: file for file in files.documentation_pages()}
    pages = [file_by_url[url] for url in FOOTER_PAGE_URLS if url in file_by_url]
    return {**build_site_facts(dossier), "pages": pages, "editor": EDITOR_URL if is_preview else ""}
