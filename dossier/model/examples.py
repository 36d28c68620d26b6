"""What belongs under each key that a record needs, with an example: the table behind messages about missing keys.

By the record's noun, then by key. The examples are about a ferry that nobody ever saw; each is YAML as it is written in a
file, on one line, and together those of a kind make a whole record (a test holds them to that).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from dossier.model.site import FILES


class Example(NamedTuple):
    """What belongs under a key, in a few words, and a value as it would be written."""

    says: str
    value: str


_TITLE = Example("its title, word for word", '"Ferry to stop at night"')
_PUBLISHER = Example("the id of the party that published it, from annotations/parties.yml", "harbour-gazette")
_PUBLISHED = Example("when it was published", '"2019-05-04"')
_URL = Example("its web address", "https://example.org/ferry")
_BECAUSE = Example("the reason, in a sentence", "It mentions the timetable that began on that day.")
_ENTRY = {
    "status": Example("draft, review, published or retired", "draft"),
    "reviewed": Example("the day of the last review", '"2019-06-01"'),
}
"""Keys that every kind of entry may have."""
_PROSE = Example("the text, in a sentence or more", "The board of the harbour announces that the ferry will stop at night.")

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
        **_ENTRY,
    },
    "source of a claim": {
        "id": Example("the id of the source: the name of its file in annotations/sources/", "timetable-2019"),
        "bearing": Example("how it bears on the claim: supports, contradicts or context", "supports"),
    },
    "figure": {
        "value": Example("the number as it is printed", '"1,250"'),
        "measure": Example("the id of what it counts, from annotations/measures.yml", "passengers-2019"),
    },
    "calculation": {
        "id": Example("a short name, which stays", "share"),
        "expression": Example("the sum, over this claim's figures", "at_night / all_day"),
        "result": Example("what it comes to, worked out by hand", "12.5 %"),
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
        **_ENTRY,
    },
    "party": {
        "id": Example("a short name, which stays", "harbour-board"),
        "name": Example("its name", "Harbour Board"),
        "kind": Example("person or organisation", "organisation"),
        "role": Example("what it was at the time", "runs the harbour and its ferry"),
        **_ENTRY,
    },
    "verdict": {
        "id": Example("a short name, which stays", "imprecise"),
        "label": Example("the word that readers see", "Imprecise"),
        "definition": Example("what it means", "Roughly right, but not as exact as it sounds."),
        "shape": Example("the shape that is drawn beside it", "wave"),
        "tone": Example("holds, caution, fails or open", "caution"),
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
        **_ENTRY,
    },
    "figure of a chart": {"figure": Example("a claim and its figure", "ferry.at_night")},
    "break of a chart": {
        "before": Example("the figure before which the series is cut", "ferry.all_day"),
        "because": Example("why the two cannot be compared", "From 2019 on, bicycles are counted too."),
    },
}

FILED = frozenset({"article", "claim", "event", "source"})
"""Kinds of records that have a file each, which a command begins."""


def to_make(kind: str, name: str) -> str:
    """What to type so that a record is there which is named and does not exist; an annotation is named `article#id`."""
    if kind in FILED:
        return f"write its record, {FILES[kind].format(name)}; `dossier new {kind} --id {name}` begins it"
    if kind == "annotation":
        article, _, note = name.partition("#")
        return (
            f'write it into {FILES[kind].format(article)}; `dossier new annotation {article} "its words" --id {note}` begins it'
        )
    keys = (key for key in EXAMPLES[kind] if key != "id" and key not in _ENTRY)
    return f"add a line to {FILES[kind]}: - {{{', '.join([f'id: {name}', *(f'{key}: …' for key in keys)])}}}"
