"""From files to records: strict YAML through a pydantic model, every fault a problem with its place.

A pydantic error names a path of keys; the `Node` tree knows where each of them stands.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from dossier.model.node import Node
from dossier.model.problem import Place, Problem, Unreadable
from dossier.model.record import Record
from dossier.sources import marked_yaml
from dossier.sources.faults import a, keys_of, kind_of, problems_of
from dossier.sources.files import content_of, inside

AnyRecord = TypeVar("AnyRecord", bound=Record)
Outcome = TypeVar("Outcome", str, Node)


@dataclass
class Reader:
    """Reads files below a root and gathers what is wrong with them; a spoilt file never hides the others."""

    root: Path
    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)

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

    def yaml(self, file: Path) -> Node | None:
        """The content of a YAML file, or None and a problem."""
        text = self.text(file)
        if text is None:
            return None
        node = marked_yaml.load(text, self.path_of(file))
        return self._unless_refused(node)

    def record(self, model: type[AnyRecord], node: Node, path: str, **derived: Any) -> AnyRecord | None:
        """A record from its mapping and the values that do not come from its keys, or None and problems."""
        if not isinstance(node.value, dict):
            first = next(name for name in keys_of(model))
            message = f"{a(model.noun)} is written as `key: value` lines; this is {kind_of(node.value)}"
            self.refuse(Problem(node.place(path), "wrong-value", message, f"begin with `{first}: …`"))
            return None
        keys = {key: child.plain() for key, child in node.value.items()}
        for key in model.derived & keys.keys():
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
