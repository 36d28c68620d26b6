"""A file's content as it was written: every scalar text, every value and key with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from dossier.model.problem import Place

Plain = str | None | list["Plain"] | dict[str, "Plain"]
Step = str | int


@dataclass(slots=True)
class Node:
    """One value of a strict YAML file: text, nothing (None), a list or a mapping; line and column from 1."""

    line: int
    column: int
    value: str | list[Node] | dict[str, Node] | None
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Where each key of a mapping stands."""

    def plain(self) -> Plain:
        """The value without places."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def step(self, step: Step) -> Node | None:
        """The value under a key or a position, where there is one."""
        if isinstance(self.value, dict) and isinstance(step, str):
            return self.value.get(step)
        if isinstance(self.value, list) and isinstance(step, int) and step < len(self.value):
            return self.value[step]
        return None

    def items(self) -> Iterator[Node]:
        """The entries of a list; of anything else none."""
        yield from self.value if isinstance(self.value, list) else ()

    def place(self, path: str, *steps: Step) -> Place:
        """Where a value stands in the file; as deep as the steps lead, so a missing key has its record's place."""
        node = self
        for step in steps:
            deeper = node.step(step)
            if deeper is None:
                break
            node = deeper
        return Place(path, node.line, node.column)

    def key_place(self, path: str, *steps: Step) -> Place:
        """Where a key stands in the file."""
        node: Node | None = self
        for step in steps[:-1]:
            node = node.step(step) if node else None
        line, column = (node.keys.get(str(steps[-1])) if node else None) or (self.line, self.column)
        return Place(path, line, column)
