"""An annotation: one note on one quotation of an article."""

from __future__ import annotations

from typing import Annotated

from dossier.model.base import Entry
from dossier.model.field_types import PositiveInteger, ProseText, RecordId, SingleLineText
from dossier.model.fields import PARTY_HINT, SOURCES_HINT, InReports, Key, Markdown, NotExported, Question, Ref, Vocabulary
from dossier.model.quotations.anchoring import QuoteSelector
from dossier.model.records.article import get_article_url
from dossier.model.vocabulary import STANCE_DEFINITIONS, STANCE_PHRASES, Stance

LAYER_WRITER_ID = "text"
"""The speaker id for the writer of the article, or of the layer that has the words."""


class Annotation(Entry):
    """One note on one quotation: which claim it makes, how, and what we say about it."""

    noun = "annotation"
    fields_from_file = frozenset({"article"})

    article: RecordId
    id: Annotated[
        RecordId,
        Key("a short name, which stays", "stops-at-night"),
        Question("What is its short name?", "A public address that stays.", "--id"),
        InReports(is_hidden=True),
    ]
    quote: Annotated[
        SingleLineText,
        Key("words exactly as they stand in the article", '"will stop at night"'),
        Question("Which words are quoted, exactly as they stand in the article?"),
    ]
    paragraph: Annotated[
        PositiveInteger | None,
        NotExported(),
        Key("the paragraph that is meant, where the words stand in several", "15"),
        Question("In which paragraph?", "Only where the words stand in several.", "--paragraph"),
    ] = None
    prefix: Annotated[
        SingleLineText | None,
        NotExported(),
        Key("the words right before, where the words stand twice in one paragraph", "the ferry"),
        Question("Which words stand right before?", "Only where the words stand twice in one paragraph.", "--prefix"),
    ] = None
    suffix: Annotated[
        SingleLineText | None,
        NotExported(),
        Key("the words right behind, where the words stand twice in one paragraph", "from May on"),
        Question("Which words stand right behind?", "Likewise.", "--suffix"),
    ] = None
    speaker: Annotated[
        RecordId,
        Ref("speaker"),
        Key("who says the words: the id of a party, or text for the writer of the article", "text"),
        Question("Who says the words?", f"{PARTY_HINT[:-1]}, or text for the writer.", "--speaker"),
    ]
    claim: Annotated[
        RecordId | None,
        Ref("claim"),
        Key("the claim that the words make: the name of a file in annotations/claims/", "stops-at-night", in_snippet=True),
        Question("Which claim do they make?", "The name of a file in annotations/claims/.", "--claim"),
    ] = None
    stance: Annotated[
        Stance | None,
        Vocabulary(STANCE_DEFINITIONS, STANCE_PHRASES),
        Key("how the words put that claim", "stronger", in_snippet=True),
        Question("How do they put that claim?", "Only with a claim.", "--stance", requires="claim"),
    ] = None
    verdict: Annotated[
        RecordId | None,
        Ref("verdict"),
        Key(
            "our finding on this wording; left out where the stance is as-stated",
            "imprecise",
            in_snippet=True,
            to_readers="our verdict on this wording; empty where it says the same as the claim",
        ),
        Question("What is our finding on this wording?", "Not where as-stated.", "--verdict"),
    ] = None
    note: Annotated[
        ProseText | None,
        Markdown(),
        Key("what we say about this wording", "It stops from May to September only.", in_snippet=True),
        Question("What is to be said about this wording?", option="--note"),
    ] = None
    sources: Annotated[
        tuple[RecordId, ...],
        Ref("source"),
        Key("the ids of the sources it rests on: names of files in annotations/sources/", "[timetable-2019]", in_snippet=True),
        Question("What does the note rest on?", SOURCES_HINT, "--source"),
    ] = ()
    hindsight: Annotated[
        ProseText | None,
        Markdown(),
        Key(
            "what the writer could not know yet, where a source became public only after the words that it judges",
            "The timetable came out in June.",
        ),
        Question("What was not known yet when the words were printed?", "Only where a source is younger."),
    ] = None

    @property
    def quote_selector(self) -> QuoteSelector:
        """What to look for in the article."""
        return QuoteSelector(self.quote, self.paragraph, self.prefix or "", self.suffix or "")

    @property
    def url_parts(self) -> tuple[str, str]:
        """Its page, and its id there."""
        return get_article_url(self.article), self.id
