"""Texts from a grammar: whole pages, records and dates that nobody would write, each the same for the same random numbers."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence

Grammar = Mapping[str, Sequence[str] | Callable[[random.Random], str]]
"""Alternatives by symbol, the first of them the shortest; or a function that makes what no alternative can say.

`⟦block⟧` in an alternative stands for one of the symbol `block`, `⟦block*⟧` for up to three of them, `⟦block+⟧` for one to four.
"""

_SYMBOL_PATTERN = re.compile(r"⟦(\w+)([*+]?)⟧")
_COUNTS = {"": (1,), "*": (0, 0, 1, 2, 3), "+": (1, 2, 2, 3, 4)}
_MAX_LEVELS, _MAX_SYMBOLS = 14, 300
"""Levels and symbols of one text, behind which only first alternatives are taken."""


def expand_grammar(rng: random.Random, grammar: Grammar, symbol: str) -> str:
    """A text that the grammar makes of a symbol."""
    left = _MAX_SYMBOLS

    def expand(name: str, level: int) -> str:
        nonlocal left
        left -= 1
        alternatives = grammar[name]
        if callable(alternatives):
            return alternatives(rng)
        chosen = alternatives[0] if left < 0 or level > _MAX_LEVELS else rng.choice(alternatives)
        return _SYMBOL_PATTERN.sub(
            lambda found: "".join(expand(found[1], level + 1) for _ in range(rng.choice(_COUNTS[found[2]]))), chosen
        )

    return expand(symbol, 0)


def repeat_piece(*pieces: str, most: int = 100_000) -> Callable[[random.Random], str]:
    """One of the pieces, many times over, as far as `most` characters."""

    def repeat(rng: random.Random) -> str:
        piece = rng.choice(pieces)
        return piece * (rng.choice((most // 1000, most // 100, most // 10, most)) // len(piece))

    return repeat


def nest_piece(*pairs: tuple[str, str], most: int = 5_000) -> Callable[[random.Random], str]:
    """One of the pairs round a word, many levels deep, closed or not."""

    def nest(rng: random.Random) -> str:
        (opening, closing), levels = rng.choice(pairs), rng.choice((10, 60, 250, 300, most))
        return opening * levels + "word" + closing * rng.choice((levels, levels, 0, levels // 2))

    return nest
