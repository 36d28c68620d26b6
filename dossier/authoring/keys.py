"""Which other records a key names, and which keys an editor offers. By the record's noun, then by key."""

from __future__ import annotations

from collections.abc import Mapping

REFERENCED_KINDS_BY_KEY: Mapping[str, Mapping[str, str]] = {
    "annotation": {"speaker": "speaker", "claim": "claim", "verdict": "verdict", "sources": "source"},
    "claim": {"claimant": "party", "topics": "topic", "verdict": "verdict"},
    "source of a claim": {"id": "source"},
    "figure": {"measure": "measure", "at": "annotation", "source": "source"},
    "calculation": {"at": "annotation"},
    "event": {"voices": "voice", "sources": "source", "articles": "article", "claims": "claim"},
    "source": {"publisher": "party", "origin": "source"},
    "measure": {"collector": "party"},
    "chart": {"whole": "figure"},
    "figure of a chart": {"figure": "figure"},
    "break of a chart": {"before": "figure"},
}
"""What a key names, where that is another record or a part of one."""

OPTIONAL_SNIPPET_KEYS: Mapping[str, tuple[str, ...]] = {
    "annotation": ("claim", "stance", "verdict", "note", "sources"),
    "claim": ("topics",),
    "source of a claim": ("note",),
    "figure": ("at",),
    "calculation": ("states", "at", "holds"),
    "figure of a chart": ("label",),
    "event": ("sources",),
}
"""Keys of a whole record that an editor offers besides those it needs."""
