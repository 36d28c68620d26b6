"""Reads regular files up to a size, inside a root if asked, writes files atomically, and formats JSON."""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
from collections.abc import Mapping
from contextlib import suppress
from glob import escape
from pathlib import Path
from secrets import token_hex
from time import time

from dossier.model.problems.problem import UnreadableError

TEMPORARY_SUFFIX = ".tmp"
"""How the hidden names of temporary files and folders end, so that `.gitignore` can name all of them."""

LEFT_OVER_SECONDS = 3600
"""Age from which temporary files and folders are nobody's; writing a file takes less than a second, a folder some."""

OUTSIDE_LINK_MESSAGE = "this is a link that leads out of the dossier"

_JSON_ENCODER = json.JSONEncoder(ensure_ascii=False)
"""Made once: `json.dumps` makes one for every value, and manifest and lock have thousands."""


def read_limited_bytes(
    file: Path, limit: int, root: Path | None = None, *, size_help: str = "split it into smaller files"
) -> bytes:
    """The bytes of a file. Raises `UnreadableError` for devices, pipes, more than `limit` bytes, and links out of `root`.

    `size_help` is the cure of a file that is too large.
    """
    if root is not None and not is_inside(file, root):
        help = "put the file itself here; nothing outside the dossier's folder is read"
        raise UnreadableError(OUTSIDE_LINK_MESSAGE, help, "unreadable-file")
    not_a_file = UnreadableError("this is not a file", "put a file here", "unreadable-file")
    try:
        # Opening a pipe must not block, and a device such as /dev/zero must not be read without end.
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        if error.errno == errno.ENXIO:  # a socket, which cannot be opened at all
            raise not_a_file from error
        raise
    with os.fdopen(handle, "rb") as stream:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise not_a_file
        # `read(n)` allocates n bytes at once, so ask for the size of the file, not for the limit.
        content = stream.read(min(limit, status.st_size) + 1)
    if len(content) > limit:
        raise UnreadableError(f"the file has more than {limit:,} bytes", size_help, "unreadable-file")
    return content


def encode_json(value: object) -> str:
    """A value as JSON on one line, with every character as it is."""
    return _JSON_ENCODER.encode(value)


def format_json_pairs(values: Mapping[str, object]) -> str:
    """The pairs of a JSON object, sorted by key, one a line, so that a pull request shows small differences."""
    return ",\n".join(f"{encode_json(key)}: {encode_json(value)}" for key, value in sorted(values.items()))


def describe_os_error(error: OSError) -> str:
    """Why the file system refused; `shutil` joins the reasons of several files, and has no `strerror` then."""
    return error.strerror or str(error)


def is_inside(file: Path, root: Path) -> bool:
    """Whether a path, with symbolic links resolved, is below a folder."""
    return Path(os.path.realpath(file)).is_relative_to(os.path.realpath(root))


def remove_left_overs(path: Path) -> None:
    """Remove what killed programs have left beside a file or folder that they wrote, once nobody can need it."""
    for left_over in path.parent.glob(f".{escape(path.name)}.*{TEMPORARY_SUFFIX}"):
        with suppress(OSError):  # another program has removed it, or may
            if time() - left_over.lstat().st_mtime > LEFT_OVER_SECONDS:
                if left_over.is_dir() and not left_over.is_symlink():
                    shutil.rmtree(left_over)
                else:
                    left_over.unlink()


def is_reached_by_link(file: Path, root: Path) -> bool:
    """Whether a symbolic link stands on the way from a root to a file, or in its place."""
    return os.path.realpath(file) != os.path.join(os.path.realpath(root), file.relative_to(root))


def write_atomically(file: Path, content: str | bytes) -> None:
    """Write a file completely or not at all, through a temporary file beside it. Raises `UnreadableError` if it cannot.

    Temporary files that killed programs have left there are removed, after an hour in which a slow one may still need them.
    """
    temporary = file.with_name(f".{file.name}.{token_hex(8)}{TEMPORARY_SUFFIX}")
    remove_left_overs(file)
    try:
        # Not with `tempfile`: its files are readable by their owner only, and the umask should decide who can read this one.
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    except OSError as error:
        raise UnreadableError(f"{file} cannot be written: {error.strerror}", "check the folder's permissions") from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content.encode("utf-8") if isinstance(content, str) else content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(file)
    except BaseException as error:
        temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise UnreadableError(f"{file} cannot be written: {error.strerror}", "check what is in its place") from error
        raise
