"""Walks and hashes the files of a finished site, and holds them against its build manifest.

A site and its manifest may come from anywhere. So no path in a manifest is opened: the folder is walked, no link in it is
followed, and names are compared.
"""

from __future__ import annotations

import hashlib
import json
import os
import posixpath
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from dossier.loading.files import read_limited_bytes
from dossier.loading.validation_messages import get_first_error
from dossier.model.problems.problem import Location, Problem, UnreadableError
from dossier.model.site.build_manifest import BUILD_MANIFEST_PATH, BUILD_MANIFEST_VERSION, BuildManifest, ListedFile

MAX_MANIFEST_BYTES = 50_000_000
"""Bytes of a manifest; one of a thousand articles has four million."""

MAX_SITE_FILE_BYTES = 10_000_000_000
"""Bytes of a file in a site, ten times what forges publish; a file of holes alone may claim any size."""

SMALL_FILE_BYTES = 1_000_000
"""Bytes from which a file is hashed in pieces."""

GIT_NAME, EMPTY_MARK_NAME = ".git", ".nojekyll"
"""What those who publish a folder put beside the site in it, and no build makes; the mark is an empty file."""

MANIFEST_RULE = "manifest-differs"

_MANIFEST_ADAPTER = TypeAdapter(BuildManifest)
_SHA256_PATTERN = re.compile(r"[0-9a-f]{64}")
_COMMIT_PATTERN = re.compile(r"(?:[0-9a-f]{40})?")


class BuiltFile(NamedTuple):
    """An entry of a site that is no folder: its path from the site's root, where it is, and whether it is a regular file."""

    path: str
    file: str
    is_regular: bool


def iter_built_files(folder: Path) -> Iterator[BuiltFile]:
    """Every file of a site but its manifest, folder by folder; of links, pipes and devices that they are there."""
    waiting = [""]
    while waiting:
        place = waiting.pop()
        with os.scandir(folder / place) as entries:
            for entry in entries:
                path = f"{place}{entry.name}"
                if _is_passed_over(path, entry):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{path}/")
                else:
                    yield BuiltFile(path, entry.path, entry.is_file(follow_symlinks=False))


def list_passed_over(folder: Path) -> list[str]:
    """What is at the root of a site and not compared with its manifest, by name."""
    with os.scandir(folder) as entries:
        return sorted(entry.name for entry in entries if _is_passed_over(entry.name, entry))


def _is_passed_over(path: str, entry: os.DirEntry[str]) -> bool:
    return path in (GIT_NAME, BUILD_MANIFEST_PATH) or (path == EMPTY_MARK_NAME and _is_empty_file(entry))


def _is_empty_file(entry: os.DirEntry[str]) -> bool:
    return entry.is_file(follow_symlinks=False) and not entry.stat(follow_symlinks=False).st_size


def hash_built_file(file: str | Path) -> ListedFile:
    """Size and hash of a regular file. Raises `UnreadableError` if it is none, or too large."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(file, flags), "rb") as stream:
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_SITE_FILE_BYTES:
            message = f"{file} is not a file of at most {MAX_SITE_FILE_BYTES:,} bytes"
            raise UnreadableError(message, "take it out of the site")
        # Most files are small, and for each `file_digest` makes a buffer of 256 KB.
        is_small = status.st_size < SMALL_FILE_BYTES
        digest = hashlib.sha256(stream.read(status.st_size)) if is_small else hashlib.file_digest(stream, "sha256")
        return ListedFile(status.st_size, digest.hexdigest())


def read_build_manifest(folder: Path) -> BuildManifest:
    """The manifest of the site in a folder; raises `UnreadableError` if there is none, or if it is not as a build wrote it."""
    file = folder / BUILD_MANIFEST_PATH
    if not os.path.lexists(file):
        help = "name the folder of a finished site; one that `mkdocs build` or `dossier finish` made has the file"
        raise UnreadableError(f"there is no {BUILD_MANIFEST_PATH} in {folder}", help)
    try:
        content = read_limited_bytes(file, MAX_MANIFEST_BYTES, folder)
        json.loads(content, object_pairs_hook=_refuse_repeated_keys)
        manifest = _MANIFEST_ADAPTER.validate_json(content, strict=True)
        fault = _find_manifest_fault(manifest)
    except ValidationError as error:
        keys, reason = get_first_error(error)
        fault = " → ".join([*keys, reason])
    except UnreadableError as error:
        fault = error.message
    except IsADirectoryError:
        fault = "this is not a file"
    except (ValueError, RecursionError) as error:
        fault = str(error)
    if fault:
        help = "fetch it again from the site, or build the site again; without it nobody can say what was published"
        raise UnreadableError(f"{file} is damaged: {_make_printable(fault[:200])}", help)
    return manifest


def _refuse_repeated_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object of its pairs; of a key that stands twice, readers would take different values."""
    read = dict(pairs)
    if len(read) != len(pairs):
        raise ValueError("a key stands twice")
    return read


