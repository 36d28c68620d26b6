"""The Markdown extensions of `mkdocs.yml` that put files into pages: a page names the file, whoever wrote it, and nobody asks.

Such an extension may read one folder below `docs/`, whose files are published anyway. By default each reads the dossier's own
folder, with the captures, the drafts and the history in it, or whatever the machine has, and follows every link.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from dossier.loading.files import is_inside, is_reached_by_link
from dossier.loading.reader import RecordReader
from dossier.loading.settings import locate_list_entry, read_mkdocs_config
from dossier.loading.tree import SEPARATE_FOLDER, walk_tree
from dossier.model.problems.problem import Problem, UnreadableError

_SNIPPETS_HELP = "write `- pymdownx.snippets: {base_path: docs/snippets, check_paths: true}`, and put the files into that folder"


class ExtensionFault(NamedTuple):
    """Why a site cannot have an extension, as it is set, and the cure."""

    message: str
    help: str


class SourceFolders(NamedTuple):
    """The folder of a dossier and that of its captures; `start` is where relative paths of settings begin."""

    root: Path
    captures: Path
    start: Path


def check_markdown_extensions(reader: RecordReader, captures: Path) -> None:
    """Add a problem for each extension that could put a private file into a page."""
    try:
        configured = read_mkdocs_config(reader.root).get("markdown_extensions")
    except UnreadableError:
        return  # which is a problem of the settings
    folders = SourceFolders(reader.root, captures, reader.root)
    for name, options in _iter_configured_extensions(configured):
        if fault := find_extension_fault(name, options, folders):
            place = locate_list_entry(reader.root, "markdown_extensions", name)
            reader.problems.append(Problem(place, "unsafe-extension", fault.message, fault.help))


def find_extension_fault(name: str, options: Any, folders: SourceFolders) -> ExtensionFault | None:
    """Why a site cannot have the extension of that name with these options; None if it can."""
    values = options if isinstance(options, Mapping) else {}
    # Python-Markdown knows an extension by its module, too, and by `module:Class`.
    module = name.partition(":")[0]
    find_fault = next((find for package, find in _FINDERS.items() if f"{module}.".startswith(f"{package}.")), None)
    return find_fault(module, values, folders) if find_fault else None


def _iter_configured_extensions(configured: Any) -> Iterator[tuple[str, Any]]:
    """Yield name and options of each extension; MkDocs allows a list of names and of mappings, or one mapping."""
    for entry in configured if isinstance(configured, list) else [configured]:
        if isinstance(entry, Mapping):
            yield from ((str(name), options) for name, options in entry.items())
        elif isinstance(entry, str):
            yield entry, None


def _find_snippets_fault(name: str, options: Mapping[str, Any], folders: SourceFolders) -> ExtensionFault | None:
    if options.get("url_download"):
        return ExtensionFault(f"`{name}` would put what other sites send into pages", "delete `url_download`")
    if options.get("restrict_base_path", True) is not True:
        return ExtensionFault(f"`{name}` would read files outside its `base_path`", "delete `restrict_base_path`")
    if message := _describe_base_paths(options.get("base_path", "."), folders):
        return ExtensionFault(f"`{name}` would put {message} into pages that name it", _SNIPPETS_HELP)
    if options.get("check_paths") is not True:
        return ExtensionFault(f"`{name}` would leave out, without a word, what it does not find", "write `check_paths: true`")
    return None


def _find_inlining_fault(name: str, options: Mapping[str, Any], folders: SourceFolders) -> ExtensionFault | None:
    paths = [options.get("base_path", "."), *filter(None, [options.get("root_path")])]
    if options.get("restrict_path", True) is not True:
        return ExtensionFault(f"`{name}` would read files outside its `base_path`", "delete `restrict_path`")
    message = next(filter(None, (_describe_base_paths(path, folders) for path in paths)), "")
    help = f"write `- {name}: {{base_path: docs/pictures}}`, and put the pictures into that folder"
    return ExtensionFault(f"`{name}` would put {message} into pages that name it", help) if message else None


def _refuse_reading(name: str, options: Mapping[str, Any], folders: SourceFolders) -> ExtensionFault:
    return ExtensionFault(f"`{name}` puts any file of the machine into a page that names it", f"leave it out: {_SNIPPETS_HELP}")


def _refuse_running(name: str, options: Mapping[str, Any], folders: SourceFolders) -> ExtensionFault:
    return ExtensionFault(f"`{name}` runs what a page says, on the machine that builds it", "leave it out")


_FINDERS: Mapping[str, Callable[[str, Mapping[str, Any], SourceFolders], ExtensionFault | None]] = {
    "pymdownx.snippets": _find_snippets_fault,
    "pymdownx.b64": _find_inlining_fault,
    **dict.fromkeys(("markdown_include", "mdx_include", "mdx_partial_gfm_include", "plantuml_markdown"), _refuse_reading),
    **dict.fromkeys(("markdown_exec", "mkdocs-click", "mkdocs_click", "mkdocs-typer", "mkdocs_typer"), _refuse_running),
}
"""Extensions by module, or by the package that has them. What others do is between an editor and who wrote them."""


def _describe_base_paths(configured: Any, folders: SourceFolders) -> str:
    """What there is in the folders of an option that no page may name; empty if nothing is."""
    paths = configured if isinstance(configured, list) else [configured]
    if not paths or not all(isinstance(path, (str, os.PathLike)) for path in paths):
        return "any file of the dossier"
    return next(filter(None, (_describe_base_path(Path(folders.start, path), folders) for path in paths)), "")


def _describe_base_path(path: Path, folders: SourceFolders) -> str:
    path, docs = Path(os.path.normpath(path)), Path(os.path.normpath(folders.root)) / "docs"
    if not is_inside(path, folders.root):
        return "files from outside the dossier"
    if is_inside(path, folders.captures) or is_inside(folders.captures, path):
        return "captures"
    below = path.relative_to(docs).parts if path.is_relative_to(docs) else ()
    if not below or below[0] == SEPARATE_FOLDER or is_reached_by_link(path, docs.parent):
        return "records, drafts and all else that lies in the dossier"
    entries = walk_tree(folders.root, path.relative_to(docs.parent).as_posix()) if path.is_dir() else ()
    fault = next((entry for entry in entries if entry.fault), None)
    return f"{path.relative_to(docs.parent).as_posix()}/{fault.path}, which is no file of the dossier," if fault else ""
