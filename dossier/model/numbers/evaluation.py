"""Evaluate the figures of a dossier: exact numbers for figures, values for expressions over them.

A figure is sound if it has exactly one origin and agrees with it: the quotation contains its number, so do the words that
its claim quotes of the source, or the expression has its value and only refers to sound figures. Only sound figures have an
exact number. An expression over an unsound figure has no value, so it is neither right nor wrong, and one
mistake is reported once, where it was made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import NamedTuple

from dossier.model.cache_sizes import MAX_CACHED_TEXTS
from dossier.model.numbers.arithmetic import Expression
from dossier.model.numbers.number_search import find_printed_numbers
from dossier.model.numbers.printed import PrintedNumber, parse_printed_number
from dossier.model.problems.problem import UnreadableError
from dossier.model.records import Annotation, Claim
from dossier.model.records.figures import Calculation, Figure
from dossier.model.yaml_node import YamlPathPart

MAX_NUMBER_BITS = 1000
"""Maximum size, in bits, of a computed numerator or denominator (about 300 digits). Without a limit, a chain of products
of products would grow exponentially."""

_QUOTE_PUNCTUATION = ".,;:!?()“”‘’\"'"
_SIGNLESS_PERCENTAGE_PATTERN = re.compile(
    r"(?<![\w.,])(\d++(?:\.\d++)?+|[a-z]++(?:-[a-z]++)?+)(?=\W*$|[\s-]*(?:pc|p\.c|pr|per)\b)", re.IGNORECASE
)
MAX_SPELT_NUMBER_WORDS = 6
"""Maximum number of words of one number in a quotation, as in "more than one in twenty-five thousand"."""


class FigureInput(NamedTuple):
    """A figure that an expression names: the name as it is written, the figure's claim, and its key in that claim."""

    name: str
    claim: Claim
    figure_key: str

    @property
    def figure(self) -> Figure:
        """The figure itself."""
        return self.claim.figures[self.figure_key]

    @property
    def claim_and_key(self) -> tuple[str, str]:
        """Claim id and key, unique among all figures."""
        return self.claim.id, self.figure_key


class ClaimExpression(NamedTuple):
    """An expression of a claim, its YAML path in the claim's file, and the figure or calculation that it belongs to."""

    claim: Claim
    yaml_path: tuple[YamlPathPart, ...]
    expression: Expression
    owner: Figure | Calculation


class _FigureEvaluation(NamedTuple):
    """The evaluation of a figure.

    `exact_number` is None for an unsound figure. `circular_input` is the figure through which this one is derived from
    itself, if it is.
    """

    exact_number: Fraction | None = None
    circular_input: FigureInput | None = None


_UNSOUND_EVALUATION = _FigureEvaluation()


def iter_claim_expressions(claim: Claim) -> Iterator[ClaimExpression]:
    """Every expression of a claim: those of derived figures first, then those of calculations."""
    for name, figure in claim.figures.items():
        if figure.derived:
            yield ClaimExpression(claim, ("figures", name, "derived"), figure.derived, figure)
    for number, calculation in enumerate(claim.calculations):
        yield ClaimExpression(claim, ("calculations", number, "expression"), calculation.expression, calculation)


def has_one_origin(figure: Figure) -> bool:
    """Whether a figure has exactly one origin: a quotation (`at`), a source, or an expression (`derived`)."""
    return sum(origin is not None for origin in (figure.at, figure.source, figure.derived)) == 1


def is_value_as_written(value: Fraction | bool, written: PrintedNumber | bool) -> bool:
    """Whether a computed value agrees with the written one: the same truth value, or a number in its interval."""
    if isinstance(value, bool) or isinstance(written, bool):
        return value is written
    return written.can_stand_for(value)


def is_number_in_quote(printed: PrintedNumber, quote: str) -> bool:
    """Whether a quotation contains a number, in digits or words. It may end before the percent sign, or misprint it."""
    if any(printed.value in numbers for numbers in (_collect_quote_numbers(quote), _iter_spelt_numbers(quote))):
        return True
    if "%" not in printed.text and "cent" not in printed.text:
        return False
    return printed.value * 100 in _iter_percentages_without_sign(quote)


def list_quoted_words(claim: Claim, source_id: str) -> list[str]:
    """What a claim quotes of a source."""
    return [words for evidence in claim.sources if evidence.id == source_id for words in evidence.words]


