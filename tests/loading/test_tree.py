"""What lies in a dossier and is no file of it: links that lead out, loops, pipes, devices; none is read, printed or followed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier.checks import check_dossier
from dossier.loading import tree
from dossier.loading.tree import TreeEntry, walk_tree
from dossier.pages import build_pages
from dossier.reports.problems import REPORT_FORMATTERS
from support.command_line import run
from support.dossiers import make_socket, read_example

SECRET = "xyzzy"
CAPTURE = "originals/harbour-gazette-2024-05-02.txt"
SOURCE_COPIES = "originals/sources"
SOURCE = "harbour-office-count"


@pytest.fixture
def hostile(example: Path) -> Path:
    """The example beside a folder of somebody else, with private files in it."""
    (example.parent / "outside/deep").mkdir(parents=True)
    (example.parent / "outside/secret.md").write_text(f"{SECRET}: [", encoding="utf-8")
    (example / ".env").write_text(f"TOKEN={SECRET}: [", encoding="utf-8")
    (example / "docs/.private.md").write_text(f"{SECRET}: [", encoding="utf-8")
    with (example / CAPTURE).open("a", encoding="utf-8") as file:
        file.write(f"\n\n{SECRET}: [\n")
    return example


LINKS = {
    "out": "../../outside/secret.md",
    "to the machine": "/proc/self/environ",
    "to a device": "/dev/zero",
    "to a capture": f"../{CAPTURE}",
    "to a hidden file of the dossier": "../.env",
    "to a hidden file of docs": ".private.md",
    "to a record": "../annotations/claims/april-record.yml",
    "to an article": "articles/island-digest.md",
    "to a folder outside": "../../outside",
    "to the root": "/",
    "to itself": "page.md",
    "to its folder": ".",
    "nowhere": "nothing.md",
}
OTHERS: dict[str, Callable[[Path], None]] = {"pipe": os.mkfifo, "socket": make_socket}


@pytest.mark.parametrize("name", ["page.md", "page.txt"])
@pytest.mark.parametrize("target", LINKS.values(), ids=LINKS)
def test_a_link_that_leads_to_no_page_is_told_and_not_read(hostile: Path, name: str, target: str) -> None:
    (hostile / "docs" / name).symlink_to(target.replace("page.md", name))
    assert_refused(hostile, f"docs/{name}")


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize("path", ["docs/page.md", "docs/articles/page.md", "docs/page.png", "annotations/claims/page.yml"])
def test_what_is_no_file_is_told_and_not_waited_for(hostile: Path, kind: str, path: str) -> None:
    OTHERS[kind](hostile / path)
    assert_refused(hostile, path)


@pytest.mark.parametrize("target", ["../../.env", f"../../{CAPTURE}", "../../../outside/secret.md", "/proc/self/environ"])
def test_a_record_that_is_a_link_is_not_printed(hostile: Path, target: str) -> None:
    (hostile / "annotations/claims/page.yml").symlink_to(target)
    assert_refused(hostile, "annotations/claims/page.yml")


def test_a_chain_of_links_is_judged_by_its_end(hostile: Path) -> None:
    (hostile / "docs/first.md").symlink_to("second.md")
    (hostile / "docs/second.md").symlink_to("../docs/third.md")
    (hostile / "docs/third.md").symlink_to("../../outside/deep/../secret.md")
    problems = read_example(hostile).problems
    assert [problem.location.path for problem in problems] == ["docs/first.md", "docs/second.md", "docs/third.md"]


def test_a_link_to_a_page_beside_it_is_a_page(example: Path) -> None:
    (example / "docs/deep").mkdir()
    (example / "docs/deep/page.md").symlink_to("../index.md")
    dossier = read_example(example)
    assert check_dossier(dossier) == []
    assert "deep/page/" in [page.url for page in dossier.handwritten_pages]


def test_a_link_in_the_captures_leads_not_out_of_them(hostile: Path) -> None:
    text = (hostile / CAPTURE).read_text(encoding="utf-8")
    (hostile.parent / "outside/capture.txt").write_text(text, encoding="utf-8")
    (hostile / CAPTURE).unlink()
    (hostile / CAPTURE).symlink_to("../../outside/capture.txt")
    dossier = read_example(hostile)
    assert [problem.rule for problem in dossier.problems] == ["unreadable-file"]
    assert Path(CAPTURE).stem not in dossier.captures


@pytest.mark.parametrize("is_folder", [True, False])
def test_a_link_in_the_copies_of_sources_leads_not_out_of_the_captures(hostile: Path, is_folder: bool) -> None:
    linked = hostile / (SOURCE_COPIES if is_folder else f"{SOURCE_COPIES}/{SOURCE}.txt")
    (hostile.parent / f"outside/{SOURCE}.txt").write_text(SECRET, encoding="utf-8")
    linked.parent.mkdir(exist_ok=True)
    linked.symlink_to(hostile.parent / ("outside" if is_folder else f"outside/{SOURCE}.txt"))
    dossier = read_example(hostile)
    assert [problem.message for problem in dossier.problems] == [
        f"the copy of {SOURCE} cannot be read: this is a link that leads out of the dossier"
    ]
    assert dossier.source_copies == {}


def test_the_folder_of_captures_may_be_a_link(example: Path, tmp_path: Path) -> None:
    (example / SOURCE_COPIES).mkdir()
    (example / f"{SOURCE_COPIES}/{SOURCE}.txt").write_text("1,240 single tickets", encoding="utf-8")
    (example / "originals").rename(tmp_path / "private")
    (example / "originals").symlink_to(tmp_path / "private")
    assert len(read_example(example).captures) == 2
    assert list(read_example(example).source_copies) == [SOURCE]


@pytest.mark.parametrize("folder", ["docs", "annotations"])
@pytest.mark.parametrize("is_inside", [True, False])
def test_no_folder_of_the_root_is_a_link(example: Path, tmp_path: Path, folder: str, is_inside: bool) -> None:
    moved = (example if is_inside else tmp_path) / "moved"
    (example / folder).rename(moved)
    (example / folder).symlink_to(moved)
    assert [problem.location.path for problem in read_example(example).problems if "link" in problem.message] == [folder]


def test_marks_of_editors_are_no_fault(example: Path) -> None:
    for path in ("docs/.#index.md", "annotations/claims/.#april-record.yml"):
        (example / path).symlink_to("somebody@office.example:1234")
    assert check_dossier(read_example(example)) == []


def test_what_may_not_be_read_is_told(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (example / "docs/pier.png").write_bytes(b"")
    monkeypatch.setattr(os, "access", lambda path, mode: not str(path).endswith("pier.png"))
    assert ("docs/pier.png", "irregular-file") in [(one.location.path, one.rule) for one in read_example(example).problems]


def test_a_folder_that_may_not_be_read_is_told(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def scan(path: Path) -> os._ScandirIterator[str]:
        if path.name == "deep":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    (example / "docs/deep").mkdir()
    scandir = os.scandir
    monkeypatch.setattr("dossier.loading.tree.os.scandir", scan)
    [problem] = read_example(example).problems
    assert (problem.location.path, "Permission denied" in problem.message) == ("docs/deep", True)


@pytest.mark.parametrize("name", [b"a\xff.md", b"a\xff.png", b"a\nb.txt", b"a\x1b[2J.md"])
def test_a_name_that_is_no_text_is_told(hostile: Path, name: bytes) -> None:
    Path(os.fsdecode(os.fsencode(hostile / "docs") + b"/" + name)).write_bytes(b"# Page\n")
    [problem] = read_example(hostile).problems
    assert (problem.rule, problem.location.path.startswith("docs/a?")) == ("irregular-file", True)
    assert "\x1b" not in assert_check_refuses(hostile)


def test_a_hundred_folders_in_one_another_are_told_and_not_walked(example: Path) -> None:
    (example / "docs" / "/".join(["deep"] * 100)).mkdir(parents=True)
    [problem] = read_example(example).problems
    assert ("folders deep" in problem.message, problem.location.path.count("/deep")) == (True, tree.MAX_TREE_DEPTH + 1)


def test_more_files_than_a_dossier_has_are_told_and_not_read(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "MAX_TREE_ENTRIES", 40)
    for number in range(60):
        (example / f"docs/p{number}.md").write_text("\0", encoding="utf-8")
    told = [problem for problem in read_example(example).problems if "more than 40 files" in problem.message]
    assert [problem.location.path for problem in told] == ["docs"]


def test_a_walk_goes_in_the_order_of_names_and_yields_folders(tmp_path: Path) -> None:
    for name in ("docs/b/x.md", "docs/a.md", "docs/c.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    expected = [("a.md", False), ("b", True), ("b/x.md", False), ("c.md", False)]
    assert list(walk_tree(tmp_path, "docs")) == [TreeEntry(path, is_folder) for path, is_folder in expected]
    assert list(walk_tree(tmp_path, "nothing")) == []


TEMPLATES = {
    "out": ("overrides/main.html", "../../outside/secret.md", "overrides/main.html"),
    "to private files": ("overrides/x.txt", "../.env", "overrides/x.txt"),
    "of a folder": ("overrides/partials", "/etc", "overrides/partials"),
}


@pytest.mark.parametrize("case", TEMPLATES)
def test_a_template_that_is_a_link_is_told(hostile: Path, case: str) -> None:
    path, target, place = TEMPLATES[case]
    name_templates(hostile, "overrides")
    (hostile / "overrides").mkdir()
    (hostile / path).symlink_to(target)
    assert f"{place}:1:1: " in assert_check_refuses(hostile)


@pytest.mark.parametrize("folder", ["../outside", "/etc"])
def test_templates_outside_are_told_where_they_are_named(hostile: Path, folder: str) -> None:
    name_templates(hostile, folder)
    assert "mkdocs.yml:2:37: the folder of templates lies outside" in assert_check_refuses(hostile)


def test_the_dossiers_own_folder_holds_no_templates(hostile: Path) -> None:
    name_templates(hostile, ".")
    assert "mkdocs.yml:2:37: the folder of templates is the dossier's own, with all" in assert_check_refuses(hostile)


def test_a_hook_that_is_a_link_is_told(hostile: Path) -> None:
    with (hostile / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("hooks: [hook.py]\n")
    (hostile / "hook.py").symlink_to("../outside/secret.md")
    assert "hook.py:1:1: this is a link that leads out" in assert_check_refuses(hostile)


@pytest.mark.parametrize("path", ["mkdocs.yml", "dossier.lock", "published.json"])
@pytest.mark.parametrize("target", ["../outside/secret.md", "/proc/self/environ", "/dev/zero", "nowhere"])
def test_single_files_that_are_links_are_told_and_not_printed(hostile: Path, path: str, target: str) -> None:
    (hostile / path).unlink(missing_ok=True)
    (hostile / path).symlink_to(target)
    assert f"{path}:1:1: " in assert_check_refuses(hostile)


@pytest.mark.parametrize("command", ["check", "lock --check", "pages out", "release", "verify", "finish site", "new claim"])
def test_no_command_waits_for_settings_that_are_a_pipe(example: Path, command: str) -> None:
    (example / "mkdocs.yml").unlink()
    os.mkfifo(example / "mkdocs.yml")
    (example / "site").mkdir()
    (example / "site/index.html").write_text("<p>a</p>", encoding="utf-8")
    result = run(example, *command.split())
    assert (result.exit_code, "mkdocs.yml" in result.output or command == "new claim") == (1, True)


def name_templates(root: Path, folder: str) -> None:
    """Have `mkdocs.yml` name a folder of templates."""
    text = (root / "mkdocs.yml").read_text(encoding="utf-8")
    settings = text.replace("theme: {name: material,", f"theme: {{name: material, custom_dir: {folder},")
    assert settings != text
    (root / "mkdocs.yml").write_text(settings, encoding="utf-8")


def assert_refused(root: Path, path: str) -> None:
    """Only this path has a problem, and nothing secret is printed or on a page."""
    dossier = read_example(root)
    assert [(problem.location.path, problem.rule) for problem in dossier.problems] == [(path, "irregular-file")]
    assert SECRET not in "".join(page.content_html for page in build_pages(dossier))
    assert SECRET not in "".join(page.text for page in dossier.handwritten_pages)
    assert_check_refuses(root)


def assert_check_refuses(root: Path) -> str:
    """`dossier check` fails, in every format, and prints nothing secret; what it says as text."""
    for form in REPORT_FORMATTERS:
        result = run(root, "check", "--format", form)
        assert (result.exit_code, SECRET in result.output) == (1, False)
        assert os.environ["PATH"] not in result.output
    return run(root, "check").output
