"""Problems as people and machines read them: text with the line and a caret, GitHub commands, a Markdown
table, JSON.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from dossier.model.markdown import escaped
from dossier.model.problem import UNSEEN, Problem

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


def texts(problems: Iterable[Problem], root: Path) -> Iterator[str]:
    """Each problem over several lines: place and message, the line with a caret, and the cure."""
    read: dict[str, list[str]] = {}
    for problem in problems:
        path = problem.place.path
        if path not in read:
            read[path] = _lines(root / path)
        yield _text(problem, read[path])


def _text(problem: Problem, written: list[str]) -> str:
    mark = "notice: " if problem.severity == "notice" else ""
    lines = [f"{problem.place}: {mark}{problem.message} [{problem.rule}]"]
    lines += _excerpt(problem, written)
    if problem.help:
        lines.append(f"    help: {problem.help}")
    return "\n".join(lines)


def _as_text(problems: list[Problem], root: Path) -> str:
    return "\n\n".join([*texts(problems, root), summary(problems)])


def _as_github(problems: list[Problem], root: Path) -> str:
    """Workflow commands, which show a problem on its line of a pull request."""
    commands = [
        f"::{problem.severity} file={_property(problem.place.path)},line={problem.place.line},"
        f"col={problem.place.column},title={_property(problem.rule)}::{_data(_sentence(problem))}"
        for problem in problems
    ]
    return "\n".join([*commands, summary(problems)])


def _as_summary(problems: list[Problem], root: Path) -> str:
    """A Markdown table of all problems: the forge shows only the first ten of each kind on their lines."""
    if not problems:
        return "**Nothing to put right.**"
    head = [f"**{summary(problems)}**", "", "| Where | What is wrong | What to write instead |", "|---|---|---|"]
    rows = [
        f"| `{_coded(str(problem.place))}` | {'Notice: ' if problem.severity == 'notice' else ''}{escaped(problem.message)} "
        f"`{problem.rule}` | {escaped(problem.help)} |"
        for problem in problems[:MOST_LISTED]
    ]
    rest = len(problems) - MOST_LISTED
    return "\n".join([*head, *rows, *(["", f"And {rest} more: `dossier check` lists them all."] if rest > 0 else [])])


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
        }
        for problem in problems
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


def _sentence(problem: Problem) -> str:
    return f"{problem.message}; {problem.help}" if problem.help else problem.message


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
