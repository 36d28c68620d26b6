"""The build manifest: from what a site was built, with what, and the hash of each of its files."""

from __future__ import annotations

from dataclasses import dataclass, field

from dossier.model.quotations.capture import FORBID_UNKNOWN_KEYS

BUILD_MANIFEST_PATH = "build-manifest.json"
"""Where it is, from the site's root."""

BUILD_MANIFEST_VERSION = 1


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file of a site: its size in bytes, and its SHA-256 as 64 hexadecimal digits."""

    __pydantic_config__ = FORBID_UNKNOWN_KEYS

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class BuildManifest:
    """All files of a site but the manifest itself, by path from its root, and what somebody needs to build it again.

    `commit` and `tree` are hashes of git, and `swhids` name both in archives; they are empty where no commit has the files
    that the site was built from. `environment` has the settings that were taken from variables, by variable.
    """

    __pydantic_config__ = FORBID_UNKNOWN_KEYS

    version: int
    commit: str = ""
    tree: str = ""
    swhids: tuple[str, ...] = ()
    generator: str = ""
    """The program that drew the frame of the pages, as its front page names it."""
    versions: dict[str, str] = field(default_factory=dict)
    """Of Python and of packages, by name."""
    converters: tuple[str, ...] = ()
    """Names and versions of what turns captures into paragraphs."""
    environment: dict[str, str] = field(default_factory=dict)
    files: dict[str, ListedFile] = field(default_factory=dict)
