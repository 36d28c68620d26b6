"""What the figures of a dossier come to: exact numbers for figures, values for expressions over them.

A figure is sound where it stands as it is said to stand, or comes to what is written, and all that it is derived from
is sound. Only sound figures have a number: what rests on an unsound one is neither right nor wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from fractions import Fraction
from functools import cached_property, lru_cache
from math import floor
from typing import NamedTuple

from dossier.model.evidence import Calculation, Figure
from dossier.model.numbers.expression import Expression
from dossier.model.numbers.printed import Printed, numbers_in, parse_printed
from dossier.model.problems.problem import Unreadable
from dossier.model.records import Annotation, Claim
from dossier.model.yaml_node import Step

MOST_STEPS = 50
"""Figures, one derived from another, that an expression may go back through."""

MOST_BITS = 1000
"""Size of a number that is worked out, about 300 digits: products of products would grow without end."""

MOST_WORDS = 6
"""Words that a number takes in a quotation, as in "more than one in twenty-five thousand"."""


class Input(NamedTuple):
    """A figure as an expression names it: the claim that the figure belongs to, and its name there."""

    name: str
    claim: Claim
    key: str

    @property
    def figure(self) -> Figure:
        """The figure itself."""
        return self.claim.figures[self.key]

    @property
    def id(self) -> tuple[str, str]:
        """The figure's claim and name, which no other figure has."""
        return self.claim.id, self.key


class Formula(NamedTuple):
    """An expression of a claim, the keys under which it is written, and the figure or calculation that it belongs to."""

    claim: Claim
    steps: tuple[Step, ...]
    expression: Expression
    owner: Figure | Calculation


class _Known(NamedTuple):
    """What is known of a figure.

    Its number, None where it is not sound; how many derived figures lie behind that, itself among them; and by way of
    which figure it is derived from itself, if it is.
    """

    number: Fraction | None = None
    steps: int = 0
    through: Input | None = None


_UNSOUND = _Known()


def formulas(claim: Claim) -> Iterator[Formula]:
    """Every expression of a claim: of derived figures, then of calculations."""
    for name, figure in claim.figures.items():
        if figure.derived:
            yield Formula(claim, ("figures", name, "derived"), figure.derived, figure)
    for number, calculation in enumerate(claim.calculations):
        yield Formula(claim, ("calculations", number, "expression"), calculation.expression, calculation)


def placed(figure: Figure) -> bool:
    """Whether it is said, once, where a figure stands."""
    return sum(place is not None for place in (figure.at, figure.source, figure.derived)) == 1


def comes_to(value: Fraction | bool, written: Printed | bool) -> bool:
    """Whether a value is the one that is written, or one of those that the written number can stand for."""
    if isinstance(value, bool) or isinstance(written, bool):
        return value is written
    return written.covers(value)


def stands_in(printed: Printed, quote: str) -> bool:
    """Whether a number stands in a quotation, in digits or words; the quotation may end before its percent sign."""
    sought = {printed.value}
    if "%" in printed.text or "cent" in printed.text:
        sought.add(printed.value * 100)
    return not sought.isdisjoint(_numbers_of(quote)) or not sought.isdisjoint(_spelt_in(quote))


@lru_cache(maxsize=4096)
def _numbers_of(quote: str) -> frozenset[Fraction]:
    return frozenset(number.value for _, _, number in numbers_in(quote))


def _spelt_in(quote: str) -> Iterator[Fraction]:
    """Numbers in words that running text is not searched for, as in "thirty-five forces"; of each all its words."""
    words = [word.strip(".,;:!?()“”‘’\"'") for word in quote.split()]
    while words:
        taken = 1
        for count in range(min(MOST_WORDS, len(words)), 0, -1):
            with suppress(Unreadable):
                yield parse_printed(" ".join(words[:count])).value
                taken = count
                break
        words = words[taken:]


def said(value: Fraction | bool, like: Printed | None = None) -> str:
    """An exact value in digits that cover it, in hundredths where the number beside it is: 2 places, 4 below one."""
    if isinstance(value, bool):
        return "true" if value else "false"
    percent = like is not None and re.search(r"%|cent$", like.text.strip())
    shown = value * 100 if percent else value
    places = 0 if shown.denominator == 1 else 2 if abs(shown) >= 1 else 4
    # Halves go up, as they do in what a printed number can stand for.
    last = floor(shown * 10**places + Fraction(1, 2))
    whole, rest = divmod(abs(last), 10**places)
    return f"{'-' if last < 0 else ''}{whole:,}" + (f".{rest:0{places}}" if places else "") + (" %" if percent else "")


