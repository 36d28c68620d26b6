"""A page of ours as a MkDocs page: its HTML is rendered when the page is written, and the theme gets it complete."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from dossier.model.site.addresses import CONTENT_ELEMENT_ID
from dossier.output.frame import FrameValues
from dossier.output.page_files import iter_page_files
from dossier.output.page_metadata import build_page_metadata
from dossier.pages import Page

FINISHED_PAGE_TEMPLATE = "dossier.html"
"""The template that prints a page which is rendered already."""


_ESCAPED_NAMES = ("title", "description", "cited", "author")
_OPTIONAL_NAMES = ("card", "oembed", "cited", "author", "day", "published", "changed")
"""What metadata has of some pages, and the theme prints."""


class DossierPage(MkDocsPage):
    """A page whose table of contents and anchors are known beforehand, and whose HTML is rendered when it is written.

    Python-Markdown does not process it. Other plugins get its HTML in `on_page_context` and `on_post_page`; kept any longer,
    the HTML of all pages would be most of a build's memory.
    """

    def __init__(self, dossier_page: Page, file: File, config: MkDocsConfig) -> None:
        super().__init__(escape(dossier_page.title), file, config)
        self.dossier_page = dossier_page
        # Material unescapes `page.title` where it strips tags; the title in `meta` is printed as it is.
        metadata = build_page_metadata(dossier_page)
        escaped = {name: escape(metadata[name]) for name in _ESCAPED_NAMES if name in metadata}
        self.meta = {"template": FINISHED_PAGE_TEMPLATE, **metadata, **escaped}
        self.update_date = dossier_page.last_reviewed

    def read_source(self, config: MkDocsConfig) -> None:
        """Set an empty text: there is no source, and MkDocs needs one."""
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Set table of contents and anchors; the content follows when the page is written."""
        self.content = ""
        self.toc = _build_table_of_contents(self.dossier_page)
        self.present_anchor_ids = {
            CONTENT_ELEMENT_ID,
            *self.dossier_page.anchor_ids,
            *(heading.id for heading in self.dossier_page.headings),
        }

    @property
    def frame_key(self) -> tuple[object, ...]:
        """What else the theme reads from the page: the same for all pages of a section that have the same headings."""
        headings = tuple((heading.id, heading.text) for heading in self.dossier_page.headings)
        section = self.dossier_page.parent_url or self.dossier_page.url
        return (section, self.dossier_page.url.count("/"), headings, "<h1" in (self.content or ""), *self.frame_values)

    @property
    def frame_values(self) -> dict[str, str]:
        """The values that differ from page to page, without empty ones."""
        values = {
            "title": self.meta["title"],
            "description": self.meta["description"],
            "canonical": self.canonical_url,
            "edit": self.edit_url,
            **{name: self.meta.get(name) for name in _OPTIONAL_NAMES},
            "content": self.content,
        }
        return {name: value for name, value in values.items() if value}

    def set_frame_values(self, values: FrameValues) -> None:
        """Set the values that differ: placeholders, or the page's own again."""
        self.meta["title"], self.meta["description"] = values["title"], values.get("description", "")
        self.meta.update({name: values.get(name, "") for name in _OPTIONAL_NAMES})
        self.canonical_url, self.edit_url = values.get("canonical"), values.get("edit")
        self.content = values["content"]


def add_dossier_page(dossier_page: Page, files: Files, config: MkDocsConfig) -> None:
    """Add a page to the files of a build, with the article's own file where there is one, and the files beside it."""
    source = f"{dossier_page.url.strip('/')}{'.md' if dossier_page.parent_url else '/index.md'}"
    file = files.get_file_from_path(source)
    if file is None:
        file = File.generated(config, source, content="")
        file.edit_uri = f"../{dossier_page.source_path}" if dossier_page.source_path else None
        files.append(file)
    file.inclusion = InclusionLevel.INCLUDED if dossier_page.in_nav and not dossier_page.parent_url else InclusionLevel.NOT_IN_NAV
    DossierPage(dossier_page, file, config)
    for path, content in iter_page_files(dossier_page):
        files.append(File.generated(config, path, content=content))


def name_pages_in_nav(entries: object, files: Files) -> None:
    """Give generated pages the titles that `nav` gives them; MkDocs does so for pages that it makes itself."""
    if isinstance(entries, list):
        for entry in entries:
            name_pages_in_nav(entry, files)
    elif isinstance(entries, Mapping):
        for title, target in entries.items():
            file = files.get_file_from_path(target) if isinstance(target, str) else None
            if file and isinstance(file.page, DossierPage):
                file.page.title = escape(title)
            name_pages_in_nav(target, files)


def _build_table_of_contents(dossier_page: Page) -> TableOfContents:
    """The page itself and its headings below it; the theme's skip link leads to the first entry."""
    page = AnchorLink(escape(dossier_page.title), CONTENT_ELEMENT_ID, 1)
    page.children = [AnchorLink(escape(heading.text), heading.id, 2) for heading in dossier_page.headings]
    return TableOfContents([page])
