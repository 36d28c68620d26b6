"""What the last release said: ids that stay, and the verdicts, figures and quotations that change only with a correction."""

from __future__ import annotations

from dataclasses import dataclass, field

from dossier.model.quotations.capture import FORBID_UNKNOWN_KEYS

RELEASE_FILE_NAME = "published.json"
"""Name of the file that remembers the last release."""


@dataclass(frozen=True, slots=True)
class ReleasedClaim:
    """A claim as it was released: its verdict, its figures as they were printed, and how many corrections it had."""

    __pydantic_config__ = FORBID_UNKNOWN_KEYS

    verdict: str
    figures: dict[str, str]
    corrections: int


@dataclass(frozen=True, slots=True)
class ReleasedAnnotation:
    """An annotation as it was released: its quotation, its own verdict (empty: none), and how many corrections it had."""

    __pydantic_config__ = FORBID_UNKNOWN_KEYS

    quote: str
    verdict: str
    corrections: int


@dataclass(frozen=True, slots=True)
class LastRelease:
    """The last release: every address with its fragment, claims by id, annotations by `article#id`."""

    __pydantic_config__ = FORBID_UNKNOWN_KEYS

    version: int
    addresses: tuple[str, ...]
    claims: dict[str, ReleasedClaim] = field(default_factory=dict)
    annotations: dict[str, ReleasedAnnotation] = field(default_factory=dict)
