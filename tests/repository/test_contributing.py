"""What contributors read holds: the records and answers shown are the real ones, and what is to be typed or opened exists.

`pytest tests/repository/test_contributing.py --renew` puts records and answers into the pages as they are now.
"""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from textwrap import dedent

import click
import pytest

from dossier.checks import check_dossier
from dossier.cli import main
from dossier.loading import read_dossier
from dossier.reports.problems import REPORT_FORMATTERS
from support.dossiers import ROOT

PAGES = [ROOT / "docs" / f"{name}.md" for name in ("contribute", "records", "style", "editors")]
GUIDES = [ROOT / "CONTRIBUTING.md", ROOT / "README.md", *PAGES]
"""What is written for those who contribute, edit or program."""

FENCE = re.compile(r"^```(?:\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MODEL = re.compile(r"<!-- model: (\S+)(?: ([^>\n]+))? -->\n```(?:yaml|markdown)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ANSWER = re.compile(r'<!-- answer: (\S+) "(.+)" → "(.+)" -->\n```text\n(.*?)^```$', re.MULTILINE | re.DOTALL)
MODELS = [found.groups() for page in PAGES for found in MODEL.finditer(page.read_text(encoding="utf-8"))]
ANSWERS = [found.groups() for page in PAGES for found in ANSWER.finditer(page.read_text(encoding="utf-8"))]

PROGRAM = re.compile(r"(?:\w+=\S+ )*(?:\.venv/bin/)?(dossier|make) (?=\S)(.*)")
NAMED = re.compile(r"(?:annotations|docs|dossier|tests|\.github)/[\w./-]*|[\w.-]+\.(?:md|yml|toml|lock|json)|Makefile")
FIRST_RELEASE = "published.json"
"""The one file that is named and may not be there yet."""

each_guide = pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)


@pytest.mark.parametrize(("path", "name", "shown"), MODELS)
def test_a_model_is_the_record_as_it_stands_in_its_file(
    path: str, name: str | None, shown: str, pytestconfig: pytest.Config
) -> None:
    hold(shown, record(path, name), pytestconfig)


@pytest.mark.parametrize("folder", ["articles", "charts", "claims", "events", "sources"])
def test_there_is_a_model_of_each_kind(folder: str) -> None:
    assert any(path.startswith(f"annotations/{folder}/") for path, _, _ in MODELS)


def test_there_is_a_model_of_an_article_s_record_and_of_its_digest() -> None:
    assert [name for path, name, _ in MODELS if path.startswith("docs/articles/") and name] == ["record", "digest 3"]


@pytest.mark.parametrize(("path", "name", "shown"), MODELS)
def test_each_key_of_a_model_is_explained_beside_it(path: str, name: str | None, shown: str) -> None:
    page = next(text for text in (page.read_text(encoding="utf-8") for page in PAGES) if shown in text)
    of_all, *sections = re.split(r"^## ", page, flags=re.MULTILINE)
    section = next(section for section in sections if shown in section)
    explained = re.findall(r"`([a-z_]+):?`", FENCE.sub("", of_all + section))
    keys = set(re.findall(r"^(?:- |  )?([a-z_]+):(?: |$)", shown, re.MULTILINE))
    assert keys - figures_in(shown) - {name} - set(explained) == set()


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_is_what_the_check_says(answer: tuple[str, str, str, str], tmp_path: Path, pytestconfig: pytest.Config) -> None:
    path, old, new, shown = answer
    for folder in ("annotations", "docs"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for file in ("mkdocs.yml", "dossier.lock"):
        shutil.copy(ROOT / file, tmp_path)
    text = (tmp_path / path).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / path).write_text(text.replace(old, new, 1), encoding="utf-8")
    hold(shown, REPORT_FORMATTERS["text"](check_dossier(read_dossier(tmp_path)), tmp_path) + "\n", pytestconfig)


def test_an_answer_is_shown() -> None:
    assert ANSWERS


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


def hold(shown: str, real: str, config: pytest.Config) -> None:
    """What a page shows is what there is; `--renew` writes it into the page."""
    page = next(page for page in PAGES if f"\n{shown}```" in page.read_text(encoding="utf-8"))
    if shown != real and config.getoption("renew", default=False):
        page.write_text(page.read_text(encoding="utf-8").replace(f"\n{shown}```", f"\n{real}```"), encoding="utf-8")
        return
    again = "pytest tests/repository/test_contributing.py --renew"
    assert shown == real, f"{page.name} shows what was so before; `{again}` puts in what is so now:\n\n{real}"


def record(path: str, name: str | None) -> str:
    """A file of records without comments at its head; with a name, the entry or key of that name alone.

    Of an article, `record` is what stands between the hyphens, and `digest 3` the third paragraph below them.
    """
    if name and path.endswith(".md"):
        _, head, below = (ROOT / path).read_text(encoding="utf-8").split("---\n", 2)
        return head if name == "record" else below.strip().split("\n\n")[int(name.removeprefix("digest ")) - 1] + "\n"
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines(keepends=True)
    if name is None:
        return "".join(lines[next(number for number, line in enumerate(lines) if not line.startswith("#")) :])
    first = next(number for number, line in enumerate(lines) if re.fullmatch(rf" *(- id: {name}|{name}:)", line.rstrip()))
    depth = indent(lines[first])
    behind = (number for number, line in enumerate(lines) if number > first and line.strip() and indent(line) <= depth)
    return dedent("".join(lines[first : next(behind, len(lines))]))


def indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def figures_in(shown: str) -> set[str]:
    """Names of figures, which whoever writes a claim chooses."""
    return set(re.findall(r"^  (\w+): \{value:", shown, re.MULTILINE))


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
