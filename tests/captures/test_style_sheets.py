"""Hidden elements that a page's own style sheet may show: told, with the words counted, and never taken for proved."""

from __future__ import annotations

from time import process_time

import pytest

from dossier.captures import style_sheets
from dossier.captures.convert import convert_capture

WORDS = "Returns were counted twice"
TOLD = "a style sheet of the page may show 4 words of hidden elements"


def read_difference(sheet: str, hidden: str, style: str = "<style>") -> str:
    page = f"<title>x</title>{style}{sheet}</style><p>One two.</p>{hidden}<p>three</p>"
    capture = convert_capture(page.encode(), ending=".html")
    assert capture.full_text == "One two.\nthree"
    return capture.difference


@pytest.mark.parametrize(
    ("sheet", "hidden"),
    [
        ("[hidden]{display:block}", f"<p hidden>{WORDS}"),
        ("[HIDDEN = ''] { DISPLAY : Block }", f"<p hidden>{WORDS}"),
        ("[hidden=until-found]{display:block}", f"<p hidden=until-found>{WORDS}"),
        ("p{color:red;display:flex}", f"<p hidden>{WORDS}"),
        ("*{all:unset}", f"<p hidden>{WORDS}"),
        ("p{all:revert}", f"<p hidden>{WORDS}"),
        (".x .a.b:hover, q{display:block}", f"<div class=x><p hidden class='b c a'>{WORDS}</div>"),
        ("#x>p{display:var(--d)}", f"<div id=x><p hidden>{WORDS}</div>"),
        (".x.y q~.z p{display:block}", f"<div class='y x'><div class=z><p hidden>{WORDS}</div></div>"),
        ("html body p{display:block}", f"<p hidden>{WORDS}"),
        ("q+p{display:block}", f"<p hidden>{WORDS}"),
        ("#Q{display:block}", f"<p hidden id=q>{WORDS}"),
        ("p[data-x]{display:block}", f"<p hidden data-x>{WORDS}"),
        (r".\31a{display:block}", f"<p hidden class=1a>{WORDS}"),
        (":is(.a,.b){display:block}", f"<p hidden class=a>{WORDS}"),
        ("@media screen{@layer x{p{display:block}}}", f"<p hidden>{WORDS}"),
        ("div{p{display:block}}", f"<p hidden>{WORDS}"),
        ("p{a{color:red}display:block}", f"<p hidden>{WORDS}"),
        ("p{@media screen{display:block}}", f"<p hidden>{WORDS}"),
        ("a::after{content:'}'}/* } */p{display:block", f"<p hidden>{WORDS}</p>"),
        ("p{display:block}[hidden]{display:none}", f"<p hidden>{WORDS}"),
        ("p{display:block!important}[hidden]{display:none!important}", f"<p hidden>{WORDS}"),
        ("p{display:block}@media print{[hidden]{display:none!important}}", f"<p hidden>{WORDS}"),
        ("p{display:block}.x [hidden]{display:none!important}", f"<p hidden>{WORDS}"),
        ("p{display:block !important}", f"<p style='display:none'>{WORDS}"),
        ("p{visibility:visible!important}", f"<p style='visibility:hidden'>{WORDS}"),
        ("dialog{display:block}", f"<dialog>{WORDS}</dialog>"),
        ("[popover]{display:block}", f"<p popover>{WORDS}"),
        ("datalist{display:block}", f"<datalist><option>{WORDS}</datalist>"),
        ("rp{display:inline}", f"<ruby><rp>{WORDS}</ruby>"),
        ("b{display:inline}", f"<b hidden>{WORDS}</b>"),
        ("title{display:block}", f"<div><title>{WORDS}</title></div>"),
        ("div{display:block}", "<div hidden><p>Returns were</p><p hidden>no</p>counted <b>twice</b></div>"),
    ],
)
def test_words_that_a_sheet_may_show_are_counted(sheet: str, hidden: str) -> None:
    assert read_difference(sheet, hidden) == TOLD


@pytest.mark.parametrize(
    ("sheet", "hidden"),
    [
        ("p{display:none}", f"<p hidden>{WORDS}"),
        ("q,.b,#c,p.d,[open],p#e{display:block}", f"<p hidden class=a>{WORDS}"),
        ("p b{display:block}", f"<p hidden>{WORDS}"),
        (".menu a,.menu>p,#x q p{display:block!important}", f"<p hidden>{WORDS}"),
        ("p:not([hidden]){display:block}", f"<p hidden>{WORDS}"),
        ("p::before,p:after{display:block}", f"<p hidden>{WORDS}"),
        ("p{display:block}[hidden]{display:none!important}", f"<p hidden>{WORDS}"),
        ("p{display:block}", f"<p style='display:none'>{WORDS}"),
        ("@media print{p{display:block!important}}", f"<p hidden>{WORDS}"),
        ("@keyframes x{50%{visibility:visible}}", f"<p hidden>{WORDS}"),
        ("/* p{display:block} */", f"<p hidden>{WORDS}"),
        ("p{content:'display:block'}", f"<p hidden>{WORDS}"),
        ("template,noscript,iframe,canvas{display:block}", f"<template>{WORDS}</template><canvas>{WORDS}</canvas>"),
        ("p{display:block}", "<p hidden> </p>"),
        ("p{display:block}", f"<div hidden><p hidden>{WORDS}</div>"),
        ("head{display:block}", ""),
    ],
)
def test_what_no_sheet_shows_is_no_difference(sheet: str, hidden: str) -> None:
    assert read_difference(sheet, hidden) == ""


@pytest.mark.parametrize("style", ["<style media=print>", "<style type=text/x>", "<script type=text/css>"])
def test_sheets_that_are_none_on_the_screen_show_nothing(style: str) -> None:
    sheet = "p{display:block}" + ("</script>" if "script" in style else "")
    assert read_difference(sheet, f"<p hidden>{WORDS}", style) == ""


def test_where_too_much_would_be_compared_any_element_may_be_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(style_sheets, "MAX_COMPARISONS", 1)
    assert read_difference(".a,.b{display:block}", f"<p hidden>{WORDS}") == TOLD


@pytest.mark.parametrize(
    "sheet",
    [
        "a{" * 300_000 + "display:block",
        "a" * 500_000 + ">b{display:block}",
        "a," * 200_000 + "b{" + "display:block;" * 30_000,
        "(" * 500_000 + "{display:block}",
        "[" * 500_000 + "{display:block}",
        ":not(" * 100_000 + "{display:block}",
        "".join(f".a{number}{{display:block}}" for number in range(30_000)),
        "'" * 500_000,
        "".join(f".a{number} p{{display:block}}" for number in range(900)),
    ],
)
def test_a_hostile_sheet_takes_no_time(sheet: str) -> None:
    begun = process_time()
    read_difference(sheet, "<b hidden>x</b>" * 5_000)
    assert process_time() - begun < 8
