"""From files to records: strict YAML through a pydantic model, every fault a problem with its place.

A pydantic error names a path of keys; the `Node` tree knows where each of them stands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError

from dossier.loading import yaml_loader as marked_yaml
from dossier.loading.files import content_of, inside
from dossier.loading.validation_messages import a, kind_of, problems_of
from dossier.model.base import Record, keys_of
from dossier.model.problems.problem import Place, Problem, Unreadable
from dossier.model.quotations.capture import fingerprint
from dossier.model.yaml_node import Node

AnyRecord = TypeVar("AnyRecord", bound=Record)
Outcome = TypeVar("Outcome", str, Node)
Made = TypeVar("Made")


class Known(NamedTuple):
    """What a file held when it was last read: its fingerprint, what was made of it, and what was wrong with it."""

    content: str
    made: Any
    problems: list[Problem]


Memory = dict[str, Known]
"""Files that have been read, by path. A preview keeps it from one reading to the next."""


@dataclass
class Reader:
    """Reads files below a root and gathers what is wrong with them; a spoilt file never hides the others."""

    root: Path
    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    memory: Memory = field(default_factory=dict)

    def path_of(self, file: Path) -> str:
        """A file's path as problems name it: from the root, with forward slashes."""
        name = file.relative_to(self.root).as_posix().encode("utf-8", "replace").decode()
        return name if name.isprintable() else "".join(character if character.isprintable() else "?" for character in name)

    def files(self, folder: str, pattern: str = "*") -> list[Path]:
        """The files below a folder that fit a pattern, hidden ones left out; a folder that is not there has none."""
        base = self.root / folder
        try:
            if base.exists() and not base.is_dir():
                raise NotADirectoryError(20, "this is not a folder")
            if not inside(base, self.root):
                raise NotADirectoryError(20, "this is a link that leads out of the dossier")
            found = sorted(base.glob(pattern))
            return [file for file in found if not any(part.startswith(".") for part in file.relative_to(base).parts)]
        except OSError as error:
            help = "check that it is a folder and that it may be read"
            fault = Problem(Place(folder), "unreadable-file", f"the folder cannot be read: {error.strerror}", help)
            if fault not in self.problems:  # a folder is listed for several kinds of records
                self.refuse(fault)
            return []

    def text(self, file: Path) -> str | None:
        """The text of a file, or None and a problem."""
        path = self.path_of(file)
        try:
            content = content_of(file, marked_yaml.MAX_BYTES, self.root)
        except Unreadable as error:
            self.refuse(Problem(Place(path), error.rule, error.message, error.help))
            return None
        except OSError as error:
            message = f"the file cannot be opened: {error.strerror}"
            self.refuse(Problem(Place(path), "unreadable-file", message, "check that it exists and its permissions"))
            return None
        text = marked_yaml.decode(content, path)
        return self._unless_refused(text)

    def made(self, file: Path, make: Callable[[str, str], Made]) -> Made | None:
        """What `make` makes of a file's text and path; None where there is no text."""
        text, path = self.text(file), self.path_of(file)
        return self.known(path, fingerprint(text), partial(make, text, path)) if text is not None else None

    def known(self, path: str, content: str, make: Callable[[], Made]) -> Made:
        """What `make` makes, anew only where the content, told by its fingerprint, is not what it was last time."""
        known = self.memory.get(path)
        if known and known.content == content:
            for problem in known.problems:
                self.refuse(problem)
        else:
            before = len(self.problems)
            known = Known(content, make(), [])
            self.memory[path] = known._replace(problems=self.problems[before:])
        made: Made = known.made
        return made

    def yaml(self, text: str, path: str, first_line: int = 1) -> Node | None:
        """The content of YAML text, which begins on a line of its file; or None and a problem."""
        return self._unless_refused(marked_yaml.load(text, path, first_line))

    def record(self, model: type[AnyRecord], node: Node, path: str, **derived: Any) -> AnyRecord | None:
        """A record from its mapping and the values that do not come from its keys, or None and problems."""
        if not isinstance(node.value, dict):
            first = next(name for name in keys_of(model))
            message = f"{a(model.noun)} is written as `key: value` lines; this is {kind_of(node.value)}"
            self.refuse(Problem(node.place(path), "wrong-value", message, f"begin with `{first}: …`"))
            return None
        keys = {key: child.plain() for key, child in node.value.items()}
        for key in model.unwritten & keys.keys():
            where = "is the text below the record" if key == "digest" else "is the name of the file"
            self.refuse(
                Problem(node.key_place(path, key), "unknown-key", f"`{key}` is not written: it {where}", "delete the line")
            )
            del keys[key]
        try:
            record = model.model_validate({key: value for key, value in keys.items() if value is not None} | derived)
        except ValidationError as error:
            for problem in problems_of(error, model, node, path):
                self.refuse(problem)
            return None
        record.placed(path, node.places())
        return record

    def refuse(self, problem: Problem) -> None:
        """Note a problem and that its file was not read whole."""
        self.problems.append(problem)
        self.unread.add(problem.place.path)

    def _unless_refused(self, outcome: Outcome | Problem) -> Outcome | None:
        if isinstance(outcome, Problem):
            self.refuse(outcome)
            return None
        return outcome