class Workings:
    """Numbers and values, each figure worked out once. `note` finds an annotation by `article#id`."""

    def __init__(self, claims: Mapping[str, Claim], note: Callable[[str], Annotation | None]) -> None:
        self._claims, self._note = claims, note
        self._judged: dict[tuple[str, tuple[Step, ...]], Fraction | bool | Unreadable | None] = {}

    def inputs(self, claim: Claim, expression: Expression) -> list[Input]:
        """The figures that an expression names, `figure` or `other-claim.figure`, as far as they exist."""
        return [found for name in expression.names if (found := self.named(name, claim))]

    def named(self, name: str, claim: Claim | None = None) -> Input | None:
        """The figure of a name, `other-claim.figure` or, within a claim, `figure`; None where there is none."""
        other, _, key = name.rpartition(".")
        home = self._claims.get(other) if other else claim
        return Input(name, home, key) if home and key in home.figures else None

    def number(self, claim: Claim, key: str) -> Fraction | None:
        """The exact number of a figure; None where it is not sound."""
        return self._known[claim.id, key].number

    def circle(self, claim: Claim, key: str) -> Input | None:
        """By way of which figure this one is derived from itself, if it is; of a circle, only one figure has it."""
        return self._known[claim.id, key].through

    def judged(self, formula: Formula) -> Fraction | bool | Unreadable | None:
        """The value of an expression whose figures are all sound, or why it comes to nothing; else None."""
        key = formula.claim.id, formula.steps
        if key not in self._judged:
            self._judged[key] = self._value(formula.claim, formula.expression, self._known)
        return self._judged[key]

    def right(self, formula: Formula) -> bool | None:
        """Whether an expression comes to what is written beside it; None where its figures are not sound, or it is nothing."""
        owner, value = formula.owner, self.judged(formula)
        if value is None or isinstance(value, Unreadable):
            return None
        return comes_to(value, owner.value if isinstance(owner, Figure) else owner.result)

    def holds(self, formula: Formula) -> bool | None:
        """Whether what was stated covers the exact value, or a comparison is true.

        None where nothing is stated, and where anything else in the calculation is wrong.
        """
        owner, value = formula.owner, self.judged(formula)
        if not isinstance(owner, Calculation) or not self.right(formula):
            return None
        if isinstance(value, bool):
            return value
        stated = owner.states if owner.states and not self.misquoted(owner.states, owner.at) else None
        return stated.covers(value) if stated and isinstance(value, Fraction) else None

    def misquoted(self, printed: Printed, at: str | None) -> bool:
        """Whether a number is said to stand in a quotation that does not hold it."""
        note = self._note(at) if at else None
        return note is not None and not stands_in(printed, note.quote)

    @cached_property
    def _known(self) -> Mapping[tuple[str, str], _Known]:
        """Every figure after those that it is derived from, without recursion."""
        known: dict[tuple[str, str], _Known] = {}
        begun, circles = set[tuple[str, str]](), dict[tuple[str, str], Input]()
        waiting = [Input(key, claim, key) for claim in self._claims.values() for key in claim.figures][::-1]
        while waiting:
            one = waiting[-1]
            if one.id in begun:
                waiting.pop()
                if one.id in circles:
                    known[one.id] = _Known(through=circles[one.id])
                elif one.id not in known:
                    known[one.id] = self._worked_out(one, known)
                continue
            begun.add(one.id)
            for behind in self.inputs(one.claim, one.figure.derived) if one.figure.derived else ():
                if behind.id not in begun:
                    waiting.append(behind)
                elif behind.id not in known:  # it waits for this one itself
                    circles.setdefault(behind.id, one)
        return known

    def _worked_out(self, one: Input, known: Mapping[tuple[str, str], _Known]) -> _Known:
        figure = one.figure
        gone = figure.at is not None and self._note(figure.at) is None
        if gone or not placed(figure) or self.misquoted(figure.value, figure.at):
            return _UNSOUND
        if figure.derived is None:
            return _Known(figure.value.value)
        value = self._value(one.claim, figure.derived, known)
        if not isinstance(value, Fraction) or not figure.value.covers(value):
            return _UNSOUND
        return _Known(value, 1 + _steps(known[behind.id] for behind in self.inputs(one.claim, figure.derived)))

    def _value(
        self, claim: Claim, expression: Expression, known: Mapping[tuple[str, str], _Known]
    ) -> Fraction | bool | Unreadable | None:
        behind = {one.name: known.get(one.id, _UNSOUND) for one in self.inputs(claim, expression)}
        numbers = {name: one.number for name, one in behind.items() if one.number is not None}
        if len(numbers) < len(expression.names):
            return None
        if _steps(behind.values()) > MOST_STEPS:
            return Unreadable(f"this is derived through more than {MOST_STEPS} figures", "say where one of them stands")
        try:
            value = expression.value(numbers)
        except Unreadable as error:
            return error
        if max(value.numerator.bit_length(), value.denominator.bit_length()) > MOST_BITS:
            return Unreadable("this comes to a number of more than 300 digits", "round what it is worked out from")
        return value


def _steps(figures: Iterable[_Known]) -> int:
    return max((one.steps for one in figures), default=0)
