"""What a dossier defines for all its records: the scale of verdicts, and the voices of the timeline."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from dossier.model.base import Record
from dossier.model.field_types import RecordId, SingleLineText
from dossier.model.fields import InReports, Key, Vocabulary
from dossier.model.vocabulary import CLAIM_KIND_MEANINGS, ClaimKind


class Verdict(Record):
    """A step of the verdict scale: its word, what it means, its drawn shape and its tone."""

    noun = "verdict"

    id: Annotated[RecordId, Key("a short name, which stays", "imprecise"), InReports(is_hidden=True)]
    label: Annotated[SingleLineText, Key("the word that readers see", "Imprecise")]
    definition: Annotated[SingleLineText, Key("what it means", "Roughly right, but not as exact as it sounds.")]
    kinds: Annotated[
        tuple[ClaimKind, ...],
        Field(min_length=1),
        Vocabulary(CLAIM_KIND_MEANINGS),
        Key("the kinds of claims that it may be put on: fact, figure, forecast, judgement or statement", "[fact, figure]"),
    ]
    rating: Annotated[
        Annotated[int, Field(ge=1, le=5)] | None,
        Key(
            "1 (worst) to 5 (best); left out where nothing is rated",
            "3",
            to_readers="1 (worst) to 5 (best); empty where nothing is rated",
        ),
    ] = None
    shape: Annotated[
        Literal["tick", "tick-open", "wave", "rings", "cross", "arrows", "ring", "question", "speech", "marks"],
        Key("the shape that is drawn beside it", "wave"),
    ]
    tone: Annotated[
        Literal["holds", "caution", "fails", "open"],
        Key(
            "holds, caution, fails or open",
            "caution",
            to_readers="how it is coloured: as what holds, calls for caution, fails or is open",
        ),
    ]
    aliases: Annotated[
        tuple[SingleLineText, ...], Key("other words by which readers look for claims with this verdict", "[loose, misleading]")
    ] = ()


class Voice(Record):
    """A kind of speaker that the timeline tells apart: its word, who is meant, and the shape drawn before the word."""

    noun = "voice"

    id: Annotated[RecordId, Key("a short name, which stays", "company"), InReports(is_hidden=True)]
    label: Annotated[SingleLineText, Key("the word that readers see", "Company")]
    definition: Annotated[SingleLineText, Key("who is meant", "Those who run the ferry.")]
    shape: Annotated[
        Literal["square", "diamond", "pentagon", "disc", "ring", "triangle", "lines"],
        Key("the shape that is drawn before it", "square"),
    ]
