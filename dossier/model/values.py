"""The kinds of values that records hold, and how each is read from the text of a YAML file.

A fact that is not established is None here and the literal `not-established` there.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, TypeVar
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, StringConstraints

from dossier.model.dates import Edtf, parse_edtf
from dossier.model.problem import Unreadable

NOT_ESTABLISHED = "not-established"
T = TypeVar("T")


def _url(value: Any) -> Any:
    if isinstance(value, str):
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.netloc or re.search(r"[\s<>\"\\]", value):
            raise Unreadable(f"{value!r} is not a web address", "write the whole address, as in https://example.org/page")
    return value


def _edtf(value: Any) -> Any:
    return parse_edtf(value) if isinstance(value, str) else value


def _established(value: Any) -> Any:
    if value is None:
        raise Unreadable("nothing stands here", f"write {NOT_ESTABLISHED} where the fact is unknown")
    return None if value == NOT_ESTABLISHED else value


def _paragraphs(value: Any) -> Any:
    """`[7, "39-42"]` or `"6-25"` as the paragraph numbers it names, in order."""
    entries = value if isinstance(value, list) else [value]
    numbers: list[int] = []
    for entry in entries:
        match = re.fullmatch(r"([1-9]\d{0,4})(?:-([1-9]\d{0,4}))?", entry) if isinstance(entry, str) else None
        if not match or int(match[2] or match[1]) < int(match[1]):
            raise Unreadable(f"{entry!r} names no paragraphs", 'write a number or a range, as in 7 or "39-42"')
        numbers.extend(range(int(match[1]), int(match[2] or match[1]) + 1))
    return numbers


def _yes_or_no(value: Any) -> Any:
    if isinstance(value, str):
        if value not in ("true", "false"):
            raise Unreadable(f"{value!r} is neither true nor false", "write true or false")
        return value == "true"
    return value


Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=80)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, pattern=r"^[^\n]+$")]
Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Url = Annotated[str, BeforeValidator(_url)]
Date = Annotated[Edtf, BeforeValidator(_edtf)]
Established = Annotated[T | None, BeforeValidator(_established)]
Paragraphs = Annotated[tuple[int, ...], BeforeValidator(_paragraphs)]
Flag = Annotated[bool, BeforeValidator(_yes_or_no)]
Number = Annotated[int, Field(ge=1)]
