"""The folder that `dossier pages` writes: where it may be, whether its content may be replaced, and the replacement."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from dossier.loading.files import TEMPORARY_SUFFIX, describe_os_error, is_inside, remove_left_overs
from dossier.model import UnreadableError

PAGES_MARKER_NAME = ".dossier-pages"
"""The file that marks a folder as one that `write_pages` may write over: a sentence, then the path of every file it wrote."""

_MARKER_TEXT = "Written by `dossier pages`, which replaces everything in this folder.\n"
_HOST_NAMES = frozenset({"site", ".cache"})
"""What a host makes beside `mkdocs.yml`."""
_FOLDER_HELP = "name a folder that is empty or not there yet, as in `../my-site`"

OutputFile = tuple[str, str | bytes | Path]
"""A file's path in the folder, and its text, its bytes or the file that it is a copy of."""


def replace_output_folder(folder: Path, files: Iterable[OutputFile]) -> int:
    """Write files and the marker into a folder instead of what is there, whole or not at all; returns the number of pages.

    Raises `UnreadableError` if it cannot be written.
    """
    paths = []
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        remove_left_overs(folder)
        with TemporaryDirectory(
            dir=folder.parent, prefix=f".{folder.name}.", suffix=TEMPORARY_SUFFIX, ignore_cleanup_errors=True
        ) as staging_folder:
            new, old = Path(staging_folder, "new"), Path(staging_folder, "old")
            for path, content in files:
                _write_output_file(new / path, content)
                paths.append(path)
            _write_output_file(new / PAGES_MARKER_NAME, "\n".join([_MARKER_TEXT, *sorted(paths), ""]))
            try:
                if folder.exists():
                    folder.rename(old)
                new.rename(folder)
            except BaseException:  # an interruption, too, must not cost what was there
                if old.exists() and not folder.exists():
                    old.rename(folder)
                raise
    except OSError as error:
        help = "check the name and the permissions of the folder around it, and that there is room"
        raise UnreadableError(f"{folder} cannot be written: {describe_os_error(error)}", help) from error
    return sum(path.startswith("docs/") and path.endswith("index.md") for path in paths)


def check_output_place(root: Path, folder: Path, captures: Path) -> None:
    """Raise `UnreadableError` where a folder belongs to git or to the dossier's own files, which would be replaced."""
    if any(is_inside(folder, private) for private in (root / "docs", root / "annotations", captures)):
        raise UnreadableError(f"{folder} is part of the dossier", _FOLDER_HELP)
    if ".git" in Path(os.path.realpath(folder)).parts:
        raise UnreadableError(f"{folder} belongs to git", _FOLDER_HELP)


def check_output_folder(folder: Path) -> None:
    """Raise `UnreadableError` where a folder holds anything that an earlier output did not, but for what hosts make of it."""
    if folder.is_symlink():
        raise UnreadableError(f"{folder} is a link, which would be replaced", _FOLDER_HELP)
    try:
        names = {file.name for file in folder.iterdir()}
        written = _read_marker(folder / PAGES_MARKER_NAME)
    except FileNotFoundError:
        return
    except NotADirectoryError:
        raise UnreadableError(f"{folder} is a file", _FOLDER_HELP) from None
    except OSError as error:
        raise UnreadableError(f"{folder} cannot be read: {error.strerror}", _FOLDER_HELP) from error
    if names and written is None:
        raise UnreadableError(f"{folder} is not empty, and `dossier pages` did not write what it holds", _FOLDER_HELP)
    if foreign := next((path for path in _iter_own_files(folder) if path not in (written or ())), ""):
        raise UnreadableError(
            f"{folder} holds {foreign}, which `dossier pages` did not write and would delete", "move it elsewhere"
        )


def find_output_folder(site: Path) -> Path:
    """The folder of pages that a site was built in, or the site's own if it is in none."""
    return next((folder for folder in site.parents if (folder / PAGES_MARKER_NAME).is_file()), site)


def _read_marker(marker: Path) -> frozenset[str] | None:
    """The files that the folder's last writing listed, with the marker itself; None without a marker."""
    if not marker.is_file():
        return None
    return frozenset(marker.read_text(encoding="utf-8", errors="replace").split("\n")) | {PAGES_MARKER_NAME}


def _iter_own_files(folder: Path) -> Iterator[str]:
    """Paths of the files and links in a folder, but for those of hosts."""
    for parent, names, files in os.walk(folder):
        place = Path(parent).relative_to(folder)
        if place == Path():
            names[:] = sorted(set(names) - _HOST_NAMES)
        links = [name for name in names if os.path.islink(Path(parent, name))]
        yield from ((place / name).as_posix() for name in sorted([*files, *links]))


def _write_output_file(file: Path, content: str | bytes | Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, Path):
        shutil.copyfile(content, file)
    elif isinstance(content, bytes):
        file.write_bytes(content)
    else:
        file.write_text(content, encoding="utf-8", newline="\n")
