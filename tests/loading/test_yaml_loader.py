"""Strict YAML: every scalar is text with its place, and whatever records do not use is refused where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.loading.yaml_loader import MAX_YAML_BYTES, decode_yaml, load_yaml
from dossier.model.problems.problem import Location, Problem
from dossier.model.yaml_node import YamlNode, YamlPathPart


def tree(text: str) -> YamlNode:
    node = load_yaml(text, "a.yml")
    assert isinstance(node, YamlNode), node
    return node


def refused(outcome: object) -> tuple[str, int, int]:
    """Rule, line and column of what was refused."""
    assert isinstance(outcome, Problem), outcome
    assert outcome.location.path == "a.yml"
    assert outcome.help
    return outcome.rule, outcome.location.line, outcome.location.column


@pytest.mark.parametrize(
    "scalar", ["no", "yes", "true", "2022-01-05", "010", "0x1F", "1e3", "12:30", "1_000", ".5", ".nan", "~", "null"]
)
def test_scalars_stay_text(scalar: str) -> None:
    assert tree(f"key: {scalar}").to_plain_value() == {"key": scalar}


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("", {}),
        ("# a remark", {}),
        ("key:", {"key": None}),
        ("key: ''", {"key": ""}),
        ("a: {b: [c, d]}", {"a": {"b": ["c", "d"]}}),
        ("- a\n- b: c", ["a", {"b": "c"}]),
        ("a: |\n  one\n  two\n", {"a": "one\ntwo\n"}),
        ("a: >-\n  one\n  two\n", {"a": "one two"}),
        ("2021: a", {"2021": "a"}),
    ],
)
def test_plain_yaml_is_read_as_it_is_written(text: str, plain: object) -> None:
    assert tree(text).to_plain_value() == plain


NESTED = """\
title: "Straße: ein Weg"
layers: [{id: sun, paragraphs: "6-25"}, {id: rt}]
sources:
  - id: one
    note: |
      Text.
  -   id: two
