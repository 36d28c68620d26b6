"""Quotations: found word for word in one place, or told apart as absent, ambiguous, furniture and cannot-check."""

from __future__ import annotations

import unicodedata
from typing import Literal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dossier.model.quotations.anchoring import (
    AmbiguousQuote,
    Anchor,
    AnchorResult,
    QuoteInFurniture,
    QuoteNotFound,
    QuoteSelector,
    anchor_quote,
    is_word_run_in,
    mark_differing_words,
)
from dossier.model.quotations.capture import Capture, Paragraph, ParagraphKind, TextSpan, count_words, find_word_spans, fold_words
from dossier.model.quotations.typography import fold_typography

WORD = st.one_of(
    st.from_regex(r"[a-z]{1,8}", fullmatch=True),
    st.from_regex(r"[1-9][0-9]{0,3}", fullmatch=True),
    st.from_regex(r"[1-9][0-9]?[.,][0-9]{3}", fullmatch=True),
    st.sampled_from(["can't", "ferry’s", "“so”", "self-made", "52%", "£9m", "naïve"]),
)
PARAGRAPH = st.lists(WORD, min_size=1, max_size=12)


def capture(*texts: str, furniture: tuple[int, ...] = ()) -> Capture:
    def kind(number: int) -> ParagraphKind:
        return "furniture" if number in furniture else "paragraph"

    return Capture("0", "test", tuple(Paragraph(number, kind(number), text) for number, text in enumerate(texts, 1)))


def look(quote: str, *texts: str, paragraph: int | None = None, prefix: str = "", suffix: str = "") -> AnchorResult:
    return anchor_quote(QuoteSelector(quote, paragraph, prefix, suffix), capture(*texts))


def found(outcome: AnchorResult) -> Anchor:
    assert isinstance(outcome, Anchor), outcome
    return outcome


def at(outcome: AnchorResult) -> tuple[int, int]:
    """Paragraph and first character of what was found."""
    return found(outcome).span.paragraph, found(outcome).span.start


def test_a_quotation_is_found_at_its_place_and_words() -> None:
    outcome = found(look("two “three” four", "Nothing.", "One, two “three” four-five."))
    assert (outcome.is_exact, outcome.matched_text) == (True, "two “three” four")
    span = outcome.span
    assert (span.paragraph, span.start, span.end, span.first, span.last) == (2, 5, 21, 1, 4)


@pytest.mark.parametrize(
    ("quote", "stands"),
    [
        ('the "record"', "the “record”"),
        ('the "record"', "the «record»"),
        ("it's so", "it’s so"),
        ("‘so’ it is", "'so' it is"),
        ("end-to-end", "end‑to‑end"),
        ("one - two", "one – two"),
        ("one — two", "one - two"),
        ("4 % more", "4\u00a0% more"),
        ("one two", "one \u2009\u00a0two"),
        ("one  two", "one two"),
        ("harbour office", "har\u00adbour office"),
        ("har\u00adbour", "harbour"),
        ("harbour office", "harbour\u200b office"),
        ("so... on", "so… on"),
    ],
)
def test_typography_is_folded_to_find_and_reported_with_the_true_words(quote: str, stands: str) -> None:
    outcome = found(look(quote, f"Then {stands} again."))
    assert (outcome.is_exact, outcome.matched_text) == (False, stands)
    assert (outcome.span.start, outcome.span.end) == (5, 5 + len(stands))


@pytest.mark.parametrize(
    ("quote", "stands"), [("Record", "record"), ("cafe", "café"), ("colour", "color"), ("a b", "a, b"), ("ﬁve", "five")]
)
def test_nothing_else_is_folded(quote: str, stands: str) -> None:
    assert isinstance(look(quote, f"Then {stands} again."), QuoteNotFound)


