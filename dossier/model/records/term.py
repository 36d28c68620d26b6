"""A term: an entry of the glossary."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import StringConstraints

from dossier.model.base import Entry
from dossier.model.field_types import ProseText, SingleLineText
from dossier.model.fields import LIST_HINT, Key, Markdown, Question


def get_term_id(term: str) -> str:
    """The address of a term on the glossary page; the term may be quoted, as in YAML."""
    return "-".join(re.findall(r"[^\W_]+", term.lower()))


class Term(Entry):
    """An entry of the glossary."""

    noun = "glossary entry"

    term: Annotated[
        SingleLineText,
        StringConstraints(pattern=r"[^\W_]"),
        Key("the word", "slack water"),
        Question("Which word or term is it?", "Its address is made of it.", "--term"),
    ]
    means: Annotated[
        ProseText,
        Markdown(),
        Key("what it means", "The time between two tides."),
        Question("What does it mean?", option="--means"),
    ]

    aliases: Annotated[
        tuple[SingleLineText, ...],
        Key(
            "other words for it, also short ones and those of other languages, by which readers find it",
            '["Low slack"]',
            to_readers="other words for it, also short ones and those of other languages",
        ),
        Question("By which other words do readers look for it?", LIST_HINT, "--alias"),
    ] = ()

    @property
    def id(self) -> str:
        """Its address on the glossary page."""
        return get_term_id(self.term)

    @property
    def url_parts(self) -> tuple[str, str]:
        """Its page, and its id there."""
        return "glossary/", self.id
