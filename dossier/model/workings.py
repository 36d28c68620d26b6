"""What the figures of a dossier come to: exact numbers for figures, values for expressions over them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from dossier.model.evidence import Calculation, Figure
from dossier.model.expressions import Expression
from dossier.model.figures import Printed, numbers_in, parse_printed
from dossier.model.node import Step
from dossier.model.problem import Unreadable
from dossier.model.records import Annotation, Claim

MOST_STEPS = 50
"""Figures that one figure may be derived through."""

MOST_WORDS = 4
"""Words that a number takes in a quotation, as in "one in twenty-five thousand"."""


class Input(NamedTuple):
    """A figure as an expression names it: the claim that the figure belongs to, and its name there."""

    name: str
    claim: Claim
    key: str

    @property
    def figure(self) -> Figure:
        """The figure itself."""
        return self.claim.figures[self.key]


class Formula(NamedTuple):
    """An expression of a claim, the keys under which it is written, and the figure or calculation that it belongs to."""

    claim: Claim
    steps: tuple[Step, ...]
    expression: Expression
    owner: Figure | Calculation


def formulas(claim: Claim) -> Iterator[Formula]:
    """Every expression of a claim: of derived figures, then of calculations."""
    for name, figure in claim.figures.items():
        if figure.derived:
            yield Formula(claim, ("figures", name, "derived"), figure.derived, figure)
    for number, calculation in enumerate(claim.calculations):
        yield Formula(claim, ("calculations", number, "expression"), calculation.expression, calculation)


def stands_in(printed: Printed, quote: str) -> bool:
    """Whether a number stands in a quotation, in digits or words; the quotation may end before its percent sign."""
    found = {number.value for _, _, number in numbers_in(quote)}
    words = [word.strip(".,;:!?()“”‘’\"'") for word in quote.split()]
    for first in range(len(words)):
        for last in range(first + 1, min(first + MOST_WORDS, len(words)) + 1):
            try:
                found.add(parse_printed(" ".join(words[first:last])).value)
            except Unreadable:
                continue
    percent = "%" in printed.text or "per cent" in printed.text
    return printed.value in found or (percent and printed.value * 100 in found)


def said(value: Fraction | bool, like: Printed | None = None) -> str:
    """An exact value in digits, in hundredths where the number beside it is: 2 places, 4 where it is below one."""
    if isinstance(value, bool):
        return "true" if value else "false"
    percent = like is not None and re.search(r"%|cent$", like.text.strip())
    shown = value * 100 if percent else value
    places = 0 if shown.denominator == 1 else 2 if abs(shown) >= 1 else 4
    return f"{Decimal(shown.numerator) / Decimal(shown.denominator):,.{places}f}" + (" %" if percent else "")


class Workings:
    """Numbers and values, each worked out once. `note` finds an annotation by `article#id`."""

    def __init__(self, claims: Mapping[str, Claim], note: Callable[[str], Annotation | None]) -> None:
        self._claims, self._note = claims, note
        self._numbers: dict[tuple[str, str], Fraction | Unreadable] = {}

    def inputs(self, claim: Claim, expression: Expression) -> list[Input]:
        """The figures that an expression names, `figure` or `other-claim.figure`, as far as they exist."""
        found = []
        for name in expression.names:
            other, _, key = name.rpartition(".")
            home = self._claims.get(other) if other else claim
            if home and key in home.figures:
                found.append(Input(name, home, key))
        return found

    def number(self, claim: Claim, key: str, steps: int = 0) -> Fraction:
        """The exact number of a figure; raises `Unreadable` where it cannot be worked out."""
        known = self._numbers.get((claim.id, key))
        if known is None:
            # Until it is known, meeting it again means that it is derived from itself.
            self._numbers[claim.id, key] = Unreadable(f"`{key}` is derived from itself", "say where one of them stands")
            known = self._numbers[claim.id, key] = self._worked_out(claim, claim.figures[key], steps)
        if isinstance(known, Unreadable):
            raise known
        return known

    def value(self, claim: Claim, expression: Expression, steps: int = 0) -> Fraction | bool:
        """What an expression of a claim comes to; raises `Unreadable` where it comes to nothing."""
        if steps > MOST_STEPS:
            raise Unreadable(f"this is derived through more than {MOST_STEPS} figures", "say where one of them stands")
        inputs = self.inputs(claim, expression)
        return expression.value({one.name: self.number(one.claim, one.key, steps + 1) for one in inputs})

    def judged(self, formula: Formula) -> Fraction | bool | None:
        """The value of an expression whose figures are all sound, else None; raises `Unreadable` where it comes to nothing."""
        inputs = self.inputs(formula.claim, formula.expression)
        if len(inputs) < len(formula.expression.names) or not all(self._sound(one.claim, one.key) for one in inputs):
            return None
        return self.value(formula.claim, formula.expression)

    def holds(self, formula: Formula) -> bool | None:
        """Whether what was stated covers the exact value, or a comparison is true; None where nothing can be said."""
        value, owner = self.judged(formula), formula.owner
        if isinstance(value, bool) or value is None or not isinstance(owner, Calculation) or not owner.states:
            return value if isinstance(value, bool) else None
        return owner.states.covers(value)

    def loops(self, claim: Claim, key: str) -> bool:
        """Whether a figure is derived from itself."""
        waiting, seen = [(claim, key)], set[tuple[str, str]]()
        while waiting:
            home, name = waiting.pop()
            expression = home.figures[name].derived
            for one in self.inputs(home, expression) if expression else ():
                if (one.claim.id, one.key) == (claim.id, key):
                    return True
                if (one.claim.id, one.key) not in seen:
                    seen.add((one.claim.id, one.key))
                    waiting.append((one.claim, one.key))
        return False

    def stands(self, figure: Figure) -> bool:
        """Whether a figure is said to stand in one place, and the words there hold it as far as we have them."""
        if sum(place is not None for place in (figure.at, figure.source, figure.derived)) != 1:
            return False
        note = self._note(figure.at) if figure.at else None
        return figure.at is None or (note is not None and stands_in(figure.value, note.quote))

    def _sound(self, claim: Claim, key: str) -> bool:
        """Whether a figure, and everything that it is derived from, stands where it should and comes to what is written."""
        figure = claim.figures[key]
        if not self.stands(figure):
            return False
        try:
            if figure.derived is None:
                return True
            value = self.judged(Formula(claim, (), figure.derived, figure)) if self.number(claim, key) is not None else None
        except Unreadable:
            return False
        return value is not None and not isinstance(value, bool) and figure.value.covers(value)

    def _worked_out(self, claim: Claim, figure: Figure, steps: int) -> Fraction | Unreadable:
        if figure.derived is None:
            return figure.value.value
        try:
            value = self.value(claim, figure.derived, steps)
        except Unreadable as error:
            return error
        return Unreadable("a comparison is no number", "leave it to a calculation") if isinstance(value, bool) else value
