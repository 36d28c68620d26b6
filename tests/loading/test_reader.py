"""From files to records: every fault is a problem at its line and column, with its cure, and hides no other."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier.checks import check_dossier
from dossier.loading import ReadCache, articles, read_dossier, yaml_loader
from dossier.loading.settings import read_settings
from dossier.model import Dossier, Location, Problem, Settings, UnreadableError
from support.dossiers import read_example

GAZETTE = "docs/articles/harbour-gazette-2024-05-02.md"
DIGEST = "docs/articles/island-digest.md"
NOTES = "annotations/articles/island-digest.yml"
CLAIM = "annotations/claims/april-record.yml"
Change = Callable[[Path, str, str], None]
ORIGINALS = Settings(captures="originals")
CHART = "annotations/charts/april-tickets.yml"
EVENT = "annotations/events/count-published.yml"
SOURCE = "annotations/sources/harbour-office-count.yml"
PARTIES = "annotations/parties.yml"
VERDICTS = "annotations/verdicts.yml"
Replace = Callable[[Path, str, str], None]


def faults(root: Path) -> list[Problem]:
    return sorted(read_example(root).problems)


def spoilt(root: Path, file: str, old: str, new: str) -> tuple[Problem, bool]:
    """The one problem that a change makes, and whether it stands where `¦` marks it in the new words."""
    text = (root / file).read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file}"
    before, mark, after = text.replace(old, new, 1).partition("¦")
    (root / file).write_text(before + after, encoding="utf-8")
    [problem] = faults(root)
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return problem, bool(mark) and str(problem.location) == f"{file}:{line}:{column}"


def test_the_example_is_read_without_a_problem(example: Path) -> None:
    dossier = read_example(example)
    assert check_dossier(dossier) == []
    assert sorted(dossier.articles) == ["harbour-gazette-2024-05-02", "island-digest"]
    assert [len(notes) for notes in dossier.annotations.values()] == [4, 2]
    assert dossier.unread_paths == frozenset()


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        (GAZETTE, 'title: "Ferry carried a record 4,120 passengers in April"\n', "¦", "title"),
        (CLAIM, "claim: The ferry carried 4,120 passengers in April 2024.\n", "¦", "claim"),
        (SOURCE, 'title: "Ferry passengers: April 2024"\n', "¦", "title"),
        (EVENT, 'date: "2024-05-02"\n', "¦", "date"),
        (CHART, "title: The tickets of April by kind\n", "¦", "title"),
        (CHART, "{figure: april-record.single, label", "¦{label", "figure"),
        (NOTES, '- id: main-way\n  quote: "the main way to town"\n', "- ¦id: main-way\n", "quote"),
        (PARTIES, "- id: ferry-crew\n  ", "-\n  ¦", "id"),
        (VERDICTS, "{id: incorrect, label: Incorrect", "¦{id: incorrect", "label"),
        ("annotations/voices.yml", "{id: press, label: Press", "¦{id: press", "label"),
        ("annotations/glossary.yml", "term: Ticket\n  ", "¦", "term"),
        (GAZETTE, "archived: {url: https://archive.example/20240503/ferry-record, ", "archived: ¦{", "url"),
        (CLAIM, "{id: harbour-office-count, bearing: supports", "¦{id: harbour-office-count", "bearing"),
    ],
)
def test_a_missing_key_is_named(example: Path, file: str, old: str, new: str, key: str) -> None:
    problem, placed = spoilt(example, file, old, new)
    assert (problem.rule, placed) == ("missing-key", True), problem.location
    assert f"needs `{key}`, which is missing" in problem.message
    assert f"add `{key}:` (" in problem.help


@pytest.mark.parametrize(("key", "value"), [("quote", "the main way to town"), ("speaker", "text")])
def test_not_established_is_no_cure_where_it_is_not_allowed(example: Path, replace: Replace, key: str, value: str) -> None:
    replace(example / NOTES, f'  {key}: "{value}"\n' if key == "quote" else f"  {key}: {value}\n", "")
    [problem] = faults(example)
    assert problem.rule == "missing-key"
    assert "not-established" not in problem.help


@pytest.mark.parametrize("key", ["title", "publisher", "published", "url", "kind", "checked"])
def test_an_empty_value_counts_as_missing(example: Path, key: str) -> None:
    line = next(line for line in (example / SOURCE).read_text(encoding="utf-8").splitlines() if line.startswith(f"{key}:"))
    problem, _ = spoilt(example, SOURCE, line, f"{key}:")
    assert problem.rule == "missing-key"
    assert problem.message == f"`{key}` has no value"


def test_an_empty_value_of_a_key_that_may_be_missing_is_no_problem(example: Path, replace: Replace) -> None:
    replace(example / NOTES, "  note: No figure is given for other ways.", "  note:\n  sources:\n  reviewed:")
    note = read_example(example).annotations["island-digest"][0]
    assert (note.note, note.sources, note.reviewed) == (None, (), None)


@pytest.mark.parametrize(
    ("file", "old", "new", "help"),
    [
        (GAZETTE, "origin:", "¦origins:", "did you mean `origin`?"),
        (GAZETTE, "publisher:", "¦publsher:", "did you mean `publisher`?"),
        (GAZETTE, 'date: "2024-05-03"', '¦dated: "2024-05-03"', "did you mean `date`?"),
        (DIGEST, "writer:", "¦writers:", "did you mean `writer`?"),
        (CLAIM, "bearing:", "¦bearings:", "did you mean `bearing`?"),
        (NOTES, "stance:", "¦stanse:", "did you mean `stance`?"),
        (PARTIES, "role: Local", "¦roles: Local", "did you mean `role`?"),
        (VERDICTS, "shape: tick", "¦shap: tick", "did you mean `shape`?"),
        (EVENT, "voices:", "¦colour:", "its keys are date, title"),
        (CHART, "whole:", "¦hole:", "did you mean `whole`?"),
        (CHART, "label: Return", "¦lable: Return", "did you mean `label`?"),
        (CLAIM, "note:", "¦remark:", "its keys are id, bearing, words, note"),
        (CLAIM, "bearing: supports", "bearing: supports, hindsight: ¦4,373", 'put the number in quotation marks, as in "4,373"'),
    ],
)
def test_an_unknown_or_misspelt_key_is_told_once_with_the_nearest(
    example: Path, file: str, old: str, new: str, help: str
) -> None:
    problem, placed = spoilt(example, file, old, new)
    assert (problem.rule, placed) == ("unknown-key", True), problem.location
    assert help in problem.help


@pytest.mark.parametrize(
    ("file", "old", "new", "message", "help"),
    [
        (GAZETTE, "print: excerpts", "print: ¦excerpt", "'excerpt'", "did you mean excerpts?"),
        (GAZETTE, "print: excerpts", "print: ¦poster", "'poster'", "it can be full, excerpts, metadata"),
        (NOTES, "stance: stronger", "stance: ¦stonger", "'stonger'", "did you mean stronger?"),
        (CLAIM, "bearing: supports", "bearing: ¦support", "'support'", "did you mean supports?"),
        (CHART, "form: parts", "form: ¦part", "'part'", "did you mean parts?"),
        (CHART, "figure: april-record.single", "figure: ¦single", "'single' names no figure", "write the claim and its figure"),
        (EVENT, "kind: release", "kind: ¦relase", "'relase'", "did you mean release?"),
        (GAZETTE, "{heading: [1]", "{¦headline: [1]", "'headline'", "did you mean heading?"),
        (GAZETTE, "language: en-GB", "language: ¦english", "'english'", "en-GB"),
        (
            SOURCE,
            "https://harbour.example/ferry",
            "¦harbour.example/ferry",
            "not a whole web address",
            "https://example.org/page",
        ),
        (
            SOURCE,
            "https://harbour.example/ferry",
            "¦ftp://harbour.example/ferry",
            "not a whole web address",
            "https://example.org/page",
        ),
        (
            SOURCE,
            "https://harbour.example/ferry",
            "¦javascript:alert(1)//",
            "not a whole web address",
            "https://example.org/page",
        ),
        (
            SOURCE,
            "https://harbour.example/ferry",
            "¦https://har bour.example/",
            "not a whole web address",
            "https://example.org/page",
        ),
        (SOURCE, "https://harbour.example/ferry", "¦https://a:b@harbour.example/", "names a user before its host", "leave out"),
        (SOURCE, "https://harbour.example/ferry", "¦https://harbour.example@afar.example/", "names a user", "leave out"),
        (SOURCE, "https://harbour.example/ferry", "¦https://[", "not a whole web address", "https://example.org/page"),
        (GAZETTE, "https://archive.example", "¦archive.example", "not a whole web address", "https://example.org/page"),
        (DIGEST, '"3-5"', '¦"5-3"', "'5-3' names no paragraphs", 'as in 7 or "39-42"'),
        (DIGEST, '"3-5"', "¦three", "'three' names no paragraphs", 'as in 7 or "39-42"'),
        (NOTES, "note: No", "paragraph: ¦two\n  note: No", "'two' is not a whole number", "write 2"),
        (NOTES, "note: No", "paragraph: ¦0\n  note: No", "0 is too small", "1 or more"),
        (VERDICTS, "rating: 3", "rating: ¦6", "6 is too large", "5 or less"),
        (PARTIES, "role: Local", "state_funded: ¦yes\n  role: Local", "'yes' is neither", "true or false"),
        (NOTES, "note: No figure", 'note: ¦""\n  suffix: and', "there is no value", "write a value"),
        (CLAIM, "topics: [counts]", "topics: ¦counts", "a list is expected", "[first, second]"),
        (CLAIM, "summary: 4,120 tickets were counted.", "summary: ¦[4]", "this is a list", "quotation marks"),
        (DIGEST, "candidates: [The Island Society]", "candidates: [¦[a]]", "this is a list", "quotation marks"),
        (GAZETTE, "kinds: {heading: [1], caption: [2], furniture: [8]}", "kinds: ¦[1]", "pairs are expected", "key: value"),
        (
            CLAIM,
            "- {id: harbour-office-count, bearing: supports, note: The table itself., "
            "words: ['1,240 single tickets', '2,880 return tickets']}",
            "- ¦a",
            "pairs are expected",
            "key: value",
        ),
    ],
)
def test_a_wrong_value_is_told_with_place_and_cure(
    example: Path, *, file: str, old: str, new: str, message: str, help: str
) -> None:
    problem, placed = spoilt(example, file, old, new)
    assert (problem.rule, placed) == ("wrong-value", True), problem.location
    assert message in problem.message
    assert help in problem.help


@pytest.mark.parametrize(
    ("file", "old", "new", "rule", "help"),
    [
        (NOTES, "id: main-way", "id: ¦Main way", "wrong-id", "lower-case"),
        (NOTES, "id: main-way", "id: ¦main--way", "wrong-id", "single hyphens"),
        (NOTES, "id: main-way", "id: ¦1st", "wrong-id", "beginning with a letter"),
        (DIGEST, "writer: harbour-gazette", "writer: ¦The Gazette", "wrong-id", "lower-case"),
        (DIGEST, "origin: [harbour-office-count]", "origin: [¦The count]", "wrong-id", "lower-case"),
        (EVENT, '"2024-05-02"', "¦2 May 2024", "wrong-date", "write 2024-05-02"),
        (GAZETTE, '"2024-05-03"', "¦3/5/2024", "wrong-date", "2024-05-03 or 2024-03-05"),
        (DIGEST, '"2024-05-02/.."', "¦2024-05/2024-04", "wrong-date", "write 2024-04/2024-05"),
        (CLAIM, 'reviewed: "2024-06-01"', "reviewed: ¦2024-6-1", "wrong-date", "write 2024-06-01"),
        (CLAIM, 'made: "2024-05-02"', "made: ¦[2024]", "wrong-date", "quotation marks"),
    ],
)
def test_a_wrong_id_or_date_is_told_with_place_and_cure(
    example: Path, *, file: str, old: str, new: str, rule: str, help: str
) -> None:
    problem, placed = spoilt(example, file, old, new)
    assert (problem.rule, placed) == (rule, True), problem.location
    assert help in problem.help


def test_every_fault_of_a_record_is_told_at_once(example: Path, replace: Replace) -> None:
    replace(example / EVENT, "kind: release", "kind: relese")
    replace(example / EVENT, "title: The", "titel: The")
    replace(example / EVENT, '"2024-05-02"', "May")
    assert [(problem.location.line, problem.rule) for problem in faults(example)] == [
        (1, "wrong-date"),
        (2, "unknown-key"),
        (5, "wrong-value"),
    ]


def test_a_spoilt_file_hides_no_other(example: Path) -> None:
    (example / CLAIM).write_text("claim: one: two\n", encoding="utf-8")
    (example / EVENT).write_bytes(b"title: \xff")
    (example / NOTES).write_text("- id: a\n  id: b\n", encoding="utf-8")
    dossier = read_example(example)
    assert {problem.location.path: problem.rule for problem in dossier.problems} == {
        NOTES: "repeated-key",
        CLAIM: "yaml-syntax",
        EVENT: "unreadable-file",
    }
    assert dossier.unread_paths == {NOTES, CLAIM, EVENT}
    assert len(dossier.annotations["harbour-gazette-2024-05-02"]) == 4


def test_one_spoilt_entry_hides_no_other_of_its_file(example: Path, replace: Replace) -> None:
    replace(example / NOTES, "id: main-way", "id: Main")
    dossier = read_example(example)
    assert [note.id for note in dossier.annotations["island-digest"]] == ["april-record"]
    assert dossier.unread_paths == {NOTES}


@pytest.mark.parametrize(
    "file",
    [CLAIM, EVENT, SOURCE],
)
def test_an_id_that_is_the_files_name_is_refused(example: Path, file: str) -> None:
    with (example / file).open("a", encoding="utf-8") as stream:
        stream.write("id: other\n")
    [problem] = faults(example)
    assert (problem.rule, problem.location.column, problem.help) == ("unknown-key", 1, "delete the line")
    assert problem.message == "`id` is not a key to write: it is the name of the file"


@pytest.mark.parametrize("key", ["slug", "digest"])
def test_keys_that_an_article_takes_from_its_file_are_refused(example: Path, key: str) -> None:
    problem, placed = spoilt(example, GAZETTE, "title:", f"¦{key}: other\ntitle:")
    assert (problem.rule, placed, problem.help) == ("unknown-key", True, "delete the line")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("claims/April Record.yml", "'April Record' is not an id"),
        ("claims/april_record.yml", "'april_record' is not an id"),
        ("events/2024.yml", "'2024' is not an id"),
        ("sources/Übersicht.yml", "'Übersicht' is not an id"),
        ("articles/a--b.yml", "'a--b' is not an id"),
        ("claims/other.yaml", "this record is not read, since its name ends in .yaml"),
        ("claims/notes.txt", "this is not a record's file"),
        ("claims/folder.yml/a.yml", "this is not a record's file"),
    ],
)
def test_a_record_is_a_file_named_by_an_id(example: Path, name: str, message: str) -> None:
    file = example / "annotations" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("", encoding="utf-8")
    [problem] = faults(example)
    assert (problem.rule, problem.message) == ("wrong-id", message)
    assert problem.help


def test_an_article_is_a_file_named_by_an_id(example: Path) -> None:
    (example / GAZETTE).rename(example / "docs/articles/Harbour Gazette.md")
    assert [(problem.rule, problem.location.path) for problem in faults(example)] == [
        ("wrong-id", "docs/articles/Harbour Gazette.md")
    ]


def test_hidden_files_and_backups_of_editors_are_left_alone(example: Path) -> None:
    (example / "annotations/claims/.DS_Store").write_bytes(b"\0")
    for name in ("annotations/claims/.ferry.yml.swp", "annotations/claims/ferry.yml~", "annotations/parties.yml~", f"{GAZETTE}~"):
        (example / name).write_bytes(b"\0")
    assert faults(example) == []
    (example / "annotations/claims/ferry.yml.bak").write_bytes(b"\0")
    assert len(faults(example)) == 1


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("No record.\n", "yaml-syntax", 1),
        ("---\ntitle: A\n", "yaml-syntax", 3),
        ("\n---\ntitle: A\n---\n", "yaml-syntax", 1),
        ("---\ntitle: A\ntitle: B\n---\n", "repeated-key", 3),
        ("---\n- title\n---\n", "wrong-value", 2),
        ("---\n---\nText.\n", "missing-key", 2),
    ],
)
def test_an_article_without_a_readable_record_is_a_problem(example: Path, text: str, rule: str, line: int) -> None:
    (example / DIGEST).write_text(text, encoding="utf-8")
    assert {(problem.rule, problem.location.path, problem.location.line) for problem in faults(example)} == {(rule, DIGEST, line)}


def test_a_digest_begins_below_its_record(example: Path) -> None:
    digest = read_example(example).articles["island-digest"].digest
    assert digest.text.startswith("The compiler calls the ferry")
    assert [
        (passage.annotation_id, passage.location.line, passage.location.column)
        for passage in digest.passages
        if passage.annotation_id
    ] == [
        ("main-way", 17, 55),
        ("april-record", 18, 18),
    ]


def test_a_record_with_windows_line_ends_is_the_same(example: Path) -> None:
    before = read_example(example).articles
    (example / DIGEST).write_bytes(b"\xef\xbb\xbf" + (example / DIGEST).read_bytes().replace(b"\n", b"\r\n"))
    assert read_example(example).articles == before


def test_not_established_becomes_none(example: Path) -> None:
    article = read_example(example).articles["island-digest"]
    assert (article.title, article.url) == (None, None)
    assert article.name == "Page on how islanders travel"
    assert article.authors == ("The compiler",)


def test_established_facts_come_in_their_kinds(example: Path) -> None:
    article = read_example(example).articles["harbour-gazette-2024-05-02"]
    assert article.published
    assert article.published.date_in_words == "2 May 2024"
    assert article.authors is None
    assert article.kinds == {"heading": (1,), "caption": (2,), "furniture": (8,)}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("id: a\n", "wrong-value"),
        ("a\n", "wrong-value"),
        ("- a\n", "wrong-value"),
        ("- [a]\n", "wrong-value"),
        ("-\n", "wrong-value"),
    ],
)
def test_annotations_are_a_list_of_records(example: Path, text: str, rule: str) -> None:
    (example / NOTES).write_text(text, encoding="utf-8")
    [problem] = faults(example)
    assert (problem.location.path, problem.rule) == (NOTES, rule)
    assert problem.help


@pytest.mark.parametrize("text", ["# none yet\n", "[]\n"])
def test_a_file_without_entries_is_an_empty_list(example: Path, text: str) -> None:
    (example / NOTES).write_text(text, encoding="utf-8")
    assert read_example(example).annotations["island-digest"] == ()
    assert faults(example) == []


def test_a_second_record_of_an_id_is_put_aside(example: Path, replace: Replace) -> None:
    replace(example / PARTIES, "id: ferry-crew", "id: harbour-office")
    dossier = read_example(example)
    assert [(record.locate().line, name) for record, name in dossier.repeated_records] == [(9, "harbour-office")]
    assert dossier.parties["harbour-office"].name == "Ferry crew"


def test_a_folder_without_a_dossier_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="there is no dossier"):
        read_dossier(tmp_path)


def test_an_empty_dossier_is_one_without_problems(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    assert read_dossier(tmp_path) == Dossier(settings=read_settings(tmp_path)[0])


def test_settings_come_from_the_plugins_options(example: Path, replace: Replace) -> None:
    replace(
        example / "mkdocs.yml", "captures: originals", 'captures: other\n      quote_words: 7\n      contact: !ENV [NOT_SET, "x"]'
    )
    assert read_settings(example) == (Settings(captures="other", quote_words=7, contact="x", site_name="The ferry count"), [])


def test_settings_come_from_the_environment(example: Path, replace: Replace, monkeypatch: pytest.MonkeyPatch) -> None:
    replace(example / "mkdocs.yml", "captures: originals", "captures: originals\n      contact: !ENV [OUR_CONTACT, x]")
    monkeypatch.setenv("DOSSIER_CAPTURES", "elsewhere")
    monkeypatch.setenv("OUR_CONTACT", "the pier")
    assert read_settings(example) == (Settings(captures="elsewhere", contact="the pier", site_name="The ferry count"), [])


def test_settings_come_from_properdocs_yml_where_it_is_alone(example: Path) -> None:
    (example / "mkdocs.yml").rename(example / "properdocs.yml")
    assert read_settings(example) == (Settings(captures="originals", site_name="The ferry count"), [])
    (example / "mkdocs.yml").write_text("site_name: Another\n", encoding="utf-8")
    assert read_settings(example)[0].site_name == "Another"


def test_a_fault_of_properdocs_yml_is_told_with_its_name(example: Path) -> None:
    (example / "mkdocs.yml").unlink()
    (example / "properdocs.yml").write_text("a: [", encoding="utf-8")
    assert [problem.location.path for problem in read_settings(example)[1]] == ["properdocs.yml"]


@pytest.mark.parametrize(
    ("option", "kind"),
    [
        ("quote_words: many", "a whole number"),
        ("pending: perhaps", "`true` or `false`"),
        ("repo_edit: 'https://['", "an address that begins with https:// and names no user"),
        ("repo_edit: 'javascript:alert(1)'", "an address that begins with https:// and names no user"),
    ],
)
def test_an_option_of_another_type_is_told_with_the_type_that_is_wanted(example: Path, option: str, kind: str) -> None:
    (example / "mkdocs.yml").write_text(f"plugins: [{{dossier: {{{option}}}}}]\n", encoding="utf-8")
    [problem] = read_settings(example)[1]
    assert problem.message == f"the option `{option.partition(':')[0]}` is not {kind}"


@pytest.mark.parametrize(
    "plugins",
    [
        "[search, {dossier: {captures: originals}}]",
        "{search: {}, dossier: {captures: originals}}",
        "\n  dossier:\n    captures: originals",
    ],
)
def test_settings_are_found_however_mkdocs_lists_its_plugins(tmp_path: Path, plugins: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"site_name: A\nplugins: {plugins}\n", encoding="utf-8")
    assert read_settings(tmp_path)[0].captures == "originals"


@pytest.mark.parametrize(
    "text",
    [
        "a: [",
        "\t",
        "plugins: [{dossier: {quote_words: ten}}]",
        "plugins: [{dossier: {captures: [a]}}]",
        "plugins: [{dossier: captures}]",
        "- a",
        "",
    ],
)
def test_settings_that_cannot_be_used_are_a_problem(example: Path, text: str) -> None:
    (example / "mkdocs.yml").write_text(text, encoding="utf-8")
    problems = read_dossier(example).problems
    assert [problem.location.path for problem in problems] == ["mkdocs.yml"]


@pytest.mark.parametrize("name", ["site_url", "repo_url"])
@pytest.mark.parametrize(
    "value",
    [
        "javascript:alert(1)",
        "javascript://x.example/%0aalert(1)",
        'https://x.example/"><script>',
        "a b",
        "https://robot:password@forge.example/ferry",
        "https://password@forge.example",
    ],
)
def test_an_address_that_is_none_is_told_at_its_line(example: Path, name: str, value: str) -> None:
    config = example / "mkdocs.yml"
    lines = [line for line in config.read_text(encoding="utf-8").splitlines() if not line.startswith(name)]
    config.write_text("\n".join([*lines, f"{name}: '{value}'", ""]), encoding="utf-8")
    [problem] = read_settings(example)[1]
    assert (problem.location.line, problem.message) == (
        len(lines) + 1,
        f"the option `{name}` is not an address that begins with https:// and names no user",
    )


@pytest.mark.parametrize("escape", ["\\ud800", "\\0", "\\u202e"])
def test_a_character_of_the_settings_that_cannot_be_printed_is_told_at_its_line(
    example: Path, replace: Replace, escape: str
) -> None:
    replace(example / "mkdocs.yml", "site_name: The ferry count", f'site_name: "The ferry {escape}"')
    problems = [problem for problem in read_dossier(example).problems if problem.rule in ("unreadable-file", "yaml-syntax")]
    assert [problem.location.path for problem in problems] == ["mkdocs.yml"]


@pytest.mark.parametrize("text", ["nav: []", "plugins:", "plugins: [search, dossier]", "plugins: [{dossier: }]"])
def test_settings_that_are_not_given_are_the_usual_ones(tmp_path: Path, text: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    assert read_settings(tmp_path) == (Settings(), [])


@pytest.mark.parametrize("link", [CLAIM, "annotations/parties.yml", "annotations/events", GAZETTE])
def test_nothing_is_read_through_a_link_that_leads_out(example: Path, tmp_path: Path, link: str) -> None:
    (example / link).rename(tmp_path / "elsewhere")
    (example / link).symlink_to(tmp_path / "elsewhere")
    told = [problem for problem in faults(example) if "leads out of the dossier" in problem.message]
    assert [problem.location.path for problem in told] == [link]


def test_with_a_memory_only_what_has_changed_is_made_into_records_again(
    example: Path, replace: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory: ReadCache = {}
    (example / "annotations/parties.yml").write_text("- id: [\n", encoding="utf-8")
    first = read_dossier(example, ORIGINALS, memory)
    loaded: list[str] = []
    load = yaml_loader.load_yaml
    monkeypatch.setattr(yaml_loader, "load_yaml", lambda text, path, *line: loaded.append(path) or load(text, path, *line))
    assert read_dossier(example, ORIGINALS, memory) == first
    assert loaded == []
    replace(example / CLAIM, "claim: ", "claim: Now, ")
    again = read_dossier(example, ORIGINALS, memory)
    assert loaded == [CLAIM]
    assert again.claims["april-record"].claim == "Now, " + first.claims["april-record"].claim
    assert again == read_dossier(example, ORIGINALS)
    assert [problem.rule for problem in again.problems] == ["yaml-syntax"]


def test_with_a_memory_a_capture_is_converted_again_where_it_or_its_kinds_have_changed(example: Path, replace: Change) -> None:
    memory: ReadCache = {}
    first = read_dossier(example, ORIGINALS, memory)
    slug, capture = next(iter(first.captures.items()))
    with (example / f"originals/{slug}.txt").open("a", encoding="utf-8") as file:
        file.write("\n\nOne line more.\n")
    longer = read_dossier(example, ORIGINALS, memory).captures[slug]
    assert longer.paragraphs[:-1] == capture.paragraphs
    last = len(longer.paragraphs)
    record = example / f"docs/articles/{slug}.md"
    record.write_text(re.sub(r"(?m)^kinds:.*$", f"kinds: {{caption: [{last}]}}", record.read_text("utf-8")), encoding="utf-8")
    assert read_dossier(example, ORIGINALS, memory).captures[slug].paragraphs[-1].kind == "caption"


@pytest.mark.parametrize(
    ("file", "before", "place"),
    [("docs/articles/island-digest.md", "", (17, 1)), (CLAIM, "explanation: |\n", (8, 14))],
)
def test_a_text_without_end_is_refused_before_it_is_rendered(
    example: Path, file: str, before: str, place: tuple[int, int]
) -> None:
    text = (example / file).read_text(encoding="utf-8")
    first, last = text.split(before) if before else (text, "")
    (example / file).write_text(first + before + "  x\n" * 30_000 + last, encoding="utf-8")
    problems = [problem for problem in read_example(example).problems if "characters" in problem.message]
    assert [problem.location for problem in problems] == [Location(file, *place)]
    assert problems[0].help


@pytest.mark.parametrize("key", ["made", "verdict", "claimant", "reviewed", "status", "summary", "topics"])
@pytest.mark.parametrize("text", ["zz " * 15_000, "“" + "z" * 40_000 + "”", "9" * 40_000])
def test_a_value_without_end_is_refused_in_few_words(example: Path, key: str, text: str) -> None:
    record = (example / CLAIM).read_text(encoding="utf-8")
    (example / CLAIM).write_text(re.sub(rf"(?m)^({key}:|claim:) .*$", rf'\1 "{text}"', record), encoding="utf-8")
    problems = read_example(example).problems
    assert problems
    assert max(len(f"{problem.message} {problem.help}") for problem in problems) < 400


@pytest.mark.parametrize("text", ["zz " * 15_000, "https://gazette.example/" + "z" * 2_000])
def test_an_address_without_end_is_refused_in_few_words(example: Path, text: str) -> None:
    source = example / "annotations/sources/harbour-office-count.yml"
    record = source.read_text(encoding="utf-8")
    source.write_text(re.sub(r"(?m)^url: .*$", f'url: "{text}"', record), encoding="utf-8")
    (problem,) = read_example(example).problems
    assert "a web address has at most 2,000 characters" in problem.message
    assert len(problem.message) < 100


def test_a_capture_that_is_too_large_is_to_hold_one_article_and_a_record_to_be_split(
    example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (example / CLAIM).write_text("claim: " + "x" * yaml_loader.MAX_YAML_BYTES, encoding="utf-8")
    monkeypatch.setattr(articles, "MAX_CAPTURE_BYTES", 100)
    helps = {problem.location.path: problem.help for problem in read_example(example).problems}
    assert helps[CLAIM] == "split it into smaller files"
    assert helps["docs/articles/harbour-gazette-2024-05-02.md"] == "keep one article only"


def test_settings_that_cannot_be_opened_are_not_called_wrong_yaml(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").mkdir()
    [fault] = read_settings(tmp_path)[1]
    assert (fault.rule, fault.location.path) == ("unreadable-file", "mkdocs.yml")


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("site_name: A\n<<<<<<< HEAD\nnav: []\n=======\nnav: {}\n>>>>>>> x\n", "2:1", "git could not merge two versions"),
        ("site_name: A\nfoo: [\n", "2:6", "this bracket is never closed"),
        ("site_name: A\nplugins:\n  - search\n  - dossier:\n      quote_words: many\n", "5:20", "`quote_words` is not a whole"),
        ("site_name: A\nplugins: {dossier: {pending: perhaps}}\n", "2:30", "`pending` is not `true`"),
        ("nav: []\nsite_name: [a]\n", "2:12", "`site_name` is not text"),
        ("site_name: A\nx: !!int a\n", "1:1", "not YAML that MkDocs can read"),
    ],
)
def test_a_fault_of_the_settings_is_told_where_it_is(tmp_path: Path, text: str, place: str, message: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    [problem] = read_settings(tmp_path)[1]
    assert str(problem.location) == f"mkdocs.yml:{place}"
    assert message in problem.message
