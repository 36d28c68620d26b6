"""What of a dossier's files MkDocs may walk and publish: it would follow every link, and wait at every pipe."""

from __future__ import annotations

import os
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files, InclusionLevel

from dossier.hosts.mkdocs.handwritten import page_logger
from dossier.loading.markdown_extensions import SourceFolders, find_extension_fault
from dossier.loading.named_files import describe_template_folder_fault
from dossier.loading.tree import walk_tree
from dossier.model import LOCK_FILE_NAME

PACKAGE_FOLDER = Path(__file__).parents[2]

WATCHED_PACKAGE_FOLDERS = ("templates", "assets", "theme")
"""Folders of the package that a preview watches."""


def list_watched_paths(root: Path, captures: Path) -> list[str]:
    """What a preview watches besides `docs/`, as far as it is there: all else that pages are made of."""
    paths = [root / "annotations", root / LOCK_FILE_NAME, captures, *(PACKAGE_FOLDER / name for name in WATCHED_PACKAGE_FOLDERS)]
    return [str(path) for path in paths if path.exists()]


def refuse_private_sources(config: MkDocsConfig, root: Path, captures: Path) -> frozenset[str]:
    """Absolute paths of the entries of `docs/` that may not be published; extensions that could read such are dropped.

    Raises:
        PluginError: a folder is such that MkDocs would lose itself in it, or a template may not be read.
    """
    docs = Path(config.docs_dir)
    refused = [(path, fault) for path, _, fault in walk_tree(root, docs.name) if fault]
    faults = [(docs / path, fault) for path, fault in refused if fault.is_trap]
    if config.theme.custom_dir:
        templates = Path(config.theme.custom_dir)
        if message := describe_template_folder_fault(templates, root):
            raise PluginError(f"{message}; give it a folder of its own in the dossier's (`custom_dir`)")
        entries = walk_tree(root, os.path.relpath(templates, root))
        faults += [(templates / path, fault) for path, _, fault in entries if fault]
    for path, fault in faults:
        raise PluginError(f"{os.path.relpath(path, root)}: {fault.message}; {fault.help}")
    _drop_unsafe_extensions(config, SourceFolders(root, captures, Path.cwd()))  # Python-Markdown's paths begin here
    return frozenset(str(docs / path) for path, _ in refused)


def _drop_unsafe_extensions(config: MkDocsConfig, folders: SourceFolders) -> None:
    """Draw pages without the Markdown extensions that could put private files into them, also those of an inherited file."""
    for name in list(config.markdown_extensions):
        if fault := find_extension_fault(name, config.mdx_configs.get(name), folders):
            page_logger.warning("%s; pages are drawn without it; %s", fault.message, fault.help)
            config.markdown_extensions.remove(name)


def exclude_private_files(files: Files, captures: Path, refused_paths: frozenset[str]) -> None:
    """Remove from the site what may not be published, captures wherever they are, article files."""
    real_captures = os.path.realpath(captures)
    for file in list(files):
        path = file.abs_src_path
        is_capture = path and Path(os.path.realpath(path)).is_relative_to(real_captures)
        if path and (path in refused_paths or is_capture):
            files.remove(file)
        elif file.src_uri.startswith("articles/") and file.src_uri != "articles/index.md":
            if file.is_documentation_page():
                file.inclusion = InclusionLevel.EXCLUDED
            else:
                files.remove(file)
