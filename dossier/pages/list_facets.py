"""What a list can be filtered by: facets, how many items have each of their values, and the marks that tell a script so.

The list is whole and in order without any of this; the form is shown, and the filtering done, by `assets/script/filters.js`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from markupsafe import Markup, escape

Item = TypeVar("Item")

FEWEST = 8
"""Items from which on a list is offered filters; fewer are seen at a glance."""

YES = "1"
"""The value of items that a yes-or-no facet is true of."""


@dataclass(frozen=True)
class Facet(Generic[Item]):
    """A way to look at the items of a list."""

    name: str
    """As the address of the page says it: `?kind=report`."""
    label: str
    values: Callable[[Item], Iterable[str]]
    """The values of an item, without spaces in them."""
    words: Mapping[str, str]
    """All values in the order in which they are offered, in words."""
    least: int = 1
    """Items that a value needs to be offered."""


class YesNo(Facet[Item]):
    """A facet that is true of an item or not; its label says what is true."""

    def __init__(self, name: str, label: str, holds: Callable[[Item], object]) -> None:
        super().__init__(name, label, lambda item: (YES,) if holds(item) else (), {YES: label})


class Choice(NamedTuple):
    """One value of a facet, in words, and how many items have it."""

    value: str
    words: str
    number: int


class Offered(NamedTuple):
    """A facet as the form has it."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    yes_no: bool


@dataclass(frozen=True)
class Filters:
    """The filters of one list: what is counted, the facets that divide it, and the attributes of each item by its id."""

    noun: str
    plural: str
    number: int
    facets: tuple[Offered, ...]
    marks: Mapping[str, Markup]
    find: bool
    """Whether words can be looked for in the list."""

    @property
    def worthwhile(self) -> bool:
        """Whether the form is offered."""
        return self.number >= FEWEST and bool(self.facets or self.find)


def filters(items: Mapping[str, Item], facets: Sequence[Facet[Item]], noun: str, plural: str = "", find: bool = False) -> Filters:
    """The filters of a list, items by id; a facet that does not divide them is left out."""
    values = {facet.name: {name: tuple(facet.values(item)) for name, item in items.items()} for facet in facets}
    offered = tuple(made for facet in facets if (made := _offered(facet, values[facet.name].values(), len(items))))
    marks = {name: _marks(name, {facet.name: values[facet.name][name] for facet in offered}) for name in items}
    return Filters(noun, plural or noun + "s", len(items), offered, marks, find)


def _offered(facet: Facet[Item], values: Iterable[Sequence[str]], items: int) -> Offered | None:
    """A facet with its choices; None where all of them, or none, would be the same list."""
    counts = Counter(value for of_item in values for value in dict.fromkeys(of_item))
    choices = tuple(Choice(value, words, counts[value]) for value, words in facet.words.items() if counts[value] >= facet.least)
    yes_no = isinstance(facet, YesNo)
    divides = choices and choices[0].number < items if yes_no else len(choices) > 1
    return Offered(facet.name, facet.label, choices, yes_no) if divides else None


def _marks(name: str, values: Mapping[str, Sequence[str]]) -> Markup:
    """The attributes of an item: `data-item="id" data-kind="report"`."""
    pairs = {"item": name, **{facet: " ".join(of_item) for facet, of_item in values.items() if of_item}}
    return Markup(" ".join(f'data-{key}="{escape(value)}"' for key, value in pairs.items()))
