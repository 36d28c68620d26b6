"""Pages of a theme drawn once and filled many times.

A theme's template asks many questions, and for pages of one kind the answers differ in a few words only: the title, the
description, the address, the content. So one page of each kind is drawn with blanks in their place and the rest are
filled in. Whether the blanks are all that differs is not assumed: the second page of a kind is drawn in full too and
held against the stencil, and where they differ (a theme's own template that asks for more), every page is drawn in full.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field

FrameValues = Mapping[str, str]
"""What differs between pages of one kind, by name."""

_FRAME_PLACEHOLDER = re.compile("<h1\ue000([a-z]+)\ue001>")
"""A blank looks like a heading, since themes ask whether the content has one; no text has private characters in it."""


@dataclass
class PageFrame:
    """A page cut at its blanks: text and names in turn. `proved` once a page drawn in full was the same."""

    pieces: list[str]
    is_verified: bool = False

    def fill_placeholders(self, values: FrameValues) -> str:
        """The page with these values."""
        filled = [values[piece] if place % 2 else piece for place, piece in enumerate(self.pieces)]
        return "".join(filled)


@dataclass
class PageFrameCache:
    """The stencils of a site, by kind of page; None for a kind that needs every page drawn in full."""

    frames_by_key: dict[Hashable, PageFrame | None] = field(default_factory=dict)

    def render_page(self, kind: Hashable, values: FrameValues, draw: Callable[[FrameValues], str]) -> str:
        """A finished page: filled into the stencil of its kind, or drawn, which takes any values."""
        if kind not in self.frames_by_key:
            self.frames_by_key[kind] = PageFrame(
                _FRAME_PLACEHOLDER.split(draw({name: f"<h1\ue000{name}\ue001>" for name in values}))
            )
            return draw(values)
        stencil = self.frames_by_key[kind]
        if stencil and stencil.is_verified:
            return stencil.fill_placeholders(values)
        drawn = draw(values)
        if stencil:
            stencil.is_verified = stencil.fill_placeholders(values) == drawn
            if not stencil.is_verified:
                self.frames_by_key[kind] = None
        return drawn
