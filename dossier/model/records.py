"""The records of a dossier: what an article, an annotation, a claim and the rest are made of.

Frozen pydantic models whose fields are the keys of the YAML files, in the order in which they are written there. Every
value has been checked when a record exists; `place()` tells where a value was written. A fact that is not established
is None here and the literal `not-established` there. Ids that come from a file's name are fields too.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from dossier.model.base import Entry, Record
from dossier.model.evidence import Calculation, Evidence, Figure, PublicationBound
from dossier.model.field_types import (
    EdtfDate,
    FigureKey,
    OrNotEstablished,
    ParagraphNumbers,
    PositiveInteger,
    ProseText,
    RecordId,
    SingleLineText,
    WebUrl,
    WrittenNumber,
    YamlBoolean,
)
from dossier.model.quotations.anchoring import QuoteSelector
from dossier.model.quotations.capture import ParagraphKind
from dossier.model.quotations.digest import Digest

LAYER_WRITER_ID = "text"
"""The speaker that stands for the writer of the layer in which the words stand."""

Stance = Literal[
    "as-stated", "stronger", "weaker", "other-period", "other-scope", "other-measure", "garbled", "misattributed", "disputes"
]
EventKind = Literal["announcement", "release", "report", "statement", "policy", "letter", "hearing", "data-period"]

FALLBACK_TOPIC_ID = "other"
"""Where claims without a topic are listed."""


def get_article_url(slug: str) -> str:
    """Where an article's page is, from the site's root."""
    return f"articles/{slug}/"


def get_claim_url(claim: str) -> str:
    """Where a claim's page is, from the site's root."""
    return f"claims/{claim}/"


class Archived(Record):
    """A copy in a web archive, and which paragraphs of the article it covers (empty: all)."""

    noun = "archived copy"

    url: WebUrl
    date: OrNotEstablished[EdtfDate]
    covers: ParagraphNumbers = ()


class Layer(Record):
    """A run of paragraphs inside an article that somebody else wrote."""

    noun = "layer"

    id: RecordId
    paragraphs: ParagraphNumbers
    writer: RecordId
    published: OrNotEstablished[EdtfDate]
    url: OrNotEstablished[WebUrl]


class Article(Entry):
    """A collected news article: its record, and our digest of it."""

    noun = "article"
    fields_from_file = frozenset({"slug", "digest"})

    slug: RecordId
    digest: Digest
    title: OrNotEstablished[SingleLineText]
    label: SingleLineText | None = None
    publisher: OrNotEstablished[RecordId]
    authors: OrNotEstablished[tuple[SingleLineText, ...]]
    published: OrNotEstablished[EdtfDate]
    bounds: tuple[PublicationBound, ...] = ()
    url: OrNotEstablished[WebUrl]
    archived: Archived | None = None
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]
    print: Literal["full", "excerpts", "metadata"]
    licence: SingleLineText | None = None
    origin: tuple[RecordId, ...] = ()
    layers: tuple[Layer, ...] = ()
    kinds: dict[ParagraphKind, ParagraphNumbers] = Field(default_factory=dict)
    about: ProseText | None = None
    candidates: tuple[SingleLineText, ...] = ()

    @property
    def name(self) -> str:
        """Its title, or the label of an article whose title is not established."""
        return self.title or self.label or self.slug

    @property
    def kind_by_paragraph(self) -> dict[int, ParagraphKind]:
        """The kind of each paragraph that the record names one for."""
        return {number: kind for kind, numbers in self.kinds.items() for number in numbers}

    def get_layer(self, paragraph: int) -> Layer | None:
        """The layer a paragraph belongs to; None where it is the article's own."""
        return next((layer for layer in self.layers if paragraph in layer.paragraphs), None)

    def get_writer_id(self, paragraph: int) -> str | None:
        """Id of the party that wrote a paragraph; None where it is not established."""
        layer = self.get_layer(paragraph)
        return layer.writer if layer else self.publisher

    @property
    def url_parts(self) -> tuple[str, str]:
        """Its page, and its id there."""
        return get_article_url(self.slug), ""


class Annotation(Entry):
    """One note on one quotation: which claim it makes, how, and what we say about it."""

    noun = "annotation"
    fields_from_file = frozenset({"article"})

    article: RecordId
    id: RecordId
    quote: SingleLineText
    paragraph: PositiveInteger | None = None
    prefix: SingleLineText | None = None
    suffix: SingleLineText | None = None
    speaker: RecordId
    claim: RecordId | None = None
    stance: Stance | None = None
    verdict: RecordId | None = None
    note: ProseText | None = None
    sources: tuple[RecordId, ...] = ()
    hindsight: ProseText | None = None

    @property
    def quote_selector(self) -> QuoteSelector:
        """What to look for in the article."""
        return QuoteSelector(self.quote, self.paragraph, self.prefix or "", self.suffix or "")

    @property
    def url_parts(self) -> tuple[str, str]:
        """Its page, and its id there."""
        return get_article_url(self.article), self.id


