"""The lock: what was found is remembered without a word of it, and an article without its capture is judged by it."""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import read_example
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.captures.convert import convert
from dossier.checks import check
from dossier.loading.lock import dump, read_lock, renew, write_lock
from dossier.model.quotations.anchoring import CannotCheck, Found, Words, locate, recall, remember
from dossier.model.quotations.capture import LOCK, LockedArticle, LockedQuotation, Outline, Span, fingerprint

GAZETTE, DIGEST = "harbour-gazette-2024-05-02", "island-digest"
Replace = Callable[[Path, str, str], None]

COUNTS = st.integers(50, 10**6)
LOW, HIGH = st.integers(0, 20), st.integers(21, 50)
SPANS = st.builds(Span, st.integers(1, 2), LOW, HIGH, LOW, HIGH)
HASHES = st.text(alphabet="0123456789abcdef", min_size=64, max_size=64)
OUTLINES = st.builds(Outline, st.sampled_from(["heading", "paragraph", "furniture"]), COUNTS, st.booleans(), st.booleans())
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
    lock = renew(read_example(example))
    assert read_lock(example / LOCK) == (lock, [])
    assert len(lock[GAZETTE].quotations) == 4


@settings(deadline=None, max_examples=50)
@given(ARTICLES)
def test_any_lock_is_valid_json_in_one_order(articles: dict[str, LockedArticle]) -> None:
    text = dump(articles)
    assert list(reread(text)) == sorted(articles)
    assert dump(dict(reversed(articles.items()))) == text


@settings(deadline=None, max_examples=50)
@given(articles=ARTICLES)
def test_any_lock_round_trips(tmp_path_factory: pytest.TempPathFactory, articles: dict[str, LockedArticle]) -> None:
    file = tmp_path_factory.getbasetemp() / LOCK
    write_lock(file, articles)
    assert read_lock(file) == (articles, [])


def test_no_file_is_an_empty_lock(tmp_path: Path) -> None:
    assert read_lock(tmp_path / LOCK) == ({}, [])


def test_each_paragraph_and_quotation_has_its_line(example: Path) -> None:
    lines = (example / LOCK).read_text(encoding="utf-8").splitlines()
    assert sum('"kind"' in line for line in lines) == 8 + 6
    assert sum('"written"' in line for line in lines) == 4 + 2
    assert not any('"kind"' in line and '"written"' in line for line in lines)


def test_one_new_annotation_changes_two_lines_at_most(example: Path) -> None:
    before = (example / LOCK).read_text(encoding="utf-8").splitlines()
    with (example / f"annotations/articles/{DIGEST}.yml").open("a", encoding="utf-8") as file:
        file.write("- {id: town, quote: Islanders leave the car, speaker: text, note: So it says.}\n")
    after = dump(renew(read_example(example))).splitlines()
    assert len(set(after) - set(before)) <= 2
    assert len(after) == len(before) + 1


def test_the_lock_holds_no_word_of_a_capture(example: Path) -> None:
    lock = (example / LOCK).read_text(encoding="utf-8")
    keys = {"version", "articles", "capture", "converted", "converter", "title", "paragraphs", "quotations", "text", "quotes"}
    known = keys | {"kind", "heading", "paragraph", "caption", "furniture", "words", "numbers", "true", "false", "null"}
    known |= {"span", "start", "end", "first", "last", "found", "written"}
    ids = set(
        re.findall(
            r"[a-z]+", " ".join([*read_lock(example / LOCK)[0], "april-record timetable one-in-five crew-dispute main-way"])
        )
    )
    without_hashes = re.sub(r'"[0-9a-f]{64}"', "", lock)
    assert set(re.findall(r"[^\W\d_]+", without_hashes)) <= known | ids


def test_the_lock_knows_hashes_shapes_and_places(example: Path) -> None:
    locked = read_lock(example / LOCK)[0][GAZETTE]
    content = (example / f"originals/{GAZETTE}.txt").read_bytes()
    assert locked.capture == fingerprint(content)
    assert locked.converted == fingerprint(convert(content).text)
    assert locked.title == Span(1, 0, 48, 0, 9)
    assert locked.paragraphs[2] == Outline("paragraph", words=21, numbers=True, quotes=False)
    assert locked.paragraphs[7].kind == "furniture"
    words = "carried 4,120 passengers in April"
    assert locked.quotations["april-record"] == LockedQuotation(Span(3, 17, 50, 3, 9), fingerprint(words), fingerprint(words))


def test_a_write_that_fails_leaves_the_old_lock_and_nothing_else(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {file.name: file.read_bytes() for file in example.iterdir() if file.is_file()}

    def fail(descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(KeyboardInterrupt):
        write_lock(example / LOCK, {})
    assert {file.name: file.read_bytes() for file in example.iterdir() if file.is_file()} == before


def test_a_written_lock_can_be_read_by_everybody(example: Path) -> None:
    write_lock(example / LOCK, {})
    assert stat.S_IMODE((example / LOCK).stat().st_mode) == 0o644
    assert (example / LOCK).read_bytes() == b'{\n"version": 1,\n"articles": {}\n}\n'


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b"", 1, "not JSON"),
        (b'{\n"version": 1,\n<<<<<<< ours\n', 3, "not JSON"),
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
    (tmp_path / LOCK).write_bytes(content)
    lock, [problem] = read_lock(tmp_path / LOCK)
    assert lock == {}
    assert (problem.rule, problem.place.path, problem.place.line) == ("lock-unreadable", LOCK, line)
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
        ('"converter": "text-1"', '"convertor": "text-1"'),
    ],
)
def test_a_lock_of_another_shape_is_a_problem(example: Path, replace: Replace, old: str, new: str) -> None:
    replace(example / LOCK, old, new)
    assert [problem.rule for problem in read_lock(example / LOCK)[1]] == ["lock-unreadable"]


