"""What contributors read holds: what is to be typed or opened exists."""

from __future__ import annotations

import re
import shlex
from dataclasses import Field, fields
from pathlib import Path
from typing import Any

import click
import pytest

from dossier.cli import main
from dossier.model import Settings
from dossier.model.site.build_manifest import BUILD_MANIFEST_PATH
from support.dossiers import ROOT

PAGES = [ROOT / "docs" / f"{name}.md" for name in ("contribute", "records", "style", "editors")]
GUIDES = [ROOT / "CONTRIBUTING.md", ROOT / "README.md", *PAGES]
"""What is written for those who contribute, edit or program."""

FENCE = re.compile(r"^```(?:\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

PROGRAM = re.compile(r"(?:\w+=\S+ )*(?:\.venv/bin/)?(dossier|make) (?=\S)(.*)")
NAMED = re.compile(r"(?:annotations|docs|dossier|tests|\.github)/[\w./-]*|[\w.-]+\.(?:md|yml|toml|lock|json)|Makefile")
MADE_LATER = {"published.json", BUILD_MANIFEST_PATH}
"""Files that are named and are there only after the first release, or in a site."""

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
    names = {typed for typed in pieces(guide) if NAMED.fullmatch(typed)} - MADE_LATER
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


def test_the_readme_lists_every_setting_as_it_is_declared() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    _, _, table = readme.partition("| setting | default | environment | meaning |\n|---|---|---|---|\n")
    assert table.partition("\n\n")[0].splitlines() == [row_of(setting) for setting in fields(Settings)]


def row_of(setting: Field[Any]) -> str:
    """The row of the table that a setting has."""
    default = str(setting.default).lower() if isinstance(setting.default, bool) else str(setting.default)
    cells = (f"`{setting.name}`", code(default), code(setting.metadata["environment"]), setting.metadata["meaning"])
    return f"|{'|'.join(f' {cell} ' if cell else ' ' for cell in cells)}|"


def code(text: str) -> str:
    return f"`{text}`" if text else ""


def test_the_settings_name_each_variable_that_mkdocs_yml_asks() -> None:
    asked = dict(re.findall(r"(\w+): !ENV \[(\w+)", (ROOT / "mkdocs.yml").read_text(encoding="utf-8")))
    declared = {setting.name: setting.metadata["environment"] for setting in fields(Settings)}
    assert asked.pop("strict") == "CI"
    assert {name: declared[name] for name in asked} == asked
    assert {name for name in declared if declared[name]} - asked.keys() == {"captures"}, "read by the program itself"


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
