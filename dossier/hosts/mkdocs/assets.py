"""The site's style, scripts and pictures as files of a MkDocs build."""

from __future__ import annotations

from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from dossier.output.assets import FAVICON_PATH, SCRIPT_PATH, STYLESHEET_PATH, asset_files, asset_texts

THEME_FAVICON_PATH = "assets/images/favicon.png"


def add_assets_to_config(config: MkDocsConfig) -> None:
    """Have every page load style sheet and script; a module runs after the page is parsed, so it delays no reader."""
    config.extra_css.append(STYLESHEET_PATH)
    if config.theme.get("favicon") == THEME_FAVICON_PATH:
        config.theme["favicon"] = FAVICON_PATH
    module = ExtraScriptValue(SCRIPT_PATH)
    module.type = "module"
    config.extra_javascript.append(module)


def create_asset_files(config: MkDocsConfig) -> list[File]:
    """Style, scripts and pictures as files of the site."""
    written = [File.generated(config, path, content=content) for path, content in asset_texts().items()]
    return written + [File.generated(config, path, abs_src_path=str(file)) for path, file in asset_files().items()]
