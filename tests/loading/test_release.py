"""What a release remembers: addresses that stay, and verdicts, figures and quotations that change only with a correction."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dossier.loading.release import build_release, format_release, read_release, write_release
from dossier.model import LOCK_FILE_NAME, Dossier
from dossier.model.site.release import RELEASE_FILE_NAME, ReleasedRecord, get_released_record
from support.command_line import problems, run
from support.dossiers import read_example
from support.reading_pages import NOTES

CLAIM, DIGEST_NOTES = "annotations/claims/april-record.yml", "annotations/articles/island-digest.yml"
GLOSSARY, EVENT = "annotations/glossary.yml", "annotations/events/count-published.yml"
CHART = "annotations/charts/when-printed.yml"
REVIEWED = 'reviewed: "2024-06-01"'
CORRECTION = '{date: "2024-06-01", kind: correction, was: One thing., now: Another., reason: It was counted again.}'
COUNTED = "published.json: 1 claims, 6 annotations, 22 addresses.\n"
LATER = date(2024, 7, 1)
Replace = Callable[[Path, str, str], None]


@pytest.fixture
def released(example: Path) -> Path:
    """The example after its first release."""
    assert run(example, "release").exit_code == 0
    return example


def renewed_lock(root: Path) -> Path:
    """The same folder after `dossier lock`."""
    assert run(root, "lock").exit_code == 0
    return root


# The command


def test_the_first_release_says_what_it_holds_and_nothing_is_wrong_with_it(example: Path) -> None:
    result = run(example, "release")
    assert (result.exit_code, result.stdout) == (0, f"{COUNTED}22 of them are new, and 0 changed since the last release.\n")
    assert problems(example) == []
    assert not list(example.glob(f".{RELEASE_FILE_NAME}*"))


def test_a_release_of_what_has_not_changed_is_the_same_to_the_byte(released: Path) -> None:
    before = (released / RELEASE_FILE_NAME).read_bytes()
    assert run(released, "release").exit_code == 0
    assert (released / RELEASE_FILE_NAME).read_bytes() == before


def test_what_is_written_is_read_again(released: Path) -> None:
    dossier = read_example(released)
    assert read_release(released / RELEASE_FILE_NAME) == (dossier.last_release, [])
    assert dossier.last_release == build_release(dossier, LATER)
    assert format_release(build_release(dossier, LATER)) == (released / RELEASE_FILE_NAME).read_text(encoding="utf-8")


def test_each_address_claim_and_annotation_has_its_line(released: Path) -> None:
    lines = [line.rstrip(",") for line in (released / RELEASE_FILE_NAME).read_text(encoding="utf-8").splitlines()]
    assert any(
        re.fullmatch(r'"timeline/#count-published": {"published": "[\d-]{10}", "hash": "[0-9a-f]{16}"}', line) for line in lines
    )
    assert any(line.startswith('"april-record": {"verdict": "supported", "figures": {"tickets": "4,120"') for line in lines)
    note = {"quote": "4,300 people crossed", "verdict": "unverifiable", "corrections": 0}
    assert f'"harbour-gazette-2024-05-02#crew-dispute": {json.dumps(note)}' in lines


def test_an_error_keeps_a_release_from_being_written(example: Path, replace: Replace) -> None:
    replace(example / CLAIM, "69.90 %", "69.09 %")
    result = run(example, "release")
    assert result.exit_code == 1
    assert "[calculation-result]" in result.stdout
    assert "published.json was not written" in result.stderr
    assert not (example / RELEASE_FILE_NAME).exists()


def test_a_notice_does_not(example: Path, replace: Replace) -> None:
    replace(
        example / "annotations/parties.yml",
        "- id: island-digest",
        "- {id: shop, name: Shop, kind: person, role: R}\n- id: island-digest",
    )
    assert [rule for _, rule in problems(example)] == ["unused-record"]
    assert run(example, "release").exit_code == 0


def test_a_refused_release_leaves_the_last_one(released: Path, replace: Replace) -> None:
    before = (released / RELEASE_FILE_NAME).read_bytes()
    replace(released / CLAIM, "verdict: supported", "verdict: imprecise")
    assert run(released, "release").exit_code == 1
    assert (released / RELEASE_FILE_NAME).read_bytes() == before


def test_a_release_that_cannot_be_written_is_one_sentence(example: Path) -> None:
    (example / RELEASE_FILE_NAME).symlink_to("nowhere")
    (example / "nowhere").mkdir()
    result = run(example, "release")
    assert (result.exit_code, "release-unreadable" in result.stdout) == (1, True)


def test_what_is_not_published_is_not_in_it(example: Path, replace: Replace) -> None:
    replace(example / GLOSSARY, "means:", "status: draft\n  means:")
    replace(
        example / DIGEST_NOTES,
        "- id: main-way",
        "- id: new-note\n  quote: islander\n  speaker: text\n  status: review\n- id: main-way",
    )
    assert run(renewed_lock(example), "release").exit_code == 0
    text = (example / RELEASE_FILE_NAME).read_text(encoding="utf-8")
    assert "glossary/" not in text
    assert "new-note" not in text


def test_notes_on_a_draft_article_have_no_address_yet(example: Path, replace: Replace) -> None:
    replace(example / "docs/articles/island-digest.md", REVIEWED, f"{REVIEWED}\nstatus: draft")
    assert run(example, "release").exit_code == 0
    assert "island-digest/" not in (example / RELEASE_FILE_NAME).read_text(encoding="utf-8")


# Days


def days_of(root: Path, path: str) -> tuple[str | None, str | None]:
    """On which days something was published and changed, as the file of the release says."""
    record = json.loads((root / RELEASE_FILE_NAME).read_text(encoding="utf-8"))["records"][path]
    return record.get("published"), record.get("changed")


def released_on(root: Path, day: str) -> str:
    """What `dossier release` says on a day."""
    outcome = run(root, "release", "--day", day)
    assert outcome.exit_code == 0, outcome.output
    return outcome.stdout


def test_a_record_keeps_its_first_day_and_gets_another_when_its_content_changes(example: Path, replace: Replace) -> None:
    released_on(example, "2024-06-01")
    assert days_of(example, "timeline/#count-published") == ("2024-06-01", None)
    replace(example / EVENT, "title: ", "title: Again, ")
    assert released_on(example, "2024-07-01").endswith("0 of them are new, and 1 changed since the last release.\n")
    assert days_of(example, "timeline/#count-published") == ("2024-06-01", "2024-07-01")
    assert days_of(example, "claims/april-record/") == ("2024-06-01", None)
    released_on(example, "2024-08-01")
    assert days_of(example, "timeline/#count-published") == ("2024-06-01", "2024-07-01")


def test_a_review_comments_and_another_order_of_keys_are_no_change(example: Path, replace: Replace) -> None:
    released_on(example, "2024-06-01")
    replace(example / EVENT, REVIEWED, 'reviewed: "2024-06-30"\n# A comment.\nstatus: published')
    head, title, *rest = (example / EVENT).read_text(encoding="utf-8").splitlines()
    (example / EVENT).write_text("\n".join([head, *rest, title, ""]), encoding="utf-8")
    assert "0 changed" in released_on(example, "2024-07-01")


def test_what_changes_on_its_first_day_is_new_all_the_same(example: Path, replace: Replace) -> None:
    released_on(example, "2024-06-01")
    replace(example / EVENT, "title: ", "title: Again, ")
    released_on(example, "2024-06-01")
    assert days_of(example, "timeline/#count-published") == ("2024-06-01", None)


def test_a_new_summary_of_an_article_is_a_change_and_a_line_more_above_it_is_none(example: Path, replace: Replace) -> None:
    article = example / "docs/articles/island-digest.md"
    released_on(example, "2024-06-01")
    replace(article, REVIEWED, f"# More.\n{REVIEWED}")
    assert "0 changed" in released_on(example, "2024-07-01")
    article.write_text(article.read_text(encoding="utf-8").rstrip() + " It is short.\n", encoding="utf-8")
    assert run(example, "lock").exit_code == 0
    released_on(example, "2024-08-01")
    assert days_of(example, "articles/island-digest/") == ("2024-06-01", "2024-08-01")


def test_of_what_is_retired_only_the_days_stay_and_its_return_is_a_change(example: Path, replace: Replace) -> None:
    released_on(example, "2024-06-01")
    for file in (EVENT, CHART):
        replace(example / file, REVIEWED, f"{REVIEWED}\nstatus: retired")
    released_on(example, "2024-07-01")
    records = json.loads((example / RELEASE_FILE_NAME).read_text(encoding="utf-8"))["records"]
    assert records["timeline/#count-published"] == {"published": "2024-06-01"}
    for file in (EVENT, CHART):
        replace(example / file, "\nstatus: retired", "")
    released_on(example, "2024-08-01")
    assert days_of(example, "timeline/#count-published") == ("2024-06-01", "2024-08-01")


def test_what_was_released_without_a_day_has_none_and_what_is_new_has_one(example: Path, replace: Replace) -> None:
    addresses = ["claims/april-record/", "timeline/#count-published"]
    (example / RELEASE_FILE_NAME).write_text(changed(addresses=addresses), encoding="utf-8")
    released_on(example, "2024-06-01")
    assert days_of(example, "claims/april-record/") == (None, None)
    assert days_of(example, "articles/island-digest/") == ("2024-06-01", None)
    replace(example / EVENT, "title: ", "title: Again, ")
    released_on(example, "2024-07-01")
    assert days_of(example, "timeline/#count-published") == (None, "2024-07-01")


def test_a_day_before_the_last_one_is_refused(example: Path) -> None:
    released_on(example, "2024-07-01")
    before = (example / RELEASE_FILE_NAME).read_bytes()
    outcome = run(example, "release", "--day", "2024-06-30")
    assert outcome.exit_code == 1
    assert "published.json has records of 2024-07-01 already, which is after 2024-06-30" in outcome.stderr
    assert (example / RELEASE_FILE_NAME).read_bytes() == before
    assert "published.json:4: " in outcome.stderr  # the first line with that day
    assert "give the day with `--day`" in outcome.stderr
    assert run(example, "release", "--day", "July").exit_code == 2


def test_a_day_that_is_still_to_come_is_refused(example: Path) -> None:
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    for day in ("9999-12-31", (tomorrow + timedelta(days=1)).isoformat()):
        outcome = run(example, "release", "--day", day)
        assert outcome.exit_code == 1
        assert f"{day} is still to come" in outcome.stderr
        assert not (example / RELEASE_FILE_NAME).exists()
    released_on(example, (datetime.now(UTC) + timedelta(hours=13)).date().isoformat())  # where that day has begun already


def test_a_future_day_in_the_file_is_named_with_line_and_cure(example: Path) -> None:
    released_on(example, "2024-06-01")
    file = example / RELEASE_FILE_NAME
    text = file.read_text(encoding="utf-8")
    lines = text.splitlines()
    line = next(number for number, line in enumerate(lines, 1) if "claims/april-record/" in line)
    lines[line - 1] = lines[line - 1].replace("2024-06-01", "2942-06-01")
    file.write_text("\n".join([*lines, ""]), encoding="utf-8")
    outcome = run(example, "release")
    assert outcome.exit_code == 1
    assert f"published.json:{line}: published.json has records of 2942-06-01 already" in outcome.stderr
    assert "2942-06-01 is still to come: write the right day in its place" in outcome.stderr
    file.write_text(file.read_text(encoding="utf-8").replace("2942-06-01", "2024-06-01"), encoding="utf-8")
    assert "0 changed" in run(example, "release").stdout
    assert file.read_text(encoding="utf-8") == text


def test_a_record_that_no_release_knows_has_no_day(example: Path) -> None:
    dossier = read_example(example)
    claim = dossier.claims["april-record"]
    assert get_released_record(None, claim) == get_released_record(build_release(Dossier(), LATER), claim) == ReleasedRecord()
    assert get_released_record(build_release(dossier, LATER), claim).published == LATER


# What changes only with a correction


def test_another_verdict_needs_a_correction(released: Path, replace: Replace) -> None:
    replace(released / CLAIM, "verdict: supported", "verdict: imprecise")
    assert problems(released) == [(f"{CLAIM}:6:10", "verdict-changed")]
    replace(released / CLAIM, REVIEWED, f"{REVIEWED}\ncorrections: [{CORRECTION}]")
    assert problems(released) == []


def test_each_change_after_a_release_needs_a_correction_of_its_own(released: Path, replace: Replace) -> None:
    replace(released / CLAIM, REVIEWED, f"{REVIEWED}\ncorrections: [{CORRECTION}]")
    replace(released / CLAIM, "verdict: supported", "verdict: imprecise")
    assert run(released, "release").exit_code == 0
    replace(released / CLAIM, "verdict: imprecise", "verdict: supported")
    assert [rule for _, rule in problems(released)] == ["verdict-changed"]
    replace(released / CLAIM, f"[{CORRECTION}]", f"[{CORRECTION}, {CORRECTION.replace('Another', 'A third')}]")
    assert problems(released) == []


def test_another_verdict_on_a_wording_needs_one(released: Path, replace: Replace) -> None:
    replace(released / DIGEST_NOTES, "verdict: imprecise", "verdict: unverifiable")
    assert problems(released) == [(f"{DIGEST_NOTES}:10:12", "verdict-changed")]
    replace(released / DIGEST_NOTES, "  verdict: unv", f"  {REVIEWED}\n  corrections: [{CORRECTION}]\n  verdict: unv")
    assert problems(released) == []


def test_another_figure_needs_one(released: Path, replace: Replace) -> None:
    for old, new in (("1,240 s", "1,220 s"), ("2,880 r", "2,900 r"), ('"1,240"', '"1,220"'), ('"2,880"', '"2,900"')):
        replace(released / CLAIM, old, new)
    for old, new in (("2,680", "2,670"), ("69.90 %", "70.39 %")):
        replace(released / CLAIM, old, new)
    renewed_lock(released)
    assert [rule for _, rule in problems(released)] == ["verdict-changed"] * 3
    replace(released / CLAIM, REVIEWED, f"{REVIEWED}\ncorrections: [{CORRECTION}]")
    assert problems(released) == []


def test_a_figure_that_is_gone_needs_one(released: Path, replace: Replace) -> None:
    people = next(line for line in (released / CLAIM).read_text(encoding="utf-8").splitlines() if "people:" in line)
    replace(released / CLAIM, f"{people}\n", "")
    assert [rule for _, rule in problems(released)] == ["verdict-changed", "unused-record"]


def test_a_new_figure_needs_none(released: Path, replace: Replace) -> None:
    more = "  boats: {value: forty, measure: tickets-april-2024, derived: tickets - 4080}\ncalculations:"
    replace(released / CLAIM, "calculations:", more)
    assert problems(released) == []


def test_another_quotation_needs_one(released: Path, replace: Replace) -> None:
    replace(released / NOTES, '"One in five passengers"', '"One in five passengers came"')
    assert problems(renewed_lock(released)) == [(f"{NOTES}:13:10", "verdict-changed")]
    note = "  note: The office gives no number for it."
    replace(released / NOTES, note, f"{note}\n  {REVIEWED}\n  corrections: [{CORRECTION}]")
    assert problems(released) == []


def test_a_slip_in_a_released_quotation_is_told_as_a_slip(released: Path, replace: Replace) -> None:
    replace(released / NOTES, '"One in five passengers"', '"One in six passengers"')
    assert [rule for _, rule in problems(released)] == ["quote-absent"]
    assert [rule for _, rule in problems(released, "nowhere")] == ["quote-unlocked"]


# What stays at its address


def test_an_id_that_is_gone_has_vanished(released: Path, replace: Replace) -> None:
    replace(released / GLOSSARY, "Ticket", "Fare")
    assert problems(released) == [(f"{RELEASE_FILE_NAME}:1:1", "id-vanished")]


def test_what_is_retired_has_not(released: Path, replace: Replace) -> None:
    replace(released / GLOSSARY, "means:", "status: retired\n  means:")
    replace(released / EVENT, REVIEWED, f"{REVIEWED}\nstatus: retired")
    replace(released / CHART, REVIEWED, f"{REVIEWED}\nstatus: retired")
    assert problems(released) == []


def test_what_was_retired_is_remembered_by_the_next_release(released: Path, replace: Replace) -> None:
    replace(released / EVENT, REVIEWED, f"{REVIEWED}\nstatus: retired")
    replace(released / CHART, REVIEWED, f"{REVIEWED}\nstatus: retired")
    assert run(released, "release").stdout == f"{COUNTED}0 of them are new, and 0 changed since the last release.\n"
    (released / EVENT).unlink()
    (released / CHART).unlink()
    assert problems(released) == [(f"{RELEASE_FILE_NAME}:1:1", "id-vanished")] * 2


def test_an_annotation_that_is_gone_has_vanished(released: Path, replace: Replace) -> None:
    notes = (released / NOTES).read_text(encoding="utf-8")
    first, second = notes.index("- id: one-in-five"), notes.index("- id: crew-dispute")
    (released / NOTES).write_text(notes[:first] + notes[second:], encoding="utf-8")
    assert problems(renewed_lock(released)) == [(f"{RELEASE_FILE_NAME}:1:1", "id-vanished")]


def test_where_a_file_cannot_be_read_nothing_has_vanished(released: Path) -> None:
    (released / EVENT).write_text("date: [", encoding="utf-8")
    assert [rule for _, rule in problems(released)] == ["yaml-syntax"]


# A broken file


def changed(**keys: Any) -> str:
    return json.dumps({"version": 1, "addresses": [], "claims": {}, "annotations": {}} | keys)


BROKEN = [
    *("", " ", "{", "[]", "null", "1", '"x"', "<<<<<<< ours\n", "{}", '{"version": 1}', "[" * 100_000, '{"version": NaN}'),
    *(changed(version=version) for version in (0, 3, "1", True, 1.0, None, [], 10**400)),
    *(changed(addresses=addresses) for addresses in (None, "x", {}, [1], [None], [["x"]], {"x": "y"})),
    *(changed(claims=claims) for claims in (None, [], "x", {"x": None}, {"x": {}}, {"x": []}, {"x": "supported"})),
    *(
        changed(claims={"x": {"verdict": "v", "figures": {}, "corrections": 0} | part})
        for part in ({"verdict": 1}, {"figures": []}, {"figures": {"f": 1}}, {"corrections": "0"}, {"corrections": 0.5}, {"x": 1})
    ),
    *(
        changed(annotations={"x": {"quote": "q", "verdict": "", "corrections": 0} | part})
        for part in (
            {"quote": None},
            {"verdict": []},
            {"corrections": None},
            {"x\x1b": 1},
            {"quote": "a\x1b[2J"},
            {"quote": "a\nb"},
        )
    ),
    *(
        json.dumps({"version": 2, "records": records})
        for records in (
            *(
                None,
                [],
                ["timeline/"],
                {"x": None},
                {"x": "2024-06-01"},
                {"x": {"published": ""}},
                {"x": {"published": 20240601}},
            ),
            *({"x": {"published": day}} for day in ("2024", "2024-06", "2024-02-30", "2024-06-01T00:00:00", "1 June 2024", "x")),
            *(
                {"x": {"changed": "2024-6-1"}},
                {"x": {"hash": 1}},
                {"x": {"hash": "a\nb"}},
                {"x": {"day": "2024-06-01"}},
                {"a\x1b": {}},
            ),
        )
    ),
    changed(version=2),
    json.dumps({"version": 2, "records": {}, "addresses": []}),
    changed(more=1),
    changed(addresses=["a\x1b[2J"]),
    changed(addresses=["a\u202eb"]),
    changed(claims={"a\nb": {"verdict": "v", "figures": {}, "corrections": 0}}),
    changed(addresses=["\ud800"]),
    changed(**{"x" * 100_000: 1}),
]


@pytest.mark.parametrize("text", BROKEN, ids=lambda text: text[:40].replace("\x1b", "ESC"))
def test_a_broken_release_is_one_problem_and_stays_as_it_is(released: Path, text: str) -> None:
    (released / RELEASE_FILE_NAME).write_text(text, encoding="utf-8")
    [(place, rule)] = problems(released)  # at 1:1, except where a character is no JSON
    assert (place.rpartition(":")[0], rule) == (f"{RELEASE_FILE_NAME}:1", "release-unreadable")
    told = run(released, "check")
    assert told.exit_code == 1
    assert "help: take the file from the last commit" in told.stdout
    assert max(map(len, told.stdout.splitlines())) < 400
    assert "".join(told.stdout.split()).isprintable()
    assert run(released, "release").exit_code == 1
    assert (released / RELEASE_FILE_NAME).read_text(encoding="utf-8") == text


@pytest.mark.parametrize("content", [b"\xff\xfe{\0", b"\0\0", b"\x80", b"\xef\xbb\xbf" * 2, "{}".encode("utf-16")])
def test_a_release_of_bytes_is_one_problem(released: Path, content: bytes) -> None:
    (released / RELEASE_FILE_NAME).write_bytes(content)
    assert problems(released) == [(f"{RELEASE_FILE_NAME}:1:1", "release-unreadable")]


@pytest.mark.parametrize("what", ["folder", "pipe", "link"])
def test_something_else_in_its_place_is_one_problem(released: Path, tmp_path: Path, what: str) -> None:
    (released / RELEASE_FILE_NAME).rename(tmp_path / "outside.json")
    {
        "folder": (released / RELEASE_FILE_NAME).mkdir,
        "pipe": lambda: os.mkfifo(released / RELEASE_FILE_NAME),
        "link": lambda: (released / RELEASE_FILE_NAME).symlink_to(tmp_path / "outside.json"),
    }[what]()
    assert problems(released) == [(f"{RELEASE_FILE_NAME}:1:1", "release-unreadable")]


def test_half_a_release_is_one_problem_wherever_it_was_cut(released: Path) -> None:
    text = (released / RELEASE_FILE_NAME).read_text(encoding="utf-8").rstrip()
    for end in range(1, len(text), 37):
        (released / RELEASE_FILE_NAME).write_text(text[:end], encoding="utf-8")
        assert [problem.rule for problem in read_release(released / RELEASE_FILE_NAME)[1]] == ["release-unreadable"]


def test_a_broken_release_does_not_keep_articles_from_being_locked(released: Path) -> None:
    (released / RELEASE_FILE_NAME).write_text("{", encoding="utf-8")
    (released / LOCK_FILE_NAME).unlink()
    assert run(released, "lock").exit_code == 0


def test_a_release_can_be_written_from_any_dossier(example: Path) -> None:
    write_release(example / RELEASE_FILE_NAME, build_release(read_example(example), LATER))
    assert problems(example) == []


def test_a_release_that_is_no_json_is_told_where_and_how_to_bring_it_back(released: Path) -> None:
    (released / RELEASE_FILE_NAME).write_text('{\n"version": 1,\n"addresses": <\n', encoding="utf-8")
    assert problems(released) == [(f"{RELEASE_FILE_NAME}:3:14", "release-unreadable")]
    assert f"`git checkout HEAD -- {RELEASE_FILE_NAME}`" in run(released, "check").stdout
