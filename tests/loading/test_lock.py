"""The lock: what was found is remembered without a word of it, and an article without its capture is judged by it."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.captures.convert import convert_capture
from dossier.checks import check_dossier
from dossier.loading.lock import format_lock, read_lock, update_lock, write_lock
from dossier.model.quotations.anchoring import (
    Anchor,
    QuoteSelector,
    QuoteUnverifiable,
    anchor_quote,
    create_locked_quotation,
    find_locked_anchor,
)
from dossier.model.quotations.capture import (
    LOCK_FILE_NAME,
    LockedArticle,
    LockedQuotation,
    ParagraphKind,
    ParagraphOutline,
    TextSpan,
    hash_content,
)
from support.dossiers import read_example

GAZETTE, DIGEST = "harbour-gazette-2024-05-02", "island-digest"
Replace = Callable[[Path, str, str], None]

COUNTS = st.integers(50, 10**6)
LOW, HIGH = st.integers(0, 20), st.integers(21, 50)
SPANS = st.builds(TextSpan, st.integers(1, 2), LOW, HIGH, LOW, HIGH)
HASHES = st.text(alphabet="0123456789abcdef", min_size=64, max_size=64)
OUTLINES = st.builds(
    ParagraphOutline, st.sampled_from(["heading", "paragraph", "furniture"]), COUNTS, st.booleans(), st.booleans()
)
SLUGS = st.from_regex(r"[a-z]{1,6}(-[a-z0-9]{1,4})?", fullmatch=True)
ARTICLES = st.dictionaries(
    SLUGS,
    st.builds(
        LockedArticle,
        capture=HASHES,
        converted=HASHES,
        converter=st.text(max_size=8),
        title=st.none() | SPANS,
        paragraphs=st.lists(OUTLINES, min_size=2, max_size=3).map(tuple),
        quotations=st.dictionaries(SLUGS, st.builds(LockedQuotation, SPANS, HASHES, HASHES), max_size=3),
    ),
    max_size=3,
)


def reread(text: str) -> dict[str, LockedArticle]:
    return json.loads(text)["articles"]  # type: ignore[no-any-return]


def test_what_is_written_is_read_again(example: Path) -> None:
    lock = update_lock(read_example(example))
    assert read_lock(example / LOCK_FILE_NAME) == (lock, [])
    assert len(lock[GAZETTE].quotations) == 4


@settings(deadline=None, max_examples=50)
@given(ARTICLES)
def test_any_lock_is_valid_json_in_one_order(articles: dict[str, LockedArticle]) -> None:
    text = format_lock(articles)
    assert list(reread(text)) == sorted(articles)
    assert format_lock(dict(reversed(articles.items()))) == text


@settings(deadline=None, max_examples=50)
@given(articles=ARTICLES)
def test_any_lock_round_trips(tmp_path_factory: pytest.TempPathFactory, articles: dict[str, LockedArticle]) -> None:
    file = tmp_path_factory.getbasetemp() / LOCK_FILE_NAME
    write_lock(file, articles)
    assert read_lock(file) == (articles, [])


def test_no_file_is_an_empty_lock(tmp_path: Path) -> None:
    assert read_lock(tmp_path / LOCK_FILE_NAME) == ({}, [])


def test_each_paragraph_and_quotation_has_its_line(example: Path) -> None:
    lines = (example / LOCK_FILE_NAME).read_text(encoding="utf-8").splitlines()
    assert sum('"kind"' in line for line in lines) == 8 + 6
    assert sum('"written"' in line for line in lines) == 4 + 2
    assert not any('"kind"' in line and '"written"' in line for line in lines)


def test_one_new_annotation_changes_two_lines_at_most(example: Path) -> None:
    before = (example / LOCK_FILE_NAME).read_text(encoding="utf-8").splitlines()
    with (example / f"annotations/articles/{DIGEST}.yml").open("a", encoding="utf-8") as file:
        file.write("- {id: town, quote: Islanders leave the car, speaker: text, note: So it says.}\n")
    after = format_lock(update_lock(read_example(example))).splitlines()
    assert len(set(after) - set(before)) <= 2
    assert len(after) == len(before) + 1


def test_the_lock_holds_no_word_of_a_capture(example: Path) -> None:
    lock = (example / LOCK_FILE_NAME).read_text(encoding="utf-8")
    keys = {"version", "articles", "capture", "converted", "converter", "title", "paragraphs", "quotations", "text", "quotes"}
    known = keys | {"kind", "heading", "paragraph", "caption", "furniture", "words", "numbers", "true", "false", "null"}
    known |= {"span", "start", "end", "first", "last", "found", "written"}
    ids = set(
        re.findall(
            r"[a-z]+",
            " ".join([*read_lock(example / LOCK_FILE_NAME)[0], "april-record timetable one-in-five crew-dispute main-way"]),
        )
    )
    without_hashes = re.sub(r'"[0-9a-f]{64}"', "", lock)
    assert set(re.findall(r"[^\W\d_]+", without_hashes)) <= known | ids


def test_the_lock_knows_hashes_shapes_and_places(example: Path) -> None:
    locked = read_lock(example / LOCK_FILE_NAME)[0][GAZETTE]
    content = (example / f"originals/{GAZETTE}.txt").read_bytes()
    assert locked.capture == hash_content(content)
    assert locked.converted == hash_content(convert_capture(content).full_text)
    assert locked.title == TextSpan(1, 0, 48, 0, 9)
    assert locked.paragraphs[2] == ParagraphOutline("paragraph", words=21, numbers=True, quotes=False)
    assert locked.paragraphs[7].kind == "furniture"
    words = "carried 4,120 passengers in April"
    assert locked.quotations["april-record"] == LockedQuotation(
        TextSpan(3, 17, 50, 3, 9), hash_content(words), hash_content(words)
    )


def test_a_write_that_fails_leaves_the_old_lock_and_nothing_else(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {file.name: file.read_bytes() for file in example.iterdir() if file.is_file()}

    def fail(descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(KeyboardInterrupt):
        write_lock(example / LOCK_FILE_NAME, {})
    assert {file.name: file.read_bytes() for file in example.iterdir() if file.is_file()} == before


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o002, 0o664), (0o077, 0o600)])
def test_who_may_read_a_written_lock_is_for_the_umask_to_say(example: Path, umask: int, mode: int) -> None:
    before = os.umask(umask)
    try:
        write_lock(example / LOCK_FILE_NAME, {})
    finally:
        os.umask(before)
    assert stat.S_IMODE((example / LOCK_FILE_NAME).stat().st_mode) == mode
    assert (example / LOCK_FILE_NAME).read_bytes() == b'{\n"version": 1,\n"articles": {}\n}\n'


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b"", 1, "not JSON"),
        (b'{\n"version": 1,\n<<<<<<< ours\n', 3, "git could not merge two versions"),
        (b"\xff", 1, "cannot be read"),
        (b"[" * 100_000, 1, "cannot be read"),
        (b"[]", 1, "version 1"),
        (b'{"articles": {}}', 1, "version 1"),
        (b'{"version": 2, "articles": {}}', 1, "version 1"),
        (b'{"version": 1}', 1, "object"),
        (b'{"version": 1, "articles": []}', 1, "object"),
        (b'{"version": 1, "articles": {"a": {}}}', 1, "a → capture"),
    ],
)
def test_a_broken_lock_is_one_problem_with_its_cure(tmp_path: Path, content: bytes, line: int, message: str) -> None:
    (tmp_path / LOCK_FILE_NAME).write_bytes(content)
    lock, [problem] = read_lock(tmp_path / LOCK_FILE_NAME)
    assert lock == {}
    assert (problem.rule, problem.location.path, problem.location.line) == ("lock-unreadable", LOCK_FILE_NAME, line)
    assert message in problem.message
    assert "dossier lock" in problem.help


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"kind": "heading"', '"kind": "headline"'),
        ('"words": 9', '"words": "nine"'),
        ('"numbers": true', '"numbers": 5'),
        ('"start": 17', '"start": null'),
        ('"paragraph": 3', '"paragraph": 99'),
        ('"converter": "text-2"', '"convertor": "text-2"'),
    ],
)
def test_a_lock_of_another_shape_is_a_problem(example: Path, replace: Replace, old: str, new: str) -> None:
    replace(example / LOCK_FILE_NAME, old, new)
    assert [problem.rule for problem in read_lock(example / LOCK_FILE_NAME)[1]] == ["lock-unreadable"]


def test_a_lock_that_is_a_folder_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / LOCK_FILE_NAME).mkdir()
    assert [problem.rule for problem in read_lock(tmp_path / LOCK_FILE_NAME)[1]] == ["lock-unreadable"]


def test_renewing_without_captures_keeps_the_lock(example: Path) -> None:
    dossier = read_example(example, captures="")
    assert update_lock(dossier) == dossier.locked_articles != {}


def test_renewing_without_a_capture_drops_what_no_annotation_uses(example: Path, replace: Replace) -> None:
    replace(example / f"annotations/articles/{DIGEST}.yml", "id: main-way", "id: other")
    renewed = update_lock(read_example(example, captures=""))
    assert list(renewed[DIGEST].quotations) == ["april-record"]
    assert len(renewed[GAZETTE].quotations) == 4


def test_renewing_drops_articles_that_are_gone(example: Path) -> None:
    (example / f"docs/articles/{DIGEST}.md").unlink()
    assert list(update_lock(read_example(example))) == [GAZETTE]


def test_renewing_one_article_leaves_the_others(example: Path, replace: Replace) -> None:
    before = read_lock(example / LOCK_FILE_NAME)[0]
    replace(example / f"annotations/articles/{GAZETTE}.yml", "One in five passengers", "One in five")
    replace(example / f"annotations/articles/{DIGEST}.yml", "the main way to town", "main way to town")
    renewed = update_lock(read_example(example), [DIGEST])
    assert renewed[GAZETTE] == before[GAZETTE]
    assert renewed[DIGEST].quotations["main-way"].written == hash_content("main way to town")


def test_a_changed_capture_is_taken_only_where_it_is_named(example: Path) -> None:
    before = read_lock(example / LOCK_FILE_NAME)[0]
    with (example / f"originals/{DIGEST}.txt").open("a", encoding="utf-8") as file:
        file.write("One line more.\n")
    assert update_lock(read_example(example)) == before
    assert update_lock(read_example(example), [GAZETTE]) == before
    assert len(update_lock(read_example(example), [DIGEST])[DIGEST].paragraphs) == 7


def test_a_quotation_that_is_absent_is_not_locked(example: Path, replace: Replace) -> None:
    replace(example / f"annotations/articles/{DIGEST}.yml", "the main way to town", "the main way to sea")
    assert list(update_lock(read_example(example))[DIGEST].quotations) == ["april-record"]


def locked(quote: str, text: str, **decided: int | str) -> LockedArticle:
    """The lock's entry of an article with one quotation, `note`."""
    capture = convert_capture(text.encode())
    words = QuoteSelector(quote, **decided)  # type: ignore[arg-type]
    outcome = anchor_quote(words, capture)
    assert isinstance(outcome, Anchor)
    return LockedArticle(capture.sha256, "", "", None, (), {"note": create_locked_quotation(words, outcome)})


