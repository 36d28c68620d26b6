"""Files that would take minutes to read are read in seconds, or refused by name before the work is done."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dossier.loading.lock import MAX_LOCK_BYTES, read_lock
from dossier.loading.release import MAX_RELEASE_BYTES, read_release
from dossier.loading.settings import MAX_CONFIG_ALIASES, MAX_CONFIG_BYTES, MAX_CONFIG_DEPTH, read_settings
from dossier.loading.yaml_loader import MAX_COSTLY_SIGNS, MAX_YAML_BYTES, decode_yaml, find_merge_conflict, load_yaml
from dossier.model.problems.problem import Problem
from dossier.model.yaml_node import YamlNode

SECONDS = 5
"""Seconds of work that a file may take, on any machine; those below took a minute or more."""


@contextmanager
def within_seconds() -> Iterator[None]:
    start = time.process_time()
    yield
    assert time.process_time() - start < SECONDS


def read_text_as_yaml(text: str) -> YamlNode | Problem:
    decoded = decode_yaml(text.encode()[:MAX_YAML_BYTES], "x.yml")
    return decoded if isinstance(decoded, Problem) else load_yaml(decoded, "x.yml")


COSTLY = {
    "a scalar that is indented far": ("a: |\n" + " " * 900_000 + "x\n", ""),
    "white space between words": ("a: b" + " " * 900_000 + "c\n", ""),
    "lines that may be marks of a merge": ("# x\n=======\n" * 20_000, ""),
    "many short scalars": ("".join(f"a{number}: |\n  x\n" for number in range(24_000)), ""),
    "directives": (
        "".join(f"%TAG !a{number}! x\n" for number in range(60_000)) + "---\na: b\n",
        "%TAG at the beginning of a line",
    ),
    "open brackets": ("[" * 90_000, "nested deeper"),
    "anchors": ("- &a b\n" * 45_000, "is an anchor"),
    "aliases": ("a: &a b\n" + "b: *a\n" * 9_000, "is an anchor"),
    "list items of a text": ("a: |\n" + "  - a\n\n" * 110_000, "line ends and signs of Markdown"),
    "rows of a table": ("a: |\n" + "  a|b\n" * 160_000, "line ends and signs of Markdown"),
}


@pytest.mark.parametrize("name", COSTLY)
def test_yaml_of_any_form_is_read_or_refused_in_seconds(name: str) -> None:
    text, message = COSTLY[name]
    with within_seconds():
        outcome = read_text_as_yaml(text)
    assert (message in outcome.message and bool(outcome.help)) if isinstance(outcome, Problem) else not message


def test_line_ends_and_signs_of_markdown_are_counted_with_their_limit() -> None:
    assert isinstance(decode_yaml(b"*" * MAX_COSTLY_SIGNS, "x.yml"), str)
    problem = decode_yaml(b"*" * (MAX_COSTLY_SIGNS + 1), "x.yml")
    assert isinstance(problem, Problem)
    assert (problem.rule, str(problem.location.path)) == ("unreadable-file", "x.yml")
    assert "100,001 line ends and signs of Markdown, more than 100,000" in problem.message


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("a\n<<<<<<< x\nb", 3),
        ("a\n=======\nb\n>>>>>>> x\n", 3),
        ("Heading\n=======\n<<<<<<< x\n=======\n>>>>>>> x", 17),
        ("Heading\n=======\n", 0),
        (">>>>>>> x\n=======\n", 0),
        (">>>>>>> seven levels\n>>>>>>> of a quotation\n", 0),
        ("<<<<<<<x\n", 0),
    ],
)
def test_the_first_mark_of_a_merge_is_found(text: str, start: int) -> None:
    assert find_merge_conflict(text) == start


@pytest.mark.parametrize("line", ["%YAML 1.2", "%TAG ! x"])
def test_a_directive_is_refused_at_its_line(line: str) -> None:
    problem = load_yaml(f"# a\n{line}\n---\na: b\n", "x.yml", first_line=2)
    assert isinstance(problem, Problem)
    assert (problem.rule, problem.location.line, problem.location.column) == ("yaml-feature", 3, 1)
    assert line.split(maxsplit=1)[0] in problem.message


def test_a_percent_sign_that_begins_no_directive_is_text() -> None:
    outcome = load_yaml("a: |\n  %TAG x\nb: 5 %\n", "x.yml")
    assert isinstance(outcome, YamlNode)
    assert outcome.to_plain_value() == {"a": "%TAG x\n", "b": "5 %"}


COSTLY_SETTINGS = {
    "open brackets": "x: " + "[" * (MAX_CONFIG_BYTES - 10),
    "open braces": "x: " + "{a: " * 20_000,
    "steps": "".join(f"{' ' * level}a:\n" for level in range(400)),
    "aliases": "x: &x [a]\n" + "".join(f"a{number}: *x\n" for number in range(MAX_CONFIG_ALIASES + 1)),
    "lines": "".join(f"k{number}: b\n" for number in range(9_000)),
    "a quoted text": f'x: "{"x" * 90_000}"\n',
    "an open quoted text": 'x: "' + "x\n" * 40_000,
}


@pytest.mark.parametrize("name", COSTLY_SETTINGS)
def test_settings_of_any_form_are_read_or_refused_in_seconds(name: str, tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(COSTLY_SETTINGS[name], encoding="utf-8")
    with within_seconds():
        _, problems = read_settings(tmp_path)
    assert [problem.rule for problem in problems] == ([] if name in ("lines", "a quoted text") else [problems[0].rule])
    assert all(problem.message and problem.location.path == "mkdocs.yml" for problem in problems)


def test_settings_that_are_nested_too_deep_are_told_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(
        "a: b\nx: " + "[" * (MAX_CONFIG_DEPTH + 1) + "]" * (MAX_CONFIG_DEPTH + 1), encoding="utf-8"
    )
    _, [problem] = read_settings(tmp_path)
    assert problem.message == f"line 2 is nested deeper than {MAX_CONFIG_DEPTH} levels"


def test_a_lock_and_a_release_of_wrong_values_are_refused_without_a_list_of_them(tmp_path: Path) -> None:
    values = ",".join(f'"{number:06x}": 1' for number in range(200_000))
    (tmp_path / "lock").write_text(f'{{"version": 1, "articles": {{{values}}}}}', encoding="utf-8")
    (tmp_path / "release").write_text(f'{{"version": 1, "addresses": [], "claims": {{{values}}}}}', encoding="utf-8")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with within_seconds():
        for _, [problem] in (read_lock(tmp_path / "lock"), read_release(tmp_path / "release")):
            assert "200,00" in problem.message
            assert "values in it are wrong" in problem.message
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000


def test_a_lock_and_a_release_have_a_size_that_is_read_in_seconds(tmp_path: Path) -> None:
    for name, limit, read in (("lock", MAX_LOCK_BYTES, read_lock), ("release", MAX_RELEASE_BYTES, read_release)):
        (tmp_path / name).write_text(" " * (limit + 1), encoding="utf-8")
        _, [problem] = read(tmp_path / name)
        assert f"more than {limit:,} bytes" in problem.message
