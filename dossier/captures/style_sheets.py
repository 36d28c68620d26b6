"""Which hidden elements of a page its own style sheets may show.

Of a selector the names are compared, `p.a` and, anywhere above, `.menu` of `.menu > p.a:hover`: rather too much is told than
too little. Sheets that a page links to, and classes that its scripts give, are not in its file, and are not known.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from lxml import html

from dossier.captures.html_tree import KEPT_ATTRIBUTES
from dossier.captures.own_style import STYLE_COMMENT, STYLE_STRING, read_own_style

_QUOTED = re.compile(STYLE_STRING, re.DOTALL)
_BRACE_OR_END = re.compile("[{};]")
_OFF_SCREEN = re.compile(r"@(?:-\w+-)?keyframes\b|@media\s+(?:only\s+)?print\b[^,]*\Z")
_EXCLUDED_HIDDEN = re.compile(r":not\(\s*\[\s*hidden\b[^()]*\)")
_BRACKETED = re.compile(r"\([^()]*+\)")
_ASKED_ATTRIBUTE = re.compile(r"\[\s*([\w-]+)[^\[\]]*+\]?+")
_COMBINATOR = re.compile(r"\s*([\s>+~|])\s*")
_NAME = re.compile(r"[.#\[]?[^\W\d][\w-]*+|[.#]-[\w-]++")
_OTHER_THAN_ELEMENT = re.compile(r"::|:(?:before|after|first-line|first-letter|root|host)\b")
_PSEUDO_CLASS = re.compile(r":[\w-]++")
_MAX_NESTING = 16
"""Braces and brackets in one another that are read."""

MAX_COMPARISONS = 1_000_000
"""Elements times rules that are compared; where there are more, any element may be shown."""

ElementNames = frozenset[str]
"""What a selector can ask for: the tag, `#id`, `.classes` and `[attributes` of an element."""


class Selector(NamedTuple):
    """What a rule asks for: names of an element, and those of all elements above it together."""

    names: ElementNames
    names_above: ElementNames

    def may_match(self, names: ElementNames, names_above: ElementNames) -> bool:
        """Whether an element with these names, below others with those, may be one that the rule is about."""
        return self.names <= names and self.names_above <= names_above


class SheetRules(NamedTuple):
    """Selectors of the rules that show an element, that do so by `!important`, and that hide it by it in any case."""

    showing: frozenset[Selector]
    weighty: frozenset[Selector]
    hiding: frozenset[Selector]


def select_elements_sheets_may_show(tree: html.HtmlElement, hidden: Collection[html.HtmlElement]) -> list[html.HtmlElement]:
    """Those of some elements, hidden by their tags, attributes or own styles, that a rule of a sheet in the page may show."""
    rules = _read_style_sheets(tree)
    if len(hidden) * sum(map(len, rules)) > MAX_COMPARISONS:
        return list(hidden)
    return [element for element in hidden if _may_show(rules, element)]


def _may_show(rules: SheetRules, element: html.HtmlElement) -> bool:
    names = _list_element_names(element)
    names_above = frozenset[str]().union(*map(_list_element_names, element.iterancestors()))
    if any(selector.may_match(names, names_above) for selector in rules.weighty):
        return True
    own = read_own_style(element.get("style", ""))
    if own.is_displayed is False or own.is_visible is False or any(selector.names <= names for selector in rules.hiding):
        return False
    return any(selector.may_match(names, names_above) for selector in rules.showing)


def _list_element_names(element: html.HtmlElement) -> ElementNames:
    attributes = (f"[{name}" for name in element.attrib)
    classes = (f".{name}" for name in element.get("class", "").split())
    return frozenset(name.lower() for name in (element.tag, f"#{element.get('id', '')}", *classes, *attributes))


def _read_style_sheets(tree: html.HtmlElement) -> SheetRules:
    found: dict[str, set[Selector]] = {effect: set() for effect in SheetRules._fields}
    for style in tree.iter("style"):
        is_read = style.get("type", "").strip().lower() in ("", "text/css") and style.get("media", "").strip().lower() != "print"
        # Each list of selectors once, however many declarations it has.
        for selectors, effect in set(_iter_effects(style.text or "")) if is_read else ():
            found[effect].update(_iter_selectors(selectors, is_certain=effect == "hiding"))
    return SheetRules(*(frozenset(found[effect]) for effect in SheetRules._fields))


def _iter_effects(sheet: str) -> Iterator[tuple[str, str]]:
    """The selectors of a sheet's declarations that decide what is shown, in lower case, and the name of a field above."""
    # The end of a sheet ends its last declaration.
    text = _QUOTED.sub("''", STYLE_COMMENT.sub("", sheet.lower())) + ";"
    around: list[str] = []
    start = 0
    for sign in _BRACE_OR_END.finditer(text):
        piece, start = text[start : sign.start()].strip(), sign.end()
        if sign[0] == "{":
            around.append(piece)
            continue
        if len(around) <= _MAX_NESTING and (effect := _find_effect(piece)):
            selectors = [part for part in around if not part.startswith("@")]
            is_unconditional = len(around) == 1
            if selectors and not any(map(_OFF_SCREEN.match, around)) and (effect != "hiding" or is_unconditional):
                yield selectors[-1], effect
        if sign[0] == "}" and around:
            around.pop()


def _find_effect(declaration: str) -> str:
    """The name of the field above that a declaration adds to; empty if it does not decide what is shown."""
    if not declaration.startswith(("display", "visibility", "all")):
        return ""
    said = read_own_style(declaration)
    is_important = "!" in declaration
    if said.is_displayed or said.is_visible:
        return "weighty" if is_important else "showing"
    return "hiding" if said.is_displayed is False and is_important else ""


def _iter_selectors(selectors: str, *, is_certain: bool) -> Iterator[Selector]:
    """What selectors ask for; with `is_certain`, only of those that are nothing but one part of tags, ids and so on."""
    selectors = _EXCLUDED_HIDDEN.sub("::not-hidden", selectors)
    for _ in range(_MAX_NESTING):
        selectors = _BRACKETED.sub("", selectors)
    for selector in map(str.strip, _ASKED_ATTRIBUTE.sub(r"[\1]", selectors).split(",")):
        *above, part = _COMBINATOR.split(selector)
        if _OTHER_THAN_ELEMENT.search(part):
            continue
        names, is_all = _read_compound(part)
        if not is_certain or (part == selector and is_all and not {":", "(", "&"} & set(part)):
            # What stands before + or ~ is beside an element, not above it.
            compounds = [
                _read_compound(piece)[0] for piece, sign in zip(above[::2], above[1::2], strict=True) if sign not in "+~|"
            ]
            yield Selector(names, frozenset[str]().union(*compounds))


def _read_compound(part: str) -> tuple[ElementNames, bool]:
    """The names that a part of a selector without combinators asks for and a tree knows, and whether those are all."""
    names = frozenset(_NAME.findall(_PSEUDO_CLASS.sub("", part)))
    # What is escaped may be any name; and of most attributes the tree does not know whether an element has them.
    is_known = "\\" not in part
    known = frozenset(name for name in names if is_known and (name[0] != "[" or name[1:] in KEPT_ATTRIBUTES))
    return known, names == known