def test_what_was_found_is_recalled_at_its_place() -> None:
    article = locked("the record", "So\nit was the record.")
    assert find_locked_anchor(QuoteSelector("the record"), article, "note") == Anchor(TextSpan(2, 7, 17, 2, 4), is_exact=True)
    assert find_locked_anchor(QuoteSelector("the record", paragraph=2), article, "note") == Anchor(
        TextSpan(2, 7, 17, 2, 4), is_exact=True
    )


@pytest.mark.parametrize("kind", ["paragraph", "furniture"])
def test_what_the_lock_places_in_furniture_cannot_be_checked(kind: ParagraphKind) -> None:
    outlines = tuple(ParagraphOutline(kind, 4, numbers=False, quotes=False) for _ in range(2))
    article = replace(locked("the record", "So\nit was the record."), paragraphs=outlines)
    outcome = find_locked_anchor(QuoteSelector("the record"), article, "note")
    assert isinstance(outcome, QuoteUnverifiable if kind == "furniture" else Anchor)


def test_a_folded_find_is_recalled_as_inexact() -> None:
    outcome = find_locked_anchor(QuoteSelector("it's so"), locked("it's so", "Well, it’s so."), "note")
    assert isinstance(outcome, Anchor)
    assert (outcome.is_exact, outcome.matched_text) == (False, None)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (QuoteSelector("the record."), "note"),
        (QuoteSelector("The record"), "note"),
        (QuoteSelector("the recor"), "note"),
        (QuoteSelector("the record"), "other"),
        (QuoteSelector("the record", paragraph=1), "note"),
    ],
)
def test_words_that_the_lock_does_not_know_cannot_be_checked(words: QuoteSelector, name: str) -> None:
    assert find_locked_anchor(words, locked("the record", "So\nit was the record."), name) == QuoteUnverifiable()


