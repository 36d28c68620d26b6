"""A term: an entry of the glossary."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import StringConstraints

from dossier.model.base import Entry
from dossier.model.field_types import ProseText, SingleLineText
from dossier.model.fields import Key, Markdown


class Term(Entry):
    """An entry of the glossary."""

    noun = "glossary entry"

    term: Annotated[SingleLineText, StringConstraints(pattern=r"[^\W_]"), Key("the word", "slack water")]
    means: Annotated[ProseText, Markdown(), Key("what it means", "The time between two tides.")]

    @property
    def id(self) -> str:
        """Its address on the glossary page."""
        return "-".join(re.findall(r"[^\W_]+", self.term.lower()))

    @property
    def url_parts(self) -> tuple[str, str]:
        """Its page, and its id there."""
        return "glossary/", self.id
