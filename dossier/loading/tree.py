"""Walks a folder of a dossier, and says which entries may be neither read nor published: links that lead out, pipes, devices.

Hard links cannot be told from files. Nothing is opened: a pipe would block, and a device may have no end.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from dossier.loading.files import OUTSIDE_LINK_MESSAGE

MAX_TREE_DEPTH = 30
"""Folders in one another; with a thousand, Python's own walks end in a RecursionError."""

MAX_TREE_ENTRIES = 20_000
"""Files and folders below one folder of a dossier; each may be a page or a record, which is read and checked."""

SEPARATE_FOLDER = "articles"
"""The folder in `docs/` whose files are no pages: no link elsewhere in `docs/` may publish one of them, nor the reverse."""

_SPECIAL_FILE_NAMES = {stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket", stat.S_IFCHR: "a device", stat.S_IFBLK: "a device"}


class FileFault(NamedTuple):
    """Why an entry may be neither read nor published, and the cure; whether a host that walks the folder could get lost in it."""

    message: str
    help: str
    is_trap: bool = False


_DEAD_LINK_FAULT = FileFault("this is a link that leads nowhere", "put the file itself here, or delete the link")


class TreeEntry(NamedTuple):
    """A file or folder: its path below the folder that was walked, with forward slashes, and its fault, if it has one."""

    path: str
    is_folder: bool
    fault: FileFault | None = None


def walk_tree(root: Path, folder: str) -> Iterator[TreeEntry]:
    """Everything below a folder of the dossier in `root`, hidden entries too, in the order of names.

    Links to folders are not followed. Hidden links that lead nowhere are left out: editors mark open files with them.
    The entry of the path "." stands for the folder itself; it is yielded only with a fault.
    """
    base, count = root / folder, 0
    if fault := _find_base_fault(base, root):
        yield TreeEntry(".", True, fault)
        return
    waiting = [("", 0)]
    while waiting:
        path, depth = waiting.pop()
        fault = find_entry_fault(base / path, base, root) if path else None
        is_folder = not fault and _is_real_folder(base / path)
        names: list[str] = []
        if is_folder:
            names, fault = _list_names(base / path, depth)
        is_editors_mark = fault is _DEAD_LINK_FAULT and path.rpartition("/")[2].startswith(".")
        if (path or fault) and not is_editors_mark:
            yield TreeEntry(path or ".", is_folder, fault)
        count += len(names)
        if count > MAX_TREE_ENTRIES:
            message = f"the folder has more than {MAX_TREE_ENTRIES:,} files and folders"
            yield TreeEntry(".", True, FileFault(message, "take out what does not belong to the dossier", is_trap=True))
            return
        waiting += [(f"{path}/{name}" if path else name, depth + 1) for name in names]


def find_entry_fault(file: Path, area: Path, root: Path) -> FileFault | None:
    """Why a file or folder may not be used; None if it may, or does not exist. Links lead only to visible files in `area`."""
    try:
        mode = file.lstat().st_mode
    except OSError:
        return None  # who reads it says why it cannot
    if not _is_name_text(file.name):
        return FileFault("the name is no text that can be an address", "rename it, without control characters and in UTF-8")
    if stat.S_ISLNK(mode):
        return _find_link_fault(file, area, root)
    if name := _SPECIAL_FILE_NAMES.get(stat.S_IFMT(mode)):
        return FileFault(f"this is {name}, not a file", "put a file here, or delete it")
    if not os.access(file, os.R_OK):
        return FileFault("this cannot be read: permission denied", "check its permissions")
    return None


def _is_name_text(name: str) -> bool:
    """Whether a name has neither control characters nor bytes that are no UTF-8, which Python keeps as surrogates."""
    return not any(unicodedata.category(character) in ("Cc", "Cs") for character in name)


def _find_link_fault(link: Path, area: Path, root: Path) -> FileFault | None:
    try:
        mode = link.stat().st_mode
    except OSError:
        return _DEAD_LINK_FAULT
    target, real_area = Path(os.path.realpath(link)), Path(os.path.realpath(area))
    is_folder, help = stat.S_ISDIR(mode), "put the file itself here; nothing outside the dossier's folder is read"
    if not target.is_relative_to(os.path.realpath(root)):
        return FileFault(OUTSIDE_LINK_MESSAGE, help, is_folder)
    if is_folder:
        return FileFault("this is a link to a folder", "put the folder itself here; such links are not followed", is_trap=True)
    if name := _SPECIAL_FILE_NAMES.get(stat.S_IFMT(mode)):
        return FileFault(f"this is a link to {name}", "put a file here, or delete the link")
    if not target.is_relative_to(real_area) or _is_apart(link.relative_to(area), target.relative_to(real_area)):
        place = area.relative_to(root).as_posix()
        help = "put the file itself here; a link may lead to a page or picture beside it, and to nothing private"
        return FileFault(f"this is a link to a file that {place}/ does not publish from here", help)
    return None


def _is_apart(link: Path, target: Path) -> bool:
    """Whether a link's target, both below the area, is hidden, or on the other side of the folder of articles."""
    is_hidden = any(part.startswith(".") for part in target.parts)
    return is_hidden or (link.parts[0] == SEPARATE_FOLDER) is not (target.parts[0] == SEPARATE_FOLDER)


def _find_base_fault(base: Path, root: Path) -> FileFault | None:
    if base.is_symlink():
        is_within = Path(os.path.realpath(base)).is_relative_to(os.path.realpath(root))
        message = "this is a link to another folder" if is_within else OUTSIDE_LINK_MESSAGE
        return FileFault(message, "put the folder itself here", is_trap=True)
    if base.exists() and not base.is_dir():
        return FileFault("the folder cannot be read: this is not a folder", "make it a folder", is_trap=True)
    return None


def _is_real_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.lstat().st_mode)
    except OSError:
        return False  # it vanished


def _list_names(folder: Path, depth: int) -> tuple[list[str], FileFault | None]:
    """The names in a folder, the last first, at most one more than are allowed; none of a folder that vanished."""
    if depth > MAX_TREE_DEPTH:
        return [], FileFault(f"this is more than {MAX_TREE_DEPTH} folders deep", "put it further up", is_trap=True)
    try:
        with os.scandir(folder) as entries:
            return sorted((entry.name for entry in islice(entries, MAX_TREE_ENTRIES + 1)), reverse=True), None
    except FileNotFoundError:
        return [], None
    except OSError as error:
        return [], FileFault(f"the folder cannot be read: {error.strerror}", "check its permissions")
