"""Texts made to keep a program busy: no regular expression and no reader of values takes long over any of them."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from itertools import product
from pkgutil import walk_packages
from types import FrameType

import pytest

import dossier
from dossier.captures.convert import format_capture_markdown
from dossier.checks.sentences import find_long_sentences
from dossier.loading.yaml_loader import decode_yaml, load_yaml
from dossier.model.dates.edtf import parse_edtf
from dossier.model.field_types import is_web_url
from dossier.model.markdown import escape_markdown, is_plain_line
from dossier.model.numbers.expression import MAX_EXPRESSION_CHARACTERS, parse_expression
from dossier.model.numbers.number_search import find_printed_numbers
from dossier.model.numbers.printed import MAX_PRINTED_NUMBER_CHARACTERS, parse_printed_number
from dossier.model.placeholders import is_placeholder
from dossier.model.problems.problem import Location, UnreadableError
from dossier.model.quotations.capture import Capture, Paragraph, find_word_spans, fold_words
from dossier.model.quotations.copied_words import find_copied_runs
from dossier.model.quotations.digest import Digest, DigestPassage
from dossier.model.quotations.typography import fold_typography, strip_curly_marks
from dossier.model.site.addresses import DIRECTIVE_PATTERN
from dossier.pages.compare.word_diff import diff_words
from dossier.pages.markdown import insert_nonbreaking_spaces

PATTERN_CHARACTERS, PATTERN_SECONDS = 2_000, 1.0
"""At this length a quadratic search takes milliseconds, and a cubic or exponential one seconds or for ever."""
TEXT_CHARACTERS, TEXT_SECONDS = 20_000, 2.0
"""A quadratic reader takes more than that; one as it should be, a tenth of a second."""

BEGINNINGS = (
    "",
    "<!-- dossier:",
    "a: ",
    "a: x",
    "- ",
    "<script>",
    "<meta ",
    "<html ",
    "TODO",
    "chart ",
    "http://",
    "1,",
    "one in ",
)
BEGINNINGS += (
    "=======\n",
    "<<<<<<< a\n",
    "---\n",
    "[",
    "(",
    '"',
    "„",
    "‘",
    "{{",
    "&#",
    "2021-",
    "1 January ",
    "pages 1",
    "half",
    "](",
)
FILLINGS = (
    *" \n\ta1-.,#=<“„«»‘’\"'`[_*{&|",
    "a ",
    "a-",
    "a.",
    ". ",
    "1,",
    "1 ",
    "1-",
    " #",
    "- ",
    "--",
    "](",
    "of ",
    "and ",
    "hundred ",
)
FILLINGS += ("one in ", "twice ", "https://", "a: ", "\n ", "=======\n", "<<<<<<<", "---\n", "<a ", "<i>", "“a ", "1 January ")
ENDS = ("", "\x00", "x\n!")
WORDY_CAPTURE = Capture("0", "test", (Paragraph(1, "paragraph", "a " * 3_000),))
READERS: dict[str, Callable[[str], object]] = {
    "number": parse_printed_number,
    "short number": lambda text: parse_printed_number(text[:MAX_PRINTED_NUMBER_CHARACTERS]),
    "numbers in a text": lambda text: list(find_printed_numbers(text)),
    "expression": parse_expression,
    "short expression": lambda text: parse_expression(text[:MAX_EXPRESSION_CHARACTERS]),
    "date": parse_edtf,
    "web address": is_web_url,
    "placeholder": is_placeholder,
    "plain line": lambda text: (is_plain_line(text), escape_markdown(text)),
    "words": lambda text: (find_word_spans(text), fold_words(text)),
    "typography": lambda text: (fold_typography(text), strip_curly_marks(text), insert_nonbreaking_spaces(text)),
    "digest": lambda text: (find_quotations(text).find_quotations(), find_quotations(text).has_open_quotation()),
    "sentences": lambda text: list(find_long_sentences(text)),
    "words of a digest": lambda text: find_copied_runs(Digest("x.md", text, 1), WORDY_CAPTURE),
    "directive": lambda text: list(DIRECTIVE_PATTERN.finditer(text)),
    "heading of a capture": lambda text: format_capture_markdown([Paragraph(1, "heading", text)]),
    "wordings": lambda text: diff_words(text[:500], text[1:501]),
    "YAML": lambda text: load_yaml(read, "x.yml") if isinstance(read := decode_yaml(text.encode(), "x.yml"), str) else read,
}


class TooSlowError(Exception):
    """A text has taken more than its time."""


def find_quotations(text: str) -> DigestPassage:
    return DigestPassage(text, None, Location("x.md"))


@contextmanager
def limit_seconds(seconds: float) -> Iterator[None]:
    """Raise `TooSlowError` after some seconds of work of this process, even within a search."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def list_patterns() -> dict[str, re.Pattern[str]]:
    """Every regular expression that a module of the program holds under a name, alone or in a tuple."""
    found: dict[str, re.Pattern[str]] = {}
    for module in walk_packages(dossier.__path__, "dossier."):
        if module.name != "dossier.__main__":
            for name, value in vars(import_module(module.name)).items():
                parts = (
                    [part for row in value for part in (row if isinstance(row, tuple) else (row,))]
                    if isinstance(value, tuple)
                    else [value]
                )
                patterns = [part for part in parts if isinstance(part, re.Pattern) and isinstance(part.pattern, str)]
                found |= {f"{module.name}.{name}.{number}": pattern for number, pattern in enumerate(patterns)}
    return found


