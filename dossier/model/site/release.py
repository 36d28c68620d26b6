"""What the last release said: ids that stay, and the verdicts, figures and quotations that change only with a correction."""

from __future__ import annotations

from dataclasses import dataclass, field

from pydantic import ConfigDict

RELEASE = "published.json"
"""Name of the file that remembers the last release."""

_WHOLE = ConfigDict(extra="forbid")
"""The file is ours: a key that we did not write is a fault in it."""


@dataclass(frozen=True, slots=True)
class ReleasedClaim:
    """A claim as it was released: its verdict, its figures as they were printed, and how many corrections it had."""

    __pydantic_config__ = _WHOLE

    verdict: str
    figures: dict[str, str]
    corrections: int


@dataclass(frozen=True, slots=True)
class ReleasedNote:
    """An annotation as it was released: its quotation, its own verdict (empty: none), and how many corrections it had."""

    __pydantic_config__ = _WHOLE

    quote: str
    verdict: str
    corrections: int


@dataclass(frozen=True, slots=True)
class Released:
    """The last release: every address with its fragment, claims by id, annotations by `article#id`."""

    __pydantic_config__ = _WHOLE

    version: int
    addresses: tuple[str, ...]
    claims: dict[str, ReleasedClaim] = field(default_factory=dict)
    annotations: dict[str, ReleasedNote] = field(default_factory=dict)
