"""The folder of a preview: it holds private texts, and is removed even if the preview was killed, by the next one.

MkDocs makes it, readable by its owner only, and removes it at its end, but not if it ends before the first build begins. A
file in it is locked as long as the preview runs: a folder with that file and without the lock was left behind, as was one that
stays empty. Windows removes no folder with an open file, so nothing is locked there, and what a killed preview left is not
found.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
from contextlib import suppress
from io import BytesIO
from itertools import chain
from pathlib import Path
from time import time
from typing import IO

from mkdocs.exceptions import PluginError

if sys.platform != "win32":
    import fcntl

PREVIEW_MARKER_NAME = ".dossier-preview"
"""The locked file. MkDocs empties its folder before a build, but keeps hidden files."""

PREVIEW_FOLDER_PATTERNS = ("mkdocs_????????", "properdocs_????????")
"""How MkDocs and ProperDocs call their folders; `tempfile` adds eight characters."""

EMPTY_FOLDER_SECONDS = 60
"""Age from which an empty folder is nobody's; a preview marks its own within seconds."""


def claim_preview_folder(folder: Path, earlier_marker: IO[bytes] | None = None) -> IO[bytes]:
    """Mark a preview's folder as in use until the returned file is closed: the marker of its earlier builds, if it is there.

    The folder is made again if somebody has removed it, as programs do that clear away temporary files. Raises `PluginError`
    if another user has put one into its place.
    """
    if sys.platform == "win32":
        return BytesIO()
    if earlier_marker and (folder / PREVIEW_MARKER_NAME).exists():
        return earlier_marker
    folder.mkdir(mode=0o700, exist_ok=True)
    if not _is_own_folder(folder):
        raise PluginError(f"somebody else has made the preview's folder {folder}; end this preview, and start it again")
    draft = folder / f"{PREVIEW_MARKER_NAME}.new"
    marker = draft.open("wb")
    _lock_file(marker)
    draft.rename(folder / PREVIEW_MARKER_NAME)  # locked before it has its name, or another preview may take it for a leftover
    return marker


def remove_stale_preview_folders(parent: Path) -> None:
    """Remove the folders of this user's previews that did not end by themselves."""
    if sys.platform == "win32":
        return
    for folder in chain.from_iterable(map(parent.glob, PREVIEW_FOLDER_PATTERNS)):
        with suppress(OSError):  # another preview holds the lock, or ends at this moment
            if _is_own_folder(folder):
                _remove_stale_folder(folder)


def _remove_stale_folder(folder: Path) -> None:
    """Remove a folder that nobody uses. Raises `OSError` if somebody does, or if it holds what no preview has marked."""
    if time() - folder.stat().st_mtime > EMPTY_FOLDER_SECONDS:
        with suppress(OSError):  # it is not empty
            folder.rmdir()
            return
    with os.fdopen(os.open(folder / PREVIEW_MARKER_NAME, os.O_RDWR | os.O_NOFOLLOW), "rb") as file:
        _lock_file(file)
        shutil.rmtree(folder)


def _is_own_folder(folder: Path) -> bool:
    """Whether a folder is this user's. Others may make some in the same place, and links to somebody else's."""
    status = folder.lstat()
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid()


def _lock_file(file: IO[bytes]) -> None:
    """Lock a file until it is closed or the program ends. Raises `OSError` if another program has locked it."""
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