@pytest.mark.slow
def test_no_regular_expression_of_the_program_goes_mad() -> None:
    patterns = {pattern: name for name, pattern in list_patterns().items()}
    assert len(patterns) > 50
    texts = [
        beginning + filling * (PATTERN_CHARACTERS // len(filling)) + end
        for beginning, filling, end in product(BEGINNINGS, FILLINGS, ENDS)
    ]
    assert [
        f"{name} takes more than {PATTERN_SECONDS} s over {text[:40]!r} … {text[-3:]!r}"
        for name, text in find_slow(patterns, texts)
    ] == []


def find_slow(
    patterns: dict[re.Pattern[str], str], texts: list[str], seconds: float = PATTERN_SECONDS
) -> Iterator[tuple[str, str]]:
    """Names of patterns, each with a text that takes it too long. A clock for each text takes longer than the searches."""
    for pattern, name in patterns.items():
        if not is_quick(pattern, texts, seconds):
            yield from ((name, text) for text in texts if not is_quick(pattern, [text], seconds))


def is_quick(pattern: re.Pattern[str], texts: list[str], seconds: float) -> bool:
    """Whether a pattern searches texts, all of them, within its time."""
    try:
        with limit_seconds(seconds):
            for text in texts:
                pattern.match(text)
                pattern.fullmatch(text)
    except TooSlowError:
        return False
    return True


@pytest.mark.parametrize(("pattern", "slow"), [("(a+)+$", True), ("a+$", False)])
def test_a_regular_expression_that_goes_mad_is_found(pattern: str, slow: bool) -> None:
    text = "a" * 40 + "!"
    assert list(find_slow({re.compile(pattern): "x"}, ["a", text], 0.05)) == [("x", text)] * slow


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
def test_no_text_keeps_a_reader_of_values_busy(reader: str) -> None:
    for beginning, filling, end in product(("", "a: x"), FILLINGS, ("", "x\n!")):
        text = beginning + filling * (TEXT_CHARACTERS // len(filling)) + end
        begun = time.process_time()
        try:
            with limit_seconds(TEXT_SECONDS), suppress(UnreadableError):
                READERS[reader](text)
        except TooSlowError:
            pytest.fail(f"more than {TEXT_SECONDS} s over {beginning + filling!r} … {end!r}")
        assert time.process_time() - begun < TEXT_SECONDS + 1


@pytest.mark.parametrize(
    "text", ["<!-- dossier:" + " " * 50_000 + "x", "<!-- dossier: " + "a " * 25_000, "<!-- dossier: a" + "\n" * 50_000 + "x"]
)
def test_a_directive_that_does_not_close_takes_no_time(text: str) -> None:
    with limit_seconds(1):
        assert DIRECTIVE_PATTERN.search(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("<!-- dossier: articles -->", "articles"),
        ("  <!--dossier:chart  fares-->\t", "chart  fares"),
        ("<!--\ndossier:\n a b \n-->", "a b"),
        ("<!-- dossier: -->", ""),
        ("<!-- dossier: a--b -->", "a--b"),
    ],
)
def test_a_directive_is_read_as_it_is_written(text: str, name: str) -> None:
    found = DIRECTIVE_PATTERN.search(f"Words.\n\n{text}\n\nWords.")
    assert found
    assert found[1] == name
