"""What of a dossier's files MkDocs may walk and publish: it would follow every link, and wait at every pipe."""

from __future__ import annotations

import os
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files, InclusionLevel

from dossier.loading.files import is_inside
from dossier.loading.tree import walk_tree
from dossier.model import LOCK_FILE_NAME

PACKAGE_FOLDER = Path(__file__).parents[2]

WATCHED_PACKAGE_FOLDERS = ("templates", "assets", "theme")
"""Folders of the package that a preview watches."""


def list_watched_paths(root: Path, captures: Path) -> list[str]:
    """What a preview watches besides `docs/`, as far as it is there: all else that pages are made of."""
    paths = [root / "annotations", root / LOCK_FILE_NAME, captures, *(PACKAGE_FOLDER / name for name in WATCHED_PACKAGE_FOLDERS)]
    return [str(path) for path in paths if path.exists()]


def find_refused_paths(config: MkDocsConfig, root: Path) -> frozenset[str]:
    """Absolute paths of the entries of `docs/` that may not be published.

    Raises:
        PluginError: a folder is such that MkDocs would lose itself in it, or a template may not be read.
    """
    docs = Path(config.docs_dir)
    refused = [(path, fault) for path, _, fault in walk_tree(root, docs.name) if fault]
    faults = [(docs / path, fault) for path, fault in refused if fault.is_trap]
    if config.theme.custom_dir:
        templates = Path(config.theme.custom_dir)
        if not is_inside(templates, root):
            raise PluginError(f"the folder of templates, {templates}, lies outside the dossier; put it into the dossier's folder")
        entries = walk_tree(root, os.path.relpath(templates, root))
        faults += [(templates / path, fault) for path, _, fault in entries if fault]
    for path, fault in faults:
        raise PluginError(f"{os.path.relpath(path, root)}: {fault.message}; {fault.help}")
    return frozenset(str(docs / path) for path, _ in refused)


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
