"""Docstrings name what exists: a renamed function, argument or class is not left behind in words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from dossier.cli import main
from dossier.cli.new import new_group
from dossier.model import Settings
from dossier.model.base import iter_record_keys
from dossier.model.introspection import describe_keys, iter_record_models
from dossier.model.kinds import RECORD_KINDS
from support.dossiers import EXAMPLE, ROOT, read_example

MODULES = sorted((ROOT / "dossier").rglob("*.py"))
TREES = {file: ast.parse(file.read_text(encoding="utf-8")) for file in MODULES}
NAME_PATTERN = re.compile(r"@?([A-Za-z_]\w+(?:\.[A-Za-z_]\w*)*)(?:\(.*)?")
"""What looks like a name of Python, of two letters or more, perhaps with a call's brackets."""
FILE_PATTERN = re.compile(r".*\.(?:py|toml|yml|txt|js|html|md|json)")
FOREIGN_NAMES = frozenset(
    "UndefinedError graph lang escapeData escapeProperty properdocs replacement eval ast ratio round".split()
)
"""Names of other programs and libraries."""

SAMPLES = frozenset({"Y12345", "aa", "ab", "h1", "h2", "no", "p15"})
"""Dates, letters and ids as readers see them."""


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_every_name_in_backticks_exists(file: Path) -> None:
    known = KNOWN_NAMES | FOREIGN_NAMES | SAMPLES
    missing = [
        (line, name)
        for line, text in docstrings(TREES[file])
        for name in re.findall(r"`([^`\n]+)`", text)
        if (match := NAME_PATTERN.fullmatch(name)) and not FILE_PATTERN.fullmatch(name)
        if not known.issuperset(match[1].split("."))
    ]
    assert not missing, f"rename in the docstrings at these lines of {file} what is called otherwise now: {missing}"


def test_what_is_called_in_backticks_can_be_called() -> None:
    nodes = [node for tree in TREES.values() for node in ast.walk(tree)]
    defined = {node.name for node in nodes if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    defined |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    texts = [text for tree in TREES.values() for _, text in docstrings(tree)]
    called = {name for text in texts for name in re.findall(r"`(?:\w+\.)*(\w+)\([^`\n]*`", text)}
    assert len(called) > 5
    assert called - defined - FOREIGN_NAMES == set()


def test_the_allowed_names_are_needed() -> None:
    named = {part for tree in TREES.values() for _, text in docstrings(tree) for part in re.findall(r"\w+", text)}
    assert named >= FOREIGN_NAMES | SAMPLES


def docstrings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and text of the docstrings of a module, of its classes and functions, and below its values."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.lineno, node.value.value


def code_names(tree: ast.Module) -> Iterator[str]:
    """Every name and every word that is a value in a module."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.arg(arg=name) | ast.Name(id=name):
                yield name
            case ast.Attribute(attr=name) | ast.keyword(arg=str(name)) | ast.alias(asname=str(name)):
                yield name
            case ast.alias(name=name):
                yield from name.split(".")
            case ast.Constant(value=str(value)):
                yield value


def content_names() -> Iterator[str]:
    """Keys of records, words of closed lists, settings with their variables, commands, and verdicts."""
    for model in {model for kind in RECORD_KINDS for model in iter_record_models(kind.model)}:
        yield from iter_record_keys(model)
        yield from (word for key in describe_keys(model).values() for word in key.choices)
    yield from (name for setting in fields(Settings) for name in (setting.name, setting.metadata["environment"]))
    yield from (*main.commands, *new_group.commands, *read_example(EXAMPLE).verdicts)


KNOWN_NAMES = {
    *(part for file in MODULES for part in (file.stem, file.parent.name)),
    *(name for tree in TREES.values() for name in code_names(tree)),
    *content_names(),
}
