"""What stands beside the records: the settings of a dossier, and the pages that are written by hand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """What `mkdocs.yml` and the environment say of a dossier; `quote_share` is in percent of an article's words."""

    captures: str = "captures"
    quote_words: int = 20
    quote_share: int = 30
    publisher: str = ""
    contact: str = ""
    notice: str = ""
    """Markdown shown at the head of every article, claim and timeline page (help lines, warnings)."""
    repo_edit: str = ""
    """Address that a file's path is appended to, to correct it on the forge."""
    site_name: str = ""
    site_url: str = ""
    """Address of the published site, ending in a slash; empty where it has none yet."""
    repo_url: str = ""
    """Address of the repository on its forge."""


@dataclass(frozen=True)
class HandwrittenPage:
    """A page written by hand: path relative to the root, and its Markdown."""

    path: str
    text: str

    @property
    def url(self) -> str:
        """Where it is published, from the site's root: `method/`."""
        stem = self.path.removeprefix("docs/").removesuffix(".md")
        return "" if stem == "index" else stem.removesuffix("/index") + "/"
