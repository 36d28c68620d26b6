"""Chooses what is done to a dossier: which file, and in which of the ways."""

from __future__ import annotations

import os
import random
from pathlib import Path

from support.fuzz.content_ways import CONTENT_WAYS
from support.fuzz.file_ways import add_odd_file, is_own_path, rename_file, replace_file
from support.fuzz.text_ways import TEXT_WAYS, insert_binary_noise, recode_content

_BYTE_WAYS = {"binary": insert_binary_noise, "recoded": recode_content}
_FILE_WAYS = {"renamed": rename_file, "replaced": replace_file, "odd file": add_odd_file}
WAYS = (*CONTENT_WAYS, *_FILE_WAYS, *_BYTE_WAYS, *TEXT_WAYS)
_HEAVY_WAYS = ("deep", "bomb", "huge")
"""What costs much; chosen more rarely."""
_WEIGHTS = {**dict.fromkeys(CONTENT_WAYS, 3), "foreign page": 6, "replaced": 3, "odd file": 3, **dict.fromkeys(_HEAVY_WAYS, 0.3)}
_BUILD_WEIGHTS = {
    **dict.fromkeys(WAYS, 1),
    "page by hand": 15,
    "file to copy": 8,
    "config": 8,
    "odd file": 8,
    "replaced": 5,
    "huge": 0.3,
}
"""How often a way is chosen: in any round, and in one that builds the site."""


def spoil_dossier(rng: random.Random, root: Path, builds: bool, ways: tuple[str, ...] = ()) -> str:
    """Spoil a dossier in one way, of these if some are named; what was done."""
    allowed = ways or WAYS
    weights = [(_BUILD_WEIGHTS if builds else _WEIGHTS).get(way, 1) for way in allowed]
    way = rng.choices(allowed, weights)[0]
    if way in CONTENT_WAYS:
        return CONTENT_WAYS[way](rng, root)
    files = [path for path in sorted(root.rglob("*")) if is_own_path(path) and path.is_file() and _can_be_spoilt(path)]
    if builds and way in _HEAVY_WAYS:  # MkDocs reads its settings before the plugin is there, without bounds
        files = [file for file in files if file.name != "mkdocs.yml"]
    file = rng.choice(files)
    name = file.relative_to(root).as_posix()
    if way in _FILE_WAYS:
        return f"{name!r}: {_FILE_WAYS[way](rng, root, file)}"
    if way in _BYTE_WAYS:
        file.write_bytes(_BYTE_WAYS[way](rng, file.read_bytes()))
    else:
        file.write_bytes(TEXT_WAYS[way](rng, file.read_bytes().decode("utf-8", "replace")).encode("utf-8", "replace"))
    return f"{name!r}: {way}"


def _can_be_spoilt(file: Path) -> bool:
    """Whether a file can be read and is not too large for every way, as what another way has made of it may be."""
    return file.stat().st_size < 4_000_000 and os.access(file, os.R_OK | os.W_OK)
