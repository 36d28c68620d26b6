"""From a capture's bytes to numbered paragraphs and Markdown: every word comes out again, or the capture is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from dossier.captures.convert import (
    CONVERTER_BY_SUFFIX,
    convert_capture,
    format_capture_markdown,
    validate_conversion,
)
from dossier.model.problems.problem import UnreadableError
from dossier.model.quotations.capture import Capture, Paragraph, ParagraphKind

KINDS: tuple[ParagraphKind, ...] = ("heading", "paragraph", "quote", "list", "caption", "furniture")
SPECIALS = "\\`*_{}[]()<>#+-.!|~=&:;@$%^\"'/?,"
AWKWARD = st.text(alphabet=SPECIALS + "a1 \t\u00a0").filter(str.strip)


def texts(content: str) -> list[str]:
    return [paragraph.text for paragraph in convert_capture(content.encode()).paragraphs]


def convert_or_refuse(content: bytes, kinds: Mapping[int, ParagraphKind] | None = None) -> Capture | UnreadableError:
    try:
        return convert_capture(content, kinds)
    except UnreadableError as refused:
        return refused


def rendered(paragraphs: Iterable[Paragraph]) -> str:
    """The text that a reader of the paragraphs' Markdown sees."""
    blocks = [
        token.children or ()
        for token in MarkdownIt("commonmark").parse(format_capture_markdown(paragraphs))
        if token.type == "inline"
    ]
    return "\n".join("".join(child.content for child in block) for block in blocks)


def shown(text: str, kind: ParagraphKind) -> str:
    return rendered([Paragraph(1, kind, text)])


@pytest.mark.parametrize(
    ("content", "paragraphs"),
    [
        ("One.\n\nTwo.\n", ["One.", "Two."]),
        ("One.\r\nTwo.\rThree.", ["One.", "Two.", "Three."]),
        ("One.\n \t\n\u00a0\n\u2003\u00a0 \nTwo.", ["One.", "Two."]),
        ("\n\n  One.\u00a0 \n", ["One."]),
        *((f"One.{end}Two.{end}{end} {end}Three.{end}", ["One.", "Two.", "Three."]) for end in "\u2028\u2029\x85\x0b\x0c"),
        ("One\x1cstill one\x1dof\x1eit.", ["One\x1cstill one\x1dof\x1eit."]),
        ("One\u00a0and  two.", ["One\u00a0and  two."]),
    ],
)
def test_each_line_with_something_on_it_is_a_paragraph(content: str, paragraphs: list[str]) -> None:
    assert texts(content) == paragraphs


@pytest.mark.parametrize("content", ["", "\u00a0\n"])
def test_a_capture_without_words_is_refused(content: str) -> None:
    with pytest.raises(UnreadableError, match="no words"):
        convert_capture(content.encode())


def test_paragraphs_are_numbered_from_one_through_empty_lines_and_kinds() -> None:
    capture = convert_capture("A\n\nB\n\u00a0\nC\n".encode(), {1: "heading", 3: "furniture", 9: "list"})
    assert [(paragraph.number, paragraph.kind) for paragraph in capture.paragraphs] == [
        (1, "heading"),
        (2, "paragraph"),
        (3, "furniture"),
    ]


def test_a_capture_knows_its_bytes_and_its_converter() -> None:
    capture = convert_capture(b"A\n\nB\n")
    assert len(capture.sha256) == 64
    assert capture.sha256 != convert_capture(b"A\nB\n").sha256
    assert (capture.converter_version, capture.full_text) == (CONVERTER_BY_SUFFIX[".txt"], "A\nB")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "text",
    [
        "#UK-based people wrote it.",
        "The #UK-based people wrote it.",
        "# Not a heading",
        "#",
        "###",
        "> no quotation",
        "- no list",
        "+ no list",
        "* no list",
        "-",
        "1. no list",
        "12) no list",
        "2021.",
        "1.5 million",
        "123456789. long",
        "1234567890. longer",
        "---",
        "- - -",
        "***",
        "===",
        "```",
        "~~~ tilde",
        "    code",
        "\tcode",
        "<b>bold</b>",
        "<!-- gone -->",
        "<https://harbour.example/>",
        "[words](address)",
        "![picture](address)",
        "[words]: address",
        "[words]",
        "*so* _called_ **bold** `code` ~~gone~~",
        "&amp; &copy; &#65;",
        "ends in a backslash\\",
        "\\# escaped already",
        "| a | b |",
        "ends in hashes ##",
        "ends in hashes \\##",
        "x^2 $5 100%",
        "“curly” – dash … and soft\u00adhyphen",
    ],
)
def test_markdown_shows_exactly_the_text(text: str, kind: ParagraphKind) -> None:
    assert texts(text) == [text.strip()]
    assert shown(text.strip(), kind) == text.strip()


