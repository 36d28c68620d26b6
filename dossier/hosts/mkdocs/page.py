"""A page of ours as MkDocs has it: finished when the theme comes to it, and drawn only when it is written."""

from __future__ import annotations

from html import escape

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from dossier.model.site.addresses import PAGE
from dossier.output.frame import Values
from dossier.pages import Page

FINISHED = "dossier.html"
"""The template of pages that are finished when the theme comes to them."""


class DossierPage(MkDocsPage):
    """A page whose table of contents and anchors are ready, and whose HTML is drawn when it is written.

    Python-Markdown never sees it. Plugins meet its HTML in `on_page_context` and `on_post_page`; held any longer, the HTML
    of all pages would be most of a build's memory.
    """

    def __init__(self, made: Page, file: File, config: MkDocsConfig) -> None:
        super().__init__(escape(made.title), file, config)
        self.made = made
        # Material unescapes `page.title` where it strips tags; the title in `meta` is printed as it is.
        self.meta = {
            "template": FINISHED,
            "title": escape(made.title),
            "description": escape(made.description),
            "hide": ["navigation"] + (["toc"] if not made.headings else []),
        }
        if made.reviewed:
            self.update_date = made.reviewed

    def read_source(self, config: MkDocsConfig) -> None:
        """There is nothing to read; MkDocs wants text."""
        self.markdown = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Hand over what is ready."""
        self.content = ""
        self.toc = _contents(self.made)
        self.present_anchor_ids = {PAGE, *self.made.ids, *(heading.id for heading in self.made.headings)}

    @property
    def kind(self) -> tuple[object, ...]:
        """What the theme shows of it besides its values: alike for all pages of a section, and for no two without one."""
        headings = tuple((heading.id, heading.text) for heading in self.made.headings)
        section = self.made.section or self.made.address
        return (section, self.made.address.count("/"), headings, "<h1" in (self.content or ""), *self.values)

    @property
    def values(self) -> dict[str, str]:
        """What differs from page to page, as far as there is any of it."""
        values = {
            "title": self.meta["title"],
            "description": self.meta["description"],
            "canonical": self.canonical_url,
            "edit": self.edit_url,
            "content": self.content,
        }
        return {name: value for name, value in values.items() if value}

    def take(self, values: Values) -> None:
        """Have other values than its own, or its own again."""
        self.meta["title"], self.meta["description"] = values["title"], values.get("description", "")
        self.canonical_url, self.edit_url = values.get("canonical"), values.get("edit")
        self.content = values["content"]


def add(made: Page, files: Files, config: MkDocsConfig) -> None:
    """Give a page its file: the article's own where there is one, else a generated one."""
    inner = made.address.strip("/")
    source = f"{inner}/index.md" if not made.section else f"{inner}.md"
    file = files.get_file_from_path(source)
    if file is None:
        file = File.generated(config, source, content="")
        file.edit_uri = f"../{made.source}" if made.source else None
        files.append(file)
    file.inclusion = InclusionLevel.INCLUDED if made.in_nav and not made.section else InclusionLevel.NOT_IN_NAV
    DossierPage(made, file, config)


def _contents(made: Page) -> TableOfContents:
    """The page itself and its headings below it, as the theme knows pages written by hand: it skips to the first entry."""
    page = AnchorLink(escape(made.title), PAGE, 1)
    page.children = [AnchorLink(escape(heading.text), heading.id, heading.level) for heading in made.headings]
    return TableOfContents([page])
