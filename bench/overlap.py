"""Compare texts as bags of words, and sum up many comparisons: recall, precision, median, mean, fifth percentile, worst.

Bags, which count how often each word stands, and not sequences: a menu, caption or table that a browser shows elsewhere in
the order is no loss, a word that is left out once of twice is one, and bags of a whole collection are compared in seconds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import mean, median
from typing import NamedTuple
from unicodedata import normalize

from dossier.model.quotations.capture import fold_words
from dossier.model.quotations.invisible_characters import ZERO_WIDTH_DELETIONS


class Overlap(NamedTuple):
    """Two texts compared: the share of the wanted words that are there, and the share of those there that are wanted."""

    recall: float
    precision: float


class Summary(NamedTuple):
    """Many numbers between 0 and 1: `low` is the fifth percentile, that is, 5 % of them are below it."""

    middle: float
    average: float
    low: float
    worst: float


def count_folded_words(text: str) -> Counter[str]:
    """How often each word stands in a text, in lower case, composed, without punctuation and characters that have no width."""
    return Counter(fold_words(normalize("NFC", text.translate(ZERO_WIDTH_DELETIONS))))


def compare_bags(found: Counter[str], wanted: Counter[str]) -> Overlap:
    """Recall and precision of the words found. Recall is 1 where none are wanted, precision 1 where none are found."""
    common = (found & wanted).total()
    recall = common / wanted.total() if wanted else 1.0
    return Overlap(recall, common / found.total() if found else 1.0)


def sum_up_shares(shares: Sequence[float]) -> Summary:
    """Median, mean, fifth percentile and worst of one or more numbers."""
    ordered = sorted(shares)
    return Summary(median(ordered), mean(ordered), ordered[len(ordered) // 20], ordered[0])
