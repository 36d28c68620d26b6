"""Pages that would keep a parser for minutes are known beforehand, by the sign that it would follow; no others are."""

from __future__ import annotations

import time

import pytest

from dossier.model.costly_markdown import MAX_SCANNED_CHARACTERS, find_costly_markdown
from support.dossiers import EXAMPLE, FULL_PRINT_EXAMPLE

MOST = 50_000
COSTLY = {
    "open brackets": ("[" * MOST, 0, "brackets"),
    "open pictures": ("![" * (MOST // 2), 1, "brackets"),
    "nested brackets": ("[" * (MOST // 2) + "]" * (MOST // 2), 0, "brackets"),
    "nested links": ("[" * 10_000 + "](x)" * 10_000, 0, "brackets"),
    "links without an end": ("[a](" * (MOST // 4), 3, "brackets"),
    "references without an end": ("[a][" * (MOST // 4), 3, "brackets"),
    "open brackets of many lines": ("[a\n" * (MOST // 3), 0, "brackets"),
    "tags without an end": ("<a " * (MOST // 3), 0, "tags"),
    "declarations without an end": ("<!A " * (MOST // 4), 0, "tags"),
    "accents on one letter": ("a" + "\u0315\u0300" * 30_000, 1, "accents"),
    "empty rows of a wide table": ("|a" * 700 + "\n" + "|-" * 700 + "\n" + "|\n" * 20_000, 1401, "14,000,700 cells"),
}
CHEAP = {
    "links": "[a word](x) " * 8_000,
    "brackets in code": r"\[" * MOST,
    "brackets of many blocks": "[a\n\n" * 20_000,
    "signs of comparison": "1 < 2 and 3 > 2\n" * 3_000,
    "comments": "<!-- a comment -->\n" * 3_000,
    "a table": "a|b|c\n-|-|-\n" + "d|e|f\n" * 10_000,
    "blank lines": "\n" * 900_000,
    "spaces": " " * 900_000,
    "accents": "# a\u0301\u0323 " * 30_000,
    "dashes": "\u2014" * 900,
    "hyphens": "-" * 900_000,
    "a rule in each line": "---\n" * 20_000,
}


@pytest.mark.parametrize("name", COSTLY)
def test_the_sign_that_costs_most_is_named(name: str) -> None:
    text, offset, word = COSTLY[name]
    place = find_costly_markdown(text)
    assert place
    assert (place.offset, bool(place.help)) == (offset, True)
    assert word in place.message


@pytest.mark.parametrize("name", CHEAP)
def test_what_costs_little_is_let_pass_and_looked_at_in_a_second(name: str) -> None:
    start = time.process_time()
    assert find_costly_markdown(CHEAP[name]) is None
    assert time.process_time() - start < 3


def test_costs_of_a_page_are_added_up() -> None:
    block = "[" + "a" * 999 + "\n\n"
    assert find_costly_markdown(block * (MAX_SCANNED_CHARACTERS // 1000 - 2)) is None
    assert find_costly_markdown("a\n\n" + block * (MAX_SCANNED_CHARACTERS // 1000 + 1)).offset == 3


def test_pages_as_people_write_them_cost_little() -> None:
    pages = [file.read_text(encoding="utf-8") for root in (EXAMPLE, FULL_PRINT_EXAMPLE) for file in root.rglob("*.md")]
    assert len(pages) > 3
    assert not any(map(find_costly_markdown, pages))
