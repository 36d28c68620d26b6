"""A site is held against its build manifest: every difference is named, and neither can make the other read elsewhere."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from dossier.loading.built_files import (
    MAX_SITE_FILE_BYTES,
    find_manifest_differences,
    hash_built_file,
    iter_built_files,
    read_build_manifest,
)
from dossier.model import Dossier, UnreadableError
from dossier.model.site.build_manifest import BUILD_MANIFEST_PATH
from dossier.output.build_manifest import write_build_manifest
from support.command_line import run
from support.dossiers import make_socket

HASH = "0" * 64


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site with its manifest, which no dossier is beside."""
    folder = tmp_path / "site"
    for path in ("index.html", "claims/a/index.html", "claims-a.txt", "é b.css", ".well-known/security.txt"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(f"This is {path}.\n", encoding="utf-8")
    write_build_manifest(Dossier(), folder)
    return folder


def differences(site: Path) -> dict[str, str]:
    found = find_manifest_differences(site, read_build_manifest(site), "site")
    assert all(problem.severity == "error" and problem.help for problem in found)
    return {problem.location.path: problem.message for problem in found}


def test_a_site_is_as_it_was_built(site: Path) -> None:
    assert differences(site) == {}
    outcome = run(site.parent, "verify", "site", "--manifest")
    assert outcome.exit_code == 0
    assert outcome.stdout == "0 errors, 0 notices\n"
    assert outcome.stderr == (
        "The manifest lists 5 files, built from no commit that it names.\nNot compared: build-manifest.json.\n"
    )


@pytest.mark.parametrize("path", ["index.html", "claims/a/index.html", "é b.css", ".well-known/security.txt"])
@pytest.mark.parametrize("place", [0, -1])
def test_one_changed_byte_is_named_with_its_file(site: Path, path: str, place: int) -> None:
    content = bytearray((site / path).read_bytes())
    content[place] ^= 1
    (site / path).write_bytes(content)
    assert differences(site) == {f"site/{path}": "this file was changed: it has as many bytes, but others"}
    outcome = run(site.parent, "verify", "site", "--manifest")
    assert outcome.exit_code == 1
    assert f"site/{path}:1:1: this file was changed" in outcome.stdout


def test_every_difference_is_named_in_the_order_of_paths(site: Path) -> None:
    (site / "index.html").write_bytes(b"")
    (site / "claims-a.txt").unlink()
    (site / "claims/new.html").write_bytes(b"")
    (site / ".hidden").write_bytes(b"")
    (site / "none").mkdir()
    assert list(differences(site).items()) == [
        ("site/.hidden", "this is not in build-manifest.json"),
        ("site/claims-a.txt", "this file is missing"),
        ("site/claims/new.html", "this is not in build-manifest.json"),
        ("site/index.html", "this file was changed: it has 0 bytes instead of 20"),
    ]


def test_the_mark_of_those_who_publish_holds_nothing(site: Path) -> None:
    mark = site / ".nojekyll"
    mark.write_bytes(b"")
    (site / ".git").mkdir()
    assert differences(site) == {}
    mark.write_bytes(b"Words.")
    assert differences(site) == {"site/.nojekyll": "this is not in build-manifest.json"}
    mark.unlink()
    mark.symlink_to("/")
    assert differences(site) == {"site/.nojekyll": "this is not in build-manifest.json"}
    mark.unlink()
    (mark / "a").mkdir(parents=True)
    (mark / "a/page.html").write_bytes(b"Words.")
    assert differences(site) == {"site/.nojekyll/a/page.html": "this is not in build-manifest.json"}


def test_what_is_passed_over_is_told_and_what_a_host_adds_is_named(site: Path) -> None:
    outcome = run(site.parent, "verify", "site", "--manifest")
    assert "Not compared: build-manifest.json.\n" in outcome.stderr
    (site / ".git").write_text("gitdir: elsewhere\n", encoding="utf-8")
    (site / ".nojekyll").write_bytes(b"")
    outcome = run(site.parent, "verify", "site", "--manifest")
    assert (outcome.exit_code, "Not compared: .git, .nojekyll, build-manifest.json.\n" in outcome.stderr) == (0, True)
    (site / "CNAME").write_text("ferry.example\n", encoding="utf-8")
    (site / "claims/.git").mkdir()
    (site / "claims/.git/page.html").write_bytes(b"Words.")
    outcome = run(site.parent, "verify", "site", "--manifest")
    assert outcome.exit_code == 1
    assert {*differences(site)} == {"site/CNAME", "site/claims/.git/page.html"}
    assert "a host may have added it, as `CNAME`" in outcome.stdout


def test_links_pipes_and_sockets_are_named_and_not_opened(site: Path, tmp_path: Path) -> None:
    (tmp_path / "private").mkdir()
    (tmp_path / "private/a.txt").write_text("This is index.html.\n", encoding="utf-8")
    (site / "index.html").unlink()
    (site / "index.html").symlink_to(tmp_path / "private/a.txt")
    (site / "claims-a.txt").unlink()
    os.mkfifo(site / "claims-a.txt")
    (site / "folder").symlink_to(tmp_path / "private")
    (site / "loop").symlink_to(site)
    make_socket(site / "socket")
    said = "this is a link, a pipe or a device, not the file that was published"
    added = dict.fromkeys(["site/folder", "site/loop", "site/socket"], "this is not in build-manifest.json")
    assert differences(site) == {"site/claims-a.txt": said, **added, "site/index.html": said}


def test_a_file_of_endless_holes_is_not_read(site: Path) -> None:
    with (site / "index.html").open("r+b") as file:
        file.truncate(MAX_SITE_FILE_BYTES * 100)
    size = MAX_SITE_FILE_BYTES * 100
    assert differences(site) == {"site/index.html": f"this file was changed: it has {size:,} bytes instead of 20"}
    with pytest.raises(UnreadableError, match="not a file of at most"):
        hash_built_file(site / "index.html")
    with pytest.raises(UnreadableError, match="not a file of at most"):
        write_build_manifest(Dossier(), site)


def test_names_that_are_no_text_are_named_printably(site: Path) -> None:
    for name in (b"\xff.txt", b"a\x1b[2Jb"):
        (site / os.fsdecode(name)).write_bytes(b"")
    assert set(differences(site)) == {"site/?.txt", "site/a?[2Jb"}
    assert run(site.parent, "verify", "site", "--manifest").exit_code == 1
    with pytest.raises(UnreadableError, match="its name is no text"):
        write_build_manifest(Dossier(), site)


def test_folders_in_one_another_end_no_walk(site: Path) -> None:
    here = os.getcwd()
    os.chdir(site)
    try:
        for _ in range(1_100):
            os.mkdir("a")
            os.chdir("a")
        assert len(list(iter_built_files(site))) == 5
    finally:
        os.chdir(here)
        subprocess.run(["rm", "-r", site / "a"], check=True)  # Python's own removal, and so pytest's, is recursive


def rewrite(site: Path, **values: Any) -> None:
    file = site / BUILD_MANIFEST_PATH
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | values), encoding="utf-8")