@pytest.mark.parametrize(
    "words", [QuoteSelector("the crew", prefix="and"), QuoteSelector("the crew", suffix="then"), QuoteSelector("the crew")]
)
def test_another_prefix_or_suffix_cannot_be_checked(words: QuoteSelector) -> None:
    article = locked("the crew", "First the crew and the crew then.", prefix="First")
    assert find_locked_anchor(words, article, "note") == QuoteUnverifiable()


def test_an_article_without_a_lock_cannot_be_checked() -> None:
    assert find_locked_anchor(QuoteSelector("the record"), None, "note") == QuoteUnverifiable()


def test_without_a_capture_the_lock_answers_as_the_capture_does(example: Path) -> None:
    with_capture, without = read_example(example), read_example(example, captures="")
    assert without.captures == {}
    for note in without.iter_annotations():
        found = with_capture.find_anchor(note)
        assert found
        assert without.find_anchor(note) == replace(found, matched_text=None)


def test_without_a_capture_one_changed_quotation_cannot_be_checked(example: Path, replace: Replace) -> None:
    replace(example / f"annotations/articles/{GAZETTE}.yml", "4,300 people", "4,301 people")
    dossier = read_example(example, captures="")
    assert [outcome for outcome in dossier.anchor_results.values() if not isinstance(outcome, Anchor)] == [QuoteUnverifiable()]
    assert [problem.rule for problem in check_dossier(dossier)] == ["quote-unlocked"]


def test_a_capture_that_is_converted_otherwise_than_when_it_was_locked_is_told_once(example: Path) -> None:
    lock = read_lock(example / LOCK_FILE_NAME)[0]
    write_lock(example / LOCK_FILE_NAME, lock | {GAZETTE: replace(lock[GAZETTE], converted=hash_content("otherwise"))})
    problems = [(problem.location.path, problem.rule) for problem in check_dossier(read_example(example))]
    assert problems == [(f"docs/articles/{GAZETTE}.md", "capture-changed")]
