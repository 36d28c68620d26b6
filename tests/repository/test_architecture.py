"""The house stays as it was planned: who may import whom, who may print, how long things get. Over the syntax tree."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from dossier.checks import DOSSIER_CHECKS, SITE_CHECKS
from dossier.cli import main
from dossier.model import RULES
from support.dossiers import ROOT

PACKAGE = ROOT / "dossier"
MODULES = sorted(PACKAGE.rglob("*.py"))
TREES = {file: ast.parse(file.read_text(encoding="utf-8")) for file in MODULES}
FLOORS = (("model",), ("captures", "git"), ("loading", "checks", "pages"), ("authoring", "output", "reports"), ("cli", "hosts"))
"""The packages, each floor above those that it may import; packages of one floor do not know each other."""
STAGES = tuple(stage for floor in FLOORS for stage in floor)
each_module = pytest.mark.parametrize("file", MODULES, ids=lambda file: file.relative_to(PACKAGE).as_posix())


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_imports_of_ours_only_itself_and_the_floors_below(stage: str) -> None:
    number = next(number for number, floor in enumerate(FLOORS) if stage in floor)
    below = [f"dossier.{name}" for floor in FLOORS[:number] for name in floor]
    assert not [name for name in imported_by(stage) if not inside(name, f"dossier.{stage}", *below)]


def test_every_package_has_its_floor() -> None:
    assert {file.relative_to(PACKAGE).parts[0] for file in MODULES if file.parent != PACKAGE} == set(STAGES)


def test_only_a_host_imports_mkdocs() -> None:
    hosts = {file for file in MODULES for name in imports(file) if name.split(".")[0] in ("mkdocs", "material")}
    assert {file.relative_to(PACKAGE).parts[0] for file in hosts} == {"hosts"}


def test_only_the_command_line_prints() -> None:
    printing = {file for file in MODULES if any(prints(node) for node in ast.walk(TREES[file]))}
    assert {file.relative_to(PACKAGE).parts[0] for file in printing} == {"cli"}


@each_module
def test_a_module_has_at_most_300_lines(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 300


@each_module
def test_a_function_has_at_most_50_lines(file: Path) -> None:
    assert not [node.name for node in functions(file) if (node.end_lineno or 0) - node.lineno >= 50]


@each_module
def test_a_module_and_what_is_public_in_it_have_docstrings(file: Path) -> None:
    assert ast.get_docstring(TREES[file])
    assert not [node.name for node in public(TREES[file]) if not ast.get_docstring(node) and not rule_name(node)]


def test_no_module_is_a_drawer_for_everything() -> None:
    assert not {file.stem for file in MODULES} & {"utils", "util", "helpers", "common", "misc"}
    assert not {folder.name for folder in PACKAGE.rglob("*") if folder.is_dir()} & {"utils", "util", "helpers", "common", "misc"}


def test_no_test_module_imports_another() -> None:
    """What two of them need stands in `tests/support/`."""
    files = [file for file in (ROOT / "tests").rglob("*.py") if "node_modules" not in file.parts]
    assert len(files) > 50
    modules = {file: imported_modules(ast.parse(file.read_text(encoding="utf-8"))) for file in files}
    tests = {file.stem for file in files if file.stem.startswith("test_")} | {"conftest"}
    assert not [(file.name, name) for file, names in modules.items() for name in names if set(name.split(".")) & tests]


def test_contributing_lists_every_rule_as_the_table_has_it() -> None:
    listed = CliRunner().invoke(main, ["rules", "--markdown"]).output
    assert len(listed.splitlines()) == len(RULES)
    assert listed in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", RULES)
def test_a_rule_is_yielded_somewhere(name: str) -> None:
    readers = [file for file in MODULES if "loading" in file.parts or file.name in ("edtf.py", "problem.py")]
    named = {node.value for file in readers for node in ast.walk(TREES[file]) if isinstance(node, ast.Constant)}
    assert name in {*written_rules(), *named}


def test_every_generator_of_a_rule_is_run() -> None:
    assert sorted(written_rules()) == sorted(check.__name__ for check in (*DOSSIER_CHECKS, *SITE_CHECKS))


def imports(file: Path) -> Iterator[str]:
    """Full names of what a module imports, at its head or deeper."""
    package = ["dossier", *file.relative_to(PACKAGE).parts[:-1]]
    for node in ast.walk(TREES[file]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            yield from (".".join([*above, *filter(None, [node.module]), alias.name]) for alias in node.names)


def imported_modules(tree: ast.Module) -> Iterator[str]:
    """Names of what a test imports, at its head or deeper."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module or ''}.{alias.name}" for alias in node.names)


def imported_by(part: str) -> set[str]:
    """What of ours a subpackage imports."""
    files = [file for file in MODULES if file.relative_to(PACKAGE).parts[0] == part]
    assert files
    return {name for file in files for name in imports(file) if name.split(".")[0] == "dossier"}


def inside(name: str, *packages: str) -> bool:
    """Whether a full name is that of one of the packages or lies in it."""
    return any(f"{name}.".startswith(f"{package}.") for package in packages)


def prints(node: ast.AST) -> bool:
    """Whether a piece of code writes to the terminal."""
    match node:
        case ast.Call(func=ast.Name(id="print" | "echo" | "secho")):
            return True
        case ast.Attribute(value=ast.Name(id="click"), attr="echo" | "secho"):
            return True
        case ast.Attribute(value=ast.Name(id="sys"), attr="stdout" | "stderr" | "__stdout__" | "__stderr__"):
            return True
        case ast.ImportFrom(module="sys", names=names):
            return any(alias.name in ("stdout", "stderr") for alias in names)
    return False


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(TREES[file]) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))


def public(node: ast.Module | ast.ClassDef) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """Public functions and classes of a module, and the methods of those classes."""
    for child in node.body:
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and not child.name.startswith("_"):
            yield child
            if isinstance(child, ast.ClassDef):
                yield from public(child)


def rule_name(node: ast.AST) -> str | None:
    """The name in a function's `@rule("…")`."""
    for decorator in getattr(node, "decorator_list", []):
        match decorator:
            case ast.Call(func=ast.Name(id="rule"), args=[ast.Constant(value=str(name))]):
                return name
    return None


def written_rules() -> list[str]:
    return [name for file in MODULES for node in functions(file) if (name := rule_name(node))]
