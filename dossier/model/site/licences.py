"""Where a licence is explained."""

from __future__ import annotations

from urllib.parse import quote


def get_licence_url(identifier: str) -> str:
    """The page of a licence at SPDX, which keeps the list of their identifiers and leads to each licence's own text."""
    return f"https://spdx.org/licenses/{quote(identifier, safe='')}.html"
