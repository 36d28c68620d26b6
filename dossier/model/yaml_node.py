"""YAML nodes with source positions, and the source map of a record.

Scalars are texts (or None): strict YAML has no numbers, dates and booleans, so `no` and `1.10` stay as written. All lines
and columns count from 1, as editors show them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from dossier.model.problems.problem import Location

PlainYamlValue = str | None | list["PlainYamlValue"] | dict[str, "PlainYamlValue"]
"""A value without positions."""
YamlPathPart = str | int
"""A key of a mapping, or an index of a list from 0."""
YamlPath = tuple[YamlPathPart, ...]
"""Keys and indexes from a record's root to a value: `("figures", "share", "value")`."""


@dataclass(slots=True)
class YamlNode:
    """One value of a strict YAML file: a text, None (no value), a list or a mapping, and where it begins."""

    line: int
    column: int
    value: str | list[YamlNode] | dict[str, YamlNode] | None
    key_positions: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Line and column of each key of a mapping."""
    block_column: int = 0
    """Column at which the lines of a block scalar (`|`) begin; 0 for every other value."""

    def to_plain_value(self) -> PlainYamlValue:
        """The value without positions."""
        if isinstance(self.value, dict):
            return {key: node.to_plain_value() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.to_plain_value() for node in self.value]
        return self.value

    def get_child(self, part: YamlPathPart) -> YamlNode | None:
        """The value of a key or an index; None if there is none."""
        if isinstance(self.value, dict) and isinstance(part, str):
            return self.value.get(part)
        if isinstance(self.value, list) and isinstance(part, int) and part < len(self.value):
            return self.value[part]
        return None

    def iter_list_items(self) -> Iterator[YamlNode]:
        """The items of a list; nothing for any other value."""
        yield from self.value if isinstance(self.value, list) else ()

    def locate_value(self, path: str, *yaml_path: YamlPathPart) -> Location:
        """Location of a value in the file `path`; of its nearest ancestor if it does not exist, as for a missing key."""
        node = self
        for part in yaml_path:
            child = node.get_child(part)
            if child is None:
                break
            node = child
        return Location(path, node.line, node.column)

    def locate_key(self, path: str, *yaml_path: YamlPathPart) -> Location:
        """Location of a key in the file `path`; of this node if the key does not exist."""
        node: YamlNode | None = self
        for part in yaml_path[:-1]:
            node = node.get_child(part) if node else None
        line, column = (node.key_positions.get(str(yaml_path[-1])) if node else None) or (self.line, self.column)
        return Location(path, line, column)

    def build_source_map(self) -> SourceMap:
        """Source map of this value and everything below it."""
        nodes_with_paths = list(self._iter_descendants(()))
        index_by_path = _index_yaml_paths(tuple(yaml_path for yaml_path, _ in nodes_with_paths))
        positions = tuple(position for _, node in nodes_with_paths for position in (node.line, node.column))
        blocks = {yaml_path: node.block_column for yaml_path, node in nodes_with_paths if node.block_column}
        return SourceMap(index_by_path, positions, blocks)

    def _iter_descendants(self, yaml_path: YamlPath) -> Iterator[tuple[YamlPath, YamlNode]]:
        """This node, whose path is given, and all nodes below it, with their paths, parents first."""
        yield yaml_path, self
        if isinstance(self.value, dict):
            for key, node in self.value.items():
                yield from node._iter_descendants((*yaml_path, key))
        elif isinstance(self.value, list):
            for index, node in enumerate(self.value):
                yield from node._iter_descendants((*yaml_path, index))


@dataclass(frozen=True, slots=True)
class SourceMap:
    """Source positions of the values of one record.

    A record keeps its source map, while its tree of `YamlNode`s is dropped after loading. So the map is compact: records
    with the same keys share one `index_by_yaml_path`.
    """

    index_by_yaml_path: Mapping[YamlPath, int]
    """Number of each value, from 0, in the order of the file."""
    lines_and_columns: tuple[int, ...]
    """Line and column of value 0, line and column of value 1, and so on."""
    block_column_by_yaml_path: Mapping[YamlPath, int]
    """Column at which the lines of each block scalar begin."""

    def locate_value(self, path: str, *yaml_path: YamlPathPart) -> Location:
        """Location of a value in the file `path`; of its nearest ancestor if it does not exist, as for a missing key."""
        while yaml_path not in self.index_by_yaml_path:
            yaml_path = yaml_path[:-1]
        offset = 2 * self.index_by_yaml_path[yaml_path]
        return Location(path, self.lines_and_columns[offset], self.lines_and_columns[offset + 1])

    def locate_after_text(self, before: str, path: str, *yaml_path: YamlPathPart) -> Location:
        """Location right after `before`, a text's first part. Exact in a block scalar, else where the text begins.

        In other scalars, quotes, escapes and folded lines make the column in the file differ from that in the text.
        """
        start = self.locate_value(path, *yaml_path)
        if yaml_path not in self.block_column_by_yaml_path:
            return start
        last_line = before.rpartition("\n")[2]
        # The block's text begins on the line after its `|`.
        line, column = start.line + 1 + before.count("\n"), self.block_column_by_yaml_path[yaml_path] + len(last_line)
        return Location(path, line, column)


@lru_cache(maxsize=4096)
def _index_yaml_paths(yaml_paths: tuple[YamlPath, ...]) -> Mapping[YamlPath, int]:
    # Cached to save memory, not time: every record with these keys refers to the same mapping.
    return {yaml_path: index for index, yaml_path in enumerate(yaml_paths)}