class Claim(Entry):
    """A checkable statement, with our verdict on it."""

    noun = "claim"
    fields_from_file = frozenset({"id"})

    id: RecordId
    claim: SingleLineText
    claimant: OrNotEstablished[RecordId]
    made: OrNotEstablished[EdtfDate]
    topics: tuple[RecordId, ...] = ()
    verdict: RecordId
    summary: SingleLineText
    explanation: ProseText
    context: tuple[WrittenNumber, ...] = ()
    sources: tuple[Evidence, ...] = ()
    figures: dict[FigureKey, Figure] = Field(default_factory=dict)
    calculations: tuple[Calculation, ...] = ()
    would_change: ProseText

    @property
    def listing_topics(self) -> tuple[str, ...]:
        """The topics that it is listed under, the first of them before all: its own, or `other` where it has none."""
        return self.topics or (FALLBACK_TOPIC_ID,)

    @property
    def url_parts(self) -> tuple[str, str]:
        """Its page, and its id there."""
        return get_claim_url(self.id), ""


class Event(Entry):
    """A dated entry of the timeline."""

    noun = "event"
    fields_from_file = frozenset({"id"})

    id: RecordId
    date: EdtfDate
    title: SingleLineText
    text: ProseText
    kind: EventKind
    voices: tuple[RecordId, ...] = ()
    sources: tuple[RecordId, ...] = ()
    articles: tuple[RecordId, ...] = ()
    claims: tuple[RecordId, ...] = ()

    @property
    def url_parts(self) -> tuple[str, str]:
        """Its page, and its id there."""
        return "timeline/", self.id


class Source(Entry):
    """An entry of the bibliography; `origin` is the release or agency copy that it goes back to."""

    noun = "source"
    fields_from_file = frozenset({"id"})

    id: RecordId
    title: SingleLineText
    publisher: OrNotEstablished[RecordId]
    authors: tuple[SingleLineText, ...] = ()
    published: OrNotEstablished[EdtfDate]
    url: OrNotEstablished[WebUrl]
    archived: Archived | None = None
    kind: Literal["primary", "agency-copy", "news", "opinion", "research", "law"]
    origin: RecordId
    known_from: OrNotEstablished[EdtfDate]
    checked: Literal["read-in-full", "opening-read", "not-read"]
    note: ProseText | None = None

    @property
    def url_parts(self) -> tuple[str, str]:
        """Its page, and its id there."""
        return "sources/", self.id


class Party(Entry):
    """A person or an organisation, in its role at the time."""

    noun = "party"

    id: RecordId
    name: SingleLineText
    kind: Literal["person", "organisation"]
    role: SingleLineText
    url: WebUrl | None = None
    aliases: tuple[SingleLineText, ...] = ()
    state_funded: YamlBoolean = False

    @property
    def url_parts(self) -> tuple[str, str]:
        """Its page, and its id there."""
        return "parties/", self.id


class Verdict(Record):
    """A step of the verdict scale: its word, what it means, its drawn shape and its tone."""

    noun = "verdict"

    id: RecordId
    label: SingleLineText
    definition: SingleLineText
    rating: Annotated[int, Field(ge=1, le=5)] | None = None
    shape: Literal["tick", "tick-open", "wave", "rings", "cross", "arrows", "ring", "question", "speech"]
    tone: Literal["holds", "caution", "fails", "open"]


class Voice(Record):
    """A kind of speaker that the timeline tells apart: its word, who is meant, and the shape drawn before the word."""

    noun = "voice"

    id: RecordId
    label: SingleLineText
    definition: SingleLineText
    shape: Literal["square", "diamond", "pentagon", "disc", "ring", "triangle", "lines"]


class Term(Entry):
    """An entry of the glossary."""

    noun = "glossary entry"

    term: Annotated[SingleLineText, StringConstraints(pattern=r"[^\W_]")]
    means: ProseText

    @property
    def id(self) -> str:
        """Its address on the glossary page."""
        return "-".join(re.findall(r"[^\W_]+", self.term.lower()))

    @property
    def url_parts(self) -> tuple[str, str]:
        """Its page, and its id there."""
        return "glossary/", self.id
