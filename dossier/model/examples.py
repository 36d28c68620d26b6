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
from dossier.model.site.addresses import RECORD_PATH_TEMPLATES


class KeyExample(NamedTuple):
    """What belongs under a key, in a few words, and a value as it would be written."""

    description: str
    yaml_value: str


_TITLE_EXAMPLE = KeyExample("its title, word for word", '"Ferry to stop at night"')
_PUBLISHER_EXAMPLE = KeyExample("the id of the party that published it, from annotations/parties.yml", "harbour-gazette")
_PUBLISHED_EXAMPLE = KeyExample("when it was published", '"2019-05-04"')
_URL_EXAMPLE = KeyExample("its web address", "https://example.org/ferry")
_BECAUSE_EXAMPLE = KeyExample("the reason, in a sentence", "It mentions the timetable that began on that day.")
_CORRECTIONS_EXAMPLE = KeyExample(
    "what was changed after it was published, the latest of a day last",
    '[{date: "2019-06-01", kind: correction, was: It stops at night., now: It stops in summer., reason: The timetable says so.}]',
)
_COMMON_ENTRY_EXAMPLES = {
    "status": KeyExample("draft, review, published or retired", "draft"),
    "reviewed": KeyExample("the day of the last review", '"2019-06-01"'),
    "corrections": _CORRECTIONS_EXAMPLE,
}
"""Keys that every kind of entry may have."""
_PROSE_EXAMPLE = KeyExample(
    "the text, in a sentence or more", "The board of the harbour announces that the ferry will stop at night."
)
_SOURCES_EXAMPLE = KeyExample("the ids of the sources it rests on: names of files in annotations/sources/", "[timetable-2019]")
_AT_EXAMPLE = KeyExample(
    "the quotation in which the number stands: the article, # and the annotation's id", "gazette-2019#stops-at-night"
)
_HINDSIGHT_EXAMPLE = KeyExample(
    "what the writer could not know yet, where a source became public only after the words that it judges",
    "The timetable came out in June.",
)
_COMPARABLE_EXAMPLE = KeyExample("false where figures of different measures are held against each other all the same", "false")
_REASON_EXAMPLE = KeyExample(
    "with `comparable: false`: why the figures do not compare", "One counts crossings, the other passengers."
)
_CONTEXT_EXAMPLE = KeyExample("numbers of the text that are no figure and no result", '["35"]')
_FIGURES_DESCRIPTION = "figures of this claim by their short names, each with where it stands: `at`, `source` or `derived`"
_CALCULATIONS_DESCRIPTION = "what the figures come to: arithmetic, with the result written by hand and verified at every build"

