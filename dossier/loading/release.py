"""`published.json`: what the last release said. Read, made anew and written here; JSON in a stable order, one thing a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from dossier.loading.files import content_of, write_whole
from dossier.model.dossier import Dossier
from dossier.model.problems.problem import UNSEEN, Place, Problem, Unreadable
from dossier.model.site.release import RELEASE, Released, ReleasedClaim, ReleasedNote

VERSION = 1
MAX_BYTES = 50_000_000
LONGEST = 200
"""Characters of what the file itself says in a message."""
REPAIR = "take the file from the last commit; `dossier release` writes it anew at the next release"

_RELEASED = TypeAdapter(Released)


def read_release(file: Path) -> tuple[Released | None, list[Problem]]:
    """The last release and what is wrong with its file; None where there has been none."""
    if not file.exists():
        return None, []
    try:
        released = _RELEASED.validate_json(content_of(file, MAX_BYTES, file.parent), strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        return None, [_unreadable(f"this is not as it was written: {' → '.join([*map(str, first['loc']), first['msg']])}")]
    except Unreadable as error:
        return None, [_unreadable(error.message)]
    except OSError as error:
        return None, [_unreadable(f"the file cannot be read: {error.strerror}")]
    if released.version != VERSION:
        return None, [_unreadable(f"this is not a release of version {VERSION}")]
    if any("\n" in text or UNSEEN.search(text) for text in _texts(released)):
        return None, [_unreadable("a text in it holds control characters")]
    return released, []


def release(dossier: Dossier) -> Released:
    """What is published now, and every address that has been published before."""
    shown = dossier.published()
    before = dossier.released.addresses if dossier.released else ()
    return Released(
        version=VERSION,
        addresses=tuple(sorted({entry.address for entry in shown.entries()}.union(before))),
        claims={
            claim.id: ReleasedClaim(
                verdict=claim.verdict,
                figures={name: figure.value.text for name, figure in claim.figures.items()},
                corrections=len(claim.corrections),
            )
            for claim in shown.claims.values()
        },
        annotations={
            f"{note.article}#{note.id}": ReleasedNote(note.quote, note.verdict or "", len(note.corrections))
            for note in shown.all_annotations()
        },
    )


def write_release(file: Path, released: Released) -> None:
    """Write the file whole or not at all; raises `Unreadable` where it cannot."""
    write_whole(file, dump(released))


def dump(released: Released) -> str:
    """The release as text, one address, claim or annotation a line."""
    addresses = ",\n".join(_json(address) for address in released.addresses)
    return (
        f'{{\n"version": {released.version},\n"addresses": [\n{addresses}\n],\n'
        f'"claims": {_block(released.claims)},\n"annotations": {_block(released.annotations)}\n}}\n'
    )


def _block(records: Mapping[str, ReleasedClaim] | Mapping[str, ReleasedNote]) -> str:
    lines = ",\n".join(f"{_json(name)}: {_json(asdict(records[name]))}" for name in sorted(records))
    return f"{{\n{lines}\n}}" if lines else "{}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _texts(released: Released) -> Iterator[str]:
    yield from released.addresses
    for name, claim in released.claims.items():
        yield from (name, claim.verdict, *claim.figures, *claim.figures.values())
    for name, note in released.annotations.items():
        yield from (name, note.quote, note.verdict)


def _unreadable(message: str) -> Problem:
    shown = "".join(character if character.isprintable() else "?" for character in message[:LONGEST])
    return Problem(Place(RELEASE), "release-unreadable", shown, REPAIR)