def test_an_exact_find_beats_a_folded_one() -> None:
    assert at(look("it's so", "Here it’s so.", "There it's so.")) == (2, 6)
    assert at(look("it's so", "Here it’s so, there it's so.")) == (1, 20)


def test_a_folded_find_in_the_article_beats_an_exact_one_in_furniture() -> None:
    outcome = anchor_quote(QuoteSelector("it's so"), capture("There it's so.", "Here it’s so.", furniture=(1,)))
    assert at(outcome) == (2, 5)


def test_a_folded_find_counts_where_the_exact_one_is_cut_out_of_a_word() -> None:
    assert at(look("a-b", "xa-bx, and then a–b.")) == (1, 16)


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("477", "It counts 9,477 of them."),
        ("9", "It counts 9,477 of them."),
        ("9,47", "It counts 9,477 of them."),
        ("9,", "It counts 9,477 of them."),
        (",477", "It counts 9,477 of them."),
        ("9", "A rise of 9.5 %."),
        ("5", "A rise of 9.5 %."),
        ("5 %", "A rise of 9.5 %."),
        ("9", "A rise of 9·5 %."),
        ("cat", "They concatenate."),
        ("cat", "The cats."),
        ("cat", "The bobcat."),
        ("9", "It cost £9m."),
        ("202", "In 2021."),
        ("They", "They’re here."),
        ("cat", "The cat\u00adfish."),
        ("cat", "The bob\u00adcat."),
        ("cafe", "The cafe\u0301 there."),
    ],
)
def test_a_piece_of_a_word_or_number_is_no_quotation(quote: str, text: str) -> None:
    assert look(quote, text) == QuoteNotFound(is_inside_word=True)


@pytest.mark.parametrize("text", ["They can't say.", "They can’t say."])
def test_a_negation_is_not_cut_off(text: str) -> None:
    assert not isinstance(look("They can", text), Anchor)


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("9,477", "It counts 9,477."),
        ("9,477", "It counts (9,477), it says."),
        ("2021", "In 2021, 5 of them."),
        ("5", "In 2021, 5 of them."),
        ("52", "It was 52%."),
        ("cat", "“cat”"),
        ("2020", "Since 2020. Then"),
        ("well-known", "A well-known one."),
        ("the cat.", "It is the cat."),
        ("“the cat”", "It is “the cat”."),
    ],
)
def test_whole_words_are_found_beside_punctuation(quote: str, text: str) -> None:
    assert found(look(quote, text)).is_exact


def test_a_whole_word_counts_beside_a_cut_one() -> None:
    assert at(look("cat", "They concatenate the cat.")) == (1, 21)


def test_several_places_are_ambiguous() -> None:
    outcome = look("the crew", "One: the crew.", "Two: the crew and the crew.")
    assert isinstance(outcome, AmbiguousQuote)
    assert [(place.span.paragraph, place.span.start) for place in outcome.anchors] == [(1, 5), (2, 5), (2, 18)]


@pytest.mark.parametrize(
    ("paragraph", "prefix", "suffix", "place"),
    [
        (1, "", "", (1, 5)),
        (2, "and", "", (2, 18)),
        (None, "Two:", "", (2, 5)),
        (None, "", "and the", (2, 5)),
        (None, "crew and", "", (2, 18)),
        (2, "", ".", (2, 18)),
        (None, "Two: the crew  and", ".", (2, 18)),
    ],
)
def test_paragraph_prefix_and_suffix_decide(paragraph: int | None, prefix: str, suffix: str, place: tuple[int, int]) -> None:
    texts = ["One: the crew.", "Two: the crew and the crew."]
    assert at(look("the crew", *texts, paragraph=paragraph, prefix=prefix, suffix=suffix)) == place


