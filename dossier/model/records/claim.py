"""A claim: a statement that can be checked, with our verdict on it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from dossier.model.base import Entry, Record
from dossier.model.field_types import (
    EdtfDate,
    FigureKey,
    FullDate,
    OrNotEstablished,
    ProseText,
    RecordId,
    SingleLineText,
    WrittenNumber,
)
from dossier.model.fields import (
    DATE_HINT,
    LIST_HINT,
    PARTY_HINT,
    InReports,
    Key,
    Markdown,
    NotExported,
    Question,
    Ref,
    Vocabulary,
)
from dossier.model.records.figures import Calculation, Figure
from dossier.model.vocabulary import BEARING_LABELS, CLAIM_KIND_MEANINGS, ClaimKind


def get_claim_url(claim: str) -> str:
    """Where a claim's page is, from the site's root."""
    return f"claims/{claim}/"


class Evidence(Record):
    """A source as a claim uses it."""

    noun = "source of a claim"

    id: Annotated[
        RecordId,
        Ref("source"),
        Key("the id of the source: the name of its file in annotations/sources/", "timetable-2019"),
        InReports(is_hidden=True),
    ]
    bearing: Annotated[
        Literal["supports", "contradicts", "context"],
        Vocabulary(BEARING_LABELS),
        Key("how it bears on the claim: supports, contradicts or context", "supports"),
        InReports(is_label_omitted=True),
    ]
    words: Annotated[
        tuple[SingleLineText, ...],
        Key(
            "the words of the source that bear on it, exactly as they stand there, at most 20 in each quotation",
            '["a ferry at night from October to April"]',
            in_snippet=True,
            to_readers="the words of the source that bear on it, exactly as they stand there",
        ),
    ] = ()
    """Without them, a source that bears on the claim counts for nothing."""
    note: Annotated[
        ProseText | None,
        Markdown(are_numbers_backed=False),
        Key("what it says of the claim", "It has a ferry at night from October on.", in_snippet=True),
    ] = None
    hindsight: Annotated[
        ProseText | None,
        Markdown(are_numbers_backed=False),
        Key(
            "what the writer could not know yet, where a source became public only after the words that it judges",
            "The timetable came out in June.",
        ),
    ] = None
    """Said to readers where the source became public only after an article that it judges."""
    collector: Annotated[
        RecordId | None,
        Ref("party"),
        Key("the id of the party whose words or count these are, where that is not the source's collector", "harbour-crew"),
    ] = None
    """A text on one party's count may quote another party, whose words they stay."""


class Reply(Record):
    """A party that was asked about our verdict on a claim, and what came of it."""

    noun = "reply"
    row_meaning = "somebody who was asked about our verdict on a claim, and what they answered"

    party: Annotated[RecordId, Ref("party"), Key("the id of the party that was asked", "harbour-board")]
    asked: Annotated[FullDate, Key("the day on which it was asked", '"2019-05-20"')]
    answered: Annotated[
        FullDate | None,
        Key(
            "the day of its answer; left out where it did not answer",
            '"2019-05-22"',
            to_readers="the day of its answer; empty where it did not answer",
        ),
    ] = None
    note: Annotated[
        ProseText | None,
        Markdown(are_numbers_backed=False),
        Key("what it answered", "The Board says that the timetable is being changed."),
    ] = None


