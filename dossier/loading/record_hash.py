"""The hash of what a record says, by which a release knows that it has changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from dossier.model.base import Entry, Record

_UNHASHED_KEYS = frozenset({"status", "reviewed"})
"""What is no content of a record: a review that changes nothing is no change."""

HASH_DIGITS = 16
"""Hexadecimal digits that are kept: enough to tell two states of one record apart."""


def hash_record(entry: Entry) -> str:
    """The first digits of the SHA-256 of what a record says, wherever and however it is written in its file.

    A key that the record leaves out is not hashed, so that a new key which records may have changes no other record.
    """
    content = {name: value for name, value in _list_values(entry).items() if name not in _UNHASHED_KEYS}
    return sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:HASH_DIGITS]


def _list_values(record: Record) -> dict[str, Any]:
    """The values of a record by key, without those that are as if they were left out."""
    fields = type(record).model_fields
    values = {name: getattr(record, name) for name in fields}
    return {
        name: _simplify_value(value)
        for name, value in values.items()
        if value != fields[name].get_default(call_default_factory=True)
    }


def _simplify_value(value: Any) -> Any:
    """A value as JSON has it; dates, numbers, expressions and digests as they are written."""
    if isinstance(value, Record):
        return _list_values(value)
    if isinstance(value, Mapping):
        return {key: _simplify_value(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [_simplify_value(part) for part in value]
    return getattr(value, "text", value)
