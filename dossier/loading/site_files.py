"""The files of a site beside its pages, in `docs/` and in the folder of templates, which hosts copy as well.

They are of a kind that browsers only show, and of SVG pictures only those without a script. A file is served from the
site's own address. A browser that opens it as a page runs what is in it, without a policy.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from dossier.loading.files import read_limited_bytes
from dossier.loading.named_files import describe_template_folder_fault
from dossier.loading.reader import RecordReader
from dossier.loading.settings import get_custom_templates_folder, read_mkdocs_config
from dossier.loading.svg_picture import find_svg_fault
from dossier.loading.tree import walk_tree
from dossier.model.problems.problem import Location, Problem, UnreadableError

_SHOWN_SUFFIXES = frozenset(
    """
    .avif .gif .ico .jpeg .jpg .png .webp .svg
    .flac .m4a .mp3 .mp4 .oga .ogg .ogv .opus .vtt .wav .webm
    .otf .ttf .woff .woff2
    .csv .json .tsv .txt .md
    """.split()
)
"""Pictures, sound, fonts and plain data; a PDF or an archive would hide words and scripts from every rule."""
_SERVER_FILE_NAMES = frozenset({"CNAME", "_headers", "_redirects"})
"""Files that servers read, without a suffix."""
_NAMED_SUFFIXES = {".js": "extra_javascript", ".mjs": "extra_javascript", ".css": "extra_css"}
"""Suffixes of files that a site has only if this setting of `mkdocs.yml` names them."""

_UNCOPIED_NAMES = ("*.html", "*.py", "*.pyc", "*readme*", "*.md", "locales/*", "mkdocs_theme.yml", "sitemap.xml")
"""What hosts do not copy from a folder of templates: templates, programs, and what is about it."""

MAX_SVG_BYTES = 2_000_000
MAX_TEMPLATE_BYTES = 1_000_000


def check_site_files(reader: RecordReader) -> None:
    """Add a problem for each file of `docs/` and of the folder of templates that a site cannot have.

    Files in the folder of articles stay out of the site.
    """
    named_paths = _collect_named_paths(reader.root)
    for file in reader.list_files("docs", is_recursive=True):
        path = file.relative_to(reader.root / "docs")
        if file.is_file() and path.parts[0] != "articles" and path.as_posix() not in named_paths:
            _add_file_problem(reader, file, path.as_posix())
    templates = list(_iter_template_folder(reader.root))
    texts = [_read_template(file, reader.root) for _, file in templates if file.suffix == ".html"]
    for name, file in templates:
        is_hidden = f"/{name}".count("/.") > 0  # icons, which templates draw into pages
        is_used = file.suffix in _NAMED_SUFFIXES and (name in named_paths or any(name in text for text in texts))
        is_copied = not is_hidden and not any(fnmatch(name.lower(), pattern) for pattern in _UNCOPIED_NAMES)
        if not is_used and (is_copied or file.suffix.lower() == ".svg"):
            _add_file_problem(reader, file, name)


def _iter_template_folder(root: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files of the site's own folder of templates, each after its path there."""
    try:
        folder = get_custom_templates_folder(root)
    except UnreadableError:  # mkdocs.yml has a problem of its own
        return
    if folder and not describe_template_folder_fault(folder, root):
        entries = walk_tree(root, os.path.relpath(folder, root))
        yield from ((path, folder / path) for path, is_folder, fault in entries if not is_folder and not fault)


def _read_template(file: Path, root: Path) -> str:
    """The text of a template, in which it names scripts and style sheets; empty if it cannot be read."""
    try:
        return read_limited_bytes(file, MAX_TEMPLATE_BYTES, root).decode("utf-8", "replace")
    except (OSError, UnreadableError):
        return ""


def _add_file_problem(reader: RecordReader, file: Path, name: str) -> None:
    """Add what is wrong with a file, which the site has at the path `name`, if something is."""
    path, suffix = reader.get_display_path(file), file.suffix.lower()
    if setting := _NAMED_SUFFIXES.get(suffix):
        message = "mkdocs.yml does not name this file, so no page may use it"
        help = f"write `{setting}: [{name}]` into mkdocs.yml, or delete the file"
        reader.problems.append(Problem(Location(path), "unsafe-file", message, help))
    elif suffix not in _SHOWN_SUFFIXES and file.name not in _SERVER_FILE_NAMES:
        kind = f"files that end in {suffix}" if suffix else "files of this name"
        message = f"a site cannot have {kind}: browsers may run what is in them"
        help = "make it a page (.md), a picture (.png, .jpg, .svg) or data (.csv, .json, .txt), or link to it elsewhere"
        reader.problems.append(Problem(Location(path), "unsafe-file", message, help))
    elif suffix == ".svg":
        _add_svg_problem(reader, file, path)


def _add_svg_problem(reader: RecordReader, file: Path, path: str) -> None:
    try:
        fault = find_svg_fault(read_limited_bytes(file, MAX_SVG_BYTES, reader.root))
    except UnreadableError as error:
        reader.problems.append(Problem(Location(path), "unsafe-file", error.message, error.help))
    except OSError as error:
        message = f"the file cannot be opened: {error.strerror}"
        reader.problems.append(Problem(Location(path), "unsafe-file", message, "check its permissions"))
    else:
        help = "delete it, or save the picture as plain SVG without scripts, links and foreign parts; a .png needs no such care"
        if fault:
            place = Location(path, fault.line, fault.column)
            reader.problems.append(Problem(place, "unsafe-file", fault.message, help))


def _collect_named_paths(root: Path) -> set[str]:
    """The paths in the site of the scripts and style sheets that `mkdocs.yml` names."""
    try:
        content = read_mkdocs_config(root)
    except UnreadableError:  # mkdocs.yml has a problem of its own
        return set()
    entries = [entry for name in set(_NAMED_SUFFIXES.values()) for entry in content.get(name) or ()]
    return {_get_entry_path(entry) for entry in entries}


def _get_entry_path(entry: Any) -> str:
    """The path of a script or a style sheet, which may be written with options beside it."""
    return str(entry.get("path") if isinstance(entry, dict) else entry).partition("?")[0]
