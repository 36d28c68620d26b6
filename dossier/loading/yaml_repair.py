"""What is wrong with a text that is not YAML, in plain words, and the line as it should be.

libyaml says where it gave up and why, in its own terms. Ways to mend the line are tried in turn on the text itself: the
first with which the reading gets past this line is what the problem shows, so that nobody is told what does not help.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import yaml

from dossier.model.problems.problem import Instead, Place, Problem, indent

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

LONGEST = 2_000
"""Characters of a line that is mended; patterns go over it more than once."""

_PAIR = re.compile(r"(?P<head>\s*(?:- +)*(?P<key>[\w-]+):[ \t]+)(?P<value>\S.*?)(?P<tail>\s*(?:\s#.*)?)")
"""A line with a key and its value, apart from a comment behind it."""

_OPENED = {"[": ("bracket", "]"), "{": ("brace", "}"), '"': ("quotation mark", '"'), "'": ("quotation mark", "'")}

_SAID = {
    "mapping values are not allowed": (
        "a colon followed by a space ends a key, and no key can stand here",
        "put text that holds a colon in quotation marks; begin a key at the same column as its neighbours",
    ),
    "cannot start any token": (
        "no value can begin with this character",
        "put the whole value in quotation marks",
    ),
    "did not find expected key": (
        "here the record breaks off: this is neither a key nor does it belong to the value above",
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
    "did not find expected comment or line break": (
        "behind | or > nothing else stands on the line",
        "begin the text on the next line, indented",
    ),
}
"""What libyaml says, in plain words, with the cure; for what no mending was found for."""


class _Way(NamedTuple):
    """One way to mend a line (counted from 0): what it becomes, what was wrong, and what to do; `column` from 0."""

    line: int
    column: int
    new: str
    message: str
    help: str
    how: Literal["write", "maybe"] = "write"


def syntax_problem(error: yaml.MarkedYAMLError, text: str, path: str, first_line: int) -> Problem:
    """The problem that a text is not YAML; `first_line` is where it begins in its file."""
    lines, stop = text.split("\n"), _mark(error)
    for way in _ways(error, lines):
        if _reads_past(max(stop.line, way.line), [*lines[: way.line], way.new, *lines[way.line + 1 :]]):
            place = Place(path, way.line + first_line, way.column + 1)
            return Problem(place, "yaml-syntax", way.message, way.help, (Instead(way.how, lines[way.line], way.new),))
    said = " ".join(part for part in (error.problem, error.context) if part)
    begun = "could not find expected ':'" in said or "found unexpected end" in said
    mark: Any = error.context_mark if begun and error.context_mark else stop
    known = next((words for sign, words in _SAID.items() if sign in said), None)
    message, help = known or (f"this is not YAML: {said}", "compare the line with its neighbours")
    return Problem(Place(path, mark.line + first_line, mark.column + 1), "yaml-syntax", message, help)


def _mark(error: yaml.MarkedYAMLError) -> Any:
    """Where reading ended: line and column from 0."""
    return error.problem_mark or error.context_mark or yaml.Mark("", 0, 0, 0, "", 0)


def quoted_value(text: str, line: int, column: int) -> tuple[Instead, ...]:
    """The line of a text, counted from 0, with its value in quotation marks; none where no key stands before it."""
    written = text.split("\n")[line]
    pair = _PAIR.fullmatch(written) if len(written) <= LONGEST else None
    return (Instead("maybe", written, _quoted(pair)),) if pair and pair.start("value") == column else ()


def _events(lines: list[str]) -> Iterator[Any]:
    yield from yaml.parse("\n".join(lines), Loader=Loader)


def _reads_past(number: int, lines: list[str]) -> bool:
    """Whether a text can be read to its end, or to beyond a line."""
    try:
        return any(event.start_mark.line > number for event in _events(lines)) or True
    except yaml.YAMLError:
        return False


def _ways(error: yaml.MarkedYAMLError, lines: list[str]) -> Iterator[_Way]:
    """Ways to mend a text, the likeliest first."""
    stop: Any = _mark(error)
    opened: Any = error.context_mark
    number = min(stop.line, len(lines) - 1)
    if len(lines[number]) > LONGEST or (opened and len(lines[min(opened.line, number)]) > LONGEST):
        return
    for begun in (opened, _run_on(lines)):
        if begun and begun.line < len(lines):
            yield from _closed(lines, begun.line, begun.column)
    for look in (_untabbed, _inner, _whole, _unspaced, _uncoloned, _unindented):
        yield from look(lines, number, stop.column)
    if opened and "could not find expected ':'" in str(error.problem):
        yield from _worded(lines, opened.line, opened.column)


def _run_on(lines: list[str]) -> Any:
    """Where the last text in quotation marks begins that goes on over a line's end: its own may be missing there."""
    begun: Any = None
    try:
        for event in _events(lines):
            first, last = event.start_mark, event.end_mark
            if isinstance(event, yaml.ScalarEvent) and event.style in ("'", '"') and first.line < last.line:
                begun = first
    except yaml.YAMLError:
        pass
    return begun


def _closed(lines: list[str], number: int, column: int) -> Iterator[_Way]:
    """What is opened on a line and never closed."""
    line = lines[number]
    noun, closing = _OPENED.get(line[column : column + 1], ("", ""))
    if noun:
        message = f"the {noun} that is opened here is never closed"
        yield _Way(number, column, line.rstrip() + closing, message, f"close it with {closing}", "maybe")


