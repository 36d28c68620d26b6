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
from dossier.checks.waiting import select_waiting_problems
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
    Lock,
    LockedArticle,
    LockedClaim,
    LockedQuotation,
    ParagraphKind,
    ParagraphOutline,
    TextSpan,
    hash_content,
)
from support.dossiers import read_example

GAZETTE, DIGEST, SOURCE = "harbour-gazette-2024-05-02", "island-digest", "harbour-office-count"
Replace = Callable[[Path, str, str], None]

COUNTS = st.integers(50, 10**6)
LOW, HIGH = st.integers(0, 20), st.integers(21, 50)
SPANS = st.builds(TextSpan, st.integers(1, 2), LOW, HIGH, LOW, HIGH)
HASHES = st.text(alphabet="0123456789abcdef", min_size=64, max_size=64)
OUTLINES = st.builds(
    ParagraphOutline, st.sampled_from(["heading", "paragraph", "furniture"]), COUNTS, st.booleans(), st.booleans()
)
SLUGS = st.from_regex(r"[a-z]{1,6}(-[a-z0-9]{1,4})?", fullmatch=True)
ARTICLE_ENTRIES = st.dictionaries(
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
LOCKS = st.builds(
    Lock,
    ARTICLE_ENTRIES,
    st.dictionaries(SLUGS, st.dictionaries(HASHES, st.booleans(), min_size=1, max_size=3), max_size=3),
    st.dictionaries(SLUGS, st.builds(LockedClaim, SLUGS, st.lists(st.tuples(SLUGS, SLUGS), max_size=3).map(tuple)), max_size=3),
)


def test_what_is_written_is_read_again(example: Path) -> None:
    lock = update_lock(read_example(example))
    assert read_lock(example / LOCK_FILE_NAME) == (lock, [])
    assert len(lock.articles[GAZETTE].quotations) == 4


@settings(deadline=None, max_examples=50)
@given(LOCKS)
def test_any_lock_is_valid_json_in_one_order(lock: Lock) -> None:
    text, parts = format_lock(lock), (lock.articles, lock.sources, lock.claims)
    assert [list(json.loads(text)[key]) for key in ("articles", "sources", "claims")] == [sorted(part) for part in parts]
    assert format_lock(Lock(*(dict(reversed(part.items())) for part in parts))) == text


@settings(deadline=None, max_examples=50)
@given(lock=LOCKS)
def test_any_lock_round_trips(tmp_path_factory: pytest.TempPathFactory, lock: Lock) -> None:
    file = tmp_path_factory.getbasetemp() / LOCK_FILE_NAME
    write_lock(file, lock)
    assert read_lock(file) == (lock, [])


def test_no_file_is_an_empty_lock(tmp_path: Path) -> None:
    assert read_lock(tmp_path / LOCK_FILE_NAME) == (Lock(), [])


def test_each_paragraph_and_quotation_has_its_line(example: Path) -> None:
    lines = (example / LOCK_FILE_NAME).read_text(encoding="utf-8").splitlines()
    assert sum('"numbers"' in line for line in lines) == 8 + 6
    assert sum('"written"' in line for line in lines) == 4 + 2
    assert not any('"numbers"' in line and '"written"' in line for line in lines)


def test_one_new_annotation_changes_two_lines_at_most(example: Path) -> None:
    before = (example / LOCK_FILE_NAME).read_text(encoding="utf-8").splitlines()
    with (example / f"annotations/articles/{DIGEST}.yml").open("a", encoding="utf-8") as file:
        file.write("- {id: town, quote: Islanders leave the car, speaker: text, note: So it says.}\n")
    after = format_lock(update_lock(read_example(example))).splitlines()
    assert len(set(after) - set(before)) <= 2
    assert len(after) == len(before) + 1


def test_the_lock_holds_no_word_of_a_capture(example: Path) -> None:
    lock = (example / LOCK_FILE_NAME).read_text(encoding="utf-8")
    keys = {
        "version",
        "articles",
        "sources",
        "claims",
        "bearings",
        "supports",
        "figure",
        "capture",
        "converted",
        "converter",
        "title",
        "paragraphs",
        "quotations",
        "text",
        "quotes",
    }
    known = keys | {"kind", "heading", "paragraph", "caption", "furniture", "words", "numbers", "true", "false", "null"}
    known |= {"span", "start", "end", "first", "last", "found", "written"}
    ids = set(
        re.findall(
            r"[a-z]+",
            " ".join(
                [
                    *read_lock(example / LOCK_FILE_NAME)[0].articles,
                    SOURCE,
                    "april-record timetable one-in-five crew-dispute main-way",
                ]
            ),
        )
    )
    without_hashes = re.sub(r'"[0-9a-f]{64}"', "", lock)
    assert set(re.findall(r"[^\W\d_]+", without_hashes)) <= known | ids


def test_the_lock_knows_hashes_shapes_and_places(example: Path) -> None:
    locked = read_lock(example / LOCK_FILE_NAME)[0].articles[GAZETTE]
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
        write_lock(example / LOCK_FILE_NAME, Lock())
    assert {file.name: file.read_bytes() for file in example.iterdir() if file.is_file()} == before


@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o002, 0o664), (0o077, 0o600)])
def test_who_may_read_a_written_lock_is_for_the_umask_to_say(example: Path, umask: int, mode: int) -> None:
    before = os.umask(umask)
    try:
        write_lock(example / LOCK_FILE_NAME, Lock())
    finally:
        os.umask(before)
    assert stat.S_IMODE((example / LOCK_FILE_NAME).stat().st_mode) == mode
    assert (example / LOCK_FILE_NAME).read_bytes() == b'{\n"version": 2,\n"articles": {},\n"sources": {},\n"claims": {}\n}\n'


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b"", 1, "not JSON"),
        (b'{\n"version": 1,\n<<<<<<< ours\n', 3, "git could not merge two versions"),
        (b"\xff", 1, "cannot be read"),
        (b"[" * 100_000, 1, "cannot be read"),
        (b"[]", 1, "version 2"),
        (b'{"articles": {}}', 1, "version 2"),
        (b'{"version": 3, "articles": {}}', 1, "version 2"),
        (b'{"version": true, "articles": {}}', 1, "version 2"),
        (b'{"version": 2, "words": {}}', 1, "words"),
        (b'{"version": 2, "articles": []}', 1, "articles"),
        (b'{"version": 2, "sources": {"a": {"b": "c"}}}', 1, "sources → a → b"),
        (b'{"version": 2, "claims": {"a": {"kind": "fact"}}}', 1, "claims → a → bearings"),
        (b'{"version": 1, "articles": {"a": {}}}', 1, "a → capture"),
    ],
)
def test_a_broken_lock_is_one_problem_with_its_cure(tmp_path: Path, content: bytes, line: int, message: str) -> None:
    (tmp_path / LOCK_FILE_NAME).write_bytes(content)
    lock, [problem] = read_lock(tmp_path / LOCK_FILE_NAME)
    assert lock == Lock()
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
    assert update_lock(dossier) == dossier.lock != Lock()


