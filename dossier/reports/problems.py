"""Formats of a list of problems: text for a terminal, GitHub workflow commands, Markdown, JSON.

Problems carry edits as (old words, new words). Here they are completed to whole lines, for which the files are read again.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path

from dossier.loading.files import is_reached_by_link
from dossier.loading.yaml_loader import MAX_YAML_BYTES
from dossier.model.markdown import escape_markdown, truncate_summary
from dossier.model.problems.problem import FORBIDDEN_CHARACTERS_PATTERN, LineEdit, Problem, get_record_indentation
from dossier.model.wording import format_count

MAX_EXCERPT_CHARACTERS = 110
"""Longer lines are cut to this length around the column of the problem."""


def format_problem_counts(problems: Iterable[Problem]) -> str:
    """The number of errors and notices: "2 errors, 1 notice"."""
    counts = Counter[str](problem.severity for problem in problems)
    return ", ".join(format_count(counts[noun], noun) for noun in ("error", "notice"))


def complete_line_edits(problems: Iterable[Problem], root: Path) -> Iterator[Problem]:
    """Turn the edits of problems into whole lines, in order. Edits that do not apply to the file's line are left out.

    `root` is the folder that the paths of the problems are relative to.
    """
    return (problem for problem, _ in _iter_problems_with_lines(problems, root))


def iter_problems_with_texts(problems: Iterable[Problem], root: Path) -> Iterator[tuple[Problem, str]]:
    """Yield each problem, completed as above, and its text of several lines: message, excerpt, corrected line, and help."""
    return ((problem, _format_problem_text(problem, lines)) for problem, lines in _iter_problems_with_lines(problems, root))


def _iter_problems_with_lines(problems: Iterable[Problem], root: Path) -> Iterator[tuple[Problem, list[str]]]:
    """Yield each problem with completed edits and with the lines of its file; each file is read once."""
    read_lines = cache(lambda path: _read_excerpt_lines(root, path))
    for problem in problems:
        lines = read_lines(problem.location.path)
        yield (_complete_problem_edits(problem, lines) if problem.line_edits else problem), lines


def _complete_problem_edits(problem: Problem, lines: list[str]) -> Problem:
    """Replace the edits of a problem by edits of whole lines; drop those that do not apply, or have what no line may have."""
    if problem.location.line > len(lines):
        return replace(problem, line_edits=())
    line, column = lines[problem.location.line - 1], problem.location.column
    printable = (edit for edit in problem.line_edits if not FORBIDDEN_CHARACTERS_PATTERN.search(edit.new_text))
    edited_lines = [(edit, _apply_line_edit(edit, line, column - 1)) for edit in printable]
    line_edits = (edit._replace(old_text=line, new_text=new_line) for edit, new_line in edited_lines if new_line is not None)
    return replace(problem, line_edits=tuple(line_edits))


def _apply_line_edit(edit: LineEdit, line: str, start: int) -> str | None:
    """Apply an edit to a line; None if the old words are not in it.

    The old words are searched from the index `start` on. If they begin there, quotation marks around them are replaced too.
    Without old words the new text is a key to insert. An edit that has been completed before is left as it is.
    """
    if edit.old_text == line:
        return edit.new_text
    if not edit.old_text:
        return _insert_key_in_line(line, start, edit.new_text)
    # With quotation marks first: the new text has its own if it needs them.
    for old in (f'"{edit.old_text}"', f"'{edit.old_text}'", edit.old_text):
        if line.startswith(old, start):
            return line[:start] + edit.new_text + line[start + len(old) :]
    index = line.find(edit.old_text, start)
    return line[:index] + edit.new_text + line[index + len(edit.old_text) :] if index >= 0 else None


def _insert_key_in_line(line: str, start: int, new_key: str) -> str | None:
    """Insert a key: inside `{…}` if `start` is in a flow mapping, otherwise as a new line with the same indentation.

    None if a flow mapping is not closed on this line.
    """
    open_braces = [0]  # the 0 is the line itself
    for index in (match.start() for match in re.finditer(r"[{}]", line)):
        if line[index] == "{":
            open_braces.append(index)
        elif len(open_braces) > 1 and open_braces.pop() <= start <= index:
            return f"{line[:index]}, {new_key}{line[index:]}"
    return get_record_indentation(line) + new_key if len(open_braces) == 1 else None


def _format_problem_text(problem: Problem, file_lines: list[str]) -> str:
    """One problem as text. Errors are unmarked, as compilers print them, so that editors recognise `path:line:column:`."""
    prefix = "notice: " if problem.severity == "notice" else ""
    lines = [f"{problem.location}: {prefix}{problem.message} [{problem.rule}]", *_format_line_excerpt(problem, file_lines)]
    lines += [f"{edit.edit_kind:>5} | {edit.new_text}" for edit in problem.line_edits]
    return "\n".join([*lines, f"    help: {problem.help}"] if problem.help else lines)


def _format_text_report(problems: list[Problem], root: Path) -> str:
    """Text for a terminal: each problem with its excerpt, then the counts."""
    texts = (text for _, text in iter_problems_with_texts(problems, root))
    return "\n\n".join([*texts, format_problem_counts(problems)])


def _format_github_report(problems: list[Problem], root: Path) -> str:
    """GitHub workflow commands (`::error file=…,line=…::message`): annotations on the lines of a pull request."""
    lines = []
    for problem in complete_line_edits(problems, root):
        place, title = problem.location, _escape_github_property(problem.rule)
        properties = f"file={_escape_github_property(place.path)},line={place.line},col={place.column},title={title}"
        lines.append(f"::{problem.severity} {properties}::{_escape_github_data(_format_problem_message(problem))}")
    return "\n".join([*lines, format_problem_counts(problems)])


def _format_markdown_report(problems: list[Problem], root: Path) -> str:
    """A Markdown table for the job's summary, because GitHub shows only the first ten annotations of each severity."""
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
    """An array of objects; `instead` has the corrected lines, with `how` as in `LineEdit.edit_kind`."""
    entries = [
        {
            **asdict(problem.location),
            "rule": problem.rule,
            "severity": problem.severity,
            "message": problem.message,
            "help": problem.help,
            "instead": [{"how": edit.edit_kind, "line": edit.new_text} for edit in problem.line_edits],
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
"""Formatters by the name of `dossier check --format`: problems and root folder to text."""


def _format_problem_message(problem: Problem) -> str:
    """Message and help in one line, then each corrected line."""
    summary = f"{problem.message}; {problem.help}" if problem.help else problem.message
    return "\n".join([summary, *(f"{edit.edit_kind}: {edit.new_text.strip()}" for edit in problem.line_edits)])


def _format_cure_cell(problem: Problem) -> str:
    """Help and corrected lines as the content of a Markdown table cell."""
    lines = [f"{edit.edit_kind}: `{_escape_code_cell(edit.new_text.strip())}`" for edit in problem.line_edits]
    return "<br>".join(filter(None, [escape_markdown(problem.help), *lines]))


def _read_excerpt_lines(root: Path, path: str) -> list[str]:
    """Lines of a source file; empty for built pages, and for what loading refuses.

    That is whatever a link leads to, a file that is too large, and what is not UTF-8 text.
    """
    file = root / path
    try:
        if (
            file.suffix == ".html"
            or not file.is_file()
            or is_reached_by_link(file, root)
            or file.stat().st_size > MAX_YAML_BYTES  # what is larger was not read as a record either
        ):
            return []
        # Control characters could change what a terminal shows; split("\n"), since line numbers count line feeds only.
        return [FORBIDDEN_CHARACTERS_PATTERN.sub("\ufffd", line) for line in file.read_text(encoding="utf-8-sig").split("\n")]
    except (OSError, UnicodeDecodeError):
        return []


def _format_line_excerpt(problem: Problem, lines: list[str]) -> list[str]:
    """The problem's line, cut around the column, and below it a line with a caret; empty if the file has no such line."""
    if problem.location.line > len(lines):
        return []
    line = lines[problem.location.line - 1]
    column = min(problem.location.column, len(line) + 1)
    first = max(0, column - MAX_EXCERPT_CHARACTERS // 2) if len(line) > MAX_EXCERPT_CHARACTERS else 0
    excerpt = line[first : first + MAX_EXCERPT_CHARACTERS]
    gutter = f"{problem.location.line:>5} | "
    # Tabs are kept, so that the caret is below its column however wide the terminal shows them.
    padding = "".join("\t" if character == "\t" else " " for character in excerpt[: column - 1 - first])
    return [f"{gutter}{excerpt}", " " * (len(gutter) - 2) + "| " + padding + "^"]


def _escape_github_data(value: str) -> str:
    """Escape the message of a workflow command, as `escapeData` of GitHub's actions/toolkit does."""
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_code_cell(value: str) -> str:
    """Escape code for a cell of a Markdown table. A code span cannot contain escaped backticks, so they become apostrophes."""
    return value.replace("`", "'").replace("|", "\\|").replace("\r", " ").replace("\n", " ")


def _escape_github_property(value: str) -> str:
    """Escape a property of a workflow command, as `escapeProperty` of GitHub's actions/toolkit does."""
    return _escape_github_data(value).replace(":", "%3A").replace(",", "%2C")
