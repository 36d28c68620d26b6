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
from dossier.model.numbers.printed import PrintedNumber, find_printed_numbers, parse_printed_number
from dossier.model.problems.problem import UnreadableError
from dossier.model.records import Annotation, Claim
from dossier.model.yaml_node import YamlPathPart

MAX_DERIVATION_DEPTH = 50
"""Figures, one derived from another, that an expression may go back through."""

MAX_NUMBER_BITS = 1000
"""Size of a number that is worked out, about 300 digits: products of products would grow without end."""

MAX_SPELT_NUMBER_WORDS = 6
"""Words that a number takes in a quotation, as in "more than one in twenty-five thousand"."""


class FigureInput(NamedTuple):
    """A figure as an expression names it: the claim that the figure belongs to, and its name there."""

    name: str
    claim: Claim
    figure_key: str

    @property
    def figure(self) -> Figure:
        """The figure itself."""
        return self.claim.figures[self.figure_key]

    @property
    def claim_and_key(self) -> tuple[str, str]:
        """The figure's claim and name, which no other figure has."""
        return self.claim.id, self.figure_key


class ClaimExpression(NamedTuple):
    """An expression of a claim, the keys under which it is written, and the figure or calculation that it belongs to."""

    claim: Claim
    yaml_path: tuple[YamlPathPart, ...]
    expression: Expression
    owner: Figure | Calculation


class _FigureEvaluation(NamedTuple):
    """What is known of a figure.

    Its number, None where it is not sound; how many derived figures lie behind that, itself among them; and by way of
    which figure it is derived from itself, if it is.
    """

    exact_number: Fraction | None = None
    derivation_depth: int = 0
    circular_input: FigureInput | None = None


_UNSOUND_EVALUATION = _FigureEvaluation()


def iter_claim_expressions(claim: Claim) -> Iterator[ClaimExpression]:
    """Every expression of a claim: of derived figures, then of calculations."""
    for name, figure in claim.figures.items():
        if figure.derived:
            yield ClaimExpression(claim, ("figures", name, "derived"), figure.derived, figure)
    for number, calculation in enumerate(claim.calculations):
        yield ClaimExpression(claim, ("calculations", number, "expression"), calculation.expression, calculation)


def has_one_origin(figure: Figure) -> bool:
    """Whether it is said, once, where a figure stands."""
    return sum(place is not None for place in (figure.at, figure.source, figure.derived)) == 1


def is_value_as_written(value: Fraction | bool, written: PrintedNumber | bool) -> bool:
    """Whether a value is the one that is written, or one of those that the written number can stand for."""
    if isinstance(value, bool) or isinstance(written, bool):
        return value is written
    return written.can_stand_for(value)


def is_number_in_quote(printed: PrintedNumber, quote: str) -> bool:
    """Whether a number stands in a quotation, in digits or words; the quotation may end before its percent sign."""
    sought = {printed.value}
    if "%" in printed.text or "cent" in printed.text:
        sought.add(printed.value * 100)
    return not sought.isdisjoint(_collect_quote_numbers(quote)) or not sought.isdisjoint(_iter_spelt_numbers(quote))


@lru_cache(maxsize=4096)
def _collect_quote_numbers(quote: str) -> frozenset[Fraction]:
    return frozenset(number.value for _, _, number in find_printed_numbers(quote))


def _iter_spelt_numbers(quote: str) -> Iterator[Fraction]:
    """Numbers in words that running text is not searched for, as in "thirty-five forces"; of each all its words."""
    words = [word.strip(".,;:!?()“”‘’\"'") for word in quote.split()]
    while words:
        taken = 1
        for count in range(min(MAX_SPELT_NUMBER_WORDS, len(words)), 0, -1):
            with suppress(UnreadableError):
                yield parse_printed_number(" ".join(words[:count])).value
                taken = count
                break
        words = words[taken:]


def format_exact_value(value: Fraction | bool, like: PrintedNumber | None = None) -> str:
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


