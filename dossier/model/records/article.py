"""An article: its record, the paragraphs that others wrote, and the archived copy."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from dossier.model.base import Entry, Record
from dossier.model.field_types import (
    EdtfDate,
    LanguageCode,
    OrNotEstablished,
    ParagraphNumbers,
    ProseText,
    RecordId,
    SingleLineText,
    WebUrl,
)
from dossier.model.fields import (
    DATE_HINT,
    LIST_HINT,
    PARTY_HINT,
    SOURCES_HINT,
    InReports,
    Key,
    Markdown,
    NotExported,
    Question,
    Ref,
)
from dossier.model.quotations.capture import ParagraphKind
from dossier.model.quotations.digest import Digest


def get_article_url(slug: str) -> str:
    """Where an article's page is, from the site's root."""
    return f"articles/{slug}/"


class PublicationBound(Record):
    """What an article mentions, and the day before or after which it therefore cannot have been published."""

    noun = "bound"
    row_meaning = "a day before or after which an article cannot have been published"

    not_before: Annotated[EdtfDate | None, Key("the day before which it cannot have been published", '"2019-05-01"')] = None
    not_after: Annotated[EdtfDate | None, Key("the day after which it cannot have been published", '"2019-06-01"')] = None
    because: Annotated[
        ProseText, Markdown(), Key("the reason, in a sentence", "It mentions the timetable that began on that day.")
    ]


class Archived(Record):
    """A copy in a web archive, and which paragraphs of the article it covers (empty: all)."""

    noun = "archived copy"

    url: Annotated[
        WebUrl,
        Key(
            "the address of the copy",
            "https://web.archive.org/web/2019/https://example.org/ferry",
            to_readers="the address of the archived copy",
        ),
        InReports("Address"),
    ]
    date: Annotated[
        OrNotEstablished[EdtfDate],
        Key("the day on which it was archived", '"2019-05-06"', to_readers="the day on which the copy was archived"),
    ]
    covers: Annotated[
        ParagraphNumbers,
        Key(
            "the paragraphs it has, where it has not all of them",
            '"26-38"',
            to_readers="the paragraphs that the archived copy has, where it has not all of them",
        ),
    ] = ()


# What articles and sources have in common.
PublisherId = Annotated[
    OrNotEstablished[RecordId],
    Ref("party"),
    Key("the id of the party that published it, from annotations/parties.yml", "harbour-gazette"),
    Question("Who published it?", PARTY_HINT, "--publisher"),
]
PublicationDate = Annotated[
    OrNotEstablished[EdtfDate],
    Key("when it was published", '"2019-05-04"'),
    Question("On which day was it published?", DATE_HINT, "--date"),
]
PublicationUrl = Annotated[
    OrNotEstablished[WebUrl],
    Key("its web address", "https://example.org/ferry"),
    Question("What is its web address?", option="--url"),
    InReports("Address"),
]
ArchivedCopy = Annotated[
    Archived | None,
    Key("a copy in a web archive", '{url: "https://web.archive.org/web/2019/ferry", date: "2019-05-06"}'),
    Question("Where is a copy of it archived?", 'As in {url: https://…, date: "2021-03-27"}.'),
]


class Layer(Record):
    """A run of paragraphs inside an article that somebody else wrote."""

    noun = "layer"
    row_meaning = "a part of an article that somebody other than its author wrote"

    id: Annotated[RecordId, Key("a short name, which stays", "gazette"), InReports(is_hidden=True)]
    paragraphs: Annotated[ParagraphNumbers, Key("the paragraphs it has", '"6-25"')]
    writer: Annotated[
        RecordId, Ref("party"), Key("the id of the party that wrote it, from annotations/parties.yml", "harbour-gazette")
    ]
    published: Annotated[OrNotEstablished[EdtfDate], Key("when it was published", '"2019-05-04"')]
    url: Annotated[OrNotEstablished[WebUrl], Key("its web address", "https://example.org/ferry"), InReports("Address")]


class Article(Entry):
    """A collected news article: its record, and our digest of it."""

    noun = "article"
    fields_from_file = frozenset({"slug", "digest"})

    slug: RecordId
    digest: Digest
    title: Annotated[
        OrNotEstablished[SingleLineText],
        Key("its title, word for word", '"Ferry to stop at night"'),
        Question("What is its title, word for word?", option="--title"),
    ]
    label: Annotated[
        SingleLineText | None,
        Key("what we call it, where its title is not established", '"Untitled article, May 2019"'),
        Question("What do we call it, where its title is not established?", option="--label", skip_if="title"),
    ] = None
    publisher: PublisherId
    authors: Annotated[
        OrNotEstablished[tuple[SingleLineText, ...]],
        Key("who wrote it, in brackets", '["Ada Wren"]', to_readers="who wrote it"),
        Question("Who wrote it?", LIST_HINT, "--author"),
    ]
    published: PublicationDate
    bounds: Annotated[
        tuple[PublicationBound, ...],
        Key(
            "what it mentions, and the day before or after which it therefore cannot have been published",
            '[{not_before: "2019-05-01", because: It mentions the timetable that began on that day.}]',
        ),
        Question("What in it shows that it is older or younger?", 'As in [{not_before: "2020-10-03", because: …}].'),
    ] = ()
    url: PublicationUrl
    archived: ArchivedCopy = None
    language: Annotated[
        LanguageCode,
        Key("the language it is written in", "en-GB"),
        Question("In which language is it?", "As in en, en-GB or de.", "--language"),
    ]
    print: Annotated[
        Literal["full", "excerpts", "metadata"],
        Key(
            "what of it may be printed: excerpts, metadata, or full where a licence permits it",
            "excerpts",
            to_readers="how much of it stands here: excerpts; metadata, none of its words; or full, where a licence permits it",
        ),
        Question("How much of it may be printed?", "Full needs a licence; excerpts are short quotations.", "--print"),
    ]
    licence: Annotated[
        SingleLineText | None,
        Key(
            "with `print: full`: the licence that permits it",
            "CC BY 4.0",
            to_readers="the licence that permits it to stand here whole",
        ),
        Question("Which licence lets it be printed whole?", "Only where print is full.", "--licence"),
    ] = None
    origin: Annotated[
        tuple[RecordId, ...],
        Ref("source"),
        Key("the ids of the sources it goes back to: names of files in annotations/sources/", "[harbour-release]"),
        Question("Which sources does it go back to?", SOURCES_HINT),
    ] = ()
    layers: Annotated[
        tuple[Layer, ...],
        Key(
            "runs of paragraphs that somebody else wrote",
            '[{id: release, paragraphs: "6-25", writer: harbour-board, published: not-established, url: not-established}]',
        ),
        Question(
            "Which paragraphs did somebody else write?",
            "As in [{id: second-text, paragraphs: 6-25, writer: a-party, published: not-established, url: not-established}]",
        ),
    ] = ()
    kinds: Annotated[
        dict[ParagraphKind, ParagraphNumbers],
        NotExported(),
        Key(
            "paragraphs that are no running text, by kind: heading, quote, list, caption or furniture",
            '{heading: [1], furniture: [2, "9-12"]}',
        ),
        Question("Which paragraphs are no running text?", 'As in {heading: [1], furniture: [2, "9-12"]}; see `dossier convert`.'),
    ] = Field(default_factory=dict)
    about: Annotated[
        ProseText | None,
        Markdown(),
        Key(
            "why its making matters, in a sentence or two",
            "It prints a release of the harbour board word for word.",
            to_readers="how it was made, and why that matters",
        ),
        Question("Why does its making matter, in a sentence or two?"),
        InReports("About this article"),
    ] = None
    takeaways: Annotated[
        tuple[ProseText, ...],
        Markdown(),
        Key(
            "what a reader should remember of it, in a few sentences",
            "[It counts the nights of one month only., Nobody asked the passengers.]",
        ),
        Question("What should a reader remember of it?", "About three sentences in brackets, as in [first., second.]."),
        InReports("To take away"),
    ] = ()
    candidates: Annotated[
        tuple[SingleLineText, ...],
        Key("who may have published it, where that is not established", '["Harbour Gazette"]'),
        Question("Who may have published it, where that is not established?", LIST_HINT, skip_if="publisher"),
    ] = ()

    @property
    def name(self) -> str:
        """Its title, or the label of an article whose title is not established."""
        return self.title or self.label or self.slug

    @property
    def cited_title(self) -> str:
        """Its title; of one without, our label in brackets, as libraries write what no author wrote."""
        return self.title or f"[{self.name}]"

    @property
    def printed_digest(self) -> str:
        """Our digest, in Markdown; empty where nothing of the article may be printed."""
        return "" if self.print == "metadata" else self.digest.text.strip()

    @property
    def reading_url(self) -> str:
        """Where readers find it: at its publisher's, or else its archived copy; empty where no address is known."""
        return self.url or (self.archived.url if self.archived else "")

    @property
    def kind_by_paragraph(self) -> dict[int, ParagraphKind]:
        """The kind of each paragraph that the record names one for."""
        return {number: kind for kind, numbers in self.kinds.items() for number in numbers}

    def get_layer(self, paragraph: int) -> Layer | None:
        """The layer that a paragraph belongs to; None if it is the article's own."""
        return next((layer for layer in self.layers if paragraph in layer.paragraphs), None)

    def get_writer_id(self, paragraph: int) -> str | None:
        """Id of the party that wrote a paragraph; None if it is not established."""
        layer = self.get_layer(paragraph)
        return layer.writer if layer else self.publisher

    @property
    def url_parts(self) -> tuple[str, str]:
        """Its page, and its id there."""
        return get_article_url(self.slug), ""
