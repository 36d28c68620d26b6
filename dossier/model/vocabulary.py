"""Meanings of the words of closed lists, for the pages, the method page and editors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

Stance = Literal[
    "as-stated", "stronger", "weaker", "other-period", "other-scope", "other-measure", "garbled", "misattributed", "disputes"
]


class StanceMeaning(NamedTuple):
    """A stance as a phrase that follows "put", and its meaning."""

    phrase: str
    meaning: str


STANCE_MEANINGS: Mapping[Stance, StanceMeaning] = {
    "as-stated": StanceMeaning("as stated", "it says the same as our wording of the claim"),
    "stronger": StanceMeaning("more strongly", "it claims more, or with fewer reservations"),
    "weaker": StanceMeaning("more weakly", "it claims less"),
    "other-period": StanceMeaning("for another period", "it gives another time"),
    "other-scope": StanceMeaning("with another scope", "it speaks of other places, services, people or acts"),
    "other-measure": StanceMeaning("of another measure", "it counts something else, such as reports instead of cases"),
    "garbled": StanceMeaning("garbled", "the sense was lost or turned round in rewriting"),
    "misattributed": StanceMeaning("under another name", "it gives the words or the figure to somebody else"),
    "disputes": StanceMeaning("disputing it", "it contradicts the claim or answers it"),
}

STANCE_DEFINITIONS: Mapping[str, str] = {stance: manner.meaning for stance, manner in STANCE_MEANINGS.items()}

STANCE_PHRASES: Mapping[str, str] = {stance: manner.phrase for stance, manner in STANCE_MEANINGS.items()}

ClaimKind = Literal["fact", "figure", "forecast", "judgement", "statement"]

CLAIM_KIND_MEANINGS: Mapping[ClaimKind, str] = {
    "fact": "something is or was so, and a record can settle it",
    "figure": "a number, a share or a comparison of numbers",
    "forecast": "what will or would happen; never rated",
    "judgement": "an opinion, a demand or an accusation; never rated",
    "statement": "somebody said something; whether it is so is not judged here",
}
"""Kinds of claims: what a verdict is put on. Each verdict names those that it may stand on."""

BEARING_LABELS = {"supports": "For", "contradicts": "Against", "context": "Context"}
"""How a source bears on a claim, and the headings under which a claim's page lists its sources."""

SOURCE_KIND_HEADINGS = {
    "primary": "Primary sources",
    "research": "Research",
    "law": "Law",
    "agency-copy": "News agencies' reports",
    "press-release-copy": "Texts made from a press release",
    "news": "News reports",
    "opinion": "Opinion",
}
"""Kinds of sources and their headings."""

READING_EXTENT_LABELS = {
    "read-in-full": "read in full",
    "opening-read": "opening read in a stored copy, not on the live web",
    "not-read": "not read for this dossier",
}
"""How much of a source was read."""

STATUS_MEANINGS: Mapping[str, str] = {
    "draft": "being written; no reader sees it",
    "review": "waits for another pair of eyes; no reader sees it",
    "published": "readers see it",
    "retired": "no longer held; its address says so",
}

CHART_FORM_MEANINGS = {
    "parts": "one whole, cut into its parts",
    "apart": "figures that must not be pooled, each on a scale of its own",
    "series": "a figure through time",
}
"""Forms of charts."""
