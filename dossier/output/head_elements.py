"""What we add to the head of a finished page, whatever host made it: links to feeds, and data for search engines.

Data need no leave of the page's policy, since browsers do not run them.
"""

from __future__ import annotations

import re
from collections.abc import Container

from dossier.model.site.export_files import ATOM_TYPE, FEED_PATHS, FEEDS
from dossier.pages import Page

# A mark of ours, so that a second call replaces what the first one added and leaves alone what a theme has.
_OWN_ELEMENT_PATTERN = re.compile(r"<link data-dossier [^>]*>|<script data-dossier [^>]*>[^<]*</script>")


def add_head_elements(html: str, url: str, page: Page | None, paths: Container[str] = FEED_PATHS) -> str:
    """A finished page with our elements at the end of its head, in place of any that were there.

    `page` is what it was made of, None for one written by hand; of feeds, those in `paths` are linked.
    """
    elements = "".join(
        f'<link data-dossier rel="alternate" type="{ATOM_TYPE}" title="{feed.title}" href="{"../" * url.count("/")}{feed.path}">'
        for feed in FEEDS
        if url in feed.page_urls and feed.path in paths
    )
    if page and page.render_linked_data:
        elements += f'<script data-dossier type="application/ld+json">{page.render_linked_data()}</script>'
    head, end, rest = html.partition("</head>")
    return _OWN_ELEMENT_PATTERN.sub("", head) + elements + end + rest if end else html
