"""What belongs under the keys that a record may have besides those it needs, and which other records a key names.

By the record's noun, then by key, as in `dossier.model.examples`, which has the keys that a record needs. A test holds that
no key is left out.
"""

from __future__ import annotations

from collections.abc import Mapping

from dossier.model.examples import EXAMPLES, Example

_CORRECTIONS = Example(
    "what was changed after it was published, the latest of a day last",
    '[{date: "2019-06-01", kind: correction, was: It stops at night., now: It stops in summer., reason: The timetable says so.}]',
)
_SOURCES = Example("the ids of the sources it rests on: names of files in annotations/sources/", "[timetable-2019]")
_AT = Example("the quotation in which the number stands: the article, # and the annotation's id", "gazette-2019#stops-at-night")
_HINDSIGHT = Example(
    "what the writer could not know yet, where a source became public only after the words that it judges",
    "The timetable came out in June.",
)
_COMPARABLE = Example("false where figures of different measures are held against each other all the same", "false")
_REASON = Example("with `comparable: false`: why the figures do not compare", "One counts crossings, the other passengers.")
_CONTEXT = Example("numbers of the text that are no figure and no result", '["35"]')
_FIRST = "figures of this claim by their short names, each with where it stands: `at`, `source` or `derived`"
_SECOND = "what the figures come to: arithmetic, with the result written by hand and verified at every build"

OPTIONAL: Mapping[str, Mapping[str, Example]] = {
    "archived copy": {"covers": Example("the paragraphs it has, where it has not all of them", '"26-38"')},
    "annotation": {
        "paragraph": Example("the paragraph that is meant, where the words stand in several", "15"),
        "prefix": Example("the words right before, where the words stand twice in one paragraph", "the ferry"),
        "suffix": Example("the words right behind, where the words stand twice in one paragraph", "from May on"),
        "claim": Example("the claim that the words make: the name of a file in annotations/claims/", "stops-at-night"),
        "stance": Example("how the words put that claim", "stronger"),
        "verdict": Example("our finding on this wording; left out where the stance is as-stated", "imprecise"),
        "note": Example("what we say about this wording", "It stops from May to September only."),
        "sources": _SOURCES,
        "hindsight": _HINDSIGHT,
        "corrections": _CORRECTIONS,
    },
    "claim": {
        "topics": Example("the topics it is listed under", "[timetable]"),
        "context": _CONTEXT,
        "sources": Example("what bears on it", "[{id: timetable-2019, bearing: supports}]"),
        "figures": Example(_FIRST, '{total: {value: "1,250", measure: passengers-2019, source: timetable-2019}}'),
        "calculations": Example(_SECOND, "[{id: share, expression: at_night / all_day, result: 12.5 %}]"),
        "corrections": _CORRECTIONS,
    },
    "source of a claim": {
        "note": Example("what it says of the claim", "It has a ferry at night from October on."),
        "hindsight": _HINDSIGHT,
    },
    "figure": {
        "at": _AT,
        "source": Example("the source in which the number stands: the name of a file in annotations/sources/", "timetable-2019"),
        "derived": Example("the arithmetic over other figures that it comes from", "at_night + all_day"),
        "comparable": _COMPARABLE,
        "reason": _REASON,
    },
    "calculation": {
        "states": Example("the number as somebody printed it", "one in eight"),
        "at": _AT,
        "holds": Example("whether the number as stated covers the exact result: true or false", "true"),
        "comparable": _COMPARABLE,
        "reason": _REASON,
    },
    "event": {
        "voices": Example("whose voice it is", "[]"),
        "sources": _SOURCES,
        "articles": Example("the articles that it concerns", "[gazette-2019]"),
        "claims": Example("the claims that it concerns", "[stops-at-night]"),
        "corrections": _CORRECTIONS,
    },
    "source": {
        "authors": Example("who wrote it, in brackets", '["Ada Wren"]'),
        "archived": Example("a copy in a web archive", '{url: "https://web.archive.org/web/2019/ferry", date: "2019-05-06"}'),
        "note": Example("what else is to be said of it", "Only its opening was read."),
        "corrections": _CORRECTIONS,
    },
    "party": {
        "url": Example("its web address", "https://example.org"),
        "aliases": Example("its other names", '["The Board"]'),
        "state_funded": Example("true where a state pays for it", "false"),
        "corrections": _CORRECTIONS,
    },
    "verdict": {"rating": Example("1 (worst) to 5 (best); left out where nothing is rated", "3")},
    "measure": {"note": Example("what a reader has to know about it", "Bicycles are not counted.")},
    "glossary entry": {"corrections": _CORRECTIONS},
    "chart": {
        "whole": Example("the figure that the parts belong to", "ferry.total"),
        "breaks": Example("where a series is cut, and why", "[{before: ferry.all_day, because: Bicycles count from here on.}]"),
        "context": _CONTEXT,
        "corrections": _CORRECTIONS,
    },
    "figure of a chart": {"label": Example("what it is called in the chart", "At night")},
}

NAMES: Mapping[str, Mapping[str, str]] = {
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

SNIPPETS: Mapping[str, tuple[str, ...]] = {
    "annotation": ("claim", "stance", "verdict", "note", "sources"),
    "claim": ("topics",),
    "source of a claim": ("note",),
    "figure": ("at",),
    "calculation": ("states", "at", "holds"),
    "figure of a chart": ("label",),
    "event": ("sources",),
}
"""Keys of a whole record that an editor offers besides those it needs."""


def example_of(noun: str, key: str) -> Example:
    """What belongs under a key; raises KeyError for a key that no record of this kind has."""
    return (EXAMPLES[noun] if key in EXAMPLES[noun] else OPTIONAL[noun])[key]
