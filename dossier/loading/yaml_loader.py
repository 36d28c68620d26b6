"""Strict YAML: text in, a `Node` tree out in which every scalar is text and knows its line and column.

One pass over libyaml's events, so that aliases, tags, deep nesting and repeated keys are refused before anything is
put together (PyYAML's own composer crashes the process on deep nesting) and no value is guessed to be a date, a
number or a truth value.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from dossier.loading.yaml_repair import quoted_value, syntax_problem
from dossier.model.problems.problem import UNSEEN, Place, Problem
from dossier.model.yaml_node import Node

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_BYTES = 1_000_000
MAX_DEPTH = 50
MAX_VALUES = 50_000
"""In a file. The smallest values take two bytes each, and the faults of half a million of them would fill gigabytes."""


_AS_TEXT = "if it is text, put the whole value in quotation marks; else leave it out"


class _Refused(Exception):
    def __init__(self, rule: str, mark: Any, message: str, help: str) -> None:
        self.rule, self.line, self.column = rule, mark.line + 1, mark.column + 1
        self.message, self.help = message, help


def decode(content: bytes, path: str, limit: int = MAX_BYTES) -> str | Problem:
    """The text of a file, without byte-order mark and with Unix line ends, or what keeps it from being read."""
    if len(content) > limit:
        help = "split it into smaller files"
        return Problem(Place(path), "unreadable-file", f"the file has {len(content):,} bytes, more than {limit:,}", help)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8", "replace")
        place = _end_of(path, before)
        return Problem(place, "unreadable-file", "this is not UTF-8 text", "save the file with the encoding UTF-8")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if unseen := UNSEEN.search(text):
        message = f"an invisible control character stands here (U+{ord(unseen[0]):04X})"
        return Problem(_end_of(path, text[: unseen.start()]), "unreadable-file", message, "delete it")
    return text


def load(text: str, path: str, first_line: int = 1) -> Node | Problem:
    """Read one YAML document; `first_line` is where it begins in its file. An empty one is an empty mapping."""
    try:
        return _Composer(text, first_line).document()
    except _Refused as refused:
        place = Place(path, refused.line + first_line - 1, refused.column)
        instead = quoted_value(text, refused.line - 1, refused.column - 1) if refused.rule == "yaml-feature" else ()
        return Problem(place, refused.rule, refused.message, refused.help, instead)
    except yaml.MarkedYAMLError as error:
        return syntax_problem(error, text, path, first_line)
    except yaml.YAMLError as error:
        return Problem(Place(path, first_line), "yaml-syntax", f"this is not YAML: {error}")


def _end_of(path: str, text: str) -> Place:
    return Place(path, text.count("\n") + 1, len(text) - (text.rfind("\n") + 1) + 1)


class _Composer:
    """Builds the tree from libyaml's events, refusing what records do not use."""

    def __init__(self, text: str, first_line: int) -> None:
        self.events: Iterator[Any] = yaml.parse(text, Loader=Loader)
        self.shift = first_line
        self.values = 0
        self.text = text
        self.lines: list[str] | None = None

    def document(self) -> Node:
        root: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    raise _Refused("yaml-feature", event.start_mark, "a second document begins here", "keep one to a file")
                root = self._node(next(self.events), 1)
        return root or Node(self.shift, 1, {})

    def _node(self, event: Any, depth: int) -> Node:
        mark = event.start_mark
        if isinstance(event, yaml.AliasEvent):
            raise _Refused("yaml-feature", mark, f"*{event.anchor} is an alias, which records do not use", _AS_TEXT)
        if event.anchor is not None:
            raise _Refused("yaml-feature", mark, f"&{event.anchor} is an anchor, which records do not use", _AS_TEXT)
        if event.tag is not None:
            raise _Refused("yaml-feature", mark, f"{event.tag} is a tag, which records do not use", _AS_TEXT)
        if depth > MAX_DEPTH:
            raise _Refused("yaml-feature", mark, f"nested deeper than {MAX_DEPTH} levels", "a record needs three or four")
        self.values += 1
        if self.values > MAX_VALUES:
            raise _Refused(
                "unreadable-file", mark, f"more than {MAX_VALUES:,} values are in this file", "split it into smaller files"
            )
        node = Node(mark.line + self.shift, mark.column + 1, None)
        if isinstance(event, yaml.ScalarEvent):
            if unseen := UNSEEN.search(event.value):
                message = f"an escape puts in an invisible control character (U+{ord(unseen[0]):04X})"
                raise _Refused("unreadable-file", mark, message, "leave it out")
            node.value = None if event.value == "" and not event.style else event.value
            node.block = self._indent(mark.line + 1, event.value) if event.style == "|" else 0
        elif isinstance(event, yaml.SequenceStartEvent):
            node.value = self._list(depth)
        else:
            node.value = self._mapping(node, depth)
        return node

    def _indent(self, line: int, value: str) -> int:
        """Column at which the lines of a block begin, which stands below a line counted from 0."""
        if self.lines is None:
            self.lines = self.text.split("\n")
        lines, words = self.lines, value.lstrip("\n")
        first = next((lines[number] for number in range(line, len(lines)) if lines[number].strip()), "")
        return len(first) - len(first.lstrip(" ")) - (len(words) - len(words.lstrip(" "))) + 1

    def _list(self, depth: int) -> list[Node]:
        entries = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            entries.append(self._node(event, depth + 1))
        return entries

    def _mapping(self, mapping: Node, depth: int) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1).value
            if not isinstance(key, str) or "\n" in key:
                raise _Refused("yaml-syntax", event.start_mark, "a key must be a word", "write key: value")
            if key in entries:
                first = mapping.keys[key][0]
                message = f"{key!r} stands twice in this record, first on line {first}"
                raise _Refused("repeated-key", event.start_mark, message, "keep one of them")
            mapping.keys[key] = (event.start_mark.line + self.shift, event.start_mark.column + 1)
            entries[key] = self._node(next(self.events), depth + 1)
        return entries