def test_renewing_without_a_capture_drops_what_no_annotation_uses(example: Path, replace: Replace) -> None:
    replace(example / f"annotations/articles/{DIGEST}.yml", "id: main-way", "id: other")
    renewed = update_lock(read_example(example, captures=""))
    assert list(renewed.articles[DIGEST].quotations) == ["april-record"]
    assert len(renewed.articles[GAZETTE].quotations) == 4


def test_renewing_drops_articles_that_are_gone(example: Path) -> None:
    (example / f"docs/articles/{DIGEST}.md").unlink()
    assert list(update_lock(read_example(example)).articles) == [GAZETTE]


def test_renewing_one_article_leaves_the_others(example: Path, replace: Replace) -> None:
    before = read_lock(example / LOCK_FILE_NAME)[0]
    replace(example / f"annotations/articles/{GAZETTE}.yml", "One in five passengers", "One in five")
    replace(example / f"annotations/articles/{DIGEST}.yml", "the main way to town", "main way to town")
    renewed = update_lock(read_example(example), [DIGEST])
    assert renewed.articles[GAZETTE] == before.articles[GAZETTE]
    assert renewed.articles[DIGEST].quotations["main-way"].written == hash_content("main way to town")


def test_a_changed_capture_is_taken_only_where_it_is_named(example: Path) -> None:
    before = read_lock(example / LOCK_FILE_NAME)[0]
    with (example / f"originals/{DIGEST}.txt").open("a", encoding="utf-8") as file:
        file.write("One line more.\n")
    assert update_lock(read_example(example)) == before
    assert update_lock(read_example(example), [GAZETTE]) == before
    assert len(update_lock(read_example(example), [DIGEST]).articles[DIGEST].paragraphs) == 7


def test_a_quotation_that_is_absent_is_not_locked(example: Path, replace: Replace) -> None:
    replace(example / f"annotations/articles/{DIGEST}.yml", "the main way to town", "the main way to sea")
    assert list(update_lock(read_example(example)).articles[DIGEST].quotations) == ["april-record"]


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
    otherwise = replace(lock.articles[GAZETTE], converted=hash_content("otherwise"))
    write_lock(example / LOCK_FILE_NAME, replace(lock, articles={**lock.articles, GAZETTE: otherwise}))
    problems = [(problem.location.path, problem.rule) for problem in check_dossier(read_example(example))]
    assert problems == [(f"docs/articles/{GAZETTE}.md", "capture-changed")]


CLAIM = "annotations/claims/april-record.yml"
SINGLE = "1,240 single tickets"
COPY = f"The office sold {SINGLE} and 2,880 return tickets."


def write_copy(root: Path, text: str = COPY) -> None:
    (root / "originals/sources").mkdir(exist_ok=True)
    (root / f"originals/sources/{SOURCE}.txt").write_text(text, encoding="utf-8")


