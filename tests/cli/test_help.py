"""The help of every command fits a screen and shows an example that runs."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from dossier.cli import main
from support.dossiers import commit_all

SCREEN = (24, 80)
"""Lines and columns."""

RUN = ("check", "convert", "lock", "new", "quote", "rules")
"""Commands whose examples are run; those of others need the net or a finished site, so that theirs are only read."""


def commands(group: click.Group = main, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with the words that call it, groups before what is in them."""
    yield path, group
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


COMMANDS = dict(commands())
each_command = pytest.mark.parametrize("path", COMMANDS, ids=" ".join)


def shown(path: tuple[str, ...]) -> str:
    """The help of a command on a screen of 80 columns."""
    result: Result = CliRunner().invoke(main, [*path, "--help"], terminal_width=SCREEN[1], prog_name="dossier")
    assert result.exit_code == 0
    return result.output


def example_of(path: tuple[str, ...]) -> list[str]:
    """The words of the example that the help shows."""
    examples = re.findall(r"^  Example: dossier (.+)$", shown(path), re.MULTILINE)
    assert len(examples) == 1
    return shlex.split(examples[0])


@each_command
def test_help_fits_a_screen(path: tuple[str, ...]) -> None:
    lines = shown(path).splitlines()
    assert len(lines) <= SCREEN[0]
    assert max(map(len, lines)) <= SCREEN[1]


def test_the_help_names_the_option_that_shows_the_version() -> None:
    assert re.search(r"^  --version +Show the version", shown(()), re.MULTILINE)


@each_command
def test_no_sentence_is_cut(path: tuple[str, ...]) -> None:
    assert "..." not in re.sub(r"\[\w+\]\.\.\.|\[ARGS\]\.\.\.|[A-Z]+\.\.\.", "", shown(path))


@each_command
def test_the_example_is_of_that_command_and_can_be_read(
    path: tuple[str, ...], example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(example)
    words = example_of(path)
    assert tuple(words[: len(path)]) == path
    context = click.Context(main, info_name="dossier", obj=example)
    command: click.Command = main
    while isinstance(command, click.Group):
        name, command, words = command.resolve_command(context, words)  # type: ignore[assignment]
        context = click.Context(command, parent=context, info_name=name)
    command.parse_args(context, words)


@pytest.mark.parametrize("path", [path for path in COMMANDS if not path or path[0] in RUN], ids=" ".join)
def test_the_example_runs(path: tuple[str, ...], example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(example)
    if path == ("check",):
        commit_all(example)  # what has changed is asked of git
    result = CliRunner().invoke(main, example_of(path))
    assert (result.exit_code, result.stderr) == (0, "") or path == ("convert",)
    assert result.exit_code == 0
