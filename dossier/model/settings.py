"""The settings of a dossier, and its hand-written pages.

`Settings` is the one place that declares a setting: the reader of `mkdocs.yml`, the options of the MkDocs plugin and the
table in README.md follow from its fields.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from dossier.model.yaml_node import YamlNode

MKDOCS_CONFIG_NAME = "mkdocs.yml"
"""The file that holds the settings, for MkDocs and for us."""

PROPERDOCS_CONFIG_NAME = "properdocs.yml"
"""What ProperDocs reads instead, if it exists; with the same content."""


def _declare_setting(default: str | bool | int, meaning: str, *, environment: str = "", of_site: bool = False) -> Any:
    """A field of `Settings`.

    `meaning` is one line of Markdown for README.md. `environment` is the variable that our `mkdocs.yml` asks with `!ENV`.
    A setting `of_site` is a top-level key of `mkdocs.yml`, which the host reads too; the others are options of the plugin.
    """
    return field(default=default, metadata={"meaning": meaning, "environment": environment, "of_site": of_site})


@dataclass(frozen=True)
class Settings:
    """What `mkdocs.yml` and the environment say of a dossier."""

    captures: str = _declare_setting("captures", "folder of the captures", environment="DOSSIER_CAPTURES")
    quote_words: int = _declare_setting(20, "most words in a quotation")
    quote_share: int = _declare_setting(30, "most percent of an article's words that may be printed")
    publisher: str = _declare_setting("", "who answers for the site", environment="DOSSIER_PUBLISHER")
    contact: str = _declare_setting("", "how to reach them", environment="DOSSIER_CONTACT")
    people: str = _declare_setting("", "Markdown that names who writes and checks the site")
    funding: str = _declare_setting("", "Markdown that says who pays for the site")
    licence: str = _declare_setting("", "licence of texts and annotations, by its SPDX identifier, as in `CC-BY-4.0`")
    notice: str = _declare_setting("", "Markdown at the head of article, claim and timeline pages: help lines, warnings")
    repo_edit: str = _declare_setting(
        "",
        "address that a file's path is appended to for “Correct this”; where it is empty, the one that follows from `repo_url`",
        environment="DOSSIER_REPO_EDIT",
    )
    pending: bool = _declare_setting(
        False,
        "`true`: quotations that wait for an editor's lock do not fail a build or `dossier check`; for pull requests",
        environment="DOSSIER_PENDING",
    )
    publication: bool = _declare_setting(
        False,
        "`true`: the site is for readers, so `publisher`, `contact` and `site_url` must be named",
        environment="DOSSIER_PUBLICATION",
    )
    site_name: str = _declare_setting("", "name of the site", of_site=True)
    site_url: str = _declare_setting("", "where the site is published, ending in a slash", environment="SITE_URL", of_site=True)
    repo_url: str = _declare_setting("", "where the repository is", environment="REPO_URL", of_site=True)


@dataclass(frozen=True)
class HandwrittenPage:
    """A page written by hand: path relative to the root, its Markdown, and its front matter where that could be read."""

    path: str
    text: str
    metadata: YamlNode | None = field(default=None, compare=False)

    @property
    def url(self) -> str:
        """Where it is published, from the site's root: `method/`."""
        stem = self.path.removeprefix("docs/").removesuffix(".md")
        return "" if stem == "index" else stem.removesuffix("/index") + "/"
