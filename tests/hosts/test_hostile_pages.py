"""Nothing that stands in `docs/` or in `mkdocs.yml` runs on a built site, and `dossier check` names each attempt."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page

from dossier.checks import check_dossier
from support.browsing import serve_folder
from support.dossiers import make_example, read_example, run_mkdocs
from support.hostile_pages import BODIES, DATA_FILES, FILES, METADATA, SETTINGS, TEMPLATE_FILES, write_hostile_pages

CLICK_EVERY_LINK = "[...document.links].forEach(link => /^https?:/.test(link.href) || link.click())"
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with every attempt in it, built by MkDocs as far as it goes."""
    root = make_example(tmp_path_factory.mktemp("hostile") / "example")
    write_hostile_pages(root)
    said = run_mkdocs(root, "build")
    assert "Traceback" not in said
    assert "docs/body-address.md cannot be drawn, and is left empty: Invalid IPv6 URL" in said
    return root


@pytest.mark.slow
def test_the_check_names_every_attempt_at_its_line(tmp_path: Path) -> None:
    write_hostile_pages(root := make_example(tmp_path / "example"))
    problems = check_dossier(read_example(root))
    named = {problem.location.path: problem for problem in problems if problem.severity == "error"}
    expected = [f"docs/body-{name}.md" for name in BODIES] + [f"docs/{name}" for name in FILES]
    expected += [f"overrides/{name}" for name in TEMPLATE_FILES]
    expected += [f"docs/key-{name}.md" for name in METADATA]
    assert [path for path in expected if path not in named] == []
    assert {named[f"docs/key-{name}.md"].location.line for name in METADATA} == {2}
    lines = {problem.location.line for problem in problems if problem.location.path == "mkdocs.yml"}
    assert lines == set(range(1, SETTINGS.count("\n") + 1)) - {
        SETTINGS.split("\n").index(name) + 1 for name in ("extra:", "nav:")
    }
    assert all(problem.help for problem in problems)


@pytest.mark.site
def test_files_that_browsers_might_run_are_not_published(hostile: Path) -> None:
    assert [name for name in (*FILES, *TEMPLATE_FILES) if (hostile / "site" / name).exists()] == []
    assert [name for name in DATA_FILES if not (hostile / "site" / name).exists()] == []


@pytest.mark.browser
@pytest.mark.site
@pytest.mark.parametrize("has_policy", [True, False], ids=["with their policy", "without it"])
def test_nothing_runs_on_any_page(hostile: Path, tmp_path: Path, page: Page, has_policy: bool) -> None:
    """Without a policy as well, as in a preview: what could run is not on the page."""
    site = hostile / "site"
    pages = sorted(file.parent.name for file in site.glob("*/index.html"))
    assert len(pages) > len(BODIES) + len(METADATA)
    ran = watch_scripts(page)
    for address in serve_folder(site if has_policy else copy_without_policy(site, tmp_path / "site")):
        for name in pages:
            page.goto(f"{address}{name}/", wait_until="load")
            page.evaluate(CLICK_EVERY_LINK)
        page.wait_for_timeout(200)
    assert ran == []


def copy_without_policy(site: Path, folder: Path) -> Path:
    """Copy a site, and take the policy out of each of its pages."""
    shutil.copytree(site, folder)
    for file in folder.rglob("index.html"):
        text, number = POLICY.subn("", file.read_text(encoding="utf-8"))
        assert number == 1, file
        file.write_text(text, encoding="utf-8")
    return folder


def watch_scripts(page: Page) -> list[str]:
    """A list that grows by the address of each page on which a script calls `alert`."""
    ran: list[str] = []

    def note(dialog: object) -> None:
        ran.append(page.url)
        dialog.dismiss()  # type: ignore[attr-defined]

    page.on("dialog", note)
    return ran
