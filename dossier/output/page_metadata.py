"""The front matter of a page for any host: title, description, and the index page that it belongs to."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from dossier.model.page_html import clean_html, is_running_url
from dossier.output.page_files import get_card_path
from dossier.pages import Page

_SITE_TEXT_NAMES = ("site_name", "site_description", "site_author")
"""Settings of a site that themes print in every page's head."""

MAX_METADATA_PARTS = 1_000
"""Keys and values of a page's front matter; aliases of YAML could make an endless number of them."""

_QUOTED_PATTERN = re.compile(r'"([^"]*)"')
_ESCAPED_MARKUP_PATTERN = re.compile(r"&(?=#|amp|apos|nv[lg]t|lt|gt|quot)", re.IGNORECASE)
"""What may be a sign of markup, with or without a semicolon behind it (`&ltscript`)."""
_MARKUP_REPLACEMENTS = str.maketrans({"<": "‹", ">": "›", '"': "”"})


def neutralize_markup(text: str) -> str:
    """A plain text without the characters of markup, for hosts of which some escape a title and some print it as it is.

    Look-alikes stand for `<`, `>` and `"`, and for the `&` of what would be one of these after a host has unescaped it.
    """
    text = _ESCAPED_MARKUP_PATTERN.sub("＆", _QUOTED_PATTERN.sub(r"“\1”", text))
    return text.translate(_MARKUP_REPLACEMENTS)


def has_few_parts(metadata: Mapping[str, Any]) -> bool:
    """Whether front matter is small enough to be walked: a value that contains itself is not."""
    waiting: list[Any] = [metadata]
    count = 0
    while waiting and count <= MAX_METADATA_PARTS:
        value = waiting.pop()
        count += 1
        waiting += [*value, *value.values()] if isinstance(value, Mapping) else value if isinstance(value, list) else []
    return count <= MAX_METADATA_PARTS


def neutralize_metadata(value: Any) -> Any:
    """Front matter without markup, in its keys too: a theme may print any of it into the frame of a page."""
    if isinstance(value, Mapping):
        return {neutralize_metadata(key): neutralize_metadata(part) for key, part in value.items()}
    if isinstance(value, list):
        return [neutralize_metadata(part) for part in value]
    return neutralize_markup(value) if isinstance(value, str) else value


def clean_site_options(options: Mapping[str, Any]) -> dict[str, Any]:
    """Those of a site's options that themes print, without markup, or where HTML is usual without what a page may not have."""
    cleaners: dict[str, Callable[[Any], Any]] = {
        **dict.fromkeys((*_SITE_TEXT_NAMES, "repo_name"), neutralize_metadata),
        **dict.fromkeys(("copyright", "extra", "edit_uri"), _clean_option),
        "nav": _clean_nav,
    }
    return {name: clean(options[name]) for name, clean in cleaners.items() if options.get(name)}


def _clean_option(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _clean_option(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_clean_option(part) for part in value]
    if not isinstance(value, str):
        return value
    return "" if is_running_url(value) else clean_html(value)


def _clean_nav(entry: Any) -> Any:
    """The navigation with plain titles; an address that would run a script leads to the page itself."""
    if isinstance(entry, list):
        return [_clean_nav(part) for part in entry]
    if isinstance(entry, Mapping):
        return {neutralize_metadata(title): _clean_nav(part) for title, part in entry.items()}
    return "#" if isinstance(entry, str) and is_running_url(entry) else entry


def build_page_metadata(page: Page) -> dict[str, Any]:
    """The front matter of a generated page, as plain values for YAML.

    `title` and `description` are plain text. `section` is the address of the index page that it belongs to, from the
    site's root (`claims/`); an index page has its own as `index`. `cited`, `author`, `day`, `published` and `changed` are
    what citations need of a page that is a work of its own. `card` is where its own picture is, and `oembed` the file by which
    programs show it in a frame, if it has them. `hide` names what Material's layout leaves out beside it.
    """
    place = {"section": page.parent_url} if page.parent_url else {"index": page.url}
    return {
        "title": page.title,
        "description": page.description,
        **place,
        **page.citation_metadata,
        **({"card": card} if (card := get_card_path(page)) else {}),
        **({"oembed": page.oembed_path} if page.oembed_path else {}),
        "hide": ["navigation"] + (["toc"] if not page.headings else []),
    }
