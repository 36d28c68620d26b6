"""A file's content as it was written: every scalar text, every value and key with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from dossier.model.problems.problem import Place

Plain = str | None | list["Plain"] | dict[str, "Plain"]
Step = str | int
Steps = tuple[Step, ...]


@dataclass(slots=True)
class Node:
    """One value of a strict YAML file: text, nothing (None), a list or a mapping; line and column from 1."""

    line: int
    column: int
    value: str | list[Node] | dict[str, Node] | None
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Where each key of a mapping stands."""
    block: int = 0
    """Column at which the lines of a block (`|`) begin; 0 for every other value."""

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

    def places(self) -> Places:
        """Where this value and everything below it stands."""
        spots = list(self._walk(()))
        numbered = _numbered(tuple(steps for steps, _ in spots))
        blocks = {steps: node.block for steps, node in spots if node.block}
        return Places(numbered, tuple(mark for _, node in spots for mark in (node.line, node.column)), blocks)

    def _walk(self, steps: Steps) -> Iterator[tuple[Steps, Node]]:
        yield steps, self
        if isinstance(self.value, dict):
            for key, node in self.value.items():
                yield from node._walk((*steps, key))
        elif isinstance(self.value, list):
            for number, node in enumerate(self.value):
                yield from node._walk((*steps, number))


@dataclass(frozen=True, slots=True)
class Places:
    """Where the values of one record stand. Small, because records outlive the trees they were read from: records of
    the same shape share the numbering of their values.
    """

    numbered: Mapping[Steps, int]
    marks: tuple[int, ...]
    """Line and column of each value in turn."""
    blocks: Mapping[Steps, int]
    """Column at which the lines of each block begin."""

    def of(self, path: str, *steps: Step) -> Place:
        """Where a value stands in the file; as deep as the steps lead, so a missing key has its record's place."""
        while steps not in self.numbered:
            steps = steps[:-1]
        number = 2 * self.numbered[steps]
        return Place(path, self.marks[number], self.marks[number + 1])

    def after(self, before: str, path: str, *steps: Step) -> Place:
        """Where a text goes on after its first part: to line and column in a block, else where the text begins."""
        place = self.of(path, *steps)
        if steps not in self.blocks:
            return place
        last = before.rpartition("\n")[2]
        return Place(path, place.line + 1 + before.count("\n"), self.blocks[steps] + len(last))


@lru_cache(maxsize=4096)
def _numbered(shape: tuple[Steps, ...]) -> Mapping[Steps, int]:
    return {steps: number for number, steps in enumerate(shape)}
