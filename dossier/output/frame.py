"""The theme's frame, rendered once for pages of one kind and filled in for the rest.

A theme's template is slow, and for pages of one kind its result differs in a few values only: title, description,
address, content. So one page of each kind is rendered with placeholders for these values, and the others are filled into
what came of it. That nothing else differs is not assumed: the second page of a kind is rendered in full too and compared.
Where it is not the same (a site's own template asks for more), every page of that kind is rendered in full.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field

FrameValues = Mapping[str, str]
"""The values that differ between pages of one kind, as HTML by name."""

_FRAME_PLACEHOLDER = re.compile("<h1\ue000([a-z]+)\ue001>")
"""A placeholder looks like a heading, since themes ask whether the content has one; no text has private-use characters."""


@dataclass
class PageFrame:
    """A rendered page cut at its placeholders: text and names of values in turn.

    `is_verified` once a page that was rendered in full was the same.
    """

    pieces: list[str]
    is_verified: bool = False

    def fill_placeholders(self, values: FrameValues) -> str:
        """The page with these values."""
        return "".join(values[piece] if place % 2 else piece for place, piece in enumerate(self.pieces))


@dataclass
class PageFrameCache:
    """The frames of one build, by kind of page; None for a kind whose pages are all rendered in full."""

    frames_by_key: dict[Hashable, PageFrame | None] = field(default_factory=dict)

    def render_page(self, key: Hashable, values: FrameValues, render: Callable[[FrameValues], str]) -> str:
        """A finished page: its values filled into the frame of its kind, or rendered with any values by `render`."""
        if key not in self.frames_by_key:
            placeholders = {name: f"<h1\ue000{name}\ue001>" for name in values}
            self.frames_by_key[key] = PageFrame(_FRAME_PLACEHOLDER.split(render(placeholders)))
            return render(values)
        frame = self.frames_by_key[key]
        if frame and frame.is_verified:
            return frame.fill_placeholders(values)
        html = render(values)
        if frame:
            frame.is_verified = frame.fill_placeholders(values) == html
            if not frame.is_verified:
                self.frames_by_key[key] = None
        return html
