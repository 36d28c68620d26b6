"""Markers that describe a field of a record, attached through `Annotated`.

    claimant: Annotated[
        OrNotEstablished[RecordId],
        Ref("party"),
        Key("the id of the party that made it, from annotations/parties.yml", "harbour-board"),
        Question("Who claims it?", PARTY_HINT, "--claimant"),
    ]

Checks, pages, search, reports, schemas and `dossier new` derive what they need from these markers, by way of
`dossier.model.introspection`; no table elsewhere names a key. The examples are about a ferry that nobody ever saw.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

TARGET_KINDS: Mapping[str, str] = {"speaker": "party", "figure": "claim", "topic": ""}
"""Where what a field names is not a record of that kind itself: the kind of record that has to exist (empty: none)."""

DATE_HINT = 'As in "2021-03-26", "2021-03", "2021-03~" (about) or "2020-10/2021-09" (from, to).'
PARTY_HINT = "An id of annotations/parties.yml."
LIST_HINT = "In brackets, as in [first, second]."
SOURCES_HINT = "Names of files in annotations/sources/, as in [first, second]."

_FILE_HINT_PATTERN = re.compile(r"(?:, from|: (?:the )?names? of (?:a file|its file|files) in) annotations/\S+")
"""Where contributors find what a key names."""


@dataclass(frozen=True, eq=False)
class Key:
    """What belongs under a key, in a few words, and a value as it would be written: YAML on one line.

    An editor that begins a whole record offers the keys that are required, and those that say `in_snippet`. `to_readers` is
    what its value means to who reads it, where that is not what contributors are told.
    """

    meaning: str
    example: str
    in_snippet: bool = False
    to_readers: str = ""

    @property
    def meaning_to_readers(self) -> str:
        """What a value means to readers, who have tables and no files of ours."""
        return self.to_readers or _FILE_HINT_PATTERN.sub("", self.meaning)


@dataclass(frozen=True, eq=False)
class Question:
    """A key as `dossier new` asks for it: the question, how to answer it, and its option on the command line.

    A key without an option is answered in the file, since its value has a form of its own. `skip_if` names a key that,
    when answered, makes this question unnecessary; `requires` a key that must be answered first.
    """

    prompt: str
    hint: str = ""
    option: str = ""
    skip_if: str = ""
    requires: str = ""


@dataclass(frozen=True, eq=False)
class Ref:
    """The field names records: by id, in a list of ids, or in an expression over their figures.

    `kind` is the name of a record kind (`annotation` is written `article#id`), or one of `speaker` (a party, or the writer
    of the words), `figure` (`claim.key`) and `topic` (any id: topics have no record).
    """

    kind: str

    @property
    def target_kind(self) -> str:
        """Name of the kind of record that has to exist; empty if none has to."""
        return TARGET_KINDS.get(self.kind, self.kind)


@dataclass(frozen=True, eq=False)
class ReaderText:
    """Text that readers see.

    It is searched; in a record that has figures, its numbers must be among them or in `context`.
    """

    is_markdown: bool = False
    is_searched: bool = True
    has_links: bool = False
    """Whether links in it are links for readers; then each must lead somewhere."""
    are_numbers_backed: bool = True


@dataclass(frozen=True, eq=False)
class Markdown(ReaderText):
    """Our own text, in Markdown: its links are checked too."""

    is_markdown: bool = True
    has_links: bool = True


@dataclass(frozen=True, eq=False)
class PlainText(ReaderText):
    """Text, names or dates that readers see as they are written; ids stand for the names of their records."""


@dataclass(frozen=True, eq=False)
class NotExported:
    """The field is in no file for other programs: words of an article by which a quotation is found, what only checks need."""


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The words of a closed list: their meanings, for editors, and their labels in reports if these differ from the words."""

    meanings: Mapping[str, str]
    report_labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class InReports:
    """How reports of changes show a field; without this, its label is its key with the first letter in upper case."""

    label: str = ""
    is_hidden: bool = False
    is_label_omitted: bool = False
    """Whether its value needs no label in a record inside another one."""
