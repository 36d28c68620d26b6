"""Filters of a list: facets, the number of items for each value, and the `data-*` attributes that the filter script reads.

Without scripts the whole list is shown and no form; `assets/script/filters.js` shows the form and hides items.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from markupsafe import Markup, escape

FilteredItem = TypeVar("FilteredItem")

MIN_FILTERED_ITEMS = 8
"""Lists with fewer items get no filter form."""

TOGGLE_ON_VALUE = "1"
"""Value of a checkbox facet for items to which it applies; all other items have no value."""


@dataclass(frozen=True)
class ListFilter(Generic[FilteredItem]):
    """A facet of a list: name, label, and a function that gives the values of an item. A `<select>` in the form."""

    name: str
    """Query parameter (`?kind=report`) and name of the `data-*` attribute."""
    label: str
    get_values: Callable[[FilteredItem], Iterable[str]]
    """Returns the values of an item. They must not contain spaces, which separate values in the attribute."""
    labels_by_value: Mapping[str, str]
    """Labels of all values, in the order of the options."""
    min_items: int = 1
    """Values with fewer items get no option."""


class ToggleFilter(ListFilter[FilteredItem]):
    """A yes-or-no facet, shown as a checkbox. `applies` returns something truthy for items that stay when it is checked."""

    def __init__(self, name: str, label: str, applies: Callable[[FilteredItem], object]) -> None:
        super().__init__(name, label, lambda item: (TOGGLE_ON_VALUE,) if applies(item) else (), {TOGGLE_ON_VALUE: label})


class FilterOption(NamedTuple):
    """An option of a facet: value, label, and the number of items that have it."""

    value: str
    label: str
    item_count: int


class FilterControl(NamedTuple):
    """A facet as a form control: a `<select>`, or a checkbox if `is_toggle`."""

    name: str
    label: str
    options: tuple[FilterOption, ...]
    is_toggle: bool


@dataclass(frozen=True)
class FilterForm:
    """The filter form of one list.

    `noun` and `plural` name the items; `item_attributes` maps an item's id to its `data-*` attributes as HTML.
    """

    noun: str
    plural: str
    item_count: int
    controls: tuple[FilterControl, ...]
    item_attributes: Mapping[str, Markup]
    has_text_search: bool
    """Whether the form has a text field ("Find in this list")."""

    @property
    def is_offered(self) -> bool:
        """Whether the form is rendered: the list is long enough, and there is something to filter by."""
        return self.item_count >= MIN_FILTERED_ITEMS and bool(self.controls or self.has_text_search)


def build_filter_form(
    items: Mapping[str, FilteredItem],
    facets: Sequence[ListFilter[FilteredItem]],
    noun: str,
    plural: str = "",
    has_text_search: bool = False,
) -> FilterForm:
    """Build the filter form of a list.

    `items` are by id. `has_text_search` adds a text field. Facets under which all items look the same are left out.
    """
    values = {facet.name: {name: tuple(facet.get_values(item)) for name, item in items.items()} for facet in facets}
    controls = tuple(
        control for facet in facets if (control := _build_filter_control(facet, values[facet.name].values(), len(items)))
    )
    attributes = {
        name: _format_item_attributes(name, {facet.name: values[facet.name][name] for facet in controls}) for name in items
    }
    return FilterForm(noun, plural or noun + "s", len(items), controls, attributes, has_text_search)


def _build_filter_control(
    facet: ListFilter[FilteredItem], values: Iterable[Sequence[str]], item_count: int
) -> FilterControl | None:
    """A facet with its options; None if choosing any of them would leave the list as it is."""
    # dict.fromkeys: an item counts once for a value, even if its record names it twice.
    counts = Counter(value for item_values in values for value in dict.fromkeys(item_values))
    options = tuple(
        FilterOption(value, label, counts[value])
        for value, label in facet.labels_by_value.items()
        if counts[value] >= facet.min_items
    )
    is_toggle = isinstance(facet, ToggleFilter)
    divides = options and options[0].item_count < item_count if is_toggle else len(options) > 1
    return FilterControl(facet.name, facet.label, options, is_toggle) if divides else None


def _format_item_attributes(item_id: str, values: Mapping[str, Sequence[str]]) -> Markup:
    """The attributes of an item: `data-item="id" data-kind="report"`."""
    attributes = {"item": item_id, **{facet: " ".join(item_values) for facet, item_values in values.items() if item_values}}
    return Markup(" ".join(f'data-{key}="{escape(value)}"' for key, value in attributes.items()))