def test_a_lock_of_version_1_is_read_and_says_which_words_it_lacks(example: Path) -> None:
    content = json.loads((example / LOCK_FILE_NAME).read_text(encoding="utf-8"))
    (example / LOCK_FILE_NAME).write_text(json.dumps({"version": 1, "articles": content["articles"]}), encoding="utf-8")
    lock, problems = read_lock(example / LOCK_FILE_NAME)
    assert (len(lock.articles), lock.sources, lock.claims, problems) == (2, {}, {}, [])
    assert {problem.rule for problem in check_dossier(read_example(example))} == {"evidence-unlocked"}
    write_lock(example / LOCK_FILE_NAME, update_lock(read_example(example)))
    assert check_dossier(read_example(example)) == []


def test_words_copied_by_hand_are_told_from_those_compared_with_a_copy(example: Path) -> None:
    assert set(read_lock(example / LOCK_FILE_NAME)[0].sources[SOURCE].values()) == {False}
    assert not read_example(example).are_words_compared(SOURCE, SINGLE)
    write_copy(example)
    assert read_example(example).are_words_compared(SOURCE, SINGLE)
    lock = update_lock(read_example(example))
    assert lock.sources[SOURCE] == {hash_content(words): True for words in (SINGLE, "2,880 return tickets")}
    write_lock(example / LOCK_FILE_NAME, lock)
    without = read_example(example, captures="")
    assert without.are_words_compared(SOURCE, SINGLE)
    assert update_lock(without) == lock


def test_words_that_the_copy_lacks_are_not_locked(example: Path) -> None:
    write_copy(example, COPY.replace("1,240", "1,241"))
    assert [problem.rule for problem in check_dossier(read_example(example))] == ["evidence-absent"]
    assert list(update_lock(read_example(example)).sources[SOURCE]) == [hash_content("2,880 return tickets")]


def test_a_copy_that_cannot_be_read_is_a_problem_of_its_source(example: Path) -> None:
    write_copy(example, "\0")
    dossier = read_example(example)
    assert [(problem.location.path, problem.rule) for problem in check_dossier(dossier)] == [
        (f"annotations/sources/{SOURCE}.yml", "unreadable-file")
    ]
    assert update_lock(dossier) == dossier.lock


def test_renewing_one_article_leaves_sources_and_claims(example: Path, replace: Replace) -> None:
    before = read_lock(example / LOCK_FILE_NAME)[0]
    replace(example / CLAIM, "kind: figure", "kind: fact")
    replace(example / CLAIM, SINGLE, "1,240 single")
    named, whole = (update_lock(read_example(example), slugs) for slugs in ([GAZETTE], []))
    assert (named.sources, named.claims) == (before.sources, before.claims)
    assert hash_content("1,240 single") in whole.sources[SOURCE]
    assert whole.claims["april-record"] == LockedClaim("fact", ((SOURCE, "supports"),))


def test_a_claim_that_cannot_be_read_keeps_what_is_locked_of_it(example: Path, replace: Replace) -> None:
    replace(example / CLAIM, "topics: [counts]", "topics: [counts")
    dossier = read_example(example)
    assert dossier.claims == {}
    assert update_lock(dossier) == dossier.lock
    assert "lock-stale" not in {problem.rule for problem in check_dossier(dossier)}


@pytest.mark.parametrize(
    ("old", "new", "waits"),
    [
        ("'1,240 single tickets'", "'1,240 single tickets', 'return tickets'", True),
        ("'1,240 single tickets'", "'1,240 single ticket'", False),
    ],
)
def test_new_words_may_wait_and_changed_ones_may_not(example: Path, replace: Replace, old: str, new: str, waits: bool) -> None:
    replace(example / CLAIM, old, new)
    dossier = read_example(example, captures="")
    problems = [problem for problem in check_dossier(dossier) if problem.rule == "evidence-unlocked"]
    assert len(problems) == 1
    assert select_waiting_problems(problems, dossier) == frozenset(problems if waits else ())


def test_a_digest_is_locked_only_if_nothing_in_it_is_copied(example: Path, replace: Replace) -> None:
    digest = read_example(example).articles[GAZETTE].digest.text
    assert update_lock(read_example(example)).articles[GAZETTE].digest == hash_content(digest)
    replace(example / f"docs/articles/{GAZETTE}.md", "recalls more people", "says the office will count again in May, it says,")
    assert update_lock(read_example(example)).articles[GAZETTE].digest == ""


def test_a_changed_digest_may_wait_for_the_lock(example: Path, replace: Replace) -> None:
    write_lock(example / LOCK_FILE_NAME, update_lock(read_example(example)))
    replace(example / f"docs/articles/{GAZETTE}.md", "recalls more people", "remembers more people")
    dossier = read_example(example, "")
    problems = [problem for problem in check_dossier(dossier) if problem.rule == "digest-unlocked"]
    assert len(problems) == 1
    assert select_waiting_problems(problems, dossier) == frozenset(problems)


def test_a_lock_without_digests_is_read_and_says_which_it_lacks(example: Path) -> None:
    lock = re.sub(r'"digest": "[0-9a-f]*",\n', "", format_lock(update_lock(read_example(example))))
    (example / LOCK_FILE_NAME).write_text(lock, encoding="utf-8")
    assert "digest" not in lock.split('"sources"')[0].replace("island-digest", "")
    assert [problem.rule for problem in check_dossier(read_example(example, ""))] == ["digest-unlocked"] * 2
