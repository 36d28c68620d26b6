"""The base classes of records: frozen, without unknown keys, with their source locations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, PrivateAttr

from dossier.model.field_types import FullDate, ProseText
from dossier.model.fields import InReports, Key, Markdown, NotExported, Question, Vocabulary
from dossier.model.problems.problem import Location
from dossier.model.vocabulary import STATUS_MEANINGS
from dossier.model.yaml_node import SourceMap, YamlPathPart

RecordStatus = Literal["draft", "review", "published", "retired"]

_CorrectionText = Annotated[ProseText, Markdown(is_searched=False, are_numbers_backed=False)]
_SHARED_FIELDS_SET: set[str] = set()


class Record(BaseModel):
    """A piece of YAML that has been read: frozen, no unknown keys, every value with its place."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
    noun: ClassVar[str] = "record"
    fields_from_file: ClassVar[frozenset[str]] = frozenset()
    """Fields that come from the file's name or body, never from its keys."""
    table_name: ClassVar[str] = ""
    """Of records inside others: the table of all of them, where its name does not follow from the key that holds them."""
    row_meaning: ClassVar[str] = ""
    """Of records inside others: what one is to readers of that table, where its noun does not say it."""

    def model_post_init(self, context: Any) -> None:
        """Share one set of the names of given fields: it is not used, and takes a third of a record's memory."""
        # Private to pydantic: tests/repository/test_internals.py says when it has changed.
        object.__setattr__(self, "__pydantic_fields_set__", _SHARED_FIELDS_SET)

    _path: str = PrivateAttr("")
    _source_map: SourceMap | None = PrivateAttr(None)

    def set_source_location(self, path: str, places: SourceMap | None) -> None:
        """Remember where this record was written; called once, by the stage that read it."""
        self._path, self._source_map = path, places

    @property
    def path(self) -> str:
        """The file it was written in, relative to the dossier's root."""
        return self._path

    def locate(self, *steps: YamlPathPart) -> Location:
        """Location of a value of the record in its file."""
        return self._source_map.locate_value(self._path, *steps) if self._source_map else Location(self._path)

    def locate_after_text(self, before: str, *steps: YamlPathPart) -> Location:
        """Location right after the first part of a text of the record, as exact as its YAML style allows."""
        return self._source_map.locate_after_text(before, self._path, *steps) if self._source_map else Location(self._path)


class Correction(Record):
    """A dated change to something published, with the reason."""

    noun = "correction"
    table_name = "corrections"

    date: Annotated[FullDate, Key("the day of the change", '"2019-06-01"')]
    kind: Annotated[Literal["correction", "clarification", "update"], Key("correction, clarification or update", "correction")]
    was: Annotated[_CorrectionText, Key("what stood there", "The ferry stops at night.")]
    now: Annotated[_CorrectionText, Key("what stands there now", "The ferry stops at night from May to September.")]
    reason: Annotated[_CorrectionText, Key("why it was changed", "The timetable has a ferry at night in winter.")]


class Entry(Record):
    """A record with a status and an address of its own."""

    common_keys: ClassVar[tuple[str, ...]] = ("status", "reviewed", "corrections")
    """Keys that every entry has; they are written last."""
    is_arrangement: ClassVar[bool] = False
    """Whether such records hold no words and numbers of their own, but draw or list those of others."""

    status: Annotated[
        RecordStatus,
        NotExported(),
        Vocabulary(STATUS_MEANINGS),
        Key("draft, review, published or retired", "draft"),
        Question("Is it ready for readers?", "Draft until it is, then published."),
    ] = "published"
    reviewed: Annotated[
        FullDate | None,
        Key(
            "the day of the last review",
            '"2019-06-01"',
            to_readers="the day on which somebody last held it against its sources",
        ),
        Question("On which day did somebody last hold it against its sources?", 'As in "2026-11-22"; empty until then.'),
        InReports(is_hidden=True),
    ] = None
    corrections: Annotated[
        tuple[Correction, ...],
        Key(
            "what was changed after it was published, the latest of a day last",
            '[{date: "2019-06-01", kind: correction, was: It stops at night., now: It stops in summer., '
            "reason: The timetable says so.}]",
        ),
        Question("What was changed after it was published?", "Stays empty in a new record."),
        InReports(is_hidden=True),
    ] = ()

    @property
    def url_parts(self) -> tuple[str, str]:
        """Where it is published: its page, and its id on that page (empty where the page is its own)."""
        raise NotImplementedError

    @property
    def page_url(self) -> str:
        """Where it is published, from the site's root: `claims/x/`, `timeline/#x`."""
        page, name = self.url_parts
        return f"{page}#{name}" if name else page

    @property
    def is_published(self) -> bool:
        """Whether readers of the published site see it."""
        return self.status == "published"


def iter_record_keys(model: type[Record]) -> Iterator[str]:
    """The keys that a record of this kind may have, its own before those that every entry has."""
    shared = getattr(model, "common_keys", ())
    yield from (name for name in model.model_fields if name not in model.fields_from_file | {*shared})
    yield from shared


def select_published_entries(records: Any) -> Any:
    """Those of some records that are published, in the same mappings and lists."""
    if isinstance(records, Mapping):
        return {
            name: select_published_entries(part)
            for name, part in records.items()
            if not isinstance(part, Entry) or part.is_published
        }
    return records if isinstance(records, Entry) else tuple(entry for entry in records if entry.is_published)
