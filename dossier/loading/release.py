"""Reads, builds and writes `published.json`, the last release: JSON in a stable order, one record a line."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from dossier.loading.files import encode_json, format_json_pairs, read_limited_bytes, write_atomically
from dossier.loading.validation_messages import get_first_error
from dossier.model.dossier import Dossier
from dossier.model.problems.problem import FORBIDDEN_CHARACTERS_PATTERN, Location, Problem, UnreadableError
from dossier.model.site.release import RELEASE_FILE_NAME, LastRelease, ReleasedAnnotation, ReleasedClaim

RELEASE_VERSION = 1
MAX_RELEASE_BYTES = 3_000_000
MAX_RELEASE_MESSAGE_CHARACTERS = 200
"""Characters of a message, which may contain text of the file."""
RELEASE_REPAIR_HELP = (
    f"take the file from the last commit (`git checkout HEAD -- {RELEASE_FILE_NAME}`); "
    "`dossier release` writes it anew at the next release"
)
_JSON_ERROR_POSITION = re.compile(r" at line (\d+) column (\d+)$")
"""Where a JSON error of pydantic is, at the end of its message."""

_RELEASE_ADAPTER = TypeAdapter(LastRelease)


def read_release(file: Path) -> tuple[LastRelease | None, list[Problem]]:
    """The last release, None before the first, and the problems of its file."""
    if not os.path.lexists(file):
        return None, []
    try:
        released = _RELEASE_ADAPTER.validate_json(read_limited_bytes(file, MAX_RELEASE_BYTES, file.parent), strict=True)
    except ValidationError as error:
        keys, reason = get_first_error(error)
        position = _JSON_ERROR_POSITION.search(reason)
        details = " → ".join([*keys, _JSON_ERROR_POSITION.sub("", reason)])
        line, column = (int(position[1]), max(int(position[2]), 1)) if position else (1, 1)
        return None, [_create_release_problem(f"this is not as it was written: {details}", line, column)]
    except UnreadableError as error:
        return None, [_create_release_problem(error.message)]
    except OSError as error:
        return None, [_create_release_problem(f"the file cannot be read: {error.strerror}")]
    if released.version != RELEASE_VERSION:
        return None, [_create_release_problem(f"this is not a release of version {RELEASE_VERSION}")]
    if any("\n" in text or FORBIDDEN_CHARACTERS_PATTERN.search(text) for text in _iter_release_texts(released)):
        return None, [_create_release_problem("a text in it holds control characters")]
    return released, []


def build_release(dossier: Dossier) -> LastRelease:
    """The release of what is published now, with every URL that was published before."""
    published = dossier.only_published()
    earlier_addresses = dossier.last_release.addresses if dossier.last_release else ()
    addresses = {entry.page_url for entry in published.iter_entries()}.union(earlier_addresses)
    claims, annotations = {}, {}
    for claim in published.claims.values():
        figures = {name: figure.value.text for name, figure in claim.figures.items()}
        claims[claim.id] = ReleasedClaim(claim.verdict, figures, len(claim.corrections))
    for note in published.iter_annotations():
        annotations[f"{note.article}#{note.id}"] = ReleasedAnnotation(note.quote, note.verdict or "", len(note.corrections))
    return LastRelease(RELEASE_VERSION, tuple(sorted(addresses)), claims, annotations)


def write_release(file: Path, released: LastRelease) -> None:
    """Write the release atomically; raises `UnreadableError` if it cannot."""
    write_atomically(file, format_release(released))


def format_release(released: LastRelease) -> str:
    """The release as JSON text, one URL, claim or annotation a line."""
    addresses = ",\n".join(map(encode_json, released.addresses))
    text = f'{{\n"version": {released.version},\n"addresses": [\n{addresses}\n]'
    for key in ("claims", "annotations"):
        lines = format_json_pairs(asdict(released)[key])
        text += f',\n"{key}": {{\n{lines}\n}}' if lines else f',\n"{key}": {{}}'
    return text + "\n}\n"


def _iter_release_texts(released: LastRelease) -> Iterator[str]:
    yield from released.addresses
    for name, claim in released.claims.items():
        yield from (name, claim.verdict, *claim.figures, *claim.figures.values())
    for name, note in released.annotations.items():
        yield from (name, note.quote, note.verdict)


def _create_release_problem(message: str, line: int = 1, column: int = 1) -> Problem:
    printable = "".join(character if character.isprintable() else "?" for character in message[:MAX_RELEASE_MESSAGE_CHARACTERS])
    return Problem(Location(RELEASE_FILE_NAME, line, column), "release-unreadable", printable, RELEASE_REPAIR_HELP)
