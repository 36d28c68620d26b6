"""The site's own style and script: each one file, put together from the pieces in `assets/`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

ASSETS_FOLDER = Path(__file__).parent.parent / "assets"
THEME_FOLDER = Path(__file__).parent.parent / "theme"
"""Templates that come before those of Material: MkDocs, ProperDocs and Zensical read them."""

STYLESHEET_PATH = "assets/dossier.css"
STYLESHEET_PIECES = (
    *("palette", "frame", "text", "code"),
    *("filters", "article", "lists", "claim", "charts", "timeline", "corrections", "compare", "search", "home", "editor"),
    "print",
)
"""Pieces of the style in the order in which they count: what all pages share, what some have, what paper changes."""

SCRIPT_PATH = "assets/dossier.js"
SCRIPT_PIECES = ("links", "filters", "notes")
"""Pieces of the script; each stands in a scope of its own and does nothing on pages that have nothing for it."""


SEARCH_SCRIPT_PATH = "assets/search.js"
"""What the page of the search runs, and no other page loads."""

FAVICON_PATH = "assets/favicon.svg"
PICTURE_PATHS = (FAVICON_PATH, "assets/social.png")
"""The site's mark, and the picture that stands beside a link to it elsewhere; neither has words, so they fit any dossier."""


def build_stylesheet() -> str:
    """The style of the site."""
    return "\n".join(_read_asset(f"style/{name}.css") for name in STYLESHEET_PIECES)


def build_script() -> str:
    """The script of the site."""
    return "\n".join(f"{{\n{_read_asset(f'script/{name}.js')}}}\n" for name in SCRIPT_PIECES)


def asset_texts() -> Mapping[str, str]:
    """Style and scripts by their paths in the site."""
    return {STYLESHEET_PATH: build_stylesheet(), SCRIPT_PATH: build_script(), SEARCH_SCRIPT_PATH: _read_asset("script/search.js")}


def asset_files() -> Mapping[str, Path]:
    """Pictures by their paths in the site: the files that they are copied from."""
    return {path: ASSETS_FOLDER.parent / path for path in PICTURE_PATHS}


def _read_asset(path: str) -> str:
    return (ASSETS_FOLDER / path).read_text(encoding="utf-8")
