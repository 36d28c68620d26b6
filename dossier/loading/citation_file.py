"""CITATION.cff: how the dossier as a whole is cited, for forges and archives that read it at the root of a repository.

Format: Citation File Format 1.2.0, https://citation-file-format.github.io. It has what the settings name and no more.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import yaml

from dossier.loading.files import read_limited_bytes, write_atomically
from dossier.model import Dossier, UnreadableError
from dossier.model.settings import MKDOCS_CONFIG_NAME

CITATION_FILE_NAME = "CITATION.cff"
"""Where forges look for it: at the root of the repository."""

MAX_CITATION_FILE_BYTES = 100_000
_OWN_FIRST_LINE = "# Written by `dossier release`, which replaces it. Without this line it is yours, and stays as it is.\n"
_ADDRESS_PREFIXES = ("https://", "http://")


def format_citation_file(dossier: Dossier) -> str:
    """The file as text: title, who answers for the site, addresses, licence, and the day of the newest release.

    The format wants an author. A site that names no publisher is its own: nobody else is known to be.
    Raises `UnreadableError` for a site without a name.
    """
    settings, release = dossier.settings, dossier.last_release
    if not settings.site_name:
        raise UnreadableError("the site has no name to cite it by", f"write `site_name:` in {MKDOCS_CONFIG_NAME}")
    values: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use this dossier, please cite it as below.",
        "type": "dataset",
        "title": settings.site_name,
        "authors": [{"name": settings.publisher or settings.site_name}],
        "url": settings.site_url if settings.site_url.startswith(_ADDRESS_PREFIXES) else None,
        "repository-code": settings.repo_url if settings.repo_url.startswith(_ADDRESS_PREFIXES) else None,
        "license": settings.licence or None,
        "date-released": str(release.newest_day) if release and release.newest_day else None,
    }
    given = {name: value for name, value in values.items() if value}
    return _OWN_FIRST_LINE + yaml.safe_dump(given, allow_unicode=True, sort_keys=False, width=MAX_CITATION_FILE_BYTES)


def read_own_citation_file(root: Path) -> str | None:
    """The file as it is, empty if there is none; None for one that somebody wrote by hand.

    Raises `UnreadableError` for what is not a file, or too large for one.
    """
    path = root / CITATION_FILE_NAME
    if not os.path.lexists(path):
        return ""
    if not path.is_file():
        raise UnreadableError(f"{CITATION_FILE_NAME} is not a file", "move away what is in its place")
    try:
        content = read_limited_bytes(path, MAX_CITATION_FILE_BYTES, root)
    except UnreadableError as error:
        raise UnreadableError(f"{CITATION_FILE_NAME}: {error.message}", error.help) from error
    text = content.decode("utf-8", errors="replace").replace("\r\n", "\n")
    return text if text.startswith(_OWN_FIRST_LINE) else None


def write_citation_file(dossier: Dossier, root: Path) -> bool:
    """Write the file, unless somebody wrote one by hand; whether it is ours. Raises `UnreadableError` if it cannot."""
    text = format_citation_file(dossier)
    existing = read_own_citation_file(root)
    if existing is not None and existing != text:
        write_atomically(root / CITATION_FILE_NAME, text)
    return existing is not None
