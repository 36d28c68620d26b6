"""A party: who speaks, writes or publishes."""

from __future__ import annotations

from typing import Annotated, Literal

from dossier.model.base import Entry
from dossier.model.field_types import ProseText, RecordId, SingleLineText, WebUrl, YamlBoolean
from dossier.model.fields import LIST_HINT, InReports, Key, Markdown, PlainText, Question, Ref


class Party(Entry):
    """A person or an organisation, in its role at the time."""

    noun = "party"

    id: Annotated[
        RecordId,
        Key("a short name, which stays", "harbour-board"),
        Question("What is its short name?", "A public address that stays.", "--id"),
        InReports(is_hidden=True),
    ]
    name: Annotated[SingleLineText, Key("its name", "Harbour Board"), Question("What is its name?", option="--name")]
    kind: Annotated[
        Literal["person", "organisation"],
        Key("person or organisation", "organisation"),
        Question("Is it a person or an organisation?", option="--kind"),
    ]
    role: Annotated[
        SingleLineText,
        PlainText(),
        Key("what it was at the time", "runs the harbour and its ferry"),
        Question("What was it at the time?", option="--role"),
    ]
    url: Annotated[
        WebUrl | None,
        Key("its web address", "https://example.org"),
        Question("What is its web address?", option="--url"),
        InReports("Address"),
    ] = None
    aliases: Annotated[
        tuple[SingleLineText, ...],
        PlainText(),
        Key("its other names", '["The Board"]'),
        Question("Which other names does it have?", LIST_HINT, "--alias"),
    ] = ()
    state_funded: Annotated[
        YamlBoolean,
        Key("true where a state pays for it", "false"),
        Question("Does a state pay for it?", "true, or empty where none does."),
    ] = False

    speaks_for: Annotated[
        RecordId | None,
        Ref("party"),
        Key("the id of the organisation that a person speaks for", "harbour-board"),
        Question("Which organisation does it speak for?", "Only of a person who speaks for one.", "--speaks-for"),
    ] = None
    interest: Annotated[
        ProseText | None,
        Markdown(),
        Key("what readers should know of its interest in the matter: who pays for it, what it sells", "The ferry pays for it."),
        Question("Who pays for it, and what does it sell?", "Where that is known, of those quoted as a side.", "--interest"),
    ] = None

    @property
    def url_parts(self) -> tuple[str, str]:
        """Its page, and its id there."""
        return "parties/", self.id
