"""Strict YAML: text in, a `YamlNode` tree out, in which every scalar is text with its line and column.

It reads libyaml's events in one pass. So aliases, tags, deep nesting and repeated keys are refused before any node is
composed (PyYAML's composer recurses and crashes on deep nesting), and no scalar is converted to a date, a number or a
truth value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from itertools import takewhile
from typing import Any

import yaml

from dossier.loading.yaml_repair import STRICT_YAML_LOADER, describe_syntax_error, suggest_quoted_value
from dossier.model.problems.problem import FORBIDDEN_CHARACTERS_PATTERN, LineEdit, Location, Problem, describe_control_escape
from dossier.model.yaml_node import YamlNode
from dossier.model.yaml_text import quote_yaml_text

MAX_YAML_BYTES = 1_000_000
MAX_YAML_DEPTH = 50
MAX_YAML_VALUES = 50_000
"""Values in a file. A megabyte has room for half a million, whose problems would take gigabytes of memory."""

MAX_COSTLY_SIGNS = 100_000
"""Line ends and signs of Markdown in a file. A full megabyte of them takes a parser of Markdown half a minute."""
_COSTLY_SIGNS = "\n[]*_`|<>&\\"

MERGE_CONFLICT_HELP = (
    "keep the right lines of the two versions, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>"
)
_MERGE_MARK_PATTERN = re.compile(r"^(?:<{7} \S|={7}$|>{7} \S)", re.MULTILINE)
"""The marks that git leaves where it could not merge two versions."""

_DIRECTIVE_PATTERN = re.compile(r"^%(?:TAG|YAML)\b.*", re.MULTILINE)
"""A line that tells parsers of YAML something; libyaml compares each with all others, so many take minutes."""

_QUOTE_AS_TEXT_HELP = "if it is text, put the whole value in quotation marks; otherwise delete it"


_CUT_TEXT_PATTERN = re.compile(r"(?<![ \t])[ \t]++#[^\s#]")
"""A sign of a comment with text right behind it, as in `Ranked #1 of all`."""


class _RefusedYamlError(Exception):
    def __init__(self, rule: str, mark: Any, message: str, help: str, line_edits: tuple[LineEdit, ...] = ()) -> None:
        self.rule, self.line, self.column = rule, mark.line + 1, mark.column + 1
        self.message, self.help, self.line_edits = message, help, line_edits


def decode_yaml(content: bytes, path: str) -> str | Problem:
    """The text of a file, without byte-order mark and with Unix line ends, or the problem that prevents reading it."""
    if len(content) > MAX_YAML_BYTES:
        message = f"the file has {len(content):,} bytes, more than {MAX_YAML_BYTES:,}"
        return Problem(Location(path), "unreadable-file", message, "split it into smaller files")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = locate_text_end(path, error.object[: error.start].decode("utf-8", "replace"))
        return Problem(place, "unreadable-file", "this is not UTF-8 text", "save the file with the encoding UTF-8")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if control := FORBIDDEN_CHARACTERS_PATTERN.search(text):
        message = f"there is an invisible control character here (U+{ord(control[0]):04X})"
        return Problem(locate_text_end(path, text[: control.start()]), "unreadable-file", message, "delete it")
    if (signs := sum(map(text.count, _COSTLY_SIGNS))) > MAX_COSTLY_SIGNS:
        message = f"the file has {signs:,} line ends and signs of Markdown, more than {MAX_COSTLY_SIGNS:,}"
        return Problem(Location(path), "unreadable-file", message, "split it into smaller files")
    if start := find_merge_conflict(text):
        message = "git could not merge two versions of this file, and both are in it"
        return Problem(locate_text_end(path, text[: start - 1]), "unreadable-file", message, MERGE_CONFLICT_HELP)
    return text


def find_merge_conflict(text: str) -> int:
    """Where the first mark of an unresolved merge begins, counted from 1; 0 if there is none.

    Seven `=` alone may underline a heading: they count only if the mark of the other version's end follows.
    """
    separator = 0
    for mark in _MERGE_MARK_PATTERN.finditer(text):
        if mark[0][0] == "<":
            return mark.start() + 1
        if mark[0][0] == ">" and separator:
            return separator
        if mark[0][0] == "=":  # `>>>>>>>` may be a quotation in seven levels
            separator = separator or mark.start() + 1
    return 0


def load_yaml(text: str, path: str, first_line: int = 1) -> YamlNode | Problem:
    """Parse one YAML document that begins on `first_line` of its file. An empty one is an empty mapping."""
    if directive := _DIRECTIVE_PATTERN.search(text):
        place = Location(path, text.count("\n", 0, directive.start()) + first_line)
        message = f"{directive[0].split()[0]} at the beginning of a line is a directive, which records do not use"
        return Problem(place, "yaml-feature", message, "delete the line")
    try:
        return _YamlComposer(text, first_line).compose_document()
    except _RefusedYamlError as refused:
        place = Location(path, refused.line + first_line - 1, refused.column)
        return Problem(place, refused.rule, refused.message, refused.help, refused.line_edits)
    except yaml.MarkedYAMLError as error:
        return describe_syntax_error(error, text, path, first_line)
    except yaml.YAMLError as error:
        return Problem(Location(path, first_line), "yaml-syntax", f"this is not YAML: {error}")


def _describe_yaml_feature(event: Any) -> str:
    if isinstance(event, yaml.AliasEvent):
        return f"*{event.anchor} is an alias"
    return f"&{event.anchor} is an anchor" if event.anchor is not None else f"{event.tag} is a tag"


def locate_text_end(path: str, text: str) -> Location:
    """Where a text ends that begins a file."""
    return Location(path, text.count("\n") + 1, len(text) - (text.rfind("\n") + 1) + 1)


class _YamlComposer:
    """Composes the tree from libyaml's events; raises `_RefusedYamlError` for features that records do not use."""

    def __init__(self, text: str, first_line: int) -> None:
        self.events: Iterator[Any] = yaml.parse(text, Loader=STRICT_YAML_LOADER)
        self.first_line = first_line
        self.value_count = 0
        self.text = text
        self.flow_depth = 0

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def cut_lines(self) -> dict[int, str]:
        """The lines in which `#` may cut off a text, by number from 0."""
        may_be_cut = _CUT_TEXT_PATTERN.search(self.text)
        return {number: line for number, line in enumerate(self.lines) if _CUT_TEXT_PATTERN.search(line)} if may_be_cut else {}

    def compose_document(self) -> YamlNode:
        root: YamlNode | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    message = "a second document begins here"
                    raise _RefusedYamlError("yaml-feature", event.start_mark, message, "keep one to a file")
                root = self._compose_node(next(self.events), 1)
        return root or YamlNode(self.first_line, 1, {})

    def _compose_node(self, event: Any, depth: int) -> YamlNode:
        mark = event.start_mark
        if event.anchor is not None or event.tag is not None:
            edits = suggest_quoted_value(self.text, mark.line, mark.column)
            message = f"{_describe_yaml_feature(event)}, which records do not use"
            raise _RefusedYamlError("yaml-feature", mark, message, _QUOTE_AS_TEXT_HELP, edits)
        if depth > MAX_YAML_DEPTH:
            message = f"nested deeper than {MAX_YAML_DEPTH} levels"
            raise _RefusedYamlError("yaml-feature", mark, message, "a record needs three or four")
        self.value_count += 1
        if self.value_count > MAX_YAML_VALUES:
            message = f"more than {MAX_YAML_VALUES:,} values are in this file"
            raise _RefusedYamlError("unreadable-file", mark, message, "split it into smaller files")
        node = YamlNode(mark.line + self.first_line, mark.column + 1, None)
        if isinstance(event, yaml.ScalarEvent):
            if message := describe_control_escape(event.value):
                raise _RefusedYamlError("unreadable-file", mark, message, "leave it out")
            if not event.style:
                self._refuse_cut_text(event)
            node.value = None if event.value == "" and not event.style else event.value
            node.block_column = self._compute_block_column(mark.line + 1, event.value) if event.style == "|" else 0
        else:
            self.flow_depth += bool(event.flow_style)
            is_list = isinstance(event, yaml.SequenceStartEvent)
            node.value = self._compose_list(depth) if is_list else self._compose_mapping(node, depth)
            self.flow_depth -= bool(event.flow_style)
        return node

    def _refuse_cut_text(self, event: Any) -> None:
        """Raise for a plain scalar that `#` cuts off. A comment has a space after its `#`, text such as `#1` has none."""
        end = event.end_mark
        line = self.cut_lines.get(end.line, "")
        if event.value and _CUT_TEXT_PATTERN.match(line, end.column):
            message = f"this text ends before {line[end.column :].split()[0]}: a # behind a space begins a comment"
            help = "put the whole text in quotation marks; if it is a comment, write a space behind the #"
            first, column = event.start_mark.line, event.start_mark.column
            quoted = line[:column] + quote_yaml_text(line[column:].rstrip())
            edits = (LineEdit("write", line, quoted),) if first == end.line and not self.flow_depth else ()
            raise _RefusedYamlError("yaml-feature", event.start_mark, message, help, edits)

    def _compute_block_column(self, line: int, value: str) -> int:
        """The column, from 1, at which the lines of a block scalar begin; `line` is its first line, from 0."""
        below = (self.lines[number] for number in range(line, len(self.lines)))  # `islice` would walk there from the first line
        words, first = value.lstrip("\n"), next((text for text in below if text.strip()), "")
        return len(first) - len(first.lstrip(" ")) - (len(words) - len(words.lstrip(" "))) + 1

    def _compose_list(self, depth: int) -> list[YamlNode]:
        entries = takewhile(lambda event: not isinstance(event, yaml.SequenceEndEvent), self.events)
        return [self._compose_node(event, depth + 1) for event in entries]

    def _compose_mapping(self, mapping: YamlNode, depth: int) -> dict[str, YamlNode]:
        entries: dict[str, YamlNode] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._compose_node(event, depth + 1).value
            if not isinstance(key, str) or "\n" in key:
                raise _RefusedYamlError("yaml-syntax", event.start_mark, "a key must be a word", "write key: value")
            if key in entries:
                first = mapping.key_positions[key][0]
                message = f"{key!r} is twice in this record, first on line {first}"
                raise _RefusedYamlError("repeated-key", event.start_mark, message, "keep one of them")
            mapping.key_positions[key] = (event.start_mark.line + self.first_line, event.start_mark.column + 1)
            entries[key] = self._compose_node(next(self.events), depth + 1)
        return entries
