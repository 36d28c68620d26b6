"""Which paragraphs of a page are the article's: all of its words, whatever trafilatura does to them, and no menus."""

from __future__ import annotations

import unicodedata
from time import process_time

import pytest

from dossier.captures.convert import convert_capture

FIRST = "Die Wähler der Hafenstadt stimmten im Mai über die Fähre ab, und fast zwei Drittel waren für den Neubau."
LAST = "Über die Kosten wird erst im Herbst entschieden, wenn das Gutachten der Behörde für Häfen vorliegt."
MENU = "<nav><ul><li>Home</li><li>News</li><li>About us</li></ul></nav>"


def read_kinds(body: str) -> dict[str, str]:
    capture = convert_capture(f"<html><body>{body}</body></html>".encode(), {}, ".html")
    return {paragraph.text: paragraph.kind for paragraph in capture.paragraphs}


def hyphenate(text: str) -> str:
    return text.replace("st", "s\u00adt").replace("er", "e\u200br")


@pytest.mark.parametrize(
    "write",
    [
        lambda text: unicodedata.normalize("NFD", text),
        hyphenate,
        lambda text: text.replace(" ", " \u200e\u2066", 5),
        lambda text: text.replace("ä", "a\u0308\u200d\ufe0f"),
        lambda text: text.upper(),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: "".join(f"<span>{character}</span>" for character in text),
        lambda text: text.replace(" ", " <b>\u2800</b>"),
    ],
    ids=["decomposed", "soft hyphens", "directions", "joiners", "capitals", "no-break", "spans", "Braille"],
)
def test_text_with_what_browsers_do_not_show_is_no_furniture(write) -> None:  # type: ignore[no-untyped-def]
    kinds = read_kinds(f"{MENU}<article><h1>Fähre</h1><p>{write(FIRST)}</p><p>{write(LAST)}</p></article>")
    assert list(kinds.values()) == ["furniture", "furniture", "furniture", "heading", "paragraph", "paragraph"]


@pytest.mark.parametrize(
    "short",
    [
        "<ul><li>Ja: 61</li><li>Nein: 39</li><li>x</li></ul>",
        "<ol><li><a href=a>Ja</a></li><li>Nein</li></ol>",
        "<table><tr><td>Ja</td><td>61</td></tr><tr><td>Nein</td><td>39</td></tr></table>",
        "<table><tr><td><p>Ja</p></td><td><p>61</p></td></tr></table>",
        "<dl><dt>Ja</dt><dd>61</dd><dt>Nein</dt><dd>39</dd></dl>",
    ],
)
def test_short_items_and_cells_within_the_article_are_no_furniture(short: str) -> None:
    kinds = read_kinds(f"{MENU}<article><h1>Fähre</h1><p>{FIRST}</p>{short}<p>{LAST}</p></article>")
    assert [text for text, kind in kinds.items() if kind == "furniture"] == ["Home", "News", "About us"]


def test_paragraphs_within_a_paragraph_are_read_in_linear_time() -> None:
    nested = f"<p>{FIRST}<span>" + "".join("<p>" + f"word {number} " * 20 for number in range(4990))
    begun = process_time()
    kinds = read_kinds(f"{MENU}<article>{nested}</article>")
    assert process_time() - begun < 5  # what is quadratic takes twenty
    assert len(kinds) == 3 + 1 + 4990


def test_signs_of_a_page_that_look_like_marks_change_nothing() -> None:
    kinds = read_kinds(f"<nav>Home \u2800\u2800\u2803</nav><article><p>\u2800\u2800\u2800{FIRST}</p><p>{LAST}</p></article>")
    assert list(kinds) == ["Home \u2800\u2800\u2803", f"\u2800\u2800\u2800{FIRST}", LAST]
    assert list(kinds.values()) == ["furniture", "paragraph", "paragraph"]
