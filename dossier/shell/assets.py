"""The site's own style and script: each one file, put together from the pieces in `assets/`."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

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


def style() -> str:
    """The style of the site."""
    return "\n".join(_piece(f"style/{name}.css") for name in STYLES)


def script() -> str:
    """The script of the site."""
    return "\n".join(f"{{\n{_piece(f'script/{name}.js')}}}\n" for name in SCRIPTS)


FAVICON = "assets/favicon.svg"
PICTURES = (FAVICON, "assets/social.png")
"""The site's mark, and the picture that stands beside a link to it elsewhere; neither has words, so they fit any dossier."""

THEMES_FAVICON = "assets/images/favicon.png"


def name_assets(config: MkDocsConfig) -> None:
    """Have every page load style and script; a module runs when the page is there, which is readable before."""
    config.extra_css.append(STYLE)
    if config.theme.get("favicon") == THEMES_FAVICON:
        config.theme["favicon"] = FAVICON
    module = ExtraScriptValue(SCRIPT)
    module.type = "module"
    config.extra_javascript.append(module)


def assets(config: MkDocsConfig) -> list[File]:
    """Style, scripts and pictures as files of the site."""
    made = {STYLE: style(), SCRIPT: script(), SEARCH_SCRIPT: _piece("script/search.js")}
    written = [File.generated(config, path, content=content) for path, content in made.items()]
    return written + [File.generated(config, path, abs_src_path=str(ASSETS.parent / path)) for path in PICTURES]


def _piece(path: str) -> str:
    return (ASSETS / path).read_text(encoding="utf-8")