class Evaluator:
    """Numbers and values, each figure worked out once. `note` finds an annotation by `article#id`."""

    def __init__(self, claims: Mapping[str, Claim], note: Callable[[str], Annotation | None]) -> None:
        self._claim_by_id, self._find_annotation = claims, note
        self._result_by_expression: dict[tuple[str, tuple[YamlPathPart, ...]], Fraction | bool | UnreadableError | None] = {}

    def list_inputs(self, claim: Claim, expression: Expression) -> list[FigureInput]:
        """The figures that an expression names, `figure` or `other-claim.figure`, as far as they exist."""
        return [found for name in expression.names if (found := self.find_input(name, claim))]

    def find_input(self, name: str, claim: Claim | None = None) -> FigureInput | None:
        """The figure of a name, `other-claim.figure` or, within a claim, `figure`; None where there is none."""
        other, _, key = name.rpartition(".")
        home = self._claim_by_id.get(other) if other else claim
        return FigureInput(name, home, key) if home and key in home.figures else None

    def get_exact_number(self, claim: Claim, key: str) -> Fraction | None:
        """The exact number of a figure; None where it is not sound."""
        return self._evaluation_by_figure[claim.id, key].exact_number

    def get_circular_input(self, claim: Claim, key: str) -> FigureInput | None:
        """By way of which figure this one is derived from itself, if it is; of a circle, only one figure has it."""
        return self._evaluation_by_figure[claim.id, key].circular_input

    def evaluate_expression(self, formula: ClaimExpression) -> Fraction | bool | UnreadableError | None:
        """The value of an expression whose figures are all sound, or why it comes to nothing; else None."""
        key = formula.claim.id, formula.yaml_path
        if key not in self._result_by_expression:
            self._result_by_expression[key] = self._compute_expression_value(
                formula.claim, formula.expression, self._evaluation_by_figure
            )
        return self._result_by_expression[key]

    def is_result_correct(self, formula: ClaimExpression) -> bool | None:
        """Whether an expression comes to what is written beside it; None where its figures are not sound, or it is nothing."""
        owner, value = formula.owner, self.evaluate_expression(formula)
        if value is None or isinstance(value, UnreadableError):
            return None
        return is_value_as_written(value, owner.value if isinstance(owner, Figure) else owner.result)

    def is_statement_true(self, formula: ClaimExpression) -> bool | None:
        """Whether what was stated covers the exact value, or a comparison is true.

        None where nothing is stated, and where anything else in the calculation is wrong.
        """
        owner, value = formula.owner, self.evaluate_expression(formula)
        if not isinstance(owner, Calculation) or not self.is_result_correct(formula):
            return None
        if isinstance(value, bool):
            return value
        stated = owner.states if owner.states and not self.is_misquoted(owner.states, owner.at) else None
        return stated.can_stand_for(value) if stated and isinstance(value, Fraction) else None

    def is_misquoted(self, printed: PrintedNumber, at: str | None) -> bool:
        """Whether a number is said to stand in a quotation that does not hold it."""
        note = self._find_annotation(at) if at else None
        return note is not None and not is_number_in_quote(printed, note.quote)

    @cached_property
    def _evaluation_by_figure(self) -> Mapping[tuple[str, str], _FigureEvaluation]:
        """Every figure after those that it is derived from, without recursion."""
        known: dict[tuple[str, str], _FigureEvaluation] = {}
        begun, circles = set[tuple[str, str]](), dict[tuple[str, str], FigureInput]()
        waiting = [FigureInput(key, claim, key) for claim in self._claim_by_id.values() for key in claim.figures][::-1]
        while waiting:
            one = waiting[-1]
            if one.claim_and_key in begun:
                waiting.pop()
                if one.claim_and_key in circles:
                    known[one.claim_and_key] = _FigureEvaluation(circular_input=circles[one.claim_and_key])
                elif one.claim_and_key not in known:
                    known[one.claim_and_key] = self._evaluate_figure(one, known)
                continue
            begun.add(one.claim_and_key)
            for behind in self.list_inputs(one.claim, one.figure.derived) if one.figure.derived else ():
                if behind.claim_and_key not in begun:
                    waiting.append(behind)
                elif behind.claim_and_key not in known:  # it waits for this one itself
                    circles.setdefault(behind.claim_and_key, one)
        return known

    def _evaluate_figure(self, one: FigureInput, known: Mapping[tuple[str, str], _FigureEvaluation]) -> _FigureEvaluation:
        figure = one.figure
        gone = figure.at is not None and self._find_annotation(figure.at) is None
        if gone or not has_one_origin(figure) or self.is_misquoted(figure.value, figure.at):
            return _UNSOUND_EVALUATION
        if figure.derived is None:
            return _FigureEvaluation(figure.value.value)
        value = self._compute_expression_value(one.claim, figure.derived, known)
        if not isinstance(value, Fraction) or not figure.value.can_stand_for(value):
            return _UNSOUND_EVALUATION
        return _FigureEvaluation(
            value,
            1 + _compute_derivation_depth(known[behind.claim_and_key] for behind in self.list_inputs(one.claim, figure.derived)),
        )

    def _compute_expression_value(
        self, claim: Claim, expression: Expression, known: Mapping[tuple[str, str], _FigureEvaluation]
    ) -> Fraction | bool | UnreadableError | None:
        behind = {one.name: known.get(one.claim_and_key, _UNSOUND_EVALUATION) for one in self.list_inputs(claim, expression)}
        numbers = {name: one.exact_number for name, one in behind.items() if one.exact_number is not None}
        if len(numbers) < len(expression.names):
            return None
        if _compute_derivation_depth(behind.values()) > MAX_DERIVATION_DEPTH:
            return UnreadableError(
                f"this is derived through more than {MAX_DERIVATION_DEPTH} figures", "say where one of them stands"
            )
        try:
            value = expression.evaluate_with(numbers)
        except UnreadableError as error:
            return error
        if max(value.numerator.bit_length(), value.denominator.bit_length()) > MAX_NUMBER_BITS:
            return UnreadableError("this comes to a number of more than 300 digits", "round what it is worked out from")
        return value


def _compute_derivation_depth(figures: Iterable[_FigureEvaluation]) -> int:
    return max((one.derivation_depth for one in figures), default=0)
