"""Placeholders: what a command printed for somebody to replace is replaced before readers see it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dossier.checks.rule import Violation, rule
from dossier.model.base import Record
from dossier.model.dossier import Dossier
from dossier.model.placeholders import PLACEHOLDER_TEXTS
from dossier.model.yaml_node import YamlPathPart


@rule("placeholder-left")
def check_placeholder_left(dossier: Dossier) -> Iterator[Violation]:
    for record in _iter_published_records(dossier):
        for path in _iter_placeholder_paths(record):
            key = next(str(step) for step in reversed(path) if isinstance(step, str))
            message = f"`{key}` is published, but still holds a placeholder"
            yield Violation(record.locate(*path), message, "write what belongs here")


def _iter_published_records(dossier: Dossier) -> Iterator[Record]:
    """Records that readers see; measures, verdicts and voices have no status, and always are."""
    yield from (entry for entry in dossier.iter_entries() if entry.is_published)
    for shelf in (dossier.measures, dossier.verdicts, dossier.voices):
        yield from shelf.values()


def _iter_placeholder_paths(value: Any, *path: YamlPathPart) -> Iterator[tuple[YamlPathPart, ...]]:
    """Keys that lead to each placeholder in a record, or in a list, mapping or record inside it."""
    if isinstance(value, str):
        if value in PLACEHOLDER_TEXTS:
            yield path
    elif isinstance(value, (Record, dict)):
        for key, inner in (vars(value) if isinstance(value, Record) else value).items():
            yield from _iter_placeholder_paths(inner, *path, key)
    elif type(value) is tuple:
        for number, inner in enumerate(value):
            yield from _iter_placeholder_paths(inner, *path, number)
