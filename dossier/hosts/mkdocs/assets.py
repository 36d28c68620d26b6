"""The site's style, scripts and pictures as files of a MkDocs build."""

from __future__ import annotations

from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

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


def add_asset_files(files: Files, config: MkDocsConfig) -> None:
    """Add style, scripts and pictures to the files of the site, but those that it has of its own."""
    written = [File.generated(config, path, content=content) for path, content in asset_texts().items()]
    for asset in [*written, *(File.generated(config, path, abs_src_path=str(file)) for path, file in asset_files().items())]:
        if not files.get_file_from_path(asset.src_uri):
            files.append(asset)
