"""Compare texts as bags of words, and sum up many comparisons: recall, precision, median, mean, fifth percentile, worst.

Bags, which count how often each word stands, and not sequences: a menu, caption or table that a browser shows elsewhere in
the order is no loss, a word that is left out once of twice is one, and bags of a whole collection are compared in seconds.
Words that stand together in one text and apart in the other are the same: style sheets decide that, in menus and formulas.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import mean, median
from typing import NamedTuple

from dossier.model.normalization import normalize_text
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
    return Counter(fold_words(normalize_text("NFC", text.translate(ZERO_WIDTH_DELETIONS))))


def compare_bags(found: Counter[str], wanted: Counter[str]) -> Overlap:
    """Recall and precision of the words found. Recall is 1 where none are wanted, precision 1 where none are found."""
    missing, added = wanted - found, found - wanted
    _take_out_joined_words(missing, added)
    _take_out_joined_words(added, missing)
    recall = (wanted.total() - missing.total()) / wanted.total() if wanted else 1.0
    return Overlap(recall, (found.total() - added.total()) / found.total() if found else 1.0)


def _take_out_joined_words(joined: Counter[str], parts: Counter[str]) -> None:
    """Take out of one bag the words that consist of words of the other, and these out of the other."""
    for word in sorted(joined.elements(), key=len):
        if taken := _split_word(word, parts):
            joined -= Counter([word])
            parts -= Counter(taken)


def _split_word(word: str, parts: Counter[str]) -> list[str]:
    """Words of a bag that make up a word, each as often as the bag has it; empty if there are none."""
    splits: dict[int, list[str]] = {0: []}
    for end in range(1, len(word) + 1):
        for start in range(end):
            if start in splits and parts[part := word[start:end]] > splits[start].count(part):
                splits[end] = [*splits[start], part]
                break
    return splits.get(len(word), [])


def sum_up_shares(shares: Sequence[float]) -> Summary:
    """Median, mean, fifth percentile and worst of one or more numbers."""
    ordered = sorted(shares)
    return Summary(median(ordered), mean(ordered), ordered[len(ordered) // 20], ordered[0])
