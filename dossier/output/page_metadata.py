"""The front matter of a page for any host: title, description, and the index page that it belongs to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from dossier.pages import Page

SITE_TEXT_NAMES = ("site_name", "site_description", "site_author")
"""Settings of a site that themes print in every page's head."""

_QUOTED_PATTERN = re.compile(r'"([^"]*)"')
_ESCAPED_MARKUP_PATTERN = re.compile(r"&(?=#|(?:lt|gt|quot)\b)", re.IGNORECASE)
_MARKUP_REPLACEMENTS = str.maketrans({"<": "‹", ">": "›", '"': "”"})


def neutralize_markup(text: str) -> str:
    """A plain text without the characters of markup, for hosts of which some escape a title and some print it as it is.

    Look-alikes stand for `<`, `>` and `"`, and for the `&` of what would be one of these after a host has unescaped it.
    """
    text = _ESCAPED_MARKUP_PATTERN.sub("＆", _QUOTED_PATTERN.sub(r"“\1”", text))
    return text.translate(_MARKUP_REPLACEMENTS)


def neutralize_metadata(
    metadata: Mapping[str, Any], names: tuple[str, ...] = ("title", "description", "author")
) -> dict[str, Any]:
    """Front matter or settings in which the named texts, which themes print in every page's head, have no markup."""
    return {
        name: neutralize_markup(value) if name in names and isinstance(value, str) else value for name, value in metadata.items()
    }


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
