"""The names in the timeline's overview: which events are named, and where their names stand so that none covers another.

Positions are in percent of the drawing's width; names stand on lines above the rows, counted from the lowest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import nlargest
from typing import Literal, NamedTuple

from dossier.model.records import Event
from dossier.pages.charts.scene import measure_words, wrap_words

MAX_NAMED_EVENTS = 10
"""Most events that are named: of those with a short title, or of all if none has one, those with most claims."""

NARROWEST_WIDTH, MAX_NAME_WIDTH = 690.0, 300.0
"""Width of the narrowest drawing with names, and of the longest name, in pixels; longer titles are cut off."""

_GAP_PERCENT = 1.2


class NameLabel(NamedTuple):
    """The name of an event: its position, that of its mark; the side to which the words go; its line above the rows, from 0."""

    left: float
    event: Event
    name: str
    anchor: Literal["start", "end"]
    level: int
    span: tuple[float, float]
    """From where to where the words reach."""


def choose_named_events(events: Sequence[Event]) -> list[tuple[Event, str]]:
    """The events that are named, in their order, with their names: their short titles, or else titles cut to length."""
    chosen = [event for event in events if event.short_title] or [event for event in events if event.claims]
    most = {event.id for event in nlargest(MAX_NAMED_EVENTS, chosen, key=lambda event: len(event.claims))}
    return [(event, event.short_title or _shorten(event.title)) for event in chosen if event.id in most]


def place_names(names: Iterable[tuple[float, Event, str]]) -> list[NameLabel]:
    """Place names at the positions of their marks, on few lines and so that no words and no lines to marks meet.

    Words go to the right up to some position, and to the left after it; the best of some positions is taken.
    """
    named = sorted(names, key=lambda name: name[0])
    layouts = [_place_names_around(named, position) for position in (100, 75, 50, 25, 0)]
    return min(layouts, key=_rate_layout)


def _place_names_around(names: Sequence[tuple[float, Event, str]], position: float) -> list[NameLabel]:
    """Place names so that words go to the right up to a position. Those nearest to it come first, on the lowest lines."""
    rightward, leftward = [], []
    for left, event, name in names:
        width = 100 * measure_words(name) / NARROWEST_WIDTH + _GAP_PERCENT
        if (left <= position and left + width <= 100 + _GAP_PERCENT) or left < width:
            rightward.append(NameLabel(left, event, name, "start", 0, (left, left + width)))
        else:
            leftward.append(NameLabel(left, event, name, "end", 0, (left - width, left)))
    placed: list[NameLabel] = []
    for label in [*reversed(rightward), *leftward]:
        tries = [label._replace(level=level) for level in range(len(placed) + 1)]
        placed.append(next((tried for tried in tries if _is_clear(tried, placed)), tries[-1]))
    return sorted(placed, key=lambda label: label.left)


def _rate_layout(labels: Sequence[NameLabel]) -> tuple[int, int]:
    """How many names are not clear of others, then the number of lines: less is better."""
    unclear = sum(not _is_clear(label, [other for other in labels if other is not label]) for label in labels)
    return unclear, max((label.level for label in labels), default=0)


def _is_clear(label: NameLabel, placed: Iterable[NameLabel]) -> bool:
    """Whether a name meets no other, and no line to a mark crosses a name below."""
    return not any(
        (other.level == label.level and other.span[0] < label.span[1] and label.span[0] < other.span[1])
        or (other.level < label.level and other.span[0] < label.left < other.span[1])
        or (other.level > label.level and label.span[0] < other.left < label.span[1])
        for other in placed
    )


def _shorten(title: str) -> str:
    """A title of one line; what does not fit is cut off between words."""
    first, *rest = wrap_words(title, MAX_NAME_WIDTH)
    return f"{first} …" if rest else first
