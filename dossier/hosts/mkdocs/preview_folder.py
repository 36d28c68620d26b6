"""The folder of a preview: it holds private texts, and is removed even if the preview was killed, by the next one.

MkDocs makes it, readable by its owner only, and removes it at its end. A file in it is locked as long as the preview runs:
a folder with that file and without the lock was left behind. Windows removes no folder with an open file, so nothing is locked
there, and what a killed preview left is not found.
"""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import IO

if sys.platform != "win32":
    import fcntl

PREVIEW_MARKER_NAME = ".dossier-preview"
"""The locked file. MkDocs empties its folder before a build, but keeps hidden files."""

PREVIEW_FOLDER_PATTERN = "*docs_*"
"""How MkDocs and ProperDocs call their folders."""


def claim_preview_folder(folder: Path) -> IO[bytes]:
    """Mark a preview's folder as in use until the returned file is closed."""
    if sys.platform == "win32":
        return BytesIO()
    draft = folder / f"{PREVIEW_MARKER_NAME}.new"
    marker = draft.open("wb")
    _lock_file(marker)
    draft.rename(folder / PREVIEW_MARKER_NAME)  # locked before it has its name, or another preview may take it for a leftover
    return marker


def remove_stale_preview_folders(parent: Path) -> None:
    """Remove the folders of this user's previews that did not end by themselves."""
    if sys.platform == "win32":
        return
    for marker in parent.glob(f"{PREVIEW_FOLDER_PATTERN}/{PREVIEW_MARKER_NAME}"):
        with suppress(OSError):  # another preview holds the lock, or ends at this moment
            # Others may make folders in the same place, and links to somebody else's.
            if not marker.parent.is_symlink() and marker.lstat().st_uid == marker.parent.stat().st_uid == os.getuid():
                with os.fdopen(os.open(marker, os.O_RDWR | os.O_NOFOLLOW), "rb") as file:
                    _lock_file(file)
                    shutil.rmtree(marker.parent)


def _lock_file(file: IO[bytes]) -> None:
    """Lock a file until it is closed or the program ends. Raises `OSError` if another program has locked it."""
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