def _find_manifest_fault(manifest: BuildManifest) -> str:
    """What no build writes into a manifest; empty if there is nothing."""
    if manifest.version != BUILD_MANIFEST_VERSION:
        return f"it is not of version {BUILD_MANIFEST_VERSION}"
    if not _COMMIT_PATTERN.fullmatch(manifest.commit) or not _COMMIT_PATTERN.fullmatch(manifest.tree):
        return "its commit or tree is no hash of git"
    if not manifest.files:
        return "it lists no file"
    for path, listed in manifest.files.items():
        if not _is_site_path(path):
            return f"{path!a} is not the path of a file in a site"
        if not _SHA256_PATTERN.fullmatch(listed.sha256) or not 0 <= listed.bytes <= MAX_SITE_FILE_BYTES:
            return f"{path!a} has no size and hash that a file can have"
    return ""


def _is_site_path(path: str) -> bool:
    is_inside = not path.startswith(("/", "../")) and path not in ("", ".", "..", BUILD_MANIFEST_PATH)
    return is_inside and posixpath.normpath(path) == path and "\0" not in path


def find_manifest_differences(folder: Path, manifest: BuildManifest, name: str) -> list[Problem]:
    """A problem for each file that is changed, missing or added, in the order of paths; `name` is the folder in messages."""
    built = {entry.path: entry for entry in iter_built_files(folder)}
    problems = []
    for path in sorted(built.keys() | manifest.files.keys()):
        if difference := _describe_difference(built.get(path), manifest.files.get(path)):
            location = Location(_make_printable(posixpath.join(name, path)))
            problems.append(Problem(location, MANIFEST_RULE, *difference))
    return problems


def _describe_difference(entry: BuiltFile | None, listed: ListedFile | None) -> tuple[str, str] | None:
    """What is wrong with a file, and the cure; None if it is as the manifest says."""
    if entry is None:
        return "this file is missing", "fetch it from the site again, or build the site again from the commit in the manifest"
    if listed is None:
        return (
            f"this is not in {BUILD_MANIFEST_PATH}",
            "delete it: it was not published with this site; a host may have added it, as `CNAME`",
        )
    if not entry.is_regular:
        return "this is a link, a pipe or a device, not the file that was published", "put the file itself here"
    size = os.lstat(entry.file).st_size
    if size != listed.bytes:
        change = f"it has {size:,} bytes instead of {listed.bytes:,}"
    elif hash_built_file(entry.file).sha256 != listed.sha256:
        change = "it has as many bytes, but others"
    else:
        return None
    help = "do not rely on it; fetch it from the site again, or build the site again from the commit in the manifest"
    return f"this file was changed: {change}", help


def _make_printable(text: str) -> str:
    """A text from elsewhere without what a terminal would act on."""
    decoded = text.encode("utf-8", "replace").decode()
    return "".join(character if character.isprintable() else "?" for character in decoded)
