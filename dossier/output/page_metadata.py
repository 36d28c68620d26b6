"""The metadata of a page for any host: title, description, and the index page that it belongs to."""

from __future__ import annotations

from typing import Any

from dossier.pages import Page


def build_page_metadata(page: Page) -> dict[str, Any]:
    """The front matter of a generated page, as plain values for YAML.

    `title` and `description` are plain text. `section` is the address of the index page that it belongs to, from the
    site's root (`claims/`); an index page has its own as `index`. `hide` names what Material's layout leaves out beside it.
    """
    place = {"section": page.parent_url} if page.parent_url else {"index": page.url}
    return {
        "title": page.title,
        "description": page.description,
        **place,
        "hide": ["navigation"] + (["toc"] if not page.headings else []),
    }