"""


@pytest.mark.parametrize(
    ("steps", "line", "column"),
    [
        ((), 1, 1),
        (("title",), 1, 8),
        (("layers",), 2, 9),
        (("layers", 0, "paragraphs"), 2, 32),
        (("layers", 1), 2, 41),
        (("layers", 1, "id"), 2, 46),
        (("sources",), 4, 3),
        (("sources", 0, "note"), 5, 11),
        (("sources", 1, "id"), 7, 11),
        (("sources", 0, "missing"), 4, 5),
    ],
)
def test_every_value_knows_its_place(steps: tuple[YamlPathPart, ...], line: int, column: int) -> None:
    assert tree(NESTED).locate_value("a.yml", *steps) == Location("a.yml", line, column)


@pytest.mark.parametrize(
    ("steps", "line", "column"),
    [
        (("title",), 1, 1),
        (("layers", 0, "paragraphs"), 2, 20),
        (("layers", 1, "id"), 2, 42),
        (("sources", 0, "note"), 5, 5),
        (("sources", 1, "id"), 7, 7),
    ],
)
def test_every_key_knows_its_place(steps: tuple[YamlPathPart, ...], line: int, column: int) -> None:
    assert tree(NESTED).locate_key("a.yml", *steps) == Location("a.yml", line, column)


def test_places_count_from_the_files_first_line() -> None:
    node = load_yaml("a: b\nc: d", "a.md", first_line=2)
    assert isinstance(node, YamlNode)
    assert node.locate_value("a.md", "c") == Location("a.md", 3, 4)
    assert load_yaml("a: b\na: d", "a.md", first_line=2).location == Location("a.md", 3, 1)


@pytest.mark.parametrize(
    ("text", "rule", "line", "column"),
    [
        ("a: 1\nb: 2\na: 3", "repeated-key", 3, 1),
        ("x: {a: 1, a: 2}", "repeated-key", 1, 11),
        ("- a: 1\n- b: 1\n  'b': 2", "repeated-key", 3, 3),
        ("a: *b", "yaml-feature", 1, 4),
        ("a: &b c", "yaml-feature", 1, 4),
        ("a: !!str 1", "yaml-feature", 1, 4),
        ("a: ! 1", "yaml-feature", 1, 4),
        ("a: !!python/object/apply:os.system [ls]", "yaml-feature", 1, 4),
        ("<<: *a", "yaml-feature", 1, 5),
        ("a: b\n---\nc: d", "yaml-feature", 2, 1),
        ("? [a, b]\n: c", "yaml-syntax", 1, 3),
        (": a", "yaml-syntax", 1, 1),
        ("claim: one: two", "yaml-syntax", 1, 11),
        ("a:\n\t- b", "yaml-syntax", 2, 1),
        ("a: [b", "yaml-syntax", 1, 4),
        ("a: 'b\n", "yaml-syntax", 1, 4),
        ("a: b\n c: d", "yaml-syntax", 2, 2),
        ("a: @b", "yaml-syntax", 1, 4),
        ("a: %b", "yaml-syntax", 1, 4),
    ],
)
def test_what_records_do_not_use_is_refused_where_it_stands(text: str, rule: str, line: int, column: int) -> None:
    assert refused(load_yaml(text, "a.yml")) == (rule, line, column)


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("claim: one: two", "quotation marks"),
        ("a:\n\t- b", "spaces"),
        ("\ta: b", "spaces"),
        ("a: 'b", "close it"),
        ("a: @b", "quotation marks"),
        ("- a\nb: c", "begin at the same column"),
    ],
)
def test_broken_yaml_comes_with_its_cure(text: str, help: str) -> None:
    outcome = load_yaml(text, "a.yml")
    assert isinstance(outcome, Problem)
    assert help in outcome.help


def test_a_repeated_key_names_the_first_one() -> None:
    outcome = load_yaml("b: 1\na: 1\na: 2", "a.yml")
    assert isinstance(outcome, Problem)
    assert "'a' is twice in this record, first on line 2" in outcome.message


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}")])
def test_nesting_ends_at_fifty(opening: str, closing: str) -> None:
    assert isinstance(
        load_yaml(opening * 50 + closing * 50 if opening == "[" else opening * 49 + "b" + closing * 49, "a.yml"), YamlNode
    )
    assert refused(load_yaml(opening * 51 + closing * 51, "a.yml"))[0] == "yaml-feature"


@pytest.mark.parametrize("text", ["[" * 200_000, "{a: " * 100_000, "- " * 100_000, "? " * 100_000, "- [" * 100_000])
def test_hostile_nesting_is_refused(text: str) -> None:
    assert refused(load_yaml(text, "a.yml"))[0] in ("yaml-feature", "yaml-syntax")


def test_a_megabyte_is_the_limit() -> None:
    assert decode_yaml(b"a" * MAX_YAML_BYTES, "a.yml") == "a" * 1_000_000
    assert refused(decode_yaml(b"a" * (MAX_YAML_BYTES + 1), "a.yml")) == ("unreadable-file", 1, 1)


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        (b"a: b\nna\xefve", 2, 3),
        (b"\xff", 1, 1),
        ("é: ".encode() + b"\xe9", 1, 4),
        (b"a: b\r\nc: \x80", 2, 4),
        (b"\xef\xbb\xbfa: \xff", 1, 4),
        (b"\xef\xbb\xbfa: b\nc: \xff", 2, 4),
        (b"\xff\xfea\0", 1, 1),
    ],
)
def test_what_is_not_utf_8_is_refused_where_it_stands(content: bytes, line: int, column: int) -> None:
    assert refused(decode_yaml(content, "a.yml")) == ("unreadable-file", line, column)


@pytest.mark.parametrize(
    "character", ["\0", "\a", "\x1b", "\x0b", "\x0c", "\x7f", "\x9b", "\u202e", "\u2066", "\ufffe", "\uffff"]
)
def test_invisible_control_characters_are_refused_where_they_stand(character: str) -> None:
    assert refused(decode_yaml(f"a: b\nc: d{character}".encode(), "a.yml")) == ("unreadable-file", 2, 5)


@pytest.mark.parametrize("escape", [r"\0", r"\a", r"\e", r"\x7f", r"\u202E", r"\u2066", r"\uFFFE"])
def test_escapes_bring_in_no_control_characters(escape: str) -> None:
    assert isinstance(load_yaml(f'a: "b{escape}"', "a.yml"), Problem)


@pytest.mark.parametrize(
    "text", ["tab\there", "no-break\u00a0space", "soft\u00adhyphen", "family \U0001f468\u200d\U0001f469", "שלום"]
)
def test_characters_of_ordinary_text_are_kept(text: str) -> None:
    assert decode_yaml(text.encode(), "a.yml") == text


def test_byte_order_mark_and_windows_line_ends_are_dropped() -> None:
    text = decode_yaml(b"\xef\xbb\xbfa: b\r\nc: |\r\n  d\r\n  e\r\n", "a.yml")
    assert isinstance(text, str)
    assert tree(text).to_plain_value() == {"a": "b", "c": "d\ne\n"}
    assert tree(text).locate_value("a.yml", "c") == Location("a.yml", 2, 4)


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\u0085"])
def test_lines_are_those_that_editors_count_or_the_file_is_refused(separator: str) -> None:
    text = decode_yaml(f'a: "b{separator}c"\nd: e'.encode(), "a.yml")
    assert isinstance(text, Problem) or tree(text).locate_value("a.yml", "d") == Location("a.yml", 2, 4)


@settings(deadline=None)
@given(st.one_of(st.text(), st.text(alphabet="ab:-?[]{},&*!|>'\"%@#~\\ \n\t0x")))
def test_any_text_is_a_tree_or_a_problem(text: str) -> None:
    outcome = load_yaml(text, "a.yml")
    assert isinstance(outcome, YamlNode) or outcome.rule in ("yaml-syntax", "yaml-feature", "repeated-key")


@settings(deadline=None)
@given(st.binary())
def test_any_bytes_are_text_or_a_problem(content: bytes) -> None:
    outcome = decode_yaml(content, "a.yml")
    assert "\r" not in outcome if isinstance(outcome, str) else outcome.rule == "unreadable-file"


@settings(deadline=None)
@given(st.dictionaries(st.from_regex("[a-z]{1,8}", fullmatch=True), st.from_regex(r"[ -&(-~]{0,20}", fullmatch=True), min_size=1))
def test_quoted_scalars_come_back_as_they_were(values: dict[str, str]) -> None:
    node = tree("\n".join(f"{key}: '{value}'" for key, value in values.items()))
    assert node.to_plain_value() == values
    assert [node.locate_value("a.yml", key).line for key in values] == list(range(1, len(values) + 1))


def test_a_file_of_endless_values_is_refused_where_they_become_too_many() -> None:
    assert refused(load_yaml("- \n" * 60_000, "a.yml")) == ("unreadable-file", 50_000, 2)
    assert len(tree("- \n" * 49_000).to_plain_value() or []) == 49_000


@pytest.mark.parametrize(
    ("text", "words", "place"),
    [
        ("a: 1\nkey: |\n  one two\n  three four\n", "two", (3, 7)),
        ("a: 1\nkey: |\n  one two\n  three four\n", "four", (4, 9)),
        ("key: |-\n\n     one\n       two\n", "two", (4, 8)),
        ("key: |2\n    one\n", "one", (2, 5)),
        ("key: >\n  one two\n  three\n", "three", (1, 6)),
        ('key: "one two"\n', "two", (1, 6)),
    ],
)
def test_words_in_a_block_know_their_line_and_column(text: str, words: str, place: tuple[int, int]) -> None:
    root = tree(text)
    value = root.get_child("key")
    assert value
    assert isinstance(value.value, str)
    before = value.value.partition(words)[0]
    assert root.build_source_map().locate_after_text(before, "a.yml", "key") == Location("a.yml", *place)


@pytest.mark.parametrize(
    ("text", "line", "how", "mended"),
    [
        ("a: Police: a report", 1, "write", 'a: "Police: a report"'),
        ("- a: b: c # why", 1, "write", '- a: "b: c" # why'),
        ("a: {b: c: d, e: f}", 1, "write", 'a: {b: "c: d", e: f}'),
        ("a: @b", 1, "write", 'a: "@b"'),
        ('a: "b" c', 1, "write", "a: '\"b\" c'"),
        ("a: 'it's b'", 1, "write", 'a: "it\'s b"'),
        ('a: "b\\c"', 1, "write", "a: 'b\\c'"),
        ("a: [b] c", 1, "write", 'a: "[b] c"'),
        ("a: *b* c", 1, "write", 'a: "*b* c"'),
        ("a: *b", 1, "maybe", 'a: "*b"'),
        ("a: !b c", 1, "maybe", 'a: "!b c"'),
        ("a:\n\t- b", 2, "write", "  - b"),
        ("- a: b\n\tc: d", 2, "write", "  c: d"),
        ("a: b\n\tc: d", 2, "write", "c: d"),
        ("-\ta: b\n  c: d", 1, "write", "-  a: b"),
        ("a:b\nc: d", 1, "write", "a: b"),
        ("a: 'b\nc: d", 1, "maybe", "a: 'b'"),
        ('a: "b\nc: d\ne: "f"\n', 1, "maybe", 'a: "b"'),
        ("a: [b\nc: d", 1, "maybe", "a: [b]"),
        ("a: b\n c: d", 2, "maybe", "c: d"),
        ("a:\n  - b\n - c", 3, "maybe", "  - c"),
        ("a: 1\nb 2\nc: 3", 2, "maybe", "b: 2"),
        ("- a b\n  c: d", 1, "maybe", "- a: b"),
    ],
)
def test_a_line_that_is_not_yaml_is_shown_as_it_should_be(text: str, line: int, how: str, mended: str) -> None:
    outcome = load_yaml(text, "a.yml")
    assert isinstance(outcome, Problem)
    [way] = outcome.line_edits
    assert (outcome.location.line, way.edit_kind, way.old_text, way.new_text) == (line, how, text.split("\n")[line - 1], mended)


@settings(deadline=None)
@given(st.text(alphabet="ab:-[]{},&*!|'\"@# \n\t", max_size=60))
def test_what_is_told_to_write_gets_the_reading_further(text: str) -> None:
    outcome = load_yaml(text, "a.yml")
    for way in outcome.line_edits if isinstance(outcome, Problem) and outcome.rule == "yaml-syntax" else ():
        lines = text.split("\n")
        assert lines[outcome.location.line - 1] == way.old_text != way.new_text