def is_number_in_evidence(printed: PrintedNumber, claim: Claim, source_id: str) -> bool:
    """Whether the words that a claim quotes of a source contain a number."""
    return any(is_number_in_quote(printed, words) for words in list_quoted_words(claim, source_id))


@lru_cache(maxsize=MAX_CACHED_TEXTS)
def _collect_quote_numbers(quote: str) -> frozenset[Fraction]:
    # Cached, because several figures of a claim are usually taken from the same quotation.
    return frozenset(number.value for _, _, number in find_printed_numbers(quote))


def _iter_percentages_without_sign(quote: str) -> Iterator[Fraction]:
    """Numbers that a quotation ends with, or that stand before a misprinted or short "per cent": "52 pr cent", "32pc"."""
    for match in _SIGNLESS_PERCENTAGE_PATTERN.finditer(quote):
        with suppress(UnreadableError):
            yield parse_printed_number(match[1]).value


def _iter_spelt_numbers(quote: str) -> Iterator[Fraction]:
    """Numbers spelt out in a quotation, as in "thirty-five forces", each from as many words as possible.

    `find_printed_numbers` leaves these out, because in running text most number words ("one of them") are not figures.
    """
    words = [word.strip(_QUOTE_PUNCTUATION) for word in quote.split()]
    while words:
        consumed_count = 1
        for count in range(min(MAX_SPELT_NUMBER_WORDS, len(words)), 0, -1):
            with suppress(UnreadableError):
                yield parse_printed_number(" ".join(words[:count])).value
                consumed_count = count
                break
        words = words[consumed_count:]


