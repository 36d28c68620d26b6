"""Arithmetic over figures, as people write it: `trams / all_vehicles`, `round(a / b, 3) = 52 %`.

The grammar; white space may stand between any two words of it:

    expression = sum [ comparison sum ]
    comparison = "=" | "==" | "≠" | "!=" | "<" | "<=" | "≤" | ">" | ">=" | "≥"
    sum        = product { ( "+" | "-" | "−" ) product }
    product    = factor { ( "*" | "×" | "/" | "÷" ) factor }
    factor     = ( "-" | "−" ) factor | ( number | "(" sum ")" ) [ "%" ] | call | name
    call       = "round" "(" sum [ "," places ] ")" | "sum" "(" sum { "," sum } ")"
    number     = digits [ "." digits ], without thousands separators
    name       = figure | claim-id "." figure
    figure     = a-z { a-z | 0-9 | "_" }

A claim's id holds hyphens. So a hyphen directly between two names is part of a claim's id if a dot and a figure
follow, and refused if none does. Nothing is evaluated but this, and all of it exactly.

An expression is kept as steps for a stack: `a + b` as a, b, +. Running them needs no recursion.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import NamedTuple

from dossier.model.problems.problem import UnreadableError

MAX_EXPRESSION_CHARACTERS = 500
"""The most characters that an expression has."""
MAX_NESTING_DEPTH = 50
"""The most brackets, functions and minus signs that stand inside one another."""
MAX_EXPRESSION_NUMBER_DIGITS = 30
"""The most digits that a number in an expression has."""
MAX_DECIMAL_PLACES = 10
"""The most decimal places that `round` keeps."""


class _Operation(NamedTuple):
    """A step that takes so many numbers off the stack and puts one there."""

    function: Callable[..., Fraction]
    operand_count: int
    column: int


ExpressionStep = Fraction | str | _Operation
"""A number to put on the stack, the name of one, or what to do with those that are there."""


def _round_half_away_from_zero(number: Fraction, places: Fraction = Fraction(0)) -> Fraction:
    scale = 10 ** int(places)
    size = Fraction(floor(abs(number) * scale + Fraction(1, 2)), scale)
    return -size if number < 0 else size


def _sum_numbers(*numbers: Fraction) -> Fraction:
    return sum(numbers, Fraction(0))


_ADDITIVE_OPERATORS = {"+": operator.add, "-": operator.sub, "−": operator.sub}
_MULTIPLICATIVE_OPERATORS = {"*": operator.mul, "×": operator.mul, "/": operator.truediv, "÷": operator.truediv}
_EXPRESSION_FUNCTIONS: Mapping[str, Callable[..., Fraction]] = {"round": _round_half_away_from_zero, "sum": _sum_numbers}
_COMPARISON_OPERATORS: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
    **dict.fromkeys(("=", "=="), operator.eq),
    **dict.fromkeys(("≠", "!="), operator.ne),
    **dict.fromkeys(("≤", "<="), operator.le),
    **dict.fromkeys(("≥", ">="), operator.ge),
    "<": operator.lt,
    ">": operator.gt,
}


@dataclass(frozen=True, slots=True)
class Expression:
    """Arithmetic over named numbers. `names` has each name once, in the order in which they are written.

    `comparison` is the sign between its two `sides`, or empty where there is one side.
    """

    text: str
    names: tuple[str, ...]
    comparison: str
    sides: tuple[tuple[ExpressionStep, ...], ...]

    def evaluate_with(self, numbers: Mapping[str, Fraction]) -> Fraction | bool:
        """What it comes to: a number, or for a comparison whether it holds; raises `Unreadable` where it cannot be told."""
        values = [_run_steps(steps, numbers) for steps in self.sides]
        return _COMPARISON_OPERATORS[self.comparison](*values) if self.comparison else values[0]


def _run_steps(steps: tuple[ExpressionStep, ...], numbers: Mapping[str, Fraction]) -> Fraction:
    stack: list[Fraction] = []
    for step in steps:
        if isinstance(step, str):
            if step not in numbers:
                raise UnreadableError(f"no figure is called {step!r}", "name one of this claim's figures, or claim-id.figure")
            stack.append(numbers[step])
        elif isinstance(step, _Operation):
            taken = stack[-step.operand_count :]
            try:
                stack[-step.operand_count :] = [step.function(*taken)]
            except ZeroDivisionError:
                message = f"the division at column {step.column} is by zero"
                raise UnreadableError(message, "divide by something that is not 0") from None
        else:
            stack.append(step)
    return stack[0]


def parse_expression(text: str) -> Expression:
    """Read arithmetic over figures; raises `Unreadable` with the column, counted from 1, and what to write instead."""
    if len(text) > MAX_EXPRESSION_CHARACTERS:
        raise UnreadableError(
            f"an expression has at most {MAX_EXPRESSION_CHARACTERS} characters, not {len(text)}", "split it into two calculations"
        )
    return _ExpressionParser(text).parse_to_end()


class _ExpressionToken(NamedTuple):
    kind: str  # number, name, sign or end
    text: str
    column: int

    def create_error(self, what: str, help: str) -> UnreadableError:
        return UnreadableError(f"the expression cannot be read at column {self.column}: {what}", help)


_EXPRESSION_TOKEN_PATTERN = re.compile(
    r"(?P<number>[0-9]+(?:\.[0-9]+)?)"
    r"|(?P<name>[a-z][a-z0-9]*(?:-[a-z0-9]+)*\.[a-z][a-z0-9_]*|[a-z][a-z0-9_]*)"
    r"|(?P<sign>[=!<>]=|[-+−*×/÷=≠<≤>≥(),%])"
    r"|(?P<space>\s+)"
)
_ALLOWED_CHARACTERS_HELP = "an expression holds numbers, names, + - × ÷ and brackets, round and sum, and one comparison at most"
_COMMON_MISTAKES = [
    # What people write by mistake: directly after a token of which kind, or "" where none can be read.
    ("number", r",[0-9]", "a number has no separators", "write 1000 for 1,000; between arguments put a space after the comma"),
    ("number", r"[A-Za-z_.]", "a number does not go on like this", "write numbers as 1000 or 0.5, and an operator after them"),
    ("name", r"-[a-z0-9_]", "a hyphen stands between two names", "for minus put spaces round it, as in a - b"),
    ("sign", r"(?<=\*)\*", "there are no powers", "multiply, as in x * x"),
    ("", r"\^", "there are no powers", "multiply, as in x * x"),
    ("", r"\.[0-9]", "a number begins with a digit", "write 0 before the point, as in 0.5"),
    ("", r"[–—]", "a dash is no minus", "write - or −"),
    ("", r"[A-Z]", "names are in small letters", "write the name as it stands in the claim"),
    ("", r"(?s:.)", "this character means nothing here", _ALLOWED_CHARACTERS_HELP),
]


def _iter_expression_tokens(text: str) -> Iterator[_ExpressionToken]:
    at = 0
    while at < len(text):
        match = _EXPRESSION_TOKEN_PATTERN.match(text, at)
        kind, end = (str(match.lastgroup), match.end()) if match else ("", at)
        for after, pattern, what, help in _COMMON_MISTAKES:
            if after == kind and re.compile(pattern).match(text, end):
                raise _ExpressionToken("", "", end + 1).create_error(what, help)
        if kind != "space":
            yield _ExpressionToken(kind, text[at:end], at + 1)
        at = end
    yield _ExpressionToken("end", "", len(text) + 1)


class _ExpressionParser:
    """Reads an expression by recursive descent, a method a line of the grammar; `depth` counts what is nested."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.rest = list(_iter_expression_tokens(text))[::-1]
        self.steps: list[ExpressionStep] = []
        self.names: dict[str, None] = {}

    @property
    def next_token(self) -> _ExpressionToken:
        return self.rest[-1]

    def read_token(self) -> _ExpressionToken:
        return self.rest.pop() if len(self.rest) > 1 else self.next_token

    def parse_to_end(self) -> Expression:
        sides, comparison = [self.parse_side()], ""
        if self.next_token.text in _COMPARISON_OPERATORS:
            comparison = self.read_token().text
            sides.append(self.parse_side())
        if self.next_token.kind != "end":
            raise self.create_unexpected_token_error()
        return Expression(self.text, tuple(self.names), comparison, tuple(sides))

    def parse_side(self) -> tuple[ExpressionStep, ...]:
        self.steps = []
        self.parse_sum(0)
        return tuple(self.steps)

    def parse_sum(self, depth: int) -> None:
        self.parse_operator_chain(_ADDITIVE_OPERATORS, lambda: self.parse_product(depth))

    def parse_product(self, depth: int) -> None:
        self.parse_operator_chain(_MULTIPLICATIVE_OPERATORS, lambda: self.parse_factor(depth))

    def parse_operator_chain(self, operators: Mapping[str, Callable[..., Fraction]], part: Callable[[], None]) -> None:
        part()
        while self.next_token.text in operators:
            sign = self.read_token()
            part()
            self.steps.append(_Operation(operators[sign.text], 2, sign.column))

    def parse_factor(self, depth: int) -> None:
        token = self.read_token()
        if depth > MAX_NESTING_DEPTH:
            raise token.create_error(
                f"more than {MAX_NESTING_DEPTH} brackets or signs stand in one another", "split it into two calculations"
            )
        if token.text in ("-", "−"):
            self.parse_factor(depth + 1)
            self.steps.append(_Operation(operator.neg, 1, token.column))
        elif token.text == "(":
            self.parse_sum(depth + 1)
            self.read_closing_bracket()
            self.parse_percent()
        elif token.kind == "number":
            self.add_number(token)
            self.parse_percent()
        elif token.kind == "name":
            self.parse_name(token, depth)
        else:
            what = f"not {token.text!r}" if token.text else "where it ends"
            raise token.create_error(f"a number, a name or a bracket is wanted here, {what}", "write what the operator works on")

    def add_number(self, token: _ExpressionToken) -> None:
        if len(token.text.replace(".", "")) > MAX_EXPRESSION_NUMBER_DIGITS:
            raise token.create_error(f"the number has more than {MAX_EXPRESSION_NUMBER_DIGITS} digits", "round it")
        self.steps.append(Fraction(token.text))

    def parse_percent(self) -> None:
        if self.next_token.text == "%":
            self.steps += [Fraction(100), _Operation(operator.truediv, 2, self.read_token().column)]

    def parse_name(self, token: _ExpressionToken, depth: int) -> None:
        if self.next_token.text == "(":
            self.parse_call(token, depth + 1)
        elif token.text in _EXPRESSION_FUNCTIONS:
            raise token.create_error(f"{token.text} is a function", f"write {token.text}(x), or give the figure another name")
        else:
            self.names[token.text] = None
            self.steps.append(token.text)

    def parse_call(self, token: _ExpressionToken, depth: int) -> None:
        if token.text not in _EXPRESSION_FUNCTIONS:
            raise token.create_error(
                f"there is no function {token.text!r}", "write round(x), round(x, 2) or sum(a, b), or an operator"
            )
        self.read_token()
        self.parse_sum(depth)
        count = 1
        while self.next_token.text == "," and (token.text == "sum" or count == 1):
            self.read_token()
            if token.text == "sum":
                self.parse_sum(depth)
            else:
                self.parse_decimal_places()
            count += 1
        self.read_closing_bracket()
        self.steps.append(_Operation(_EXPRESSION_FUNCTIONS[token.text], count, token.column))

    def parse_decimal_places(self) -> None:
        token = self.read_token()
        if not re.fullmatch("[0-9]{1,2}", token.text) or int(token.text) > MAX_DECIMAL_PLACES:
            help = f"write a whole number from 0 to {MAX_DECIMAL_PLACES}, as in round(x, 2)"
            raise token.create_error("the decimal places to keep are wanted here", help)
        self.steps.append(Fraction(token.text))

    def read_closing_bracket(self) -> None:
        if self.next_token.text != ")":
            raise self.create_unexpected_token_error()
        self.read_token()

    def create_unexpected_token_error(self) -> UnreadableError:
        token = self.next_token
        if token.text in _COMPARISON_OPERATORS:
            return token.create_error("a comparison stands once, and outside brackets", "make two calculations of it")
        missing = (f"an operator is missing before {token.text!r}", "write + - × or ÷ between the two")
        return token.create_error(*_UNEXPECTED_TOKEN_MESSAGES.get(token.text, missing))


_UNEXPECTED_TOKEN_MESSAGES = {
    "": ("a bracket is not closed", "write ) where it ends"),
    ")": ("a bracket is closed that was not opened", "take it away, or open it before"),
    ",": ("a comma has no place here", "commas stand in sum(a, b) and once in round(x, 2); numbers have no separators"),
    "%": ("per cent follows a number or a bracket", "put what it belongs to in brackets, as in (a / b) %"),
}
