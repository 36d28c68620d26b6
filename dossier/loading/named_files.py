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


def describe_template_folder_fault(folder: Path, root: Path) -> str:
    """What is wrong with the place of the folder of templates; empty if nothing is."""
    if not is_inside(folder, root):
        return "the folder of templates lies outside the dossier"
    return "the folder of templates is the dossier's own, with all that is private in it" if is_inside(root, folder) else ""


def _check_templates(reader: RecordReader, name: str) -> None:
    folder = os.path.normpath(reader.root / name)
    if message := describe_template_folder_fault(Path(folder), reader.root):
        help = "give it a folder of its own in the dossier's; all that lies in it is published"
        reader.add_problem(Problem(locate_option(reader.root, "custom_dir"), "irregular-file", message, help))
        return
    place = os.path.relpath(folder, reader.root)
    for path, _, fault in walk_tree(reader.root, place):
        if fault:
            reader.add_file_problem(Path(folder, path), "irregular-file", fault.message, fault.help)
