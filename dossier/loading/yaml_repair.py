"""Explains YAML syntax errors, and proposes a repaired line.

libyaml reports where it stopped and why, in its own terms. Candidate repairs of that line are tried in turn: the first
with which the parser gets past the line is proposed, so every proposal is known to help.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Literal, NamedTuple

import yaml

from dossier.model.problems.problem import LineEdit, Location, Problem, get_record_indentation

STRICT_YAML_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_REPAIRED_LINE_CHARACTERS = 2_000
"""Characters of a line to repair; the patterns below scan it several times."""

_KEY_VALUE_LINE = re.compile(
    r"(?P<head>\s*(?:- +)*(?P<key>[\w-]+):[ \t]+)(?P<value>\S++(?:\s++(?!#)\S++)*+)(?P<tail>\s*+(?:#.*)?)"
)
"""A line with a key and a value; a comment after it is in `tail`."""

_CLOSING_MARKS = {"[": ("bracket", "]"), "{": ("brace", "}"), '"': ("quotation mark", '"'), "'": ("quotation mark", "'")}

_SYNTAX_ERROR_MESSAGES = {
    "maximum nesting depth": ("nested deeper than can be read", "a record needs three or four levels"),
    "mapping values are not allowed": (
        "a colon followed by a space ends a key, and there can be no key here",
        "put text with a colon in quotation marks; begin a key at the same column as its neighbours",
    ),
    "cannot start any token": ("no value can begin with this character", "put the whole value in quotation marks"),
    "did not find expected key": (
        "the record ends here: this is neither a key nor a part of the value above",
        "begin the line at the same column as its neighbours, or put the whole text above in quotation marks",
    ),
    "did not find expected '-' indicator": (
        "a list ends here, but its entries do not",
        "entries of one list begin at the same column, each with a hyphen",
    ),
    "block sequence entries are not allowed": (
        "a list cannot begin behind a key on the same line",
        "put text in quotation marks; write a list in brackets, as in [first, second]",
    ),
    "found unknown escape character": (
        'a backslash has a meaning of its own inside "quotation marks"',
        "write it twice, or put the text between 'single quotation marks'",
    ),
    "did not find expected comment or line break": ("a line ends after | or >", "begin the text on the next line, indented"),
}
"""Message and cure by a part of libyaml's error text, for errors without a repair."""


class _LineRepair(NamedTuple):
    """A candidate repair of a line: `line` and `column` from 0, the new line, the message and the cure."""

    line: int
    column: int
    repaired_line: str
    message: str
    help: str
    how: Literal["write", "maybe"] = "write"


def find_syntax_problem(text: str, path: str) -> Problem | None:
    """The problem of a file's text if it is not YAML; None if it is, whatever its values are."""
    try:
        for _ in _iter_yaml_events(text.split("\n")):
            pass
    except yaml.MarkedYAMLError as error:
        return describe_syntax_error(error, text, path, 1)
    except yaml.YAMLError as error:
        return Problem(Location(path), "yaml-syntax", f"this is not YAML: {error}")
    return None


def describe_syntax_error(error: yaml.MarkedYAMLError, text: str, path: str, first_line: int) -> Problem:
    """The problem of text that is not YAML; `first_line` is where it begins in its file, from 1."""
    lines, stop = text.split("\n"), _get_error_mark(error)
    for repair in _iter_line_repairs(error, lines):
        if _can_parse_past(max(stop.line, repair.line), [*lines[: repair.line], repair.repaired_line, *lines[repair.line + 1 :]]):
            place = Location(path, repair.line + first_line, repair.column + 1)
            edit = LineEdit(repair.how, lines[repair.line], repair.repaired_line)
            return Problem(place, "yaml-syntax", repair.message, repair.help, (edit,))
    libyaml_message = " ".join(part for part in (error.problem, error.context) if part)
    is_at_beginning = "could not find expected ':'" in libyaml_message or "found unexpected end" in libyaml_message
    mark: Any = error.context_mark if is_at_beginning and error.context_mark else stop
    translated = next((words for sign, words in _SYNTAX_ERROR_MESSAGES.items() if sign in libyaml_message), None)
    message, help = translated or (f"this is not YAML: {libyaml_message}", "compare the line with its neighbours")
    return Problem(Location(path, mark.line + first_line, mark.column + 1), "yaml-syntax", message, help)


def _get_error_mark(error: yaml.MarkedYAMLError) -> Any:
    """Where the parser stopped; line and column from 0."""
    return error.problem_mark or error.context_mark or yaml.Mark("", 0, 0, 0, "", 0)


