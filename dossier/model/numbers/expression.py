"""Parser of arithmetic over figures: `trams / all_vehicles`, `round(a / b, 3) = 52 %`.

The grammar; white space is allowed between any two tokens:

    expression = sum [ comparison sum ]
    comparison = "=" | "==" | "≠" | "!=" | "<" | "<=" | "≤" | ">" | ">=" | "≥"
    sum        = product { ( "+" | "-" | "−" ) product }
    product    = factor { ( "*" | "×" | "/" | "÷" ) factor }
    factor     = ( "-" | "−" ) factor | ( number | "(" sum ")" ) [ "%" ] | call | name
    call       = "round" "(" sum [ "," places ] ")" | "sum" "(" sum { "," sum } ")"
    number     = digits [ "." digits ], without thousands separators
    name       = figure | claim-id "." figure
    figure     = a-z { a-z | 0-9 | "_" }

Claim ids contain hyphens. So a hyphen directly between two names is part of a claim id if a dot and a figure follow;
otherwise it is a syntax error.

Python's `eval` and `ast` are not involved, so nothing but this grammar can be evaluated.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from dossier.model.numbers.arithmetic import (
    ADDITIVE_OPERATORS,
    COMPARISON_OPERATORS,
    EXPRESSION_FUNCTIONS,
    MULTIPLICATIVE_OPERATORS,
    Expression,
    ExpressionStep,
    Operation,
)
from dossier.model.problems.problem import UnreadableError

MAX_EXPRESSION_CHARACTERS = 500
"""Maximum length of an expression, in characters."""
MAX_NESTING_DEPTH = 50
"""Maximum number of brackets, functions and minus signs inside one another: the parser is recursive."""


def parse_expression(text: str) -> Expression:
    """Parse an arithmetic expression. Raises `UnreadableError` with the column, from 1, and what to write instead."""
    if len(text) > MAX_EXPRESSION_CHARACTERS:
        raise UnreadableError(
            f"an expression has at most {MAX_EXPRESSION_CHARACTERS} characters, not {len(text)}", "split it into two calculations"
        )
    return _ExpressionParser(text).parse_to_end()


class _ExpressionToken(NamedTuple):
    """A token. `kind` is "number", "name", "sign" or "end"; `column` counts from 1."""

    kind: str
    text: str
    column: int

    def create_error(self, what: str, help: str) -> UnreadableError:
        """An error at this token: `what` is wrong, and how to correct it."""
        return UnreadableError(f"the expression cannot be read at column {self.column}: {what}", help)


_EXPRESSION_TOKEN_PATTERN = re.compile(
    r"(?P<number>[0-9]+(?:\.[0-9]+)?)"
    r"|(?P<name>[a-z][a-z0-9]*(?:-[a-z0-9]+)*\.[a-z][a-z0-9_]*|[a-z][a-z0-9_]*)"
    r"|(?P<sign>[=!<>]=|[-+−*×/÷=≠<≤>≥(),%])"
    r"|(?P<space>\s+)"
)
_ALLOWED_CHARACTERS_HELP = "an expression holds numbers, names, + - × ÷ and brackets, round and sum, and one comparison at most"
_COMMON_MISTAKES = [
    # Kind of the token before the mistake ("" if no token matches there), pattern of the mistake, message, help.
    ("number", r",[0-9]", "a number has no separators", "write 1000 for 1,000; between arguments put a space after the comma"),
    ("number", r"[A-Za-z_.]", "a number does not go on like this", "write numbers as 1000 or 0.5, and an operator after them"),
    ("name", r"-[a-z0-9_]", "there is a hyphen between two names", "for minus put spaces round it, as in a - b"),
    ("sign", r"(?<=\*)\*", "there are no powers", "multiply, as in x * x"),
    ("", r"\^", "there are no powers", "multiply, as in x * x"),
    ("", r"\.[0-9]", "a number begins with a digit", "write 0 before the point, as in 0.5"),
    ("", r"[–—]", "a dash is no minus", "write - or −"),
    ("", r"[A-Z]", "names are in small letters", "write the name as it is in the claim"),
    ("", r"(?s:.)", "this character has no meaning here", _ALLOWED_CHARACTERS_HELP),
]


def _iter_expression_tokens(text: str) -> Iterator[_ExpressionToken]:
    """Split a text into tokens; the last one is an "end". Raises `UnreadableError` for a common mistake."""
    start = 0
    while start < len(text):
        match = _EXPRESSION_TOKEN_PATTERN.match(text, start)
        kind, end = (str(match.lastgroup), match.end()) if match else ("", start)
        for previous_kind, pattern, what, help in _COMMON_MISTAKES:
            if previous_kind == kind and re.compile(pattern).match(text, end):
                raise _ExpressionToken("", "", end + 1).create_error(what, help)
        if kind != "space":
            yield _ExpressionToken(kind, text[start:end], start + 1)
        start = end
    yield _ExpressionToken("end", "", len(text) + 1)


class _ExpressionParser:
    """Recursive-descent parser with one method for each line of the grammar; `depth` counts the nesting.

    The methods append to `steps`, in postfix order, and to `names`. Each raises `UnreadableError` at the wrong token.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        # Reversed, so that taking the next token is a `pop` from the end.
        self.remaining_tokens = list(_iter_expression_tokens(text))[::-1]
        self.steps: list[ExpressionStep] = []
        self.names: dict[str, None] = {}

    @property
    def next_token(self) -> _ExpressionToken:
        return self.remaining_tokens[-1]

    def read_token(self) -> _ExpressionToken:
        """Consume the next token; the end token stays, so that there is always a next one."""
        return self.remaining_tokens.pop() if len(self.remaining_tokens) > 1 else self.next_token

    def parse_to_end(self) -> Expression:
        """Parse the whole text as one expression."""
        sides, comparison = [self.parse_side()], ""
        if self.next_token.text in COMPARISON_OPERATORS:
            comparison = self.read_token().text
            sides.append(self.parse_side())
        if self.next_token.kind != "end":
            raise self.create_unexpected_token_error()
        return Expression(self.text, tuple(self.names), comparison, tuple(sides))

    def parse_side(self) -> tuple[ExpressionStep, ...]:
        """Parse one side of a comparison, or the expression if it has none."""
        self.steps = []
        self.parse_sum(0)
        return tuple(self.steps)

    def parse_sum(self, depth: int) -> None:
        self.parse_operator_chain(ADDITIVE_OPERATORS, lambda: self.parse_product(depth))

    def parse_product(self, depth: int) -> None:
        self.parse_operator_chain(MULTIPLICATIVE_OPERATORS, lambda: self.parse_factor(depth))

    def parse_operator_chain(self, operators: Mapping[str, Callable[..., Fraction]], parse_operand: Callable[[], None]) -> None:
        """Parse operands between operators of one precedence, which associate to the left: a - b - c is (a - b) - c."""
        parse_operand()
        while self.next_token.text in operators:
            sign = self.read_token()
            parse_operand()
            self.steps.append(Operation(operators[sign.text], 2, sign.column))

    def parse_factor(self, depth: int) -> None:
        """Parse a number, name, function call, bracket or negated factor."""
        token = self.read_token()
        if depth > MAX_NESTING_DEPTH:
            raise token.create_error(
                f"more than {MAX_NESTING_DEPTH} brackets or signs are nested", "split it into two calculations"
            )
        if token.text in ("-", "−"):
            self.parse_factor(depth + 1)
            self.steps.append(Operation(operator.neg, 1, token.column))
        elif token.text == "(":
            self.parse_sum(depth + 1)
            self.read_closing_bracket()
            self.parse_percent()
        elif token.kind == "number":
            self.steps.append(Fraction(token.text))
            self.parse_percent()
        elif token.kind == "name":
            self.parse_name(token, depth)
        else:
            what = f"not {token.text!r}" if token.text else "where it ends"
            raise token.create_error(f"expected a number, a name or a bracket, {what}", "write what the operator works on")

    def parse_percent(self) -> None:
        """Parse an optional per cent sign: a division by 100."""
        if self.next_token.text == "%":
            self.steps += [Fraction(100), Operation(operator.truediv, 2, self.read_token().column)]

    def parse_name(self, token: _ExpressionToken, depth: int) -> None:
        """Parse what follows a name: a function call, or nothing if it is a figure's name."""
        if self.next_token.text == "(":
            self.parse_call(token, depth + 1)
        elif token.text in EXPRESSION_FUNCTIONS:
            raise token.create_error(f"{token.text} is a function", f"write {token.text}(x), or give the figure another name")
        else:
            self.names[token.text] = None
            self.steps.append(token.text)

    def parse_call(self, token: _ExpressionToken, depth: int) -> None:
        """Parse the arguments of `round` (a sum, and optional decimal places) or of `sum` (one or more sums)."""
        if token.text not in EXPRESSION_FUNCTIONS:
            raise token.create_error(
                f"there is no function {token.text!r}", "write round(x), round(x, 2) or sum(a, b), or an operator"
            )
        self.read_token()
        self.parse_sum(depth)
        argument_count = 1
        while self.next_token.text == "," and (token.text == "sum" or argument_count == 1):
            self.read_token()
            if token.text == "sum":
                self.parse_sum(depth)
            else:
                self.parse_decimal_places()
            argument_count += 1
        self.read_closing_bracket()
        self.steps.append(Operation(EXPRESSION_FUNCTIONS[token.text], argument_count, token.column))

    def parse_decimal_places(self) -> None:
        """Parse the second argument of `round`: a literal, not a sum, so that the rounding is visible in the text."""
        token = self.read_token()
        if not re.fullmatch("[0-9]{1,2}", token.text):
            help = "write a whole number of at most two digits, as in round(x, 2)"
            raise token.create_error("expected the number of decimal places", help)
        self.steps.append(Fraction(token.text))

    def read_closing_bracket(self) -> None:
        if self.next_token.text != ")":
            raise self.create_unexpected_token_error()
        self.read_token()

    def create_unexpected_token_error(self) -> UnreadableError:
        """An error at the next token, which the grammar does not allow there."""
        token = self.next_token
        if token.text in COMPARISON_OPERATORS:
            return token.create_error("an expression has at most one comparison, outside brackets", "make two calculations of it")
        missing = (f"an operator is missing before {token.text!r}", "write + - × or ÷ between the two")
        return token.create_error(*_UNEXPECTED_TOKEN_MESSAGES.get(token.text, missing))


_UNEXPECTED_TOKEN_MESSAGES = {
    "": ("a bracket is not closed", "write ) where it ends"),
    ")": ("a bracket is closed that was not opened", "take it away, or open it before"),
    ",": ("there can be no comma here", "use commas in sum(a, b) and once in round(x, 2); numbers have no separators"),
    "%": ("per cent follows a number or a bracket", "put the expression before it in brackets, as in (a / b) %"),
}