@pytest.mark.parametrize(
    ("kind", "source"),
    [
        ("heading", "## A\n"),
        ("quote", "> A\n"),
        ("list", "- A\n"),
        ("paragraph", "A\n"),
        ("caption", "A\n"),
        ("furniture", "A\n"),
    ],
)
def test_the_kind_shows_in_the_markdown(kind: ParagraphKind, source: str) -> None:
    assert format_capture_markdown([Paragraph(1, kind, "A")]) == source


def test_ordinary_text_is_left_as_it_is() -> None:
    text = "In April, 4,120 people (1.5 % more) crossed – “a record”, it says; see page 3."
    assert format_capture_markdown([Paragraph(1, "paragraph", text)]) == text + "\n"


@pytest.mark.parametrize("paragraphs", [["One two."], ["One two.", "three more"], ["One two.", "thre"], ["three", "One two."]])
def test_the_proof_refuses_dropped_added_and_changed_words(paragraphs: list[str]) -> None:
    with pytest.raises(UnreadableError, match="would not have the same words"):
        validate_conversion(
            "One two.\nthree", [Paragraph(number, "paragraph", text) for number, text in enumerate(paragraphs, 1)]
        )


def test_the_proof_says_where_the_first_word_was_lost() -> None:
    with pytest.raises(UnreadableError, match=r"5 in, 4 out, differing from word 4"):
        validate_conversion("a b c d e", [Paragraph(1, "paragraph", "a b c e")])


@settings(deadline=None)
@given(st.lists(st.text(alphabet="abc", min_size=1), min_size=1), st.data())
def test_the_proof_refuses_any_dropped_word(words: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(words) - 1))
    with pytest.raises(UnreadableError):
        validate_conversion(" ".join(words), [Paragraph(1, "paragraph", " ".join(words[:place] + words[place + 1 :]))])


@settings(deadline=None)
@given(st.lists(st.text(alphabet="abc", min_size=1)), st.integers(0, 10))
def test_the_proof_refuses_any_added_word(words: list[str], place: int) -> None:
    with pytest.raises(UnreadableError):
        validate_conversion(" ".join(words), [Paragraph(1, "paragraph", " ".join([*words[:place], "x", *words[place:]]))])


@settings(deadline=None)
@given(st.text(), st.dictionaries(st.integers(1, 5), st.sampled_from(KINDS)))
def test_no_word_is_lost_or_the_text_is_refused(text: str, kinds: dict[int, ParagraphKind]) -> None:
    capture = convert_or_refuse(text.encode(), kinds)
    if isinstance(capture, UnreadableError):
        assert capture.rule == "unreadable-file"
    else:
        words = text.removeprefix("\ufeff").split()
        assert [word for paragraph in capture.paragraphs for word in paragraph.text.split()] == words
        assert rendered(capture.paragraphs).split() == words


@settings(deadline=None, max_examples=300)
@given(AWKWARD, st.sampled_from(KINDS))
def test_no_line_of_special_characters_is_refused(line: str, kind: ParagraphKind) -> None:
    assert convert_capture(line.encode(), {1: kind}).full_text == line.strip()
    assert shown(line.strip(), kind) == line.strip()


@settings(deadline=None)
@given(st.binary())
def test_any_bytes_convert_or_are_refused(content: bytes) -> None:
    capture = convert_or_refuse(content)
    if isinstance(capture, UnreadableError):
        assert capture.help
    else:
        assert [paragraph.number for paragraph in capture.paragraphs] == list(range(1, len(capture.paragraphs) + 1))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"ab " * 333_334, "1,000,002 characters, more than 1,000,000"),
        (b"ab\n" * 50_001, "50,001 paragraphs, more than 50,000"),
        (b"[ab] _" * 66_667, "200,001 signs such as"),
    ],
)
def test_a_text_that_no_article_has_is_refused_before_it_is_proved(content: bytes, message: str) -> None:
    with pytest.raises(UnreadableError, match=message):
        convert_capture(content)


def test_a_long_text_is_proved_in_parts_and_whole() -> None:
    lines = [f"{number}. *word* of line" for number in range(1, 2501)]
    assert convert_capture("\n".join(lines).encode()).full_text == "\n".join(lines)
    with pytest.raises(UnreadableError, match="10000 in, 9996 out, differing from word 8001"):
        validate_conversion("\n".join(lines), [Paragraph(n, "paragraph", line) for n, line in enumerate(lines, 1) if n != 2001])
