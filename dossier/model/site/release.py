"""What the last release said: ids that stay, days of records, and verdicts, figures and quotations, which change only with a
correction.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from dossier.model.quotations.capture import FORBID_UNKNOWN_KEYS

if TYPE_CHECKING:
    from dossier.model.base import Entry

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
class ReleasedRecord:
    """When a record was published for the first time, and when its content last changed after that day.

    None where no release noted it. `hash` is that of its content at the last release, empty for one that is retired or was
    released by a program that noted no days.
    """

    __pydantic_config__ = FORBID_UNKNOWN_KEYS

    published: date | None = None
    changed: date | None = None
    hash: str = ""

    @property
    def last_day(self) -> date | None:
        """The day of its last change, or else that of its publication."""
        return self.changed or self.published


@dataclass(frozen=True, slots=True)
class LastRelease:
    """The last release: every record that was ever published by its address with fragment, claims by id, annotations by
    `article#id`.
    """

    __pydantic_config__ = FORBID_UNKNOWN_KEYS

    version: int
    records: dict[str, ReleasedRecord]
    claims: dict[str, ReleasedClaim] = field(default_factory=dict)
    annotations: dict[str, ReleasedAnnotation] = field(default_factory=dict)

    @property
    def newest_day(self) -> date | None:
        """The latest day on which a record was published or changed; None where no release noted any."""
        return max((record.last_day for record in self.records.values() if record.last_day), default=None)

    @property
    def day_by_page(self) -> dict[str, str]:
        """The latest day on which a record of a page was published or changed, by the page's address; none without a day."""
        days: dict[str, str] = {}
        for address, record in self.records.items():
            page_url, _, _ = address.partition("#")
            if record.last_day:
                days[page_url] = max(days.get(page_url, ""), record.last_day.isoformat())
        return days


def get_released_record(release: LastRelease | None, entry: Entry) -> ReleasedRecord:
    """What a release noted of a record; without a day for one that is newer than the release, and before the first one."""
    return (release.records.get(entry.page_url) if release else None) or ReleasedRecord()
