"""Every rule has case files: where it is silent, and where it speaks, to line and column.

A case is a YAML file in `tests/cases/<rule>/`, `good….yml` or `poisoned….yml`:

about      one sentence
change     {file of tests/example: [{from: words there, to: other words}]}
write      {file: its whole text}
delete     [file]
link       {path: what a symbolic link there leads to}
captures   absent, for a machine without captures
settings   {setting: value}, besides `captures`
lock       stale, to keep the lock of the unchanged example
site       the same keys for the example's finished site; with it, the rules of `dossier verify` are tested;
           with `manifest: written`, which has the build manifest written before the changes, those of `verify --manifest`
problems   [path:line:column rule], all of them, in order
says       words that stand in the messages or their cures

Beside each poisoned case stands, as `poisoned….txt`, what `dossier check` prints, to the letter: read it aloud, would you
know what to type next? `pytest tests/checks/test_cases.py --renew` writes it anew.

In a site, `{policy}` stands for the policy of a page. Characters that a case file may not hold itself are written `{U+202E}`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dossier.checks import check_dossier, check_site
from dossier.exports import iter_export_files, iter_page_export_files
from dossier.loading.built_files import find_manifest_differences, read_build_manifest
from dossier.loading.built_site import read_site
from dossier.loading.lock import update_lock, write_lock
from dossier.loading.yaml_loader import load_yaml
from dossier.model import LOCK_FILE_NAME, RULES, Dossier, Problem
from dossier.model.site.addresses import PAGE_DATA_NAME
from dossier.model.yaml_node import YamlNode
from dossier.output.build_manifest import write_build_manifest
from dossier.output.csp import build_csp
from dossier.pages import build_pages, iter_chart_files
from dossier.reports.problems import REPORT_FORMATTERS
from support.dossiers import ROOT, make_example, read_example

CASES = ROOT / "tests/cases"
POLICY_TAG = f'<meta http-equiv="Content-Security-Policy" content="{build_csp()}">'
UNWRITTEN = re.compile(r"\{U\+([0-9A-F]{4})\}")
FILES = sorted(CASES.glob("*/*.yml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_case(file: Path, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    case, root = read_case(file), tmp_path / "example"
    problems = outcome(case, root)
    printed, told = file.with_suffix(".txt"), REPORT_FORMATTERS["text"](problems, root) + "\n"
    if problems and pytestconfig.getoption("renew"):
        printed.write_text(told, encoding="utf-8")
    assert not problems or printed.read_text(encoding="utf-8") == told
    assert [f"{problem.location} {problem.rule}" for problem in problems] == (case.get("problems") or [])
    said = "\n".join(f"{problem.message}\n{problem.help}" for problem in problems)
    for words in case.get("says") or []:
        assert words in said


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_good_and_a_poisoned_case(rule: str) -> None:
    good = [read_case(file) for file in (CASES / rule).glob("good*.yml")]
    poisoned = [read_case(file) for file in (CASES / rule).glob("poisoned*.yml")]
    assert good, f"write tests/cases/{rule}/good.yml, in which the rule is silent"
    assert poisoned, f"write tests/cases/{rule}/poisoned.yml, in which it speaks; `--renew` writes poisoned.txt beside it"
    assert not any(f" {rule}" in problem for case in good for problem in case.get("problems") or [])
    assert all(any(problem.endswith(f" {rule}") for problem in case["problems"]) for case in poisoned)


def test_every_case_belongs_to_a_rule() -> None:
    folders = {file.parent.name for file in FILES}
    unwritten = sorted(RULES.keys() - folders)
    assert not unwritten, "; ".join(f"write tests/cases/{name}/good.yml and poisoned.yml" for name in unwritten)
    strays = sorted(folders - RULES.keys())
    assert not strays, f"name the folders {strays} in tests/cases/ after a rule of dossier/model/problems/rules.py"
    assert all(file.stem.startswith(("good", "poisoned")) for file in FILES)


def test_every_printed_message_belongs_to_a_case() -> None:
    assert all(file.with_suffix(".yml") in FILES for file in CASES.glob("*/*.txt"))


def read_case(file: Path) -> dict[str, Any]:
    node = load_yaml(file.read_text(encoding="utf-8"), file.name)
    assert isinstance(node, YamlNode), node
    case = node.to_plain_value()
    assert isinstance(case, dict)
    return case


def outcome(case: dict[str, Any], root: Path) -> list[Problem]:
    """The problems of the example dossier, or of its finished site, after the case's changes."""
    make_example(root)
    alter(case, root)
    captures = "" if case.get("captures") == "absent" else "originals"
    if captures and case.get("lock") != "stale":
        dossier = read_example(root)
        if "lock-unreadable" not in {problem.rule for problem in dossier.problems}:
            named = replace(dossier, lock=update_lock(dossier, dossier.captures))
            write_lock(root / LOCK_FILE_NAME, update_lock(named))
    dossier = read_example(root, captures, **(case.get("settings") or {}))
    if "site" not in case:
        return check_dossier(dossier)
    write_site(dossier, root / "site")
    if (case["site"] or {}).get("manifest"):
        write_build_manifest(dossier, root / "site")
        alter(case["site"], root / "site")
        return find_manifest_differences(root / "site", read_build_manifest(root / "site"), "site")
    alter(case["site"] or {}, root / "site")
    return check_site(dossier, read_site(root / "site"), "site")


def alter(case: dict[str, Any], root: Path) -> None:
    """Make a case's changes in a folder."""
    for name, swaps in (case.get("change") or {}).items():
        text = (root / name).read_text(encoding="utf-8")
        for swap in swaps:
            assert swap["from"] in text, f"{swap['from']!r} is not in {name}"
            text = text.replace(swap["from"], UNWRITTEN.sub(lambda code: chr(int(code[1], 16)), swap["to"] or ""), 1)
        (root / name).write_text(text, encoding="utf-8")
    for name, text in (case.get("write") or {}).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text((text or "").replace("{policy}", POLICY_TAG), encoding="utf-8")
    for name in case.get("delete") or []:
        (root / name).unlink()
    for name, target in (case.get("link") or {}).items():
        (root / name).symlink_to(target)


def write_site(dossier: Dossier, folder: Path) -> None:
    """The pages as a bare site, without MkDocs: enough for the rules of the finished site."""
    for page in build_pages(dossier):
        file = folder / page.url / "index.html"
        file.parent.mkdir(parents=True)
        file.write_text(f"{POLICY_TAG}<title>{page.title}</title>\n{page.content_html}", encoding="utf-8")
        if page.render_data:
            (file.parent / PAGE_DATA_NAME).write_text(page.render_data(), encoding="utf-8")
        for path, text in iter_page_export_files(dossier, page.url, page.content_html):
            (folder / path).write_text(text, encoding="utf-8")
    for path, content in (*iter_chart_files(dossier), *iter_export_files(dossier)):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content if isinstance(content, bytes) else content.encode())
