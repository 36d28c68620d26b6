"""What belongs under each key of a record, with an example: the table behind messages about keys and behind editors' schemas.

By the record's noun, then by key; of an article, whose record no schema describes, the keys that it needs. The examples are
about a ferry that nobody ever saw; each is YAML as it is written in a file, on one line, and can be read in a record that
has the examples of the keys it needs (a test holds them to that).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from dossier.model.base import Record
from dossier.model.evidence import Measure
from dossier.model.records import Party, Verdict, Voice
from dossier.model.site.addresses import FILES


class Example(NamedTuple):
    """What belongs under a key, in a few words, and a value as it would be written."""

    says: str
    value: str


_TITLE = Example("its title, word for word", '"Ferry to stop at night"')
_PUBLISHER = Example("the id of the party that published it, from annotations/parties.yml", "harbour-gazette")
_PUBLISHED = Example("when it was published", '"2019-05-04"')
_URL = Example("its web address", "https://example.org/ferry")
_BECAUSE = Example("the reason, in a sentence", "It mentions the timetable that began on that day.")
_CORRECTIONS = Example(
    "what was changed after it was published, the latest of a day last",
    '[{date: "2019-06-01", kind: correction, was: It stops at night., now: It stops in summer., reason: The timetable says so.}]',
)
_ENTRY = {
    "status": Example("draft, review, published or retired", "draft"),
    "reviewed": Example("the day of the last review", '"2019-06-01"'),
    "corrections": _CORRECTIONS,
}
"""Keys that every kind of entry may have."""
_PROSE = Example("the text, in a sentence or more", "The board of the harbour announces that the ferry will stop at night.")
_SOURCES = Example("the ids of the sources it rests on: names of files in annotations/sources/", "[timetable-2019]")
_AT = Example("the quotation in which the number stands: the article, # and the annotation's id", "gazette-2019#stops-at-night")
_HINDSIGHT = Example(
    "what the writer could not know yet, where a source became public only after the words that it judges",
    "The timetable came out in June.",
)
_COMPARABLE = Example("false where figures of different measures are held against each other all the same", "false")
_REASON = Example("with `comparable: false`: why the figures do not compare", "One counts crossings, the other passengers.")
_CONTEXT = Example("numbers of the text that are no figure and no result", '["35"]')
_FIGURES = "figures of this claim by their short names, each with where it stands: `at`, `source` or `derived`"
_CALCULATIONS = "what the figures come to: arithmetic, with the result written by hand and verified at every build"

EXAMPLES: Mapping[str, Mapping[str, Example]] = {
    "article": {
        "title": _TITLE,
        "publisher": _PUBLISHER,
        "authors": Example("who wrote it, in brackets", '["Ada Wren"]'),
        "published": _PUBLISHED,
        "url": _URL,
        "language": Example("the language it is written in", "en-GB"),
        "print": Example("what of it may be printed: excerpts, metadata, or full where a licence permits it", "excerpts"),
        **_ENTRY,
    },
    "archived copy": {
        "url": Example("the address of the copy", "https://web.archive.org/web/2019/https://example.org/ferry"),
        "date": Example("the day on which it was archived", '"2019-05-06"'),
        "covers": Example("the paragraphs it has, where it has not all of them", '"26-38"'),
    },
    "layer": {
        "id": Example("a short name, which stays", "gazette"),
        "paragraphs": Example("the paragraphs it has", '"6-25"'),
        "writer": Example("the id of the party that wrote it, from annotations/parties.yml", "harbour-gazette"),
        "published": _PUBLISHED,
        "url": _URL,
    },
    "bound": {"because": _BECAUSE},
    "annotation": {
        "id": Example("a short name, which stays", "stops-at-night"),
        "quote": Example("words exactly as they stand in the article", '"will stop at night"'),
        "speaker": Example("who says the words: the id of a party, or text for the writer of the article", "text"),
        "paragraph": Example("the paragraph that is meant, where the words stand in several", "15"),
        "prefix": Example("the words right before, where the words stand twice in one paragraph", "the ferry"),
        "suffix": Example("the words right behind, where the words stand twice in one paragraph", "from May on"),
        "claim": Example("the claim that the words make: the name of a file in annotations/claims/", "stops-at-night"),
        "stance": Example("how the words put that claim", "stronger"),
        "verdict": Example("our finding on this wording; left out where the stance is as-stated", "imprecise"),
        "note": Example("what we say about this wording", "It stops from May to September only."),
        "sources": _SOURCES,
        "hindsight": _HINDSIGHT,
        **_ENTRY,
    },
    "claim": {
        "claim": Example("the statement that can be checked, in a sentence of ours", "The ferry stops at night."),
        "claimant": Example("the id of the party that made it, from annotations/parties.yml", "harbour-board"),
        "made": Example("when it was made", '"2019-05-04"'),
        "verdict": Example("our finding: the id of a verdict, from annotations/verdicts.yml", "imprecise"),
        "summary": Example("our finding in at most 75 characters", "The ferry stops from May to September only."),
        "explanation": Example("why that is our finding", "The timetable has a ferry at night from October to April."),
        "would_change": Example("what would change the verdict", "A timetable without ferries at night in winter."),
        "topics": Example("the topics it is listed under", "[timetable]"),
        "context": _CONTEXT,
        "sources": Example("what bears on it", "[{id: timetable-2019, bearing: supports}]"),
        "figures": Example(_FIGURES, '{total: {value: "1,250", measure: passengers-2019, source: timetable-2019}}'),
        "calculations": Example(_CALCULATIONS, "[{id: share, expression: at_night / all_day, result: 12.5 %}]"),
        **_ENTRY,
    },
    "source of a claim": {
        "id": Example("the id of the source: the name of its file in annotations/sources/", "timetable-2019"),
        "bearing": Example("how it bears on the claim: supports, contradicts or context", "supports"),
        "note": Example("what it says of the claim", "It has a ferry at night from October on."),
        "hindsight": _HINDSIGHT,
    },
    "figure": {
        "value": Example("the number as it is printed", '"1,250"'),
        "measure": Example("the id of what it counts, from annotations/measures.yml", "passengers-2019"),
        "at": _AT,
        "source": Example("the source in which the number stands: the name of a file in annotations/sources/", "timetable-2019"),
        "derived": Example("the arithmetic over other figures that it comes from", "at_night + all_day"),
        "comparable": _COMPARABLE,
        "reason": _REASON,
    },
    "calculation": {
        "id": Example("a short name, which stays", "share"),
        "expression": Example("the sum, over this claim's figures", "at_night / all_day"),
        "result": Example("what it comes to, worked out by hand", "12.5 %"),
        "states": Example("the number as somebody printed it", "one in eight"),
        "at": _AT,
        "holds": Example("whether the number as stated covers the exact result: true or false", "true"),
        "comparable": _COMPARABLE,
        "reason": _REASON,
    },
    "correction": {
        "date": Example("the day of the change", '"2019-06-01"'),
        "kind": Example("correction, clarification or update", "correction"),
        "was": Example("what stood there", "The ferry stops at night."),
        "now": Example("what stands there now", "The ferry stops at night from May to September."),
        "reason": Example("why it was changed", "The timetable has a ferry at night in winter."),
    },
    "event": {
        "date": Example("when it happened", '"2019-05-04"'),
        "title": Example("what happened, in a line of ours", "The board announces that the ferry will stop at night"),
        "text": _PROSE,
        "kind": Example("what kind of event it is", "announcement"),
        "voices": Example("whose voice it is", "[]"),
        "sources": _SOURCES,
        "articles": Example("the articles that it concerns", "[gazette-2019]"),
        "claims": Example("the claims that it concerns", "[stops-at-night]"),
        **_ENTRY,
    },
    "source": {
        "title": _TITLE,
        "publisher": _PUBLISHER,
        "published": _PUBLISHED,
        "url": _URL,
        "kind": Example("primary, agency-copy, news, opinion, research or law", "news"),
        "origin": Example("the id of the source it goes back to; its own where it goes back to nothing else", "harbour-release"),
        "known_from": Example("the day from which anybody could know it", '"2019-05-04"'),
        "checked": Example("how much of it you read: read-in-full, opening-read or not-read", "read-in-full"),
        "authors": Example("who wrote it, in brackets", '["Ada Wren"]'),
        "archived": Example("a copy in a web archive", '{url: "https://web.archive.org/web/2019/ferry", date: "2019-05-06"}'),
        "note": Example("what else is to be said of it", "Only its opening was read."),
        **_ENTRY,
    },
    "party": {
        "id": Example("a short name, which stays", "harbour-board"),
        "name": Example("its name", "Harbour Board"),
        "kind": Example("person or organisation", "organisation"),
        "role": Example("what it was at the time", "runs the harbour and its ferry"),
        "url": Example("its web address", "https://example.org"),
        "aliases": Example("its other names", '["The Board"]'),
        "state_funded": Example("true where a state pays for it", "false"),
        **_ENTRY,
    },
    "verdict": {
        "id": Example("a short name, which stays", "imprecise"),
        "label": Example("the word that readers see", "Imprecise"),
        "definition": Example("what it means", "Roughly right, but not as exact as it sounds."),
        "shape": Example("the shape that is drawn beside it", "wave"),
        "tone": Example("holds, caution, fails or open", "caution"),
        "rating": Example("1 (worst) to 5 (best); left out where nothing is rated", "3"),
    },
    "voice": {
        "id": Example("a short name, which stays", "company"),
        "label": Example("the word that readers see", "Company"),
        "definition": Example("who is meant", "Those who run the ferry."),
        "shape": Example("the shape that is drawn before it", "square"),
    },
    "measure": {
        "id": Example("a short name, which stays", "passengers-2019"),
        "unit": Example("what is counted", "passengers"),
        "population": Example("among what", "crossings of the ferry"),
        "area": Example("where", "the harbour"),
        "period": Example("from when to when", '"2019-01/2019-12"'),
        "collector": Example("the id of the party that counted, from annotations/parties.yml", "harbour-board"),
        "note": Example("what a reader has to know about it", "Bicycles are not counted."),
    },
    "glossary entry": {
        "term": Example("the word", "slack water"),
        "means": Example("what it means", "The time between two tides."),
        **_ENTRY,
    },
    "chart": {
        "title": Example("what it shows, in a line", "Passengers by time of day"),
        "form": Example("parts, apart or series", "apart"),
        "figures": Example("the figures it draws, two or more", "[{figure: ferry.at_night}, {figure: ferry.all_day}]"),
        "text": Example("what it tells, in a sentence or more", "Most passengers cross by day."),
        "whole": Example("the figure that the parts belong to", "ferry.total"),
        "breaks": Example("where a series is cut, and why", "[{before: ferry.all_day, because: Bicycles count from here on.}]"),
        "context": _CONTEXT,
        **_ENTRY,
    },
    "figure of a chart": {
        "figure": Example("a claim and its figure", "ferry.at_night"),
        "label": Example("what it is called in the chart", "At night"),
    },
    "break of a chart": {
        "before": Example("the figure before which the series is cut", "ferry.all_day"),
        "because": Example("why the two cannot be compared", "From 2019 on, bicycles are counted too."),
    },
}

FILED = frozenset({"article", "claim", "event", "source"})
"""Kinds of records that have a file each, which a command begins."""


LISTED: Mapping[str, type[Record]] = {"party": Party, "measure": Measure, "verdict": Verdict, "voice": Voice}
"""Kinds of records that stand in a list with others."""


def to_make(kind: str, name: str) -> str:
    """What to type so that a record is there which is named and does not exist; an annotation is named `article#id`."""
    if kind in FILED:
        return f"write its record, {FILES[kind].format(name)}; `dossier new {kind} --id {name}` begins it"
    if kind == "annotation":
        article, _, note = name.partition("#")
        return (
            f'write it into {FILES[kind].format(article)}; `dossier new annotation {article} "its words" --id {note}` begins it'
        )
    keys = (key for key, field in LISTED[kind].model_fields.items() if field.is_required() and key != "id")
    return f"add a line to {FILES[kind]}: - {{{', '.join([f'id: {name}', *(f'{key}: …' for key in keys)])}}}"
