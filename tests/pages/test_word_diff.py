"""Differing words: what is marked of a quotation beside an earlier one, and which earlier one it is held against."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.model.records import Annotation
from dossier.pages.compare.word_diff import MIN_LIKENESS, ComparedWording, compare_wordings, diff_words
from support.work import count_calls

WORDS = st.lists(st.sampled_from(["4,120", "tickets", "April", "“the", "ferry’s”", "–", "(90%)", "of", "  "]), max_size=9).map(
    " ".join
)
ANYTHING = st.text(max_size=40) | WORDS


@settings(deadline=None)
@given(ANYTHING, ANYTHING)
def test_pieces_joined_are_the_quotation(quotation: str, earlier: str) -> None:
    pieces = diff_words(quotation, earlier).pieces
    assert "".join(piece.text for piece in pieces) == quotation
    assert all(piece.text for piece in pieces if quotation)
    assert all(one.differs != other.differs for one, other in pairwise(pieces))


@settings(deadline=None)
@given(ANYTHING)
def test_nothing_is_marked_of_the_same_words(quotation: str) -> None:
    held = diff_words(quotation, quotation)
    assert (held.has_differences, held.likeness) == (False, 1)


@settings(deadline=None)
@given(WORDS, WORDS)
def test_below_the_limit_nothing_is_marked(quotation: str, earlier: str) -> None:
    held = diff_words(quotation, earlier)
    assert held.likeness >= MIN_LIKENESS or not held.has_differences


@pytest.mark.parametrize(
    ("quotation", "earlier", "marked"),
    [
        ("more than 4,000 trips", "more than 4,120 tickets", "more than [4,000 trips]"),
        ("tickets of April, 4,120", "4,120 tickets of April", "tickets of April, [4,120]"),
        ("(90%) of the trips", "90 per cent of the trips", "(90[%]) of the trips"),
        ("“The Ferry’s record”", "the ferry's record", "“The Ferry’s record”"),
        ("in April – and in May", "in April - and in June", "in April – and in [May]"),
        ("the crossing was cancelled", "fog closed all harbours", "the crossing was cancelled"),
        ("a record, by far, for April", "a record for April", "a record, [by far], for April"),
        ("4,120 tickets", "4,121 tickets", "[4,120] tickets"),
        ("20 tickets", "4,120 tickets", "[20] tickets"),
    ],
)
def test_words_that_the_earlier_one_does_not_have_are_marked(quotation: str, earlier: str, marked: str) -> None:
    pieces = diff_words(quotation, earlier).pieces
    assert "".join(f"[{piece.text}]" if piece.differs else piece.text for piece in pieces) == marked


def test_a_quotation_is_held_against_the_earliest_text_that_is_like_it() -> None:
    made = compare_wordings([[note("fog closed the harbour")], [note("4,120 tickets in April")], [note("4,120 tickets in May")]])
    assert against(made) == [[None], [None], ["4,120 tickets in April"]]
    made = compare_wordings([[note("4,120 tickets in April")], [note("4,120 tickets in May")], [note("4,120 tickets in May")]])
    assert against(made) == [[None], ["4,120 tickets in April"], ["4,120 tickets in April"]]


def test_of_one_text_the_likest_quotation_counts() -> None:
    first = [note("a record month"), note("a record for the ferry in April")]
    assert against(compare_wordings([first, [note("record for the ferry in April")]]))[1] == ["a record for the ferry in April"]


def test_the_same_words_are_known_though_each_of_them_was_met_apart() -> None:
    apart = ["the pier of the old harbour town", "roads to the island were closed today", "fog in the morning and at night"]
    texts = [*apart, "pier closed, morning", "pier closed, morning"]
    assert against(compare_wordings([[note(text)] for text in texts]))[3:] == [[None], ["pier closed, morning"]]


def test_quotations_of_one_text_are_not_held_against_each_other() -> None:
    assert against(compare_wordings([[note("4,120 tickets"), note("4,120 tickets")]])) == [[None, None]]


def test_the_work_grows_with_the_number_of_quotations_only() -> None:
    def measure(number: int) -> int:
        texts = [[note(f"the record of {place} tickets in April")] for place in range(number)]
        return count_calls(lambda: compare_wordings(texts))

    assert measure(2000) < 11 * measure(200)


def note(quote: str) -> Annotation:
    return Annotation(article="harbour-gazette", id="x", quote=quote, speaker="text")


def against(made: list[list[ComparedWording]]) -> list[list[str | None]]:
    return [[wording.earlier_annotation.quote if wording.earlier_annotation else None for wording in text] for text in made]
