"""What a list can be filtered by: facets, how many items have each of their values, and the marks that tell a script so.

The list is whole and in order without any of this; the form is shown, and the filtering done, by `assets/script/filters.js`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from markupsafe import Markup, escape

FilteredItem = TypeVar("FilteredItem")

MIN_FILTERED_ITEMS = 8
"""Items from which on a list is offered filters; fewer are seen at a glance."""

TOGGLE_ON_VALUE = "1"
"""The value of items that a yes-or-no facet is true of."""


@dataclass(frozen=True)
class ListFilter(Generic[FilteredItem]):
    """A way to look at the items of a list."""

    name: str
    """As the address of the page says it: `?kind=report`."""
    label: str
    get_values: Callable[[FilteredItem], Iterable[str]]
    """The values of an item, without spaces in them."""
    labels_by_value: Mapping[str, str]
    """All values in the order in which they are offered, in words."""
    min_items: int = 1
    """Items that a value needs to be offered."""


class ToggleFilter(ListFilter[FilteredItem]):
    """A facet that is true of an item or not; its label says what is true."""

    def __init__(self, name: str, label: str, holds: Callable[[FilteredItem], object]) -> None:
        super().__init__(name, label, lambda item: (TOGGLE_ON_VALUE,) if holds(item) else (), {TOGGLE_ON_VALUE: label})


class FilterOption(NamedTuple):
    """One value of a facet, in words, and how many items have it."""

    value: str
    label: str
    item_count: int


class FilterControl(NamedTuple):
    """A facet as the form has it."""

    name: str
    label: str
    options: tuple[FilterOption, ...]
    is_toggle: bool


@dataclass(frozen=True)
class FilterForm:
    """The filters of one list: what is counted, the facets that divide it, and the attributes of each item by its id."""

    noun: str
    plural: str
    item_count: int
    controls: tuple[FilterControl, ...]
    item_attributes: Mapping[str, Markup]
    has_text_search: bool
    """Whether words can be looked for in the list."""

    @property
    def is_offered(self) -> bool:
        """Whether the form is offered."""
        return self.item_count >= MIN_FILTERED_ITEMS and bool(self.controls or self.has_text_search)


def build_filter_form(
    items: Mapping[str, FilteredItem], facets: Sequence[ListFilter[FilteredItem]], noun: str, plural: str = "", find: bool = False
) -> FilterForm:
    """The filters of a list, items by id; a facet that does not divide them is left out."""
    values = {facet.name: {name: tuple(facet.get_values(item)) for name, item in items.items()} for facet in facets}
    offered = tuple(made for facet in facets if (made := _build_filter_control(facet, values[facet.name].values(), len(items))))
    marks = {name: _format_item_attributes(name, {facet.name: values[facet.name][name] for facet in offered}) for name in items}
    return FilterForm(noun, plural or noun + "s", len(items), offered, marks, find)


def _build_filter_control(facet: ListFilter[FilteredItem], values: Iterable[Sequence[str]], items: int) -> FilterControl | None:
    """A facet with its choices; None where all of them, or none, would be the same list."""
    counts = Counter(value for of_item in values for value in dict.fromkeys(of_item))
    choices = tuple(
        FilterOption(value, words, counts[value])
        for value, words in facet.labels_by_value.items()
        if counts[value] >= facet.min_items
    )
    yes_no = isinstance(facet, ToggleFilter)
    divides = choices and choices[0].item_count < items if yes_no else len(choices) > 1
    return FilterControl(facet.name, facet.label, choices, yes_no) if divides else None


def _format_item_attributes(name: str, values: Mapping[str, Sequence[str]]) -> Markup:
    """The attributes of an item: `data-item="id" data-kind="report"`."""
    pairs = {"item": name, **{facet: " ".join(of_item) for facet, of_item in values.items() if of_item}}
    return Markup(" ".join(f'data-{key}="{escape(value)}"' for key, value in pairs.items()))