def test_a_lock_that_is_a_folder_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / LOCK).mkdir()
    assert [problem.rule for problem in read_lock(tmp_path / LOCK)[1]] == ["lock-unreadable"]


def test_renewing_without_captures_keeps_the_lock(example: Path) -> None:
    dossier = read_example(example, captures="")
    assert renew(dossier) == dossier.lock != {}


def test_renewing_without_a_capture_drops_what_no_annotation_uses(example: Path, replace: Replace) -> None:
    replace(example / f"annotations/articles/{DIGEST}.yml", "id: main-way", "id: other")
    renewed = renew(read_example(example, captures=""))
    assert list(renewed[DIGEST].quotations) == ["april-record"]
    assert len(renewed[GAZETTE].quotations) == 4


def test_renewing_drops_articles_that_are_gone(example: Path) -> None:
    (example / f"docs/articles/{DIGEST}.md").unlink()
    assert list(renew(read_example(example))) == [GAZETTE]


def test_renewing_one_article_leaves_the_others(example: Path, replace: Replace) -> None:
    before = read_lock(example / LOCK)[0]
    replace(example / f"annotations/articles/{GAZETTE}.yml", "One in five passengers", "One in five")
    replace(example / f"annotations/articles/{DIGEST}.yml", "the main way to town", "main way to town")
    renewed = renew(read_example(example), [DIGEST])
    assert renewed[GAZETTE] == before[GAZETTE]
    assert renewed[DIGEST].quotations["main-way"].written == fingerprint("main way to town")


def test_a_changed_capture_is_taken_only_where_it_is_named(example: Path) -> None:
    before = read_lock(example / LOCK)[0]
    with (example / f"originals/{DIGEST}.txt").open("a", encoding="utf-8") as file:
        file.write("One line more.\n")
    assert renew(read_example(example)) == before
    assert renew(read_example(example), [GAZETTE]) == before
    assert len(renew(read_example(example), [DIGEST])[DIGEST].paragraphs) == 7


def test_a_quotation_that_is_absent_is_not_locked(example: Path, replace: Replace) -> None:
    replace(example / f"annotations/articles/{DIGEST}.yml", "the main way to town", "the main way to sea")
    assert list(renew(read_example(example))[DIGEST].quotations) == ["april-record"]


def locked(quote: str, text: str, **decided: int | str) -> LockedArticle:
    """The lock's entry of an article with one quotation, `note`."""
    capture = convert(text.encode())
    words = Words(quote, **decided)  # type: ignore[arg-type]
    outcome = locate(words, capture)
    assert isinstance(outcome, Found)
    return LockedArticle(capture.sha256, "", "", None, (), {"note": remember(words, outcome)})


def test_what_was_found_is_recalled_at_its_place() -> None:
    article = locked("the record", "So\nit was the record.")
    assert recall(Words("the record"), article, "note") == Found(Span(2, 7, 17, 2, 4), exact=True)
    assert recall(Words("the record", paragraph=2), article, "note") == Found(Span(2, 7, 17, 2, 4), exact=True)


def test_a_folded_find_is_recalled_as_inexact() -> None:
    outcome = recall(Words("it's so"), locked("it's so", "Well, it’s so."), "note")
    assert isinstance(outcome, Found)
    assert (outcome.exact, outcome.text) == (False, None)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (Words("the record."), "note"),
        (Words("The record"), "note"),
        (Words("the recor"), "note"),
        (Words("the record"), "other"),
        (Words("the record", paragraph=1), "note"),
    ],
)
def test_words_that_the_lock_does_not_know_cannot_be_checked(words: Words, name: str) -> None:
    assert recall(words, locked("the record", "So\nit was the record."), name) == CannotCheck()


@pytest.mark.parametrize("words", [Words("the crew", prefix="and"), Words("the crew", suffix="then"), Words("the crew")])
def test_another_prefix_or_suffix_cannot_be_checked(words: Words) -> None:
    article = locked("the crew", "First the crew and the crew then.", prefix="First")
    assert recall(words, article, "note") == CannotCheck()


def test_an_article_without_a_lock_cannot_be_checked() -> None:
    assert recall(Words("the record"), None, "note") == CannotCheck()


def test_without_a_capture_the_lock_answers_as_the_capture_does(example: Path) -> None:
    with_capture, without = read_example(example), read_example(example, captures="")
    assert without.captures == {}
    for note in without.all_annotations():
        found = with_capture.found(note)
        assert found
        assert without.found(note) == replace(found, text=None)


def test_without_a_capture_one_changed_quotation_cannot_be_checked(example: Path, replace: Replace) -> None:
    replace(example / f"annotations/articles/{GAZETTE}.yml", "4,300 people", "4,301 people")
    dossier = read_example(example, captures="")
    assert [outcome for outcome in dossier.outcomes.values() if not isinstance(outcome, Found)] == [CannotCheck()]
    assert [problem.rule for problem in check(dossier)] == ["quote-unlocked"]
