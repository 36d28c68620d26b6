"""An event: a dated entry of the timeline."""

from __future__ import annotations

from typing import Annotated, Literal

from dossier.model.base import Entry
from dossier.model.field_types import EdtfDate, ProseText, RecordId, SingleLineText
from dossier.model.fields import DATE_HINT, LIST_HINT, SOURCES_HINT, Key, Markdown, PlainText, Question, Ref

EventKind = Literal["announcement", "release", "report", "statement", "policy", "letter", "hearing", "data-period"]


class Event(Entry):
    """A dated entry of the timeline."""

    noun = "event"
    fields_from_file = frozenset({"id"})

    id: RecordId
    date: Annotated[EdtfDate, Key("when it happened", '"2019-05-04"'), Question("When did it happen?", DATE_HINT, "--date")]
    title: Annotated[
        SingleLineText,
        Markdown(has_links=False),
        Key("what happened, in a line of ours", "The board announces that the ferry will stop at night"),
        Question("What happened, in a line of ours?", option="--title"),
    ]
    short_title: Annotated[
        SingleLineText | None,
        PlainText(),
        Key("its name in the picture of the timeline, which names few events, in a few words", "The ferry is to stop at night"),
        Question("What is its name in the picture of the timeline, if it is to have one there?"),
    ] = None
    """Without any in a dossier, the events with most claims are named."""
    text: Annotated[
        ProseText,
        Markdown(),
        Key("the text, in a sentence or more", "The board of the harbour announces that the ferry will stop at night."),
        Question("What happened, in a few sentences?", option="--text"),
    ]
    kind: Annotated[
        EventKind, Key("what kind of event it is", "announcement"), Question("What kind of event is it?", option="--kind")
    ]
    voices: Annotated[
        tuple[RecordId, ...],
        Ref("voice"),
        Key("whose voice it is", "[]", to_readers="who speaks or acts in it"),
        Question("Whose voice is it?", LIST_HINT, "--voice"),
    ] = ()
    sources: Annotated[
        tuple[RecordId, ...],
        Ref("source"),
        Key("the ids of the sources it rests on: names of files in annotations/sources/", "[timetable-2019]", in_snippet=True),
        Question("Which sources tell of it?", SOURCES_HINT, "--source"),
    ] = ()
    articles: Annotated[
        tuple[RecordId, ...],
        Ref("article"),
        Key("the articles that it concerns", "[gazette-2019]"),
        Question("Which articles does it touch?", LIST_HINT, "--article"),
    ] = ()
    claims: Annotated[
        tuple[RecordId, ...],
        Ref("claim"),
        Key("the claims that it concerns", "[stops-at-night]"),
        Question("Which claims does it touch?", LIST_HINT, "--claim"),
    ] = ()

    @property
    def url_parts(self) -> tuple[str, str]:
        """Its page, and its id there."""
        return "timeline/", self.id
