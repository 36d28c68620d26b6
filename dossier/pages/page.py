"""`Page`, the output of this package: address, title and metadata for a site generator, and a function that renders it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class PageHeading(NamedTuple):
    """An entry of a page's table of contents, an `<h2>`: element id and plain text."""

    id: str
    text: str


@dataclass(frozen=True)
class Page:
    """One page of the site. `title` and `description` are plain text, not HTML."""

    url: str
    """Address relative to the site's root, with a trailing slash: `claims/one-in-ten/`."""
    title: str
    # compare=False: equal pages have different partial objects, which compare by identity.
    render_html: Callable[[], str] = field(compare=False)
    """Renders the content as HTML; deterministic.

    A function instead of a string, because the HTML of all pages together is far larger than the records.
    """
    description: str = ""
    source_path: str = ""
    """Path of the record's file, relative to the repository; empty if the page combines several files."""
    parent_url: str = ""
    """Address of the index page that lists this page; empty for an index page."""
    headings: tuple[PageHeading, ...] = ()
    anchor_ids: frozenset[str] = frozenset()
    """Element ids that other pages may link to; MkDocs validates `#fragments` against them."""
    last_reviewed: str = ""
    """ISO date (`2026-11-22`) of the newest review among the page's records; empty if none was reviewed."""
    citation_metadata: Mapping[str, str] = field(default_factory=dict, compare=False)
    """What its head says for citations, where it is cited as a work of its own: `cited`, `author`, days."""
    dependencies: tuple[object, ...] = ()
    """Cache key for `RenderCache`: the records that the content is rendered from. Empty: never cached."""
    render_data: Callable[[], str] | None = field(default=None, compare=False)
    """Renders what the page says as JSON, for programs; None without such a file."""
    render_card: Callable[[], str] | None = field(default=None, compare=False)
    """Renders the picture that other sites show beside a link, as SVG; None for the picture that all pages share."""
    render_linked_data: Callable[[], str] | None = field(default=None, compare=False)
    """Renders what search engines read of the page, as JSON-LD for a `<script>` in its head; None without any."""
    search_aliases: tuple[str, ...] = ()
    """Words besides its title by which readers look for a page that lists records."""
    oembed_path: str = ""
    """Where the file is that tells programs how to show the page in a frame, from the site's root; empty without one."""
    in_nav: bool = True
    """Whether the site's navigation may list the page. Only read if `parent_url` is empty."""

    @property
    def content_html(self) -> str:
        """The content as HTML, rendered at each access."""
        return self.render_html()
