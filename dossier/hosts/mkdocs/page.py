"""A page of ours as MkDocs has it: finished when the theme comes to it, and drawn only when it is written."""

from __future__ import annotations

from html import escape

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from dossier.model.site.addresses import CONTENT_ELEMENT_ID
from dossier.output.frame import FrameValues
from dossier.output.page_metadata import build_page_metadata
from dossier.pages import Page

FINISHED_PAGE_TEMPLATE = "dossier.html"
"""The template of pages that are finished when the theme comes to them."""


class DossierPage(MkDocsPage):
    """A page whose table of contents and anchors are ready, and whose HTML is drawn when it is written.

    Python-Markdown never sees it. Plugins meet its HTML in `on_page_context` and `on_post_page`; held any longer, the HTML
    of all pages would be most of a build's memory.
    """

    def __init__(self, made: Page, file: File, config: MkDocsConfig) -> None:
        super().__init__(escape(made.title), file, config)
        self.dossier_page = made
        # Material unescapes `page.title` where it strips tags; the title in `meta` is printed as it is.
        metadata = build_page_metadata(made)
        escaped = {name: escape(metadata[name]) for name in ("title", "description")}
        self.meta = {"template": FINISHED_PAGE_TEMPLATE, **metadata, **escaped}
        if made.last_reviewed:
            self.update_date = made.last_reviewed

    def read_source(self, config: MkDocsConfig) -> None:
        """There is nothing to read; MkDocs wants text."""
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Hand over what is ready."""
        self.content = ""
        self.toc = _build_table_of_contents(self.dossier_page)
        self.present_anchor_ids = {
            CONTENT_ELEMENT_ID,
            *self.dossier_page.anchor_ids,
            *(heading.id for heading in self.dossier_page.headings),
        }

    @property
    def frame_key(self) -> tuple[object, ...]:
        """What the theme shows of it besides its values: alike for all pages of a section, and for no two without one."""
        headings = tuple((heading.id, heading.text) for heading in self.dossier_page.headings)
        section = self.dossier_page.parent_url or self.dossier_page.url
        return (section, self.dossier_page.url.count("/"), headings, "<h1" in (self.content or ""), *self.frame_values)

    @property
    def frame_values(self) -> dict[str, str]:
        """What differs from page to page, as far as there is any of it."""
        values = {
            "title": self.meta["title"],
            "description": self.meta["description"],
            "canonical": self.canonical_url,
            "edit": self.edit_url,
            "content": self.content,
        }
        return {name: value for name, value in values.items() if value}

    def set_frame_values(self, values: FrameValues) -> None:
        """Have other values than its own, or its own again."""
        self.meta["title"], self.meta["description"] = values["title"], values.get("description", "")
        self.canonical_url, self.edit_url = values.get("canonical"), values.get("edit")
        self.content = values["content"]


def add_dossier_page(made: Page, files: Files, config: MkDocsConfig) -> None:
    """Give a page its file: the article's own where there is one, else a generated one."""
    inner = made.url.strip("/")
    source = f"{inner}/index.md" if not made.parent_url else f"{inner}.md"
    file = files.get_file_from_path(source)
    if file is None:
        file = File.generated(config, source, content="")
        file.edit_uri = f"../{made.source_path}" if made.source_path else None
        files.append(file)
    file.inclusion = InclusionLevel.INCLUDED if made.in_nav and not made.parent_url else InclusionLevel.NOT_IN_NAV
    DossierPage(made, file, config)


def _build_table_of_contents(made: Page) -> TableOfContents:
    """The page itself and its headings below it, as the theme knows pages written by hand: it skips to the first entry."""
    page = AnchorLink(escape(made.title), CONTENT_ELEMENT_ID, 1)
    page.children = [AnchorLink(escape(heading.text), heading.id, heading.level) for heading in made.headings]
    return TableOfContents([page])
