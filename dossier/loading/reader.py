"""Turns files into records: strict YAML, validated by a pydantic model; each error becomes a problem with its location.

A pydantic error has a path of keys; the `YamlNode` tree maps it to a line and a column.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError

from dossier.loading import yaml_loader
from dossier.loading.files import read_limited_bytes
from dossier.loading.tree import walk_tree
from dossier.loading.validation_messages import convert_validation_error, describe_value_shape
from dossier.model.base import Record, iter_record_keys
from dossier.model.problems.problem import Location, Problem, UnreadableError
from dossier.model.quotations.capture import hash_content
from dossier.model.wording import add_indefinite_article
from dossier.model.yaml_node import YamlNode

ReadRecordT = TypeVar("ReadRecordT", bound=Record)
ReadResultT = TypeVar("ReadResultT", str, YamlNode)
CachedValueT = TypeVar("CachedValueT")


class CachedFile(NamedTuple):
    """A cache entry: the content hash of a file, the value made of it, and the problems found on the way."""

    content_hash: str
    value: Any
    problems: list[Problem]


ReadCache = dict[str, CachedFile]
"""Cache entries by path. A preview keeps them from one build to the next."""


@dataclass
class RecordReader:
    """Reads files below a root and collects their problems; a file that cannot be read does not stop the others."""

    root: Path
    problems: list[Problem] = field(default_factory=list)
    unread_paths: set[str] = field(default_factory=set)
    cache: ReadCache = field(default_factory=dict)
    _paths_by_area: dict[str, list[str]] = field(default_factory=dict)

    def get_display_path(self, file: Path) -> str:
        """A file's path in messages: relative to the root, with forward slashes, unprintable characters as `?`."""
        name = file.relative_to(self.root).as_posix().encode("utf-8", "replace").decode()
        return name if name.isprintable() else "".join(character if character.isprintable() else "?" for character in name)

    def list_files(self, folder: str, is_recursive: bool = False) -> list[Path]:
        """The files and folders in a folder, or below it, in the order of their names; none if it does not exist.

        Hidden ones and backups of editors (`x.yml~`) are left out, and what may not be read, which is added as a problem.
        """
        area, _, below = folder.partition("/")
        prefix = f"{below}/" if below else ""
        names = (path.removeprefix(prefix) for path in self._list_area(area) if path.startswith(prefix))
        return [self.root / folder / name for name in names if is_recursive or "/" not in name]

    def _list_area(self, area: str) -> list[str]:
        """Paths of what may be read in a folder of the root; it is walked once."""
        if area not in self._paths_by_area:
            entries = list(walk_tree(self.root, area))
            for path, _, fault in entries:
                if fault:
                    rule = "unreadable-file" if path == "." else "irregular-file"
                    self.add_file_problem(self.root / area / path, rule, fault.message, fault.help)
            readable = (path for path, _, fault in entries if not fault and not path.endswith("~"))
            self._paths_by_area[area] = [path for path in readable if not f"/{path}".count("/.")]
        return self._paths_by_area[area]

    def read_text(self, file: Path) -> str | None:
        """The text of a file; None if it cannot be read, which is added as a problem."""
        try:
            content = read_limited_bytes(file, yaml_loader.MAX_YAML_BYTES, self.root)
        except UnreadableError as error:
            self.add_file_problem(file, error.rule, error.message, error.help)
            return None
        except OSError as error:
            message = f"the file cannot be opened: {error.strerror}"
            self.add_file_problem(file, "unreadable-file", message, "check that it exists and its permissions")
            return None
        return self._unwrap_or_add_problem(yaml_loader.decode_yaml(content, self.get_display_path(file)))

    def parse_file(self, file: Path, make: Callable[[str, str], CachedValueT]) -> CachedValueT | None:
        """`make(text, path)` for a file, cached; None if the file cannot be read or is empty."""
        text, path = self.read_text(file), self.get_display_path(file)
        if text is None:
            return None
        if not text.strip():
            help = f"write what belongs here, bring it back with `git checkout HEAD -- {path}`, or delete the file"
            self.add_file_problem(file, "yaml-syntax", "this file is empty", help)
            return None
        return self.get_cached_or_make(path, hash_content(text), partial(make, text, path))

    def get_cached_or_make(self, path: str, fingerprint: str, make: Callable[[], CachedValueT]) -> CachedValueT:
        """Return `make()`, cached by path and content hash; a cached value adds its problems again."""
        cached = self.cache.get(path)
        if cached and cached.content_hash == fingerprint:
            for problem in cached.problems:
                self.add_problem(problem)
        else:
            before = len(self.problems)
            cached = CachedFile(fingerprint, make(), [])
            self.cache[path] = cached._replace(problems=self.problems[before:])
        value: CachedValueT = cached.value
        return value

    def parse_yaml(self, text: str, path: str, first_line: int = 1) -> YamlNode | None:
        """The tree of YAML text that begins on `first_line` of its file; None if it is not YAML, which is added as a problem."""
        return self._unwrap_or_add_problem(yaml_loader.load_yaml(text, path, first_line))

    def validate_record(self, model: type[ReadRecordT], node: YamlNode, path: str, **derived: Any) -> ReadRecordT | None:
        """A record from its mapping and from `derived` values such as its id; None if it is invalid, with problems added."""
        if not isinstance(node.value, dict) or not node.value:
            noun = add_indefinite_article(model.noun)
            rule, message = "missing-key", f"{noun} belongs here, but the file has none"
            if not isinstance(node.value, dict):
                message = f"{noun} is written as `key: value` lines; this is {describe_value_shape(node.value)}"
                rule = "wrong-value"
            help = f"begin with `{next(iter_record_keys(model))}: …`"
            self.add_problem(Problem(node.locate_value(path), rule, message, help))
            return None
        keys = {key: child.to_plain_value() for key, child in node.value.items()}
        for key in model.fields_from_file & keys.keys():
            where = "is the text below the record" if key == "digest" else "is the name of the file"
            message = f"`{key}` is not a key to write: it {where}"
            self.add_problem(Problem(node.locate_key(path, key), "unknown-key", message, "delete the line"))
            del keys[key]
        try:
            record = model.model_validate({key: value for key, value in keys.items() if value is not None} | derived)
        except ValidationError as error:
            for problem in convert_validation_error(error, model, node, path):
                self.add_problem(problem)
            return None
        record.set_source_location(path, node.build_source_map())
        return record

    def add_problem(self, problem: Problem) -> None:
        """Add a problem, and mark its file as not completely read."""
        self.problems.append(problem)
        self.unread_paths.add(problem.location.path)

    def add_file_problem(self, file: Path, rule: str, message: str, help: str) -> None:
        """Add a problem of a file as a whole."""
        self.add_problem(Problem(Location(self.get_display_path(file)), rule, message, help))

    def _unwrap_or_add_problem(self, outcome: ReadResultT | Problem) -> ReadResultT | None:
        if isinstance(outcome, Problem):
            self.add_problem(outcome)
            return None
        return outcome
