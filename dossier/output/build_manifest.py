"""Writes the build manifest of a finished site: the last thing that a build does, whichever host draws the pages."""

from __future__ import annotations

import platform
import re
import zlib
from dataclasses import fields
from html import unescape
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from dossier.captures.convert import CONVERTER_BY_SUFFIX
from dossier.loading.built_files import hash_built_file, iter_built_files
from dossier.loading.files import encode_json, format_json_pairs, write_atomically
from dossier.model import Dossier, Settings, UnreadableError
from dossier.model.site.build_manifest import BUILD_MANIFEST_PATH, BUILD_MANIFEST_VERSION, BuildManifest, ListedFile

MANIFEST_PACKAGES = ("mkdocs-dossier", "jinja2", "markdown-it-py", "pagefind", "resvg-py")
"""Packages whose version the bytes of any site depend on; the host and its theme are named by the pages themselves."""

_GENERATOR_PATTERN = re.compile(r'<meta name="generator" content="([^"]*)">')

_HEAD_BYTES = 20_000
"""Bytes at the beginning of a page, in which a head names its generator."""

_LOCAL_SETTINGS = frozenset({"captures", "pending"})
"""Settings of one machine, or of a build that nobody publishes."""


def write_build_manifest(dossier: Dossier, folder: Path) -> None:
    """List every file of the finished site in a folder. Raises `UnreadableError` for what is no file that can be published."""
    write_atomically(folder / BUILD_MANIFEST_PATH, format_build_manifest(_build_manifest(dossier, folder)))


def format_build_manifest(manifest: BuildManifest) -> str:
    """A manifest as JSON text: a file a line, so that two of them can be compared line by line."""
    # Not by `asdict`: copying what is said of each file would take as long as hashing it.
    values = {value.name: getattr(manifest, value.name) for value in fields(manifest) if value.name != "files"}
    listed_files = {path: {"bytes": listed.bytes, "sha256": listed.sha256} for path, listed in manifest.files.items()}
    files = format_json_pairs(listed_files)
    head = "".join(f"{encode_json(name)}: {encode_json(value)},\n" for name, value in values.items())
    return f'{{\n{head}"files": {{\n{files}\n}}\n}}\n'


def _build_manifest(dossier: Dossier, folder: Path) -> BuildManifest:
    revision = dossier.revision
    return BuildManifest(
        BUILD_MANIFEST_VERSION,
        revision.commit if revision else "",
        revision.tree if revision else "",
        (revision.commit_swhid, revision.tree_swhid) if revision else (),
        _read_generator(folder / "index.html"),
        {"python": platform.python_version(), "zlib": zlib.ZLIB_RUNTIME_VERSION, **_collect_versions()},
        tuple(sorted({*CONVERTER_BY_SUFFIX.values()})),
        _collect_environment(dossier.settings),
        _hash_files(folder),
    )


def _hash_files(folder: Path) -> dict[str, ListedFile]:
    files = {}
    for path, file, is_regular in iter_built_files(folder):
        if not is_regular or not path.isprintable():
            help = "put the file itself there, under a name of printable characters, and build the site again"
            raise UnreadableError(f"{path!a} in the site is a link, a pipe or a device, or its name is no text", help)
        files[path] = hash_built_file(file)
    return files


def _collect_versions() -> dict[str, str]:
    """The version of each package, where it is installed."""
    versions = {}
    for name in MANIFEST_PACKAGES:
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            continue
    return versions


def _collect_environment(settings: Settings) -> dict[str, str]:
    """What the variables that settings may come from have to hold for the same site."""
    environment = {}
    for setting in fields(Settings):
        value, variable = getattr(settings, setting.name), setting.metadata["environment"]
        if variable and value != setting.default and setting.name not in _LOCAL_SETTINGS:
            environment[variable] = str(value).lower() if isinstance(value, bool) else str(value)
    return environment


def _read_generator(page: Path) -> str:
    """What draws the frame of a page, by its own words: `mkdocs-1.6.1, mkdocs-material-9.7.1`; empty if it does not say."""
    if not page.is_file():
        return ""
    with page.open("rb") as stream:
        found = _GENERATOR_PATTERN.search(stream.read(_HEAD_BYTES).decode(errors="replace"))
    return unescape(found[1]) if found else ""