def _untabbed(lines: list[str], number: int, column: int) -> Iterator[_Way]:
    """Tabs where YAML wants spaces: as deep as the line above, or as two spaces each."""
    line = lines[number]
    blank = re.match(r"[ \t]*(?:-[ \t]+)?", line)
    if not blank or "\t" not in blank[0]:
        return
    message, help = "a tab stands here; lines of a record are indented with spaces", "put spaces in place of the tab"
    for start in (blank[0].replace("\t", "  "), blank[0].replace("\t", " "), _indent(lines, number)):
        yield _Way(number, line.index("\t"), start + line[blank.end() :], message, help)


def _inner(lines: list[str], number: int, column: int) -> Iterator[_Way]:
    """A colon, or the like, in a value inside braces."""
    line = lines[number]
    start = max(line.rfind("{", 0, column), line.rfind(", ", 0, column)) + 1
    end = min((at for at in (line.find(mark, column) for mark in (", ", "}")) if at >= 0), default=0)
    if "{" in line[:start] and (pair := _PAIR.fullmatch(line[start:end])):
        yield _quoting(number, column, line[:start] + _quoted(pair) + line[end:], pair)


def _whole(lines: list[str], number: int, column: int) -> Iterator[_Way]:
    """A value that means something to YAML that was not meant."""
    pair = _PAIR.fullmatch(lines[number])
    if pair and column >= pair.start("value") and not re.match(r"[|>]|- |[\[{].*[\]}]$", pair["value"]):
        yield _quoting(number, column, _quoted(pair), pair)


def _quoting(number: int, column: int, new: str, pair: re.Match[str]) -> _Way:
    key, value = pair["key"], pair["value"]
    message = f"`{key}`: this text means something else to YAML unless it stands in quotation marks"
    if ": " in value or value.endswith(":"):
        message = f"`{key}`: its text holds a colon followed by a space, which ends a key"
    elif len(value) > 1 and value[0] == value[-1] and value[0] in _OPENED:
        message = f"`{key}`: what stands inside these quotation marks cannot stand there"
        return _Way(number, column, new, message, "use the other kind of quotation marks round it")
    elif not value[0].isalnum():
        message = f"`{key}`: text cannot begin with {value[0]} unless all of it stands in quotation marks"
    return _Way(number, column, new, message, "put the whole text in quotation marks")


def _unspaced(lines: list[str], number: int, column: int) -> Iterator[_Way]:
    """A key without a space behind its colon; that is seen only on the next line."""
    for at in (number, number - 1):
        match = re.match(r"(\s*(?:- +)*[\w-]+):(?=[^\s:/])", lines[at]) if at >= 0 else None
        if match:
            new = f"{match[0]} {lines[at][match.end() :]}"
            yield _Way(at, match.end(), new, "a key is followed by a colon and a space", "put a space behind the colon")


def _uncoloned(lines: list[str], number: int, column: int) -> Iterator[_Way]:
    """An entry of a list that begins with a key without a colon; that is seen only on the next line."""
    match = re.match(r"( *- +)([a-z_]+) +(?=[^\s:])", lines[number - 1]) if number else None
    if match:
        new = f"{match[1]}{match[2]}: {lines[number - 1][match.end() :]}"
        yield _Way(number - 1, match.end(2), new, f"behind the key `{match[2]}` a colon is missing", "put it there", "maybe")


def _unindented(lines: list[str], number: int, column: int) -> Iterator[_Way]:
    """A line that begins at another column than its neighbours."""
    line, start = lines[number], _indent(lines, number)
    words = line.lstrip(" ")
    if words.startswith("- "):
        above = next((other for other in reversed(lines[:number]) if other.lstrip(" ").startswith("- ")), "")
        start = above[: len(above) - len(above.lstrip(" "))]
    if words and not words.startswith("\t") and start != line[: len(line) - len(words)]:
        message = "this line begins at another column than its neighbours"
        help = "begin it at the same column as they do; if it belongs to the text above, put all of that in quotation marks"
        yield _Way(number, len(line) - len(words), start + words, message, help, "maybe")


def _worded(lines: list[str], number: int, column: int) -> Iterator[_Way]:
    """A line of words that is neither a key nor a part of the text above."""
    line = lines[number]
    key, colon, value = line.partition(" ")
    message = "this line is neither a key with a colon nor a part of the text above"
    help = "put a colon and a space behind its key; text that goes on is indented below its key"
    if colon and re.fullmatch(r"[a-z_]+", key):
        yield _Way(number, column, f"{key}: {value}", message, help, "maybe")
    yield _Way(number, column, f"  {line}", message, help, "maybe")


def _indent(lines: list[str], number: int) -> str:
    """The spaces before the keys of the record that the lines above belong to."""
    above = next((line for line in reversed(lines[:number]) if line.strip() and not line.lstrip().startswith("#")), "")
    return indent(above.replace("\t", "  "))


def _quoted(pair: re.Match[str]) -> str:
    """A line with its value in quotation marks; those round a part of it are words of it, those round all of it are not."""
    value = pair["value"]
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1]
    marked = f"'{value}'" if re.search(r'["\\]', value) and "'" not in value else json.dumps(value, ensure_ascii=False)
    return f"{pair['head']}{marked}{pair['tail']}"
