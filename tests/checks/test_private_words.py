"""No message gives a private article or the copy of a source away: not to one wrong quotation, not to many; in public nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.checks import check_dossier
from dossier.checks.evidence import check_evidence_absent
from dossier.checks.quotations import check_quote_absent, check_quote_typography
from dossier.checks.rule import Violation
from dossier.model import Dossier, Problem
from dossier.model.quotations.capture import MAX_CAPTURE_RUN_WORDS, Capture, Lock, Paragraph
from dossier.model.records.article import Layer
from dossier.reports.problems import REPORT_FORMATTERS
from support.command_line import run
from support.dossiers import EXAMPLE, read_example, run_mkdocs
from support.reading_pages import GAZETTE, NOTES

PARAGRAPH_WORDS = (30, 7, 60, 1, 45, 57)
WORD_COUNT = sum(PARAGRAPH_WORDS)
BUDGET = WORD_COUNT * 30 // 100
WORD = re.compile(r"\bw(\d+)\b")


@cache
def read_unlocked_example() -> Dossier:
    return read_example(EXAMPLE)


def make_capture(prefix: str = "w") -> Capture:
    """A capture of words that are all different, each with its number in the whole text."""
    ends = [sum(PARAGRAPH_WORDS[: index + 1]) for index in range(len(PARAGRAPH_WORDS))]
    texts = (
        " ".join(f"{prefix}{number}" for number in range(end - size, end))
        for size, end in zip(PARAGRAPH_WORDS, ends, strict=True)
    )
    return Capture("0", "test", tuple(Paragraph(number, "paragraph", text) for number, text in enumerate(texts, 1)))


def make_dossier(quotes: Iterable[str], is_output_public: bool = False, capture: Capture | None = None) -> Dossier:
    """A dossier of one article with that capture, in which these quotations are sent."""
    example = read_unlocked_example()
    note = example.annotations[GAZETTE][0]
    notes = tuple(note.model_copy(update={"id": f"n{number}", "quote": quote}) for number, quote in enumerate(quotes))
    return replace(
        example,
        articles={GAZETTE: example.articles[GAZETTE].model_copy(update={"title": None})},
        annotations={GAZETTE: notes},
        captures={GAZETTE: capture or make_capture()},
        lock=Lock(),
        known_anchor_results={},
        is_output_public=is_output_public,
    )


def make_dossier_with_copy(quotes: Iterable[str], is_output_public: bool = False, copy: Capture | None = None) -> Dossier:
    """A dossier with the copy of one source, of which a claim quotes these words."""
    example = read_unlocked_example()
    claim = example.claims["april-record"]
    evidence = claim.sources[0].model_copy(update={"words": tuple(quotes)})
    return replace(
        example,
        claims={claim.id: claim.model_copy(update={"sources": (evidence,)})},
        source_copies={evidence.id: copy or make_capture()},
        lock=Lock(),
        is_output_public=is_output_public,
    )


MAKERS: tuple[Callable[..., Dossier], ...] = (make_dossier, make_dossier_with_copy)


def check_absent_words(dossier: Dossier) -> list[Violation]:
    return [*check_quote_absent(dossier), *check_evidence_absent(dossier)]


def list_shown_words(problem: Problem | Violation) -> list[int]:
    """Numbers of the capture's words in what a problem says beside the quotation that was sent."""
    edits = "\n".join(edit.new_text for edit in problem.line_edits)
    return [int(number) for number in WORD.findall(f"{problem.help}\n{edits}")]


def measure_longest_run(numbers: Iterable[int]) -> int:
    runs = groupby(enumerate(sorted(set(numbers))), key=lambda pair: pair[1] - pair[0])
    return max((len(list(run)) for _, run in runs), default=0)


@st.composite
def sent_quotations(draw: st.DrawFn) -> list[str]:
    """Quotations as somebody sends them who knows a part of the words, and would like to know the others."""
    quotes = []
    for _ in range(draw(st.integers(1, 25))):
        first, count = draw(st.integers(0, WORD_COUNT - 3)), draw(st.integers(2, 60))
        step = draw(st.integers(2, 6))
        words = (f"w{number}" if (number - first) % step else f"no{number}" for number in range(first, first + count))
        quotes.append(" ".join(words) if draw(st.booleans()) else " ".join(f"w{n}" for n in range(first, first + count)))
    return quotes


