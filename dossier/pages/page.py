"""What the pages stage hands over: a page's address, title and whatever a site generator asks of it, and how to draw it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple


class PageHeading(NamedTuple):
    """An entry of a page's table of contents; `level` 2 and deeper."""

    id: str
    text: str
    level: int = 2


@dataclass(frozen=True)
class Page:
    """One page of the site: plain-text title and description, where it belongs, and how its content is drawn."""

    url: str
    """From the site's root, ending in a slash: `claims/one-in-ten/`."""
    title: str
    render_html: Callable[[], str] = field(compare=False)
    """Makes the HTML of its content, the same every time; not kept, since all pages together are far larger than the records."""
    description: str = ""
    source_path: str = ""
    """Path of the file to correct it in; empty where many files made it."""
    parent_url: str = ""
    """Address of the index page it belongs to; empty for an index page itself."""
    headings: tuple[PageHeading, ...] = ()
    anchor_ids: frozenset[str] = frozenset()
    """Every id on the page that may be linked to."""
    last_reviewed: str = ""
    """Day of the newest review that went into it, `2026-11-22`."""
    dependencies: tuple[object, ...] = ()
    """The records it is made of, where it is made of few; a preview draws it again only where one of them has changed."""
    in_nav: bool = True
    """Whether the site's navigation may name it, where it belongs to no index page."""

    @property
    def content_html(self) -> str:
        """The HTML of its content, drawn anew."""
        return self.render_html()
