"""The manifest of a site says from what and with what it was built, and nothing of the machine that built it."""

from __future__ import annotations

import json
import os
import zlib
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest

from dossier.captures.convert import CONVERTER_BY_SUFFIX
from dossier.loading.built_files import read_build_manifest
from dossier.model import Dossier, Settings, UnreadableError
from dossier.model.site.build_manifest import BUILD_MANIFEST_PATH
from dossier.model.site.revision import Revision
from dossier.output.build_manifest import format_build_manifest, write_build_manifest

DOSSIER = Dossier(
    revision=Revision("1" * 40, "2" * 40),
    settings=Settings(
        captures="somewhere/private", site_url="https://ferry.example/", publisher="“Island”", publication=True, pending=True
    ),
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "b").mkdir()
    (tmp_path / "b/é.txt").write_bytes(b"abc")
    (tmp_path / "a.bin").write_bytes(b"")
    (tmp_path / "index.html").write_text('<head><meta name="generator" content="host-1.2 &amp; theme-3">', encoding="utf-8")
    return tmp_path


def test_a_manifest_has_commit_versions_variables_and_the_hash_of_every_file(site: Path) -> None:
    write_build_manifest(DOSSIER, site)
    manifest = read_build_manifest(site)
    assert (manifest.commit, manifest.tree) == ("1" * 40, "2" * 40)
    assert manifest.swhids == (f"swh:1:rev:{'1' * 40}", f"swh:1:dir:{'2' * 40}")
    assert manifest.generator == "host-1.2 & theme-3"
    assert manifest.versions["pagefind"] == version("pagefind")
    assert manifest.versions["zlib"] == zlib.ZLIB_RUNTIME_VERSION  # the bytes of data/data.zip are its work
    assert manifest.converters == tuple(sorted(set(CONVERTER_BY_SUFFIX.values())))
    assert manifest.environment == {
        "SITE_URL": "https://ferry.example/",
        "DOSSIER_PUBLISHER": "“Island”",
        "DOSSIER_PUBLICATION": "true",
    }
    assert list(manifest.files) == ["a.bin", "b/é.txt", "index.html"]
    # FIPS 180-2, appendix B.1
    assert manifest.files["b/é.txt"].sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert [listed.bytes for listed in manifest.files.values()][:2] == [0, 3]


def test_each_file_has_a_line_of_its_own_and_the_text_is_the_same_each_time(site: Path) -> None:
    write_build_manifest(DOSSIER, site)
    text = (site / BUILD_MANIFEST_PATH).read_text(encoding="utf-8")
    assert [line.split('"')[1] for line in text.splitlines() if '"sha256"' in line] == ["a.bin", "b/é.txt", "index.html"]
    assert json.loads(text)["files"].keys() == {"a.bin", "b/é.txt", "index.html"}
    assert format_build_manifest(read_build_manifest(site)) == text
    assert "private" not in text
    write_build_manifest(DOSSIER, site)
    assert (site / BUILD_MANIFEST_PATH).read_text(encoding="utf-8") == text


def test_without_a_commit_and_a_generator_it_claims_none(site: Path) -> None:
    (site / "index.html").unlink()
    write_build_manifest(replace(DOSSIER, revision=None), site)
    manifest = read_build_manifest(site)
    assert (manifest.commit, manifest.tree, manifest.swhids, manifest.generator) == ("", "", (), "")


def test_a_site_with_a_link_or_a_pipe_has_no_manifest(site: Path) -> None:
    (site / "b/link.txt").symlink_to(site / "a.bin")
    with pytest.raises(UnreadableError, match=r"b/link\.txt"):
        write_build_manifest(DOSSIER, site)
    (site / "b/link.txt").unlink()
    os.mkfifo(site / "b/pipe")
    with pytest.raises(UnreadableError, match="b/pipe"):
        write_build_manifest(DOSSIER, site)
    assert not (site / BUILD_MANIFEST_PATH).exists()
