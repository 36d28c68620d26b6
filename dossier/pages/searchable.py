"""What the theme's search is given of a page: its words under their headings, without the mark-up that means nothing to it.

The collector reads tag by tag, in Python; most of a page's tags only say how it looks.
"""

from __future__ import annotations

import re

_LEFT_OUT = re.compile(r"<(section|footer|details)\b[^>]*\bdata-search-exclude.*?</\1>", re.DOTALL)
_LOOKS = re.compile(r"</?(?!(?:h[1-6]|p|[ou]l|li|code|pre|su[bp]|section)\b)[a-z][^>]*>")
_ATTRIBUTES = re.compile(r"<(p|[ou]l|li)\s[^>]*>")
_GAPS = re.compile(r"\n\s+")


def searchable(html: str) -> str:
    """A page of ours as the search should see it; sections stay, since they end what stands under a heading."""
    return _GAPS.sub("\n", _ATTRIBUTES.sub(r"<\1>", _LOOKS.sub("", _LEFT_OUT.sub("", html))))
