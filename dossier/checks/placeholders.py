"""Rule on placeholders: a text that is yet to be written must not be published."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dossier.checks.rule import Violation, rule
from dossier.model.base import Record
from dossier.model.dossier import Dossier
from dossier.model.placeholders import is_placeholder
from dossier.model.yaml_node import YamlPath, YamlPathPart


@rule("placeholder-left")
def check_placeholder_left(dossier: Dossier) -> Iterator[Violation]:
    # Measures, verdicts and voices have no status: readers always see them.
    vocabulary = [*dossier.measures.values(), *dossier.verdicts.values(), *dossier.voices.values()]
    for record in [*(entry for entry in dossier.iter_entries() if entry.is_published), *vocabulary]:
        for path in _iter_placeholder_paths(record):
            key = next(str(step) for step in reversed(path) if isinstance(step, str))
            message = f"`{key}` is published, but still holds a placeholder"
            yield Violation(record.locate(*path), message, "write what belongs here")


def _iter_placeholder_paths(value: Any, *path: YamlPathPart) -> Iterator[YamlPath]:
    """The YAML path of each placeholder in a record, or in a list, mapping or record inside it."""
    if isinstance(value, str) and is_placeholder(value):
        yield path
    elif isinstance(value, (Record, dict)):
        for key, inner in (vars(value) if isinstance(value, Record) else value).items():
            yield from _iter_placeholder_paths(inner, *path, key)
    elif type(value) is tuple:
        for index, inner in enumerate(value):
            yield from _iter_placeholder_paths(inner, *path, index)
