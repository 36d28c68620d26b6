"""The house stays as it was planned: who may import whom, who may print, how long things get. Over the syntax tree."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from dossier.checks import DOSSIER_CHECKS, SITE_CHECKS
from dossier.checks.rule import rule
from dossier.cli import main
from dossier.model import RULES
from support.dossiers import ROOT

PACKAGE = ROOT / "dossier"
MODULES = sorted(PACKAGE.rglob("*.py"))
TREES = {file: ast.parse(file.read_text(encoding="utf-8")) for file in MODULES}
FLOORS = (
    ("model",),
    ("captures", "git"),
    ("loading", "checks", "pages"),
    ("exports",),
    ("authoring", "output", "reports"),
    ("cli", "hosts"),
)
"""The packages, each floor above those that it may import; packages of one floor do not know each other."""
STAGES = tuple(stage for floor in FLOORS for stage in floor)
TEST_FILES = [file for file in (ROOT / "tests").rglob("*.py") if "node_modules" not in file.parts]
VERBS = frozenset(
    """
    add anchor append ask build can check choose collect complete compose compute connect convert convey count create decode
    describe draw encode escape evaluate exclude extract fill filter find fold format get group handle has hash insert invoke is
    iter join list load locate lock make mark move parse prepare print prompt quote read remove render replace require resolve
    round run select set shift sort split start stop suggest sum to truncate unwrap update validate verify wait write
    """.split()
)
"""What names of functions begin with; `on` begins an event of MkDocs, whose names are not ours."""
REAL_DOSSIER_PATTERN = re.compile(r'read_dossier\(ROOT\b|ROOT / "(?:annotations|docs/articles)')
REAL_SITE_FIXTURES = frozenset({"site: Path", "base: str", "captures: Path"})
"""How a test reads the real dossier, or the site that is built from it."""


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


def test_a_file_has_at_most_300_lines() -> None:
    lengths = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in MODULES}
    assert {str(file.relative_to(PACKAGE)): length for file, length in lengths.items() if length > 300} == {}


def test_a_function_has_at_most_50_lines() -> None:
    lengths = {(file, node.name): (node.end_lineno or 0) - node.lineno + 1 for file in MODULES for node in functions(file)}
    assert {(str(file.relative_to(PACKAGE)), name): length for (file, name), length in lengths.items() if length > 50} == {}


def test_a_module_and_what_is_public_in_it_have_docstrings() -> None:
    public_nodes = [(file, node) for file in MODULES for node in public(TREES[file]) if not rule_name(node)]
    assert [str(file.relative_to(PACKAGE)) for file in MODULES if not ast.get_docstring(TREES[file])] == []
    assert [(str(file.relative_to(PACKAGE)), node.name) for file, node in public_nodes if not ast.get_docstring(node)] == []


def test_no_name_stands_at_the_top_of_two_modules() -> None:
    modules = defaultdict(list)
    for file in MODULES:
        for name in set(top_level_names(TREES[file])) - {"__all__"}:
            modules[name].append(str(file.relative_to(PACKAGE)))
    assert {name: files for name, files in modules.items() if len(files) > 1} == {}


def test_most_functions_are_named_verb_and_object() -> None:
    names = [node.name.strip("_") for file in MODULES for node in functions(file) if not node.name.startswith("__")]
    one_word = [name for name in names if "_" not in name]
    assert len(one_word) < 0.25 * len(names), sorted(one_word)
    others = [name for name in names if name.partition("_")[0] not in VERBS]
    assert len(others) < 0.5 * len(names), sorted(others)


def test_no_module_is_a_drawer_for_everything() -> None:
    assert not {file.stem for file in MODULES} & {"utils", "util", "helpers", "common", "misc"}
    assert not {folder.name for folder in PACKAGE.rglob("*") if folder.is_dir()} & {"utils", "util", "helpers", "common", "misc"}


def test_no_test_module_imports_another() -> None:
    """What two of them need stands in `tests/support/`."""
    assert len(TEST_FILES) > 50
    modules = {file: imported_modules(ast.parse(file.read_text(encoding="utf-8"))) for file in TEST_FILES}
    tests = {file.stem for file in TEST_FILES if file.stem.startswith("test_")} | {"conftest"}
    assert not [(file.name, name) for file, names in modules.items() for name in names if set(name.split(".")) & tests]


def test_only_tests_of_the_content_read_the_real_dossier() -> None:
    """An editor who retires a claim breaks none of the program's tests."""
    readers = {file for file in TEST_FILES if reads_real_dossier(file.read_text(encoding="utf-8"))}
    allowed = {ROOT / "tests/conftest.py", ROOT / "tests/support/browsing.py", Path(__file__)}
    assert len(readers) > 10
    assert [str(file) for file in readers - allowed if ROOT / "tests/content" not in file.parents] == []


def test_contributing_lists_every_rule_as_the_table_has_it() -> None:
    listed = CliRunner().invoke(main, ["rules", "--markdown"]).output
    assert len(listed.splitlines()) == len(RULES)
    is_listed = listed in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert is_listed, "paste the output of `dossier rules --markdown` into CONTRIBUTING.md, in place of the list there"


def test_every_rule_is_yielded_somewhere() -> None:
    readers = [file for file in MODULES if "loading" in file.parts or file.name in ("edtf.py", "problem.py")]
    named = {node.value for file in readers for node in ast.walk(TREES[file]) if isinstance(node, ast.Constant)}
    silent = sorted(RULES.keys() - {*written_rules(), *named})
    assert not silent, "; ".join(f'add a generator with @rule("{name}") to a module of dossier/checks/' for name in silent)


def test_every_generator_of_a_rule_is_run() -> None:
    assert sorted(written_rules()) == sorted(check.__name__ for check in (*DOSSIER_CHECKS, *SITE_CHECKS))


@pytest.mark.parametrize(("name", "cure"), [("no-such-rule", "add a line for no-such-rule to RULES"), ("origin-loop", "twice")])
def test_a_check_of_an_unknown_rule_or_a_second_one_of_the_same_is_refused(name: str, cure: str) -> None:
    with pytest.raises(KeyError, match=cure):
        rule(name)


def test_checks_run_in_the_order_of_the_table_of_rules() -> None:
    names = [check.__name__ for check in (*DOSSIER_CHECKS, *SITE_CHECKS)]
    assert names == sorted(names, key=list(RULES).index)
    assert {check.__name__ for check in SITE_CHECKS} == {name for name in RULES if name.startswith("site-")}


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


def reads_real_dossier(text: str) -> bool:
    """Whether a test file reads the real dossier itself, or takes one of the fixtures that do."""
    defined = {node.name: node.args.args for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)}
    arguments = [argument for name, taken in defined.items() if name.startswith("test_") for argument in taken]
    taken = {ast.unparse(argument) for argument in arguments if argument.arg not in defined}
    return bool(REAL_DOSSIER_PATTERN.search(text)) or not taken.isdisjoint(REAL_SITE_FIXTURES)


def top_level_names(tree: ast.Module) -> Iterator[str]:
    """What a module defines itself, private names too."""
    for node in tree.body:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.name
            case ast.Assign(targets=targets):
                yield from (name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name


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