class Evaluator:
    """Evaluates the figures and expressions of claims. Results are cached, so each is computed once.

    `claims` maps ids to claims; `find_annotation` returns the annotation of a reference `article#id`, or None.
    """

    def __init__(self, claims: Mapping[str, Claim], find_annotation: Callable[[str], Annotation | None]) -> None:
        self._claim_by_id, self._find_annotation = claims, find_annotation
        self._result_by_expression: dict[tuple[str, tuple[YamlPathPart, ...]], Fraction | bool | UnreadableError | None] = {}

    def list_inputs(self, claim: Claim, expression: Expression) -> list[FigureInput]:
        """The figures that an expression of a claim names, without names that do not exist."""
        return [figure_input for name in expression.names if (figure_input := self.find_input(name, claim))]

    def find_input(self, name: str, claim: Claim | None = None) -> FigureInput | None:
        """The figure of a name, `other-claim.figure` or, within `claim`, `figure`; None if there is no such figure."""
        claim_id, _, key = name.rpartition(".")
        owner = self._claim_by_id.get(claim_id) if claim_id else claim
        return FigureInput(name, owner, key) if owner and key in owner.figures else None

    def get_exact_number(self, claim: Claim, key: str) -> Fraction | None:
        """The exact number of a figure; None if the figure is unsound."""
        return self._evaluation_by_figure[claim.id, key].exact_number

    def get_circular_input(self, claim: Claim, key: str) -> FigureInput | None:
        """The figure through which this one is derived from itself, or None. Only one figure of each cycle has it."""
        return self._evaluation_by_figure[claim.id, key].circular_input

    def evaluate_expression(self, formula: ClaimExpression) -> Fraction | bool | UnreadableError | None:
        """The value of an expression, or the error that prevents it; None if a figure that it names is unsound."""
        key = formula.claim.id, formula.yaml_path
        if key not in self._result_by_expression:
            evaluations = self._evaluation_by_figure
            self._result_by_expression[key] = self._compute_expression_value(formula.claim, formula.expression, evaluations)
        return self._result_by_expression[key]

    def list_sound_figures(self) -> list[FigureInput]:
        """All figures that have an exact number, each behind those that it is derived from."""
        sound = [key for key, evaluation in self._evaluation_by_figure.items() if evaluation.exact_number is not None]
        return [FigureInput(key, self._claim_by_id[claim_id], key) for claim_id, key in sound]

    def is_result_correct(self, formula: ClaimExpression) -> bool | None:
        """Whether the value of an expression agrees with the one written beside it; None if it has no value."""
        owner, value = formula.owner, self.evaluate_expression(formula)
        if value is None or isinstance(value, UnreadableError):
            return None
        return is_value_as_written(value, owner.value if isinstance(owner, Figure) else owner.result)

    def is_statement_true(self, formula: ClaimExpression) -> bool | None:
        """Whether a stated number (`states`) agrees with the exact value, or a comparison is true.

        None if nothing is stated, or if anything else in the calculation is wrong.
        """
        owner, value = formula.owner, self.evaluate_expression(formula)
        if not isinstance(owner, Calculation) or not self.is_result_correct(formula):
            return None
        if isinstance(value, bool):
            return value
        stated = owner.states if owner.states and not self.is_misquoted(owner.states, owner.at) else None
        return stated.can_stand_for(value) if stated and isinstance(value, Fraction) else None

    def is_misquoted(self, printed: PrintedNumber, at: str | None) -> bool:
        """Whether the quotation that a number is attributed to exists and does not contain it; `at` is `article#id`."""
        annotation = self._find_annotation(at) if at else None
        return annotation is not None and not is_number_in_quote(printed, annotation.quote)

    @cached_property
    def _evaluation_by_figure(self) -> Mapping[tuple[str, str], _FigureEvaluation]:
        """Evaluations of all figures, each after its inputs.

        This is a depth-first search with a stack of our own: a chain of derived figures may be longer than Python's
        recursion limit. A figure stays on the stack until its inputs are evaluated, and is met twice: before and after.
        """
        evaluations: dict[tuple[str, str], _FigureEvaluation] = {}
        visited, circular_inputs = set[tuple[str, str]](), dict[tuple[str, str], FigureInput]()
        stack = [FigureInput(key, claim, key) for claim in self._claim_by_id.values() for key in claim.figures][::-1]
        while stack:
            current = stack[-1]
            if current.claim_and_key in visited:
                stack.pop()
                if circular_input := circular_inputs.get(current.claim_and_key):
                    evaluations[current.claim_and_key] = _FigureEvaluation(circular_input=circular_input)
                elif current.claim_and_key not in evaluations:
                    evaluations[current.claim_and_key] = self._evaluate_figure(current, evaluations)
                continue
            visited.add(current.claim_and_key)
            for figure_input in self.list_inputs(current.claim, current.figure.derived) if current.figure.derived else ():
                if figure_input.claim_and_key not in visited:
                    stack.append(figure_input)
                elif figure_input.claim_and_key not in evaluations:
                    # Visited and not evaluated: the input is waiting for the current figure, so there is a cycle.
                    circular_inputs.setdefault(figure_input.claim_and_key, current)
        return evaluations

    def _evaluate_figure(
        self, figure_input: FigureInput, evaluations: Mapping[tuple[str, str], _FigureEvaluation]
    ) -> _FigureEvaluation:
        """Evaluate one figure; its inputs must be in `evaluations` already."""
        figure = figure_input.figure
        is_note_missing = figure.at is not None and self._find_annotation(figure.at) is None
        if is_note_missing or not has_one_origin(figure) or self.is_misquoted(figure.value, figure.at):
            return _UNSOUND_EVALUATION
        words = list_quoted_words(figure_input.claim, figure.source) if figure.source else []
        if words and not any(is_number_in_quote(figure.value, text) for text in words):
            return _UNSOUND_EVALUATION
        if figure.derived is None:
            return _FigureEvaluation(figure.value.value)
        value = self._compute_expression_value(figure_input.claim, figure.derived, evaluations)
        if isinstance(value, Fraction) and figure.value.can_stand_for(value):
            return _FigureEvaluation(value)
        return _UNSOUND_EVALUATION

    def _compute_expression_value(
        self, claim: Claim, expression: Expression, evaluations: Mapping[tuple[str, str], _FigureEvaluation]
    ) -> Fraction | bool | UnreadableError | None:
        """The value of an expression, or the error that prevents it; None if an input is unsound or missing."""
        numbers = {
            figure_input.name: number
            for figure_input in self.list_inputs(claim, expression)
            if (number := evaluations.get(figure_input.claim_and_key, _UNSOUND_EVALUATION).exact_number) is not None
        }
        if len(numbers) < len(expression.names):
            return None
        try:
            value = expression.evaluate_with(numbers)
        except UnreadableError as error:
            return error
        if max(value.numerator.bit_length(), value.denominator.bit_length()) > MAX_NUMBER_BITS:
            return UnreadableError("the result has more than 300 digits", "round the numbers it is computed from")
        return value
