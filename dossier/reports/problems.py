"""Problems as people and machines read them: text with the line, a caret and the line as it should be, GitHub, Markdown,
JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from dossier.model.markdown import escape_markdown, truncate_summary
from dossier.model.problems.problem import FORBIDDEN_CHARACTERS_PATTERN, LineEdit, Problem, get_record_indentation

MAX_EXCERPT_FILE_BYTES = 1_000_000
"""Bytes of a file of which a line is shown."""

MAX_EXCERPT_CHARACTERS = 110
"""Longest piece of a line that is shown round a caret."""


def format_problem_counts(problems: Iterable[Problem]) -> str:
    """How many errors and notices there are, in words."""
    severities = [problem.severity for problem in problems]
    errors, notices = severities.count("error"), severities.count("notice")
    return f"{_format_noun_count(errors, 'error')}, {_format_noun_count(notices, 'notice')}"


def complete_line_edits(problems: Iterable[Problem], root: Path) -> Iterator[Problem]:
    """The problems with whole lines as they should be, in place of the words to change; ways without a line left out."""
    return (problem for problem, _ in _iter_problems_with_lines(problems, root))


def iter_problems_with_texts(problems: Iterable[Problem], root: Path) -> Iterator[tuple[Problem, str]]:
    """Each problem, completed as above, and over several lines: message, the line, the line as it should be, and the cure."""
    return ((problem, _format_problem_text(problem, lines)) for problem, lines in _iter_problems_with_lines(problems, root))


def _iter_problems_with_lines(problems: Iterable[Problem], root: Path) -> Iterator[tuple[Problem, list[str]]]:
    """Each problem, completed, with the lines of its file, which is read once for all of its problems."""
    read: dict[str, list[str]] = {}
    for problem in problems:
        path = problem.location.path
        if path not in read:
            read[path] = _read_excerpt_lines(root / path)
        yield (_complete_problem_edits(problem, read[path]) if problem.line_edits else problem), read[path]


def _complete_problem_edits(problem: Problem, written: list[str]) -> Problem:
    """A problem whose ways to set it right are whole lines."""
    if problem.location.line > len(written):
        return replace(problem, line_edits=())
    line, column = written[problem.location.line - 1], problem.location.column
    found = [(way, _apply_line_edit(way, line, column - 1)) for way in problem.line_edits]
    return replace(problem, line_edits=tuple(way._replace(old_text=line, new_text=new) for way, new in found if new is not None))


def _apply_line_edit(way: LineEdit, line: str, start: int) -> str | None:
    """A line after a change behind a place, quotation marks round the old words included; None where they are not there."""
    if way.old_text == line:
        return way.new_text
    if not way.old_text:
        return _insert_key_in_line(line, start, way.new_text)
    for old in (f'"{way.old_text}"', f"'{way.old_text}'", way.old_text):
        if line.startswith(old, start):
            return line[:start] + way.new_text + line[start + len(old) :]
    at = line.find(way.old_text, start)
    return line[:at] + way.new_text + line[at + len(way.old_text) :] if at >= 0 else None


def _insert_key_in_line(line: str, start: int, new: str) -> str | None:
    """The line with a key more, where its record stands in braces round a place; else a line of its own, indented like it."""
    opened = [0]
    for place in (match.start() for match in re.finditer(r"[{}]", line)):
        if line[place] == "{":
            opened.append(place)
        elif len(opened) > 1 and opened.pop() <= start <= place:
            return f"{line[:place]}, {new}{line[place:]}"
    if len(opened) > 1:
        return None
    return get_record_indentation(line) + new


def _format_problem_text(problem: Problem, written: list[str]) -> str:
    mark = "notice: " if problem.severity == "notice" else ""
    lines = [f"{problem.location}: {mark}{problem.message} [{problem.rule}]"]
    lines += _format_line_excerpt(problem, written)
    lines += [f"{way.edit_kind:>5} | {way.new_text}" for way in problem.line_edits]
    if problem.help:
        lines.append(f"    help: {problem.help}")
    return "\n".join(lines)


def _format_text_report(problems: list[Problem], root: Path) -> str:
    texts = (text for _, text in iter_problems_with_texts(problems, root))
    return "\n\n".join([*texts, format_problem_counts(problems)])


def _format_github_report(problems: list[Problem], root: Path) -> str:
    """Workflow commands, which show a problem on its line of a pull request."""
    commands = [
        f"::{problem.severity} file={_escape_github_property(problem.location.path)},line={problem.location.line},"
        f"col={problem.location.column},title={_escape_github_property(problem.rule)}::{_escape_github_data(_format_problem_message(problem))}"
        for problem in complete_line_edits(problems, root)
    ]
    return "\n".join([*commands, format_problem_counts(problems)])


def _format_markdown_report(problems: list[Problem], root: Path) -> str:
    """A Markdown table of all problems: the forge shows only the first ten of each kind on their lines."""
    if not problems:
        return "**Nothing to put right.**"
    head = [f"**{format_problem_counts(problems)}**", "", "| Where | What is wrong | What to write instead |", "|---|---|---|"]
    rows = [
        f"| `{_escape_code_cell(str(problem.location))}` "
        f"| {'Notice: ' if problem.severity == 'notice' else ''}{escape_markdown(problem.message)} "
        f"`{problem.rule}` | {_format_cure_cell(problem)} |"
        for problem in complete_line_edits(problems, root)
    ]
    return truncate_summary("\n".join([*head, *rows]))


def _format_json_report(problems: list[Problem], root: Path) -> str:
    entries = [
        {
            "path": problem.location.path,
            "line": problem.location.line,
            "column": problem.location.column,
            "rule": problem.rule,
            "severity": problem.severity,
            "message": problem.message,
            "help": problem.help,
            "instead": [{"how": way.edit_kind, "line": way.new_text} for way in problem.line_edits],
        }
        for problem in complete_line_edits(problems, root)
    ]
    return json.dumps(entries, ensure_ascii=False, indent=2)


REPORT_FORMATTERS: Mapping[str, Callable[[list[Problem], Path], str]] = {
    "text": _format_text_report,
    "github": _format_github_report,
    "summary": _format_markdown_report,
    "json": _format_json_report,
}


def _format_noun_count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _format_problem_message(problem: Problem) -> str:
    """Message and cure, and each line as it should be on a line of its own."""
    said = f"{problem.message}; {problem.help}" if problem.help else problem.message
    return "\n".join([said, *(f"{way.edit_kind}: {way.new_text.strip()}" for way in problem.line_edits)])


def _format_cure_cell(problem: Problem) -> str:
    """The cure in a cell of a table, and each line as it should be."""
    lines = [f"{way.edit_kind}: `{_escape_code_cell(way.new_text.strip())}`" for way in problem.line_edits]
    return "<br>".join(filter(None, [escape_markdown(problem.help), *lines]))


def _read_excerpt_lines(file: Path) -> list[str]:
    """The lines of a file that is written by people; of pages and what is not text, none."""
    try:
        if file.suffix == ".html" or not file.is_file() or file.stat().st_size > MAX_EXCERPT_FILE_BYTES:
            return []
        return [FORBIDDEN_CHARACTERS_PATTERN.sub("\ufffd", line) for line in file.read_text(encoding="utf-8-sig").split("\n")]
    except (OSError, UnicodeDecodeError):
        return []


def _format_line_excerpt(problem: Problem, lines: list[str]) -> list[str]:
    """The line that is meant, cut round the column, and a caret below; nothing where there is none."""
    if problem.location.line > len(lines):
        return []
    line = lines[problem.location.line - 1]
    column = min(problem.location.column, len(line) + 1)
    first = max(0, column - MAX_EXCERPT_CHARACTERS // 2) if len(line) > MAX_EXCERPT_CHARACTERS else 0
    shown = line[first : first + MAX_EXCERPT_CHARACTERS]
    number = f"{problem.location.line:>5} | "
    before = "".join("\t" if character == "\t" else " " for character in shown[: column - 1 - first])
    return [f"{number}{shown}", " " * (len(number) - 2) + "| " + before + "^"]


def _escape_github_data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_code_cell(value: str) -> str:
    """What can stand between backticks in a table."""
    return value.replace("`", "'").replace("|", "\\|").replace("\r", " ").replace("\n", " ")


def _escape_github_property(value: str) -> str:
    return _escape_github_data(value).replace(":", "%3A").replace(",", "%2C")
