"""What a `style` attribute says of an element's being shown: as CSS reads declarations, its errors included."""

from __future__ import annotations

from time import process_time

import pytest

from dossier.captures.own_style import read_own_style


@pytest.mark.parametrize(
    ("style", "is_displayed"),
    [
        ("", None),
        ("display:none", False),
        ("color: red;; DISPLAY : none ! important ;", False),
        ("/*;*/display:none/* x */", False),
        ("display:none;display:bogus", False),
        ("display:none;*display:inline", False),
        ("display:none!important;display:block", False),
        ("display:none;display:block", True),
        ("display: inline flex", True),
        ("display: var(--shown)", True),
        ("display:none;display:revert", True),
        ("display:none;display:revert-layer", None),
        ("display:none;all:unset", True),
        ("display:none;ALL : Revert !important;display:none", True),
        ("display:none!important;all:initial", False),
        ("all:unset;display:none", False),
        ("display:none;all:none", False),
        ("display:none;all:revert-layer", None),
        ("--all:unset;all-x:unset", None),
        ("*display:none", None),
        ("display:none}", None),
        ("{display:none}", None),
        ("display:none \\9", None),
        ("color:red display:none", None),
        ("--display:none;display-x:none", None),
        ("background:url(a;display:none)", None),
        ("font-family:'a;display:none'", None),
        ('content:"\\";display:none"', None),
        ("content-visibility:hidden", None),
    ],
)
def test_the_last_valid_declaration_counts(style: str, is_displayed: bool | None) -> None:
    assert read_own_style(style).is_displayed == is_displayed


@pytest.mark.parametrize(
    ("style", "is_visible"),
    [
        ("visibility:hidden", False),
        ("visibility:collapse", False),
        ("visibility:hidden;visibility:visible", True),
        ("visibility:hidden;visibility:inherit", None),
        ("visibility:none", None),
        ("visibility:hidden;all:unset", None),
    ],
)
def test_visibility_is_said_apart(style: str, is_visible: bool | None) -> None:
    assert read_own_style(style).is_visible == is_visible


@pytest.mark.parametrize("part", ["(", "'", '"\\', "{", "/*", "a:b;", "(')", "display:"])
def test_a_hostile_style_takes_no_time(part: str) -> None:
    begun = process_time()
    read_own_style(part * 100_000)
    assert process_time() - begun < 2
