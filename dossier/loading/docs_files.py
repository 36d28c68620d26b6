"""The files beside the pages of `docs/`: of a kind that browsers only show, and of SVG pictures only those without a script.

A file is served from the site's own address. A browser that opens it as a page runs what is in it, without a policy.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dossier.loading.files import read_limited_bytes
from dossier.loading.reader import RecordReader
from dossier.loading.settings import read_mkdocs_config
from dossier.loading.svg_picture import find_svg_fault
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

MAX_SVG_BYTES = 2_000_000


def check_docs_files(reader: RecordReader) -> None:
    """Add a problem for each file below `docs/` that a site cannot have; files in the folder of articles stay out of it."""
    named_paths = _collect_named_paths(reader.root)
    for file in reader.list_files("docs", is_recursive=True):
        path = file.relative_to(reader.root / "docs")
        is_published = file.is_file() and path.parts[0] != "articles" and path.as_posix() not in named_paths
        if is_published and (problem := _find_file_problem(reader, file)):
            reader.problems.append(problem)


def _find_file_problem(reader: RecordReader, file: Path) -> Problem | None:
    path, suffix = reader.get_display_path(file), file.suffix.lower()
    if setting := _NAMED_SUFFIXES.get(suffix):
        message = "mkdocs.yml does not name this file, so no page may use it"
        help = f"write `{setting}: [{path.removeprefix('docs/')}]` into mkdocs.yml, or delete the file"
        return Problem(Location(path), "unsafe-file", message, help)
    if suffix not in _SHOWN_SUFFIXES and file.name not in _SERVER_FILE_NAMES:
        kind = f"files that end in {suffix}" if suffix else "files of this name"
        message = f"a site cannot have {kind}: browsers may run what is in them"
        help = "make it a page (.md), a picture (.png, .jpg, .svg) or data (.csv, .json, .txt), or link to it elsewhere"
        return Problem(Location(path), "unsafe-file", message, help)
    if suffix != ".svg":
        return None
    try:
        fault = find_svg_fault(read_limited_bytes(file, MAX_SVG_BYTES, reader.root))
    except UnreadableError as error:
        return Problem(Location(path), "unsafe-file", error.message, error.help)
    except OSError as error:
        return Problem(Location(path), "unsafe-file", f"the file cannot be opened: {error.strerror}", "check its permissions")
    help = "delete it, or save the picture as plain SVG without scripts, links and foreign parts; a .png needs no such care"
    return Problem(Location(path, fault.line, fault.column), "unsafe-file", fault.message, help) if fault else None


def _collect_named_paths(root: Path) -> set[str]:
    """The paths, below `docs/`, of the scripts and style sheets that `mkdocs.yml` names."""
    try:
        content = read_mkdocs_config(root)
    except UnreadableError:  # mkdocs.yml has a problem of its own
        return set()
    entries = [entry for name in set(_NAMED_SUFFIXES.values()) for entry in content.get(name) or ()]
    return {_get_entry_path(entry) for entry in entries}


def _get_entry_path(entry: Any) -> str:
    """The path of a script or a style sheet, which may be written with options beside it."""
    return str(entry.get("path") if isinstance(entry, dict) else entry).partition("?")[0]
