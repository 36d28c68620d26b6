"""A source: an entry of the bibliography."""

from __future__ import annotations

from typing import Annotated, Literal

from dossier.model.base import Entry
from dossier.model.field_types import (
    EdtfDate,
    FullDate,
    LanguageCode,
    OrNotEstablished,
    ProseText,
    RecordId,
    SingleLineText,
    WebUrl,
)
from dossier.model.fields import DATE_HINT, LIST_HINT, PARTY_HINT, Key, Markdown, PlainText, Question, Ref, Vocabulary
from dossier.model.records.article import ArchivedCopy, PublicationDate, PublicationUrl, PublisherId
from dossier.model.vocabulary import READING_EXTENT_LABELS, SOURCE_KIND_HEADINGS


class Source(Entry):
    """An entry of the bibliography; `origin` is the release or agency copy that it goes back to."""

    noun = "source"
    fields_from_file = frozenset({"id"})

    id: RecordId
    title: Annotated[
        SingleLineText,
        Key(
            "its title, word for word",
            '"Ferry to stop at night"',
            to_readers="its title, word for word; words of ours stand in square brackets",
        ),
        Question("What is its title, word for word?", option="--title"),
    ]
    language: Annotated[
        LanguageCode | None,
        Key("the language of its title, where it is another than that of the site", "de"),
        Question("In which language is its title?", "As in de or id; empty where it is in that of the site."),
    ] = None
    publisher: PublisherId
    authors: Annotated[
        tuple[SingleLineText, ...],
        PlainText(),
        Key("who wrote it, in brackets", '["Ada Wren"]', to_readers="who wrote it"),
        Question("Who wrote it?", LIST_HINT, "--author"),
    ] = ()
    published: Annotated[PublicationDate, PlainText()]
    url: PublicationUrl
    archived: ArchivedCopy = None
    kind: Annotated[
        Literal["primary", "agency-copy", "press-release-copy", "news", "opinion", "research", "law"],
        Vocabulary(SOURCE_KIND_HEADINGS),
        Key(
            "primary, agency-copy, press-release-copy, news, opinion, research or law",
            "news",
            to_readers="what kind of source it is",
        ),
        Question("What kind of source is it?", option="--kind"),
    ]
    origin: Annotated[
        RecordId,
        Ref("source"),
        Key("the id of the source it goes back to; its own where it goes back to nothing else", "harbour-release"),
        Question("Which source does it go back to?", "Itself, where it goes back to nothing else.", "--origin"),
    ]
    collector: Annotated[
        RecordId | None,
        Ref("party"),
        Key("the id of the party that counted or said what it has, where that is not its publisher", "harbour-board"),
        Question("Who counted, or said it?", f"{PARTY_HINT[:-1]}; empty where its publisher did.", "--collector"),
    ] = None
    known_from: Annotated[
        OrNotEstablished[EdtfDate],
        Key("the day from which anybody could know it", '"2019-05-04"'),
        Question("On which day did it become public?", DATE_HINT, "--known-from"),
    ]
    checked: Annotated[
        Literal["read-in-full", "opening-read", "not-read"],
        Vocabulary(READING_EXTENT_LABELS, READING_EXTENT_LABELS),
        Key(
            "how much of it you read: read-in-full, opening-read or not-read",
            "read-in-full",
            to_readers="how much of it was read for this site",
        ),
        Question("How much of it did you read?", option="--checked"),
    ]
    read_at: Annotated[
        WebUrl | None,
        Key("the address at which it was read, where that is another than `url`", "https://example.org/copy"),
        Question("At which address did you read it?", "Only where that is another than its own.", "--read-at"),
    ] = None
    read_on: Annotated[
        FullDate | None,
        Key("the day on which it was read", '"2019-06-01"'),
        Question("On which day did you read it?", 'As in "2026-11-26".', "--read-on"),
    ] = None
    note: Annotated[
        ProseText | None,
        Markdown(),
        Key("what else is to be said of it", "Only its opening was read."),
        Question("What else is to be said of it?", option="--note"),
    ] = None

    @property
    def url_parts(self) -> tuple[str, str]:
        """Its page, and its id there."""
        return "sources/", self.id