@pytest.mark.parametrize(("paragraph", "prefix", "suffix"), [(3, "", ""), (None, "Three:", ""), (None, "", "or"), (1, "and", "")])
def test_a_paragraph_prefix_or_suffix_that_is_not_there_finds_nothing(paragraph: int | None, prefix: str, suffix: str) -> None:
    texts = ["One: the crew.", "Two: the crew and the crew."]
    assert isinstance(look("the crew", *texts, paragraph=paragraph, prefix=prefix, suffix=suffix), QuoteNotFound)


@pytest.mark.parametrize(("prefix", "suffix"), [("o:", ""), ("wo:", ""), ("nd", ""), ("", "a"), ("", "and t")])
def test_a_part_of_a_word_is_no_prefix_or_suffix(prefix: str, suffix: str) -> None:
    assert isinstance(look("the crew", "Two: the crew and the crew.", prefix=prefix, suffix=suffix), QuoteNotFound)


@pytest.mark.parametrize(("prefix", "suffix"), [("“it’s", ""), ("\"it's", ""), ("", "– or"), ("", "- or")])
def test_prefix_and_suffix_are_folded_too(prefix: str, suffix: str) -> None:
    text = "The crew said “it’s the crew” – or “the crew – or so”."
    assert isinstance(look("the crew", text), AmbiguousQuote)
    assert isinstance(look("the crew", text, prefix=prefix, suffix=suffix), Anchor)


def test_furniture_is_told_from_the_article() -> None:
    page = capture("The crew.", "Share the tickets", "Share the crew", furniture=(2, 3))
    assert anchor_quote(QuoteSelector("the tickets"), page) == QuoteInFurniture(2)
    assert anchor_quote(QuoteSelector("the crew"), page) == QuoteInFurniture(3)
    assert at(anchor_quote(QuoteSelector("crew"), page)) == (1, 4)


@pytest.mark.parametrize(
    ("quote", "nearest", "span"),
    [
        ("one in six tickets", "One in [nine] tickets", TextSpan(2, 0, 19, 0, 4)),
        ("counts 9,478 tickets", "counts [9,477] tickets", TextSpan(1, 3, 23, 1, 5)),
        ("every ticket bought there", "", None),
        ("wholly other words", "", None),
    ],
)
def test_absent_words_come_with_the_nearest_and_brackets(quote: str, nearest: str, span: TextSpan | None) -> None:
    outcome = look(quote, "It counts 9,477 tickets.", "One in nine tickets was sold ahead.")
    assert outcome == QuoteNotFound(nearest.replace("[", "").replace("]", ""), span)
    assert mark_differing_words(outcome.nearest_words, quote) == nearest


@pytest.mark.parametrize("mark", ["\u202e", "\x9b", "\u2067"])
def test_the_nearest_words_turn_no_line_round(mark: str) -> None:
    outcome = look("one in six tickets", f"One {mark}in nine tickets was sold ahead.")
    assert isinstance(outcome, QuoteNotFound)
    assert outcome.nearest_words == "One in nine tickets"


def test_furniture_is_never_the_nearest() -> None:
    page = capture("Share this good article", "Nothing else.", furniture=(1,))
    assert anchor_quote(QuoteSelector("share that good article"), page) == QuoteNotFound()


@pytest.mark.parametrize("quote", ["", " ", "…", "“”", "-", "\u00ad"])
def test_a_quotation_without_words_is_never_found(quote: str) -> None:
    assert not isinstance(look(quote, "One – two… “”\u00ad three - four."), Anchor)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("One, two.", ["One", "two"]),
        ("The ferry’s can't", ["The", "ferry’s", "can't"]),
        ("9,477 or 52%", ["9", "477", "or", "52"]),
        ("end-to-end", ["end", "to", "end"]),
        ("“so” – …", ["so"]),
        ("a_b", ["a", "b"]),
        ("", []),
    ],
)
def test_words_are_counted_as_the_budget_counts_them(text: str, words: list[str]) -> None:
    assert [text[start:end] for start, end in find_word_spans(text)] == words
    assert count_words(text) == len(fold_words(text)) == len(words)