KEY_EXAMPLES_BY_NOUN: Mapping[str, Mapping[str, KeyExample]] = {
    "article": {
        "title": _TITLE_EXAMPLE,
        "publisher": _PUBLISHER_EXAMPLE,
        "authors": KeyExample("who wrote it, in brackets", '["Ada Wren"]'),
        "published": _PUBLISHED_EXAMPLE,
        "url": _URL_EXAMPLE,
        "language": KeyExample("the language it is written in", "en-GB"),
        "print": KeyExample("what of it may be printed: excerpts, metadata, or full where a licence permits it", "excerpts"),
        **_COMMON_ENTRY_EXAMPLES,
    },
    "archived copy": {
        "url": KeyExample("the address of the copy", "https://web.archive.org/web/2019/https://example.org/ferry"),
        "date": KeyExample("the day on which it was archived", '"2019-05-06"'),
        "covers": KeyExample("the paragraphs it has, where it has not all of them", '"26-38"'),
    },
    "layer": {
        "id": KeyExample("a short name, which stays", "gazette"),
        "paragraphs": KeyExample("the paragraphs it has", '"6-25"'),
        "writer": KeyExample("the id of the party that wrote it, from annotations/parties.yml", "harbour-gazette"),
        "published": _PUBLISHED_EXAMPLE,
        "url": _URL_EXAMPLE,
    },
    "bound": {"because": _BECAUSE_EXAMPLE},
    "annotation": {
        "id": KeyExample("a short name, which stays", "stops-at-night"),
        "quote": KeyExample("words exactly as they stand in the article", '"will stop at night"'),
        "speaker": KeyExample("who says the words: the id of a party, or text for the writer of the article", "text"),
        "paragraph": KeyExample("the paragraph that is meant, where the words stand in several", "15"),
        "prefix": KeyExample("the words right before, where the words stand twice in one paragraph", "the ferry"),
        "suffix": KeyExample("the words right behind, where the words stand twice in one paragraph", "from May on"),
        "claim": KeyExample("the claim that the words make: the name of a file in annotations/claims/", "stops-at-night"),
        "stance": KeyExample("how the words put that claim", "stronger"),
        "verdict": KeyExample("our finding on this wording; left out where the stance is as-stated", "imprecise"),
        "note": KeyExample("what we say about this wording", "It stops from May to September only."),
        "sources": _SOURCES_EXAMPLE,
        "hindsight": _HINDSIGHT_EXAMPLE,
        **_COMMON_ENTRY_EXAMPLES,
    },
    "claim": {
        "claim": KeyExample("the statement that can be checked, in a sentence of ours", "The ferry stops at night."),
        "claimant": KeyExample("the id of the party that made it, from annotations/parties.yml", "harbour-board"),
        "made": KeyExample("when it was made", '"2019-05-04"'),
        "verdict": KeyExample("our finding: the id of a verdict, from annotations/verdicts.yml", "imprecise"),
        "summary": KeyExample("our finding in at most 75 characters", "The ferry stops from May to September only."),
        "explanation": KeyExample("why that is our finding", "The timetable has a ferry at night from October to April."),
        "would_change": KeyExample("what would change the verdict", "A timetable without ferries at night in winter."),
        "topics": KeyExample("the topics it is listed under", "[timetable]"),
        "context": _CONTEXT_EXAMPLE,
        "sources": KeyExample("what bears on it", "[{id: timetable-2019, bearing: supports}]"),
        "figures": KeyExample(
            _FIGURES_DESCRIPTION, '{total: {value: "1,250", measure: passengers-2019, source: timetable-2019}}'
        ),
        "calculations": KeyExample(_CALCULATIONS_DESCRIPTION, "[{id: share, expression: at_night / all_day, result: 12.5 %}]"),
        **_COMMON_ENTRY_EXAMPLES,
    },
    "source of a claim": {
        "id": KeyExample("the id of the source: the name of its file in annotations/sources/", "timetable-2019"),
        "bearing": KeyExample("how it bears on the claim: supports, contradicts or context", "supports"),
        "note": KeyExample("what it says of the claim", "It has a ferry at night from October on."),
        "hindsight": _HINDSIGHT_EXAMPLE,
    },
    "figure": {
        "value": KeyExample("the number as it is printed", '"1,250"'),
        "measure": KeyExample("the id of what it counts, from annotations/measures.yml", "passengers-2019"),
        "at": _AT_EXAMPLE,
        "source": KeyExample(
            "the source in which the number stands: the name of a file in annotations/sources/", "timetable-2019"
        ),
        "derived": KeyExample("the arithmetic over other figures that it comes from", "at_night + all_day"),
        "comparable": _COMPARABLE_EXAMPLE,
        "reason": _REASON_EXAMPLE,
    },
    "calculation": {
        "id": KeyExample("a short name, which stays", "share"),
        "expression": KeyExample("the sum, over this claim's figures", "at_night / all_day"),
        "result": KeyExample("what it comes to, worked out by hand", "12.5 %"),
        "states": KeyExample("the number as somebody printed it", "one in eight"),
        "at": _AT_EXAMPLE,
        "holds": KeyExample("whether the number as stated covers the exact result: true or false", "true"),
        "comparable": _COMPARABLE_EXAMPLE,
        "reason": _REASON_EXAMPLE,
    },
    "correction": {
        "date": KeyExample("the day of the change", '"2019-06-01"'),
        "kind": KeyExample("correction, clarification or update", "correction"),
        "was": KeyExample("what stood there", "The ferry stops at night."),
        "now": KeyExample("what stands there now", "The ferry stops at night from May to September."),
        "reason": KeyExample("why it was changed", "The timetable has a ferry at night in winter."),
    },
    "event": {
        "date": KeyExample("when it happened", '"2019-05-04"'),
        "title": KeyExample("what happened, in a line of ours", "The board announces that the ferry will stop at night"),
        "text": _PROSE_EXAMPLE,
        "kind": KeyExample("what kind of event it is", "announcement"),
        "voices": KeyExample("whose voice it is", "[]"),
        "sources": _SOURCES_EXAMPLE,
        "articles": KeyExample("the articles that it concerns", "[gazette-2019]"),
        "claims": KeyExample("the claims that it concerns", "[stops-at-night]"),
        **_COMMON_ENTRY_EXAMPLES,
    },
    "source": {
        "title": _TITLE_EXAMPLE,
        "publisher": _PUBLISHER_EXAMPLE,
        "published": _PUBLISHED_EXAMPLE,
        "url": _URL_EXAMPLE,
        "kind": KeyExample("primary, agency-copy, news, opinion, research or law", "news"),
        "origin": KeyExample(
            "the id of the source it goes back to; its own where it goes back to nothing else", "harbour-release"
        ),
        "known_from": KeyExample("the day from which anybody could know it", '"2019-05-04"'),
        "checked": KeyExample("how much of it you read: read-in-full, opening-read or not-read", "read-in-full"),
        "authors": KeyExample("who wrote it, in brackets", '["Ada Wren"]'),
        "archived": KeyExample("a copy in a web archive", '{url: "https://web.archive.org/web/2019/ferry", date: "2019-05-06"}'),
        "note": KeyExample("what else is to be said of it", "Only its opening was read."),
        **_COMMON_ENTRY_EXAMPLES,
    },
    "party": {
        "id": KeyExample("a short name, which stays", "harbour-board"),
        "name": KeyExample("its name", "Harbour Board"),
        "kind": KeyExample("person or organisation", "organisation"),
        "role": KeyExample("what it was at the time", "runs the harbour and its ferry"),
        "url": KeyExample("its web address", "https://example.org"),
        "aliases": KeyExample("its other names", '["The Board"]'),
        "state_funded": KeyExample("true where a state pays for it", "false"),
        **_COMMON_ENTRY_EXAMPLES,
    },
    "verdict": {
        "id": KeyExample("a short name, which stays", "imprecise"),
        "label": KeyExample("the word that readers see", "Imprecise"),
        "definition": KeyExample("what it means", "Roughly right, but not as exact as it sounds."),
        "shape": KeyExample("the shape that is drawn beside it", "wave"),
        "tone": KeyExample("holds, caution, fails or open", "caution"),
        "rating": KeyExample("1 (worst) to 5 (best); left out where nothing is rated", "3"),
    },
    "voice": {
        "id": KeyExample("a short name, which stays", "company"),
        "label": KeyExample("the word that readers see", "Company"),
        "definition": KeyExample("who is meant", "Those who run the ferry."),
        "shape": KeyExample("the shape that is drawn before it", "square"),
    },
    "measure": {
        "id": KeyExample("a short name, which stays", "passengers-2019"),
        "unit": KeyExample("what is counted", "passengers"),
        "population": KeyExample("among what", "crossings of the ferry"),
        "area": KeyExample("where", "the harbour"),
        "period": KeyExample("from when to when", '"2019-01/2019-12"'),
        "collector": KeyExample("the id of the party that counted, from annotations/parties.yml", "harbour-board"),
        "note": KeyExample("what a reader has to know about it", "Bicycles are not counted."),
    },
    "glossary entry": {
        "term": KeyExample("the word", "slack water"),
        "means": KeyExample("what it means", "The time between two tides."),
        **_COMMON_ENTRY_EXAMPLES,
    },
    "chart": {
        "title": KeyExample("what it shows, in a line", "Passengers by time of day"),
        "form": KeyExample("parts, apart or series", "apart"),
        "figures": KeyExample("the figures it draws, two or more", "[{figure: ferry.at_night}, {figure: ferry.all_day}]"),
        "text": KeyExample("what it tells, in a sentence or more", "Most passengers cross by day."),
        "whole": KeyExample("the figure that the parts belong to", "ferry.total"),
        "breaks": KeyExample(
            "where a series is cut, and why", "[{before: ferry.all_day, because: Bicycles count from here on.}]"
        ),
        "context": _CONTEXT_EXAMPLE,
        **_COMMON_ENTRY_EXAMPLES,
    },
    "figure of a chart": {
        "figure": KeyExample("a claim and its figure", "ferry.at_night"),
        "label": KeyExample("what it is called in the chart", "At night"),
    },
    "break of a chart": {
        "before": KeyExample("the figure before which the series is cut", "ferry.all_day"),
        "because": KeyExample("why the two cannot be compared", "From 2019 on, bicycles are counted too."),
    },
}

SINGLE_FILE_KINDS = frozenset({"article", "claim", "event", "source"})
"""Kinds of records that have a file each, which a command begins."""


LISTED_RECORD_CLASSES: Mapping[str, type[Record]] = {"party": Party, "measure": Measure, "verdict": Verdict, "voice": Voice}
"""Kinds of records that stand in a list with others."""


def suggest_record_creation(kind: str, name: str) -> str:
    """What to type so that a record is there which is named and does not exist; an annotation is named `article#id`."""
    if kind in SINGLE_FILE_KINDS:
        return f"write its record, {RECORD_PATH_TEMPLATES[kind].format(name)}; `dossier new {kind} --id {name}` begins it"
    if kind == "annotation":
        article, _, note = name.partition("#")
        path = RECORD_PATH_TEMPLATES[kind].format(article)
        return f'write it into {path}; `dossier new annotation {article} "its words" --id {note}` begins it'
    keys = (key for key, field in LISTED_RECORD_CLASSES[kind].model_fields.items() if field.is_required() and key != "id")
    return f"add a line to {RECORD_PATH_TEMPLATES[kind]}: - {{{', '.join([f'id: {name}', *(f'{key}: …' for key in keys)])}}}"
