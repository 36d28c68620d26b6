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

from dossier.model.problems.problem import Unreadable

LONGEST = 500
"""The most characters that an expression has."""
DEEPEST = 50
"""The most brackets, functions and minus signs that stand inside one another."""
MOST_DIGITS = 30
"""The most digits that a number in an expression has."""
MOST_PLACES = 10
"""The most decimal places that `round` keeps."""


class _Apply(NamedTuple):
    """A step that takes so many numbers off the stack and puts one there."""

    function: Callable[..., Fraction]
    takes: int
    column: int


Step = Fraction | str | _Apply
"""A number to put on the stack, the name of one, or what to do with those that are there."""


def _rounded(number: Fraction, places: Fraction = Fraction(0)) -> Fraction:
    scale = 10 ** int(places)
    size = Fraction(floor(abs(number) * scale + Fraction(1, 2)), scale)
    return -size if number < 0 else size


def _total(*numbers: Fraction) -> Fraction:
    return sum(numbers, Fraction(0))


_SUMS = {"+": operator.add, "-": operator.sub, "−": operator.sub}
_PRODUCTS = {"*": operator.mul, "×": operator.mul, "/": operator.truediv, "÷": operator.truediv}
_FUNCTIONS: Mapping[str, Callable[..., Fraction]] = {"round": _rounded, "sum": _total}
_COMPARISONS: Mapping[str, Callable[[Fraction, Fraction], bool]] = {
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
    sides: tuple[tuple[Step, ...], ...]

    def value(self, numbers: Mapping[str, Fraction]) -> Fraction | bool:
        """What it comes to: a number, or for a comparison whether it holds; raises `Unreadable` where it cannot be told."""
        values = [_run(steps, numbers) for steps in self.sides]
        return _COMPARISONS[self.comparison](*values) if self.comparison else values[0]


def _run(steps: tuple[Step, ...], numbers: Mapping[str, Fraction]) -> Fraction:
    stack: list[Fraction] = []
    for step in steps:
        if isinstance(step, str):
            if step not in numbers:
                raise Unreadable(f"no figure is called {step!r}", "name one of this claim's figures, or claim-id.figure")
            stack.append(numbers[step])
        elif isinstance(step, _Apply):
            taken = stack[-step.takes :]
            try:
                stack[-step.takes :] = [step.function(*taken)]
            except ZeroDivisionError:
                message = f"the division at column {step.column} is by zero"
                raise Unreadable(message, "divide by something that is not 0") from None
        else:
            stack.append(step)
    return stack[0]


def parse_expression(text: str) -> Expression:
    """Read arithmetic over figures; raises `Unreadable` with the column, counted from 1, and what to write instead."""
    if len(text) > LONGEST:
        raise Unreadable(f"an expression has at most {LONGEST} characters, not {len(text)}", "split it into two calculations")
    return _Reader(text).expression()


class _Token(NamedTuple):
    kind: str  # number, name, sign or end
    text: str
    column: int

    def fault(self, what: str, help: str) -> Unreadable:
        return Unreadable(f"the expression cannot be read at column {self.column}: {what}", help)


_TOKEN = re.compile(
    r"(?P<number>[0-9]+(?:\.[0-9]+)?)"
    r"|(?P<name>[a-z][a-z0-9]*(?:-[a-z0-9]+)*\.[a-z][a-z0-9_]*|[a-z][a-z0-9_]*)"
    r"|(?P<sign>[=!<>]=|[-+−*×/÷=≠<≤>≥(),%])"
    r"|(?P<space>\s+)"
)
_HOLDS = "an expression holds numbers, names, + - × ÷ and brackets, round and sum, and one comparison at most"
_SLIPS = [
    # What people write by mistake: directly after a token of which kind, or "" where none can be read.
    ("number", r",[0-9]", "a number has no separators", "write 1000 for 1,000; between arguments put a space after the comma"),
    ("number", r"[A-Za-z_.]", "a number does not go on like this", "write numbers as 1000 or 0.5, and an operator after them"),
    ("name", r"-[a-z0-9_]", "a hyphen stands between two names", "for minus put spaces round it, as in a - b"),
    ("sign", r"(?<=\*)\*", "there are no powers", "multiply, as in x * x"),
    ("", r"\^", "there are no powers", "multiply, as in x * x"),
    ("", r"\.[0-9]", "a number begins with a digit", "write 0 before the point, as in 0.5"),
    ("", r"[–—]", "a dash is no minus", "write - or −"),
    ("", r"[A-Z]", "names are in small letters", "write the name as it stands in the claim"),
    ("", r"(?s:.)", "this character means nothing here", _HOLDS),
]


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        kind, end = (str(match.lastgroup), match.end()) if match else ("", at)
        for after, pattern, what, help in _SLIPS:
            if after == kind and re.compile(pattern).match(text, end):
                raise _Token("", "", end + 1).fault(what, help)
        if kind != "space":
            yield _Token(kind, text[at:end], at + 1)
        at = end
    yield _Token("end", "", len(text) + 1)


class _Reader:
    """Reads an expression by recursive descent, a method a line of the grammar; `depth` counts what is nested."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.rest = list(_tokens(text))[::-1]
        self.steps: list[Step] = []
        self.names: dict[str, None] = {}

    @property
    def next(self) -> _Token:
        return self.rest[-1]

    def take(self) -> _Token:
        return self.rest.pop() if len(self.rest) > 1 else self.next

    def expression(self) -> Expression:
        sides, comparison = [self.side()], ""
        if self.next.text in _COMPARISONS:
            comparison = self.take().text
            sides.append(self.side())
        if self.next.kind != "end":
            raise self.stray()
        return Expression(self.text, tuple(self.names), comparison, tuple(sides))

    def side(self) -> tuple[Step, ...]:
        self.steps = []
        self.sum(0)
        return tuple(self.steps)

    def sum(self, depth: int) -> None:
        self.row(_SUMS, lambda: self.product(depth))

    def product(self, depth: int) -> None:
        self.row(_PRODUCTS, lambda: self.factor(depth))

    def row(self, operators: Mapping[str, Callable[..., Fraction]], part: Callable[[], None]) -> None:
        part()
        while self.next.text in operators:
            sign = self.take()
            part()
            self.steps.append(_Apply(operators[sign.text], 2, sign.column))

    def factor(self, depth: int) -> None:
        token = self.take()
        if depth > DEEPEST:
            raise token.fault(f"more than {DEEPEST} brackets or signs stand in one another", "split it into two calculations")
        if token.text in ("-", "−"):
            self.factor(depth + 1)
            self.steps.append(_Apply(operator.neg, 1, token.column))
        elif token.text == "(":
            self.sum(depth + 1)
            self.close()
            self.percent()
        elif token.kind == "number":
            self.number(token)
            self.percent()
        elif token.kind == "name":
            self.name(token, depth)
        else:
            what = f"not {token.text!r}" if token.text else "where it ends"
            raise token.fault(f"a number, a name or a bracket is wanted here, {what}", "write what the operator works on")

    def number(self, token: _Token) -> None:
        if len(token.text.replace(".", "")) > MOST_DIGITS:
            raise token.fault(f"the number has more than {MOST_DIGITS} digits", "round it")
        self.steps.append(Fraction(token.text))

    def percent(self) -> None:
        if self.next.text == "%":
            self.steps += [Fraction(100), _Apply(operator.truediv, 2, self.take().column)]

    def name(self, token: _Token, depth: int) -> None:
        if self.next.text == "(":
            self.call(token, depth + 1)
        elif token.text in _FUNCTIONS:
            raise token.fault(f"{token.text} is a function", f"write {token.text}(x), or give the figure another name")
        else:
            self.names[token.text] = None
            self.steps.append(token.text)

    def call(self, token: _Token, depth: int) -> None:
        if token.text not in _FUNCTIONS:
            raise token.fault(f"there is no function {token.text!r}", "write round(x), round(x, 2) or sum(a, b), or an operator")
        self.take()
        self.sum(depth)
        count = 1
        while self.next.text == "," and (token.text == "sum" or count == 1):
            self.take()
            if token.text == "sum":
                self.sum(depth)
            else:
                self.places()
            count += 1
        self.close()
        self.steps.append(_Apply(_FUNCTIONS[token.text], count, token.column))

    def places(self) -> None:
        token = self.take()
        if not re.fullmatch("[0-9]{1,2}", token.text) or int(token.text) > MOST_PLACES:
            help = f"write a whole number from 0 to {MOST_PLACES}, as in round(x, 2)"
            raise token.fault("the decimal places to keep are wanted here", help)
        self.steps.append(Fraction(token.text))

    def close(self) -> None:
        if self.next.text != ")":
            raise self.stray()
        self.take()

    def stray(self) -> Unreadable:
        token = self.next
        if token.text in _COMPARISONS:
            return token.fault("a comparison stands once, and outside brackets", "make two calculations of it")
        missing = (f"an operator is missing before {token.text!r}", "write + - × or ÷ between the two")
        return token.fault(*_STRAY.get(token.text, missing))


_STRAY = {
    "": ("a bracket is not closed", "write ) where it ends"),
    ")": ("a bracket is closed that was not opened", "take it away, or open it before"),
    ",": ("a comma has no place here", "commas stand in sum(a, b) and once in round(x, 2); numbers have no separators"),
    "%": ("per cent follows a number or a bracket", "put what it belongs to in brackets, as in (a / b) %"),
}
