"""The site's style sheet, scripts, pictures and fonts; style sheet and script are each one file, joined from `assets/`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from dossier.model.site.addresses import FILTER_SCRIPT_PATH, SEARCH_SCRIPT_PATH

ASSETS_FOLDER = Path(__file__).parent.parent / "assets"

STYLESHEET_PATH = "assets/dossier.css"
STYLESHEET_PIECES = (
    *("fonts", "palette", "frame", "text", "code"),
    *(
        "filters",
        "article",
        "notes",
        "lists",
        "claim",
        "charts",
        "timeline",
        "corrections",
        "compare",
        "search",
        "home",
        "since",
        "data",
        "editor",
    ),
    "print",
)
"""Pieces of the style sheet in cascade order: what all pages share, what single kinds of pages have, print."""

SCRIPT_PATH = "assets/dossier.js"
SCRIPT_PIECES = ("menu", "notice", "links", "since", "notes")
"""Pieces of the script; each has a scope of its own and does nothing on pages without its elements."""

CONTENT_SCRIPT_PIECES = {
    SEARCH_SCRIPT_PATH: ("words", "query", "facet", "search"),
    FILTER_SCRIPT_PATH: ("words", "filters"),
}
"""Files of the scripts that only some pages load."""

_COMMENT_LINES_PATTERN = re.compile(r"^[ \t]*(?:/\*.*?\*/|//[^\n]*)[ \t]*\n", re.DOTALL | re.MULTILINE)

FAVICON_PATH = "assets/favicon.svg"
PICTURE_PATHS = (FAVICON_PATH, "assets/social.png")
"""The favicon, and the picture that other sites show beside a link; neither holds words, so they fit any dossier."""

FONT_PATHS = tuple(f"assets/fonts/{name}" for name in ("serif.woff2", "serif-italic.woff2", "OFL.txt"))
"""The faces of titles and text, and the licence that every copy of them has to come with."""


def build_stylesheet() -> str:
    """The text of the site's style sheet."""
    return "\n".join(_read_asset(f"style/{name}.css") for name in STYLESHEET_PIECES)


def build_script() -> str:
    """The text of the site's script, a module."""
    return "\n".join(f"{{\n{_read_asset(f'script/{name}.js')}}}\n" for name in SCRIPT_PIECES)


def _join_scripts(names: Iterable[str]) -> str:
    return "\n".join(_read_asset(f"script/{name}.js") for name in names)


def asset_texts() -> Mapping[str, str]:
    """The texts of style sheet and scripts, by path in the site."""
    return {
        STYLESHEET_PATH: build_stylesheet(),
        SCRIPT_PATH: build_script(),
        **{path: _join_scripts(names) for path, names in CONTENT_SCRIPT_PIECES.items()},
    }


def asset_files() -> Mapping[str, Path]:
    """The files that pictures and fonts are copied from, by path in the site."""
    return {path: ASSETS_FOLDER.parent / path for path in (*PICTURE_PATHS, *FONT_PATHS)}


def _read_asset(path: str) -> str:
    """The text of a piece without the comments that stand on lines of their own; they would be a tenth of what readers load."""
    return _COMMENT_LINES_PATTERN.sub("", (ASSETS_FOLDER / path).read_text(encoding="utf-8"))
