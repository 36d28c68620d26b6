"""What every record is: frozen, strict about its keys, and aware of where it was written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, PrivateAttr

from dossier.model.field_types import Day, Prose
from dossier.model.problems.problem import Place
from dossier.model.yaml_node import Places, Step

Status = Literal["draft", "review", "published", "retired"]

_NONE_GIVEN: set[str] = set()


class Record(BaseModel):
    """A piece of YAML that has been read: frozen, no unknown keys, every value with its place."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
    noun: ClassVar[str] = "record"
    unwritten: ClassVar[frozenset[str]] = frozenset()
    """Fields that come from the file's name or body, never from its keys."""

    def model_post_init(self, context: Any) -> None:
        """Share one set of the names of fields that were given: nobody asks for it, and it is a third of a record."""
        object.__setattr__(self, "__pydantic_fields_set__", _NONE_GIVEN)

    _path: str = PrivateAttr("")
    _places: Places | None = PrivateAttr(None)

    def placed(self, path: str, places: Places | None) -> None:
        """Remember where this record was written; called once, by the stage that read it."""
        self._path, self._places = path, places

    @property
    def path(self) -> str:
        """The file it was written in, relative to the dossier's root."""
        return self._path

    def place(self, *steps: Step) -> Place:
        """Where a value of the record stands in its file."""
        return self._places.of(self._path, *steps) if self._places else Place(self._path)

    def place_after(self, before: str, *steps: Step) -> Place:
        """Where a text of the record goes on after its first part, as exactly as the way it is written allows."""
        return self._places.after(before, self._path, *steps) if self._places else Place(self._path)


class Correction(Record):
    """A dated change to something published, with the reason."""

    noun = "correction"

    date: Day
    kind: Literal["correction", "clarification", "update"]
    was: Prose
    now: Prose
    reason: Prose


class Entry(Record):
    """A record that is published on its own account, and may be a draft first."""

    shared: ClassVar[tuple[str, ...]] = ("status", "reviewed", "corrections")
    """Keys that every entry has; they are written last."""

    status: Status = "published"
    reviewed: Day | None = None
    corrections: tuple[Correction, ...] = ()

    @property
    def home(self) -> tuple[str, str]:
        """Where it is published: its page, and its id on that page (empty where the page is its own)."""
        raise NotImplementedError

    @property
    def address(self) -> str:
        """Where it is published, from the site's root: `claims/x/`, `timeline/#x`."""
        page, name = self.home
        return f"{page}#{name}" if name else page

    @property
    def published_here(self) -> bool:
        """Whether readers of the published site see it."""
        return self.status == "published"


def keys_of(model: type[Record]) -> Iterator[str]:
    """The keys that a record of this kind may have, its own before those that every entry has."""
    shared = getattr(model, "shared", ())
    yield from (name for name in model.model_fields if name not in model.unwritten | {*shared})
    yield from shared
