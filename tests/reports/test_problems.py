"""Problems as people and machines read them: the caret stands under the column, nothing escapes its format."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from dossier.model.markdown import MAX_SUMMARY_BYTES
from dossier.model.problems.problem import LineEdit, Location, Problem
from dossier.reports.problems import (
    MAX_EXCERPT_CHARACTERS,
    REPORT_FORMATTERS,
    complete_line_edits,
    format_problem_counts,
    iter_problems_with_texts,
)


def text(problem: Problem, root: Path) -> str:
    [(_, said)] = iter_problems_with_texts([problem], root)
    return said


def problem(line: int = 1, column: int = 1, message: str = "it is wrong", help: str = "", rule: str = "wrong-value") -> Problem:
    return Problem(Location("a.yml", line, column), rule, message, help)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "a.yml").write_text('claim: A\n\tverdict: "true"\nempty:\n', encoding="utf-8")
    return tmp_path


def caret(shown: str) -> tuple[str, str]:
    """The character under which the caret stands, and the whole line that is shown."""
    _, line, mark = shown.splitlines()[:3]
    assert line.index("|") == mark.index("|")
    return (line + "$")[mark.index("^")], line


def test_text_shows_place_message_line_caret_and_cure(root: Path) -> None:
    shown = text(problem(2, 11, "the verdict is unknown", "did you mean supported?"), root)
    assert shown.splitlines() == [
        "a.yml:2:11: the verdict is unknown [wrong-value]",
        '    2 | \tverdict: "true"',
        "      | \t         ^",
        "    help: did you mean supported?",
    ]


def test_a_notice_says_that_it_is_one(root: Path) -> None:
    assert text(problem(rule="unused-record"), root).startswith("a.yml:1:1: notice: it is wrong [unused-record]")


@pytest.mark.parametrize(
    ("line", "column", "character"), [(1, 1, "c"), (1, 8, "A"), (1, 9, "$"), (1, 99, "$"), (2, 2, "v"), (2, 11, '"')]
)
def test_the_caret_stands_under_the_column(root: Path, line: int, column: int, character: str) -> None:
    assert caret(text(problem(line, column), root))[0] == character


@settings(deadline=None)
@given(column=st.integers(1, 401), length=st.integers(1, 400))
def test_the_caret_stands_under_the_column_of_any_long_line(
    tmp_path_factory: pytest.TempPathFactory, column: int, length: int
) -> None:
    root = tmp_path_factory.getbasetemp()
    line = "".join(chr(0x4E00 + place) for place in range(length))
    (root / "a.yml").write_text(line, encoding="utf-8")
    character, shown = caret(text(problem(1, column), root))
    assert character == (line + "$")[min(column - 1, length)]
    assert len(shown) <= MAX_EXCERPT_CHARACTERS + len("    1 | ")


@pytest.mark.parametrize("place", [Location("none.yml"), Location("a.yml", 99), Location("."), Location("image.png")])
def test_what_has_no_line_is_told_without_one(root: Path, place: Location) -> None:
    (root / "image.png").write_bytes(b"\x89PNG\xff")
    assert text(Problem(place, "wrong-value", "it is wrong"), root) == f"{place}: it is wrong [wrong-value]"


@pytest.mark.parametrize("separator", ["\u2028", "\u0085", "\x0b", "\x0c"])
def test_only_line_ends_end_a_line(tmp_path: Path, separator: str) -> None:
    (tmp_path / "a.yml").write_text(f"one{separator}two\nlast\n", encoding="utf-8")
    assert caret(text(problem(2, 1), tmp_path))[0] == "l"


def test_byte_order_mark_and_windows_line_ends_move_no_caret(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_bytes(b"\xef\xbb\xbfa: b\r\nc: d\r\n")
    assert caret(text(problem(1, 4), tmp_path)) == ("b", "    1 | a: b")
    assert caret(text(problem(2, 4), tmp_path)) == ("d", "    2 | c: d")


def test_github_reads_a_command_for_each_problem(root: Path) -> None:
    shown = REPORT_FORMATTERS["github"]([problem(2, 3), problem(4, 5, rule="unused-record", help="name it")], root)
    assert shown.splitlines() == [
        "::error file=a.yml,line=2,col=3,title=wrong-value::it is wrong",
        "::notice file=a.yml,line=4,col=5,title=unused-record::it is wrong; name it",
        "1 error, 1 notice",
    ]


def test_github_properties_and_messages_are_escaped(root: Path) -> None:
    faulty = Problem(Location("a,b:c%.yml", 1, 1), "wrong-value", "100 %, so:\nit\r::error::", "a\nb")
    assert REPORT_FORMATTERS["github"]([faulty], root).splitlines() == [
        "::error file=a%2Cb%3Ac%25.yml,line=1,col=1,title=wrong-value::100 %25, so:\\nit\\r::error::; a\\nb",
        "1 error, 0 notices",
    ]


@pytest.mark.parametrize("name", ["text", "github", "summary"])
def test_an_edit_with_a_control_character_is_not_suggested(root: Path, name: str) -> None:
    edits = (LineEdit("maybe", "b", "x\x00"), LineEdit("or", "b", "y"))
    told = REPORT_FORMATTERS[name]([Problem(Location("a.yml", 1, 1), "wrong-value", "it is wrong", "", edits)], root)
    assert "\x00" not in told


@settings(deadline=None)
@given(st.text(), st.text(), st.text())
def test_a_problem_never_makes_a_second_github_command(path: str, message: str, help: str) -> None:
    command, _, end = REPORT_FORMATTERS["github"]([Problem(Location(path), "wrong-value", message, help)], Path()).rpartition(
        "\n"
    )
    assert "\n" not in command
    assert "\r" not in command
    assert end == "1 error, 0 notices"


def test_a_summary_is_a_table_of_all_problems(root: Path) -> None:
    told = [problem(2, 3, "it is | <b>wrong</b>", "write “*this*” or `a | *b*`"), problem(4, 5, rule="unused-record")]
    assert REPORT_FORMATTERS["summary"](told, root).splitlines() == [
        "**1 error, 1 notice**",
        "",
        "| Where | What is wrong | What to write instead |",
        "|---|---|---|",
        "| `a.yml:2:3` | it is \\| \\<b\\>wrong\\</b\\> `wrong-value` | write “\\*this\\*” or `a \\| *b*` |",
        "| `a.yml:4:5` | Notice: it is wrong `unused-record` |  |",
    ]


def test_a_summary_has_the_line_as_it_should_be(root: Path) -> None:
    faulty = replace(problem(1, 8, help="say so"), line_edits=(LineEdit("maybe", "A", "B | C"),))
    assert REPORT_FORMATTERS["summary"]([faulty], root).endswith("`wrong-value` | say so<br>maybe: `claim: B \\| C` |")


def test_a_summary_of_nothing_says_so(root: Path) -> None:
    assert REPORT_FORMATTERS["summary"]([], root) == "**Nothing to put right.**"


def test_a_summary_that_the_forge_would_refuse_is_cut(root: Path) -> None:
    shown = REPORT_FORMATTERS["summary"]([problem(line) for line in range(1, 20_000)], root)
    assert shown.startswith("**19999 errors, 0 notices**")
    assert shown.count("\n| `") > 10_000
    assert shown.endswith("|\n\n**The rest is left out**, since it is longer than the forge shows.\n")
    assert len(shown.encode()) <= MAX_SUMMARY_BYTES + 100


def test_a_summary_of_long_lines_is_cut_too(root: Path) -> None:
    shown = REPORT_FORMATTERS["summary"]([problem(message="x" * 10_000)] * 200, root)
    assert len(shown.encode()) <= MAX_SUMMARY_BYTES + 100
    assert shown.splitlines()[-3].endswith("|  |")
    assert "**The rest is left out**" in shown.splitlines()[-1]


@settings(deadline=None)
@given(st.text(), st.text(), st.text())
def test_a_summary_has_one_row_for_each_problem(path: str, message: str, help: str) -> None:
    shown = REPORT_FORMATTERS["summary"]([Problem(Location(path), "wrong-value", message, help)], Path())
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(shown)
    assert (html.count("<tr>"), html.count("<td>")) == (2, 3)
    assert not re.search("<(?!/?(table|thead|tbody|t[rhd]|p|strong|code|br)\\b)", html)


def test_json_holds_every_field(root: Path) -> None:
    assert json.loads(REPORT_FORMATTERS["json"]([problem(2, 3, "“é”", "say so")], root)) == [
        {
            "path": "a.yml",
            "line": 2,
            "column": 3,
            "rule": "wrong-value",
            "severity": "error",
            "message": "“é”",
            "help": "say so",
            "instead": [],
        }
    ]


def test_no_problem_is_an_empty_json_list(root: Path) -> None:
    assert json.loads(REPORT_FORMATTERS["json"]([], root)) == []


@pytest.mark.parametrize(
    ("errors", "notices", "words"),
    [(0, 0, "0 errors, 0 notices"), (1, 1, "1 error, 1 notice"), (2, 0, "2 errors, 0 notices"), (0, 3, "0 errors, 3 notices")],
)
def test_the_summary_counts_errors_and_notices(errors: int, notices: int, words: str) -> None:
    assert format_problem_counts([problem()] * errors + [problem(rule="lock-stale")] * notices) == words


def test_text_ends_with_the_summary(root: Path) -> None:
    shown = REPORT_FORMATTERS["text"]([problem(), problem(2)], root)
    assert shown.endswith("\n\n2 errors, 0 notices")
    assert shown.count("[wrong-value]") == 2


def instead(*ways: LineEdit, line: int = 1, column: int = 8) -> Problem:
    return Problem(Location("a.yml", line, column), "wrong-value", "it is wrong", "do this", ways)


@pytest.mark.parametrize(
    ("written", "way", "column", "shown"),
    [
        ("made: March 2019", LineEdit("write", "March 2019", '"2019-03"'), 7, 'write | made: "2019-03"'),
        ('made: "March 2019"', LineEdit("write", "March 2019", '"2019-03"'), 7, 'write | made: "2019-03"'),
        ("made: 'March 2019' # so", LineEdit("maybe", "March 2019", '"2019-03"'), 7, 'maybe | made: "2019-03" # so'),
        ("on: [one, tow]", LineEdit("or", "tow", "two"), 5, "   or | on: [one, two]"),
        ("a: 1", LineEdit("add", "", "b: 2"), 1, "  add | b: 2"),
        ("  - a: 1", LineEdit("e.g.", "", "b: 2"), 5, " e.g. |     b: 2"),
        ("- {a: 1}", LineEdit("add", "", "b: 2"), 3, "  add | - {a: 1, b: 2}"),
        ("x: {a: {c: 1}, d: 1}", LineEdit("add", "", "b: 2"), 8, "  add | x: {a: {c: 1, b: 2}, d: 1}"),
        ("x: {a: {c: 1}, d: 1}", LineEdit("add", "", "b: 2"), 4, "  add | x: {a: {c: 1}, d: 1, b: 2}"),
    ],
)
def test_the_line_as_it_should_be_stands_below_the_caret(
    tmp_path: Path, written: str, way: LineEdit, column: int, shown: str
) -> None:
    (tmp_path / "a.yml").write_text(written, encoding="utf-8")
    assert text(instead(way, column=column), tmp_path).splitlines()[3:] == [shown, "    help: do this"]


@pytest.mark.parametrize("way", [LineEdit("write", "elsewhere", "here"), LineEdit("add", "", "b: 2")])
def test_what_does_not_stand_on_the_line_is_not_put_right(tmp_path: Path, way: LineEdit) -> None:
    (tmp_path / "a.yml").write_text("claim: {a: 1,\n", encoding="utf-8")
    assert text(instead(way), tmp_path).splitlines()[3:] == ["    help: do this"]
    assert text(instead(way, line=9), tmp_path).splitlines()[1:] == ["    help: do this"]


def test_github_and_json_carry_the_line_as_it_should_be(root: Path) -> None:
    ways = (LineEdit("maybe", "A", "B"), LineEdit("or", "A", "C"))
    assert "::it is wrong; do this%0Amaybe: claim: B%0Aor: claim: C" in REPORT_FORMATTERS["github"]([instead(*ways)], root)
    [told] = json.loads(REPORT_FORMATTERS["json"]([instead(*ways)], root))
    assert told["instead"] == [{"how": "maybe", "line": "claim: B"}, {"how": "or", "line": "claim: C"}]


def test_a_whole_line_is_replaced_as_it_stands(root: Path) -> None:
    whole = LineEdit("maybe", "claim: A", "claim: B")
    for way in (whole, LineEdit("maybe", "A", "B")):
        [completed] = complete_line_edits([instead(way)], root)
        assert completed.line_edits == (whole,)


def test_a_file_is_read_once_for_all_of_its_problems(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []
    read_text = Path.read_text

    def read_and_count(file: Path, encoding: str) -> str:
        read.append(file)
        return read_text(file, encoding)

    monkeypatch.setattr(Path, "read_text", read_and_count)
    found = list(iter_problems_with_texts([problem(), instead(LineEdit("maybe", "A", "B"))], root))
    assert read == [root / "a.yml"]
    assert [completed.line_edits for completed, _ in found] == [(), (LineEdit("maybe", "claim: A", "claim: B"),)]
    assert "maybe | claim: B" in found[1][1]


@pytest.mark.parametrize("form", REPORT_FORMATTERS)
def test_nothing_is_printed_of_a_file_outside_the_root(tmp_path: Path, form: str) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "outside.yml").write_text("secret: words\n", encoding="utf-8")
    (root / "link.yml").symlink_to(tmp_path / "outside.yml")
    problem = Problem(Location("link.yml", 1, 1), "wrong-value", "refused", "", (LineEdit("maybe", "words", "others"),))
    printed = REPORT_FORMATTERS[form]([problem], root)
    assert "refused" in printed
    assert "secret" not in printed
    assert "words" not in printed