HOSTILE_PATHS = ["../private.txt", "/etc/passwd", "a/../../b", "a//b", "./a", "a/", "", "..", ".", "a\0b", BUILD_MANIFEST_PATH]


@pytest.mark.parametrize("path", HOSTILE_PATHS)
def test_a_path_that_leads_elsewhere_makes_a_manifest_damaged(site: Path, path: str) -> None:
    rewrite(site, files={path: {"bytes": 1, "sha256": HASH}})
    with pytest.raises(UnreadableError, match="is not the path of a file in a site"):
        read_build_manifest(site)


DAMAGED = {
    "empty": b"",
    "cut off": b'{"version": 1, "files": {',
    "no object": b"[]",
    "another version": b'{"version": 2, "files": {"a": {"bytes": 1, "sha256": "%s"}}}' % HASH.encode(),
    "no files": b'{"version": 1, "files": {}}',
    "no size": b'{"version": 1, "files": {"a": {"sha256": "%s"}}}' % HASH.encode(),
    "size as text": b'{"version": 1, "files": {"a": {"bytes": "1", "sha256": "%s"}}}' % HASH.encode(),
    "no size at all": b'{"version": 1, "files": {"a": {"bytes": -1, "sha256": "%s"}}}' % HASH.encode(),
    "a size beyond all": b'{"version": 1, "files": {"a": {"bytes": 9%s, "sha256": "%s"}}}' % (b"9" * 30, HASH.encode()),
    "a number without end": b'{"version": %s}' % (b"9" * 5000),
    "a short hash": b'{"version": 1, "files": {"a": {"bytes": 1, "sha256": "00"}}}',
    "a path twice": b'{"version": 1, "files": {"a": {"bytes": 1, "sha256": "%b"}, "a": {"bytes": 2, "sha256": "%b"}}}'
    % (HASH.encode(), HASH.encode()),
    "unknown key": b'{"version": 1, "run": "x", "files": {"a": {"bytes": 1, "sha256": "%s"}}}' % HASH.encode(),
    "half a character": b'{"version": 1, "files": {"\\ud800": {"bytes": 1, "sha256": "%s"}}}' % HASH.encode(),
    "nested": b"[" * 100_000,
    "no UTF-8": b'{"version": 1, "commit": "\xff"}',
    "a commit that is none": b'{"version": 1, "commit": "\\u001b[2Jmain", "files": {"a": {"bytes": 1, "sha256": "%s"}}}'
    % HASH.encode(),
    "terminal": b'{"version": 1, "\x1b[2J": 1}',
    "terminal, escaped": b'{"version": 1, "\\u001b[2J": 1}',
}


@pytest.mark.parametrize("kind", DAMAGED)
def test_a_damaged_manifest_is_refused_in_a_sentence(site: Path, kind: str) -> None:
    (site / BUILD_MANIFEST_PATH).write_bytes(DAMAGED[kind])
    outcome = run(site.parent, "verify", "site", "--manifest")
    assert outcome.exit_code == 1
    assert "build-manifest.json is damaged: " in outcome.output
    assert "help: fetch it again" in outcome.output
    assert "Traceback" not in outcome.output
    assert "\x1b" not in outcome.output
    assert len(outcome.output) < 700


def test_a_site_without_a_manifest_a_link_and_a_pipe_are_refused(site: Path) -> None:
    file = site / BUILD_MANIFEST_PATH
    content = file.read_bytes()
    file.unlink()
    assert "there is no build-manifest.json in" in run(site.parent, "verify", "site", "--manifest").output
    assert "there is no build-manifest.json in" in run(site.parent, "verify", "nowhere", "--manifest").output
    (site.parent / "other.json").write_bytes(content)
    file.symlink_to(site.parent / "other.json")
    assert "is damaged: this is a link" in run(site.parent, "verify", "site", "--manifest").output
    file.unlink()
    os.mkfifo(file)
    assert "is damaged: this is not a file" in run(site.parent, "verify", "site", "--manifest").output
    file.unlink()
    file.mkdir()
    assert "is damaged: this is not a file" in run(site.parent, "verify", "site", "--manifest").output
