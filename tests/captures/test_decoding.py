"""From bytes to text, as browsers read them: a wrong byte is replaced and told, and never turns the rest into other letters."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from contextlib import suppress
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.captures.convert import convert_capture
from dossier.captures.decoding import DecodedText, decode_html, decode_text
from dossier.model.problems.problem import UnreadableError

WORDS = "Käse, Brötchen und Öl – “frisch”"
BYTES = WORDS.encode()


@pytest.mark.parametrize(
    "content",
    [
        "é – “x”".encode(),
        codecs.BOM_UTF8 + "é – “x”".encode(),
        "é – “x”".encode("utf-16"),
        codecs.BOM_UTF16_LE + "é – “x”".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "é – “x”".encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "utf-16-le", "utf-16-be"],
)
def test_every_encoding_gives_the_same_text(content: bytes) -> None:
    assert decode_text(content) == ("é – “x”", ())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK\0\x03", "zero bytes"),
        (codecs.BOM_UTF8 + b"a\0", "zero bytes"),
        (codecs.BOM_UTF8 + b"a\xff", "byte-order mark"),
        (codecs.BOM_UTF16_LE + b"a", "byte-order mark"),
        (codecs.BOM_UTF32_LE + "a".encode("utf-32-le"), "a"),
    ],
)
def test_what_is_no_text_is_refused_with_its_cure(content: bytes, message: str) -> None:
    with pytest.raises(UnreadableError, match=message) as refused:
        convert_capture(content)
    assert refused.value.rule == "unreadable-file"
    assert refused.value.help


@pytest.mark.parametrize("decode", [decode_html, decode_text])
@pytest.mark.parametrize("wrong", [b"\xe4", b"\xff", b"\xc3", b"\xe2\x80", b"\xf0\x9f"])
def test_a_wrong_byte_is_replaced_and_told_and_all_other_letters_stay(
    decode: Callable[[bytes], DecodedText], wrong: bytes
) -> None:
    text, notices = decode(b"One\n" + BYTES + b"\n" + wrong + b" two")
    assert text == f"One\n{WORDS}\n\ufffd two"
    assert notices == (
        f"1 place does not fit its encoding, utf-8, and became \ufffd (U+FFFD); the first is byte {len(BYTES) + 6}, in line 3",
    )


@settings(deadline=None)
@given(st.lists(st.sampled_from(["ä", "–", "“", "x "]), min_size=4), st.data())
def test_a_wrong_byte_anywhere_changes_no_other_letter(letters: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(letters)))
    before, after = "".join(["ä", *letters[:place]]), "".join(letters[place:])
    assert decode_text(before.encode() + b"\xff" + after.encode()).text == f"{before}\ufffd{after}"


def test_a_sign_of_replacement_that_the_article_has_itself_is_not_told() -> None:
    assert decode_text("a \ufffd b ä".encode()) == ("a \ufffd b ä", ())
    assert decode_text("a \ufffd b ä".encode() + b"\xff").notices[0].startswith("1 place does")


@pytest.mark.parametrize(
    ("label", "codec", "words"),
    [
        ("iso-8859-1", "cp1252", "“Café” – €"),
        ("us-ascii", "cp1252", "“Café” – €"),
        ("iso-8859-9", "cp1254", "“ışık”"),
        ("latin2", "iso8859-2", "Příliš žluťoučký"),
        ("gb2312", "gb18030", "朱镕基"),
        ("ks_c_5601-1987", "cp949", "똠방각하"),
        ("x-sjis", "cp932", "①髙橋"),
        ("big5", "big5hkscs", "中文"),
        ("tis-620", "cp874", "ภาษา"),
        ("utf-16", "utf-8", "Käse –"),
        ("x-user-defined", "cp1252", "Café"),
    ],
)
def test_encodings_have_the_names_that_browsers_know(label: str, codec: str, words: str) -> None:
    for declaration in (f"<meta charset={label}>", f"<meta http-equiv=Content-Type content='text/html; charset={label}'>"):
        assert decode_html((declaration + words).encode(codec)) == (declaration + words, ())
    declaration = f"<?xml version='1.0' encoding='{label}'?>"
    assert decode_html((declaration + words).encode(codec)).text == declaration + words


@pytest.mark.parametrize("label", ["no-such-charset", "iso-2022-kr", "hex", "rot13", "idna", "zlib"])
def test_a_name_that_browsers_do_not_know_is_as_none(label: str) -> None:
    page = f"<meta charset={label}><p>{WORDS}"
    assert decode_html(page.encode()) == (page, ())


def test_a_page_in_utf_8_that_says_otherwise_is_read_as_it_is() -> None:
    text, notices = decode_html("<meta charset=gb2312><p>Käse – 新闻，中文".encode())
    assert "Käse – 新闻" in text
    assert "it is in UTF-8" in notices[0]


def test_a_guessed_encoding_is_told() -> None:
    text, notices = decode_html("“Café” – Öl".encode("cp1252"))
    assert text == "“Café” – Öl"
    assert "does not say its encoding" in notices[0]
    assert "read as Windows-1252" in notices[0]


def test_a_page_that_says_utf_8_and_has_nothing_of_it_is_replaced_as_in_a_browser() -> None:
    head = "<meta charset=utf-8>\n"
    text, notices = decode_html((head + "“Café” – Öl").encode("cp1252"))
    assert text == head + "\ufffdCaf\ufffd \ufffd \ufffdl"
    assert notices == ("4 places do not fit its encoding, utf-8, and became \ufffd (U+FFFD); the first is byte 22, in line 2",)


def test_a_page_that_may_be_in_utf_8_and_says_otherwise_is_doubted() -> None:
    text, (notice,) = decode_html(("<meta charset=latin1>Käse " * 9).encode())
    assert "KÃ¤se" in text
    assert "but it may be in UTF-8" in notice
    assert decode_html(b"<meta charset=latin1>cheese").notices == ()


LATIN = "<meta charset=iso-8859-1>"


@pytest.mark.parametrize(
    "head",
    [
        f"<!-- {LATIN} --><meta charset=utf-8>",
        f"<!-- {LATIN} --><p>",
        f"<!--{'x' * 2000}{LATIN}--><meta charset=utf-8>",
        f"<script>write('{LATIN}')</script><meta charset=utf-8>",
        f"<script>write('{LATIN}')</script>",
        f"<style>a{{}}{LATIN}</style><meta charset=utf-8>",
        f"<title>{LATIN}</title><meta charset=utf-8>",
        f"<noscript>{LATIN}</noscript>",
        f'<html data-x="{LATIN}"><meta charset=utf-8>',
        f"<img alt='{LATIN}'>",
        f"<textarea>{LATIN}</textarea>",
        "<meta name=x content='text/html; charset=iso-8859-1'><meta charset=utf-8>",
        "<meta property=og:x content='charset=iso-8859-1'>",
        "<meta data-charset=iso-8859-1><metadata charset=iso-8859-1>",
        "<meta http-equiv=refresh content='0; charset=iso-8859-1'>",
        "<meta http-equiv=content-type content='text/html; charset iso-8859-1'>",
        "<meta http-equiv=content-type content='text/html; charset=\"iso-8859-1'>",
        "<meta charset=bogus><meta charset=utf-8>",
        "<meta charset=''><meta charset=utf-8>",
        "<meta charset=utf-8><meta charset=iso-8859-1>",
        "<meta charset=utf-8 charset=iso-8859-1>",
        "<meta charset=utf-8" + LATIN,
        f"<body>{'x' * 2000}{LATIN}",
    ],
)
def test_only_what_a_meta_tag_says_of_the_encoding_counts(head: str) -> None:
    page = f"{head}<p>Käse"
    assert decode_html(page.encode()) == (page, ())


@pytest.mark.parametrize(
    "head",
    [
        LATIN,
        "<META CHARSET = 'ISO-8859-1' />",
        "<meta/charset=iso-8859-1>",
        "<meta charset=' iso-8859-1 '>",
        "<meta charset=&#105;so-8859-1>",
        "<meta charset=bogus><meta charset=iso-8859-1>",
        "<meta http-equiv='Content-Type' content='text/html; charset=bogus'>" + LATIN,
        "<meta content='text/html;CHARSET = &quot;iso-8859-1&quot;' http-equiv=content-TYPE>",
        "<meta http-equiv=content-type content='charset charset=iso-8859-1;x'>",
        "<p>" + LATIN,
        f"<!doctype html><html><head><title>x</title><script>{'x' * 5000}</script>{LATIN}",
        f"<!--{'<!--' * 10_000}-->{LATIN}",
    ],
)
def test_what_a_meta_tag_says_is_found_wherever_browsers_find_it(head: str) -> None:
    page = f"{head}<p>Käse Öl"
    assert decode_html(page.encode("cp1252")) == (page, ())


@pytest.mark.parametrize(
    "part", ["<meta ", "<!--", "<meta charset=bogus>", "<script>", "<a b='", "charset=", "<meta content='charset "]
)
def test_a_hostile_head_takes_no_time(part: str) -> None:
    begun = process_time()
    assert decode_html((part * 200_000).encode()).text
    assert process_time() - begun < 4


@settings(deadline=None)
@given(st.binary())
def test_any_bytes_are_decoded_or_refused(content: bytes) -> None:
    assert isinstance(decode_html(content).text, str)
    with suppress(UnreadableError):
        assert "\0" not in decode_text(content).text
