"""Meanings of the words of closed lists, for the pages, the method page and editors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

Stance = Literal[
    "as-stated", "stronger", "weaker", "other-period", "other-scope", "other-measure", "garbled", "misattributed", "disputes"
]


class StanceMeaning(NamedTuple):
    """A stance as a phrase that follows "this wording" and speaks of the claim as "it", and its meaning."""

    phrase: str
    meaning: str


STANCE_MEANINGS: Mapping[Stance, StanceMeaning] = {
    "as-stated": StanceMeaning("says the same", "it says the same as our wording of the claim"),
    "stronger": StanceMeaning("overstates it", "it claims more, or with fewer reservations"),
    "weaker": StanceMeaning("claims less", "it claims less, or with more reservations"),
    "other-period": StanceMeaning("gives another time", "it speaks of another day, month or year"),
    "other-scope": StanceMeaning("covers something else", "it speaks of other places, services, people or acts"),
    "other-measure": StanceMeaning("counts something else", "it counts reports instead of cases, for example"),
    "garbled": StanceMeaning("garbles it", "the sense was lost or turned round in rewriting"),
    "misattributed": StanceMeaning("credits somebody else", "it gives the words or the figure to somebody else"),
    "disputes": StanceMeaning("disputes it", "it contradicts the claim or answers it"),
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

CLAIM_KIND_LABELS: Mapping[ClaimKind, str] = {
    "fact": "A matter of fact",
    "figure": "A figure",
    "forecast": "A forecast",
    "judgement": "A judgement",
    "statement": "Somebody's words",
}
"""Kinds of claims as readers see them."""

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

SOURCE_KIND_NAMES = {
    "primary": "Primary source",
    "research": "Research",
    "law": "Law",
    "agency-copy": "News agency's report",
    "press-release-copy": "Text made from a press release",
    "news": "News report",
    "opinion": "Opinion",
}
"""What one source of a kind is called."""

READING_EXTENT_LABELS = {
    "read-in-full": "read in full",
    "opening-read": "only its opening read",
    "not-read": "not read by us",
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
    "nested": "what shares are shares of, as boxes in boxes",
    "apart": "figures that must not be pooled, each on a scale of its own",
    "series": "figures over the periods that they cover",
    "lag": "the periods of figures, beside the day they were printed",
    "lineage": "a source and the texts that go back to it",
    "strips": "what each text kept of something, piece by piece",
}
"""Forms of charts."""

CHART_TONE_MEANINGS = {
    "subject": "the share of what the dossier is about: the one colour of all charts",
    "apart": "a part of that share for which another thing holds",
}
"""Colours of what a chart draws."""
