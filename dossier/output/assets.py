"""The site's own style and script: each one file, put together from the pieces in `assets/`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

ASSETS = Path(__file__).parent.parent / "assets"

STYLE = "assets/dossier.css"
STYLES = (
    *("palette", "frame", "text", "code"),
    *("filters", "article", "lists", "claim", "charts", "timeline", "corrections", "compare", "search", "home", "editor"),
    "print",
)
"""Pieces of the style in the order in which they count: what all pages share, what some have, what paper changes."""

SCRIPT = "assets/dossier.js"
SCRIPTS = ("links", "filters", "notes")
"""Pieces of the script; each stands in a scope of its own and does nothing on pages that have nothing for it."""


SEARCH_SCRIPT = "assets/search.js"
"""What the page of the search runs, and no other page loads."""

FAVICON = "assets/favicon.svg"
PICTURES = (FAVICON, "assets/social.png")
"""The site's mark, and the picture that stands beside a link to it elsewhere; neither has words, so they fit any dossier."""


def style() -> str:
    """The style of the site."""
    return "\n".join(_piece(f"style/{name}.css") for name in STYLES)


def script() -> str:
    """The script of the site."""
    return "\n".join(f"{{\n{_piece(f'script/{name}.js')}}}\n" for name in SCRIPTS)


def asset_texts() -> Mapping[str, str]:
    """Style and scripts by their paths in the site."""
    return {STYLE: style(), SCRIPT: script(), SEARCH_SCRIPT: _piece("script/search.js")}


def asset_files() -> Mapping[str, Path]:
    """Pictures by their paths in the site: the files that they are copied from."""
    return {path: ASSETS.parent / path for path in PICTURES}


def _piece(path: str) -> str:
    return (ASSETS / path).read_text(encoding="utf-8")
