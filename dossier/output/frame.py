"""The theme's frame, rendered once for pages of one kind and filled in for the rest.

A theme's template is slow, and for pages of one kind its result differs in a few values only: title, description,
address, content. So one page of each kind is rendered with placeholders for these values, and the others are filled into
what came of it. That nothing else differs is not assumed: the second page of a kind is rendered in full too and compared.
Where it is not the same (a site's own template asks for more), every page of that kind is rendered in full.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping

FrameValues = Mapping[str, str]
"""The values that differ between pages of one kind, as HTML by name."""

_FRAME_PLACEHOLDER = re.compile("<h1\ue000([a-z]+)\ue001>")
"""A placeholder looks like a heading, since themes ask whether the content has one; no text has private-use characters."""


class PageFrameCache:
    """The frames of one build, by kind of page: text and names of values in turn, cut at the placeholders."""

    def __init__(self) -> None:
        self._pieces_by_key: dict[Hashable, list[str]] = {}
        """Empty for a kind whose pages are all rendered in full."""
        self._verified_keys: set[Hashable] = set()
        """Kinds of which a page that was rendered in full was the same."""

    def render_page(self, key: Hashable, values: FrameValues, render: Callable[[FrameValues], str]) -> str:
        """A finished page: its values filled into the frame of its kind, or rendered with any values by `render`."""
        if key not in self._pieces_by_key:
            placeholders = {name: f"<h1\ue000{name}\ue001>" for name in values}
            self._pieces_by_key[key] = _FRAME_PLACEHOLDER.split(render(placeholders))
            return render(values)
        pieces = self._pieces_by_key[key]
        filled = "".join(values[piece] if index % 2 else piece for index, piece in enumerate(pieces))
        if key in self._verified_keys:
            return filled
        html = render(values)
        if filled == html:
            self._verified_keys.add(key)
        else:
            self._pieces_by_key[key] = []
        return html