class Claim(Entry):
    """A checkable statement, with our verdict on it."""

    noun = "claim"
    fields_from_file = frozenset({"id"})

    id: RecordId
    claim: Annotated[
        SingleLineText,
        Markdown(are_numbers_backed=False),
        Key("the statement that can be checked, in a sentence of ours", "The ferry stops at night."),
        Question("What is claimed, in one sentence of ours?", option="--claim"),
    ]
    kind: Annotated[
        ClaimKind,
        Vocabulary(CLAIM_KIND_MEANINGS),
        Key("fact, figure, forecast, judgement or statement: what the verdict is put on", "fact"),
        Question(
            "What kind of claim is it?",
            "fact, figure, forecast, judgement, or statement where the claim is that somebody said something.",
            "--kind",
        ),
    ]
    claimant: Annotated[
        OrNotEstablished[RecordId],
        Ref("party"),
        Key("the id of the party that made it, from annotations/parties.yml", "harbour-board"),
        Question("Who claims it?", PARTY_HINT, "--claimant"),
    ]
    made: Annotated[
        OrNotEstablished[EdtfDate],
        Key("when it was made", '"2019-05-04"'),
        Question("On which day was it claimed?", DATE_HINT, "--date"),
    ]
    topics: Annotated[
        tuple[RecordId, ...],
        Ref("topic"),
        Key("the topics it is listed under", "[timetable]", in_snippet=True),
        Question("Under which topics is it listed?", f"As other claims have them, or a new one. {LIST_HINT}", "--topic"),
    ] = ()
    verdict: Annotated[
        RecordId,
        Ref("verdict"),
        Key("our finding: the id of a verdict, from annotations/verdicts.yml", "imprecise"),
        Question("What is our finding?", option="--verdict"),
    ]
    summary: Annotated[
        SingleLineText,
        Markdown(),
        Key(
            "our finding in at most 75 characters",
            "The ferry stops from May to September only.",
            to_readers="our finding in a line",
        ),
        Question("What did we find, in at most 75 characters?", option="--summary"),
    ]
    explanation: Annotated[
        ProseText,
        Markdown(),
        Key("why that is our finding", "The timetable has a ferry at night from October to April."),
        Question("Why is that our finding?", option="--explanation"),
    ]
    context: Annotated[
        tuple[WrittenNumber, ...],
        NotExported(),
        Key("numbers of the text that are no figure and no result", '["35"]'),
        Question("Which numbers of our text are no figure or result below?", 'As in ["35"].'),
    ] = ()
    sources: Annotated[
        tuple[Evidence, ...],
        Key("what bears on it", "[{id: timetable-2019, bearing: supports}]"),
        Question(
            "What does each source say of it?",
            "supports | contradicts | context, as in [{id: a-source, bearing: supports}].",
            "--source",
        ),
    ] = ()
    figures: Annotated[
        dict[FigureKey, Figure],
        Key(
            "figures of this claim by their short names, each with where it stands: `at`, `source` or `derived`",
            '{total: {value: "1,250", measure: passengers-2019, source: timetable-2019}}',
        ),
        Question(
            "Which numbers does it turn on, and where do they stand?",
            'As in {total: {value: "568", measure: a-measure, at: article#annotation}}; or source: a-source.',
        ),
    ] = Field(default_factory=dict)
    calculations: Annotated[
        tuple[Calculation, ...],
        Key(
            "what the figures come to: arithmetic, with the result written by hand and verified at every build",
            "[{id: share, expression: at_night / all_day, result: 12.5 %}]",
            to_readers="what the figures come to: arithmetic, verified at every build",
        ),
        Question("What do they come to?", "As in [{id: share, expression: part / total, result: 11.4 %}]."),
    ] = ()
    would_change: Annotated[
        ProseText,
        Markdown(are_numbers_backed=False),
        Key("what would change the verdict", "A timetable without ferries at night in winter."),
        Question("What evidence would change the verdict?", option="--would-change"),
        InReports("What would change it"),
    ]
    replies: Annotated[
        tuple[Reply, ...],
        Key("who was asked about our verdict, when, and when they answered", '[{party: harbour-board, asked: "2019-05-20"}]'),
        Question("Who was asked about our verdict?", 'As in [{party: a-party, asked: "2026-11-26", answered: "2026-11-28"}].'),
    ] = ()
    author: Annotated[
        SingleLineText | None,
        Key("who wrote it", "Ada Wren"),
        Question("Who wrote it?", "Your name, if readers may see it.", "--author"),
    ] = None
    reviewer: Annotated[
        SingleLineText | None,
        Key("the second person, who held it against its sources", "Ben Tern"),
        Question("Which second person held it against its sources?", "Another than its author; empty until then.", "--reviewer"),
    ] = None

    @property
    def listing_topics(self) -> tuple[str, ...]:
        """The topics that it is listed under, the main one first: its own, or `other` if it has none."""
        return self.topics or ("other",)

    @property
    def url_parts(self) -> tuple[str, str]:
        """Its page, and its id there."""
        return get_claim_url(self.id), ""
