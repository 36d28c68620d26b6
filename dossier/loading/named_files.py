"""The files beside `docs/` and `annotations/` that `mkdocs.yml` names and a host reads: its own templates, and its hooks."""

from __future__ import annotations

import os
from pathlib import Path

from dossier.loading.files import is_inside
from dossier.loading.reader import RecordReader
from dossier.loading.settings import locate_option, read_mkdocs_config
from dossier.loading.tree import find_entry_fault, walk_tree
from dossier.model.problems.problem import Problem, UnreadableError


def check_named_files(reader: RecordReader) -> None:
    """Add a problem for each template or hook that is no file of the dossier."""
    root = reader.root
    try:
        config = read_mkdocs_config(root)
    except UnreadableError:
        return  # which is a problem of the settings
    theme, hooks = config.get("theme"), config.get("hooks")
    if isinstance(folder := theme.get("custom_dir") if isinstance(theme, dict) else None, str):
        _check_templates(reader, folder)
    for name in hooks if isinstance(hooks, list) else ():
        if isinstance(name, str) and (root / name).is_relative_to(root) and (fault := find_entry_fault(root / name, root, root)):
            reader.add_file_problem(root / name, "irregular-file", fault.message, fault.help)


def _check_templates(reader: RecordReader, name: str) -> None:
    folder = os.path.normpath(reader.root / name)
    if not is_inside(Path(folder), reader.root):
        message = "the folder of templates lies outside the dossier"
        help = "put it into the dossier's folder; all that lies in it is published"
        reader.add_problem(Problem(locate_option(reader.root, "custom_dir"), "irregular-file", message, help))
        return
    place = os.path.relpath(folder, reader.root)
    for path, _, fault in walk_tree(reader.root, place):
        if fault:
            reader.add_file_problem(Path(folder, path), "irregular-file", fault.message, fault.help)
