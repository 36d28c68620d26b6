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
from dossier.model.evidence import Bound, Calculation, Evidence, Figure
from dossier.model.field_types import Amount, Date, Established, Flag, Id, Line, Name, Number, Paragraphs, Prose, Url
from dossier.model.quotations.anchoring import Words
from dossier.model.quotations.capture import Kind
from dossier.model.quotations.digest import Digest

TEXT = "text"
"""The speaker that stands for the writer of the layer in which the words stand."""

Stance = Literal[
    "as-stated", "stronger", "weaker", "other-period", "other-scope", "other-measure", "garbled", "misattributed", "disputes"
]
EventKind = Literal["announcement", "release", "report", "statement", "policy", "letter", "hearing", "data-period"]

NO_TOPIC = "other"
"""Where claims without a topic are listed."""


def article_address(slug: str) -> str:
    """Where an article's page is, from the site's root."""
    return f"articles/{slug}/"


def claim_address(claim: str) -> str:
    """Where a claim's page is, from the site's root."""
    return f"claims/{claim}/"


class Archived(Record):
    """A copy in a web archive, and which paragraphs of the article it covers (empty: all)."""

    noun = "archived copy"

    url: Url
    date: Established[Date]
    covers: Paragraphs = ()


class Layer(Record):
    """A run of paragraphs inside an article that somebody else wrote."""

    noun = "layer"

    id: Id
    paragraphs: Paragraphs
    writer: Id
    published: Established[Date]
    url: Established[Url]


class Article(Entry):
    """A collected news article: its record, and our digest of it."""

    noun = "article"
    unwritten = frozenset({"slug", "digest"})

    slug: Id
    digest: Digest
    title: Established[Line]
    label: Line | None = None
    publisher: Established[Id]
    authors: Established[tuple[Line, ...]]
    published: Established[Date]
    bounds: tuple[Bound, ...] = ()
    url: Established[Url]
    archived: Archived | None = None
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]
    print: Literal["full", "excerpts", "metadata"]
    licence: Line | None = None
    origin: tuple[Id, ...] = ()
    layers: tuple[Layer, ...] = ()
    kinds: dict[Kind, Paragraphs] = Field(default_factory=dict)
    about: Prose | None = None
    candidates: tuple[Line, ...] = ()

    @property
    def name(self) -> str:
        """Its title, or the label of an article whose title is not established."""
        return self.title or self.label or self.slug

    @property
    def kind_of(self) -> dict[int, Kind]:
        """The kind of each paragraph that the record names one for."""
        return {number: kind for kind, numbers in self.kinds.items() for number in numbers}

    def layer_of(self, paragraph: int) -> Layer | None:
        """The layer a paragraph belongs to; None where it is the article's own."""
        return next((layer for layer in self.layers if paragraph in layer.paragraphs), None)

    def writer_of(self, paragraph: int) -> str | None:
        """Id of the party that wrote a paragraph; None where it is not established."""
        layer = self.layer_of(paragraph)
        return layer.writer if layer else self.publisher

    @property
    def home(self) -> tuple[str, str]:
        """Its page, and its id there."""
        return article_address(self.slug), ""


class Annotation(Entry):
    """One note on one quotation: which claim it makes, how, and what we say about it."""

    noun = "annotation"
    unwritten = frozenset({"article"})

    article: Id
    id: Id
    quote: Line
    paragraph: Number | None = None
    prefix: Line | None = None
    suffix: Line | None = None
    speaker: Id
    claim: Id | None = None
    stance: Stance | None = None
    verdict: Id | None = None
    note: Prose | None = None
    sources: tuple[Id, ...] = ()
    hindsight: Prose | None = None

    @property
    def words(self) -> Words:
        """What to look for in the article."""
        return Words(self.quote, self.paragraph, self.prefix or "", self.suffix or "")

    @property
    def home(self) -> tuple[str, str]:
        """Its page, and its id there."""
        return article_address(self.article), self.id


class Claim(Entry):
    """A checkable statement, with our verdict on it."""

    noun = "claim"
    unwritten = frozenset({"id"})

    id: Id
    claim: Line
    claimant: Established[Id]
    made: Established[Date]
    topics: tuple[Id, ...] = ()
    verdict: Id
    summary: Line
    explanation: Prose
    context: tuple[Amount, ...] = ()
    sources: tuple[Evidence, ...] = ()
    figures: dict[Name, Figure] = Field(default_factory=dict)
    calculations: tuple[Calculation, ...] = ()
    would_change: Prose

    @property
    def listed_under(self) -> tuple[str, ...]:
        """The topics that it is listed under, the first of them before all: its own, or `other` where it has none."""
        return self.topics or (NO_TOPIC,)

    @property
    def home(self) -> tuple[str, str]:
        """Its page, and its id there."""
        return claim_address(self.id), ""


class Event(Entry):
    """A dated entry of the timeline."""

    noun = "event"
    unwritten = frozenset({"id"})

    id: Id
    date: Date
    title: Line
    text: Prose
    kind: EventKind
    voices: tuple[Id, ...] = ()
    sources: tuple[Id, ...] = ()
    articles: tuple[Id, ...] = ()
    claims: tuple[Id, ...] = ()

    @property
    def home(self) -> tuple[str, str]:
        """Its page, and its id there."""
        return "timeline/", self.id


class Source(Entry):
    """An entry of the bibliography; `origin` is the release or agency copy that it goes back to."""

    noun = "source"
    unwritten = frozenset({"id"})

    id: Id
    title: Line
    publisher: Established[Id]
    authors: tuple[Line, ...] = ()
    published: Established[Date]
    url: Established[Url]
    archived: Archived | None = None
    kind: Literal["primary", "agency-copy", "news", "opinion", "research", "law"]
    origin: Id
    known_from: Established[Date]
    checked: Literal["read-in-full", "opening-read", "not-read"]
    note: Prose | None = None

    @property
    def home(self) -> tuple[str, str]:
        """Its page, and its id there."""
        return "sources/", self.id


class Party(Entry):
    """A person or an organisation, in its role at the time."""

    noun = "party"

    id: Id
    name: Line
    kind: Literal["person", "organisation"]
    role: Line
    url: Url | None = None
    aliases: tuple[Line, ...] = ()
    state_funded: Flag = False

    @property
    def home(self) -> tuple[str, str]:
        """Its page, and its id there."""
        return "parties/", self.id


class Verdict(Record):
    """A step of the verdict scale: its word, what it means, its drawn shape and its tone."""

    noun = "verdict"

    id: Id
    label: Line
    definition: Line
    rating: Annotated[int, Field(ge=1, le=5)] | None = None
    shape: Literal["tick", "tick-open", "wave", "rings", "cross", "arrows", "ring", "question", "speech"]
    tone: Literal["holds", "caution", "fails", "open"]


class Voice(Record):
    """A kind of speaker that the timeline tells apart: its word, who is meant, and the shape drawn before the word."""

    noun = "voice"

    id: Id
    label: Line
    definition: Line
    shape: Literal["square", "diamond", "pentagon", "disc", "ring", "triangle", "lines"]


class Term(Entry):
    """An entry of the glossary."""

    noun = "glossary entry"

    term: Annotated[Line, StringConstraints(pattern=r"[^\W_]")]
    means: Prose

    @property
    def id(self) -> str:
        """Its address on the glossary page."""
        return "-".join(re.findall(r"[^\W_]+", self.term.lower()))

    @property
    def home(self) -> tuple[str, str]:
        """Its page, and its id there."""
        return "glossary/", self.id
