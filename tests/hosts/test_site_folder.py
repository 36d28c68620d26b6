"""A build of hostile or vanishing files ends with a sentence; the site that was there stays until the new one is whole."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.exceptions import PluginError

from dossier.hosts.mkdocs.build_errors import describe_build_error
from dossier.hosts.mkdocs.site_folder import STAGING_PREFIX, SiteReplacement
from dossier.model import UnreadableError
from support.dossiers import make_clean_environment, run_mkdocs, try_build
from support.previewing import Preview

SECRET = "xyzzy"
OLD_SITE = {"index.html": "old", "gone/index.html": "old", ".nojekyll": "", ".git/HEAD": "ref"}

FAILING_HOOK = """
import os, shutil

def on_page_content(html, page, **rest):
    if os.path.exists("vanish"):
        shutil.rmtree("docs")
    if os.path.exists("full"):
        raise OSError(28, "No space left on device")
    if os.path.exists("slow"):
        import time
        time.sleep(60)
    return html
"""


@pytest.fixture
def built(example: Path) -> Path:
    """The example with a site of an earlier build, a hook that can fail, and a private file beside it."""
    for path, text in OLD_SITE.items():
        (example / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (example / "site" / path).write_text(text, encoding="utf-8")
    (example / "hook.py").write_text(FAILING_HOOK, encoding="utf-8")
    with (example / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("hooks: [hook.py]\n")
    (example.parent / "secret.txt").write_text(SECRET, encoding="utf-8")
    return example


def read_files(folder: Path) -> dict[str, str]:
    return {file.relative_to(folder).as_posix(): file.read_text() for file in folder.rglob("*") if file.is_file()}


def name_in_settings(root: Path, old: str, new: str) -> None:
    text = (root / "mkdocs.yml").read_text(encoding="utf-8")
    assert old in text
    (root / "mkdocs.yml").write_text(text.replace(old, new), encoding="utf-8")


# What is built from files that are none


@pytest.mark.site
def test_links_out_and_pipes_are_not_published_and_fail_a_strict_build(built: Path) -> None:
    for name, target in {
        **dict.fromkeys(("out.txt", "out.md", "out.html", ".out"), "../../secret.txt"),
        **{"env.txt": "/proc/self/environ", "nowhere.png": "nothing", "zero.bin": "/dev/zero", "own.txt": "own.txt"},
        **{"capture.txt": "../originals/harbour-gazette-2024-05-02.txt", "settings.txt": "../mkdocs.yml"},
    }.items():
        (built / "docs" / name).symlink_to(target)
    os.mkfifo(built / "docs/pipe.md")
    os.mkfifo(built / "docs/pipe.txt")
    for name in (b"broken\xff.md", b"broken\xff.png", b"broken\n.md"):
        Path(os.fsdecode(os.fsencode(built / "docs") + b"/" + name)).write_bytes(b"# Page\n")
    (built / "docs/large.md").write_text("- " * 600_000, encoding="utf-8")
    status, said = try_build(built, "--strict", SECRET_TOKEN=SECRET)
    assert (status, "docs/out.txt:1:1" in said, "docs/pipe.md:1:1" in said, SECRET in said) == (1, True, True, False)
    assert read_files(built / "site") == OLD_SITE
    status, said = try_build(built, SECRET_TOKEN=SECRET)
    assert (status, "Traceback" in said, SECRET in said) == (0, False, False)
    written = read_files_of_any_kind(built / "site")
    refused = ("out", "env", "nowhere", "zero", "own", "capture", "settings", "pipe", "large", "broken")
    assert [path for path in written if path.lstrip(".").startswith(refused)] == []
    assert not [path for path, content in written.items() if SECRET.encode() in content]


def read_files_of_any_kind(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


TRAPS = {"a loop": ".", "a folder outside": "/etc", "a folder inside": "articles"}


@pytest.mark.site
@pytest.mark.parametrize("kind", TRAPS)
def test_a_link_to_a_folder_ends_the_build_at_once(built: Path, kind: str) -> None:
    (built / "docs/trap").symlink_to(TRAPS[kind])
    status, said = try_build(built)
    assert (status, "docs/trap: this is a link" in said, "Traceback" in said) == (1, True, False)
    assert read_files(built / "site") == OLD_SITE


@pytest.mark.site
@pytest.mark.parametrize("path", ["main.html", "notes.txt"])
def test_a_template_that_leads_out_ends_the_build_at_once(built: Path, path: str) -> None:
    (built / "overrides").mkdir()
    (built / "overrides" / path).symlink_to("../../secret.txt")
    name_in_settings(built, "name: material,", "name: material, custom_dir: overrides,")
    status, said = try_build(built)
    assert (status, f"overrides/{path}: this is a link that leads out" in said, SECRET in said) == (1, True, False)
    assert read_files(built / "site") == OLD_SITE


@pytest.mark.site
def test_a_link_out_in_a_preview_is_told_and_not_shown(example: Path) -> None:
    (example.parent / "secret.txt").write_text(SECRET, encoding="utf-8")
    (example / "docs/out.md").symlink_to("../../secret.txt")
    preview = Preview(example)
    try:
        assert SECRET not in preview.wait("", "leads out of the dossier")
        assert SECRET not in preview.get("out/")
    finally:
        preview.end()


# What happens to the site


@pytest.mark.site
def test_a_build_replaces_the_site_and_keeps_hidden_entries(built: Path) -> None:
    (built / f"site/{STAGING_PREFIX}killed/new").mkdir(parents=True)
    run_mkdocs(built, "build", "--strict")
    written = read_files_of_any_kind(built / "site")
    assert (written["index.html"] != b"old", "gone/index.html" in written, written[".git/HEAD"]) == (True, False, b"ref")
    assert sorted(entry.name for entry in (built / "site").iterdir() if entry.name.startswith(".")) == [".git", ".nojekyll"]


@pytest.mark.site
@pytest.mark.parametrize("failure", ["vanish", "full"])
def test_what_the_file_system_refuses_is_a_sentence_and_costs_no_site(built: Path, failure: str) -> None:
    (built / failure).touch()
    status, said = try_build(built)
    assert (status, "a file could not be read or written: " in said, "Traceback" in said) == (1, True, False)
    assert read_files(built / "site") == OLD_SITE


@pytest.mark.site
def test_a_page_that_is_no_text_is_named_and_costs_a_strict_build(built: Path) -> None:
    (built / "docs/bytes.md").write_bytes(b"# \xff\xfe")
    before = read_files(built / "site")
    status, said = try_build(built, "--strict")
    assert (status, "docs/bytes.md:1:3" in said, "is not UTF-8 text" in said, "Traceback" in said) == (1, True, True, False)
    assert read_files(built / "site") == before
    status, said = try_build(built)
    assert (status, "docs/bytes.md:1:3" in said, "Traceback" in said) == (0, True, False)
    assert not (built / "site/bytes").exists()


@pytest.mark.site
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1, signal.SIGKILL])
def test_an_interrupted_build_costs_no_site(built: Path, number: signal.Signals) -> None:
    (built / "slow").touch()
    command = [sys.executable, "-m", "mkdocs", "build"]
    with subprocess.Popen(command, cwd=built, env=make_clean_environment(), stderr=subprocess.DEVNULL) as process:
        wait_until(lambda: any((built / "site").glob(f"{STAGING_PREFIX}*/new")))
        time.sleep(1)
        process.send_signal(number)
        process.wait(120)
    files = {path: text for path, text in read_files(built / "site").items() if not path.startswith(STAGING_PREFIX)}
    assert files == OLD_SITE
    assert bool(list((built / "site").glob(f"{STAGING_PREFIX}*"))) is (number == signal.SIGKILL)


def wait_until(is_true: Callable[[], bool]) -> None:
    end = time.monotonic() + 120
    while not is_true():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.site
def test_a_site_that_is_a_link_stays_one(built: Path, tmp_path: Path) -> None:
    (built / "site").rename(tmp_path / "public")
    (built / "site").symlink_to(tmp_path / "public")
    run_mkdocs(built, "build")
    assert (built / "site").is_symlink()
    assert (tmp_path / "public/timeline/index.html").is_file()


@pytest.mark.site
@pytest.mark.parametrize("folder", ["annotations", "originals/site", ".git", "mkdocs.yml"])
def test_no_site_is_written_over_the_dossier(example: Path, folder: str) -> None:
    before = read_files(example)
    status, said = try_build(example, "--site-dir", folder)
    assert (status, "Traceback" in said) == (1, False)
    assert read_files(example) == before


@pytest.mark.site
def test_a_dirty_build_changes_the_site_in_its_place(built: Path) -> None:
    run_mkdocs(built, "build", "--dirty")
    assert "gone/index.html" in read_files_of_any_kind(built / "site")
    assert (built / "site/timeline/index.html").is_file()


def test_entries_change_places_all_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = Path.rename

    def fail_at_new(file: Path, target: Path) -> Path:
        if file.parent.name == "new" and file.name == "b":
            raise OSError(5, "Input/output error")
        return rename(file, target)

    for path, text in OLD_SITE.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    replacement = SiteReplacement(tmp_path)
    for name in ("a", "b", "index.html", ".nojekyll"):
        (replacement.build_folder / name).write_text("new", encoding="utf-8")
    monkeypatch.setattr(Path, "rename", fail_at_new)
    with pytest.raises(OSError, match="Input/output"):
        replacement.finish()
    replacement.abandon()
    assert read_files(tmp_path) == OLD_SITE


def test_what_a_killed_build_had_moved_away_is_put_back_by_the_next(tmp_path: Path) -> None:
    killed = tmp_path / f"{STAGING_PREFIX}killed"
    for path in ("old/index.html", "old/gone/index.html", "new/index.html"):
        (killed / path).parent.mkdir(parents=True, exist_ok=True)
        (killed / path).write_text(path, encoding="utf-8")
    (tmp_path / "index.html").write_text("kept", encoding="utf-8")
    SiteReplacement(tmp_path).abandon()
    assert read_files(tmp_path) == {"index.html": "kept", "gone/index.html": "old/gone/index.html"}


def test_a_first_build_that_fails_leaves_no_folder(tmp_path: Path) -> None:
    replacement = SiteReplacement(tmp_path / "deep/site")
    (replacement.build_folder / "index.html").touch()
    replacement.abandon()
    assert not (tmp_path / "deep/site").exists()


def test_a_folder_that_may_not_be_written_is_told_with_the_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**rest: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("dossier.hosts.mkdocs.site_folder.mkdtemp", refuse)
    with pytest.raises(PluginError, match=r"Permission denied; check .* --site-dir"):
        SiteReplacement(tmp_path)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("extra: {alternate: 1}", "of the template partials/alternate.html ends with “'int' object is not iterable”"),
        ("theme: {name: readthedocs}", "the theme has no template partials/toc.html; write `theme: {name: material}`"),
        ("plugins: [dossier: {repo_edit: 'https://['}]", "the option `repo_edit` is not an address"),
        ("site_url: 'https://x.example/\"><script>'", "the option `site_url` is not an address"),
        ("extra_templates: [~]", "an entry of `extra_templates` in mkdocs.yml is no text"),
        ('site_name: "\\ud800"', "a text of mkdocs.yml holds \\ud800, which is half of a character"),
    ],
)
def test_settings_that_end_a_build_are_told_in_a_sentence(built: Path, line: str, sentence: str) -> None:
    config, name = built / "mkdocs.yml", line.partition(":")[0]
    parts = re.split(r"(?m)^(?=\w)", config.read_text(encoding="utf-8"))
    config.write_text("".join(part for part in parts if part.partition(":")[0] != name) + line + "\n", encoding="utf-8")
    before = read_files_of_any_kind(built / "site")
    status, said = try_build(built)
    assert (status, "Traceback" in said) == (1, False)
    assert sentence in said
    assert read_files_of_any_kind(built / "site") == before


def test_an_error_of_somebodys_program_keeps_its_traceback() -> None:
    assert describe_build_error(KeyError("x")) == ""
    assert describe_build_error(UnreadableError("there is none", "write it")) == "there is none; write it"
    assert "No such file (docs/a.md)" in describe_build_error(FileNotFoundError(2, "No such file", os.path.abspath("docs/a.md")))
