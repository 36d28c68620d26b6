"""The `<link>` by which feed readers find the feed of corrections."""

from __future__ import annotations

from dossier.model.site.export_files import CORRECTIONS_FEED_PATH

_CORRECTIONS_URL = "corrections/"
_FEED_LINK = f'<link rel="alternate" type="application/atom+xml" title="Corrections" href="../{CORRECTIONS_FEED_PATH}">'


def insert_feed_link(html: str, url: str) -> str:
    """Add the link to the head of the corrections page, unless it has one; other pages are returned as they are."""
    if url != _CORRECTIONS_URL or _FEED_LINK in html:
        return html
    return html.replace("</head>", f"{_FEED_LINK}</head>", 1)