def suggest_quoted_value(text: str, line: int, column: int) -> tuple[LineEdit, ...]:
    """The edit that puts a line's value in quotation marks; none without a key before it. `line` and `column` from 0."""
    written = text.split("\n")[line]
    pair = _KEY_VALUE_LINE.fullmatch(written) if len(written) <= MAX_REPAIRED_LINE_CHARACTERS else None
    return (LineEdit("maybe", written, _quote_line_value(pair)),) if pair and pair.start("value") == column else ()


def _iter_yaml_events(lines: list[str]) -> Iterator[Any]:
    yield from yaml.parse("\n".join(lines), Loader=STRICT_YAML_LOADER)


def _can_parse_past(number: int, lines: list[str]) -> bool:
    """Whether the parser gets past a line, counted from 0."""
    with suppress(yaml.YAMLError):
        return any(event.start_mark.line > number for event in _iter_yaml_events(lines)) or True
    return False


def _iter_line_repairs(error: yaml.MarkedYAMLError, lines: list[str]) -> Iterator[_LineRepair]:
    """Candidate repairs, the likeliest first."""
    stop: Any = _get_error_mark(error)
    opened: Any = error.context_mark
    number = min(stop.line, len(lines) - 1)
    first = min(opened.line, number) if opened else number
    if max(len(lines[first]), len(lines[number])) > MAX_REPAIRED_LINE_CHARACTERS:
        return
    for opening in (opened, _find_multiline_quote(lines), _find_open_collection(lines)):
        if opening and opening.line < len(lines):
            yield from _suggest_closing_mark(lines, opening.line, opening.column)
    for suggest in (
        _suggest_spaces_for_tabs,
        _suggest_space_after_hyphen,
        _suggest_quoting_in_braces,
        _suggest_quoting_value,
        _suggest_space_after_colon,
        _suggest_missing_colon,
        _suggest_indentation,
    ):
        yield from suggest(lines, number, stop.column)
    if opened and "could not find expected ':'" in str(error.problem):
        yield from _suggest_key_or_continuation(lines, opened.line, opened.column)


def _find_multiline_quote(lines: list[str]) -> Any:
    """Where the last quoted scalar of several lines begins: its closing mark may be missing there."""
    opening: Any = None
    with suppress(yaml.YAMLError):
        for event in _iter_yaml_events(lines):
            first, last = event.start_mark, event.end_mark
            if isinstance(event, yaml.ScalarEvent) and event.style in ("'", '"') and first.line < last.line:
                opening = first
    return opening