def tile(count: int) -> list[str]:
    """Quotations that cover the whole capture, with every third word wrong."""
    starts = range(0, WORD_COUNT, count)
    return [" ".join(f"w{n}" if n % 3 else "no" for n in range(start, start + count)) for start in starts]


@pytest.mark.parametrize("make", MAKERS)
@settings(deadline=None)
@given(sent_quotations())
def test_messages_show_no_more_than_may_be_quoted(make: Callable[..., Dossier], quotes: list[str]) -> None:
    problems = check_dossier(make(quotes))
    sent = {int(number) for quote in quotes for number in WORD.findall(quote)}
    shown = {number for problem in problems for number in list_shown_words(problem)}
    told = {int(number) for problem in problems for number in WORD.findall(problem.message)}
    assert len((shown | told) - sent) <= BUDGET
    assert len(shown) <= BUDGET
    assert measure_longest_run(shown) <= MAX_CAPTURE_RUN_WORDS


@pytest.mark.parametrize("make", MAKERS)
@settings(deadline=None)
@given(sent_quotations())
def test_where_anybody_reads_it_nothing_is_shown(make: Callable[..., Dossier], quotes: list[str]) -> None:
    problems = check_dossier(make(quotes, is_output_public=True))
    assert [number for problem in problems for number in list_shown_words(problem)] == []
    sent = {int(number) for quote in quotes for number in WORD.findall(quote)}
    assert {int(number) for problem in problems for number in WORD.findall(problem.message)} <= sent


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("count", [5, 10, 20, 25, 26, 60])
def test_quotations_that_tile_a_text_do_not_reveal_it(make: Callable[..., Dossier], count: int) -> None:
    problems = check_absent_words(make(tile(count)))
    shown = {number for problem in problems for number in list_shown_words(problem)}
    assert problems
    assert len(shown) <= BUDGET
    assert bool(shown) is (count <= MAX_CAPTURE_RUN_WORDS)
    assert measure_longest_run(shown) <= MAX_CAPTURE_RUN_WORDS


def test_the_words_of_a_layer_keep_to_its_own_budget() -> None:
    dossier = make_dossier([f"w{number} w{number + 1} no w{number + 3}" for number in (40, 44, 50, 60, 70, 80, 100)])
    layer = Layer(id="letter", paragraphs="3", writer="harbour-gazette", published=None, url=None)
    article = dossier.articles[GAZETTE].model_copy(update={"layers": (layer,)})
    problems = check_absent_words(replace(dossier, articles={GAZETTE: article}))
    shown = {number for problem in problems for number in list_shown_words(problem)}
    assert PARAGRAPH_WORDS[2] * 30 // 100 == 18
    assert sorted(shown) == [*range(40, 48), *range(50, 54), *range(60, 64), *range(100, 104)]


@pytest.mark.parametrize("make", MAKERS)
def test_words_that_are_quoted_already_count(make: Callable[..., Dossier]) -> None:
    quoted = [" ".join(f"w{number}" for number in range(start, start + 20)) for start in (40, 60, 100, 145)]
    assert sum(len(quote.split()) for quote in quoted) == 80 > BUDGET
    problems = check_absent_words(make([*quoted, "w150 no w152"]))
    assert [list_shown_words(problem) for problem in problems] == [[]]


@pytest.mark.parametrize("make", MAKERS)
def test_words_beside_a_quotation_do_not_lengthen_it_past_the_limit(make: Callable[..., Dossier]) -> None:
    quoted = " ".join(f"w{number}" for number in range(40, 60))
    [joined, apart] = check_absent_words(make([quoted, "w60 w61 w62 no w64 w65", "w70 w71 no w73"]))
    assert list_shown_words(joined) == []
    assert "look at paragraph 3 of the " in joined.help
    assert set(list_shown_words(apart)) == {70, 71, 72, 73}


@pytest.mark.parametrize("quote", ["w1 w2 no w4", "w1 w", "w1 w2 w30", "no such words", "w1", "W1 w2"])
@pytest.mark.parametrize("make", MAKERS)
def test_where_anybody_reads_it_absent_words_get_the_same_answer_whatever_the_text_has(
    make: Callable[..., Dossier], quote: str
) -> None:
    other = make_capture("x")
    answers = [
        [(problem.message, problem.help, problem.line_edits) for problem in check_absent_words(make([quote], True, capture))]
        for capture in (make_capture(), other)
    ]
    if quote == "w1":  # it is in one of the two; that verdict is what a check is for
        assert not answers[0]
    else:
        assert answers[0] == answers[1]


