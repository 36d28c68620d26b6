"""What the words of a closed list mean: said on the pages, under Method, and in an editor, from these tables alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from dossier.model.records import Stance


class Manner(NamedTuple):
    """How words put a claim: as it is said after "put", and what is meant."""

    said: str
    meaning: str


STANCES: Mapping[Stance, Manner] = {
    "as-stated": Manner("as stated", "it says the same as our wording of the claim"),
    "stronger": Manner("more strongly", "it claims more, or with fewer reservations"),
    "weaker": Manner("more weakly", "it claims less"),
    "other-period": Manner("for another period", "it gives another time"),
    "other-scope": Manner("with another scope", "it speaks of other places, services, people or acts"),
    "other-measure": Manner("of another measure", "it counts something else, such as reports instead of cases"),
    "garbled": Manner("garbled", "the sense was lost or turned round in rewriting"),
    "misattributed": Manner("under another name", "it gives the words or the figure to somebody else"),
    "disputes": Manner("disputing it", "it contradicts the claim or answers it"),
}

BEARINGS = {"supports": "Supports it", "contradicts": "Speaks against it", "context": "Context"}
"""How a source bears on a claim, and the headings under which a claim's page lists its sources."""

CHECKED = {
    "read-in-full": "read in full",
    "opening-read": "opening read in a stored copy, not on the live web",
    "not-read": "not read for this dossier",
}
"""How much of a source was read."""

STATUSES: Mapping[str, str] = {
    "draft": "being written; no reader sees it",
    "review": "waits for another pair of eyes; no reader sees it",
    "published": "readers see it",
    "retired": "no longer held; its address says so",
}

FORMS = {
    "parts": "one whole, cut into its parts",
    "apart": "figures that must not be pooled, each on a scale of its own",
    "series": "a figure through time",
}
"""Forms of charts."""
