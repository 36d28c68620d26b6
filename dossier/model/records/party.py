"""A party: who speaks, writes or publishes."""

from __future__ import annotations

from typing import Annotated, Literal

from dossier.model.base import Entry
from dossier.model.field_types import RecordId, SingleLineText, WebUrl, YamlBoolean
from dossier.model.fields import InReports, Key, PlainText


class Party(Entry):
    """A person or an organisation, in its role at the time."""

    noun = "party"

    id: Annotated[RecordId, Key("a short name, which stays", "harbour-board"), InReports(is_hidden=True)]
    name: Annotated[SingleLineText, Key("its name", "Harbour Board")]
    kind: Annotated[Literal["person", "organisation"], Key("person or organisation", "organisation")]
    role: Annotated[SingleLineText, PlainText(), Key("what it was at the time", "runs the harbour and its ferry")]
    url: Annotated[WebUrl | None, Key("its web address", "https://example.org"), InReports("Address")] = None
    aliases: Annotated[tuple[SingleLineText, ...], PlainText(), Key("its other names", '["The Board"]')] = ()
    state_funded: Annotated[YamlBoolean, Key("true where a state pays for it", "false")] = False

    @property
    def url_parts(self) -> tuple[str, str]:
        """Its page, and its id there."""
        return "parties/", self.id