@pytest.mark.parametrize("is_public", [False, True])
def test_where_anybody_reads_it_not_even_the_article_s_spelling_is_shown(is_public: bool) -> None:
    capture = Capture("0", "test", (Paragraph(1, "paragraph", "They “cross” at\u00a0seven — or later."),))
    problems = [*check_quote_typography(make_dossier(['"cross" at seven - or'], is_public, capture))]
    assert len(problems) == 1
    assert ("—" in f"{problems[0].help}{problems[0].line_edits}") is not is_public


def test_an_article_that_is_printed_whole_is_shown_in_public_too() -> None:
    dossier = make_dossier(["w1 w2 no w4"], is_output_public=True)
    public = dossier.articles[GAZETTE].model_copy(update={"print": "full"})
    [problem] = check_quote_absent(replace(dossier, articles={GAZETTE: public}))
    assert set(list_shown_words(problem)) == {1, 2, 3, 4}


FORMATS = tuple(REPORT_FORMATTERS)
SLIP = ('"4,300 people crossed"', '"4,800 people crossed"')


def spoil(root: Path) -> None:
    """Send a wrong number in a quotation; the article has 4,300."""
    notes = root / NOTES
    notes.write_text(notes.read_text(encoding="utf-8").replace(*SLIP), encoding="utf-8")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(("ci", "is_shown"), [("true", False), ("1", False), ("false", False), ("", True), (None, True)])
def test_every_format_follows(example: Path, monkeypatch: pytest.MonkeyPatch, form: str, ci: str | None, is_shown: bool) -> None:
    if ci is not None:
        monkeypatch.setenv("CI", ci)
    spoil(example)
    result = run(example, "check", "--format", form)
    assert result.exit_code == 1
    assert "4,800 people crossed" in result.output
    assert ("4,300" in result.output) is is_shown
    assert ("an editor who holds the capture runs" in result.output) is not is_shown


@pytest.mark.parametrize(
    ("command", "private"),
    [
        (["lock"], "4,300"),
        (["lock", "--check"], "4,300"),
        (["quote", GAZETTE, "4,800 people crossed"], "4,300"),
        (["quote", GAZETTE, "crew"], "of its own, and the [crew]"),
        (["new", "annotation", GAZETTE, "4,800 people crossed"], "4,300"),
        (["new", "annotation", GAZETTE, "crew"], "of its own, and the [crew]"),
    ],
)
def test_the_commands_on_captures_follow(
    example: Path, monkeypatch: pytest.MonkeyPatch, command: Sequence[str], private: str
) -> None:
    spoil(example)
    for ci, is_shown in (("", True), ("true", False)):
        monkeypatch.setenv("CI", ci)
        result = run(example, *command)
        assert result.exit_code == 1
        assert (private in result.output) is is_shown


def test_a_common_word_does_not_print_the_article_by_its_surroundings(example: Path) -> None:
    text = (example / f"originals/{GAZETTE}.txt").read_text(encoding="utf-8")
    said = run(example, "quote", GAZETTE, "the").output
    shown = sum(len(line.partition(": …")[2].split()) for line in said.splitlines())
    assert said.count("  paragraph ") > 5
    assert 0 < shown <= len(text.split()) * 30 // 100
    assert "Look at the capture for words not shown" in said


@pytest.mark.site
@pytest.mark.parametrize(("ci", "is_shown"), [("true", False), ("", True)])
def test_the_log_of_a_build_follows(example: Path, ci: str, is_shown: bool) -> None:
    spoil(example)
    with pytest.raises(AssertionError) as raised:
        run_mkdocs(example, "build", "--strict", CI=ci)
    assert "4,800 people crossed" in str(raised.value)
    assert ("4,300" in str(raised.value)) is is_shown


def test_json_has_no_edit_with_hidden_words(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    spoil(example)
    [problem] = json.loads(run(example, "check", "--only", "quote-absent", "--format", "json").stdout)
    assert problem["instead"] == []
