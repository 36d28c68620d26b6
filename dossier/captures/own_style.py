"""Whether an element's own style shows it: the declarations of a `style` attribute that CSS accepts, in order and by weight."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

STYLE_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
STYLE_STRING = r""""(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?"""
_DECLARATION = re.compile(rf"(?:{STYLE_STRING}|\((?:{STYLE_STRING}|[^()\"'])*\)?|\{{[^{{}}]*\}}?|[^;])++", re.DOTALL)
"""A semicolon within a string, brackets or braces ends no declaration, as in `url(data:image/png;base64,…)`.

Nothing is tried twice, since a style may have megabytes.
"""

_IMPORTANT = re.compile(r"\s*!\s*important\Z")
_SHOWING_DISPLAYS = frozenset(
    """block inline inline-block flow flow-root list-item contents flex inline-flex grid inline-grid ruby ruby-text math table
    inline-table table-caption table-cell table-footer-group table-header-group table-row table-row-group -webkit-box
    -webkit-flex -webkit-inline-box -webkit-inline-flex inherit initial unset""".split()
)
_DISPLAY_BY_VALUE = {**dict.fromkeys(_SHOWING_DISPLAYS, True), "none": False, "revert": True, "revert-layer": None}
"""`revert` shows what the attribute `hidden` hides, in Chromium at least."""
_VISIBILITY_BY_VALUE = {
    **dict.fromkeys(("visible", "initial"), True),
    **dict.fromkeys(("hidden", "collapse"), False),
    **dict.fromkeys(("inherit", "unset", "revert", "revert-layer"), None),
}
_ALL_VALUES = ("initial", "inherit", "unset", "revert", "revert-layer")
"""Values of `all`, which sets every property."""


class OwnStyle(NamedTuple):
    """What a `style` attribute says of `display` and of `visibility`; None where it says nothing."""

    is_displayed: bool | None
    is_visible: bool | None


@lru_cache(maxsize=256)
def read_own_style(style: str) -> OwnStyle:
    """Read a `style` attribute as CSS does: what is no property or has no valid value is ignored, and the last one counts.

    `content-visibility` is not taken for hiding: it says what need not be drawn yet, and not of every element.
    """
    said: dict[str, tuple[bool, bool | None]] = {"display": (False, None), "visibility": (False, None)}
    for declaration in _DECLARATION.findall(STYLE_COMMENT.sub("", style.lower())):
        name, _, written = map(str.strip, declaration.partition(":"))
        value = _IMPORTANT.sub("", written)
        is_important = value != written
        for property_name, is_shown in _read_declaration(name, value).items():
            if is_important >= said[property_name][0]:
                said[property_name] = is_important, is_shown
    return OwnStyle(said["display"][1], said["visibility"][1])


def _read_declaration(name: str, value: str) -> dict[str, bool | None]:
    """What a declaration says of `display` and `visibility`; empty if it is of something else, or has no valid value."""
    if name == "all":
        return {"display": _DISPLAY_BY_VALUE[value], "visibility": _VISIBILITY_BY_VALUE[value]} if value in _ALL_VALUES else {}
    if name == "visibility":
        return {name: _VISIBILITY_BY_VALUE[value]} if value in _VISIBILITY_BY_VALUE else {}
    if name != "display":
        return {}
    if value in _DISPLAY_BY_VALUE:
        return {name: _DISPLAY_BY_VALUE[value]}
    return {name: True} if "var(" in value or (value and _SHOWING_DISPLAYS.issuperset(value.split())) else {}
