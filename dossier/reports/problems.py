"""Problems as people and machines read them: text with the line, a caret and the line as it should be, GitHub, Markdown,
JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from dossier.model.markdown import escaped, fitted
from dossier.model.problems.problem import UNSEEN, Instead, Problem, indent

LARGEST = 1_000_000
"""Bytes of a file of which a line is shown."""

MOST_LISTED = 2_000
"""Problems that a summary lists; the forge refuses one of more than a megabyte."""

WIDTH = 110
"""Longest piece of a line that is shown round a caret."""


def summary(problems: Iterable[Problem]) -> str:
    """How many errors and notices there are, in words."""
    severities = [problem.severity for problem in problems]
    errors, notices = severities.count("error"), severities.count("notice")
    return f"{_count(errors, 'error')}, {_count(notices, 'notice')}"


def completed(problems: Iterable[Problem], root: Path) -> Iterator[Problem]:
    """The problems with whole lines as they should be, in place of the words to change; ways without a line left out."""
    return (problem for problem, _ in _with_lines(problems, root))


def texts(problems: Iterable[Problem], root: Path) -> Iterator[str]:
    """Each problem over several lines: place and message, the line with a caret, the line as it should be, and the cure."""
    return (_text(problem, lines) for problem, lines in _with_lines(problems, root))


def _with_lines(problems: Iterable[Problem], root: Path) -> Iterator[tuple[Problem, list[str]]]:
    """Each problem, completed, with the lines of its file."""
    read: dict[str, list[str]] = {}
    for problem in problems:
        path = problem.place.path
        if path not in read:
            read[path] = _lines(root / path)
        yield (_whole(problem, read[path]) if problem.instead else problem), read[path]


def _whole(problem: Problem, written: list[str]) -> Problem:
    """A problem whose ways to set it right are whole lines."""
    if problem.place.line > len(written):
        return replace(problem, instead=())
    line, column = written[problem.place.line - 1], problem.place.column
    found = [(way, _changed(way, line, column - 1)) for way in problem.instead]
    return replace(problem, instead=tuple(way._replace(old=line, new=new) for way, new in found if new is not None))


def _changed(way: Instead, line: str, start: int) -> str | None:
    """A line after a change behind a place, quotation marks round the old words included; None where they are not there."""
    if way.old == line:
        return way.new
    if not way.old:
        return _longer(line, start, way.new)
    for old in (f'"{way.old}"', f"'{way.old}'", way.old):
        if line.startswith(old, start):
            return line[:start] + way.new + line[start + len(old) :]
    at = line.find(way.old, start)
    return line[:at] + way.new + line[at + len(way.old) :] if at >= 0 else None


def _longer(line: str, start: int, new: str) -> str | None:
    """The line with a key more, where its record stands in braces round a place; else a line of its own, indented like it."""
    opened = [0]
    for place in (match.start() for match in re.finditer(r"[{}]", line)):
        if line[place] == "{":
            opened.append(place)
        elif len(opened) > 1 and opened.pop() <= start <= place:
            return f"{line[:place]}, {new}{line[place:]}"
    if len(opened) > 1:
        return None
    return indent(line) + new


def _text(problem: Problem, written: list[str]) -> str:
    mark = "notice: " if problem.severity == "notice" else ""
    lines = [f"{problem.place}: {mark}{problem.message} [{problem.rule}]"]
    lines += _excerpt(problem, written)
    lines += [f"{way.how:>5} | {way.new}" for way in problem.instead]
    if problem.help:
        lines.append(f"    help: {problem.help}")
    return "\n".join(lines)


def _as_text(problems: list[Problem], root: Path) -> str:
    return "\n\n".join([*texts(problems, root), summary(problems)])


def _as_github(problems: list[Problem], root: Path) -> str:
    """Workflow commands, which show a problem on its line of a pull request."""
    commands = [
        f"::{problem.severity} file={_property(problem.place.path)},line={problem.place.line},"
        f"col={problem.place.column},title={_property(problem.rule)}::{_data(_sentences(problem))}"
        for problem in completed(problems, root)
    ]
    return "\n".join([*commands, summary(problems)])


def _as_summary(problems: list[Problem], root: Path) -> str:
    """A Markdown table of all problems: the forge shows only the first ten of each kind on their lines."""
    if not problems:
        return "**Nothing to put right.**"
    head = [f"**{summary(problems)}**", "", "| Where | What is wrong | What to write instead |", "|---|---|---|"]
    rows = [
        f"| `{_coded(str(problem.place))}` | {'Notice: ' if problem.severity == 'notice' else ''}{escaped(problem.message)} "
        f"`{problem.rule}` | {_ways(problem)} |"
        for problem in completed(problems[:MOST_LISTED], root)
    ]
    rest = len(problems) - MOST_LISTED
    more = ["", f"And {rest} more: `dossier check` lists them all."] if rest > 0 else []
    return fitted("\n".join([*head, *rows, *more]))


def _as_json(problems: list[Problem], root: Path) -> str:
    entries = [
        {
            "path": problem.place.path,
            "line": problem.place.line,
            "column": problem.place.column,
            "rule": problem.rule,
            "severity": problem.severity,
            "message": problem.message,
            "help": problem.help,
            "instead": [{"how": way.how, "line": way.new} for way in problem.instead],
        }
        for problem in completed(problems, root)
    ]
    return json.dumps(entries, ensure_ascii=False, indent=2)


FORMATS: Mapping[str, Callable[[list[Problem], Path], str]] = {
    "text": _as_text,
    "github": _as_github,
    "summary": _as_summary,
    "json": _as_json,
}


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _sentences(problem: Problem) -> str:
    """Message and cure, and each line as it should be on a line of its own."""
    said = f"{problem.message}; {problem.help}" if problem.help else problem.message
    return "\n".join([said, *(f"{way.how}: {way.new.strip()}" for way in problem.instead)])


def _ways(problem: Problem) -> str:
    """The cure in a cell of a table, and each line as it should be."""
    lines = [f"{way.how}: `{_coded(way.new.strip())}`" for way in problem.instead]
    return "<br>".join(filter(None, [escaped(problem.help), *lines]))


def _lines(file: Path) -> list[str]:
    """The lines of a file that is written by people; of pages and what is not text, none."""
    try:
        if file.suffix == ".html" or not file.is_file() or file.stat().st_size > LARGEST:
            return []
        return [UNSEEN.sub("\ufffd", line) for line in file.read_text(encoding="utf-8-sig").split("\n")]
    except (OSError, UnicodeDecodeError):
        return []


def _excerpt(problem: Problem, lines: list[str]) -> list[str]:
    """The line that is meant, cut round the column, and a caret below; nothing where there is none."""
    if problem.place.line > len(lines):
        return []
    line = lines[problem.place.line - 1]
    column = min(problem.place.column, len(line) + 1)
    first = max(0, column - WIDTH // 2) if len(line) > WIDTH else 0
    shown = line[first : first + WIDTH]
    number = f"{problem.place.line:>5} | "
    before = "".join("\t" if character == "\t" else " " for character in shown[: column - 1 - first])
    return [f"{number}{shown}", " " * (len(number) - 2) + "| " + before + "^"]


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _coded(value: str) -> str:
    """What can stand between backticks in a table."""
    return value.replace("`", "'").replace("|", "\\|").replace("\r", " ").replace("\n", " ")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")