def _find_open_collection(lines: list[str]) -> Any:
    """Where the innermost bracket or brace begins that is still open where the parser stops; None if all are closed."""
    openings: list[Any] = []
    with suppress(yaml.YAMLError):
        for event in _iter_yaml_events(lines):
            if isinstance(event, yaml.CollectionStartEvent):
                openings.append(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                openings.pop()
    return openings[-1].start_mark if openings and openings[-1].flow_style else None


def _suggest_closing_mark(lines: list[str], number: int, column: int) -> Iterator[_LineRepair]:
    """Close a bracket, brace or quotation mark."""
    line = lines[number]
    noun, closing = _CLOSING_MARKS.get(line[column : column + 1], ("", ""))
    if noun:
        message = f"this {noun} is never closed"
        yield _LineRepair(number, column, line.rstrip() + closing, message, f"close it with {closing}", "maybe")


def _suggest_spaces_for_tabs(lines: list[str], number: int, column: int) -> Iterator[_LineRepair]:
    """Replace tabs of the indentation by two spaces, one space, or the indentation of the line above."""
    line = lines[number]
    blank = re.match(r"[ \t]*(?:-[ \t]+)?", line)
    if not blank or "\t" not in blank[0]:
        return
    message, help = "there is a tab here; records are indented with spaces", "replace the tab by spaces"
    for start in (blank[0].replace("\t", "  "), blank[0].replace("\t", " "), _get_neighbour_indent(lines, number)):
        yield _LineRepair(number, line.index("\t"), start + line[blank.end() :], message, help)


def _suggest_space_after_hyphen(lines: list[str], number: int, column: int) -> Iterator[_LineRepair]:
    """Add the space after the hyphen of a list entry; libyaml reports the entry's second line."""
    for at in range(number, -1, -1):
        if match := re.match(r"( *)-(?=[a-z_]+:(?: |$)|\{)", lines[at]):
            new = f"{match[0]} {lines[at][match.end() :]}"
            message, help = "an entry of a list begins with a hyphen and a space", "write a space after the hyphen"
            yield _LineRepair(at, len(match[1]), new, message, help)
        if at < number and not lines[at].startswith(" "):
            return  # only lines of one entry


def _suggest_quoting_in_braces(lines: list[str], number: int, column: int) -> Iterator[_LineRepair]:
    """Quote a value inside braces that has a colon or the like."""
    line = lines[number]
    start = max(line.rfind("{", 0, column), line.rfind(", ", 0, column)) + 1
    end = min((at for at in (line.find(mark, column) for mark in (", ", "}")) if at >= 0), default=0)
    if "{" in line[:start] and (pair := _KEY_VALUE_LINE.fullmatch(line[start:end])):
        yield _create_quoting_repair(number, column, line[:start] + _quote_line_value(pair) + line[end:], pair)


def _suggest_quoting_value(lines: list[str], number: int, column: int) -> Iterator[_LineRepair]:
    """Quote a value that has another meaning in YAML."""
    pair = _KEY_VALUE_LINE.fullmatch(lines[number])
    if pair and column >= pair.start("value") and not re.match(r"[|>]|- |[\[{].*[\]}]$", pair["value"]):
        yield _create_quoting_repair(number, column, _quote_line_value(pair), pair)


def _create_quoting_repair(number: int, column: int, new: str, pair: re.Match[str]) -> _LineRepair:
    key, value = pair["key"], pair["value"]
    message = f"`{key}`: without quotation marks this text means something else in YAML"
    if ": " in value or value.endswith(":"):
        message = f"`{key}`: its text has a colon and a space, which end a key"
    elif len(value) > 1 and value[0] == value[-1] and value[0] in _CLOSING_MARKS:
        message = f"`{key}`: this text cannot be inside quotation marks of this kind"
        return _LineRepair(number, column, new, message, "use the other kind of quotation marks round it")
    elif not value[0].isalnum():
        message = f"`{key}`: text cannot begin with {value[0]} unless all of it is in quotation marks"
    return _LineRepair(number, column, new, message, "put the whole text in quotation marks")


def _suggest_space_after_colon(lines: list[str], number: int, column: int) -> Iterator[_LineRepair]:
    """Add the space after the colon of a key; libyaml may report the next line."""
    for at in (number, number - 1):
        match = re.match(r"(\s*(?:- +)*[\w-]+):(?=[^\s:/])", lines[at]) if at >= 0 else None
        if match:
            new = f"{match[0]} {lines[at][match.end() :]}"
            yield _LineRepair(at, match.end(), new, "a key is followed by a colon and a space", "write a space after the colon")


def _suggest_missing_colon(lines: list[str], number: int, column: int) -> Iterator[_LineRepair]:
    """Add the colon after the first key of a list entry; libyaml reports the next line."""
    match = re.match(r"( *- +)([a-z_]+) +(?=[^\s:])", lines[number - 1]) if number else None
    if match:
        new = f"{match[1]}{match[2]}: {lines[number - 1][match.end() :]}"
        message = f"a colon is missing after the key `{match[2]}`"
        yield _LineRepair(number - 1, match.end(2), new, message, "put it there", "maybe")


def _suggest_indentation(lines: list[str], number: int, column: int) -> Iterator[_LineRepair]:
    """Indent a line like its neighbours."""
    line, start = lines[number], _get_neighbour_indent(lines, number)
    words = line.lstrip(" ")
    if words.startswith("- "):
        above = next((other for other in reversed(lines[:number]) if other.lstrip(" ").startswith("- ")), "")
        start = above[: len(above) - len(above.lstrip(" "))]
    if words and not words.startswith("\t") and start != line[: len(line) - len(words)]:
        message = "this line has another indentation than its neighbours"
        help = "begin it at the same column as they do; if it is part of the text above, put all of that in quotation marks"
        yield _LineRepair(number, len(line) - len(words), start + words, message, help, "maybe")


def _suggest_key_or_continuation(lines: list[str], number: int, column: int) -> Iterator[_LineRepair]:
    """Turn a line of words into a key with a value, or into a part of the text above."""
    line = lines[number]
    key, colon, value = line.partition(" ")
    message = "this line is neither a key with a colon nor a part of the text above"
    help = "write a colon and a space after the key, or indent the line if it continues the text above"
    if colon and re.fullmatch(r"[a-z_]+", key):
        yield _LineRepair(number, column, f"{key}: {value}", message, help, "maybe")
    yield _LineRepair(number, column, f"  {line}", message, help, "maybe")


def _get_neighbour_indent(lines: list[str], number: int) -> str:
    """The indentation of the record that the lines above are part of."""
    above = next((line for line in reversed(lines[:number]) if line.strip() and not line.lstrip().startswith("#")), "")
    return get_record_indentation(above.replace("\t", "  "))


def _quote_line_value(pair: re.Match[str]) -> str:
    """A line with its value in quotation marks; marks around the whole value are replaced, others are kept."""
    value = pair["value"]
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1]
    marked = f"'{value}'" if re.search(r'["\\]', value) and "'" not in value else json.dumps(value, ensure_ascii=False)
    return f"{pair['head']}{marked}{pair['tail']}"
