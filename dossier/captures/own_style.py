"""Whether an element's own style shows it: the declarations of a `style` attribute that CSS accepts, in order and by weight."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_STYLE_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_STRING = r""""(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?"""
_DECLARATION = re.compile(rf"(?:{_STRING}|\((?:{_STRING}|[^()\"'])*\)?|\{{[^{{}}]*\}}?|[^;])++", re.DOTALL)
"""A semicolon within a string, brackets or braces ends no declaration, as in `url(data:image/png;base64,…)`.

Nothing is tried twice, since a style may have megabytes.
"""

_IMPORTANT = re.compile(r"\s*!\s*important\Z")
_SHOWING_DISPLAYS = frozenset(
    """block inline inline-block flow flow-root list-item contents flex inline-flex grid inline-grid ruby ruby-text math table
    inline-table table-caption table-cell table-footer-group table-header-group table-row table-row-group -webkit-box
    -webkit-flex -webkit-inline-box -webkit-inline-flex inherit initial unset""".split()
)
_IS_VISIBLE_BY_VALUE = {"visible": True, "initial": True, "hidden": False, "collapse": False}
_VALUES_THAT_SAY_NOTHING = {"display": ("revert", "revert-layer"), "visibility": ("inherit", "unset", "revert", "revert-layer")}


class OwnStyle(NamedTuple):
    """What a `style` attribute says of `display` and of `visibility`; None where it says nothing."""

    is_displayed: bool | None
    is_visible: bool | None


@lru_cache(maxsize=256)
def read_own_style(style: str) -> OwnStyle:
    """Read a `style` attribute as CSS does: what is no property or has no valid value is ignored, and the last one counts.

    `content-visibility` is not taken for hiding: it says what need not be drawn yet, and not of every element.
    """
    said: dict[str, tuple[bool, bool | None]] = {}
    for declaration in _DECLARATION.findall(_STYLE_COMMENT.sub("", style.lower())):
        name, _, written = map(str.strip, declaration.partition(":"))
        if name not in _VALUES_THAT_SAY_NOTHING:
            continue
        value = _IMPORTANT.sub("", written)
        is_important, showing = value != written, _read_value(name, value)
        if (showing is not None or value in _VALUES_THAT_SAY_NOTHING[name]) and is_important >= said.get(name, (False, None))[0]:
            said[name] = is_important, showing
    return OwnStyle(*(said.get(name, (False, None))[1] for name in ("display", "visibility")))


def _read_value(name: str, value: str) -> bool | None:
    if name == "visibility":
        return _IS_VISIBLE_BY_VALUE.get(value)
    if value == "none":
        return False
    return True if "var(" in value or (value and _SHOWING_DISPLAYS.issuperset(value.split())) else None
