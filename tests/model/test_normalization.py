"""Letters and their accents in Unicode's normal forms: as Unicode has them where they can be read, and never for long."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.authoring.record_template import make_free_id
from dossier.captures.convert import convert_capture
from dossier.model.normalization import COMBINING_GRAPHEME_JOINER, MAX_MARKS, iter_mark_runs, normalize_text
from dossier.model.quotations.anchoring import Anchor, QuoteSelector, anchor_quote
from dossier.model.quotations.typography import fold_typography
from dossier.output.handwritten import slugify_heading
from support.dossiers import ROOT

PAIRS = 60_000
MARKS = {
    "of two classes": "\u0315\u0300",
    "that are two in one": "\u0f73\u0f71",
    "that are decomposed": "\u0344\u0323",
    "of Japanese": "\uff9e\u0323",
    "outside the first plane": "\U0001d165\U0001d16d",
    "between invisible characters": "\u0315\u00ad\u0300\u200b",
}
"""Marks of which each two, over and over, are put in another order."""


def convert_page(text: str) -> object:
    return convert_capture(f"<article><p>{text} and other words.</p><p>{text}</p></article>".encode(), ending=".html")


READERS: dict[str, Callable[[str], object]] = {
    "NFC": lambda text: normalize_text("NFC", text),
    "NFKD": lambda text: normalize_text("NFKD", text),
    "typography": fold_typography,
    "heading": slugify_heading,
    "id": lambda text: make_free_id(text, "", ()),
    "text": lambda text: convert_capture(text.encode()),
    "page": convert_page,
    "page in pieces": lambda text: convert_page("<a>" + "</a><a>".join(text[n : n + 20] for n in range(0, len(text), 20))),
}


@pytest.mark.parametrize("marks", MARKS)
@pytest.mark.parametrize("reader", READERS)
def test_no_number_of_marks_on_a_letter_takes_long(reader: str, marks: str) -> None:
    begun = process_time()
    READERS[reader]("a" + MARKS[marks] * PAIRS)
    assert process_time() - begun < 4  # what is quadratic takes nine seconds


@given(st.text(st.characters(max_codepoint=0x2FFF)) | st.text("ae\u0301\u0323\u0315\u1100\u1161\u11a8\uff9e"))
def test_what_can_be_read_is_normalized_as_unicode_says(text: str) -> None:
    if not any(iter_mark_runs(text)):
        assert normalize_text("NFC", text) == unicodedata.normalize("NFC", text)
        assert normalize_text("NFKD", text) == unicodedata.normalize("NFKD", text)


def test_marks_beyond_the_bound_are_parted_and_none_is_lost() -> None:
    text = "a" + "\u0315\u0300" * MAX_MARKS
    assert normalize_text("NFKD", text).replace(COMBINING_GRAPHEME_JOINER, "").count("\u0300") == MAX_MARKS
    assert list(iter_mark_runs("b" + text)) == [(2, 2 + 2 * MAX_MARKS)]
    assert not list(iter_mark_runs("a" + "\u0315" * (MAX_MARKS - 1) + " " + "-" * 100))


def test_a_letter_with_any_number_of_marks_is_quoted() -> None:
    word = "w" + "\u0315\u0300" * 100
    found = anchor_quote(QuoteSelector(f"two {word}"), convert_capture(f"One two {word} three.".encode()))
    assert isinstance(found, Anchor)
    assert found.matched_text == f"two {word}"


def test_every_mark_is_known_to_be_one() -> None:
    marks = (chr(code) for code in range(0x110000) if unicodedata.combining(unicodedata.normalize("NFKD", chr(code))[0]))
    assert all(any(iter_mark_runs(mark * MAX_MARKS)) for mark in marks)


def test_no_other_module_normalizes_by_itself() -> None:
    modules = [*(ROOT / "dossier").rglob("*.py"), *(ROOT / "bench").rglob("*.py")]
    pattern = re.compile(r"unicodedata import .*\bnormalize\b|unicodedata\.normalize")
    callers = [file.name for file in modules if pattern.search(file.read_text(encoding="utf-8"))]
    assert callers == ["normalization.py"]
