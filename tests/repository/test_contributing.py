"""What contributors read holds: what is to be typed or opened exists."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from dossier.cli import main
from support.dossiers import ROOT

PAGES = [ROOT / "docs" / f"{name}.md" for name in ("contribute", "records", "style", "editors")]
GUIDES = [ROOT / "CONTRIBUTING.md", ROOT / "README.md", *PAGES]
"""What is written for those who contribute, edit or program."""

FENCE = re.compile(r"^```(?:\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

PROGRAM = re.compile(r"(?:\w+=\S+ )*(?:\.venv/bin/)?(dossier|make) (?=\S)(.*)")
NAMED = re.compile(r"(?:annotations|docs|dossier|tests|\.github)/[\w./-]*|[\w.-]+\.(?:md|yml|toml|lock|json)|Makefile")
FIRST_RELEASE = "published.json"
"""The one file that is named and may not be there yet."""

each_guide = pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)


@each_guide
def test_every_command_that_is_to_be_typed_exists(guide: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for typed in pieces(guide):
        if called := PROGRAM.fullmatch(typed):
            words = shlex.split(called[2], comments=True)
            unknown = unknown_words(words) if called[1] == "dossier" else {words[0]} - targets - {"…"}
            assert not unknown, f"{typed}: {unknown}"


@each_guide
def test_every_file_that_is_named_exists(guide: Path) -> None:
    names = {typed for typed in pieces(guide) if NAMED.fullmatch(typed)} - {FIRST_RELEASE}
    assert {name for name in names if not (ROOT / name).exists()} == set()


@pytest.mark.parametrize("guide", GUIDES[:2], ids=lambda guide: guide.name)
def test_every_link_of_a_page_that_mkdocs_does_not_read_leads_somewhere(guide: Path) -> None:
    for file, anchor in re.findall(r"\]\((?!https?:)([^)#]*)#?([^)]*)\)", guide.read_text(encoding="utf-8")):
        target = guide.parent / file if file else guide
        assert target.is_file(), file
        assert not anchor or anchor in anchors(target), f"{file}#{anchor}"


def test_the_readme_lists_every_command_and_no_other() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^\| `dossier (\w+)", readme, re.MULTILINE)) == sorted(main.commands)


def test_the_readme_lists_every_setting_that_the_environment_can_hold() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    held = re.findall(r"!ENV \[(\w+)", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    assert {name for name in held if f"`{name}`" not in readme} == set()


@each_guide
def test_no_list_of_steps_is_long(guide: Path) -> None:
    assert max(map(int, re.findall(r"^(\d+)\. ", guide.read_text(encoding="utf-8"), re.MULTILINE)), default=0) <= 7


def test_contributing_can_be_read_at_a_sitting() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    doors, _, _ = text.partition("\n## Rules\n")
    assert re.findall(r"^## (.+)", doors, re.MULTILINE) == ["Correct or add something", "Change the program"]
    assert len(doors.splitlines()) <= 120


def pieces(guide: Path) -> list[str]:
    """Every word between backticks and every line of a block."""
    text = guide.read_text(encoding="utf-8")
    lines = [line.strip() for block in FENCE.findall(text) for line in block.splitlines()]
    return lines + re.findall(r"`([^`\n]+)`", FENCE.sub("", text))


def unknown_words(words: list[str]) -> set[str]:
    """Of words typed behind `dossier`: options and commands that do not exist. Words in capitals stand for others."""
    command: click.Command = main
    options, rest = options_of(main), words
    for number, word in enumerate(words):
        if isinstance(command, click.Group) and word in command.commands:
            command, rest = command.commands[word], words[number + 1 :]
            options |= options_of(command)
    unknown = {word for word in words if word.startswith("-")} - options
    return unknown | {word for word in rest if isinstance(command, click.Group) and not word.isupper()}


def options_of(command: click.Command) -> set[str]:
    return {"--help", *(option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts))}


def anchors(file: Path) -> set[str]:
    """Addresses of a page's headings, as the forge and the site make them."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", file.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
