"""Reads, builds and writes `published.json`, the last release: JSON in a stable order, one record a line.

Version 1, which had `addresses` in place of `records` and no days, is read; what it lists stays without a day.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from dossier.loading.files import format_json_pairs, read_limited_bytes, write_atomically
from dossier.loading.record_hash import hash_record
from dossier.loading.validation_messages import get_first_error
from dossier.model.base import Entry
from dossier.model.dossier import Dossier
from dossier.model.problems.problem import FORBIDDEN_CHARACTERS_PATTERN, Location, Problem, UnreadableError
from dossier.model.quotations.capture import FORBID_UNKNOWN_KEYS
from dossier.model.site.release import RELEASE_FILE_NAME, LastRelease, ReleasedAnnotation, ReleasedClaim, ReleasedRecord

RELEASE_VERSION = 2
MAX_RELEASE_BYTES = 6_000_000
MAX_RELEASE_MESSAGE_CHARACTERS = 200
"""Characters of a message, which may contain text of the file."""
RELEASE_REPAIR_HELP = (
    f"take the file from the last commit (`git checkout HEAD -- {RELEASE_FILE_NAME}`); "
    "`dossier release` writes it anew at the next release"
)
_JSON_ERROR_POSITION = re.compile(r" at line (\d+) column (\d+)$")
"""Where a JSON error of pydantic is, at the end of its message."""


@dataclass(frozen=True, slots=True)
class _ReleaseVersion:
    """What every release says of itself, whatever else is in it."""

    version: int


@dataclass(frozen=True, slots=True)
class _ReleaseWithoutDays:
    """A release of version 1."""

    __pydantic_config__ = FORBID_UNKNOWN_KEYS

    version: int
    addresses: tuple[str, ...]
    claims: dict[str, ReleasedClaim] = field(default_factory=dict)
    annotations: dict[str, ReleasedAnnotation] = field(default_factory=dict)


_VERSION_ADAPTER = TypeAdapter(_ReleaseVersion)
_RELEASE_ADAPTERS: Mapping[int, TypeAdapter[Any]] = {
    1: TypeAdapter(_ReleaseWithoutDays),
    RELEASE_VERSION: TypeAdapter(LastRelease),
}


def read_release(file: Path) -> tuple[LastRelease | None, list[Problem]]:
    """The last release, None before the first, and the problems of its file."""
    if not os.path.lexists(file):
        return None, []
    try:
        released = _parse_release(read_limited_bytes(file, MAX_RELEASE_BYTES, file.parent))
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
    if released is None:
        return None, [_create_release_problem(f"this is not a release of version {RELEASE_VERSION} or older")]
    if any("\n" in text or FORBIDDEN_CHARACTERS_PATTERN.search(text) for text in _iter_release_texts(released)):
        return None, [_create_release_problem("a text in it holds control characters")]
    return released, []


def _parse_release(text: bytes) -> LastRelease | None:
    """A release of any version; None for an unknown one. Raises `ValidationError` for what is none."""
    version = _VERSION_ADAPTER.validate_json(text, strict=True).version
    if version not in _RELEASE_ADAPTERS:
        return None
    released = _RELEASE_ADAPTERS[version].validate_json(text, strict=True)
    if isinstance(released, _ReleaseWithoutDays):
        records = dict.fromkeys(released.addresses, ReleasedRecord())
        return LastRelease(RELEASE_VERSION, records, released.claims, released.annotations)
    assert isinstance(released, LastRelease), "there is an adapter for each version"
    return released


def build_release(dossier: Dossier, day: date) -> LastRelease:
    """The release of what is published on a day, with every address that was published before."""
    published = dossier.only_published()
    earlier = dossier.last_release.records if dossier.last_release else {}
    # Of what is retired nothing is kept but the days, so that a quotation which was taken down leaves no trace.
    records = {address: replace(record, hash="") for address, record in earlier.items()}
    records |= {
        entry.page_url: _build_released_record(entry, earlier.get(entry.page_url), day) for entry in published.iter_entries()
    }
    claims, annotations = {}, {}
    for claim in published.claims.values():
        figures = {name: figure.value.text for name, figure in claim.figures.items()}
        claims[claim.id] = ReleasedClaim(claim.verdict, figures, len(claim.corrections))
    for note in published.iter_annotations():
        annotations[f"{note.article}#{note.id}"] = ReleasedAnnotation(note.quote, note.verdict or "", len(note.corrections))
    return LastRelease(RELEASE_VERSION, records, claims, annotations)


def _build_released_record(entry: Entry, earlier: ReleasedRecord | None, day: date) -> ReleasedRecord:
    """The days of a record. Whether one of a release without days has changed is not known, so it gets none."""
    content = hash_record(entry)
    if earlier is None:
        return ReleasedRecord(published=day, hash=content)
    was_retired = not earlier.hash and earlier.last_day is not None
    is_changed = (earlier.hash and earlier.hash != content) or was_retired
    return replace(earlier, changed=day if is_changed and day != earlier.published else earlier.changed, hash=content)


def write_release(file: Path, released: LastRelease) -> None:
    """Write the release atomically; raises `UnreadableError` if it cannot."""
    write_atomically(file, format_release(released))


def format_release(released: LastRelease) -> str:
    """The release as JSON text, one record, claim or annotation a line."""
    values = asdict(released)
    values["records"] = {address: _format_record(record) for address, record in released.records.items()}
    text = f'{{\n"version": {released.version}'
    for key in ("records", "claims", "annotations"):
        lines = format_json_pairs(values[key])
        text += f',\n"{key}": {{\n{lines}\n}}' if lines else f',\n"{key}": {{}}'
    return text + "\n}\n"


def _format_record(record: ReleasedRecord) -> dict[str, str]:
    """The days and the hash of a record, without those that it has not."""
    days = {name: day.isoformat() for name, day in (("published", record.published), ("changed", record.changed)) if day}
    return days | ({"hash": record.hash} if record.hash else {})


def find_day_line(file: Path, day: date) -> int:
    """The first line of a release that has a day, from 1; 1 if none has it."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if f'": "{day.isoformat()}"' in line), 1)


def _iter_release_texts(released: LastRelease) -> Iterator[str]:
    for address, record in released.records.items():
        yield from (address, record.hash)
    for name, claim in released.claims.items():
        yield from (name, claim.verdict, *claim.figures, *claim.figures.values())
    for name, note in released.annotations.items():
        yield from (name, note.quote, note.verdict)


def _create_release_problem(message: str, line: int = 1, column: int = 1) -> Problem:
    printable = "".join(character if character.isprintable() else "?" for character in message[:MAX_RELEASE_MESSAGE_CHARACTERS])
    return Problem(Location(RELEASE_FILE_NAME, line, column), "release-unreadable", printable, RELEASE_REPAIR_HELP)