@pytest.mark.parametrize(
    ("part", "whole", "stands"),
    [
        ("4,120 people", "carried 4,120 people", True),
        ("it's", "so it’s", True),
        ("120", "4,120", False),
        ("cat", "cats", False),
        ("", "a", False),
    ],
)
def test_a_part_of_a_quotation_is_whole_words_of_it(part: str, whole: str, stands: bool) -> None:
    assert is_word_run_in(part, whole) is stands


@settings(deadline=None)
@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold_typography(fold_typography(text)) == fold_typography(text)


@settings(deadline=None)
@given(st.lists(PARAGRAPH, min_size=1, max_size=4), st.data())
def test_any_run_of_whole_words_is_found_at_its_place(paragraphs: list[list[str]], data: st.DataObject) -> None:
    texts = [" ".join(words) for words in paragraphs]
    number = data.draw(st.integers(1, len(texts)))
    words = paragraphs[number - 1]
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    start = len(" ".join([*words[:first], ""]))
    outcome = look(" ".join(words[first:last]), *texts)
    places = outcome.anchors if isinstance(outcome, AmbiguousQuote) else (found(outcome),)
    assert (number, start) in [(place.span.paragraph, place.span.start) for place in places]
    assert all(place.is_exact for place in places)


@settings(deadline=None)
@given(st.lists(PARAGRAPH, min_size=1, max_size=4), st.data())
def test_one_changed_digit_is_never_found_unless_it_stands_there(paragraphs: list[list[str]], data: st.DataObject) -> None:
    texts = [" ".join(words) for words in paragraphs]
    quote = data.draw(st.sampled_from(texts))
    digits = [place for place, character in enumerate(quote) if character.isdigit()]
    assume(digits)
    place = data.draw(st.sampled_from(digits))
    other = data.draw(st.sampled_from("0123456789").filter(lambda digit: digit != quote[place]))
    changed = quote[:place] + other + quote[place + 1 :]
    assert isinstance(look(changed, *texts), QuoteNotFound) or any(f" {changed} " in f" {text} " for text in texts)


@settings(deadline=None)
@given(st.text(), st.lists(st.text()))
def test_whatever_is_found_has_the_same_folded_words(quote: str, texts: list[str]) -> None:
    outcome = look(quote, *texts)
    if isinstance(outcome, Anchor):
        span = outcome.span
        assert texts[span.paragraph - 1][span.start : span.end] == outcome.matched_text
        assert fold_typography(outcome.matched_text or "").strip() == fold_typography(quote).strip()
    else:
        assert isinstance(outcome, QuoteNotFound | AmbiguousQuote)


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKD"])
@pytest.mark.parametrize("words", ["die Wähler über", "Ἕλληνες", "한국어", "Nguyễn Ái"])
def test_letters_are_found_however_their_accents_are_written(words: str, form: Literal["NFC", "NFD", "NFKD"]) -> None:
    text = unicodedata.normalize(form, f"Hier {words}, heute.")
    anchor = look(unicodedata.normalize("NFC", words), text)
    assert isinstance(anchor, Anchor)
    assert anchor.matched_text == text[5 : text.index(",")]
    assert unicodedata.normalize("NFC", text[anchor.span.start : anchor.span.end]) == unicodedata.normalize("NFC", words)


@pytest.mark.parametrize(
    "invisible", list("\u00ad\u200b\u200c\u200d\u200e\u200f\u061c\u2060\u2066\u2069\u202a\u202e\ufe0f\u034f")
)
def test_what_browsers_do_not_show_hides_no_quotation(invisible: str) -> None:
    text = f"Die Wäh{invisible}ler{invisible} kamen."
    anchor = look("Wähler kamen", text)
    assert isinstance(anchor, Anchor)
    assert anchor.matched_text == text[4:-1]
    assert isinstance(look(f"Wäh{invisible}ler kamen", "Die Wähler kamen."), Anchor)
