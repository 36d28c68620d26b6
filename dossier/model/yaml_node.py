"""A file's content as it was written: every scalar text, every value and key with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from dossier.model.problems.problem import Location

PlainYamlValue = str | None | list["PlainYamlValue"] | dict[str, "PlainYamlValue"]
YamlPathPart = str | int
YamlPath = tuple[YamlPathPart, ...]


@dataclass(slots=True)
class YamlNode:
    """One value of a strict YAML file: text, nothing (None), a list or a mapping; line and column from 1."""

    line: int
    column: int
    value: str | list[YamlNode] | dict[str, YamlNode] | None
    key_positions: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Where each key of a mapping stands."""
    block_column: int = 0
    """Column at which the lines of a block (`|`) begin; 0 for every other value."""

    def to_plain_value(self) -> PlainYamlValue:
        """The value without places."""
        if isinstance(self.value, dict):
            return {key: node.to_plain_value() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.to_plain_value() for node in self.value]
        return self.value

    def get_child(self, step: YamlPathPart) -> YamlNode | None:
        """The value under a key or a position, where there is one."""
        if isinstance(self.value, dict) and isinstance(step, str):
            return self.value.get(step)
        if isinstance(self.value, list) and isinstance(step, int) and step < len(self.value):
            return self.value[step]
        return None

    def iter_list_items(self) -> Iterator[YamlNode]:
        """The entries of a list; of anything else none."""
        yield from self.value if isinstance(self.value, list) else ()

    def locate_value(self, path: str, *steps: YamlPathPart) -> Location:
        """Where a value stands in the file; as deep as the steps lead, so a missing key has its record's place."""
        node = self
        for step in steps:
            deeper = node.get_child(step)
            if deeper is None:
                break
            node = deeper
        return Location(path, node.line, node.column)

    def locate_key(self, path: str, *steps: YamlPathPart) -> Location:
        """Where a key stands in the file."""
        node: YamlNode | None = self
        for step in steps[:-1]:
            node = node.get_child(step) if node else None
        line, column = (node.key_positions.get(str(steps[-1])) if node else None) or (self.line, self.column)
        return Location(path, line, column)

    def build_source_map(self) -> SourceMap:
        """Where this value and everything below it stands."""
        spots = list(self._iter_descendants(()))
        numbered = _index_yaml_paths(tuple(steps for steps, _ in spots))
        blocks = {steps: node.block_column for steps, node in spots if node.block_column}
        return SourceMap(numbered, tuple(mark for _, node in spots for mark in (node.line, node.column)), blocks)

    def _iter_descendants(self, steps: YamlPath) -> Iterator[tuple[YamlPath, YamlNode]]:
        yield steps, self
        if isinstance(self.value, dict):
            for key, node in self.value.items():
                yield from node._iter_descendants((*steps, key))
        elif isinstance(self.value, list):
            for number, node in enumerate(self.value):
                yield from node._iter_descendants((*steps, number))


@dataclass(frozen=True, slots=True)
class SourceMap:
    """Where the values of one record stand. Small, because records outlive the trees they were read from: records of
    the same shape share the numbering of their values.
    """

    index_by_yaml_path: Mapping[YamlPath, int]
    lines_and_columns: tuple[int, ...]
    """Line and column of each value in turn."""
    block_column_by_yaml_path: Mapping[YamlPath, int]
    """Column at which the lines of each block begin."""

    def locate_value(self, path: str, *steps: YamlPathPart) -> Location:
        """Where a value stands in the file; as deep as the steps lead, so a missing key has its record's place."""
        while steps not in self.index_by_yaml_path:
            steps = steps[:-1]
        number = 2 * self.index_by_yaml_path[steps]
        return Location(path, self.lines_and_columns[number], self.lines_and_columns[number + 1])

    def locate_after_text(self, before: str, path: str, *steps: YamlPathPart) -> Location:
        """Where a text goes on after its first part: to line and column in a block, else where the text begins."""
        place = self.locate_value(path, *steps)
        if steps not in self.block_column_by_yaml_path:
            return place
        last = before.rpartition("\n")[2]
        return Location(path, place.line + 1 + before.count("\n"), self.block_column_by_yaml_path[steps] + len(last))


@lru_cache(maxsize=4096)
def _index_yaml_paths(shape: tuple[YamlPath, ...]) -> Mapping[YamlPath, int]:
    return {steps: number for number, steps in enumerate(shape)}
